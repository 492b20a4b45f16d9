"""Every message about an input stands in the gallery."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.authoring.gallery import Exhibit, collect_exhibits, compose_gallery, problem_codes

ROOT = Path(__file__).resolve().parents[2]
BINARY = {"bulk", "reconcile", "workbook", "report_text"}
"""Messages about workbooks, reports and tables: their own tests make such files and provoke each."""


@pytest.fixture(scope="module")
def exhibits() -> dict[str, Exhibit]:
    return collect_exhibits(ROOT)


def test_every_message_about_a_text_file_is_provoked(exhibits: dict[str, Exhibit]) -> None:
    texts = [code for code in problem_codes() if code.partition(".")[0] not in BINARY]
    assert [code for code in texts if code not in exhibits] == []


def test_every_message_stands_on_the_page() -> None:
    page = compose_gallery(ROOT).text
    assert [code for code in problem_codes() if f"### `{code}`\n" not in page] == []


def test_every_situation_is_of_a_message_that_exists(exhibits: dict[str, Exhibit]) -> None:
    assert set(exhibits) <= set(problem_codes())


def test_a_bad_file_is_shown_with_the_command_and_the_message(exhibits: dict[str, Exhibit]) -> None:
    shown = exhibits["pack.target_without_citation"]
    assert "checked_on: 2020-01-01" in shown.excerpt
    assert shown.command == "compliance rules lint tests/data/bad/packs/items"
    assert "dossiers.electronic" in str(shown.problem)


def test_nothing_on_the_page_names_the_machine_that_made_it() -> None:
    assert str(ROOT) not in compose_gallery(ROOT).text


def test_two_runs_give_the_same_bytes() -> None:
    assert compose_gallery(ROOT) == compose_gallery(ROOT)
