"""What a pack says together with all that it extends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.intake import packs
from compliance.intake.packs import available_packs, dataset_root, final_packs, pack_root, read_pack
from compliance.model.rulepack import Approximation

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from compliance.problems import Problem

HEADER = """\
id: {id}
title: Bộ thử
version: 1.0.0
jurisdiction: nơi thử
effective_from: 2020-01-01
changelog:
  - {{version: 1.0.0, released: 2020-01-01, kind: added, affects_from: 2020-01-01, reason: bản đầu tiên}}
"""
PARENT = """\
indicators:
  - {id: work.done, label: Đã làm, unit_of_measure: việc, type: count, levels: [district], description: xong}
  - {id: work.all, label: Tất cả, unit_of_measure: việc, type: count, levels: [district], description: giao}
rates:
  - {id: work.share, label: Tỷ lệ, numerator: work.done, denominator: work.all, levels: [district]}
targets:
  - id: work.goal
    label: Mục tiêu
    values:
      - effective_from: 2020-01-01
        value: 80.5
        citation: {instrument: mau/2019/1, grade: B}
        checked_on: 2020-01-01
  - {id: work.second, label: Mục tiêu hai, values: []}
rules:
  - {id: WRK-01, title: Đủ việc, area: work, kind: target, severity: must_explain, applies_to: [district],
     measure: work.share, at_least: work.goal, effective_from: 2020-01-01, fix: Làm thêm.}
"""
REGISTER = """\
instruments:
  - {key: mau/2019/1, kind: Kế hoạch, number: "1", title: mẫu, issuer: nơi mẫu, grade: B}
"""


def write_pack(root: Path, name: str, extra_header: str = "", **files: str) -> Path:
    """A pack folder under `root`, with a register beside it."""
    folder = root / name
    folder.mkdir()
    (folder / "pack.yaml").write_text(HEADER.format(id=name) + extra_header, encoding="utf-8")
    for stem, content in files.items():
        (folder / f"{stem}.yaml").write_text(content, encoding="utf-8")
    (root / "instruments.yaml").write_text(REGISTER, encoding="utf-8")
    return folder


def parent(root: Path) -> Path:
    return write_pack(root, "above", "areas: [{id: work, title: Công việc}]\n", contents=PARENT)


def read(folder: Path) -> RulePack:
    pack, problems = read_pack(folder)
    assert [str(problem) for problem in problems] == []
    assert pack is not None
    return pack


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in read_pack(folder)[1]]


def test_the_packs_that_travel_with_the_program_are_found_and_sound() -> None:
    assert set(available_packs()) >= {"long-phu-2020", "soc-trang-2020", "vietnam-2020"}
    for name in available_packs():
        pack, problems = read_pack(name)
        assert [str(problem) for problem in problems] == []
        assert pack is not None


def test_a_pack_that_another_extends_is_not_a_final_one() -> None:
    assert "long-phu-2020" in final_packs()
    assert not {"soc-trang-2020", "vietnam-2020"} & set(final_packs())


def test_packs_and_datasets_are_found_beside_the_package() -> None:
    assert (pack_root() / "vietnam-2020" / "pack.yaml").is_file()
    assert (dataset_root() / "long-phu-2020-h1").is_dir()


def test_an_installed_package_holds_its_packs_whatever_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(packs, "_PACKAGE", tmp_path / "compliance")
    assert pack_root() == tmp_path / "compliance" / "rules"
    assert dataset_root() == tmp_path / "compliance" / "datasets"


def test_the_long_phu_chain_is_read_most_general_first() -> None:
    pack = read(pack_root() / "long-phu-2020")
    assert [header.id for header in pack.chain] == ["vietnam-2020", "soc-trang-2020", "long-phu-2020"]
    assert pack.header is pack.chain[-1]


def test_the_register_of_long_phu_has_a_district_two_blocs_and_23_bodies() -> None:
    levels = [unit.level for unit in read(pack_root() / "long-phu-2020").units]
    assert [levels.count(level) for level in ("district", "bloc", "agency", "commune")] == [1, 2, 12, 11]


def test_rules_stand_in_the_order_of_the_areas() -> None:
    pack = read(pack_root() / "long-phu-2020")
    areas = [area.id for area in pack.areas]
    positions = [areas.index(rule.area) for rule in pack.rules]
    assert positions == sorted(positions)


def test_every_item_knows_where_it_stands(tmp_path: Path) -> None:
    pack = read(parent(tmp_path))
    place = pack.rule["WRK-01"].place
    assert (Path(place.file).name, place.line) == ("contents.yaml", 16)
    assert pack.target["work.goal"].values[0].place.line == 10
    assert pack.rule["WRK-01"].pack == "above"


def test_decimals_and_dates_keep_what_was_written(tmp_path: Path) -> None:
    value = read(parent(tmp_path)).target["work.goal"].values[0]
    assert (value.value, value.effective_from) == (Decimal("80.5"), date(2020, 1, 1))


def test_a_pack_below_restates_a_target_in_its_place(tmp_path: Path) -> None:
    parent(tmp_path)
    tighter = PARENT[PARENT.index("targets:") : PARENT.index("  - {id: work.second")].replace("80.5", "95")
    pack = read(write_pack(tmp_path, "below", "extends: above\n", targets=tighter))
    assert [target.id for target in pack.targets] == ["work.goal", "work.second"]
    assert pack.target["work.goal"].values[0].value == 95


def test_a_withdrawn_rule_stays_listed_with_its_reason(tmp_path: Path) -> None:
    parent(tmp_path)
    header = "extends: above\nwithdraws: [{id: WRK-01, reason: nơi này không có việc}]\n"
    pack = read(write_pack(tmp_path, "below", header))
    assert "WRK-01" in pack.rule
    assert [(gone.id, gone.reason) for gone in pack.withdrawn] == [("WRK-01", "nơi này không có việc")]


def test_a_withdrawn_target_has_no_value(tmp_path: Path) -> None:
    parent(tmp_path)
    header = "extends: above\nwithdraws: [{id: work.goal, reason: nơi này không đặt}]\n"
    assert read(write_pack(tmp_path, "below", header)).target["work.goal"].values == ()


def test_a_generated_rule_can_be_withdrawn(tmp_path: Path) -> None:
    parent(tmp_path)
    header = "extends: above\nwithdraws: [{id: 'RATE:work.share:stated', reason: không ghi tỷ lệ}]\n"
    assert read(write_pack(tmp_path, "below", header)).withdrawn[0].id == "RATE:work.share:stated"


def test_a_pack_cannot_withdraw_its_own_rule(tmp_path: Path) -> None:
    header = "areas: [{id: work, title: Công việc}]\nwithdraws: [{id: WRK-01, reason: thôi}]\n"
    assert codes(write_pack(tmp_path, "above", header, contents=PARENT)) == ["pack.unknown_withdrawal"]


def test_the_approximation_of_the_nearest_pack_counts(tmp_path: Path) -> None:
    parent(tmp_path)
    pack = read(write_pack(tmp_path, "below", "extends: above\napproximation: {about: 5}\n"))
    assert pack.approximation == Approximation(about=Decimal(5))


def test_areas_of_a_pack_below_follow_those_above(tmp_path: Path) -> None:
    parent(tmp_path)
    pack = read(write_pack(tmp_path, "below", "extends: above\nareas: [{id: more, title: Thêm}]\n"))
    assert [area.id for area in pack.areas] == ["work", "more"]


def test_the_digest_does_not_depend_on_line_ends(tmp_path: Path) -> None:
    folder = parent(tmp_path)
    before = read(folder).header.digest
    (folder / "contents.yaml").write_bytes(PARENT.replace("\n", "\r\n").encode())
    assert read(folder).header.digest == before


@pytest.mark.parametrize("changed", ["above/contents.yaml", "instruments.yaml"])
def test_the_digest_changes_with_the_pack_and_with_the_register(tmp_path: Path, changed: str) -> None:
    folder = parent(tmp_path)
    before = read(folder).header.digest
    file = tmp_path / changed
    file.write_text(file.read_text(encoding="utf-8") + "# thêm một dòng\n", encoding="utf-8")
    assert read(folder).header.digest != before


def test_a_pack_elsewhere_may_extend_one_that_travels_with_the_program(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, "elsewhere", "extends: soc-trang-2020\n")
    pack = read(folder)
    assert [header.id for header in pack.chain] == ["vietnam-2020", "soc-trang-2020", "elsewhere"]
    assert "mau/2019/1" in pack.instrument
    assert "chinh-phu/2019/17-nq-cp" in pack.instrument


def test_extends_is_a_name_and_not_a_way_out_of_the_folder(tmp_path: Path) -> None:
    parent(tmp_path)
    (tmp_path / "inner").mkdir()
    folder = write_pack(tmp_path / "inner", "below", "extends: ../above\n")
    assert codes(folder) == ["pack.unknown_parent"]


def test_an_unknown_pack_is_named_with_what_was_probably_meant() -> None:
    pack, problems = read_pack("long-phu-2002")
    assert pack is None
    assert [problem.code for problem in problems] == ["pack.unknown"]
    assert "long-phu-2020" in str(problems[0])


def test_a_pack_is_read_from_its_own_folder_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(parent(tmp_path))
    pack, problems = read_pack(".")
    assert problems == ()
    assert pack is not None
    assert pack.rules[0].place.file == "above/contents.yaml"


def test_all_faults_of_a_pack_are_told_at_once_in_the_order_of_their_places(tmp_path: Path) -> None:
    faulty = PARENT.replace("type: count", "type: cuont").replace(
        "at_least: work.goal", "at_least: work.gaol"
    )
    folder = write_pack(tmp_path, "above", "areas: [{id: work, title: Công việc}]\n", contents=faulty)
    problems: tuple[Problem, ...] = read_pack(folder)[1]
    assert [problem.code for problem in problems] == ["pack.not_one_of"] * 2 + ["pack.unknown_reference"]
    assert [problem.place.line for problem in problems] == [2, 3, 17]


def test_what_names_an_item_that_was_refused_is_no_further_fault(tmp_path: Path) -> None:
    faulty = PARENT.replace(
        "unit_of_measure: việc, type: count, levels: [district], description: xong", "", 1
    )
    folder = write_pack(tmp_path, "above", "areas: [{id: work, title: Công việc}]\n", contents=faulty)
    assert {problem.place.line for problem in read_pack(folder)[1]} == {2}
