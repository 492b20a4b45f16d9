"""Each fault of a pack is said in our words, at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.intake.packs import read_pack

if TYPE_CHECKING:
    from compliance.problems import Problem

BAD = Path(__file__).resolve().parents[1] / "data" / "bad" / "packs"

PREFIX = {"items": "pack", "references": "pack", "sentences": "sentence"}
"""Folders of files each named for the code that it provokes: `code.yaml`, `code-variant.yaml`."""
ONE_FAULT = [
    (folder, f"{prefix}.{file.stem.partition('-')[0]}", file.name)
    for folder, prefix in PREFIX.items()
    for file in sorted((BAD / folder).glob("*.yaml"))
    if file.name != "pack.yaml"
]

OTHERS_PARAMETER_FILES = {
    "indentation.yaml": ("broken", "indentation.yaml", 4, "Thụt lề"),
    "wrong_date.yaml": ("items", "wrong_type-date.yaml", 5, "2020-02-30"),
    "wrong_scale.yaml": ("items", "unknown_key-value.yaml", 6, "vaule"),
    "unexpected_key_in_parameter.yaml": ("items", "unknown_key.yaml", 8, "chek"),
    "wrong_type_in_parameter.yaml": ("items", "wrong_type.yaml", 2, "cặp khóa"),
    "wrong_type_in_value_history.yaml": ("items", "wrong_type-list.yaml", 4, "danh sách"),
    "unexpected_key_in_value_history.yaml": ("items", "wrong_type-date.yaml", 5, "2020-12-31"),
    "unexpected_key_in_value_at_instant.yaml": ("items", "unknown_key-value.yaml", 6, "value"),
    "unexpected_key_in_scale.yaml": ("items", "unknown_key-citation.yaml", 7, "artcle"),
    "wrong_type_in_scale.yaml": ("items", "wrong_type-tasks.yaml", 11, "danh sách"),
    "wrong_type_in_brackets.yaml": ("items", "wrong_type-levels.yaml", 2, "danh sách"),
    "wrong_type_in_bracket.yaml": ("items", "wrong_type-in_list.yaml", 5, "cặp khóa"),
    "missing_value.yaml": ("items", "missing_key-value.yaml", 5, "«value»"),
    "duplicate_key.yaml": ("broken", "duplicate_key.yaml", 4, "«label»"),
}
"""What others' malformed parameter files are about: our file of the same fault, its line, a word of ours."""


def problems_of(folder: str) -> tuple[Problem, ...]:
    pack, problems = read_pack(BAD / folder)
    assert pack is None
    return problems


@pytest.mark.parametrize(("folder", "code", "name"), ONE_FAULT, ids=str)
def test_each_bad_file_provokes_the_message_that_it_is_named_for(folder: str, code: str, name: str) -> None:
    found = [problem for problem in problems_of(folder) if Path(problem.place.file).name == name]
    assert code in {problem.code for problem in found}
    assert all(problem.place.line for problem in found)


@pytest.mark.parametrize(
    ("folder", "code", "line"),
    [
        ("cycle-a", "pack.cycle", 6),
        ("cycle-b", "pack.cycle", 6),
        ("id-differs", "pack.id_differs", 1),
        ("no-header", "pack.no_header", 0),
        ("other-suffix", "pack.other_suffix", 0),
        ("unknown-parent", "pack.unknown_parent", 6),
        ("unknown-withdrawal", "pack.unknown_withdrawal", 10),
    ],
)
def test_each_bad_pack_has_the_one_fault_that_it_is_named_for(folder: str, code: str, line: int) -> None:
    assert [(problem.code, problem.place.line) for problem in problems_of(folder)] == [(code, line)]


def test_a_header_with_four_faults_is_told_all_of_them() -> None:
    assert [problem.place.line for problem in problems_of("header")] == [3, 5, 6, 7]


def test_a_sound_pack_among_them_has_none() -> None:
    pack, problems = read_pack(BAD / "sound")
    assert pack is not None
    assert problems == ()


@pytest.mark.parametrize("fixture", OTHERS_PARAMETER_FILES)
def test_a_fault_of_others_parameter_files_is_found_in_ours(fixture: str) -> None:
    folder, name, line, words = OTHERS_PARAMETER_FILES[fixture]
    found = [problem for problem in problems_of(folder) if Path(problem.place.file).name == name]
    assert any(problem.place.line == line and words in str(problem) for problem in found)


@pytest.mark.parametrize("folder", [*PREFIX, "header", "broken"])
def test_no_message_is_in_the_words_of_a_library(folder: str) -> None:
    said = " ".join(str(problem) for problem in problems_of(folder)).lower()
    assert not [
        word for word in ("input should", "field required", "not permitted", "should be") if word in said
    ]


def test_a_misspelt_name_is_answered_with_the_right_one() -> None:
    said = {Path(problem.place.file).stem: problem.remedy for problem in problems_of("references")}
    assert "documents.electronic" in said["unknown_reference-target"]
    assert "mau/2019/02-qd" in said["unknown_reference-instrument"]


def test_the_same_name_twice_is_told_with_both_places() -> None:
    problem = next(p for p in problems_of("references") if p.place.file.endswith("duplicate_id-rule.yaml"))
    assert "sound/contents.yaml, dòng 22" in problem.what


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["2020-01-01", "A", "1e9"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "id",
        "title",
        "area",
        "kind",
        "check",
        "measure",
        "tasks",
        "citation",
        "values",
        "levels",
        "parts",
        "place",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    section=st.sampled_from(["units", "indicators", "rates", "targets", "rules"]),
    items=st.lists(st.dictionaries(KEYS, VALUES, max_size=6) | VALUES, max_size=3),
)
def test_whatever_stands_in_a_section_is_a_pack_or_problems(
    tmp_path: Path, section: str, items: object
) -> None:
    folder = tmp_path / "any"
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text(
        "{id: any, title: t, version: 1.0.0, jurisdiction: j, effective_from: 2020-01-01, changelog: []}",
        encoding="utf-8",
    )
    (folder / "any.yaml").write_text(json.dumps({section: items}), encoding="utf-8")
    pack, problems = read_pack(folder)
    assert (pack is None) == bool(problems)
    assert all(str(problem) for problem in problems)
