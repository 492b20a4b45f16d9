"""`explain` on the reported figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
DISTRICT = "soc-trang/long-phu"
ELECTRONIC = f"DOC-01@{DISTRICT}@2020-H1"


def test_a_finding_is_explained_from_its_figures_to_its_verdict(run: Command) -> None:
    ran = run("explain", ELECTRONIC, REPORTED, "--as-of", "2020-06-30")
    words = " ".join(ran.out.split())
    assert ran.code == 0
    assert "huyen.yaml, dòng" in words
    assert "41,97% = 2.737/6.522" in words
    assert "2.737/6.522 = 41,97% ≥ 90%" in words
    assert "Nghị quyết 17/NQ-CP" in words


@pytest.mark.parametrize("form", ["json", "md", "html"])
def test_every_format_gives_the_rate_and_the_target(run: Command, form: str) -> None:
    out = run("explain", ELECTRONIC, REPORTED, "--as-of", "2020-06-30", "--format", form).out
    assert "41,97%" in out
    assert "90%" in out


def test_every_outcome_of_the_reported_figures_can_be_explained(run: Command) -> None:
    result = json.loads(run("check", REPORTED, "--as-of", "2020-06-30", "--format", "json").out)
    by_rule = {finding["rule"]: finding["id"] for finding in result["findings"]}
    codes = {run("explain", name, REPORTED, "--as-of", "2020-06-30").code for name in by_rule.values()}
    assert codes == {0}


def test_the_beginning_of_an_id_is_enough_where_one_finding_has_it(run: Command) -> None:
    assert run("explain", f"DOC-01@{DISTRICT}", REPORTED, "--as-of", "2020-06-30").code == 0


def test_a_beginning_that_several_findings_have_lists_them(run: Command) -> None:
    ran = run("explain", "DOC-01", REPORTED, "--as-of", "2020-06-30")
    assert ran.code == 2
    assert "Có 3 phát hiện mang mã bắt đầu bằng «DOC-01»." in ran.err
    assert f"{ELECTRONIC} – huyện Long Phú: không đạt" in ran.err.splitlines()


def test_outcomes_that_are_no_findings_are_called_so_and_listed_to_be_copied(run: Command) -> None:
    ran = run("explain", "POR-03", REPORTED, "--as-of", "2020-06-30")
    assert ran.code == 2
    assert "Không phát hiện nào mang mã bắt đầu bằng «POR-03», nhưng có 5 kết quả." in ran.err
    listed = [line.split(" – ")[0] for line in ran.err.splitlines() if " – " in line]
    assert len(listed) == 5
    assert {run("explain", name, REPORTED, "--as-of", "2020-06-30").code for name in listed} == {0}


@pytest.mark.parametrize("unit", ["cap-huyen", "khối cấp huyện", "Cấp huyện"])
def test_the_unit_may_be_named_by_a_short_code_or_its_name(run: Command, unit: str) -> None:
    ran = run("explain", f"DOC-01@{unit}", REPORTED, "--as-of", "2020-06-30", "--format", "json")
    assert json.loads(ran.out)["id"] == f"DOC-01@{DISTRICT}/cap-huyen@2020-H1"


def test_a_name_that_several_units_bear_is_answered_with_their_ids(run: Command) -> None:
    ran = run("explain", "DOC-01@Long Phú@2020-H1", REPORTED, "--as-of", "2020-06-30")
    assert ran.code == 2
    assert "Có nhiều đơn vị mang mã hoặc tên «Long Phú»." in ran.err


def test_an_unknown_finding_is_suggested(run: Command) -> None:
    ran = run("explain", f"DOC-1@{DISTRICT}@2020-H1", REPORTED, "--as-of", "2020-06-30")
    assert ran.code == 2
    assert ELECTRONIC in ran.err.replace("\n", "")


def test_it_takes_the_options_of_a_check(run: Command) -> None:
    options = ("--expect", "all", "--large-files", "2", "--as-of", "2020-06-30")
    assert run("explain", "DOC-01@soc-trang/long-phu@2020-H1", REPORTED, *options).code == 0
    assert run("explain", "DOC-01@soc-trang/long-phu@2020-H1", REPORTED, "--expect", "khong-co").code == 2


def test_a_rule_typed_wrong_is_answered_with_those_near(run: Command) -> None:
    ran = run("explain", "DOC-1", dataset("long-phu-2020-h1"))
    assert ran.code == 2
    assert "các mã gần giống: DOC-" in " ".join(ran.err.split())
    assert "DOC-01" in ran.err
