"""How does a ledger of dossiers, whatever file it came from, become the columns that counting takes?

Canonical: `dossier unit field procedure channel result` as text, `received due resolved` as days and, where
the table has text, as written, and `unreadable`, a number whose bits say which of the three was filled in and
is no day. Nothing is computed until counting asks; rows are never held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw

from compliance.engine.dossier_situations import UNREADABLE, WRITTEN
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Frame: TypeAlias = "nw.LazyFrame[Any]"

TEXTS = ("dossier", "unit", "field", "procedure", "channel", "result")
_TIME_BEFORE = r"^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\s+"
_TIME_AFTER = r"[ T].*$"
_DAY_FIRST = r"^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}$"
_FIRST, _BUT_FIRST, _LAST = r"[-/.].*$", r"^[0-9]+[-/.]", r"^.*[-/.]"
_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|2000)"
_EXISTING_DAY = (
    r"^((19|20|21)[0-9]{2}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(19|20|21)[0-9]{2}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|(19|20|21)[0-9]{2}-02-(0[1-9]|1[0-9]|2[0-8])"
    rf"|{_LEAP}-02-29)$"
)
"""No engine is asked to make a day of a text that is none."""


def read_headings(native: Any) -> tuple[str, ...]:
    """The headings of a table."""
    return tuple(nw.from_native(native).lazy().collect_schema().names())


def read_schema(native: Any) -> tuple[tuple[str, str], ...]:
    """The headings of a table with the types of their columns."""
    return tuple((name, str(kind)) for name, kind in nw.from_native(native).lazy().collect_schema().items())


def read_columns(
    native: Any, headings: Mapping[str, str], file: str
) -> tuple[Any | None, tuple[Problem, ...]]:
    """The canonical columns of a table as a native frame; `headings` says where each stands."""
    table = nw.from_native(native).lazy()
    schema = dict(table.collect_schema())
    problems = tuple(_find_wrong_types(schema, headings, file))
    if problems:
        return None, problems
    texts = [_text(column, headings.get(column), schema) for column in TEXTS]
    days = [_day(headings[column], schema[headings[column]]).alias(column) for column in UNREADABLE]
    written = [_written(column, headings[column], schema) for column in UNREADABLE]
    unreadable = _unreadable(headings, schema).alias("unreadable")
    return table.select(*texts, *days, *written, unreadable).to_native(), ()


def _find_wrong_types(schema: Mapping[str, Any], headings: Mapping[str, str], file: str) -> Iterable[Problem]:
    for column in UNREADABLE:
        heading = headings[column]
        if schema[heading] not in (nw.Date, nw.String) and not isinstance(schema[heading], nw.Datetime):
            yield Problem(
                "reconcile.not_dates", Place(file), {"column": heading, "type": str(schema[heading])}
            )


def _text(column: str, heading: str | None, schema: Mapping[str, Any]) -> nw.Expr:
    if heading is None:
        return nw.lit("").alias(column)
    written = nw.col(heading)
    return (written if schema[heading] == nw.String else written.cast(nw.String())).alias(column)


def _written(column: str, heading: str, schema: Mapping[str, Any]) -> nw.Expr:
    """The cell of a day as it stands; nothing where the table itself knows days."""
    return (nw.col(heading) if schema[heading] == nw.String else nw.lit("")).alias(f"{column}{WRITTEN}")


def _day(heading: str, kind: Any) -> nw.Expr:
    if kind == nw.Date:
        return nw.col(heading)
    if kind != nw.String:
        return nw.col(heading).cast(nw.Date())
    written = _as_iso(heading)
    return nw.when(written.str.contains(_EXISTING_DAY)).then(written).str.to_date(format="%Y-%m-%d")


def _as_iso(heading: str) -> nw.Expr:
    """The day as `2020-05-04`, where the cell says `04/5/2020`, `2020-05-04 08:30` or the like."""
    written = nw.col(heading).str.strip_chars().str.replace_all(_TIME_BEFORE, "")
    plain = written.str.replace_all(_TIME_AFTER, "")
    month = plain.str.replace_all(_BUT_FIRST, "").str.replace_all(_FIRST, "").str.zfill(2)
    day = plain.str.replace_all(_FIRST, "").str.zfill(2)
    turned = nw.concat_str([plain.str.replace_all(_LAST, ""), month, day], separator="-")
    return nw.when(plain.str.contains(_DAY_FIRST)).then(turned).otherwise(plain)


def _unreadable(headings: Mapping[str, str], schema: Mapping[str, Any]) -> nw.Expr:
    bits = nw.lit(0)
    for bit, column in enumerate(UNREADABLE):
        heading = headings[column]
        if schema[heading] == nw.String:
            is_filled = nw.col(heading).str.strip_chars() != nw.lit("")
            is_lost = is_filled & _day(heading, schema[heading]).is_null()
            bits += nw.when(is_lost).then(nw.lit(1 << bit)).otherwise(nw.lit(0))
    return bits
