"""How fast is a ledger reconciled with the reports, and in how much memory, beside DuckDB SQL by hand?

    python benchmarks/reconcile.py [--sizes 1000000,20000000] [--communes 10000] [--repeats 3] [--memory 2GB]

A country's ledger is invented with its reports, and ten faults in them. Each side runs in processes of its
own, in turn, and does the same work: the columns of form II.06a by unit against what was reported, late
dossiers with their days, records that cannot be, dossiers that stand twice. The results must be equal. Both
may take the same memory in DuckDB; the peak is that of the whole process. Where others use the machine too,
the seconds of processors say more than those of the clock. `--engine` runs the program on another engine.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDES = ("program", "hand")
SEED = 2020
AS_OF = date(2020, 7, 10)
START, END = date(2020, 1, 1), date(2020, 6, 30)
LISTED = 10_000
_MIB = 1024

COUNTS = {
    "received_online": "received >= {start} AND channel = 'online'",
    "received_direct": "received >= {start} AND channel <> 'online'",
    "carried_over": "received < {start}",
    "resolved_early": "is_closed AND result = 'resolved' AND resolved < due",
    "resolved_on_day": "is_closed AND result = 'resolved' AND (due IS NULL OR resolved = due)",
    "resolved_late": "is_closed AND result = 'resolved' AND resolved > due",
    "returned_or_withdrawn": "is_closed AND result <> 'resolved'",
    "pending_in_time": "NOT is_closed AND (due IS NULL OR due >= {end})",
    "pending_overdue": "NOT is_closed AND due < {end}",
}
"""The columns that others are sums of; a record that counts is in the books by the period's end."""
SUMS = {
    "received_total": ("received_online", "received_direct", "carried_over"),
    "resolved_in_time": ("resolved_early", "resolved_on_day"),
    "resolved": ("resolved_early", "resolved_on_day", "resolved_late"),
    "pending": ("pending_in_time", "pending_overdue"),
}
FAULTS = {
    "unknown_unit": "unit NOT IN (SELECT unit FROM reported)",
    "resolved_before_received": "resolved < received",
    "due_before_received": "due < received",
    "out_of_period": "received > {end}",
    "missing_dossier": "dossier IS NULL OR dossier = ''",
    "missing_received": "received IS NULL",
    "unknown_channel": "channel IS NULL OR channel NOT IN ('online', 'direct', 'postal')",
    "unknown_result": "result NOT IN ('resolved', 'returned', 'withdrawn')",
    "result_without_day": "result IS NOT NULL AND resolved IS NULL",
    "day_without_result": "result IS NULL AND resolved IS NOT NULL",
}


def by_hand(folder: Path, memory: str) -> dict[str, Any]:
    """The same in SQL as an analyst writes it for this ledger, its headings and this period only."""
    import duckdb  # noqa: PLC0415 - each side loads what it needs

    database = duckdb.connect()
    for setting in (f"memory_limit = '{memory}'", "preserve_insertion_order = false"):
        database.execute(f"SET {setting}")
    database.execute(f"SET temp_directory = '{folder / 'spill'}'")
    days = {"start": f"DATE '{START}'", "end": f"DATE '{END}'"}
    database.execute(f"""
        CREATE TEMP TABLE reported AS FROM read_csv('{folder}/so-lieu/*.csv', delim = ';', header = true);
        CREATE VIEW ledger AS FROM '{folder}/so-ho-so/*.parquet';
        CREATE VIEW countable AS SELECT *, coalesce(resolved <= {days["end"]}, false) AS is_closed
          FROM ledger WHERE unit IN (SELECT unit FROM reported) AND received <= {days["end"]}
          AND NOT coalesce(resolved < {days["start"]} AND received < {days["start"]}, false);
        CREATE TEMP TABLE repeated AS
          SELECT dossier FROM ledger WHERE dossier <> '' GROUP BY dossier HAVING count(*) > 1;
        CREATE TEMP TABLE superfluous AS SELECT * EXCLUDE place FROM (
          SELECT *, row_number() OVER (PARTITION BY unit, dossier
            ORDER BY resolved DESC NULLS LAST, received DESC, due DESC NULLS LAST, channel, result) AS place
          FROM countable SEMI JOIN repeated USING (dossier)) WHERE place > 1;
    """)
    counts = ", ".join(f"count(*) FILTER ({rule.format(**days)}) AS {name}" for name, rule in COUNTS.items())
    faults = ", ".join(f"count(*) FILTER ({rule.format(**days)}) AS {name}" for name, rule in FAULTS.items())
    return {
        "columns": _columns_by_hand(database, counts),
        "late": _late_by_hand(database, days["end"]),
        "faults": _faults_by_hand(database, faults, days),
    }


def _rows(database: Any, query: str) -> list[dict[str, Any]]:
    found = database.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _columns_by_hand(database: Any, counts: str) -> dict[str, dict[str, list[int]]]:
    """By unit and column what the ledger comes to and what was reported."""
    totals = {
        row.pop("unit"): row for row in _rows(database, f"SELECT unit, {counts} FROM countable GROUP BY unit")
    }
    for row in _rows(database, f"SELECT unit, {counts} FROM superfluous GROUP BY unit"):
        for name in COUNTS:
            totals[row["unit"]][name] -= row[name]
    columns = {}
    for reported in _rows(database, "FROM reported"):
        total = totals.get(reported["unit"])
        if total is not None:
            total |= {whole: sum(total[part] for part in parts) for whole, parts in SUMS.items()}
            columns[reported["unit"]] = {
                name: [total[name], reported[f"dossiers.{name}"]] for name in sorted(total)
            }
    return columns


def _late_by_hand(database: Any, end: str) -> list[list[Any]]:
    """Dossiers resolved late and dossiers overdue, the longest first, so many of either."""
    listed = []
    for day, rule in (
        ("resolved", "is_closed AND result = 'resolved' AND resolved > due"),
        (end, f"NOT is_closed AND due < {end}"),
    ):
        query = f"""
            SELECT unit, dossier, {day} - due AS days, field, procedure, received, due, resolved
            FROM countable ANTI JOIN superfluous USING (unit, dossier) WHERE {rule}
            ORDER BY days DESC, unit, dossier LIMIT {LISTED}
        """
        listed += [[row["unit"], row["dossier"], row["days"]] for row in _rows(database, query)]
    return listed


def _faults_by_hand(database: Any, faults: str, days: dict[str, str]) -> dict[str, list[Any]]:
    """By kind how many records cannot be, and the first of them; repeated dossiers too."""
    (counted,) = _rows(database, f"SELECT {faults} FROM ledger")
    found = {}
    for name, count in counted.items():
        if count:
            rule = FAULTS[name].format(**days)
            query = f"SELECT * FROM ledger WHERE {rule} ORDER BY unit, dossier LIMIT {LISTED}"
            found[name] = [count, [row["dossier"] for row in _rows(database, query)]]
    query = f"""
        SELECT unit, dossier, count(*) AS times FROM ledger SEMI JOIN repeated USING (dossier)
        GROUP BY unit, dossier HAVING times > 1 ORDER BY unit, dossier LIMIT {LISTED}
    """
    twice = _rows(database, query)
    if twice:
        found["repeated_in_unit"] = [
            sum(row["times"] - 1 for row in twice),
            [row["dossier"] for row in twice],
        ]
    return found


def by_program(folder: Path, communes: int, memory: str, engine: str) -> dict[str, Any]:
    """What `compliance reconcile` comes to, in the shape of `by_hand`."""
    from compliance.reconcile_pipeline import Bounds, reconcile  # noqa: PLC0415 - each side loads what it needs

    stages: list[tuple[str, float]] = []
    result, problems = reconcile(
        [folder / "so-ho-so"],
        [folder / "so-lieu"],
        str(folder / "bo-quy-tac" / f"gia-dinh-{communes}"),
        engine=engine,
        as_of=AS_OF,
        bounds=Bounds(memory=memory, listed=LISTED),
        progress=lambda stage: stages.append((stage, time.perf_counter())),
    )
    if result is None:
        sys.exit("\n".join(map(str, problems)))
    return {
        "columns": {
            unit.unit: {
                column.indicator.partition(".")[2]: [column.expected, column.reported]
                for column in sorted(unit.columns, key=lambda column: column.indicator)
            }
            for unit in result.units
            if unit.level == "commune" and unit.records
        },
        "late": [[item.unit, item.dossier, item.days] for item in result.late],
        "faults": {
            item.fault: [item.count, [record.dossier for record in item.records]] for item in result.faults
        },
        "stages": stages,
    }


def run_side(side: str, folder: Path, communes: int, memory: str, engine: str) -> None:
    """One side, once: its results into a file, seconds and the peak of memory printed."""
    started = time.perf_counter()
    found = by_hand(folder, memory) if side == "hand" else by_program(folder, communes, memory, engine)
    seconds = time.perf_counter() - started
    times = [(name, at - started) for name, at in found.pop("stages", [])]
    (folder / f"{side}.json").write_text(json.dumps(found, sort_keys=True), encoding="utf-8")
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    print(json.dumps({"seconds": seconds, "cpu": spent, "mib": used.ru_maxrss // _MIB, "stages": times}))


def _child(*arguments: object) -> dict[str, Any]:
    """Run this file again in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    printed: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return printed


def invent(folder: Path, records: int, communes: int) -> None:
    """The ledger and its reports, with every fault."""
    started = time.perf_counter()
    command = ["invent", "ledger", "--pack", "vietnam-2020", "--units", communes, "--records", records]
    command += ["--seed", SEED, "--fault", "all", "-q", "-o", folder]
    subprocess.run([sys.executable, ROOT / "cli.py", *map(str, command)], check=True)
    size = sum(path.stat().st_size for path in (folder / "so-ho-so").iterdir())
    seconds = timedelta(seconds=round(time.perf_counter() - started))
    print(
        f"{records} records of {communes} communes: {size / 2**20:.0f} MiB of parquet, invented in {seconds}"
    )


def measure(folder: Path, options: argparse.Namespace) -> float:
    """Both sides in turn; the median seconds of the program."""
    common = ("--folder", folder, "--communes", options.communes, "--memory", options.memory)
    runs: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for _ in range(options.repeats):
        for side in SIDES:
            ran = _child("--side", side, "--engine", options.engine, *common)
            print(f"    {side} {ran['seconds']:.1f} s, {ran['cpu']:.1f} s of processors", file=sys.stderr)
            runs[side].append(ran)
    results = [(folder / f"{side}.json").read_text(encoding="utf-8") for side in SIDES]
    seconds, spent = (
        {side: statistics.median(float(run[kind]) for run in runs[side]) for side in SIDES}
        for kind in ("seconds", "cpu")
    )
    for side in SIDES:
        spread = ", ".join(f"{run['seconds']:.1f}" for run in runs[side])
        peak = max(run["mib"] for run in runs[side])
        clock = f"{seconds[side]:8.1f} s ({spread})"
        print(f"  {side:<8} {clock}   {spent[side]:8.1f} s of processors   peak {peak} MiB")
    stages = runs["program"][-1]["stages"]
    print("  stages of the program from: " + ", ".join(f"{name} {at:.1f} s" for name, at in stages))
    equal = "equal" if results[0] == results[1] else "DIFFERENT"
    ratio, of_processors = (spans["program"] / spans["hand"] for spans in (seconds, spent))
    print(f"  {ratio:.2f} times by hand, {of_processors:.2f} times of processors; results {equal}")
    return seconds["program"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size, then say how the cost grows."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000000,20000000")
    parser.add_argument("--communes", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--keep", type=Path, help="where the ledgers are kept and found again")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.side:
        run_side(options.side, options.folder, options.communes, options.memory, options.engine)
        return
    spent: dict[int, float] = {}
    with TemporaryDirectory() as temporary:
        for size in map(int, options.sizes.split(",")):
            folder = (options.keep or Path(temporary)) / f"{size}-{options.communes}"
            if not folder.exists():
                invent(folder, size, options.communes)
            spent[size] = measure(folder, options)
    sizes = sorted(spent)
    for less, more in pairwise(sizes):
        print(f"{more / less:.0f} times the records: {spent[more] / spent[less]:.1f} times the seconds")


if __name__ == "__main__":
    main()
