"""Which nodes a text in YAML or JSON becomes."""

from __future__ import annotations

import json
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compliance.intake import yaml_source
from compliance.intake.yaml_source import Mapping, Scalar, Sequence, find, parse_json, parse_yaml, to_python
from compliance.problems import Place

YAML = """\
# lời ghi
name: Long Phú
"quoted": "07"
list:
  - 21.035
  - {a: ~, b: true}
text: |
  một
  hai
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: the one in C may be missing from an installation."""
    name: str = request.param
    if not hasattr(yaml, name):
        pytest.skip("PyYAML was built without its parser in C")
    monkeypatch.setattr(yaml_source, "_LOADER", getattr(yaml, name))
    return name


@pytest.mark.usefixtures("loader")
def test_every_value_keeps_its_text_and_its_place() -> None:
    node, problems = parse_yaml(YAML, "a.yaml")
    assert problems == ()
    assert isinstance(node, Mapping)
    assert list(node) == ["name", "quoted", "list", "text"]
    assert node.get("name") == Scalar("Long Phú", plain=True, place=Place("a.yaml", 2, 7))
    assert node.get("quoted") == Scalar("07", plain=False, place=Place("a.yaml", 3, 11))
    assert node.key("list") == Scalar("list", plain=True, place=Place("a.yaml", 4, 1))
    assert find(node, ["list", 0]) == Scalar("21.035", plain=True, place=Place("a.yaml", 5, 5))
    assert find(node, ["list", 1, "b"]).place == Place("a.yaml", 6, 15)


@pytest.mark.usefixtures("loader")
def test_only_whole_numbers_booleans_and_null_are_converted_for_models() -> None:
    text = 'a: [1, -2, 07, 1.50, 1e3, 0x1F, 1_000, 12:30, "1", 2020-01-01, yes, on, True, null, ~, ]\n'
    node, _ = parse_yaml(text, "a.yaml")
    assert node is not None
    assert to_python(node) == {
        "a": [
            1,
            -2,
            "07",
            "1.50",
            "1e3",
            "0x1F",
            "1_000",
            "12:30",
            "1",
            "2020-01-01",
            "yes",
            "on",
            True,
            None,
            None,
        ]
    }


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: {c: 1,\n  c: 2}\na: 2\n", "intake.duplicate_key", 3),
        ("a: &x 1\n", "intake.yaml.anchor", 1),
        ("a: *x\n", "intake.yaml.anchor", 1),
        ("a: &x [*x]\n", "intake.yaml.anchor", 1),
        ("a:\n  <<: {b: 1}\n", "intake.yaml.anchor", 2),
        ("a: !!int 5\n", "intake.yaml.tag", 1),
        ("a: !x 5\n", "intake.yaml.tag", 1),
        ("a: 1\n---\nb: 1\n", "intake.yaml.documents", 2),
        ("a:\n\tb: 1\n", "intake.yaml.tab", 2),
        ("a: b: c\n", "intake.yaml.colon", 1),
        ("a: {b: 1\nc: 2\n", "intake.yaml.unclosed", 2),
        ("a:\n  b: 1\n c: 2\n", "intake.yaml.indentation", 3),
        ("- a\nb: 1\n", "intake.yaml.indentation", 2),
        ("a: @b\n", "intake.yaml.character", 1),
        ("a: 1\nb: , c\n", "intake.yaml.syntax", 2),
        ("? [a]\n: 1\n", "intake.key", 1),
        ("~: 1\n", "intake.key", 1),
        ('a: "\\e[2J"\n', "intake.character", 1),
        ("a: " + "{b: " * 30 + "1" + "}" * 30, "intake.too_deep", 1),
        ("[" * 100_000, "intake.too_deep", 1),
        ("", "intake.nothing", 0),
        ("# lời ghi\n", "intake.nothing", 0),
        ("~\n", "intake.nothing", 0),
        ("---\n...\n", "intake.nothing", 0),
    ],
)
def test_what_a_form_does_not_need_is_refused_at_its_line(text: str, code: str, line: int) -> None:
    node, problems = parse_yaml(text, "a.yaml")
    assert node is None
    assert (problems[0].code, problems[0].place.line) == (code, line)
    assert all(problem.what and problem.remedy for problem in problems)


def test_every_repeated_key_is_named_with_the_line_of_the_first() -> None:
    _, problems = parse_yaml("a: 1\na: 2\nb: 1\nb: 2\n", "a.yaml")
    assert [(problem.place.line, problem.values["line"]) for problem in problems] == [(2, 1), (4, 3)]


@pytest.mark.parametrize("parse", [parse_yaml, parse_json])
def test_a_file_has_a_bounded_number_of_values(parse: type) -> None:
    node, problems = parse("[" + "0," * 200_001 + "0]", "a")
    assert node is None
    assert [problem.code for problem in problems] == ["intake.too_many"]


def test_a_path_that_ends_early_gives_the_last_node_on_it() -> None:
    node, _ = parse_yaml("a: [{b: 1}]\n", "a.yaml")
    assert node is not None
    assert find(node, ["a", 0, "missing", "x"]) == find(node, ["a", 0])
    assert find(node, ["a", 7]) == find(node, ["a"])
    assert isinstance(find(node, ["a", "b"]), Sequence)


def test_json_becomes_the_same_nodes_with_the_digits_of_its_numbers() -> None:
    text = '{"a": 2.50,\n\t"b": [null, true, "x\\u00e1\\"{"],\r\n  "c": {}}'
    node, problems = parse_json(text, "a.json")
    assert problems == ()
    assert node is not None
    assert find(node, ["a"]) == Scalar("2.50", plain=True, place=Place("a.json", 1, 7))
    assert find(node, ["b", 2]) == Scalar('xá"{', plain=False, place=Place("a.json", 2, 20))
    assert to_python(node) == {"a": "2.50", "b": [None, True, 'xá"{'], "c": {}}
    assert find(node, ["c"]).place == Place("a.json", 3, 8)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "intake.json.syntax", 1),
        ('{"a": 1,}', "intake.json.syntax", 1),
        ('{"a": 1\n"b": 2}', "intake.json.syntax", 2),
        ("{'a': 1}", "intake.json.syntax", 1),
        ('{"a": 07}', "intake.json.syntax", 1),
        ('{"a": [1,\n-Infinity]}', "intake.json.constant", 2),
        ('{"a": "NaN",\n"b": NaN}', "intake.json.constant", 2),
        ('{"a": 1,\n"a": 2}', "intake.duplicate_key", 2),
        ('{"a": 1, "\\u0061": 2}', "intake.duplicate_key", 1),
        ('{"a": "\\ud800"}', "intake.character", 1),
        ("[" * 30 + "]" * 30, "intake.too_deep", 1),
        ("[" * 100_000, "intake.too_deep", 0),
        ('{"": 1}', "intake.key", 1),
    ],
)
def test_json_that_is_none_or_goes_too_far_is_refused_at_its_line(text: str, code: str, line: int) -> None:
    node, problems = parse_json(text, "a.json")
    assert node is None
    assert (problems[0].code, problems[0].place.line) == (code, line)
    assert all(problem.what and problem.remedy for problem in problems)


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


_WORDS = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z"])).filter(_is_composed)
_KEYS = st.text(st.characters(categories=["L"]), min_size=1).filter(_is_composed)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(content=_JSON, indent=st.sampled_from([None, 2, "\t"]), escaped=st.booleans())
def test_json_is_read_as_the_standard_library_reads_it(
    content: object, indent: int | str | None, *, escaped: bool
) -> None:
    node, problems = parse_json(json.dumps(content, indent=indent, ensure_ascii=escaped), "a.json")
    assert problems == ()
    assert node is not None
    assert to_python(node) == content


@given(st.text() | st.text(alphabet="ab:-{}[],\"'&*!|>%#\n\t ?~", max_size=40))
def test_no_text_makes_a_parser_raise(text: str) -> None:
    for parse in (parse_yaml, parse_json):
        node, problems = parse(text, "a")
        assert (node is None) == bool(problems)
        assert all(str(problem) for problem in problems)
