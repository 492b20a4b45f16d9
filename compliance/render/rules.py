"""What does the terminal show of a pack's rules: the list, and one rule in full?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from compliance.messages import text
from compliance.numerals import format_date

if TYPE_CHECKING:
    from compliance.model.legal import Citation
    from compliance.model.rulepack import Rule, RulePack


def render_rule_list(pack: RulePack) -> RenderableType:
    """A row for each rule, written and generated, in the areas' order."""
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column(text("rules.column.id"), overflow="fold", min_width=8, max_width=30)
    table.add_column(text("rules.column.kind"), no_wrap=True)
    table.add_column(text("rules.column.severity"), no_wrap=True)
    table.add_column(text("rules.column.title"))
    for rule in pack.rules:
        table.add_row(rule.id, text(f"kind.{rule.kind}"), text(f"severity.{rule.severity}"), rule.title)
    written = sum(not rule.generated for rule in pack.rules)
    total = text("rules.total", written=written, generated=len(pack.rules) - written, pack=pack.header.id)
    return Group(table, Text(total, style="bold"))


def render_rule(pack: RulePack, rule: Rule) -> RenderableType:
    """All that a rule says: scope, check, since when, by which text, how sure, what to do."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for row, words in _rows(pack, rule):
        if words:
            grid.add_row(text(f"rules.row.{row}"), words)
    return Group(Text(f"{rule.id} – {rule.title}", style="bold"), grid)


def _rows(pack: RulePack, rule: Rule) -> list[tuple[str, str]]:
    area = next((area.title for area in pack.areas if area.id == rule.area), rule.area)
    return [
        ("pack", rule.pack),
        ("area", area),
        ("kind", text(f"kind.{rule.kind}")),
        ("severity", text(f"severity.{rule.severity}")),
        ("levels", ", ".join(text(f"level.{level}") for level in rule.applies_to)),
        ("when", rule.when or ""),
        ("check", _check(rule)),
        ("assume", ", ".join(f"{name} = {value}" for name, value in rule.assume.items())),
        ("target", _target(pack, rule)),
        ("effective", format_date(rule.effective_from)),
        ("basis", _basis(pack, rule.citation)),
        ("fix", rule.fix),
        ("strength", rule.strength),
        ("limitation", rule.limitation),
        ("tasks", "\n".join(f"– {task.action}" for task in rule.tasks)),
        ("place", str(rule.place)),
    ]


def _check(rule: Rule) -> str:
    if isinstance(rule.check, str):
        return rule.check
    if rule.check is not None:
        return rule.check.model_dump_json(exclude_none=True)
    sign = text("rules.at_least" if rule.at_least else "rules.at_most")
    limit = rule.at_least or rule.at_most
    return " / ".join(rule.all_measures) + (f" {sign} target.{limit}" if limit else "")


def _target(pack: RulePack, rule: Rule) -> str:
    name = rule.at_least or rule.at_most
    if name is None or name not in pack.target:
        return ""
    return "\n".join(
        text(
            "rules.dated_value",
            value=value.value,
            start=format_date(value.effective_from),
            due=format_date(value.due) if value.due else "–",
            levels=", ".join(text(f"level.{level}") for level in value.levels) or text("rules.all_levels"),
            basis=_basis(pack, value.citation),
        )
        for value in pack.target[name].values
    )


def _basis(pack: RulePack, citation: Citation | None) -> str:
    if citation is None:
        return text("rules.no_basis")
    instrument = pack.instrument.get(citation.instrument)
    name = instrument.name if instrument else citation.instrument
    parts = [name, citation.provision, citation.note, text(f"grade.{citation.grade}")]
    return "; ".join(part for part in parts if part)
