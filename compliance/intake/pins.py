"""Which figures does the inspector vouch for? Words such as `cap-xa:documents.outgoing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.suggestions import hint, listed
from compliance.intake.unit_choice import name_unit
from compliance.model.check import PinnedFigure
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

_STATED = "stated."

Problems = tuple[Problem, ...]


def read_pins(
    words: Iterable[str], pack: RulePack, submissions: Sequence[Submission], *, unit: str | None = None
) -> tuple[tuple[PinnedFigure, ...], Problems]:
    """A figure for each `[UNIT:]indicator` or `[UNIT:]stated.rate`, each once, and all problems.

    `unit` is meant where none is written. Only what was reported can be vouched for.
    """
    by_unit = {submission.unit: submission for submission in submissions}
    found: dict[tuple[str, str], PinnedFigure] = {}
    problems: Problems = ()
    for written in words:
        target, colon, name = written.rpartition(":")
        which = target.strip() if colon else unit
        pin, faults = _read(which, name.strip(), pack, by_unit, Place(written))
        problems += faults
        if pin is not None:
            found[pin.unit, pin.indicator] = pin
    return tuple(found.values()), problems


def _read(
    unit: str | None, name: str, pack: RulePack, by_unit: dict[str, Submission], place: Place
) -> tuple[PinnedFigure | None, Problems]:
    unit, problems = _find_unit(unit, pack, tuple(by_unit), place)
    known = {**{one.id: one.label for one in pack.indicators}, **_stated_labels(pack)}
    if name not in known:
        values = {"written": name, "hint": hint(name, known)}
        problems += (Problem("pin.unknown", place, values),)
    if problems or unit is None:
        return None, problems
    as_written = _as_written(by_unit[unit], name)
    if as_written is None:
        values = {"label": known[name], "unit": pack.unit[unit].label}
        return None, (Problem("pin.not_reported", place, values),)
    return PinnedFigure(unit=unit, indicator=name, label=known[name], as_written=as_written), ()


def _stated_labels(pack: RulePack) -> dict[str, str]:
    return {f"{_STATED}{rate.id}": rate.label for rate in pack.rates}


def _as_written(submission: Submission, name: str) -> str | None:
    if name.startswith(_STATED):
        stated = submission.stated.get(name.removeprefix(_STATED))
        return stated.as_written if stated else None
    observation = submission.observations.get(name)
    return observation.as_written if observation else None


def _find_unit(
    written: str | None, pack: RulePack, reported: tuple[str, ...], place: Place
) -> tuple[str | None, Problems]:
    if written is None:
        return None, (Problem("pin.which_unit", place, {"known": listed(reported)}),)
    unit, problems = name_unit(pack, written, place)
    if unit is not None and unit not in reported:
        values = {"written": written, "hint": hint(unit, reported), "known": listed(reported)}
        problems = (Problem("pin.unit", place, values),)
    return unit, problems
