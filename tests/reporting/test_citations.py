from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.legal import Citation, Instrument
from compliance.reporting.citations import Mentions, compose_citation, name_in_full

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench

FULL_17 = "Nghị quyết số 17/NQ-CP ngày 07/3/2019 của Chính phủ về phát triển Chính phủ điện tử"
DAY = date(2020, 5, 21)


@pytest.fixture
def mentions(bench: Bench) -> Mentions:
    return Mentions(bench.pack.instruments)


def test_a_text_of_unknown_date_is_named_without_one(bench: Bench) -> None:
    assert name_in_full(bench.pack.instrument["undated"]) == "Chỉ thị số 34/CT của Thủ tướng về thư điện tử"


def test_a_law_has_its_name_for_a_number(bench: Bench) -> None:
    law = bench.pack.instrument["law"]
    assert name_in_full(law) == "Luật Công nghệ thông tin ngày 29/6/2006 của Quốc hội"


def test_the_provision_comes_first_and_doubt_last(bench: Bench) -> None:
    citation = Citation(instrument="long-phu/2020/09-kh-ubnd", provision="Mục II", grade="C")
    assert compose_citation(bench.pack, citation, DAY) == (
        "Mục II, Kế hoạch 09/KH-UBND (chưa đối chiếu được với văn bản gốc)"
    )


def test_a_text_that_does_not_bind_yet_is_said_to_be_a_measure_only(bench: Bench) -> None:
    citation = Citation(instrument="undated", grade="A", binding_from=date(2020, 12, 15))
    assert compose_citation(bench.pack, citation, DAY) == (
        "Chỉ thị 34/CT (bắt buộc áp dụng từ 15/12/2020, kỳ này dùng để đối chiếu)"
    )
    assert compose_citation(bench.pack, citation, date(2020, 12, 15)) == "Chỉ thị 34/CT"


def test_without_a_citation_there_is_nothing_to_say(bench: Bench) -> None:
    assert compose_citation(bench.pack, None, DAY) == ""


def test_a_text_that_the_register_lacks_is_named_by_its_key(bench: Bench) -> None:
    assert compose_citation(bench.pack, Citation(instrument="bo/2020/x", grade="B"), DAY) == "bo/2020/x"


def test_the_first_mention_is_in_full_and_later_ones_short(mentions: Mentions) -> None:
    assert mentions.expand("theo Nghị quyết 17/NQ-CP.") == f"theo {FULL_17}."
    assert mentions.expand("theo Nghị quyết 17/NQ-CP.") == "theo Nghị quyết 17/NQ-CP."


def test_the_word_so_does_not_hide_a_mention(mentions: Mentions) -> None:
    assert mentions.expand("Nghị quyết số 17/NQ-CP") == FULL_17
    assert mentions.expand("Nghị quyết số 17/NQ-CP") == "Nghị quyết số 17/NQ-CP"


def test_a_mention_that_gives_its_date_stays_and_counts(mentions: Mentions) -> None:
    dated = "Kế hoạch 09/KH-UBND ngày 02/02/2020"
    assert mentions.expand(dated) == dated
    assert mentions.expand("Kế hoạch 09/KH-UBND") == "Kế hoạch 09/KH-UBND"


@pytest.mark.parametrize(
    "written",
    ["Nghị quyết 17/NQ-CPX", "Nghị quyết 17/NQ-CP-2", "Nghị quyết 17/NQ-CP/1", "Nghị quyết 117/NQ-CP"],
)
def test_another_number_is_no_mention(mentions: Mentions, written: str) -> None:
    assert mentions.expand(written) == written


def test_a_name_that_two_texts_share_is_left_alone(bench: Bench) -> None:
    plan = bench.pack.instrument["long-phu/2020/09-kh-ubnd"]
    twin = plan.model_copy(update={"key": "ke-sach/2020/09-kh-ubnd", "issuer": "UBND huyện Kế Sách"})
    assert Mentions([plan, twin]).expand("Kế hoạch 09/KH-UBND") == "Kế hoạch 09/KH-UBND"


def test_an_empty_register_changes_nothing() -> None:
    none: list[Instrument] = []
    assert Mentions(none).expand("Kế hoạch 09/KH-UBND") == "Kế hoạch 09/KH-UBND"


@given(
    st.lists(
        st.sampled_from(["Nghị quyết 17/NQ-CP", "Kế hoạch 09/KH-UBND", "và", "của Chính phủ"]), max_size=8
    )
)
def test_reading_on_changes_no_text_a_second_time(words: list[str]) -> None:
    instrument = Instrument(
        key="k",
        kind="Nghị quyết",
        number="17/NQ-CP",
        title="t",
        issuer="Chính phủ",
        issued=date(2019, 3, 7),
        grade="B",
    )
    mentions = Mentions([instrument])
    first = mentions.expand(" ".join(words))
    assert mentions.expand(first) == first
