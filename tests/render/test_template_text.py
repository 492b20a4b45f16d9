from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
import yaml

from compliance.model.submission import LEVELS, Level, Period
from compliance.pipeline import read_submissions
from compliance.render.template_text import (
    CSV_COLUMNS,
    asked_indicators,
    asked_rates,
    render_template_csv,
    render_template_yaml,
)

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Unit

PERIOD = Period(year=2020, half=1)


def of_level(pack: RulePack, level: Level) -> Unit:
    return next(unit for unit in pack.units if unit.level == level)


@pytest.mark.parametrize("level", LEVELS)
def test_a_whole_form_as_yaml(pack: RulePack, level: Level, golden: SnapshotAssertion) -> None:
    assert render_template_yaml(pack, of_level(pack, level), PERIOD) == golden


@pytest.mark.parametrize("level", LEVELS)
def test_the_form_asks_for_what_its_level_reports(pack: RulePack, level: Level) -> None:
    unit = of_level(pack, level)
    form = yaml.safe_load(render_template_yaml(pack, unit, PERIOD))
    asked = {f"{area}.{name}" for area, figures in form["figures"].items() for name in figures}
    assert asked == {indicator.id for indicator in asked_indicators(pack, unit)}
    stated = {f"{area}.{name}" for area, rates in form["stated"].items() for name in rates}
    assert stated == {rate.id for rate in asked_rates(pack, unit)}


def test_what_the_register_counts_is_not_asked(pack: RulePack) -> None:
    asked = {indicator.id for indicator in asked_indicators(pack, of_level(pack, "district"))}
    assert "signatures.bodies" not in asked
    assert "documents.outgoing" in asked


def test_the_form_comes_with_its_unit_and_period_filled_in(pack: RulePack) -> None:
    unit = of_level(pack, "commune")
    form = yaml.safe_load(render_template_yaml(pack, unit, PERIOD))
    assert (form["unit"], form["period"], form["reported_by"]) == (unit.id, "2020-H1", unit.id)
    assert str(form["data_window"]["to"]) == "2020-06-30"


def test_the_form_is_readable_as_it_stands(pack: RulePack) -> None:
    assert r"\u" not in render_template_yaml(pack, of_level(pack, "commune"), PERIOD)


def test_an_empty_form_reads_with_a_word_that_nothing_is_filled_in(pack: RulePack, tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(render_template_yaml(pack, of_level(pack, "commune"), PERIOD), encoding="utf-8")
    submissions, _, problems = read_submissions((path,), pack)
    assert {problem.code for problem in problems} == {"figures.nothing_reported"}
    assert not any(submission.observations for submission in submissions)


def test_a_table_has_a_row_for_each_unit_and_indicator(pack: RulePack) -> None:
    units = [of_level(pack, "commune"), of_level(pack, "agency")]
    written = render_template_csv(pack, units, PERIOD)
    assert written.startswith("\ufeff"), "Excel takes a file without the mark for another code page"
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [(row["unit"], row["indicator"]) for row in rows] == [
        (unit.id, indicator.id) for unit in units for indicator in asked_indicators(pack, unit)
    ]
    assert {row["value"] for row in rows} == {""}
    assert {row["required"] for row in rows} == {"Bắt buộc", "Không bắt buộc"}
