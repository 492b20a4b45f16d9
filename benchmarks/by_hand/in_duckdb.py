"""How would an analyst write the rules of Long Phú in SQL for DuckDB, once and by hand?

The same rules, in the same steps, as `in_polars`; a file in, outcomes in words and a summary out.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb

from benchmarks.by_hand.duckdb_areas import dossier_rules, other_rules
from benchmarks.by_hand.duckdb_figures import figure_rules
from benchmarks.by_hand.duckdb_peers import peer_joins, peer_rules, peer_tables
from benchmarks.by_hand.duckdb_plausible import plausibility_rules
from benchmarks.by_hand.duckdb_register import KEYS, make_periods, make_units
from benchmarks.by_hand.duckdb_reported import reported_rules, submitted_rule
from benchmarks.by_hand.duckdb_rows import add_parents, join_earlier, open_rows, sum_below
from benchmarks.by_hand.duckdb_stated import stated_rules
from benchmarks.by_hand.facts import CODES, LIMITS, MILLION, BeyondRangeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUBMITTED = "REP-04"
"""The rule on who has handed in."""


def run(source: Path, folder: Path) -> None:
    """From a parquet file of submissions to outcomes in words, a row each, and a summary."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with duckdb.connect() as base:
        base.execute(f"CREATE TABLE written AS FROM read_parquet('{source}')")
        kinds = {name: kind for name, kind, *_ in base.execute("DESCRIBE written").fetchall()}
        base.execute(make_units())
        base.execute(open_rows(kinds))
        _check_ranges(base)
        for statement in (*map(add_parents, (1, 2)), make_periods(), join_earlier()):
            base.execute(statement)
            _check_ranges(base)
        for statement in (peer_tables(), sum_below(), _decide(), _decide_absent()):
            base.execute(statement)
        _write(base, folder)


def _check_ranges(base: duckdb.DuckDBPyConnection) -> None:
    beyond = [f'min("{name}") < 0 OR max("{name}") > {most}' for name, most in LIMITS.items()]
    (found,) = base.execute(f"SELECT {' OR '.join(beyond)} FROM rows").fetchone() or (True,)
    if found:
        raise BeyondRangeError


def _decide() -> str:
    columns = ", ".join(f'{text} AS "{name}"' for name, text in _rules().items())
    return f"""
CREATE TABLE decided AS
SELECT unit, period, level, province, {columns}
FROM rows LEFT JOIN below USING (key) {peer_joins()}
"""


def _decide_absent() -> str:
    """Of units that have units below them and no row one rule speaks, and no other."""
    return f"""
INSERT INTO decided BY NAME
SELECT unit, period, level, province, {submitted_rule()} AS "{SUBMITTED}"
FROM (SELECT units.*, period, period_end AS law_date, {KEYS} FROM units CROSS JOIN periods)
LEFT JOIN below USING (key)
WHERE children > 0 AND key NOT IN (SELECT key FROM rows)
"""


def _write(base: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Outcomes in words, and how many submissions came out how."""
    words = ", ".join(
        f"({place}, '{outcome}', '{reason}')"
        for place, (outcome, reason) in enumerate(code.split("/") for code in CODES)
    )
    base.execute(f"CREATE TABLE codes AS FROM (VALUES {words}) AS named (code, outcome, reason_code)")
    listed = ", ".join(f'"{name}"' for name in _rules())
    half = "(period // 2)::VARCHAR || '-H' || (period % 2 + 1)::VARCHAR"
    long = f"(UNPIVOT decided ON {listed} INTO NAME rule VALUE code)"
    base.execute(f"""
COPY (
    SELECT unit, {half} AS period, rule, outcome, reason_code FROM {long} JOIN codes USING (code)
) TO '{folder / "outcomes.parquet"}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {MILLION})
""")
    levels = "['district', 'bloc', 'agency', 'commune'][level + 1]"
    base.execute(f"""
COPY (
    SELECT rule, {levels} AS level, province, {half} AS period, outcome, reason_code, submissions
    FROM (SELECT rule, level, province, period, code, count(*) AS submissions FROM {long} GROUP BY ALL)
    JOIN codes USING (code) ORDER BY ALL
) TO '{folder / "summary.csv"}' (HEADER)
""")


def _rules() -> Mapping[str, str]:
    return {
        **figure_rules(),
        **stated_rules(),
        **dossier_rules(),
        **other_rules(),
        **reported_rules(),
        **plausibility_rules(),
        **peer_rules(),
        SUBMITTED: submitted_rule(),
    }
