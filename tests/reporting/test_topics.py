from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.model.findings import Operand
from compliance.model.legal import Citation
from compliance.problems import Place
from compliance.reporting.topics import compose_figure, compose_statement, law_day

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench

PLACE = Place(file="huyen.yaml", line=3)


def _operand(text: str = "667", derived_from: str = "") -> Operand:
    return Operand(value="667", text=text, as_written=text, place=PLACE, derived_from=derived_from)


@pytest.mark.parametrize(
    ("name", "operand", "figure"),
    [
        ("documents.outgoing", _operand("667 văn bản"), "Tổng số văn bản đi (toàn huyện): 667 văn bản"),
        (
            "rate.documents.electronic",
            _operand("21,48%", "667/3.105"),
            "Tỷ lệ văn bản điện tử (toàn huyện): 667/3.105 = 21,48%",
        ),
        (
            "stated.documents.electronic",
            _operand("21,5%"),
            "Tỷ lệ văn bản điện tử ghi trong báo cáo (toàn huyện): 21,5%",
        ),
        ("previous.documents.outgoing", _operand(), "Tổng số văn bản đi, kỳ trước (toàn huyện): 667"),
        ("low.documents.outgoing", _operand(), "Tổng số văn bản đi (toàn huyện): 667"),
        ("documents.outgoing@d/c", _operand(), "Tổng số văn bản đi (cấp xã): 667"),
        (
            "long-phu/2020/09-kh-ubnd[1]",
            _operand("04/02/2020"),
            "Kế hoạch 09/KH-UBND (toàn huyện): 04/02/2020",
        ),
        ("period.window_days", _operand(), ""),
        ("d/c/ph", _operand("xã Phú Hữu"), ""),
    ],
)
def test_a_figure_is_told_with_its_label_its_unit_and_its_formula(
    bench: Bench, name: str, operand: Operand, figure: str
) -> None:
    bench.report("d")
    assert compose_figure(bench.scope(), "d", name, operand) == figure


def test_a_statement_carries_what_it_rests_on(bench: Bench) -> None:
    bench.electronic_rule()
    bench.report("d", documents__outgoing=10, documents__outgoing_electronic=9)
    citation = Citation(instrument="chinh-phu/2019/17-nq-cp", provision="Mục I", grade="C")
    operands = {"documents.outgoing": _operand(), "period.days": _operand()}
    outcome = bench.compare("DOC-01", "d", operands=operands, assumptions=("tạm tính 0",), citation=citation)
    statement = compose_statement(bench.scope(), "DOC-01:d", "documents", ["một", "hai."], [outcome])
    assert statement.text == "Một. Hai."
    assert statement.figures == ("Tổng số văn bản đi (toàn huyện): 667", "tạm tính 0")
    assert statement.places == (PLACE,)
    assert statement.outcomes == ("DOC-01@d@2020-H1",)
    assert statement.citation.startswith("Mục I, Nghị quyết số 17/NQ-CP ngày 07/3/2019 của Chính phủ")
    assert statement.citation.endswith("(chưa đối chiếu được với văn bản gốc)")


def test_the_law_of_the_report_date_counts_else_of_the_periods_end(bench: Bench) -> None:
    bench.late_rule()
    bench.report("d")
    outcome = bench.add("DOS-07", "d", "fail")
    assert law_day(bench.scope(), [outcome]) == date(2020, 6, 30)
    bench.submissions[0] = bench.submissions[0].model_copy(update={"report_date": date(2020, 5, 21)})
    assert law_day(bench.scope(), [outcome]) == date(2020, 5, 21)
    assert law_day(bench.scope(), []) == date(2020, 6, 30)
