"""Reading the inspector's waivers: all that is wrong at once, nothing left to be guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compliance.intake.waivers import read_waivers
from compliance.pipeline import load_pack
from compliance.problems import Place

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.waivers import Waiver

SOUND = """format: 1
waivers:
  - id: MT-01
    rule: DOC-01
    scope: {units: [soc-trang/long-phu/cap-xa, soc-trang/long-phu], periods: [2020-H1]}
    reason: Phần mềm mới triển khai
    approver: Chánh Văn phòng
    document: công văn 15/VP-VX
    tolerance: "2,5"
    approved_on: 01/6/2020
    expires: 2020-12-31
    mode: lift
"""


@pytest.fixture(scope="module")
def pack() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    return compiled.pack


def read(folder: Path, pack: RulePack, *written: str) -> tuple[tuple[Waiver, ...], Problems]:
    paths = [folder / f"mien-tru-{number}.yaml" for number, _ in enumerate(written, start=1)]
    for path, words in zip(paths, written, strict=True):
        path.write_text(words, encoding="utf-8")
    waivers, _, problems = read_waivers(paths, pack)
    return waivers, problems


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


def test_units_may_be_named_by_a_short_code_or_their_name(tmp_path: Path, pack: RulePack) -> None:
    named = SOUND.replace(
        "soc-trang/long-phu/cap-xa, soc-trang/long-phu]", "cap-xa, huyện Long Phú, long-phu]"
    )
    (waiver,), problems = read(tmp_path, pack, named)
    assert problems == ()
    assert waiver.units == ("soc-trang/long-phu/cap-xa", "soc-trang/long-phu")


def test_a_name_that_several_units_bear_is_refused_at_its_place(tmp_path: Path, pack: RulePack) -> None:
    named = SOUND.replace("soc-trang/long-phu/cap-xa, ", "Long Phú, ")
    waivers, (problem,) = read(tmp_path, pack, named)
    assert waivers == ()
    assert (problem.code, problem.place.line) == ("request.ambiguous_unit", 5)


def test_a_waiver_is_read_with_dates_and_numbers_in_vietnamese_notation(
    tmp_path: Path, pack: RulePack
) -> None:
    (waiver,), problems = read(tmp_path, pack, SOUND)
    assert problems == ()
    assert waiver.units == ("soc-trang/long-phu/cap-xa", "soc-trang/long-phu")
    assert (waiver.tolerance, waiver.approved_on, waiver.expires) == (
        Decimal("2.5"),
        date(2020, 6, 1),
        date(2020, 12, 31),
    )
    assert (waiver.mode, waiver.document) == ("lift", "công văn 15/VP-VX")
    assert waiver.place == Place("mien-tru-1.yaml", 3, 5)


def test_one_that_does_not_say_how_it_applies_only_notes(tmp_path: Path, pack: RulePack) -> None:
    (waiver,), _ = read(tmp_path, pack, SOUND.replace("    mode: lift\n", ""))
    assert waiver.mode == "note"


def test_one_that_never_expires_says_so_and_why(tmp_path: Path, pack: RulePack) -> None:
    written = SOUND.replace("expires: 2020-12-31", "expires: null\n    no_expiry_reason: xã đảo")
    (waiver,), problems = read(tmp_path, pack, written)
    assert (waiver.expires, waiver.no_expiry_reason, problems) == (None, "xã đảo", ())


def test_a_rule_that_was_renamed_is_found_by_its_old_name(tmp_path: Path, pack: RulePack) -> None:
    rules = tuple(
        rule.model_copy(update={"aliases": ("DOC-00",)}) if rule.id == "DOC-01" else rule
        for rule in pack.rules
    )
    renamed = pack.model_copy(update={"rules": rules})
    renamed.__dict__.pop("rule", None)
    (waiver,), _ = read(tmp_path, renamed, SOUND.replace("DOC-01", "DOC-00"))
    assert waiver.rule == "DOC-01"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    expires: 2020-12-31\n", "", "figures.missing_key"),
        ("expires: 2020-12-31", "expires: null", "waivers.no_expiry"),
        ("expires: 2020-12-31", "expires: mai", "numerals.not_a_date"),
        ("expires: 2020-12-31", "expires: 2020-05-31", "waivers.expires_first"),
        ("mode: lift", "mode: lift\n    no_expiry_reason: xã đảo", "waivers.both_expiries"),
        ("mode: lift", "mode: waive", "records.one_of"),
        ("mode: lift", "model: lift", "figures.unknown_key"),
        ("    reason: Phần mềm mới triển khai\n", "", "figures.missing_key"),
        ("reason: Phần mềm mới triển khai", "reason: [a, b]", "figures.single"),
        ("approver: Chánh Văn phòng", "approver: ", "figures.missing_key"),
        ("    approved_on: 01/6/2020\n", "", "figures.missing_key"),
        ("rule: DOC-01", "rule: DOC-1", "records.unknown_rule"),
        ("[2020-H1]", "[2020-Q1]", "figures.period"),
        ("[2020-H1]", "[]", "waivers.scope"),
        ("[2020-H1]", "2020-H1", "waivers.scope"),
        ("[2020-H1]", "[2020-H1], level: bloc", "figures.unknown_key"),
        ("soc-trang/long-phu]", "soc-trang/long-phuu]", "request.unknown_unit"),
        ('"2,5"', "-1", "waivers.tolerance_negative"),
        ('"2,5"', "69%", "waivers.tolerance_percent"),
        ('"2,5"', "nhiều", "waivers.tolerance"),
        ('"2,5"', "2.5", "numerals.dot_decimal"),
        ("format: 1", "format: 3", "records.format"),
        ("format: 1\n", "", "records.format"),
        ("format: 1", "format: 1\nnote: x", "figures.unknown_key"),
    ],
)
def test_what_is_wrong_is_said_and_where(
    tmp_path: Path, pack: RulePack, old: str, new: str, code: str
) -> None:
    assert old in SOUND
    _, problems = read(tmp_path, pack, SOUND.replace(old, new))
    assert codes(problems) == [code]
    assert problems[0].place.line > 0


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path, pack: RulePack) -> None:
    written = SOUND.replace("DOC-01", "X").replace("[2020-H1]", "[2020]").replace("mode: lift", "mode: x")
    waivers, problems = read(tmp_path, pack, written)
    assert waivers == ()
    assert codes(problems) == ["records.unknown_rule", "figures.period", "records.one_of"]


def test_one_id_stands_for_one_waiver(tmp_path: Path, pack: RulePack) -> None:
    _, problems = read(tmp_path, pack, SOUND, SOUND.replace("lift", "note"))
    assert codes(problems) == ["waivers.duplicate"]
    assert "mien-tru-1.yaml" in str(problems[0])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "intake.source.empty"),
        ("format: 1\nwaivers: []\nwaivers: []\n", "intake.duplicate_key"),
        ("---\n", "waivers.nothing"),
        ("format: 1\nwaivers: |x\n", "waivers.syntax"),
        ("format: 1\n", "records.not_a_list"),
        ("- DOC-01\n", "records.not_a_list"),
        ("format: 1\nwaivers: [DOC-01]\n", "records.not_a_record"),
    ],
)
def test_a_file_of_another_shape_is_told_as_such(
    tmp_path: Path, pack: RulePack, written: str, code: str
) -> None:
    waivers, problems = read(tmp_path, pack, written)
    assert waivers == ()
    assert codes(problems) == [code]


def test_a_file_that_is_not_there_or_of_another_kind_is_a_problem(tmp_path: Path, pack: RulePack) -> None:
    (tmp_path / "mien-tru.docx").write_text("x", encoding="utf-8")
    _, stamps, problems = read_waivers([tmp_path / "khong-co.yaml", tmp_path / "mien-tru.docx"], pack)
    assert codes(problems) == ["intake.source.missing", "records.other_suffix"]
    assert stamps == ()


def test_a_file_is_stamped_as_waivers(tmp_path: Path, pack: RulePack) -> None:
    path = tmp_path / "mien-tru.yaml"
    path.write_text(SOUND, encoding="utf-8")
    _, (stamp,), _ = read_waivers([path, path], pack)
    assert (stamp.file, stamp.kind, len(stamp.digest)) == ("mien-tru.yaml", "waivers", 64)
