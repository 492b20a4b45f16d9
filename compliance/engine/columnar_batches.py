"""Which submissions are evaluated together, so that memory stays bounded whatever the table's size?

A rule looks at a unit's own rows of any period and at those of the units above, beside and below it. The
units under one that stands under no other, with all their periods, are therefore decided without the rest: a
batch holds whole trees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.register import Register

ROWS = 200_000
"""Submissions of one batch, within those of a tree; a greater tree makes a batch of its own."""
CLUSTER_ROWS = 50_000_000
"""The same on Spark, which spreads a batch over its machines itself, and plans for seconds for each."""


def split_trees(register: Register, rows: Mapping[str, int], most: int) -> Mapping[str, int]:
    """The number of the batch of each unit; batches are about alike, trees without rows are in the first."""
    tops: dict[str, str] = {}
    for unit in register.units:
        tops[unit] = (register.ancestors(unit) or (unit,))[-1]
    sizes: dict[str, int] = {}
    for unit, count in rows.items():
        sizes[tops[unit]] = sizes.get(tops[unit], 0) + count
    total = sum(sizes.values())
    share = total / max(1, round(total / most))
    batches: dict[str, int] = {}
    batch = filled = 0
    for top, size in sizes.items():
        if filled and filled + size / 2 > share * (batch + 1):
            batch += 1
        batches[top] = batch
        filled += size
    return {unit: batches.get(top, 0) for unit, top in tops.items()}


def cut_table(
    engine: Engine, table: Any, units: Any, batches: Mapping[str, int], folder: Path
) -> Iterator[tuple[Any, Any]]:
    """Submissions and units of one batch after the other, as native frames that are computed once.

    More than one batch are first written apart into `folder`, which grows to the size of the table.
    """
    last = max(batches.values(), default=0)
    if not last:
        yield engine.settle(table), engine.settle(units)
        return
    columns: dict[str, list[Any]] = {"unit": list(batches), "batch": list(batches.values())}
    numbered = nw.from_native(engine.make(columns, {"unit": "text", "batch": "int"})).lazy()
    for name, frame in (("rows", table), ("units", units)):
        whole = nw.from_native(frame).lazy().join(numbered, on="unit", how="inner")
        engine.spread(whole.to_native(), "batch", folder / name)
    for batch in range(last + 1):
        rows, below = (engine.scan(folder / name / f"batch={batch}") for name in ("rows", "units"))
        yield engine.settle(rows), engine.settle(below)
