"""Which figure is to stand in the place of a reported one? Words such as `documents.outgoing=5.870`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.nodes import Scalar
from compliance.intake.suggestions import hint, listed
from compliance.intake.unit_choice import name_unit
from compliance.intake.values import read_observation
from compliance.model.comparison import Setting
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack


def read_settings(
    words: Iterable[str], pack: RulePack, *, unit: str | None, reported: Collection[str]
) -> tuple[tuple[Setting, ...], Problems]:
    """A setting for each `[UNIT:]indicator=value`, values in Vietnamese notation, and all problems.

    `unit` is meant where none is written; `reported` are the units that have a submission.
    """
    settings: dict[tuple[str, str], Setting] = {}
    problems: list[Problem] = []
    for written in words:
        setting, faults = _read(written, pack, unit, reported)
        problems += faults
        if setting is None:
            continue
        key = (setting.unit, setting.observation.indicator)
        if key in settings:
            problems.append(Problem("what_if.twice", Place(written), {"indicator": key[1]}))
        settings[key] = setting
    return tuple(settings.values()), tuple(problems)


def _read(
    written: str, pack: RulePack, default: str | None, reported: Collection[str]
) -> tuple[Setting | None, Problems]:
    place = Place(written)
    target, equals, value = written.partition("=")
    before, colon, after = target.partition(":")
    unit, name = (before.strip(), after.strip()) if colon else (default, before.strip())
    if not equals or not name or not value.strip():
        return None, (Problem("what_if.form", place, {"written": written}),)
    unit, problems = _find_unit(unit, pack, reported, place)
    if name not in pack.indicator:
        values = {"written": name, "hint": hint(name, pack.indicator)}
        problems += (Problem("what_if.unknown_indicator", place, values),)
    if problems or unit is None:
        return None, problems
    observation, faults = read_observation(
        Scalar(value.strip(), plain=True, place=place), pack.indicator[name], "vietnamese"
    )
    if observation is None:
        return None, faults or (Problem("what_if.form", place, {"written": written}),)
    return Setting(unit=unit, observation=observation), faults


def _find_unit(
    written: str | None, pack: RulePack, reported: Collection[str], place: Place
) -> tuple[str | None, Problems]:
    if written is None:
        return None, (Problem("what_if.which_unit", place, {"known": listed(reported)}),)
    unit, problems = name_unit(pack, written, place)
    if unit is not None and unit not in reported:
        values = {"written": written, "hint": hint(unit, reported), "known": listed(reported)}
        problems = (Problem("what_if.unit", place, values),)
    return unit, problems
