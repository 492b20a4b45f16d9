from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.findings import Quantity
from compliance.reporting.wording import Speaker, as_sentence, label_with, names_in

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench


def _speaker(bench: Bench, **more: Any) -> Speaker:
    rule = bench.electronic_rule()
    bench.report(
        "d",
        documents__outgoing=6522,
        documents__outgoing_electronic=2737,
        online__land=498,
        dossiers__resolved_late=7,
    )
    outcome = bench.compare("DOC-01", "d", due=date(2020, 12, 31), **more)
    return Speaker(bench.scope(), rule, outcome, "huyện Long Phú", ("xã Phú Hữu", "xã Long Đức"))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "{{ unit }}, {{ period }}, {{ next_period }}",
            "huyện Long Phú, 6 tháng đầu năm 2020, 6 tháng cuối năm 2020",
        ),
        ("{{ measured | ty_le }} / {{ target | ty_le }}", "41,97% / 90%"),
        ("{{ numerator | so_luong }}/{{ denominator | so_luong }}", "2.737/6.522"),
        ("thiếu {{ needed | so_luong }}, cách {{ gap | ty_le }}", "thiếu 3.133, cách 48,03%"),
        ("đến {{ due | ngay }}", "đến 31/12/2020"),
        ("{{ units | danh_sach_don_vi }}", "xã Phú Hữu và xã Long Đức"),
        ("{{ dossiers.resolved_late | so_luong }} hồ sơ", "7 hồ sơ"),
        ("{{ documents.electronic | ty_le }}", "41,97%"),
        ("{% if breakdown %}có{% else %}không{% endif %}", "không"),
        ("{% if online.share %}có{% else %}không{% endif %}", "không"),
    ],
)
def test_a_sentence_is_filled_with_the_figures_of_the_outcome(bench: Bench, template: str, said: str) -> None:
    assert _speaker(bench).say(template) == said


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{{ stated | ty_le }}",
        "{{ signatures.signed | so_luong }}",
        "{{ period.days | so_luong }}",
        "{% for %}",
    ],
)
def test_a_sentence_without_its_figure_is_not_said(bench: Bench, template: str) -> None:
    assert _speaker(bench).say(template) is None


@pytest.mark.parametrize(
    ("value", "template", "said"),
    [
        ("8", "{{ dossiers.resolved_late | so_luong }}", "8"),
        ("17/2", "{{ dossiers.resolved_late | so_luong }}", "8,5"),
        ("true", "{{ dossiers.resolved_late | so_luong }}", "có"),
        ("2020-02-04", "{{ dossiers.resolved_late | ngay }}", "04/02/2020"),
        ("5..7", "{{ dossiers.resolved_late | so_luong }}", None),
    ],
)
def test_the_figure_that_the_outcome_took_comes_first(
    bench: Bench, value: str, template: str, said: str | None
) -> None:
    operands = {"dossiers.resolved_late": {"value": value, "text": value, "as_written": value}}
    assert _speaker(bench, operands=operands).say(template) == said


def test_a_difference_is_said_without_its_sign(bench: Bench) -> None:
    rule = bench.rule("SIG-02", "signatures", check="signatures.signed >= documents.outgoing_electronic")
    bench.report("d", signatures__signed=2563, documents__outgoing_electronic=2737)
    outcome = bench.add("SIG-02", "d", "fail", difference=Quantity(exact=Fraction(-174), text="-174 văn bản"))
    speaker = Speaker(bench.scope(), rule, outcome, "huyện Long Phú")
    assert speaker.say("Còn {{ difference | so_luong }}, cần {{ needed | so_luong }}") == "Còn 174, cần 174"


def test_counts_that_a_rule_does_not_divide_are_not_said(bench: Bench) -> None:
    rule = bench.late_rule()
    bench.report("d", dossiers__resolved_late=7)
    speaker = Speaker(bench.scope(), rule, bench.add("DOS-07", "d", "fail"), "huyện")
    assert speaker.say("{{ numerator | so_luong }}") is None


def test_the_names_of_a_broken_sentence_are_none() -> None:
    assert names_in("{% for %}") == frozenset()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(" đạt 100%", "Đạt 100%."), ("Đạt.", "Đạt."), ("vì sao?", "Vì sao?"), ("và…", "Và…")],
)
def test_a_sentence_begins_with_a_capital_and_ends_with_a_stop(words: str, sentence: str) -> None:
    assert as_sentence(words) == sentence


def test_a_label_before_a_sentence_begins_with_a_capital() -> None:
    assert label_with("khối cấp xã", "Đạt.") == "Khối cấp xã: Đạt."
