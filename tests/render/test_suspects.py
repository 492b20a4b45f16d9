"""How a reader reads which figures of a finding may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.render.suspects import compose_suspects

if TYPE_CHECKING:
    from compliance.model.check import Check

DISTRICT = "soc-trang/long-phu"


def words(check: Check, finding_id: str) -> str:
    finding = next(one for one in check.findings if one.id == f"{finding_id}@2020-H1")
    return compose_suspects(check, finding)


def test_a_figure_is_named_with_what_was_written_what_it_must_be_and_the_slip(many_units: Check) -> None:
    assert words(many_units, f"PARTS:dossiers.pending@{DISTRICT}/cap-huyen") == (
        "Số liệu nghi sai: «Hồ sơ đang giải quyết còn trong hạn» ghi 487, "
        "nếu các số khác đúng thì phải là 478 (hai chữ số liền nhau bị đảo)."
    )


def test_the_unit_is_named_where_it_is_another_than_the_findings(many_units: Check) -> None:
    sentence = words(many_units, f"ROLLUP:dossiers.pending_in_time@{DISTRICT}")
    assert "«Hồ sơ đang giải quyết còn trong hạn» của cấp huyện ghi 487" in sentence


def test_a_rate_that_the_unit_wrote_is_named_as_such(many_units: Check) -> None:
    sentence = words(many_units, f"RATE:signatures.share:stated@{DISTRICT}/cap-huyen/phong-noi-vu")
    assert "(tỷ lệ nêu trong báo cáo) ghi 96,36%, nếu các số khác đúng thì phải là 93,66%" in sentence


def test_figures_that_are_wrong_together_and_those_that_are_alternatives_are_told_apart(
    many_units: Check,
) -> None:
    unit = f"{DISTRICT}/cap-huyen/phong-lao-dong-thuong-binh-xa-hoi"
    first, *others = words(many_units, f"DOS-03@{unit}").split("; hoặc ")
    assert first.count(" và đồng thời ") == 1
    assert len(others) == 2


def test_a_cut_list_says_that_there_is_more(many_units: Check) -> None:
    sentence = words(many_units, f"ROLLUP:dossiers.apologies_sent@{DISTRICT}/cap-xa")
    assert sentence.endswith("; còn khả năng khác chưa liệt kê.")


def test_a_figure_that_was_not_reported_is_said_so(many_units: Check) -> None:
    sentence = words(many_units, f"ONL-07@{DISTRICT}/cap-huyen/phong-tai-chinh-ke-hoach")
    assert "không được báo cáo, nếu các số khác đúng thì phải là 21" in sentence


def test_nothing_is_said_where_no_figure_is_suspected(long_phu: Check) -> None:
    finding = next(one for one in long_phu.findings if not one.suspects)
    assert compose_suspects(long_phu, finding) == ""
