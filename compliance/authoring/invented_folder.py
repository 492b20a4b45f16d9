"""What stands in a folder of invented submissions or of an invented ledger, and how does it get there?

The folder is filled beside its place and moved into it when all of it is there. Everything in it says that it
is invented.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.authoring.invented_faults import plant_faults
from compliance.authoring.invented_ledger import open_database, write_ledger
from compliance.authoring.invented_plan import plan_ledger
from compliance.authoring.invented_register import invent_units, render_pack, reporting_units
from compliance.authoring.invented_submissions import compose_reports, render_report, render_tables
from compliance.authoring.invented_tables import TableSize, write_table
from compliance.intake.packs import available_packs, read_pack
from compliance.messages import text
from compliance.numerals import format_count, format_date
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from compliance.authoring.invented_faults import FaultName, Planted
    from compliance.authoring.invented_submissions import Report
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Unit

LEDGER, REPORTS, PACKS, ANSWERS, README = "so-ho-so", "so-lieu", "bo-quy-tac", "loi-da-tao.yaml", "README.md"
MOST_FILES = 100
"""Reports beyond which they are written as tables, not a file each."""


@dataclass(frozen=True, slots=True)
class Country:
    """Of whom figures are invented: the reporting units of a pack, or as many communes as are asked for."""

    pack: str | Path
    communes: int | None = None


@dataclass(frozen=True, slots=True)
class Invented:
    """What was written."""

    folder: Path
    units: int
    rows: int
    """Dossiers, or submissions."""
    planted: tuple[Planted, ...] = ()


@dataclass(frozen=True, slots=True)
class _Register:
    pack: RulePack
    units: tuple[Unit, ...]
    """Those that report."""
    files: dict[str, str]
    """The pack of invented units, by path below the folder."""
    option: str
    """The pack as a command names it."""


Problems = tuple[Problem, ...]


def invent_ledger(
    country: Country,
    period: Period,
    folder: Path,
    *,
    records: int,
    seed: int,
    cut_off: date | None = None,
    faults: Sequence[FaultName] = (),
) -> tuple[Invented | None, Problems]:
    """Write a ledger, the reports that follow from it, and what was planted in either.

    Raises:
        MissingEngineError: DuckDB is not installed.
        FileExistsError: the folder holds something.
        ValueError: the cut-off does not leave two days of the period.
        OSError: the folder cannot be written.
    """
    register, problems = _register(country)
    if register is None:
        return None, problems
    plan = plan_ledger(register.units, period, records, seed=seed, cut_off=cut_off)
    reports = compose_reports(plan, register.pack, {unit.id: unit for unit in register.units})
    with _filled(folder) as beside:
        database = open_database(beside)
        reports, amendment, planted, problems = plant_faults(faults, database, plan, reports)
        if not is_usable(problems):
            return None, problems
        (beside / LEDGER).mkdir()
        write_ledger(database, plan, beside / LEDGER, amendment)
        readme = text(
            "invent.readme.ledger",
            notice=text("invent.notice"),
            records=format_count(plan.records),
            units=format_count(len(plan.units)),
            period=period.label,
            cut_off=format_date(plan.window.end),
            seed=seed,
            pack=register.option,
        )
        answers = {ANSWERS: render_answers(planted)} if planted else {}
        _write(beside, {README: readme, **answers, **register.files, **_report_files(reports, register.pack)})
    return Invented(folder, len(plan.units), plan.records, planted), ()


def invent_submissions(country: Country, size: TableSize, folder: Path) -> tuple[Invented | None, Problems]:
    """Write a table of submissions and the list of its slips.

    Raises:
        MissingEngineError: DuckDB is not installed.
        FileExistsError: the folder holds something.
        OSError: the folder cannot be written.
    """
    register, problems = _register(country)
    if register is None:
        return None, problems
    rows = len(register.units) * len(size.periods)
    with _filled(folder) as beside:
        write_table(open_database(beside), register.pack, register.units, size, beside)
        readme = text(
            "invent.readme.submissions",
            notice=text("invent.notice"),
            rows=format_count(rows),
            units=format_count(len(register.units)),
            periods=len(size.periods),
            seed=size.seed,
            blank=size.blank,
            slipped=size.slipped,
            pack=register.option,
        )
        _write(beside, {README: readme, **register.files})
    return Invented(folder, len(register.units), rows), ()


def _register(country: Country) -> tuple[_Register | None, Problems]:
    pack, problems = read_pack(country.pack)
    if pack is None:
        return None, problems
    if country.communes is None:
        units = reporting_units(pack.units)
        if not units:
            return None, (Problem("invent.no_units", values={"pack": pack.header.id}),)
        return _Register(pack, units, {}, str(country.pack)), ()
    if pack.header.id not in available_packs():
        values = {"pack": pack.header.id, "known": ", ".join(available_packs())}
        return None, (Problem("invent.pack_elsewhere", values=values),)
    invented = invent_units(country.communes)
    name = f"gia-dinh-{country.communes}"
    files = render_pack(name, pack.header, invented)
    below = {f"{PACKS}/{name}/{file}": content for file, content in files.items()}
    return _Register(pack, reporting_units(invented), below, f"{PACKS}/{name}"), ()


def _report_files(reports: Sequence[Report], pack: RulePack) -> dict[str, str]:
    """A file for each report, or tables where there are many."""
    if len(reports) <= MOST_FILES:
        return {
            f"{REPORTS}/{report.unit.id.rpartition('/')[2]}.yaml": render_report(report, pack)
            for report in reports
        }
    tables = render_tables(reports, pack)
    return {f"{REPORTS}/so-lieu-{number:04d}.csv": table for number, table in enumerate(tables, start=1)}


def render_answers(planted: Sequence[Planted]) -> str:
    """What was planted, as a file in YAML."""
    lines = ["# provenance: synthetic", "planted:"]
    for item in planted:
        lines += [f"  - fault: {item.fault}", f"    unit: {item.unit}"]
        if item.figures:
            lines.append("    figures:")
            lines += [
                f"      {name}: {{reported: {reported}, ledger: {counted}}}"
                for name, (reported, counted) in item.figures.items()
            ]
        if item.stated:
            lines.append(f"    stated: {{reported: '{item.stated[0]}', ledger: '{item.stated[1]}'}}")
        if item.dossier:
            lines.append(f"    dossier: {item.dossier}")
    return "\n".join(lines) + "\n"


@contextmanager
def _filled(folder: Path) -> Iterator[Path]:
    """A folder beside the wanted one, moved into its place at the end; removed where something went wrong."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        yield beside
        if (beside / README).exists():
            beside.chmod(0o755)
            beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
