"""How long does it take to find the wrong figure among sixty identities, figures up to a thousand million?

    python benchmarks/large_system.py [--count 200] [--identities 60] [--slips 1]

Systems from a fixed seed: figures split into two to four parts until there are enough sums, every third sum
once more across the tree (a total over the parts of its parts), then slips at random places. Printed: the
median and the greatest time of one system, and how often every planted figure stands in a smallest set.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compliance.engine.cells import Cell
from compliance.engine.elimination import Key, Row
from compliance.engine.identities import Constraint, Identities
from compliance.engine.localize import Repair, localize

LARGEST = 10**9
SEED = 2020


def split(random: Random, whole: int) -> list[int]:
    """Two to four numbers that add up to the whole."""
    cuts = sorted(random.randint(0, whole) for _ in range(random.randint(1, 3)))
    return [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]


def build(random: Random, identities: int) -> tuple[dict[Key, int], list[Row]]:
    """Figures and the identities that hold among them."""
    values: dict[Key, int] = {("unit", "area.f0"): LARGEST}
    parts: dict[Key, list[Key]] = {}
    rows: list[Row] = []
    while len(rows) < identities:
        whole = random.choice([key for key in values if key not in parts])
        named = [("unit", f"area.f{len(values) + place}") for place in range(4)]
        made = dict(zip(named, split(random, values[whole]), strict=False))
        values |= made
        parts[whole] = list(made)
        rows.append(sum_up(whole, parts[whole]))
        above = next((key for key, below in parts.items() if whole in below), None)
        if above is not None and len(rows) % 3 == 0 and len(rows) < identities:
            beside = [key for key in parts[above] if key != whole]
            rows.append(sum_up(above, beside + parts[whole]))
    return values, rows


def sum_up(whole: Key, parts: list[Key]) -> Row:
    """The whole less its parts is nothing."""
    return Row({whole: 1} | dict.fromkeys(parts, -1), 0)


def measure(random: Random, identities: int, slips: int) -> tuple[float, bool]:
    """Seconds for one system, and whether every planted figure stands in a smallest set."""
    values, rows = build(random, identities)
    planted = random.sample(sorted(values), slips)
    for key in planted:
        values[key] += random.randint(1, 999)
    cells = {key: Cell(key, value) for key, value in values.items()}
    constraints = tuple(
        Constraint(f"R-{place}", not row.holds(values), (row,), None, row.keys)
        for place, row in enumerate(rows)
    )
    started = time.perf_counter()
    explanations = localize(Identities(cells, constraints, ()))
    seconds = time.perf_counter() - started
    return seconds, frozenset(planted) <= {
        change.key for one in explanations for repair in smallest(one.repairs) for change in repair.changes
    }


def smallest(repairs: tuple[Repair, ...]) -> list[Repair]:
    """Those of the fewest figures."""
    fewest = min((len(repair.changes) for repair in repairs), default=0)
    return [repair for repair in repairs if len(repair.changes) == fewest]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--identities", type=int, default=60)
    options.add_argument("--slips", type=int, default=1)
    chosen = options.parse_args()
    random = Random(SEED)  # noqa: S311 - repeatable draws, no secret
    measured = [measure(random, chosen.identities, chosen.slips) for _ in range(chosen.count)]
    seconds = [taken for taken, _ in measured]
    found = sum(is_found for _, is_found in measured)
    print(
        f"{chosen.count} systems of {chosen.identities} identities, {chosen.slips} slip(s):"
        f" median {statistics.median(seconds) * 1000:.1f} ms, at most {max(seconds) * 1000:.1f} ms,"
        f" every planted figure in a smallest set: {found}"
    )


if __name__ == "__main__":
    main()
