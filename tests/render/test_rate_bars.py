from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.render.rate_bars import Bar, BarGroup, build_bars

if TYPE_CHECKING:
    from compliance.model.check import Check


def group(groups: tuple[BarGroup, ...], rule: str) -> tuple[Bar, ...]:
    return next(each.bars for each in groups if each.rule == rule)


def test_a_bar_holds_the_rate_against_its_target(long_phu: Check) -> None:
    aimed, _ = build_bars(long_phu)
    assert group(aimed, "DOC-01")[0] == Bar(
        unit="toàn huyện",
        figure="41,97% (2.737/6.522)",
        width="41.97",
        target="từ 90% trở lên, thời hạn 31/12/2020",
        limit="90.00",
        kind="must_explain",
        verdict="chưa đạt",
    )


def test_every_measure_of_an_unsettled_denominator_has_its_bar(long_phu: Check) -> None:
    aimed, _ = build_bars(long_phu)
    figures = [bar.figure for each in aimed if each.rule == "ONL-02" for bar in each.bars]
    assert figures == ["2,27% (6/264)", "0% (0/126)", "8,11% (6/74)", "0% (0/3)"]


def test_counts_are_no_bars(long_phu: Check) -> None:
    aimed, _ = build_bars(long_phu)
    assert "DOS-07" not in {each.rule for each in aimed}


def test_a_rate_is_either_aimed_at_a_target_or_free(long_phu: Check) -> None:
    aimed, free = build_bars(long_phu)
    assert not {each.title for each in aimed} & {each.title for each in free}
    assert all(bar.target == bar.limit == bar.verdict == "" for each in free for bar in each.bars)


def test_a_bar_ends_where_its_ground_ends(many_units: Check) -> None:
    bars = [bar for groups in build_bars(many_units) for each in groups for bar in each.bars]
    beyond = next(bar for bar in bars if bar.figure == "916,5% (944/103)")
    assert beyond.width == "100.00"


def test_a_verdict_on_disputed_figures_says_so(many_units: Check) -> None:
    bars = [bar for groups in build_bars(many_units) for each in groups for bar in each.bars]
    assert any(bar.verdict.endswith(", số liệu đang có sai lệch") for bar in bars)


def test_without_outcomes_there_are_no_bars(long_phu: Check) -> None:
    assert build_bars(long_phu.model_copy(update={"outcomes": ()})) == ((), ())
