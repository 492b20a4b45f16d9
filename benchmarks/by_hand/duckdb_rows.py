"""Which rows are decided, and which figures do they have, in SQL?

Wholes that were not reported from their parts, parents that were not reported from the units below them,
what was carried over from the half-year before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_register import KEYS
from benchmarks.by_hand.duckdb_stated import read_stated
from benchmarks.by_hand.facts import (
    BEFORE,
    LIMITS,
    LISTS,
    MILLION,
    MILLIONTHS,
    OFTEN_BLANK,
    PARTS,
    RATES,
    WORK,
    YEAR_BEFORE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADDED = tuple(dict.fromkeys((*WORK, *LISTS)))
"""Figures that add up to a parent."""
_DERIVED_LAST = ("dossiers.resolved", "dossiers.received_total")


def open_rows(kinds: Mapping[str, str]) -> str:
    """Rows with what stands above and below their units, wholes from their parts where not reported."""
    scaled = ", ".join(f'"{name}" * {MILLION} AS "{name}"' for name in MILLIONTHS)
    stated = ", ".join(read_stated(kinds))
    given = [rate for rate in RATES if rate in kinds]
    left = ", ".join(f'"{name}"' for name in ("period", "level", "parent", *MILLIONTHS, *given))
    opened = f"""
    SELECT written.* EXCLUDE ({left}), {scaled}, {stated}, data_to - data_from + 1 AS window_days,
           substr(period, 1, 4)::BIGINT * 2 + substr(period, 7, 1)::BIGINT - 1 AS period
    FROM written
"""
    reported = ", ".join(f'"{name}" IS NULL AS "no:{name}"' for name in PARTS)
    joined = f"""
    SELECT opened.* EXCLUDE ("signatures.bodies"), units.* EXCLUDE (unit),
           {KEYS}, false AS is_derived, {reported},
           coalesce("signatures.bodies", CASE WHEN bodies > 0 THEN bodies END) AS "signatures.bodies"
    FROM ({opened}) AS opened JOIN units USING (unit)
"""
    return f"CREATE TABLE rows AS {_add_up(joined)}"


def _add_up(source: str) -> str:
    first = ", ".join(_from_parts(name) for name in PARTS if name not in _DERIVED_LAST)
    last = ", ".join(_from_parts(name) for name in _DERIVED_LAST)
    return f"SELECT * REPLACE ({last}) FROM (SELECT * REPLACE ({first}) FROM ({source}))"


def _from_parts(name: str) -> str:
    return f'coalesce("{name}", {sum_of(PARTS[name])}) AS "{name}"'


def sum_of(parts: Sequence[str]) -> str:
    """The sum of the parts, of which some count as 0 where nothing was reported."""
    return " + ".join(f'coalesce("{part}", 0)' if part in OFTEN_BLANK else f'"{part}"' for part in parts)


def add_parents(height: int) -> str:
    """A row for each parent without one whose units all have one."""
    names = ADDED if height > 1 else tuple(dict.fromkeys(WORK))
    sums = ", ".join(
        f'CASE WHEN count("{name}") = count(*) THEN sum("{name}")::BIGINT END AS "{name}"' for name in names
    )
    one = "count(DISTINCT data_from) = 1 AND count(data_from) = count(*) AND count(DISTINCT window_days) = 1"
    reported = ", ".join(
        (f'"{name}" IS NULL' if name in names else "true") + f' AS "no:{name}"' for name in PARTS
    )
    blank = ", ".join(
        f'NULL::BIGINT AS "{name}"'
        for name in sorted({*PARTS, *LIMITS, *ADDED} - {*names})
        if name != "signatures.bodies"
    )
    made = f"""
    SELECT below.* EXCLUDE (reports, of_key), units.*, {KEYS}, true AS is_derived, {reported}, {blank},
           CASE WHEN bodies > 0 THEN bodies END AS "signatures.bodies"
    FROM (
        SELECT parent_key AS of_key, any_value(parent_number) AS above, any_value(period) AS period,
               max(report_date) AS report_date, count(*) AS reports,
               CASE WHEN {one} THEN any_value(data_from) END AS data_from,
               CASE WHEN {one} THEN any_value(window_days) END AS window_days, {sums}
        FROM rows WHERE parent_key IS NOT NULL GROUP BY parent_key
    ) AS below JOIN units ON below.above = units.unit_number
    WHERE units.height = {height} AND reports = children
      AND of_key NOT IN (SELECT key FROM rows)
"""
    added = _add_up(made)
    return f"""
INSERT INTO rows BY NAME
SELECT * EXCLUDE (above) FROM ({added})
"""


def join_earlier() -> str:
    """Rows with the half-years before and what was carried over."""
    before = ", ".join(f'before."{name}" AS "before.{name}"' for name in BEFORE)
    year = ", ".join(f'year."{name}" AS "year.{name}"' for name in YEAR_BEFORE)
    carried = "dossiers.carried_over"
    return f"""
CREATE OR REPLACE TABLE rows AS
SELECT * REPLACE (
    CASE WHEN "no:dossiers.received_total" THEN {sum_of(PARTS["dossiers.received_total"])}
         ELSE "dossiers.received_total" END AS "dossiers.received_total"
) FROM (
    SELECT rows.* REPLACE (coalesce(rows."{carried}", before."dossiers.pending") AS "{carried}"),
           rows."{carried}" IS NULL AS is_opening, {before}, {year}, period_days,
           coalesce(rows.report_date, period_end) AS law_date
    FROM rows JOIN periods USING (period)
    LEFT JOIN rows AS before ON rows.key = before.key + 1
    LEFT JOIN rows AS year ON rows.key = year.key + 2
)
"""


def sum_below() -> str:
    """What the units right below come to."""
    sums = ", ".join(
        f'sum("{name}")::BIGINT AS "sum.{name}", count("{name}") AS "given.{name}"' for name in ADDED
    )
    return f"""
CREATE TABLE below AS
SELECT parent_key AS key, count(*) AS reports, {sums}
FROM rows WHERE parent_key IS NOT NULL GROUP BY parent_key
"""
