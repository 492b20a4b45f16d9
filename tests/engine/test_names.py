"""Which names the expressions of a pack may use, and how a wrong one is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.engine.expressions import compile_pack
from compliance.engine.names import check_ids, declare_names
from compliance.problems import Place

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from compliance.problems import Problem
    from tests.engine.conftest import Bench


@pytest.fixture
def pack(bench: Bench) -> RulePack:
    indicators = [
        bench.indicator("dossiers.resolved"),
        bench.indicator("dossiers.pending"),
        bench.indicator("mailbox.share", type="percent"),
        bench.indicator("portal.hotline", type="boolean"),
        bench.indicator("report.signed_on", type="date"),
    ]
    return bench.pack(
        indicators,
        [],
        rates=(bench.rate("dossiers.late", "dossiers.pending", "dossiers.resolved"),),
        targets=(bench.target("mailbox.share", "100", bench.citation("x/2020/y")),),
    )


def problem_of(pack: RulePack, bench: Bench, expression: str) -> Problem:
    (problem,) = compile_pack(pack.model_copy(update={"rules": (bench.rule(check=expression),)}))[1]
    return problem


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("dossiers.resolved", "figure", "number"),
        ("mailbox.share", "figure", "number"),
        ("portal.hotline", "figure", "boolean"),
        ("report.signed_on", "figure", "date"),
        ("low.dossiers.resolved", "bound", "number"),
        ("high.dossiers.resolved", "bound", "number"),
        ("rate.dossiers.late", "rate", "number"),
        ("stated.dossiers.late", "stated", "number"),
        ("target.mailbox.share", "target", "number"),
        ("previous.dossiers.resolved", "figure", "number"),
        ("previous.portal.hotline", "figure", "boolean"),
        ("previous.low.dossiers.resolved", "bound", "number"),
        ("previous.rate.dossiers.late", "rate", "number"),
        ("same_period_last_year.dossiers.resolved", "figure", "number"),
        ("same_period_last_year.rate.dossiers.late", "rate", "number"),
        ("children.sum.dossiers.resolved", "figure", "number"),
        ("unit.level", "setting", "text"),
        ("unit.bodies", "setting", "number"),
        ("period.days", "setting", "number"),
        ("period.window_days", "setting", "number"),
    ],
)
def test_a_name_stands_for_a_value_of_one_type(pack: RulePack, name: str, kind: str, value: str) -> None:
    declared = declare_names(pack)[name]
    assert (declared.name, declared.kind, declared.type) == (name, kind, value)


@pytest.mark.parametrize(
    "name",
    [
        "low.portal.hotline",
        "children.sum.mailbox.share",
        "children.sum.portal.hotline",
        "previous.target.mailbox.share",
        "previous.unit.level",
        "previous.previous.dossiers.resolved",
        "dossiers.late",
    ],
)
def test_what_makes_no_sense_has_no_name(pack: RulePack, name: str) -> None:
    assert name not in declare_names(pack)


def test_a_misspelt_name_is_answered_with_the_nearest(pack: RulePack, bench: Bench) -> None:
    problem = problem_of(pack, bench, "rate.dossiers.late < 1 and dossiers.resloved > 0")
    assert problem.what == (
        "Biểu thức check của quy tắc R-1, dòng 1, cột 28: không có tên «dossiers.resloved»."
    )
    assert problem.remedy.startswith("Các tên gần giống: dossiers.resolved,")


def test_a_name_like_no_other_is_answered_with_none(pack: RulePack, bench: Bench) -> None:
    assert problem_of(pack, bench, "qqq > 1").remedy.startswith("Các tên gần giống: –.")


def test_a_rate_without_its_prefix_is_answered_with_the_prefix(pack: RulePack, bench: Bench) -> None:
    assert "rate.dossiers.late" in problem_of(pack, bench, "dossiers.late < 1").remedy


def test_a_name_that_stops_short_is_answered_with_how_it_goes_on(pack: RulePack, bench: Bench) -> None:
    problem = problem_of(pack, bench, "previous.rate > 1")
    assert problem.what.endswith("cột 1: tên «previous.rate» chưa đủ, chưa chỉ đến một số liệu.")
    assert problem.remedy == "Hãy viết tiếp, ví dụ: previous.rate.dossiers.late."


def test_a_name_that_goes_on_past_a_figure_is_refused(pack: RulePack, bench: Bench) -> None:
    problem = problem_of(pack, bench, "dossiers.resolved.model_dump > 1")
    assert problem.what.endswith("«dossiers.resolved.model_dump» gọi vào bên trong một giá trị.")


def test_a_word_of_the_language_in_capitals_is_answered_with_the_word(pack: RulePack, bench: Bench) -> None:
    problem = problem_of(pack, bench, "portal.hotline AND dossiers.pending > 1")
    assert (problem.what[-40:], problem.remedy) == (
        "cột 16: «AND» phải viết bằng chữ thường.",
        "Hãy viết and.",
    )


def test_every_unknown_name_of_an_expression_is_said(pack: RulePack, bench: Bench) -> None:
    wrong = pack.model_copy(update={"rules": (bench.rule(check="x.y > z.w or x.y > 1"),)})
    assert [problem.values["column"] for problem in compile_pack(wrong)[1]] == [1, 7]


@pytest.mark.parametrize("name", ["in.time", "dossiers.not", "dossiers.null", "previous.share", "unit.size"])
def test_an_id_that_the_language_cannot_read_is_refused(bench: Bench, name: str) -> None:
    place = Place("indicators.yaml", 7)
    pack = bench.pack([bench.indicator(name, place=place)], [])
    (problem,) = check_ids(pack)
    word = next(word for word in name.split(".") if word not in ("time", "dossiers", "share", "size"))
    assert (problem.place, problem.values) == (place, {"written": name, "word": word})
    assert problem.what == f"Mã «{name}» có từ «{word}» dành riêng cho ngôn ngữ biểu thức."
    assert compile_pack(pack) == (None, (problem,))


def test_a_rate_and_a_target_may_be_called_like_a_root_but_not_like_a_word(bench: Bench) -> None:
    citation = bench.citation("x/2020/y")
    pack = bench.pack(
        ["a.b", "a.c"],
        [],
        rates=(bench.rate("unit.share", "a.b", "a.c"), bench.rate("a.if", "a.b", "a.c")),
        targets=(bench.target("period.share", "1", citation), bench.target("a.while", "1", citation)),
    )
    assert [problem.values["written"] for problem in check_ids(pack)] == ["a.if", "a.while"]
