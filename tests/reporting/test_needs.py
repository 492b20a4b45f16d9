"""What each missed target takes, tried out: met with the count, missed with one less."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compliance.engine.what_if import replace_figures
from compliance.intake.settings import read_settings
from compliance.model.submission import Observation, Period, Submission
from compliance.pipeline import Request, assess, check, dataset, load_pack, run
from compliance.reporting.needs import list_needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.model.check import Check
    from compliance.model.comparison import Need
    from tests.reporting.conftest import Bench

AS_OF = date(2020, 6, 30)
DISTRICT = "soc-trang/long-phu"


@cache
def _compile() -> CompiledPack:
    pack, _ = load_pack("long-phu-2020")
    assert pack is not None
    return pack


@pytest.fixture(scope="module")
def compiled() -> CompiledPack:
    return _compile()


@pytest.fixture(scope="module")
def reported() -> Check:
    result, _ = run(Request(paths=(dataset("long-phu-2020-h1"),), as_of=AS_OF))
    assert result is not None
    return result


@pytest.fixture(scope="module")
def units() -> Check:
    result, _ = run(Request(paths=(dataset("long-phu-2020-h1-units"),), as_of=AS_OF))
    assert result is not None
    return result


def _one_unit_less(need: Need) -> tuple[str, ...]:
    """The settings with the first one a unit short of the goal; a percentage by its last decimal."""
    name, _, value = need.settings[0].partition("=")
    if need.direction == "points":
        short = f"{name}={Fraction(value.rstrip('%').replace(',', '.')) - 1!s}%"
    else:
        short = f"{name}={int(value) + (1 if need.direction == 'fewer' else -1)}"
    return short, *need.settings[1:]


def _verdict(
    compiled: CompiledPack, submissions: Sequence[Submission], need: Need, words: Sequence[str]
) -> str:
    put_in, problems = read_settings(
        words, compiled.pack, unit=None, reported={submission.unit for submission in submissions}
    )
    assert problems == ()
    result = check(compiled, replace_figures(submissions, put_in), as_of=AS_OF)
    return result.outcome[need.outcome].outcome


def _own(result: Check) -> tuple[Submission, ...]:
    return tuple(submission for submission in result.reported if submission.reported_by)


def test_the_numbers_turn_each_missed_target_of_the_report_into_met_and_one_less_does_not(
    compiled: CompiledPack, reported: Check
) -> None:
    needs = list_needs(reported).needs
    met = [_verdict(compiled, _own(reported), need, need.settings) for need in needs]
    short = [_verdict(compiled, _own(reported), need, _one_unit_less(need)) for need in needs]
    assert len(needs) == 13
    assert set(met) == {"pass"}
    assert set(short) <= {"fail", "no_data"}


def test_so_do_those_of_every_unit_below(compiled: CompiledPack, units: Check) -> None:
    """All units at once, one rule after another: a rule's figure may be another rule's denominator."""
    needs = list_needs(units)
    assert needs.uncounted == ()
    assert {need.rule for need in needs.needs} >= {"DOC-01", "DOS-07", "EQU-02", "ONL-01", "ONL-02", "POR-01"}
    for of_rule in _apart(needs.needs):
        met = _try(compiled, units, [word for need in of_rule for word in need.settings])
        short = _try(compiled, units, [word for need in of_rule for word in _one_unit_less(need)])
        assert {met.outcome[need.outcome].outcome for need in of_rule} == {"pass"}
        assert {short.outcome[need.outcome].outcome for need in of_rule} <= {"fail", "no_data"}


def _apart(needs: Sequence[Need]) -> list[list[Need]]:
    """The needs of each rule together, but of one outcome only one at a time."""
    groups: dict[tuple[str, int], list[Need]] = {}
    seen: Counter[str] = Counter()
    for need in needs:
        groups.setdefault((need.rule, seen[need.outcome]), []).append(need)
        seen[need.outcome] += 1
    return list(groups.values())


def _try(compiled: CompiledPack, units: Check, words: Sequence[str]) -> Check:
    own = _own(units)
    put_in, problems = read_settings(
        words, compiled.pack, unit=None, reported={submission.unit for submission in own}
    )
    assert problems == ()
    return check(compiled, replace_figures(own, put_in), as_of=AS_OF)


@settings(max_examples=20, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    figures=st.fixed_dictionaries(
        {
            name: st.integers(0, 400)
            for name in (
                "documents.outgoing_electronic",
                "online.dossiers",
                "one_stop.procedures_entered",
                "signatures.signed",
                "online.procedures_level4",
                "dossiers.resolved_late",
            )
        }
    ),
    wholes=st.fixed_dictionaries(
        {
            name: st.integers(400, 9_999)
            for name in ("documents.outgoing", "dossiers.received_total", "one_stop.procedures_in_authority")
        }
    ),
)
def test_the_numbers_turn_any_missed_target_into_met_and_one_less_does_not(
    figures: dict[str, int], wholes: dict[str, int]
) -> None:
    compiled = _compile()
    known = {
        name: Observation(indicator=name, value=value, as_written=str(value))
        for name, value in (figures | wholes).items()
    }
    submission = Submission(
        unit=DISTRICT,
        period=Period(year=2020, half=1),
        reported_by=DISTRICT,
        provenance="synthetic",
        observations=known,
    )
    needs = list_needs(check(compiled, (submission,), as_of=AS_OF)).needs
    assert wholes["dossiers.received_total"] <= 2000 or "ONL-01" in {need.rule for need in needs}
    for need in needs:
        assert _verdict(compiled, (submission,), need, need.settings) == "pass"
        assert _verdict(compiled, (submission,), need, _one_unit_less(need)) in ("fail", "no_data")


def test_a_denominator_that_is_only_the_sum_of_its_parts_is_held_in_the_settings(
    compiled: CompiledPack,
) -> None:
    values = {"dossiers.received_online": 10, "dossiers.received_direct": 90, "dossiers.carried_over": 0}
    values |= {"online.dossiers": 1}
    submission = Submission(
        unit=DISTRICT,
        period=Period(year=2020, half=1),
        reported_by=DISTRICT,
        provenance="synthetic",
        observations={
            name: Observation(indicator=name, value=value, as_written=str(value))
            for name, value in values.items()
        },
    )
    needs = list_needs(check(compiled, (submission,), as_of=AS_OF)).needs
    (online,) = (need for need in needs if need.rule == "ONL-01")
    assert online.settings == (f"{DISTRICT}:online.dossiers=20", f"{DISTRICT}:dossiers.received_total=100")


def test_the_pace_is_the_count_over_six_months_rounded_up(reported: Check) -> None:
    (need,) = (need for need in list_needs(reported).needs if (need.rule, need.unit) == ("DOC-01", DISTRICT))
    assert need.lacking == 3133
    assert need.a_month == 523


def test_the_counts_are_those_of_the_tasks(reported: Check) -> None:
    (task,) = (task for task in assess(reported).tasks if "cần thêm 3.133 văn bản điện tử" in task.takes)
    (need,) = (need for need in list_needs(reported).needs if (need.rule, need.unit) == ("DOC-01", DISTRICT))
    assert task.volume == need.lacking
    assert need.takes in task.takes
    assert task.takes.endswith("làm trong 6 tháng cuối năm 2020 thì bình quân mỗi tháng thêm 523")


def test_a_task_names_the_bodies_where_most_of_the_gap_lies(units: Check) -> None:
    (task,) = (task for task in assess(units).tasks if "cần thêm 3.133 văn bản điện tử" in task.takes)
    (need,) = (need for need in list_needs(units).needs if (need.rule, need.unit) == ("DOC-01", DISTRICT))
    largest = units.pack.unit[need.mostly[0].unit].name
    assert f"phần thiếu tập trung ở {largest} {need.mostly[0].count}, " in task.takes
    assert task.takes.endswith(f" và {len(need.mostly) - 6} đơn vị khác")


def test_a_month_that_takes_less_than_one_is_not_spoken_of(bench: Bench) -> None:
    bench.report("d", documents__outgoing=100, documents__outgoing_electronic=86)
    bench.electronic_rule()
    bench.compare("DOC-01", "d")
    (task,) = bench.assess().tasks
    assert "cần thêm 4 văn bản điện tử" in task.takes
    assert "mỗi tháng" not in task.takes


def test_the_few_bodies_named_lack_at_least_half_and_no_fewer_of_them_would(units: Check) -> None:
    (need,) = (need for need in list_needs(units).needs if (need.rule, need.unit) == ("DOC-01", DISTRICT))
    bodies = [
        other.lacking
        for other in list_needs(units).needs
        if other.rule == "DOC-01" and units.pack.unit[other.unit].level in ("agency", "commune")
    ]
    counts = [unit.count for unit in need.mostly]
    assert counts == sorted(counts, reverse=True)
    assert 2 * sum(counts) >= sum(bodies) > 2 * sum(counts[:-1])


def test_fewer_are_asked_where_the_target_is_a_most(bench: Bench) -> None:
    bench.report("d/c/ph", dossiers__resolved=1000, dossiers__resolved_late=30)
    bench.rule("DOS-09", "dossiers", measure="dossiers.late", at_most="dossiers.late")
    bench.compare("DOS-09", "d/c/ph", goal=1)
    needs = list_needs(bench.check).needs
    assert [(need.direction, need.lacking) for need in needs] == [("fewer", Fraction(20))]


def test_nothing_is_to_be_set_for_a_unit_that_is_only_the_sum_of_its_units(units: Check) -> None:
    derived = {submission.unit for submission in units.reported if not submission.reported_by}
    needs = [need for need in list_needs(units).needs if need.unit in derived]
    assert [need for need in needs if need.settings] == []
