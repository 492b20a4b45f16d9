"""Explanations and waivers through the command line: explain, resubmit, put right; what each output shows."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
AS_OF = ("--as-of", "2020-06-30")
BLOC = "soc-trang/long-phu/cap-huyen"
DOCUMENTS = f"DOC-01@{BLOC}@2020-H1"
ANSWER = "Ba phòng chưa được cấp chữ ký số."
SCHEMA = Path(__file__).parents[2] / "docs/schema/check.schema.json"


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """The district's figures, to be corrected and submitted again."""
    return Path(shutil.copytree(REPORTED, tmp_path / "so-lieu"))


@pytest.fixture
def explained(tmp_path: Path) -> Path:
    path = tmp_path / "giai-trinh.yaml"
    path.write_text(
        f"format: 1\nexplanations:\n  - finding: {DOCUMENTS}\n    text: {ANSWER}\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def waived(tmp_path: Path) -> Path:
    path = tmp_path / "mien-tru.yaml"
    path.write_text(
        f"""format: 1
waivers:
  - id: MT-01
    rule: DOC-01
    scope: {{units: [{BLOC}], periods: [2020-H1]}}
    reason: phần mềm mới triển khai
    approver: Chánh Văn phòng
    document: công văn 15/VP-VX
    approved_on: 01/6/2020
    expires: 31/12/2020
    mode: lift
""",
        encoding="utf-8",
    )
    return path


def correct(folder: Path, old: str, new: str) -> None:
    path = folder / "cap-huyen.yaml"
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new), encoding="utf-8")


def fill_in(path: Path, finding: str, answer: str, status: str) -> None:
    """What the unit does: it finds the row of its finding, and writes into the open cells."""
    book = load_workbook(path)
    sheet = book["Phát hiện"]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == finding)
    for cell, words in zip(row[10:14], (answer, status, "Văn phòng", "12/6/2020"), strict=True):
        assert not cell.protection.locked
        cell.value = words
    book.save(path)


def answers(path: Path, sheet: str = "Phát hiện") -> dict[str, tuple[Any, ...]]:
    """By finding what stands in the columns that the unit filled in."""
    rows = load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True)
    return {str(row[0]): row[-4:] for row in rows}


def check_json(run: Command, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check", *arguments, *AS_OF, "--format", "json").out)
    return found


def finding_of(result: dict[str, Any], name: str = DOCUMENTS) -> dict[str, Any]:
    return next(one for one in result["findings"] if one["id"] == name)


def test_what_is_explained_is_there_after_resubmission_and_resolved_when_put_right(
    run: Command, figures: Path, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"lan-{number}.xlsx" for number in (1, 2, 3))
    run("check", figures, *AS_OF, "-o", first, "-q")
    fill_in(first, DOCUMENTS, ANSWER, "Đang xử lý")

    # the unit sends other figures, which still miss the target
    correct(figures, "2.070", "2.071")
    again = run("check", figures, *AS_OF, "--explanations", first, "-o", second)
    assert "Đã giải trình 1 trong 9 nội dung phải giải trình; còn 8" in again.out
    assert answers(second)[DOCUMENTS] == (ANSWER, "Đang xử lý", "Văn phòng", "12/6/2020")

    # it puts the figures right
    correct(figures, "2.071", "3.417")
    fixed = run("check", figures, *AS_OF, "--explanations", second, "-o", third)
    assert f"khối cấp huyện, [DOC-01] Tỷ lệ văn bản đi gửi dưới dạng điện tử: đã khắc phục. {ANSWER}" in (
        " ".join(fixed.out.split()).replace("Giải trình đã ghi: ", "")
    )
    assert DOCUMENTS not in answers(third)
    assert answers(third, "Giải trình trước")[DOCUMENTS][0] == ANSWER

    # should the finding return, so does what was said of it
    correct(figures, 'outgoing_electronic: "3.417"', 'outgoing_electronic: "2.070"')
    returned = check_json(run, figures, "--explanations", third)
    assert finding_of(returned)["explanation"]["text"] == ANSWER


def test_an_explanation_changes_neither_verdict_nor_exit_code(run: Command, explained: Path) -> None:
    bare = run("check", REPORTED, *AS_OF, "--format", "json")
    beside = run("check", REPORTED, *AS_OF, "--format", "json", "--explanations", explained)
    assert bare.code == beside.code == 1
    one, other = json.loads(bare.out), json.loads(beside.out)
    assert one["outcomes"] == other["outcomes"]
    assert one["accepted"] == other["accepted"]
    assert (other["explanations"]["to_explain"], other["explanations"]["explained"]) == (9, 1)


def test_figures_that_are_lacking_now_do_not_resolve_what_was_explained(
    run: Command, figures: Path, explained: Path
) -> None:
    correct(figures, 'outgoing_electronic: "2.070"', "outgoing_electronic: ")
    (answered,) = check_json(run, figures, "--explanations", explained)["explanations"]["answered"]
    assert (answered["explanation"]["finding"], answered["state"]) == (DOCUMENTS, "unverifiable")


def test_a_waived_finding_counts_for_nothing_and_stays_a_failure(run: Command, waived: Path) -> None:
    result = check_json(run, REPORTED, "--waivers", waived)
    outcome = next(one for one in result["outcomes"] if (one["rule"], one["unit"]) == ("DOC-01", BLOC))
    (submission,) = (one for one in result["submissions"] if one["unit"] == BLOC)
    assert (outcome["outcome"], outcome["waived"]) == ("fail", True)
    assert (submission["accepted"], submission["waived"]) == ("accepted", [DOCUMENTS])


def test_one_unit_with_all_its_findings_waived_ends_with_0(run: Command, waived: Path) -> None:
    path = REPORTED / "cap-huyen.yaml"
    assert run("check", path, *AS_OF).code == 1
    assert run("check", path, *AS_OF, "--waivers", waived).code == 0
    # the day after it expires the finding is back
    late = run("check", path, "--as-of", "2021-01-01", "--waivers", waived)
    assert late.code == 1
    assert "đã hết hạn ngày 31/12/2020" in " ".join(late.err.split())


@pytest.mark.parametrize("form", ["console", "md", "html", "json"])
def test_every_output_shows_both_beside_the_finding(
    run: Command, form: str, explained: Path, waived: Path
) -> None:
    ran = run("check", REPORTED, *AS_OF, "--format", form, "--explanations", explained, "--waivers", waived)
    shown = " ".join(ran.out.split())
    assert ANSWER in shown
    assert "được miễn trừ đến ngày 31/12/2020, theo công văn 15/VP-VX" in shown
    assert form == "json" or "8 nội dung phải giải trình" in shown
    assert form == "json" or "Ngoài ra 1 phát hiện được miễn trừ" in shown


def test_the_workbook_shows_both(run: Command, explained: Path, waived: Path, tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xlsx"
    run("check", REPORTED, *AS_OF, "-o", path, "--explanations", explained, "--waivers", waived, "-q")
    book = load_workbook(path)
    row = next(row for row in book["Phát hiện"].iter_rows(values_only=True) if row[0] == DOCUMENTS)
    assert row[1] == "phải giải trình (đã được miễn trừ)"
    assert "Miễn trừ MT-01: được miễn trừ đến ngày 31/12/2020" in str(row[5])
    assert row[10] == ANSWER
    assert [row[0] for row in book["Miễn trừ"].iter_rows(min_row=3, values_only=True)] == ["MT-01"]
    kinds = {row[0]: row[1] for row in book["Bản kê"].iter_rows(values_only=True)}
    assert (kinds["Tệp giải trình"], kinds["Tệp miễn trừ"]) == ("giai-trinh.yaml", "mien-tru.yaml")


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_the_units_page_shows_both(
    run: Command, suffix: str, explained: Path, waived: Path, tmp_path: Path
) -> None:
    options = ("--explanations", explained, "--waivers", waived, "-q")
    form = ("--format", "html") if suffix == "html" else ()
    run("check", REPORTED, *AS_OF, "--per-unit", tmp_path / "phieu", *form, *options)
    path = tmp_path / "phieu" / f"soc-trang__long-phu__cap-huyen_2020-H1.{suffix}"
    if suffix == "docx":
        shown = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    else:
        shown = path.read_text(encoding="utf-8")
    assert "Nội dung được miễn trừ, không phải sửa hoặc giải trình (1)" in shown
    assert "được miễn trừ đến ngày 31/12/2020" in shown


@pytest.mark.parametrize("form", ["console", "md"])
def test_the_assessment_words_both(run: Command, form: str, explained: Path, waived: Path) -> None:
    beside = run("assess", REPORTED, *AS_OF, "--format", form, "--explanations", explained)
    assert f"Giải trình – khối cấp huyện: {ANSWER}" in " ".join(beside.out.split())
    lifted = run("assess", REPORTED / "cap-huyen.yaml", *AS_OF, "--format", form, "--waivers", waived)
    assert "được miễn trừ đến ngày 31/12/2020, theo công văn 15/VP-VX" in " ".join(lifted.out.split())


def test_the_assessment_in_word_has_the_explanation_in_its_comment(
    run: Command, explained: Path, tmp_path: Path
) -> None:
    path = tmp_path / "danh-gia.docx"
    run("assess", REPORTED, *AS_OF, "-o", path, "--explanations", explained)
    comments = [comment.text for comment in Document(str(path)).comments]
    assert any(f"Giải trình: khối cấp huyện: {ANSWER}" in words for words in comments)
    run("assess", REPORTED, *AS_OF, "-o", path, "--explanations", explained, "--clean")
    assert list(Document(str(path)).comments) == []


def test_the_json_keeps_to_its_published_schema(run: Command, explained: Path, waived: Path) -> None:
    result = check_json(run, REPORTED, "--explanations", explained, "--waivers", waived)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(result)) == []
    kinds = [stamp["kind"] for stamp in result["manifest"]["inputs"]]
    assert (kinds.count("explanations"), kinds.count("waivers")) == (1, 1)


def test_all_that_is_wrong_with_both_files_is_said_at_once(run: Command, tmp_path: Path) -> None:
    explained, waived = tmp_path / "giai-trinh.yaml", tmp_path / "mien-tru.yaml"
    explained.write_text("format: 1\nexplanations:\n  - finding: DOC-01\n", encoding="utf-8")
    waived.write_text("format: 1\nwaivers:\n  - id: MT-01\n", encoding="utf-8")
    ran = run("check", REPORTED, *AS_OF, "--explanations", explained, "--waivers", waived)
    assert ran.code == 2
    assert "«DOC-01» không phải mã phát hiện" in " ".join(ran.err.split())
    assert "Thiếu mục «reason»" in " ".join(ran.err.split())


def test_a_comparison_shows_what_was_explained_with_what_became_of_it(
    run: Command, figures: Path, explained: Path
) -> None:
    correct(figures, 'outgoing_electronic: "2.070"', 'outgoing_electronic: "3.417"')
    ran = run("compare", REPORTED, figures, *AS_OF, "--explanations", explained)
    said = f"(khối cấp huyện, đã khắc phục): {ANSWER}"
    assert said in " ".join(ran.out.split())


def test_the_examples_of_the_guide_are_read_as_they_stand(run: Command, tmp_path: Path) -> None:
    guide = (SCHEMA.parents[1] / "huong-dan.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(format: 1\n(explanations|waivers):.*?)```", guide, flags=re.DOTALL)
    options: list[str | Path] = []
    for written, kind in blocks:
        path = tmp_path / f"{kind}.yaml"
        path.write_text(written, encoding="utf-8")
        options += [f"--{kind}", path]
    ran = run("check", REPORTED, *AS_OF, *options)
    assert (len(blocks), ran.err) == (2, "")
    assert "MT-01 [DOC-01]: Có hiệu lực đến ngày 31/12/2020: miễn trừ 1 phát hiện." in ran.out


def test_for_one_unit_only_its_own_explanations_and_waivers_are_shown(
    run: Command, explained: Path, waived: Path
) -> None:
    commune = "soc-trang/long-phu/cap-xa/xa-phu-huu"
    options = ("--explanations", explained, "--waivers", waived, "--unit", commune)
    result = check_json(run, REPORTED, *options)
    assert result["waivers"] == []
    assert result["explanations"] == {"to_explain": 1, "explained": 0, "answered": []}


@pytest.mark.parametrize("form", ["console", "md", "html", "json"])
def test_explain_and_what_each_target_takes_show_what_was_answered(
    run: Command, explained: Path, waived: Path, form: str
) -> None:
    given = (*AS_OF, "--explanations", explained, "--waivers", waived, "--format", form)
    for command in (("explain", DOCUMENTS), ("whatif",)):
        ran = run(*command, REPORTED, *given)
        words = " ".join(ran.out.split())
        assert ran.code == 0
        assert ANSWER in words
        assert "được miễn trừ đến ngày 31/12/2020, theo công văn 15/VP-VX" in words


def test_explain_shows_what_was_answered_to_what_is_no_finding_any_more(run: Command, tmp_path: Path) -> None:
    passing = "POR-03@soc-trang/long-phu@2020-H1"
    path = tmp_path / "giai-trinh.yaml"
    path.write_text(
        f"format: 1\nexplanations:\n  - {{finding: {passing}, text: {ANSWER}}}\n", encoding="utf-8"
    )
    trace = json.loads(
        run("explain", passing, REPORTED, *AS_OF, "--explanations", path, "--format", "json").out
    )
    assert (trace["outcome"], trace["explanation"]["text"]) == ("pass", ANSWER)


def test_what_each_target_takes_keeps_the_answers_by_outcome(
    run: Command, explained: Path, waived: Path
) -> None:
    given = (*AS_OF, "--explanations", explained, "--waivers", waived, "--format", "json")
    (response,) = json.loads(run("whatif", REPORTED, *given).out)["responses"]
    assert (response["outcome"], response["waived"]) == (DOCUMENTS, True)
    assert json.loads(run("whatif", REPORTED, *AS_OF, "--format", "json").out)["responses"] == []
