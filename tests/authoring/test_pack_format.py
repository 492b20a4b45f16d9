"""What the page on the format of packs says."""

from __future__ import annotations

import pytest

from compliance.authoring.pack_format import compose_format
from compliance.intake.pack_files import SECTIONS


@pytest.fixture(scope="module")
def page() -> str:
    return compose_format().text


def test_every_section_of_a_pack_has_its_keys(page: str) -> None:
    assert [section for section in SECTIONS if f"## `{section}`" not in page] == []


def test_a_key_has_its_values_and_its_meaning(page: str) -> None:
    assert "| `severity` | `must_fix`, `must_explain`, `advisory` | yes |" in page
    assert "| `due` | text | yes | `period_end`, or a day of the next half-year as `MM-DD`. |" in page


def test_what_the_program_fills_in_is_no_key(page: str) -> None:
    assert "`place`" not in page
    assert "`generated`" not in page


def test_checks_of_generated_rules_cannot_be_written(page: str) -> None:
    assert "| `check` | text or Present or Together or Cites or Submitted or Peers | no |" in page


def test_the_names_and_filters_of_sentences_are_listed(page: str) -> None:
    assert "- `breakdown`\n" in page
    assert "`danh_sach_don_vi`" in page
