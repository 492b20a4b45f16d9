"""What would the units of a case have submitted?

A case is told of a specimen unit in a district made up for it, or of a unit of the pack's register. From it
come the units, their submissions of the period and of the periods before, and the units that are due.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authoring.case_files import mapping_of
from compliance.intake.submission_nodes import read_submission
from compliance.intake.suggestions import hint
from compliance.messages import text
from compliance.model.rulepack import RulePack
from compliance.model.submission import Period, Unit
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.authoring.case_files import Case
    from compliance.intake.nodes import Node
    from compliance.model.rulepack import Rule
    from compliance.model.submission import Level, Submission

_DISTRICT = "specimen"
_BLOC = f"{_DISTRICT}/bloc"
_BELOW: Mapping[Level, Level] = {"district": "bloc", "bloc": "commune"}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a run of one case takes."""

    pack: RulePack
    """The pack with nothing but the rule and the units of the case."""
    unit: str
    submissions: tuple[Submission, ...]
    previous: tuple[Submission, ...]
    same_period_last_year: tuple[Submission, ...]
    due: tuple[str, ...]


def stage_case(pack: RulePack, rule: Rule, case: Case) -> tuple[Situation | None, tuple[Problem, ...]]:
    """The situation of a case; None where the case cannot be read as submissions."""
    unit, units, problems = _place_units(pack, rule, case)
    if unit is None:
        return None, problems
    staged = reduce_pack(pack, (rule,), units)
    period, fault = _find_period(pack, case)
    if period is None:
        return None, fault
    reports = tuple(_compose_reports(case, unit))
    current, faults = _read_all(staged, period, case, reports)
    problems += faults
    previous, faults = _read_all(staged, period.previous, case, _past(case, "previous", unit))
    problems += faults
    last_year, faults = _read_all(
        staged, period.same_last_year, case, _past(case, "same_period_last_year", unit)
    )
    problems += faults
    if not is_usable(problems):
        return None, problems
    due = tuple(f"{unit.id}/{name}" for name in case.form.due)
    return Situation(staged, unit.id, current, previous, last_year, due), problems


def reduce_pack(pack: RulePack, rules: tuple[Rule, ...], units: tuple[Unit, ...]) -> RulePack:
    """The pack with other rules and units."""
    fields = {name: getattr(pack, name) for name in RulePack.model_fields}
    return RulePack(**{**fields, "rules": rules, "units": units})


def _place_units(
    pack: RulePack, rule: Rule, case: Case
) -> tuple[Unit | None, tuple[Unit, ...], tuple[Problem, ...]]:
    """The unit of the case, and every unit there is."""
    form = case.form
    if form.unit is not None:
        unit, units = pack.unit.get(form.unit), pack.units
        if unit is None:
            words = {"case": case.name, "unit": form.unit, "hint": hint(form.unit, pack.unit)}
            return None, (), (Problem("cases.unknown_unit", case.place, words),)
    else:
        unit, units = _specimens(case, form.level or rule.applies_to[0])
    problems = tuple(_find_impossible(case, unit))
    return (None if problems else unit), units, problems


def _find_impossible(case: Case, unit: Unit) -> Iterator[Problem]:
    """Units named below one that has none below, or beside or above one that stands alone."""
    below = () if unit.level in _BELOW else ("children", "due", "submitted")
    beside = ("peers", "reported_by") if unit.parent is None else ()
    for key in (*below, *beside):
        if getattr(case.form, key):
            words = {"case": case.name, "key": key, "level": unit.level}
            yield Problem("cases.no_such_units", case.place, words)


def _specimens(case: Case, level: Level) -> tuple[Unit, tuple[Unit, ...]]:
    """A made-up unit of that level, and all units around it that the case names."""
    district, bloc = _unit(_DISTRICT, "district", None), _unit(_BLOC, "bloc", _DISTRICT)
    above, unit = {"district": ((), district), "bloc": ((district,), bloc)}.get(
        level, ((district, bloc), _unit(f"{_BLOC}/unit", level, _BLOC))
    )
    names = dict.fromkeys((*case.form.children, *case.form.due, *case.form.submitted))
    children = (_unit(f"{unit.id}/{name}", _BELOW.get(level, "commune"), unit.id) for name in names)
    peers = (_unit(f"{unit.parent}/{name}", level, unit.parent) for name in case.form.peers)
    known = {one.id: one for one in (*above, unit, *peers, *children)}
    return unit, tuple(known.values())


def _unit(name: str, level: Level, parent: str | None) -> Unit:
    label = text(f"cases.specimen.{level}", name=name.rpartition("/")[2])
    return Unit(id=name, label=label, level=level, parent=parent)


def _find_period(pack: RulePack, case: Case) -> tuple[Period | None, tuple[Problem, ...]]:
    """The period of a case; the half-year in which the pack takes effect where it names none."""
    start = pack.header.effective_from
    written = case.form.period
    if written is None:
        return Period(year=start.year, half=1 if start.month <= 6 else 2), ()  # noqa: PLR2004 - half a year
    try:
        return Period.parse(written), ()
    except ValueError:
        return None, (
            Problem("request.bad_period", case.place, {"written": written, "known": f"{start.year}-H1"}),
        )


def _compose_reports(case: Case, unit: Unit) -> Iterator[Mapping[str, object]]:
    """What each unit of the case submitted for the period, in the form of a submission."""
    head = {key: node for key in ("report_date", "data_window") if (node := case.node.get(key)) is not None}
    own = {key: node for key in ("figures", "stated", "cites") if (node := case.node.get(key)) is not None}
    reporter = {"reported_by": unit.parent} if case.form.reported_by and unit.parent else {}
    yield {"unit": unit.id, **head, **own, **reporter}
    for name, figures in case.entries("children"):
        yield {"unit": f"{unit.id}/{name}", **head, "figures": figures}
    for name in case.form.submitted:
        yield {"unit": f"{unit.id}/{name}", **head}
    for name, figures in case.entries("peers"):
        yield {"unit": f"{unit.parent}/{name}", **head, "figures": figures}


def _past(case: Case, key: str, unit: Unit) -> tuple[Mapping[str, object], ...]:
    figures: Node | None = case.node.get(key)
    return ({"unit": unit.id, "figures": figures},) if figures is not None else ()


def _read_all(
    pack: RulePack, period: Period, case: Case, reports: tuple[Mapping[str, object], ...]
) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """Submissions as the intake reads them; its warnings are no matter of a case."""
    submissions: tuple[Submission, ...] = ()
    problems: tuple[Problem, ...] = ()
    for report in reports:
        node = mapping_of({"format": 1, "period": str(period), **report}, case.place)
        submission, faults = read_submission(node, pack, "vietnamese")
        submissions += (submission,) if submission is not None else ()
        problems += tuple(fault for fault in faults if fault.weight == "error")
    return submissions, problems
