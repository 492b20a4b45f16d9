"""Does the faulty dataset hold exactly the errors that its README names? Asked of the files as written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

Written: TypeAlias = dict[str, dict[str, Any]]
Changes: TypeAlias = dict[tuple[str, str], tuple[str | None, str | None]]
"""File and place, to the value before and after; None where it is not there."""

README = Path(__file__).parents[2] / "datasets" / "long-phu-2020-h1-faulty" / "README.md"


@pytest.fixture(scope="module")
def planted() -> list[dict[str, Any]]:
    loaded = yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text("utf-8"))
    errors: list[dict[str, Any]] = loaded["planted"]
    return errors


def places(document: Mapping[str, Any]) -> dict[str, str]:
    """Every value by its place: `figures.dossiers.resolved`, `cites.KEY@I.1`, `data_window.to`."""
    found = {"file": "present"}
    for key, value in document.items():
        if key in {"figures", "stated"}:
            found |= {
                f"{key}.{area}.{name}": str(one)
                for area, names in value.items()
                for name, one in names.items()
            }
        elif key == "cites":
            found |= {
                f"cites.{cited['instrument']}@{cited['place']}": cited.get("date", "") for cited in value
            }
        elif key == "data_window":
            found |= {f"data_window.{end}": day for end, day in value.items()}
        else:
            found[key] = value
    return found


def differences(before: Written, after: Written) -> Changes:
    changes: Changes = {}
    for file in before.keys() | after.keys():
        if file not in after:
            changes[file, "file"] = ("present", None)
            continue
        was, now = places(before[file]), places(after[file])
        changes |= {
            (file, at): (was.get(at), now.get(at))
            for at in was.keys() | now.keys()
            if was.get(at) != now.get(at)
        }
    return changes


def test_the_files_differ_from_the_faultless_set_in_the_planted_places_only(
    planted: list[dict[str, Any]], invented: Written, faulty: Written
) -> None:
    named: Changes = {
        (change["file"].removesuffix(".yaml"), change["at"]): (change["was"], change["now"])
        for error in planted
        for change in error["changes"]
    }
    assert differences(invented, faulty) == named


def test_at_least_twenty_errors_of_different_kinds_are_planted(planted: list[dict[str, Any]]) -> None:
    assert len({error["kind"] for error in planted}) >= 20
    assert len({error["id"] for error in planted}) == len(planted)


def readme_row(error: Mapping[str, Any], file_of: Mapping[str, str]) -> tuple[str, str, str, str]:
    """What the README's table is to say of an error, its description left out."""

    def shown(finding: str) -> str:
        rule, unit, rest = finding.split("@", 2)
        subject = "".join(rest.partition("#")[1:])
        return f"`{rule}@{file_of[unit]}{subject}`"

    def value(text: str | None) -> str:
        return "absent" if text is None else text or "undated"

    changes = (
        f"`{change['file'].removesuffix('.yaml')}`: `{change['at'].removeprefix('figures.')}` "
        f"{value(change['was'])} → {value(change['now'])}"
        for change in error["changes"]
    )
    implied = "<br>".join(map(shown, error["implied"])) or "–"
    return error["id"], "<br>".join(changes), shown(error["caught_by"]), implied


def test_the_readme_and_its_twin_name_the_same_errors(
    planted: list[dict[str, Any]], invented: Written
) -> None:
    file_of = {document["unit"]: file for file, document in invented.items()}
    lines = (line for line in README.read_text("utf-8").splitlines() if line.startswith("| F"))
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    assert [(row[0], *row[2:]) for row in rows] == [readme_row(error, file_of) for error in planted]
    assert all(row[1] for row in rows)
