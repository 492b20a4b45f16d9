from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest

from compliance.pipeline import assess
from compliance.render.docx_report import render_report_docx

if TYPE_CHECKING:
    from docx.document import Document
    from syrupy.assertion import SnapshotAssertion

    from compliance.model.assessment import Assessment
    from compliance.model.check import Check

DISTRICT = "soc-trang/long-phu"
COMMUNE = f"{DISTRICT}/cap-xa/xa-phu-huu"
AGENCY = f"{DISTRICT}/cap-huyen/phong-tu-phap"


def written(check: Check, assessment: Assessment, *, clean: bool = False) -> Document:
    return docx.Document(io.BytesIO(render_report_docx(check, assessment, clean=clean)))


def whole_text(document: Document) -> str:
    """Every paragraph with its style, tables in their place, comments at the end."""
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            style = block.style.name if block.style else ""
            lines.append(f"[{style}] {block.text}")
    lines += [f"[{comment.comment_id}] {comment.text}" for comment in document.comments]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def report(long_phu: Check, assessment: Assessment) -> Document:
    return written(long_phu, assessment)


def test_the_whole_draft(report: Document, golden: SnapshotAssertion) -> None:
    assert whole_text(report) == golden(name="huyen")


def test_the_order_is_that_of_the_real_report(report: Document) -> None:
    headings = [
        each.text
        for each in report.paragraphs
        if each.style is not None and each.style.name in ("Heading 1", "Heading 2", "Heading 3")
    ]
    assert headings == [
        "TÌNH HÌNH, KẾT QUẢ 6 THÁNG ĐẦU NĂM 2020",
        "Văn bản làm căn cứ triển khai",
        "Ứng dụng công nghệ thông tin trong hoạt động của cơ quan, đơn vị",
        "Cung cấp dịch vụ công trực tuyến",
        "Đánh giá chung",
        "Ưu điểm",
        "Hạn chế",
        "PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2020",
    ]


def test_the_head_names_the_body_the_nation_the_place_and_the_date(report: Document) -> None:
    left, right = (cell.text.split("\n") for cell in report.tables[0].rows[0].cells)
    assert left == ["ỦY BAN NHÂN DÂN", "HUYỆN LONG PHÚ", "", "Số: ……/BC-UBND"]
    assert right == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "Long Phú, ngày 21 tháng 5 năm 2020",
    ]


def test_rates_are_worked_out_anew_and_broken_down_by_bloc(report: Document) -> None:
    words = whole_text(report)
    assert "Tỷ lệ hồ sơ giải quyết trễ hạn | % | 0,03% (7/20.549) |  | 0,04% (7/18.628)" in words
    assert "văn bản đi gửi dưới dạng điện tử: 2.737 văn bản, trong đó cấp huyện 2.070 văn bản" in words


def test_what_is_approximate_is_worded_so(report: Document) -> None:
    words = "\n".join(each.text for each in report.paragraphs)
    assert "thời lượng mỗi kỳ phát thanh: 05 - 07 phút" in words
    assert "tổng thời lượng phát thanh: khoảng 200 phút" in words
    assert "hơn 200 tin, bài" in words


def test_a_rate_on_a_mistaken_denominator_is_left_out(report: Document) -> None:
    assert not any("97,66%" in each.text for each in report.paragraphs[:30])
    assert "97,66% (20.542/21.035)" not in whole_text(report)


def test_rates_on_two_denominators_that_both_count_are_kept(report: Document) -> None:
    words = whole_text(report)
    assert "2,47% (519/21.035)" in words
    assert "37,47% (519/1.385)" in words
    assert "2,27% (6/264)" in words
    assert "8,11% (6/74)" in words


def test_each_cited_text_stands_once(report: Document) -> None:
    cited = [each.text for each in report.paragraphs if each.text.startswith("Kế hoạch số 09/KH-UBND")]
    assert len(cited) == 1
    comment = next(each for each in report.comments if "được dẫn với 2 ngày khác nhau" in each.text)
    assert comment.text.startswith("Vị trí: long-phu-2020-h1/huyen.yaml")


def test_unknown_things_are_dots(many_units: Check) -> None:
    reported = tuple(
        each.model_copy(update={"report_date": None, "cites": ()}) for each in many_units.reported
    )
    undated = many_units.model_copy(update={"reported": reported})
    report = written(undated, assess(undated, COMMUNE))
    assert "ngày … tháng … năm 2020" in report.tables[0].rows[0].cells[1].text
    first = next(place for place, each in enumerate(report.paragraphs) if each.text.startswith("Văn bản làm"))
    assert report.paragraphs[first + 1].text == "…"


def test_a_required_figure_that_lacks_is_left_to_be_filled_in(many_units: Check) -> None:
    unit = f"{DISTRICT}/cap-huyen/phong-giao-duc-dao-tao"
    words = "\n".join(each.text for each in written(many_units, assess(many_units, unit)).paragraphs)
    assert "văn bản điện tử đã ký số: …" in words
    assert "…." not in words


def test_dates_of_the_figures_are_said_once_where_all_are_the_same(many_units: Check) -> None:
    report = written(many_units, assess(many_units, COMMUNE))
    dated = [each.text for each in report.paragraphs if "(số liệu từ ngày" in each.text]
    assert len(dated) == 1
    assert dated[0].startswith("Thực hiện chế độ báo cáo")


def test_dates_of_the_figures_are_said_by_area_where_they_differ(report: Document) -> None:
    dated = [each.text.split(" (")[0] for each in report.paragraphs if "(số liệu từ ngày" in each.text]
    assert dated == ["Tiếp nhận, giải quyết hồ sơ thủ tục hành chính", "Dịch vụ công trực tuyến"]


def test_a_commune_reports_from_its_own_place(many_units: Check) -> None:
    left, right = written(many_units, assess(many_units, COMMUNE)).tables[0].rows[0].cells
    assert left.text.startswith("ỦY BAN NHÂN DÂN\nXÃ PHÚ HỮU")
    assert "Phú Hữu, ngày" in right.text


def test_an_office_stands_below_its_committee_and_signs_for_itself(many_units: Check) -> None:
    report = written(many_units, assess(many_units, AGENCY))
    left, right = report.tables[0].rows[0].cells
    assert left.text.startswith("UBND HUYỆN LONG PHÚ\nPHÒNG TƯ PHÁP")
    assert "Long Phú, ngày" in right.text
    assert report.tables[-1].rows[0].cells[1].text.startswith("THỦ TRƯỞNG CƠ QUAN")


def test_it_ends_with_the_receivers_and_the_signature(report: Document) -> None:
    left, right = report.tables[-1].rows[0].cells
    assert left.text.startswith("Nơi nhận:\n- …")
    assert right.text.startswith("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n")


def test_a_clean_draft_has_no_comments(long_phu: Check, assessment: Assessment) -> None:
    assert not list(written(long_phu, assessment, clean=True).comments)


def test_the_draft_is_the_same_each_time(long_phu: Check, assessment: Assessment) -> None:
    assert render_report_docx(long_phu, assessment) == render_report_docx(long_phu, assessment)


def test_a_unit_that_did_not_report_has_no_draft(long_phu: Check, assessment: Assessment) -> None:
    absent = assessment.model_copy(update={"unit": AGENCY})
    with pytest.raises(ValueError, match="no submission of"):
        render_report_docx(long_phu, absent)


def test_what_is_wrong_with_the_figures_stands_after_the_signature_and_not_in_the_report(
    report: Document, assessment: Assessment
) -> None:
    lines = [paragraph.text for paragraph in report.paragraphs]
    annex = lines.index("NỘI DUNG PHẢI XỬ LÝ TRƯỚC KHI KÝ")
    figures = [one.text for one in assessment.limitations if one.about == "figures"]
    results = [one.text for one in assessment.limitations if one.about == "results"]
    assert figures
    assert results
    assert all(lines.index(sentence) > annex for sentence in figures)
    assert all(lines.index(sentence) < annex for sentence in results)


def test_every_task_stands_once_in_the_report_or_after_it(report: Document, assessment: Assessment) -> None:
    lines = [paragraph.text for paragraph in report.paragraphs]
    for task in assessment.tasks:
        assert sum(line.startswith(task.action.rstrip(".")) for line in lines) == 1


def test_a_report_whose_figures_agree_has_no_such_page(long_phu: Check, assessment: Assessment) -> None:
    results = tuple(one for one in assessment.limitations if one.about == "results")
    sound = written(long_phu, assessment.model_copy(update={"limitations": results}))
    assert "NỘI DUNG PHẢI XỬ LÝ TRƯỚC KHI KÝ" not in [paragraph.text for paragraph in sound.paragraphs]
