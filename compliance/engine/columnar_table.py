"""How does a table of submissions, wide or long, become the columns that the columnar engine takes?

Wide: a row for each submission, a column for each indicator or stated rate. Long: a row for each figure, with
`indicator` and `value`. Text is read in Vietnamese notation, exactly: a cell that is not such a number is a
fault, never a guess. Columns of floating point are refused: they do not hold what was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_operands import DECIMALS
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.columnar_engines import Engine
    from compliance.model.rulepack import RulePack

    Frame = nw.LazyFrame[Any]

TEXTS = ("unit", "level", "parent", "reported_by")
DATES = ("report_date", "data_from", "data_to")
NOT_READ = ("label", "unit_of_measure", "required", "note", "provenance", "source")
LONG = ("indicator", "value", "approximate")
_WHOLE = r"^([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)$"
_DECIMAL = r"^([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]{1,6})?$"
_DOT_PERCENT = r"^[0-9]+\.[0-9]{1,2}$"
_PERIOD = r"^[0-9]{4}-H[12]$"
_DATE = (
    r"^([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])"
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|2000)-02-29)$"
)
"""Days that exist, so that no engine stumbles over one that does not."""
_MOST_DIGITS = 12
_YES, _NO = ("có", "x", "true", "1"), ("không", "false", "0")
Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A column as read, and the text that it was read from."""

    name: str
    value: nw.Expr
    written: nw.Expr
    place: str
    may_fail: bool = True
    """Whether a cell of the column can be filled in and yet hold no value."""


def read_table(engine: Engine, frame: Any, file: str, pack: RulePack) -> tuple[Any | None, Problems]:
    """The submissions of one file as a native frame with the columns that it gives, `revision` among them."""
    table = nw.from_native(frame).lazy()
    schema = dict(table.collect_schema())
    problems = tuple(_check_columns(schema, file, pack))
    if problems:
        return None, problems
    if "indicator" in schema:
        problems = _check_long(engine, table, schema, file, pack)
        if problems:
            return None, problems
        table = _widen(table, schema, pack)
        schema = dict(table.collect_schema())
    readings = [_read(name, kind, pack) for name, kind in schema.items() if name not in NOT_READ]
    readings += [_read_printed(name, kind) for name, kind in schema.items() if name in pack.rate]
    problems = _check_cells(engine, table, readings, file)
    if problems:
        return None, problems
    return table.select(*(item.value.alias(item.name) for item in readings)).to_native(), ()


def _check_columns(schema: Mapping[str, Any], file: str, pack: RulePack) -> Sequence[Problem]:
    is_long = "indicator" in schema
    figures = LONG if is_long else (*pack.indicator, *pack.rate)
    known = {*TEXTS, *DATES, *NOT_READ, "period", "revision", *figures}
    needed = ("unit", "period", *(("indicator", "value") if is_long else ()))
    found = [
        Problem("bulk.unknown_column", Place(file), {"column": name}) for name in schema if name not in known
    ]
    found += [
        Problem("bulk.missing_column", Place(file), {"column": name}) for name in needed if name not in schema
    ]
    found += [
        Problem("bulk.inexact_column", Place(file), {"column": name})
        for name, kind in schema.items()
        if kind.is_float() and name not in NOT_READ
    ]
    return found


def _check_long(
    engine: Engine, table: Frame, schema: Mapping[str, Any], file: str, pack: RulePack
) -> Problems:
    """Figures under an unknown name, approximate ones, and a figure given twice."""
    known = [*pack.indicator, *pack.rate]
    key = ["unit", "period", "indicator", *(name for name in ("revision",) if name in schema)]
    checks = [
        ("unknown_figure", table.filter(~nw.col("indicator").is_in(known)).select("indicator").unique()),
        (
            "repeated_figure",
            table.group_by(*key).agg(nw.len().alias("rows")).filter(nw.col("rows") > 1).select(*key),
        ),
    ]
    if "approximate" in schema:
        said = ~nw.col("approximate").cast(nw.String()).fill_null("").is_in([""])
        checks.append(("approximate", table.filter(said).select(*key)))
    problems = []
    for code, frame in checks:
        rows = engine.fetch(frame.head(5).to_native())
        if rows:
            shown = "; ".join(", ".join(str(value) for value in row.values()) for row in rows)
            problems.append(Problem(f"bulk.{code}", Place(file), {"shown": shown}))
    return tuple(problems)


def _widen(table: Frame, schema: Mapping[str, Any], pack: RulePack) -> Frame:
    """A row for each submission; what is said of a submission in several rows is taken from any."""
    key = ["unit", "period", *(["revision"] if "revision" in schema else [])]
    said = [name for name in (*TEXTS, *DATES) if name in schema and name not in key]
    figures = [
        nw.when(nw.col("indicator") == name).then(nw.col("value")).max().alias(name)
        for name in (*pack.indicator, *pack.rate)
    ]
    return table.group_by(*key).agg(*(nw.col(name).max() for name in said), *figures)


def _read(name: str, kind: Any, pack: RulePack) -> _Reading:
    target = f"stated.{name}" if name in pack.rate else name
    written = _write(name)
    if name in TEXTS:
        return _Reading(target, written, written, name, may_fail=False)
    if name == "period":
        value = _number_where(written, _PERIOD, written.str.slice(0, 4)) * 2
        half = _number_where(written, _PERIOD, written.str.slice(6, 1))
        return _Reading(target, value + half - 1, written, name)
    measure = _measure(name, pack)
    if (measure, kind) in (("date", nw.Date), ("boolean", nw.Boolean)):
        return _Reading(target, nw.col(name), nw.col(name), name, may_fail=False)
    if measure not in ("date", "boolean") and kind.is_integer():
        return _Reading(target, _scale(name, measure), nw.col(name), name)
    if kind.is_decimal():
        written = written.str.replace_all(".", ",", literal=True)
    return _Reading(target, _from_text(written, measure), written, name)


def _write(name: str) -> nw.Expr:
    """A column as text; missing where it is blank."""
    written = nw.col(name).cast(nw.String()).str.strip_chars()
    return nw.when(written != nw.lit("")).then(written)


def _read_printed(name: str, kind: Any) -> _Reading:
    """The unit of the last digit with which each stated rate of a column is printed, as a whole number.

    A column of decimals prints as many digits behind the point as its type has, one of whole numbers none.
    """
    written = _write(name)
    if kind.is_decimal():
        written = written.str.replace_all(".", ",", literal=True)
    plain = written if kind.is_integer() else _plain_percent(written)
    digits = _behind_comma(plain).str.len_chars()
    unit: nw.Expr = nw.lit(None).cast(nw.Int64())
    for places in range(DECIMALS["percent"] + 1):
        of_last = nw.lit(10 ** (DECIMALS["percent"] - places), nw.Int64())
        unit = nw.when(digits == places).then(of_last).otherwise(unit)
    return _Reading(f"printed:{name}", unit, written, name, may_fail=False)


def _measure(name: str, pack: RulePack) -> str:
    if name in DATES:
        return "date"
    if name in pack.rate:
        return "percent"
    return pack.indicator[name].type if name in pack.indicator else "count"


def _scale(name: str, measure: str) -> nw.Expr:
    """A column of whole numbers as whole units of 10^-decimals; missing where one is too long."""
    limit = 10**_MOST_DIGITS
    small = nw.when((nw.col(name) < limit) & (nw.col(name) > -limit)).then(nw.col(name)).cast(nw.Int64())
    return small * 10 ** DECIMALS[measure] if DECIMALS[measure] else small


def _from_text(written: nw.Expr, measure: str) -> nw.Expr:
    if measure == "date":
        return nw.when(written.str.contains(_DATE)).then(written).str.to_date(format="%Y-%m-%d")
    return _truth(written) if measure == "boolean" else _number(written, measure)


def _truth(written: nw.Expr) -> nw.Expr:
    lower = written.str.to_lowercase()
    no = nw.when(lower.is_in(list(_NO))).then(nw.lit(value=False))
    return nw.when(lower.is_in(list(_YES))).then(nw.lit(value=True)).otherwise(no)


def _number(written: nw.Expr, measure: str) -> nw.Expr:
    """A number in Vietnamese notation as whole units of 10^-decimals; missing where it is none."""
    if measure == "count":
        return _number_where(written, _WHOLE, written.str.replace_all(".", "", literal=True))
    plain = _plain_percent(written) if measure == "percent" else written
    places = DECIMALS[measure]
    whole = plain.str.replace_all(r",.*$", "").str.replace_all(".", "", literal=True)
    padded = nw.concat_str([_behind_comma(plain), nw.lit("0" * places)]).str.slice(0, places)
    units = _number_where(plain, _DECIMAL, whole)
    parts = _number_where(plain, _DECIMAL, padded)
    scaled: nw.Expr = units * 10**places + parts
    return scaled


def _plain_percent(written: nw.Expr) -> nw.Expr:
    """A percentage without its sign, its decimals behind a comma."""
    plain = written.str.replace_all(r"\s*%$", "")
    dotted = nw.when(plain.str.contains(_DOT_PERCENT)).then(plain.str.replace_all(".", ",", literal=True))
    return nw.coalesce(dotted, plain)


def _behind_comma(plain: nw.Expr) -> nw.Expr:
    """The digits behind the comma; empty where there is none."""
    return plain.str.replace_all(r"^[^,]*,?", "")


def _number_where(written: nw.Expr, pattern: str, digits: nw.Expr) -> nw.Expr:
    fits = written.str.contains(pattern) & (digits.str.len_chars() <= _MOST_DIGITS)
    return nw.when(fits).then(digits).cast(nw.Int64())


def _check_cells(engine: Engine, table: Frame, readings: Sequence[_Reading], file: str) -> Problems:
    """Cells that were filled in and could not be read, with one of them for each column; blank keys."""
    doubtful = [item for item in readings if item.may_fail]
    unnamed = [item for item in readings if item.name in ("unit", "period")]
    counts = engine.fetch(
        table.select(
            *(_fault(item).cast(nw.Int64()).sum().alias(f"count:{item.place}") for item in doubtful),
            *(item.written.is_null().cast(nw.Int64()).sum().alias(f"blank:{item.place}") for item in unnamed),
        ).to_native()
    )[0]
    faulty = [item for item in doubtful if counts[f"count:{item.place}"]]
    examples = _examples(engine, table, faulty)
    problems = [
        Problem(
            "bulk.unreadable_cells",
            Place(file),
            {"column": item.place, "count": counts[f"count:{item.place}"], "example": examples[item.place]},
        )
        for item in faulty
    ]
    problems += [
        Problem("bulk.blank_key", Place(file), {"column": item.place, "count": counts[f"blank:{item.place}"]})
        for item in unnamed
        if counts[f"blank:{item.place}"]
    ]
    return tuple(problems)


def _fault(item: _Reading) -> nw.Expr:
    return ~item.written.is_null() & item.value.is_null()


def _examples(engine: Engine, table: Frame, faulty: Sequence[_Reading]) -> Mapping[str, str]:
    """For each column one of the cells that could not be read."""
    if not faulty:
        return {}
    shown = [
        nw.when(_fault(item)).then(item.written.cast(nw.String())).max().alias(item.place) for item in faulty
    ]
    return engine.fetch(table.select(*shown).to_native())[0]
