"""How are two runs compared, the earlier one from its figures or from the JSON that was kept of it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.engine.compare import compare_checks
from compliance.engine.compare_rates import compare_rates
from compliance.engine.focus import focus_check
from compliance.engine.staleness import mark_kept
from compliance.intake.kept_runs import is_kept_run, read_kept_run
from compliance.intake.unit_choice import units_meant
from compliance.pipeline import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from compliance.model.check import Check
    from compliance.model.comparison import Comparison
    from compliance.model.rulepack import RulePack
    from compliance.pipeline import Problems, Request

__all__ = ["compare"]


def compare(old: Request, new: Request) -> tuple[Comparison | None, RulePack | None, Problems]:
    """What changed for each unit and rule between two runs.

    Where the earlier request names the kept JSON of a check, that is taken as it is, and marked where the
    packs have changed since. With a unit in the later request only that one is looked at.
    """
    kept = [path for path in old.paths if is_kept_run(path)]
    if not kept:
        return _compare_figures(old, replace(new, earlier=old.paths))
    after, problems = run(new)
    if after is None:
        return None, None, problems
    found, faults = read_kept_run(kept[0], after.pack)
    problems += faults
    if found is None:
        return None, None, problems
    before = mark_kept(found.check, after.pack.chain)
    return _compare(before, after, new.unit, found.percentages), after.pack, problems


def _compare_figures(old: Request, new: Request) -> tuple[Comparison | None, RulePack | None, Problems]:
    before, problems = run(old)
    after, faults = run(new)
    problems += tuple(fault for fault in faults if fault not in problems)
    if before is None or after is None:
        return None, None, problems
    return _compare(before, after, new.unit), after.pack, problems


def _compare(
    before: Check,
    after: Check,
    unit: str | None,
    percentages: Mapping[tuple[str, str], Fraction] | None = None,
) -> Comparison:
    if unit is None:
        return compare_checks(before, after, percentages)
    (unit,) = units_meant(after.pack, unit)
    result = compare_checks(focus_check(before, unit), focus_check(after, unit), percentages)
    return result.model_copy(
        update={
            "rates": tuple(rate for rate in compare_rates(before, after, percentages) if rate.unit == unit),
            "windows": tuple(window for window in result.windows if window.unit == unit),
        }
    )
