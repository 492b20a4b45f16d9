"""What a sentence of a pack may hold, and what it says with figures put in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.sentences import MissingFigureError, parse_sentence

if TYPE_CHECKING:
    from compliance.numerals import Fault


def say(template: str, **values: object) -> str:
    """The sentence filled in; a double underscore stands for a dot."""
    sentence, faults = parse_sentence(template)
    assert sentence is not None, faults
    return sentence.render({name.replace("__", "."): value for name, value in values.items()})


def fault_of(template: str) -> Fault:
    sentence, faults = parse_sentence(template)
    assert sentence is None
    assert len(faults) == 1
    return faults[0]


def test_a_sentence_is_text_with_figures_put_in() -> None:
    template = (
        "{{ unit }} gửi {{ documents.outgoing_electronic | so_luong }} văn bản điện tử, "
        "đạt {{ measured | ty_le }}"
        "{% if due %}, thời hạn đến {{ due | ngay }}{% endif %}."
    )
    assert say(
        template,
        unit="Huyện Long Phú",
        documents__outgoing_electronic=2737,
        measured=Fraction(273700, 6522),
        due=date(2020, 12, 31),
    ) == ("Huyện Long Phú gửi 2.737 văn bản điện tử, đạt 41,97%, thời hạn đến 31/12/2020.")


def test_the_names_that_it_uses_are_known_before_it_is_filled_in() -> None:
    sentence, _ = parse_sentence(
        "{{ a }} {{ b.c | so_luong }}{% if d %}{{ e }}{% else %}{{ f.g | ty_le }}{% endif %}"
    )
    assert sentence is not None
    assert sentence.names == {"a", "b.c", "d", "e", "f.g"}


@pytest.mark.parametrize("value", [None, "", 0, Fraction(0), False, []])
def test_a_condition_is_false_for_what_is_missing_empty_or_zero(value: object) -> None:
    assert say("{% if x %}có{% else %}không{% endif %}", x=value) == "không"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (21035, "21.035"),
        (Fraction(21035), "21.035"),
        (Decimal("1234.5"), "1.234,5"),
        (True, "có"),
        (False, "không"),
        (date(2020, 5, 4), "04/5/2020"),
        ("khoảng 200", "khoảng 200"),
        (["Đại Ngãi", "Phú Hữu"], "Đại Ngãi và Phú Hữu"),
    ],
)
def test_a_figure_is_written_by_what_it_is(value: object, words: str) -> None:
    assert say("{{ x | so_luong }}", x=value) == words
    assert say("{{ x }}", x=value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (100, "100%"),
        (Fraction(99996, 1000), "99,996%"),
        (Fraction(4, 1000), "0,004%"),
        (0, "0%"),
        (Decimal("94.6"), "94,6%"),
        ("hơn 90%", "hơn 90%"),
    ],
)
def test_a_percentage_is_never_rounded_to_all_or_nothing(value: object, words: str) -> None:
    assert say("{{ x | ty_le }}", x=value) == words


@pytest.mark.parametrize(
    ("units", "words"),
    [([], ""), (["A"], "A"), (("A", "B"), "A và B"), (["A", "B", "C"], "A, B và C"), ("A", "A")],
)
def test_units_are_enumerated_with_and_before_the_last(units: object, words: str) -> None:
    assert say("{{ units | danh_sach_don_vi }}", units=units) == words


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{{ x | ty_le }}", True),
        ("{{ x | ngay }}", 5),
        ("{{ x | danh_sach_don_vi }}", 5),
        ("{{ x | ty_le }}", [1]),
    ],
)
def test_a_filter_refuses_what_it_cannot_write(template: str, value: object) -> None:
    with pytest.raises(TypeError):
        say(template, x=value)


def test_a_date_may_come_as_text() -> None:
    assert say("{{ x | ngay }}", x="cuối năm") == "cuối năm"


@pytest.mark.parametrize("template", ["{{ x }}", "{{ x | ty_le }}", "{% if x %}{% endif %}"])
def test_a_name_without_a_value_raises(template: str) -> None:
    with pytest.raises(MissingFigureError, match="x"):
        say(template)


def test_a_missing_figure_is_never_printed_as_an_empty_place() -> None:
    with pytest.raises(MissingFigureError, match="x"):
        say("{{ x | so_luong }}", x=None)


@pytest.mark.parametrize(
    "template",
    [
        "{% for unit in units %}{{ unit }}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{% block b %}{% endblock %}",
        "{% with x = 1 %}{% endwith %}",
        "{% filter upper %}x{% endfilter %}",
        "{% if a and b %}{% endif %}",
        "{% if not a %}{% endif %}",
        "{% if a %}{% elif b %}{% endif %}",
        "{% if a > 1 %}{% endif %}",
        "{{ a.b.c }}",
        "{{ a.__class__ }}",
        "{{ __import__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ a() }}",
        "{{ a['b'] }}",
        "{{ a[0] }}",
        "{{ 1 + 1 }}",
        "{{ 'x' }}",
        "{{ 1 }}",
        "{{ true }}",
        "{{ [a] }}",
        "{{ a if b }}",
        "{{ a ~ b }}",
        "{{ a is defined }}",
        "{{ a | ty_le | so_luong }}",
        "{{ a | ty_le(3) }}",
        "{{ (a + b) | ty_le }}",
        "{{ đơn_vị }}",
        "{# lời ghi #}",
    ],
)
def test_every_other_construct_of_the_template_language_is_refused(template: str) -> None:
    fault = fault_of(template)
    assert fault.code == "sentence.construct"
    assert template[:10] in fault.what
    assert "{{ tên | bộ lọc }}" in fault.remedy


@pytest.mark.parametrize(
    "template", ["{{ a", "{% if a %}", "{% endif %}", "{{ }}", "{% nope %}", "{{ a | }}"]
)
def test_a_sentence_that_does_not_parse_says_so(template: str) -> None:
    assert fault_of(template).code == "sentence.syntax"


def test_an_unknown_filter_is_named_with_the_one_that_was_meant() -> None:
    fault = fault_of("{{ a | tyle }}")
    assert fault.code == "sentence.filter"
    assert "«tyle»" in fault.what
    assert "ty_le" in fault.remedy


def test_all_faults_of_a_sentence_are_told_at_once() -> None:
    _, faults = parse_sentence("{{ a | tyle }} {{ 1 + 1 }} {% set x = 1 %}")
    assert [fault.code for fault in faults] == ["sentence.filter", "sentence.construct", "sentence.construct"]


def test_a_sentence_has_bounds() -> None:
    assert fault_of("x" * 2001).code == "sentence.too_long"
    assert fault_of("{{ " + "(" * 900 + "a" + ")" * 900 + " }}").code == "sentence.too_deep"


def test_text_is_never_taken_for_a_template_when_it_is_put_in() -> None:
    assert say("{{ x }}", x="{{ 7 * 7 }}") == "{{ 7 * 7 }}"


@given(st.text(alphabet="{}%#ab|. _()[]'\"+-\n", max_size=60) | st.text())
def test_no_text_makes_the_parser_raise(template: str) -> None:
    sentence, faults = parse_sentence(template)
    assert (sentence is None) == bool(faults)
    assert all(fault.what and fault.remedy for fault in faults)
