"""Do the columns decide every cell as the interpreter does, on every engine?

    python benchmarks/equivalence.py [--engines polars,duckdb,spark] [--rules 1000] [--rows 400]

Packs of generated rules, each over its own generated submissions, and every dataset with the whole Long Phú
pack. A cell is what one rule says of one submission: outcome and reason code. Rules that the columns leave to
the interpreter are not counted. Ends with 1 where a cell differs. Needs the extras `dev`, `bulk` and, for
Spark, `spark`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compliance.engine.columnar_engines import MissingEngineError, open_engine
from compliance.engine.columnar_failures import NoJavaError
from compliance.engine.columnar_plan import plan_pack
from compliance.pipeline import dataset, load_pack, read_submissions
from tests.columnar_samples import (
    Maker,
    decide_by_columns,
    decide_by_interpreter,
    differing,
    leave_exact,
)
from tests.engine.conftest import Bench

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.expressions import CompiledPack
    from compliance.model.submission import Submission

    Sample = tuple[CompiledPack, Sequence[Submission]]

DATASETS = ("long-phu-2020-h1", "long-phu-2020-h1-units", "long-phu-2020-h1-faulty")
ROWS_OF_A_DISTRICT = 40
"""Fewer than a district of generated units has: about 45."""
SHOWN = 5
"""Differing cells that are printed of each sample."""


def open_engines(names: Sequence[str]) -> Iterator[tuple[str, Engine]]:
    """The engines that are there; of the others it is said that they are left out."""
    for name in names:
        try:
            yield name, open_engine(name)
        except MissingEngineError as missing:
            print(f"{name} is left out: {missing} is not installed")
        except NoJavaError:
            print(f"{name} is left out: there is no Java")


def draw_packs(rules: int, rows: int) -> Iterator[Sample]:
    """Packs, each with so many submissions, until so many written rules are decided in columns."""
    bench, decided, seed = Bench(), 0, 0
    while decided < rules:
        maker = Maker(bench, seed, -(-rows // ROWS_OF_A_DISTRICT))
        compiled = bench.compile(maker.pack())
        decided += count_rules(compiled)[0]
        seed += 1
        yield compiled, maker.submissions(compiled.pack.units)[:rows]


def count_rules(compiled: CompiledPack) -> tuple[int, int]:
    """How many rules the columns decide: written ones, and those that follow from the figures."""
    written = {rule.id for rule in compiled.pack.rules if not rule.generated}
    planned = [rule.rule for rule in plan_pack(compiled).rules]
    count = len(written.intersection(planned))
    return count, len(planned) - count


def read_dataset(name: str) -> Sample:
    """A dataset without what a table cannot hold: ranges, approximate figures, cited documents."""
    compiled, problems = load_pack("long-phu-2020")
    if compiled is None:
        sys.exit("\n".join(map(str, problems)))
    read, _, _ = read_submissions((dataset(name),), compiled.pack)
    return compiled, [leave_exact(submission) for submission in read]


def compare(sample: Sample, engines: Sequence[str]) -> dict[str, Counter[str]]:
    """What is counted of one sample, by engine; the interpreter is asked once for all of them."""
    compiled, submissions = sample
    written, following = count_rules(compiled)
    expected = decide_by_interpreter(compiled, submissions)
    counts = {}
    for engine in engines:
        started = time.monotonic()
        decided = decide_by_columns(compiled, submissions, engine)
        wrong = differing(expected, decided)
        for key, interpreter, columns in wrong[:SHOWN]:
            print(f"  {engine}: {' '.join(key)}: interpreter {interpreter}, columns {columns}", flush=True)
        counts[engine] = Counter(
            packs=1,
            written=written,
            following=following,
            rows=len(submissions),
            cells=len(expected.keys() | decided.keys()),
            differing=len(wrong),
            milliseconds=round(1000 * (time.monotonic() - started)),
        )
    return counts


def show(name: str, counts: dict[str, Counter[str]]) -> None:
    """A line for each engine."""
    for engine, count in counts.items():
        print(
            f"{name}, {engine}: {count['packs']} packs, {count['written']} written rules and"
            f" {count['following']} that follow, {count['rows']} rows, {count['cells']} cells compared,"
            f" {count['differing']} differing, {count['milliseconds'] / 1000:.1f} s",
            flush=True,
        )


def main() -> None:
    """Compare generated packs, then each dataset."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--engines", default="polars,duckdb,spark")
    options.add_argument("--rules", type=int, default=1000)
    options.add_argument("--rows", type=int, default=400)
    chosen = options.parse_args()
    opened = dict(open_engines(chosen.engines.split(",")))
    engines = list(opened)
    totals: dict[str, Counter[str]] = {engine: Counter() for engine in engines}
    for place, sample in enumerate(draw_packs(chosen.rules, chosen.rows), start=1):
        for engine, count in compare(sample, engines).items():
            totals[engine] += count
        print(f"  {place} packs compared", file=sys.stderr, flush=True)
    show("generated", totals)
    wrong = sum(count["differing"] for count in totals.values())
    for name in DATASETS:
        counts = compare(read_dataset(name), engines)
        show(name, counts)
        wrong += sum(count["differing"] for count in counts.values())
    for running in opened.values():
        running.close()
    sys.exit(1 if wrong or not opened else 0)


if __name__ == "__main__":
    main()
