"""Which rates lie far from the median of the units beside, exactly, in SQL?

Shares of two whole numbers up to a billion are put in order by their first eighteen decimals, which differ
where the shares do. The distance from the median is multiplied out in whole numbers of 128 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_steps import YEAR_2020, if_blank, in_steps
from benchmarks.by_hand.facts import AGENCY, COMMUNE, DISTANT, FEWEST_PEERS, PEERS, RATES

if TYPE_CHECKING:
    from collections.abc import Mapping


def peer_tables() -> str:
    """For each rule a table of the rows that have the rate: how many peers do, and whether it is far."""
    return ";".join(_peer_table(rule, rate, points) for rule, (rate, points) in PEERS.items())


def peer_joins() -> str:
    """What brings those tables to the rows."""
    return " ".join(f'LEFT JOIN "{rule}" USING (key)' for rule in PEERS)


def _peer_table(rule: str, rate: str, points: int) -> str:
    above, below, _ = RATES[rate]
    return f"""
CREATE TABLE "{rule}" AS
WITH known AS (
    SELECT key, peers, "{above}"::HUGEINT AS a, "{below}"::HUGEINT AS b
    FROM rows WHERE level >= {AGENCY} AND peers IS NOT NULL AND "{above}" IS NOT NULL AND "{below}" > 0
), sorted AS (
    SELECT peers, count(*) AS count, list({{a: a, b: b}} ORDER BY a * {DISTANT}::HUGEINT // b) AS rates
    FROM known GROUP BY peers
), middle AS (
    SELECT peers, count, rates[(count + 1) // 2] AS low, rates[count // 2 + 1] AS high FROM sorted
)
SELECT key, count AS "{rule}.count",
       -- twice the rate less twice the median, over b * low.b * high.b
       abs(200 * a * low.b * high.b - 100 * (low.a * high.b + high.a * low.b) * b)
           > {2 * points} * b * low.b * high.b AS "{rule}.far"
FROM known JOIN middle USING (peers)
"""


def peer_rules() -> Mapping[str, str]:
    """The rules by their names."""
    return {rule: _peer_rule(rule, rate) for rule, (rate, _) in PEERS.items()}


def _peer_rule(rule: str, rate: str) -> str:
    above, below, _ = RATES[rate]
    return in_steps(
        (AGENCY, COMMUNE),
        YEAR_2020,
        if_blank(above, below),
        (f'"{below}" = 0', "no_data/zero_denominator"),
        (f'coalesce("{rule}.count", 0) < {FEWEST_PEERS}', "no_data/few_peers"),
        (f'"{rule}.far"', "fail/far_from_peers"),
        last="pass/near_peers",
    )
