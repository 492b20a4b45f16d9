"""What do the packs say, page by page, for those who read rather than write YAML?

Everything on the pages comes from the packs, in their order: the same packs give the same bytes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from compliance.authoring.pages import Page, bullets, code, compose_page, table
from compliance.authoring.reference_tables import (
    definitions_table,
    indicators_table,
    instruments_table,
    packs_table,
    rates_table,
    targets_table,
    units_table,
)
from compliance.authoring.rule_words import say_check, say_citation, say_condition, say_levels, say_span
from compliance.engine.expressions import compile_pack
from compliance.engine.generate import generate_rules
from compliance.intake.packs import available_packs, pack_root, read_pack
from compliance.messages import text
from compliance.numerals import format_date, format_decimal, format_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.model.rulepack import Rule, RulePack, TaskTemplate
    from compliance.problems import Problem

PACKS_PAGE = "rules/README.md"
_ANY_YEAR = 2019


def compose_reference(root: Path | None = None) -> tuple[Page | None, tuple[Problem, ...]]:
    """The reference of all packs of a folder, by default of those that travel with the program.

    None where one of them cannot be read.
    """
    folder = root or pack_root()
    compiled: dict[str, CompiledPack] = {}
    for name in available_packs(folder):
        pack, problems = read_pack(folder / name)
        one, faults = compile_pack(generate_rules(pack)) if pack is not None else (None, ())
        if one is None:
            return None, problems + faults
        compiled[name] = one
    extended = {one.pack.header.extends for one in compiled.values()}
    last = [one for name, one in compiled.items() if name not in extended]
    return compose_page(PACKS_PAGE, _compose(last, [one.pack for one in compiled.values()])), ()


def _compose(last: Sequence[CompiledPack], packs: Sequence[RulePack]) -> Iterator[str]:
    yield f"# {text('reference.title')}"
    yield text("reference.notice")
    yield _heading(2, "packs")
    yield packs_table(header for one in last for header in one.pack.chain)
    for compiled in last:
        yield from _compose_pack(compiled)
    yield _heading(2, "instruments")
    yield text("reference.lead.instruments", **{grade: text(f"grade.{grade}") for grade in "ABRC"})
    yield instruments_table({one.key: one for pack in packs for one in pack.instruments}.values())


def _heading(depth: int, name: str, **values: object) -> str:
    return f"{'#' * depth} {text(f'reference.section.{name}', **values)}"


def _compose_pack(compiled: CompiledPack) -> Iterator[str]:
    pack, header = compiled.pack, compiled.pack.header
    generated = [rule for rule in pack.rules if rule.generated]
    yield _heading(2, "pack", title=header.title, id=code(header.id), version=header.version)
    yield text(
        "reference.lead.pack",
        chain=" → ".join(code(above.id) for above in pack.chain),
        span=say_span(header.effective_from, header.effective_until),
        written=len(pack.rules) - len(generated),
        generated=len(generated),
    )
    yield _heading(3, "rules")
    for area in pack.areas:
        written = [rule for rule in pack.rules if rule.area == area.id and not rule.generated]
        if written:
            yield f"#### {area.title}"
        for rule in written:
            yield f"##### {rule.id}. {rule.title}"
            yield bullets(_describe(compiled, rule))
    yield _heading(3, "generated")
    yield text("reference.lead.generated")
    yield _generated_table(compiled, generated)
    yield from _compose_tables(pack)


def _compose_tables(pack: RulePack) -> Iterator[str]:
    tables = {
        "indicators": indicators_table(pack),
        "rates": rates_table(pack),
        "targets": targets_table(pack),
        "definitions": definitions_table(pack),
        "units": units_table(pack),
    }
    for name, rows in tables.items():
        if rows:
            yield _heading(3, name)
            yield rows


def _generated_table(compiled: CompiledPack, rules: Iterable[Rule]) -> str:
    columns = [text(f"reference.column.{name}") for name in ("id", "title", "levels", "check")]
    rows = (
        (code(rule.id), rule.title, say_levels(rule.applies_to), say_check(compiled, rule)) for rule in rules
    )
    return table(columns, rows)


def _describe(compiled: CompiledPack, rule: Rule) -> Iterator[str]:
    """All that a rule says, a line for each thing."""
    pack = compiled.pack
    yield text(
        "reference.rule.summary",
        kind=text(f"kind.{rule.kind}"),
        severity=text(f"severity.{rule.severity}"),
        levels=say_levels(rule.applies_to),
        span=say_span(rule.effective_from, rule.effective_until),
        pack=code(rule.pack),
    )
    for withdrawal in pack.withdrawn:
        if withdrawal.id == rule.id:
            yield text("reference.rule.withdrawn", reason=withdrawal.reason)
    yield from _describe_check(compiled, rule)
    if rule.citation is not None:
        yield text("reference.rule.citation", citation=say_citation(pack, rule.citation))
    elif not rule.all_measures:
        yield text("reference.rule.no_citation")
    yield from _describe_sentences(rule)
    if rule.aliases:
        yield text("reference.rule.aliases", aliases=", ".join(rule.aliases))


def _describe_check(compiled: CompiledPack, rule: Rule) -> Iterator[str]:
    yield text("reference.rule.check", words=say_check(compiled, rule))
    if isinstance(rule.check, str):
        yield text("reference.rule.expression", expression=code(rule.check))
    if rule.when is not None:
        yield text("reference.rule.when", words=say_condition(compiled, rule))
    if rule.assume:
        labels = {name: compiled.pack.indicator[name].label for name in rule.assume}
        figures = (
            text("reference.rule.assumed", label=labels[name], value=format_decimal(value))
            for name, value in rule.assume.items()
        )
        yield text("reference.rule.assume", figures="; ".join(figures))
    if rule.commend_at is not None:
        yield text("reference.rule.commend", level=format_percent(rule.commend_at))


def _describe_sentences(rule: Rule) -> Iterator[str]:
    yield text("reference.rule.fix", sentence=rule.fix)
    for key in ("strength", "limitation"):
        if getattr(rule, key):
            yield text(f"reference.rule.{key}", sentence=getattr(rule, key))
    for task in rule.tasks:
        yield _describe_task(task)


def _describe_task(task: TaskTemplate) -> str:
    due = text("reference.due_end")
    if task.due != "period_end":
        due = format_date(date.fromisoformat(f"{_ANY_YEAR}-{task.due}")).rpartition("/")[0]
    return text(
        "reference.rule.task",
        group=text(f"reference.task_group.{task.group or 'by_outcome'}"),
        action=task.action,
        lead=task.lead,
        due=due,
    )
