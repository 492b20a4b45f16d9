"""`proofread` and `extract` on the project's own report of the Long Phú figures."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from tests.cli.conftest import Command

REPORT = dataset("long-phu-2020-h1-report")
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "proofread.schema.json"


@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt"])
def test_every_kind_of_file_gives_the_figures_that_do_not_hold(run: Command, suffix: str) -> None:
    ran = run("proofread", REPORT / f"bao-cao.{suffix}", "--format", "json")
    claims = json.loads(ran.out)["claims"]
    wrong = {claim["kind"] for claim in claims if claim["verdict"] in ("inconsistent", "truncated")}
    assert ran.code == 1
    assert wrong == {"citation", "period", "quantity", "ratio"}


def test_the_json_keeps_to_its_published_schema(run: Command) -> None:
    result = json.loads(run("proofread", REPORT / "bao-cao.txt", "--format", "json").out)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(result)) == []


def test_a_report_whose_figures_hold_ends_with_0(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "tot.txt"
    path.write_text("Đã gửi 90/100 văn bản, đạt 90%.\n", encoding="utf-8")
    assert run("proofread", path).code == 0


def test_the_programs_own_draft_of_many_units_reads_without_a_fault(run: Command, tmp_path: Path) -> None:
    run("assess", dataset("long-phu-2020-h1-units"), "--full", "-o", tmp_path / "du-thao.docx")
    ran = run("proofread", tmp_path / "du-thao.docx", "--format", "json")
    result = json.loads(ran.out)
    assert len(result["claims"]) > 50
    assert [claim for claim in result["claims"] if claim["verdict"] != "consistent"] == []
    assert result["slips"] == []
    assert ran.code == 0


def test_comments_go_into_a_copy_of_the_word_file(run: Command, tmp_path: Path) -> None:
    source = REPORT / "bao-cao.docx"
    before = source.read_bytes()
    run("proofread", source, "-o", tmp_path / "co-nhan-xet.docx")
    with zipfile.ZipFile(tmp_path / "co-nhan-xet.docx") as copy:
        assert "0,04%" in copy.read("word/comments.xml").decode()
    assert source.read_bytes() == before


def test_comments_cannot_go_into_a_pdf(run: Command, tmp_path: Path) -> None:
    ran = run("proofread", REPORT / "bao-cao.pdf", "-o", tmp_path / "x.docx")
    assert ran.code == 2
    assert "bao-cao.pdf" in ran.err


def test_a_draft_gives_the_same_verdicts_as_the_figures_read_by_hand(run: Command, tmp_path: Path) -> None:
    draft = tmp_path / "du-thao.yaml"
    assert run("extract", REPORT / "bao-cao.docx", "-o", draft).code == 0

    def verdicts(source: Path) -> dict[tuple[str, str, str], str]:
        out = run("check", source, "--as-of", "2020-06-30", "--format", "json").out
        return {
            (outcome["rule"], outcome["unit"], outcome["subject"]): outcome["outcome"]
            for outcome in json.loads(out)["outcomes"]
        }

    drafted, by_hand = verdicts(draft), verdicts(dataset("long-phu-2020-h1"))
    assert {key: verdict for key, verdict in drafted.items() if by_hand[key] != verdict} == {}


def test_a_report_that_is_not_there_is_said(run: Command, tmp_path: Path) -> None:
    ran = run("extract", tmp_path / "khong-co.docx", "-o", tmp_path / "x.yaml")
    assert ran.code == 2
    assert "khong-co.docx" in ran.err
