"""Long Phú, first half of 2020: the district (d), its blocs (d/h, d/x), two communes, and what is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.named_checks import Cites, Present, RollUp, Stated
from compliance.model.submission import DataWindow

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

PLAN = "long-phu/2020/09-kh-ubnd"
FIGURES: dict[str, dict[str, Any]] = {
    "d": {
        "dossiers.received_total": 21_035,
        "dossiers.resolved": 20_549,
        "dossiers.resolved_in_time": 20_542,
        "dossiers.resolved_late": 7,
        "dossiers.pending_in_time": 486,
        "documents.outgoing": 6_522,
        "documents.outgoing_electronic": 2_737,
        "signatures.signed": 2_563,
        "one_stop.procedures_in_authority": 390,
        "one_stop.procedures_entered": 390,
        "postal.received": 8,
        "postal.returned": 105,
        "postal.total": 113,
        "communication.broadcasts": 18,
        "communication.minutes_each": (5, 7),
        "online.dossiers": 519,
        "online.land": 498,
        "online.household": 19,
        "online.construction": 1,
        "online.trade": 1,
    },
    "d/h": {
        "dossiers.received_total": 2_399,
        "dossiers.resolved": 1_921,
        "dossiers.resolved_in_time": 1_921,
        "dossiers.pending_in_time": 478,
        "documents.outgoing": 3_417,
        "documents.outgoing_electronic": 2_070,
        "signatures.signed": 1_932,
        "one_stop.procedures_in_authority": 264,
        "one_stop.procedures_entered": 264,
        "online.procedures_level3": 68,
        "online.procedures_level4": 6,
    },
    "d/x": {
        "dossiers.received_total": 18_636,
        "dossiers.resolved": 18_628,
        "dossiers.resolved_in_time": 18_621,
        "dossiers.resolved_late": 7,
        "dossiers.pending_in_time": 8,
        "documents.outgoing": 3_105,
        "documents.outgoing_electronic": 667,
        "signatures.signed": 631,
        "one_stop.procedures_in_authority": 126,
        "one_stop.procedures_entered": 126,
    },
    "d/x/1": {"dossiers.resolved_late": 1},
    "d/x/2": {"dossiers.resolved_late": 6},
}
STATED = {
    "d": {"dossiers.in_time": "99,97%", "documents.electronic": "41,97%", "signatures.share": "93,64%"},
    "d/h": {"dossiers.in_time": "100%", "documents.electronic": "60,58%", "signatures.share": "93,33%"},
    "d/x": {
        "dossiers.in_time": "99,96%",
        "dossiers.late": "0,03%",
        "documents.electronic": "21,48%",
        "signatures.share": "94,6%",
    },
}
SUMS = (
    "dossiers.received_total",
    "dossiers.resolved",
    "dossiers.resolved_in_time",
    "dossiers.resolved_late",
    "dossiers.pending_in_time",
    "documents.outgoing",
    "documents.outgoing_electronic",
    "signatures.signed",
    "one_stop.procedures_in_authority",
    "one_stop.procedures_entered",
)
NOT_REPORTED = ("dossiers.pending_overdue", "dossiers.carried_over", "communication.minutes_total")
COUNTS = sorted({*NOT_REPORTED, *(name for known in FIGURES.values() for name in known)})


@pytest.fixture(scope="module")
def pack(bench: Bench) -> RulePack:
    additive = {"additive": ("district", "bloc")}
    indicators: list[Any] = [bench.indicator(name, **(additive if name in SUMS else {})) for name in COUNTS]
    overdue = "dossiers.pending_overdue"
    indicators += [
        bench.indicator(
            "dossiers.pending", parts=("dossiers.pending_in_time", overdue), assume_zero=(overdue,)
        ),
        bench.indicator("online.procedures", parts=("online.procedures_level3", "online.procedures_level4")),
        bench.indicator("signatures.bodies", from_register="bodies"),
    ]
    received = {"confused_with": ("dossiers.received_total",)}
    rates = (
        bench.rate("dossiers.in_time", "dossiers.resolved_in_time", "dossiers.resolved", **received),
        bench.rate("dossiers.late", "dossiers.resolved_late", "dossiers.resolved", **received),
        bench.rate("documents.electronic", "documents.outgoing_electronic", "documents.outgoing"),
        bench.rate("signatures.share", "signatures.signed", "documents.outgoing_electronic"),
        bench.rate("online.share", "online.dossiers", "dossiers.received_total"),
        bench.rate("online.of_procedures", "online.procedures_level4", "one_stop.procedures_in_authority"),
        bench.rate("online.of_services", "online.procedures_level4", "online.procedures"),
    )
    due = {"due": date(2020, 12, 31)}
    law = bench.citation("chinh-phu/2019/17-nq-cp")
    targets = (
        bench.target("documents.goal", "90", law, **due),
        bench.target("online.goal", "20", law, levels=("district",), **due),
        bench.target("online.goal4", "30", law, levels=("bloc",), **due),
    )
    instruments = (bench.instrument(PLAN, issued=date(2020, 2, 4)),)
    return bench.pack(indicators, rules(bench, rates), rates=rates, targets=targets, instruments=instruments)


def rules(bench: Bench, rates: tuple[Any, ...]) -> list[Any]:
    minutes = "communication.broadcasts * {0}.communication.minutes_each"
    explain = {"severity": "must_explain"}
    target = {"kind": "target", **explain}
    return [
        bench.rule("DOS-03", "dossiers.received_total == dossiers.resolved + dossiers.pending"),
        bench.rule("DOS-04", "dossiers.resolved == dossiers.resolved_in_time + dossiers.resolved_late"),
        bench.rule("POS-01", "postal.total == postal.received + postal.returned"),
        bench.rule(
            "ONL-01",
            "online.dossiers == online.land + online.household + online.construction + online.trade",
        ),
        bench.rule(
            "COM-01",
            f"low.communication.minutes_total <= {minutes.format('high')} "
            f"and high.communication.minutes_total >= {minutes.format('low')}",
            **explain,
        ),
        bench.rule("REP-01", Cites(cites="one_date")),
        bench.rule("REP-02", Cites(cites="register_date")),
        bench.rule("PLA-01", "period.window_days >= period.days", severity="advisory"),
        bench.rule(
            "DOS-01",
            Present(present=("dossiers.carried_over", "dossiers.pending_overdue")),
            kind="completeness",
            severity="advisory",
        ),
        bench.rule("DOC-01", measure="documents.electronic", at_least="documents.goal", **target),
        bench.rule("ONL-03", measure="online.share", at_least="online.goal", **target),
        bench.rule(
            "ONL-02",
            measures=("online.of_procedures", "online.of_services"),
            at_least="online.goal4",
            kind="target",
            severity="advisory",
        ),
        bench.rule(
            "DOS-10", measure="dossiers.in_time", commend_at=Decimal(99), kind="target", severity="advisory"
        ),
        *(bench.rule(f"RATE:{rate.id}:stated", Stated(stated=rate.id)) for rate in rates),
        *(
            bench.rule(f"ROLLUP:{name}", RollUp(rollup=name), applies_to=("district", "bloc"))
            for name in SUMS
        ),
    ]


@pytest.fixture(scope="module")
def check(bench: Bench, pack: RulePack) -> Check:
    total = bench.observe("communication.minutes_total", 200, approximate="about")
    figures = {**FIGURES, "d": {**FIGURES["d"], "communication.minutes_total": total}}
    cites = (bench.cite(PLAN, date(2020, 2, 4), "I.1"), bench.cite(PLAN, date(2020, 2, 2), "II"))
    common: dict[str, Any] = {
        "reported_by": "d",
        "report_date": date(2020, 5, 21),
        "data_window": DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4)),
    }
    reports = [
        bench.submission(
            unit, known, stated=STATED.get(unit, {}), cites=cites if unit == "d" else (), **common
        )
        for unit, known in figures.items()
    ]
    return bench.check(pack, *reports)


def test_exactly_two_findings_block(check: Check) -> None:
    blocking = [finding.id for finding in check.findings if finding.severity == "must_fix"]
    assert blocking == [
        f"REP-01@d@2020-H1#{PLAN}",
        "RATE:dossiers.late:stated@d/x@2020-H1",
    ]
    assert check.accepted == "not_accepted"


def test_the_communes_late_rate_fits_the_district_or_cut_off_digits(check: Check) -> None:
    outcome = check.outcome["RATE:dossiers.late:stated@d/x@2020-H1"]
    assert outcome.reason.startswith("7/18.628 ≈ 0,0376%, làm tròn 0,04%; báo cáo ghi 0,03%.")
    assert [(item.unit, item.denominator, item.truncated) for item in outcome.possibilities] == [
        ("d", "dossiers.resolved", False),
        ("d", "dossiers.received_total", False),
        ("d/x", "dossiers.resolved", True),
    ]


def test_every_other_stated_rate_and_every_sum_holds(check: Check) -> None:
    failed = {
        item.rule
        for item in check.outcomes
        if item.outcome == "fail" and item.rule.startswith(("RATE:", "ROLLUP:", "DOS-0", "POS", "ONL-01"))
    }
    assert failed == {"RATE:dossiers.late:stated", "DOS-01"}


def test_the_on_time_rate_names_what_it_would_be_of_received(check: Check) -> None:
    reason = check.outcome["RATE:dossiers.in_time:stated@d@2020-H1"].reason
    assert "nếu tính trên «RECEIVED_TOTAL» thì là 97,66%" in reason


def test_eighteen_broadcasts_of_five_to_seven_minutes_are_not_about_two_hundred(check: Check) -> None:
    outcome = check.outcome["COM-01@d@2020-H1"]
    assert outcome.outcome == "fail"
    assert "18 × (5 đến 7) = 90 đến 126" in outcome.reason
    assert "khoảng 200" in outcome.reason


@pytest.mark.parametrize(
    ("outcome", "measured", "gap"),
    [
        ("DOC-01@d@2020-H1", Fraction(273_700, 6_522), "48,03"),
        ("DOC-01@d/h@2020-H1", Fraction(207_000, 3_417), "29,42"),
        ("DOC-01@d/x@2020-H1", Fraction(66_700, 3_105), "68,52"),
        ("ONL-03@d@2020-H1", Fraction(51_900, 21_035), "17,53"),
    ],
)
def test_the_targets_missed_are_measured_exactly(
    check: Check, outcome: str, measured: Fraction, gap: str
) -> None:
    found = check.outcome[outcome]
    assert found.reason_code == "not_yet_reached"
    assert found.measured is not None
    assert found.measured.exact == measured
    assert f"còn cách {gap} điểm phần trăm" in found.reason


def test_level_four_is_short_on_both_denominators(check: Check) -> None:
    measures = check.outcome["ONL-02@d/h@2020-H1"].measures
    assert {name: quantity.text for name, quantity in measures.items()} == {
        "online.of_procedures": "2,27%",
        "online.of_services": "8,11%",
    }


def test_on_time_dossiers_are_commended_and_undisputed(check: Check) -> None:
    outcome = check.outcome["DOS-10@d@2020-H1"]
    assert (outcome.commended, outcome.disputed_by) == (True, ())


def test_pending_rests_on_the_assumption_that_none_is_overdue(check: Check) -> None:
    outcome = check.outcome["DOS-03@d@2020-H1"]
    assert (outcome.outcome, outcome.assumptions) == (
        "pass",
        ("«PENDING_OVERDUE» không được báo cáo, tạm tính là 0 việc",),
    )


def test_the_data_cover_125_of_182_days(check: Check) -> None:
    assert check.outcome["PLA-01@d@2020-H1"].reason == "không khớp, 125 < 182, chênh lệch 57 ngày."


def test_the_registers_date_of_the_plan_is_not_held_against_it_again(check: Check) -> None:
    assert check.outcome[f"REP-02@d@2020-H1#{PLAN}"].outcome == "not_applicable"


def test_the_two_communes_make_up_the_late_dossiers_as_far_as_they_report(check: Check) -> None:
    assert check.outcome["ROLLUP:dossiers.resolved_late@d/x@2020-H1"].reason_code == "rollup_at_least"
