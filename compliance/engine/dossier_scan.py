"""How many records of a ledger are in each situation, which dossiers stand twice, and which are to be listed?

One pass counts the records by unit, channel, result and situation; only these few counts reach Python. The
same expressions run on every engine; DuckDB keeps within its memory and spills the rest to the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.dossier_situations import UNREADABLE, WRITTEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.dossier_counting import Key
    from compliance.engine.dossier_ledger import Frame
    from compliance.engine.dossier_situations import Calendar

MOST_GROUPS = 2_000_000
"""Beyond this the units, channels or results of a ledger are free text, and no count of it means anything."""
_WORDS = ("unit", "channel", "result")
_WRITTEN = tuple(f"{name}{WRITTEN}" for name in UNREADABLE)
_ORDER = (
    "unit", "dossier", "received", "resolved", "channel", "result", "procedure", "field", *_WRITTEN, "due",
)  # fmt: skip
"""So that equal inputs are listed equally on every engine."""
_SHOWN = ("dossier", "field", "procedure", *_WORDS, *UNREADABLE, *_WRITTEN)
Row = dict[str, Any]


class TooManyGroupsError(Exception):
    """More than `MOST_GROUPS` combinations of unit, channel, result and situation."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger in canonical columns, and the calendar it is counted by."""

    engine: Engine
    rows: Frame
    calendar: Calendar

    @classmethod
    def open(cls, engine: Engine, native: Any, calendar: Calendar) -> Ledger:
        """A ledger over a native frame."""
        rows = nw.from_native(native).lazy().with_columns(*(nw.col(word).fill_null("") for word in _WORDS))
        return cls(engine, rows.with_columns(_number(calendar).alias("situation")), calendar)

    def count(self, rows: Frame | None = None) -> dict[Key, int]:
        """How many records there are of each key.

        Raises:
            TooManyGroupsError: the words of the ledger are free text.
        """
        grouped = (self.rows if rows is None else rows).group_by(*_WORDS, "situation")
        counted = grouped.agg(nw.len().alias("records")).head(MOST_GROUPS + 1)
        found = {
            (row["unit"], row["channel"], row["result"], row["situation"]): row["records"]
            for row in self.engine.fetch(counted.to_native())
        }
        if len(found) > MOST_GROUPS:
            raise TooManyGroupsError
        return found

    def list_rows(
        self,
        keys: Collection[Key],
        *,
        most: int,
        order: str = "",
        rows: Frame | None = None,
    ) -> list[Row]:
        """The records of some keys, at most so many: the longest after `order`, a day, first.

        `order` is `resolved` or `due`, or empty for the order of units and dossiers.
        """
        if not keys:
            return []
        found = self._of(keys, self.rows if rows is None else rows).select(*_SHOWN)
        if order == "resolved":
            found = found.with_columns((nw.col("resolved") - nw.col("due")).alias("late"))
            descending = [True, *(False for _ in _ORDER)]
            found = found.sort("late", *_ORDER, descending=descending, nulls_last=True)
        else:
            found = found.sort(*(["due"] if order else []), *_ORDER, nulls_last=True)
        return self.engine.fetch(found.head(most).select(*_SHOWN).to_native())

    def gather(self, keys: Collection[Key]) -> Frame:
        """The records of some keys, put aside by the engine."""
        gathered: Frame = nw.from_native(self.engine.settle(self._of(keys, self.rows).to_native())).lazy()
        return gathered

    def _of(self, keys: Collection[Key], rows: Frame) -> Frame:
        names = {name: [key[place] for key in keys] for place, name in enumerate((*_WORDS, "situation"))}
        kinds = dict.fromkeys(_WORDS, "text") | {"situation": "int"}
        wanted = nw.from_native(self.engine.make(names, kinds)).lazy()
        numbers = sorted({key[3] for key in keys})
        found: Frame = rows.filter(nw.col("situation").is_in(numbers))
        return found.join(wanted, on=[*_WORDS, "situation"], how="semi")


@dataclass(frozen=True, slots=True)
class Repeats:
    """The records whose dossier stands more than once."""

    groups: Mapping[Key, int]
    """All of them by key."""
    once: Mapping[Key, int]
    """By key, of each dossier in each unit only the record that was closed last."""
    in_unit: Mapping[str, int]
    """By unit, how many records there are beyond the first of their dossier."""
    across: Mapping[str, int]
    """By unit, how many of its dossiers stand in another unit too."""
    in_unit_rows: Sequence[Row]
    across_rows: Sequence[Row]
    repeated: Frame
    """The dossiers."""
    kept: Frame
    """The records behind `once`."""

    def keep_once(self, rows: Frame) -> Frame:
        """Records of the ledger with every dossier of a unit once."""
        columns = rows.collect_schema().names()
        others = rows.join(self.repeated, on="dossier", how="anti").select(*columns)
        return nw.concat([others, self.kept.select(*columns)])


def find_repeats(ledger: Ledger, names: Mapping[str, str], *, most: int) -> Repeats | None:
    """The dossiers that stand more than once; None where there are none.

    `names` gives the unit of each way in which the ledger writes one; `most` bounds what is listed.
    """
    named = ledger.rows.filter(nw.col("dossier") != nw.lit(""))
    repeated = named.group_by("dossier").agg(nw.len().alias("times")).filter(nw.col("times") > 1)
    repeated = nw.from_native(ledger.engine.settle(repeated.select("dossier").to_native())).lazy()
    if not ledger.engine.fetch(repeated.head(1).to_native()):
        return None
    known = ledger.engine.make(
        {"unit": list(names), "known": list(names.values())}, {"unit": "text", "known": "text"}
    )
    rows = named.join(repeated, on="dossier", how="semi")
    rows = rows.join(nw.from_native(known).lazy(), on="unit", how="left")
    rows = nw.from_native(ledger.engine.settle(rows.to_native())).lazy()
    once = _keep_last(rows)
    pairs = rows.group_by("known", "dossier").agg(nw.len().alias("times"))
    several = pairs.group_by("dossier").agg(nw.len().alias("units")).filter(nw.col("units") > 1)
    across = pairs.join(several.select("dossier"), on="dossier", how="semi")
    in_unit = pairs.filter(nw.col("times") > 1)
    return Repeats(
        groups=ledger.count(rows),
        once=ledger.count(once),
        in_unit=_sum(ledger.engine, in_unit, nw.col("times").sum() - nw.len()),
        across=_sum(ledger.engine, across, nw.len()),
        in_unit_rows=_first(ledger.engine, in_unit, most),
        across_rows=_first(ledger.engine, across, most),
        repeated=repeated,
        kept=once,
    )


def _keep_last(rows: Frame) -> Frame:
    """Of each dossier in each unit the record that was closed last; of equals the same on every engine."""
    missing = nw.lit("0001-01-01").str.to_date(format="%Y-%m-%d")
    order = [
        nw.coalesce(nw.col(name), missing).alias(f"by_{name}") for name in ("resolved", "received", "due")
    ]
    by = ["by_resolved", "by_received", "by_due", *_WORDS]
    return rows.with_columns(*order).unique(subset=["known", "dossier"], keep="last", order_by=by)


def _sum(engine: Engine, pairs: Frame, count: nw.Expr) -> dict[str, int]:
    summed = pairs.group_by("known").agg(count.alias("count"))
    return {row["known"]: row["count"] for row in engine.fetch(summed.to_native())}


def _first(engine: Engine, pairs: Frame, most: int) -> list[Row]:
    return engine.fetch(pairs.sort("known", "dossier").head(most).to_native())


def _number(calendar: Calendar) -> nw.Expr:
    """The number of a record's situation, see `Situation.decode`."""
    received, due, closed = nw.col("received"), nw.col("due"), nw.col("resolved")
    days = calendar.days
    due_place = [part for day in days for part in (due >= _day(day), due > _day(day))]
    parts = (
        _place(received, calendar),
        _place(closed, calendar),
        _after_null(due, due_place),
        nw.when(closed.is_null() | due.is_null())
        .then(nw.lit(0))
        .otherwise(_flag(closed >= due) + _flag(closed > due) + nw.lit(1)),
        _flag(closed < received),
        _flag(due < received),
        _flag(nw.col("dossier").is_null() | (nw.col("dossier") == nw.lit(""))),
        nw.col("unreadable"),
    )
    number, factor = nw.lit(0), 1
    for part, base in zip(parts, calendar.bases, strict=True):
        number += part * factor
        factor *= base
    return number.cast(nw.Int64())


def _place(day: nw.Expr, calendar: Calendar) -> nw.Expr:
    return _after_null(day, [day >= _day(calendar.start), *(day > _day(limit) for limit in calendar.days)])


def _after_null(day: nw.Expr, steps: Sequence[nw.Expr]) -> nw.Expr:
    """0 without a day, else 1 and one more for each step that holds."""
    place = nw.lit(1)
    for step in steps:
        place += _flag(step)
    return nw.when(day.is_null()).then(nw.lit(0)).otherwise(place)


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _day(day: date) -> nw.Expr:
    return nw.lit(day, nw.Date())
