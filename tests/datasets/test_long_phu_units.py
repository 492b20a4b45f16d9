"""Do the invented figures of the units add up to what the district reported? Asked without the engine."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATASETS = Path(__file__).parents[2] / "datasets"
REPORTED = DATASETS / "long-phu-2020-h1"
INVENTED = DATASETS / "long-phu-2020-h1-units"
DISTRICT = "soc-trang/long-phu"
BLOCS = (f"{DISTRICT}/cap-huyen", f"{DISTRICT}/cap-xa")
SHARED_BY_COMMUNES = ("one_stop.", "online.procedures", "postal.procedures_registered")
"""The communes apply one list of procedures: theirs is the bloc's, not a part of it."""

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
    "online.dossiers": tuple(
        f"online.{field}_online" for field in ("land", "household", "construction", "trade", "other")
    ),
    "online.fields_total": tuple(
        f"online.{field}_total" for field in ("land", "household", "construction", "trade", "other")
    ),
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


def counts(document: Mapping[str, Any]) -> dict[str, int]:
    """The whole numbers of a submission; percentages, ranges, approximate figures and booleans left out."""
    written = {name: text for name, text in flatten(document["figures"]).items() if isinstance(text, str)}
    digits = {name: text.replace(".", "") for name, text in written.items()}
    return {name: int(text) for name, text in digits.items() if text.isdigit()}


def submissions(folder: Path) -> dict[str, dict[str, Any]]:
    documents = (
        yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- BaseLoader makes only text
        for path in sorted(folder.glob("*.yaml"))
    )
    return {document["unit"]: document for document in documents}


UNITS = submissions(INVENTED)


def children(parent: str) -> Iterator[Mapping[str, Any]]:
    return (document for unit, document in UNITS.items() if unit.rpartition("/")[0] == parent)


def test_every_unit_of_the_register_has_a_submission() -> None:
    register = Path(__file__).parents[2] / "rules" / "long-phu-2020" / "units.yaml"
    assert set(UNITS) == {unit["id"] for unit in yaml.safe_load(register.read_text("utf-8"))["units"]}


def test_every_submission_is_marked_synthetic() -> None:
    assert {document["provenance"] for document in UNITS.values()} == {"synthetic"}


@pytest.mark.parametrize("unit", [DISTRICT, *BLOCS])
def test_reported_counts_are_kept(unit: str) -> None:
    reported, invented = counts(submissions(REPORTED)[unit]), counts(UNITS[unit])
    assert reported == {name: invented[name] for name in reported}


@pytest.mark.parametrize("bloc", BLOCS)
def test_a_bloc_is_the_sum_of_its_units(bloc: str) -> None:
    parts = [counts(document) for document in children(bloc)]
    additive = {
        name: value
        for name, value in counts(UNITS[bloc]).items()
        if name in parts[0] and not (bloc.endswith("cap-xa") and name.startswith(SHARED_BY_COMMUNES))
    }
    assert additive == {name: sum(part[name] for part in parts) for name in additive}
    assert len(additive) > 30


def test_the_communes_share_the_list_of_procedures() -> None:
    bloc = counts(UNITS[BLOCS[1]])
    shared = {name: value for name, value in bloc.items() if name.startswith(SHARED_BY_COMMUNES)}
    for document in children(BLOCS[1]):
        assert {name: counts(document)[name] for name in shared} == shared


def test_the_district_is_the_sum_of_its_blocs() -> None:
    first, second = (counts(UNITS[bloc]) for bloc in BLOCS)
    additive = {name: value for name, value in counts(UNITS[DISTRICT]).items() if name in first}
    assert additive == {name: first[name] + second[name] for name in additive}


@pytest.mark.parametrize("unit", UNITS)
def test_every_whole_is_the_sum_of_its_parts(unit: str) -> None:
    figures = counts(UNITS[unit])
    for whole, parts in WHOLES.items():
        assert figures[whole] == sum(figures[part] for part in parts), whole


@pytest.mark.parametrize("unit", UNITS)
def test_received_is_resolved_and_pending(unit: str) -> None:
    figures = counts(UNITS[unit])
    assert figures["dossiers.received_total"] == figures["dossiers.resolved"] + figures["dossiers.pending"]
    assert figures["dossiers.received_online"] == figures["online.dossiers"]


@pytest.mark.parametrize("unit", UNITS)
def test_every_stated_rate_is_right_at_its_printed_decimals(unit: str) -> None:
    figures = counts(UNITS[unit])
    for rate, text in flatten(UNITS[unit]["stated"]).items():
        numerator, denominator = RATES[rate]
        exact = Fraction(100 * figures[numerator], figures[denominator])
        points, _, decimals = text.rstrip("%").partition(",")
        stated, unit_of_last = Fraction(f"{points}.{decimals or 0}"), Fraction(1, 10 ** len(decimals))
        assert -unit_of_last / 2 <= exact - stated < unit_of_last / 2, rate
        assert text not in {"100%", "0%"} or exact == stated, rate


def test_only_two_communes_have_late_dossiers() -> None:
    late = {
        unit.rpartition("/")[2]: counts(document)["dossiers.resolved_late"]
        for parent in BLOCS
        for unit, document in UNITS.items()
        if unit.startswith(f"{parent}/") and counts(document)["dossiers.resolved_late"]
    }
    assert late == {"thi-tran-dai-ngai": 1, "xa-phu-huu": 6}


def test_broadcasts_times_minutes_cover_the_total() -> None:
    figures = counts(UNITS[DISTRICT])
    low, high = (int(text) for text in UNITS[DISTRICT]["figures"]["communication"]["minutes_each"])
    broadcasts = figures["communication.broadcasts"]
    assert low * broadcasts <= figures["communication.minutes_total"] <= high * broadcasts
