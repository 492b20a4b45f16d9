"""Right figures never fire and figures changed beyond rounding always do, whatever the numbers and words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compliance.numerals import format_count, format_decimal, round_half_up
from compliance.proofreading import proofread

if TYPE_CHECKING:
    from compliance.model.claims import Claim

NOUNS = ("hồ sơ", "văn bản", "hộ", "học sinh", "vụ", "lượt người", "đơn")
counts = st.integers(min_value=1, max_value=99_999)
nouns = st.sampled_from(NOUNS)


def alarms(text: str) -> list[Claim]:
    return [claim for claim in proofread(text) if claim.verdict in {"inconsistent", "truncated"}]


@dataclass(frozen=True)
class Ratio:
    """A part of a whole with its percentage at a number of decimals."""

    part: int
    whole: int
    decimals: int
    noun: str

    @property
    def exact(self) -> Fraction:
        return Fraction(100 * self.part, self.whole)

    def percent(self, units_off: int = 0) -> str:
        rounded = round_half_up(self.exact, self.decimals) + units_off * Decimal(1).scaleb(-self.decimals)
        return f"{format_decimal(rounded, self.decimals, keep_zeros=True)}%"


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    whole = draw(st.integers(min_value=20, max_value=99_999))
    part = draw(st.integers(min_value=1, max_value=whole - 1))
    return Ratio(part, whole, draw(st.sampled_from((1, 2))), draw(nouns))


SENTENCES = (
    "Toàn huyện có {part}/{whole} {noun}, chiếm tỷ lệ {percent}.",
    "Kết quả đạt {percent} ({part}/{whole} {noun}).",
    "Trong kỳ có {whole} {noun}, trong đó loại tốt {part} {noun}, chiếm {percent}.",
    "Có {part} {noun} trên tổng số {whole} {noun}, đạt tỷ lệ {percent}.",
    "Kế hoạch {whole} {noun}, thực hiện {part} {noun}, đạt {percent} kế hoạch.",
)
ways = st.sampled_from(SENTENCES)


def say(way: str, ratio: Ratio, percent: str) -> str:
    part, whole = format_count(ratio.part), format_count(ratio.whole)
    return way.format(part=part, whole=whole, noun=ratio.noun, percent=percent)


@given(ratios(), ways)
def test_a_right_percentage_never_fires(ratio: Ratio, way: str) -> None:
    text = say(way, ratio, ratio.percent())
    assert alarms(text) == []
    assert any(claim.kind == "ratio" and claim.verdict == "consistent" for claim in proofread(text))


@given(ratios(), ways, st.integers(min_value=2, max_value=400), st.sampled_from((-1, 1)))
def test_a_percentage_changed_beyond_rounding_always_fires(
    ratio: Ratio, way: str, units: int, sign: int
) -> None:
    shifted = round_half_up(ratio.exact, ratio.decimals) + sign * units * Decimal(1).scaleb(-ratio.decimals)
    assume(0 < shifted < 100)
    found = alarms(say(way, ratio, ratio.percent(sign * units)))
    assert [claim.kind for claim in found] == ["ratio"]


LISTS = (
    "Tổng số {whole} {noun}, gồm cấp huyện {one} {noun}, cấp xã {two} {noun}.",
    "Đã thực hiện {whole} {noun} (nam {one} {noun}, nữ {two} {noun}).",
    "Có {whole} {noun}, bao gồm: loại tốt {one} {noun}; loại khá {two} {noun}.",
    "Tổng số {whole} {noun}, trong đó:\n- Cấp huyện: {one} {noun}.\n- Cấp xã: {two} {noun}.",
)


@given(counts, counts, nouns, st.sampled_from(LISTS))
def test_parts_that_make_their_whole_never_fire(one: int, two: int, noun: str, template: str) -> None:
    text = template.format(
        whole=format_count(one + two), one=format_count(one), two=format_count(two), noun=noun
    )
    assert alarms(text) == []
    assert any(claim.kind == "sum" and claim.verdict == "consistent" for claim in proofread(text))


@given(counts, counts, nouns, st.sampled_from(LISTS), st.integers(min_value=1, max_value=5_000))
def test_a_whole_that_its_parts_do_not_make_always_fires(
    one: int, two: int, noun: str, template: str, more: int
) -> None:
    text = template.format(
        whole=format_count(one + two + more), one=format_count(one), two=format_count(two), noun=noun
    )
    assert [claim.kind for claim in alarms(text)] == ["sum"]


BALANCES = (
    "Đã tiếp nhận {whole} {noun}, đã giải quyết {done} {noun}, còn lại {rest} {noun}.",
    "Tổng số {noun} tiếp nhận {whole} {noun}; đã giải quyết {done} {noun}; đang giải quyết {rest} {noun}.",
)


@given(counts, counts, nouns, st.sampled_from(BALANCES), st.sampled_from((0, 3, 40, 500)))
def test_a_remainder_fires_exactly_where_it_is_wrong(
    done: int, rest: int, noun: str, template: str, off: int
) -> None:
    assume(off != done)
    text = template.format(
        whole=format_count(done + rest), done=format_count(done), rest=format_count(rest + off), noun=noun
    )
    assume(rest + off <= done + rest)
    assert [claim.kind for claim in alarms(text)] == (["difference"] if off else [])


@given(counts, counts, nouns, st.sampled_from((0, 2, 30)))
def test_a_rise_fires_exactly_where_it_is_wrong(before: int, rise: int, noun: str, off: int) -> None:
    now, more, base = (format_count(number) for number in (before + rise, rise + off, before))
    text = f"Có {now} {noun}, tăng {more} {noun} so với cùng kỳ năm trước ({base} {noun})."
    assert [claim.kind for claim in alarms(text)] == (["change"] if off else [])


@given(st.integers(2, 400), st.integers(10, 90), st.integers(0, 9), st.sampled_from((0, 1, 50)))
def test_an_amount_for_each_times_their_number_fires_exactly_where_the_total_is_wrong(
    broadcasts: int, low: int, span: int, off: int
) -> None:
    total = broadcasts * (low + span) + (off * broadcasts if off else 0)
    each = f"{low} - {low + span + 1} phút"
    text = f"Đài phát {broadcasts} kỳ, thời lượng mỗi kỳ từ {each}, tổng thời lượng {total} phút."
    expected = total > broadcasts * (low + span + 1)
    assert [claim.kind for claim in alarms(text)] == (["quantity"] if expected else [])


@pytest.mark.parametrize(
    "text", ["", "\n\n", "100%", "(((", "%", "/", "0/0 hồ sơ, đạt 0%.", "5/0 hộ, chiếm 5%."]
)
def test_hardly_any_text_gives_no_claim(text: str) -> None:
    assert alarms(text) == []


@given(st.text(alphabet="0123456789.,/-% ()hồsơđạtchiếmtrong;:\n", max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for claim in proofread(text):
        assert claim.explanation
        assert claim.start <= claim.end
