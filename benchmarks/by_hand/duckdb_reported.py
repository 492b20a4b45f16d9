"""Are figures reported, reported together, and reports handed in by all below, in SQL?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_steps import DERIVED, YEAR_2020, Step, if_blank, in_steps, unless
from benchmarks.by_hand.facts import AGENCY, COMMUNE, DISTRICT, EVERYWHERE, FIELDS, TOGETHER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXCERPT = ("reported_by <> unit", "not_applicable/excerpt")
"""What another unit reported of this one is not expected to be whole."""
_OWN = (DISTRICT, AGENCY, COMMUNE)


def reported_rules() -> Mapping[str, str]:
    """The rules by their names, but for who has handed in."""
    june_2018, whole = "2018-06-21", "dossiers.received_total"
    handled = '"dossiers.resolved" + "dossiers.pending"'
    of_carried = (if_blank(whole, "dossiers.resolved", "dossiers.pending"), unless(f'"{whole}" = {handled}'))
    broadcasts = [f"communication.{name}" for name in ("broadcasts", "minutes_each", "minutes_total")]
    nothing_cited = in_steps(EVERYWHERE, YEAR_2020, last="not_applicable/nothing_cited")
    return {
        "ONE-03": _together((AGENCY,), "one_stop.procedures_in_authority", "one_stop.procedures_entered"),
        "DOS-01": _present(_OWN, june_2018, "NOT is_opening", *of_carried),
        "DOS-02": _present(_OWN, june_2018, '"dossiers.pending_overdue" IS NOT NULL'),
        "DOS-05": _together(_OWN, "dossiers.resolved_early", "dossiers.resolved_on_day", since=june_2018),
        "DOS-06": _together(_OWN, "dossiers.received_online", "dossiers.received_direct", since=june_2018),
        "POS-05": _together(_OWN, "postal.received", "postal.returned", since="2016-12-16"),
        "EQU-03": _present((DISTRICT,), "2020-02-04", '"equipment.lan_share" IS NOT NULL'),
        "COM-02": _together((DISTRICT,), *broadcasts),
        **{
            rule: _together(_OWN, f"online.{field}_online", f"online.{field}_total")
            for rule, field in FIELDS.items()
        },
        **dict.fromkeys(("REP-01", "REP-02", "REP-03"), nothing_cited),
    }


def submitted_rule() -> str:
    """Whether all units right below have a row; the only rule on units without one."""
    return in_steps(
        TOGETHER,
        "2019-03-12",
        ("children = 0", "not_applicable/none_due"),
        ("coalesce(reports, 0) < children", "fail/not_submitted"),
        last="pass/all_submitted",
    )


def _present(levels: Sequence[int], since: str, is_there: str, *first: Step) -> str:
    steps = (DERIVED, _EXCERPT, *first, (is_there, "pass/present"))
    return in_steps(levels, since, *steps, last="fail/not_present")


def _together(levels: Sequence[int], *names: str, since: str = YEAR_2020) -> str:
    blanks = " + ".join(f'("{name}" IS NULL)::INTEGER' for name in names)
    steps = (DERIVED, _EXCERPT, (f"{blanks} IN (0, {len(names)})", "pass/together"))
    return in_steps(levels, since, *steps, last="fail/not_together")
