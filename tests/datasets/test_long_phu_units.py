"""Do the invented figures of the units add up to what the district reported? Asked without the engine."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Written: TypeAlias = dict[str, dict[str, Any]]
Figures: TypeAlias = dict[str, Fraction]

ROOT = Path(__file__).parents[2]
FILES = tuple(sorted(path.stem for path in (ROOT / "datasets" / "long-phu-2020-h1-units").glob("*.yaml")))
BLOCS = ("cap-huyen", "cap-xa")
SHARED_BY_COMMUNES = ("one_stop.", "online.procedures", "postal.procedures_registered")
"""The communes apply one list of procedures: theirs is the bloc's, not a part of it."""

FIELDS = ("land", "household", "construction", "trade", "other")
WHOLES = {
    "dossiers.received_total": (
        "dossiers.received_online",
        "dossiers.received_direct",
        "dossiers.carried_over",
    ),
    "dossiers.resolved_in_time": ("dossiers.resolved_early", "dossiers.resolved_on_day"),
    "dossiers.resolved": ("dossiers.resolved_in_time", "dossiers.resolved_late"),
    "dossiers.pending": ("dossiers.pending_in_time", "dossiers.pending_overdue"),
    "postal.total": ("postal.received", "postal.returned"),
    "online.procedures": ("online.procedures_level3", "online.procedures_level4"),
    "online.dossiers": tuple(f"online.{field}_online" for field in FIELDS),
    "online.fields_total": tuple(f"online.{field}_total" for field in FIELDS),
}
RATES = {
    "one_stop.entered": ("one_stop.procedures_entered", "one_stop.procedures_in_authority"),
    "dossiers.in_time": ("dossiers.resolved_in_time", "dossiers.resolved"),
    "dossiers.late": ("dossiers.resolved_late", "dossiers.resolved"),
    "postal.share": ("postal.total", "dossiers.received_total"),
    "documents.electronic": ("documents.outgoing_electronic", "documents.outgoing"),
    "signatures.share": ("signatures.signed", "documents.outgoing_electronic"),
    "online.share": ("online.dossiers", "dossiers.received_total"),
    "online.fields": ("online.dossiers", "online.fields_total"),
    "online.level4_of_procedures": ("online.procedures_level4", "one_stop.procedures_in_authority"),
    "online.level4_of_services": ("online.procedures_level4", "online.procedures"),
}


def flatten(sections: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {f"{area}.{name}": value for area, names in sections.items() for name, value in names.items()}


def figures(document: Mapping[str, Any]) -> Figures:
    """The exact numbers of a submission; percentages, ranges, approximate figures and booleans left out."""
    written = {name: text for name, text in flatten(document["figures"]).items() if isinstance(text, str)}
    plain = {name: text.replace(".", "").replace(",", ".") for name, text in written.items()}
    return {name: Fraction(text) for name, text in plain.items() if text.replace(".", "").isdigit()}


def children(written: Written, bloc: str) -> Iterator[Figures]:
    parent = written[bloc]["unit"]
    return (figures(one) for one in written.values() if one["unit"].rpartition("/")[0] == parent)


def test_every_unit_of_the_register_has_a_submission(invented: Written) -> None:
    register = yaml.safe_load((ROOT / "rules" / "long-phu-2020" / "units.yaml").read_text("utf-8"))
    assert {document["unit"] for document in invented.values()} == {unit["id"] for unit in register["units"]}


def test_every_submission_is_marked_synthetic(invented: Written) -> None:
    assert {document["provenance"] for document in invented.values()} == {"synthetic"}


@pytest.mark.parametrize("file", ["huyen", *BLOCS])
def test_reported_figures_are_kept(file: str, reported: Written, invented: Written) -> None:
    kept = figures(reported[file])
    assert kept == {name: figures(invented[file])[name] for name in kept}


@pytest.mark.parametrize("bloc", BLOCS)
def test_a_bloc_is_the_sum_of_its_units(bloc: str, invented: Written) -> None:
    parts = list(children(invented, bloc))
    additive = {
        name: value
        for name, value in figures(invented[bloc]).items()
        if name in parts[0] and not (bloc == "cap-xa" and name.startswith(SHARED_BY_COMMUNES))
    }
    assert additive == {name: sum(part[name] for part in parts) for name in additive}
    assert len(additive) > 30


def test_the_communes_share_the_list_of_procedures(invented: Written) -> None:
    bloc = figures(invented["cap-xa"])
    shared = {name: value for name, value in bloc.items() if name.startswith(SHARED_BY_COMMUNES)}
    for commune in children(invented, "cap-xa"):
        assert {name: commune[name] for name in shared} == shared


def test_the_district_is_the_sum_of_its_blocs(invented: Written) -> None:
    first, second = (figures(invented[bloc]) for bloc in BLOCS)
    additive = {name: value for name, value in figures(invented["huyen"]).items() if name in first}
    assert additive == {name: first[name] + second[name] for name in additive}
    assert len(additive) > 30


@pytest.mark.parametrize("file", FILES)
def test_every_whole_is_the_sum_of_its_parts(file: str, invented: Written) -> None:
    values = figures(invented[file])
    for whole, parts in WHOLES.items():
        assert values[whole] == sum(values[part] for part in parts), whole


@pytest.mark.parametrize("file", FILES)
def test_dossiers_received_are_those_resolved_and_pending(file: str, invented: Written) -> None:
    values = figures(invented[file])
    assert values["dossiers.received_total"] == values["dossiers.resolved"] + values["dossiers.pending"]
    assert values["dossiers.received_online"] == values["online.dossiers"]


@pytest.mark.parametrize("file", FILES)
def test_every_stated_rate_is_right_at_its_printed_decimals(file: str, invented: Written) -> None:
    values = figures(invented[file])
    for rate, text in flatten(invented[file]["stated"]).items():
        numerator, denominator = RATES[rate]
        exact = 100 * values[numerator] / values[denominator]
        points, _, decimals = text.rstrip("%").partition(",")
        stated, last = Fraction(f"{points}.{decimals or 0}"), Fraction(1, 10 ** len(decimals))
        assert -last / 2 <= exact - stated < last / 2, rate
        assert text not in {"100%", "0%"} or exact == stated, rate


def test_only_two_communes_have_late_dossiers(invented: Written) -> None:
    late = {file: figures(document)["dossiers.resolved_late"] for file, document in invented.items()}
    assert {file: count for file, count in late.items() if count and file not in {"huyen", *BLOCS}} == {
        "thi-tran-dai-ngai": 1,
        "xa-phu-huu": 6,
    }


def test_broadcasts_times_minutes_cover_the_total(invented: Written) -> None:
    values = figures(invented["huyen"])
    low, high = (int(text) for text in invented["huyen"]["figures"]["communication"]["minutes_each"])
    broadcasts = values["communication.broadcasts"]
    assert low * broadcasts <= values["communication.minutes_total"] <= high * broadcasts
