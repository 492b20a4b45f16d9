"""Do rules say of small examples what their authors ask of them?

Every case is evaluated by the engine as any submission is, with the pack reduced to its one rule. The report
tells, rule by rule, what was run, what failed and which cases are still missing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.authoring.automatic_cases import compose_cases
from compliance.authoring.case_files import FOLDER, read_cases
from compliance.authoring.specimens import stage_case
from compliance.engine.evaluate import evaluate
from compliance.engine.expressions import compile_pack
from compliance.engine.generate import generate_rules
from compliance.intake.packs import find_pack, read_pack
from compliance.intake.suggestions import listed
from compliance.messages import text
from compliance.model.base import exact_text
from compliance.model.named_checks import Peers
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from compliance.authoring.case_files import Case
    from compliance.engine.expressions import CompiledPack
    from compliance.intake.pack_files import Folder
    from compliance.model.findings import Outcome, Quantity, Verdict
    from compliance.model.rulepack import Rule

_GRAVEST_FIRST: tuple[Verdict, ...] = ("error", "fail", "no_data", "pass", "not_applicable")
_ALWAYS_THERE = frozenset({"unit.level", "unit.bodies", "period.days"})
"""Names of the expression language that are never missing."""


@dataclass(frozen=True, slots=True)
class RuleCases:
    """What the cases of one rule came to."""

    rule: str
    title: str
    pack: str
    written: int
    automatic: int
    outcomes: Mapping[Verdict, int]
    """How many cases ask for which outcome."""
    missing: tuple[Verdict, ...]
    """Outcomes that a case must ask for and none does."""
    failures: tuple[Problem, ...]
    """Cases that are missing, came out differently or could not be run."""

    @property
    def is_complete(self) -> bool:
        """Whether no case is missing and none failed."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What the cases of one or several packs came to, rule by rule."""

    rules: tuple[RuleCases, ...]
    problems: tuple[Problem, ...]
    """What is wrong with packs or case files, apart from cases that failed."""

    @property
    def count(self) -> int:
        """How many cases there are."""
        return sum(rule.written + rule.automatic for rule in self.rules)

    @property
    def complete(self) -> int:
        """How many rules have all their cases, none of them failed."""
        return sum(rule.is_complete for rule in self.rules)

    @property
    def failures(self) -> tuple[Problem, ...]:
        """Every case that is missing or failed."""
        return tuple(problem for rule in self.rules for problem in rule.failures)

    @property
    def outcomes(self) -> Mapping[Verdict, int]:
        """How many cases ask for which outcome."""
        total: Counter[Verdict] = Counter()
        for rule in self.rules:
            total.update(rule.outcomes)
        return {verdict: total[verdict] for verdict in _GRAVEST_FIRST if total[verdict]}

    @property
    def has_passed(self) -> bool:
        """Whether everything is complete and nothing is wrong."""
        return not self.problems and all(rule.is_complete for rule in self.rules)


def run_cases(packs: Iterable[str | Path]) -> CaseReport:
    """Run the cases of each pack's own rules, on the pack with all that it extends."""
    reports = [_run_pack(name) for name in packs]
    return CaseReport(
        rules=tuple(rule for report in reports for rule in report.rules),
        problems=tuple(problem for report in reports for problem in report.problems),
    )


def _run_pack(name: str | Path) -> CaseReport:
    folder = find_pack(name)
    pack, problems = read_pack(name)
    if pack is None:
        return CaseReport((), problems)
    compiled, faults = compile_pack(generate_rules(pack))
    if compiled is None:
        return CaseReport((), problems + faults)
    written, unread = read_cases(folder, compiled.pack.rule)
    rules = [
        rule for rule in compiled.pack.rules if _is_own(rule, folder) or rule.id in {c.rule for c in written}
    ]
    run = tuple(_run_rule(compiled, rule, folder, _of_rule(written, rule)) for rule in rules)
    return CaseReport(run, problems + unread)


def _is_own(rule: Rule, folder: Folder) -> bool:
    """Whether the rule, or what it was generated from, stands in the pack's own files."""
    return rule.place.file.rpartition("/")[0] == folder.label


def _of_rule(cases: Sequence[Case], rule: Rule) -> tuple[Case, ...]:
    return tuple(case for case in cases if case.rule in (rule.id, *rule.aliases))


def _run_rule(compiled: CompiledPack, rule: Rule, folder: Folder, written: tuple[Case, ...]) -> RuleCases:
    automatic = compose_cases(compiled.pack, rule)
    cases = (*written, *automatic)
    outcomes: Counter[Verdict] = Counter(case.form.expect for case in cases)
    missing = tuple(_find_missing(compiled, rule, written, outcomes))
    lacking = (_tell_missing(rule, folder, missing),) if missing else ()
    return RuleCases(
        rule=rule.id,
        title=rule.title,
        pack=folder.path.name,
        written=len(written),
        automatic=len(automatic),
        outcomes=dict(outcomes),
        missing=missing,
        failures=lacking + tuple(problem for case in cases for problem in run_case(compiled, rule, case)),
    )


def _tell_missing(rule: Rule, folder: Folder, missing: tuple[Verdict, ...]) -> Problem:
    file = f"{folder.label}/{FOLDER}/{rule.id}.yaml"
    return Problem("cases.missing", Place(file=file), {"rule": rule.id, "outcomes": listed(missing)})


def _find_missing(
    compiled: CompiledPack, rule: Rule, written: tuple[Case, ...], outcomes: Mapping[Verdict, int]
) -> Iterator[Verdict]:
    """Outcomes that must be asked for: of a written rule by written cases, of a generated one by any.

    A rule that only commends never has a verdict.
    """
    asked: Mapping[Verdict, int] = outcomes
    if not rule.generated:
        asked = Counter(case.form.expect for case in written)
    has_verdict = not rule.all_measures or rule.at_least or rule.at_most
    needed: list[Verdict] = ["pass", "fail"] if has_verdict else ["not_applicable"]
    if not rule.generated and may_lack_figures(compiled, rule):
        needed.append("no_data")
    yield from (verdict for verdict in needed if not asked.get(verdict))


def may_lack_figures(compiled: CompiledPack, rule: Rule) -> bool:
    """Whether a figure that the rule reads can be missing."""
    if rule.all_measures or isinstance(rule.check, Peers):
        return True
    read = (compiled.expressions.get(rule.id), compiled.conditions.get(rule.id))
    names = {name for expression in read if expression is not None for name in expression.names}
    return bool(names - _ALWAYS_THERE - rule.assume.keys())


def run_case(compiled: CompiledPack, rule: Rule, case: Case) -> tuple[Problem, ...]:
    """What is wrong with the outcome of a case; nothing where it came out as asked."""
    situation, problems = stage_case(compiled.pack, rule, case)
    if situation is None:
        return tuple(_at_case(problem, case) for problem in problems)
    day = situation.submissions[0].law_date
    outcomes = evaluate(
        replace(compiled, pack=situation.pack),
        situation.submissions,
        as_of=day,
        previous=situation.previous,
        same_period_last_year=situation.same_period_last_year,
        expected=situation.due,
    )
    subject = case.form.subject
    about = [one for one in outcomes if one.unit == situation.unit and subject in (None, one.subject)]
    if not about:
        return (_failed(case, "no_outcome"),)
    return tuple(_compare(case, min(about, key=lambda one: _GRAVEST_FIRST.index(one.outcome))))


def _at_case(problem: Problem, case: Case) -> Problem:
    """A problem with an automatic case says which case it is; any other has its place."""
    return (
        problem
        if problem.place.file
        else replace(problem, place=Place(file=f"{FOLDER}: {case.rule}, {case.name}"))
    )


def _failed(case: Case, code: str, **words: str) -> Problem:
    values = {"case": case.name, "rule": case.rule, **words}
    return _at_case(Problem(f"cases.{code}", case.place, values), case)


def _compare(case: Case, outcome: Outcome) -> Iterator[Problem]:
    """Where an outcome differs from what the case asks for."""
    if outcome.outcome != case.form.expect:
        words = {"asked": case.form.expect, "got": outcome.outcome, "reason": outcome.reason}
        yield _failed(case, "outcome", **words)
        return
    for field, asked, got in _fields(case, outcome):
        if asked not in got:
            yield _failed(case, "field", field=field, asked=asked, got=got[0] or text("cases.nothing"))


def _fields(case: Case, outcome: Outcome) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What a case asks for beside the outcome, and the ways to write what came out."""
    for field in ("measured", "target", "expected", "difference"):
        if case.written(field):
            yield field, case.written(field), _written(getattr(outcome, field))
    if case.form.reason is not None:
        yield "reason", case.form.reason, (outcome.reason_code,)
    if case.form.commended is not None:
        yield "commended", str(case.form.commended).lower(), (str(outcome.commended).lower(),)
    if case.form.assumed is not None:
        assumed = sorted(name for name, operand in outcome.operands.items() if operand.assumed)
        yield "assumed", ", ".join(sorted(case.form.assumed)), (", ".join(assumed),)


def _written(quantity: Quantity | None) -> tuple[str, ...]:
    return (quantity.text, exact_text(quantity.exact)) if quantity is not None else ("",)
