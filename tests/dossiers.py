"""Dossiers for tests of counting, and a count of them that shares nothing with the program."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.engine.columnar_engines import Engine

BLOC = "soc-trang/long-phu/cap-xa"
UNITS = (f"{BLOC}/xa-phu-huu", f"{BLOC}/xa-tan-hung", "soc-trang/long-phu/cap-huyen/phong-noi-vu")
START, CUT_OFF, END = date(2020, 1, 1), date(2020, 5, 4), date(2020, 6, 30)
MEANINGS = {"Trực tuyến": "online", "Đã giải quyết": "resolved"}
KINDS = {"received": "date", "due": "date", "resolved": "date"}


@dataclass(frozen=True)
class Dossier:
    """One row of a ledger; by default resolved on its due day."""

    dossier: str = "H1"
    unit: str = UNITS[0]
    field: str = "dat-dai"
    procedure: str = "thu-tuc"
    channel: str | None = "online"
    received: date | None = date(2020, 2, 3)
    due: date | None = date(2020, 2, 10)
    resolved: date | None = date(2020, 2, 10)
    result: str | None = "resolved"


def make_table(engine: Engine, rows: Iterable[Dossier]) -> Any:
    """The rows as a frame of an engine, days as days."""
    names = [item.name for item in fields(Dossier)]
    columns = dict(zip(names, zip(*map(astuple, rows), strict=True), strict=True))
    kinds = dict.fromkeys(names, "text") | KINDS
    return engine.make({name: list(values) for name, values in columns.items()}, kinds)


def count_plainly(rows: Iterable[Dossier], cut_off: date) -> Counter[str]:
    """The columns of form II.06a, dossier by dossier, by the definitions that the national pack sets."""
    found: Counter[str] = Counter()
    for row in _once(rows):
        if row.received is None or row.received > cut_off:
            continue
        closed = None if row.resolved is None else max(row.resolved, row.received)
        if closed is not None and closed < START:
            continue
        channel = MEANINGS.get(row.channel or "", row.channel)
        if row.received < START:
            found["carried_over"] += 1
        else:
            found["received_online" if channel == "online" else "received_direct"] += 1
        found["received_total"] += 1
        if closed is None or closed > cut_off:
            is_overdue = row.due is not None and row.due < cut_off
            found["pending_overdue" if is_overdue else "pending_in_time"] += 1
            found["pending"] += 1
        elif row.result in {"returned", "withdrawn"}:
            found["returned_or_withdrawn"] += 1
        else:
            _count_resolved(row, found)
    return found


def _count_resolved(row: Dossier, found: Counter[str]) -> None:
    assert row.resolved is not None
    found["resolved"] += 1
    if row.due is not None and row.resolved > row.due:
        found["resolved_late"] += 1
        return
    found["resolved_in_time"] += 1
    found["resolved_early" if row.due is not None and row.resolved < row.due else "resolved_on_day"] += 1


def _once(rows: Iterable[Dossier]) -> list[Dossier]:
    """Of rows with one number in one unit only the one that was closed last."""
    kept: dict[object, Dossier] = {}
    for place, row in enumerate(rows):
        key = (row.unit, row.dossier) if row.dossier else place
        if key not in kept or _order(row) > _order(kept[key]):
            kept[key] = row
    return list(kept.values())


def _order(row: Dossier) -> tuple[object, ...]:
    days = (day or date(1, 1, 1) for day in (row.resolved, row.received, row.due))
    return (*days, row.channel or "", row.result or "")
