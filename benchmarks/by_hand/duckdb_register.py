"""Which units and half-years are there, what stands above, below and beside a unit, in SQL?"""

from __future__ import annotations

from benchmarks.by_hand.facts import REGISTER

KEYS = """
unit_number * 10000 + period AS key, parent_number * 10000 + period AS parent_key,
beside * 10000 + period AS peers
"""
"""A number for the unit and half-year of a row, one for its parent's row, and one for its peers'."""


def make_units() -> str:
    """Each unit with its level, what stands above and below it, and those beside it.

    To the units of the file come those of Long Phú, which are due whether or not the file has them.
    """
    home = ", ".join(
        f"('{unit}', '{level}', {'NULL' if parent is None else repr(parent)})"
        for unit, level, parent in REGISTER
    )
    return f"""
CREATE TABLE units AS
WITH home AS (
    FROM (VALUES {home}) AS home (unit, level, parent)
), placed AS (
    FROM home UNION SELECT unit, level, parent FROM written WHERE unit NOT IN (SELECT unit FROM home)
), named AS (
    SELECT row_number() OVER (ORDER BY unit) AS unit_number, unit, parent,
           split_part(unit, '/', 1) AS province,
           list_position(['district', 'bloc', 'agency', 'commune'], level) - 1 AS level
    FROM placed
), numbered AS (
    SELECT named.*, above.unit_number AS parent_number
    FROM named LEFT JOIN named AS above ON named.parent = above.unit
), below AS (
    SELECT parent_number, count(*) AS children, count(*) FILTER (level = 1) AS blocs,
           count(*) FILTER (level >= 2) AS bodies
    FROM numbered GROUP BY parent_number
), counted AS (
    SELECT numbered.*, coalesce(children, 0) AS children, coalesce(blocs, 0) AS blocs,
           coalesce(bodies, 0) AS own
    FROM numbered LEFT JOIN below ON numbered.unit_number = below.parent_number
), deeper AS (
    SELECT parent_number, sum(own)::BIGINT AS bodies FROM counted GROUP BY parent_number
)
SELECT counted.* EXCLUDE (own, parent), own + coalesce(deeper.bodies, 0) AS bodies,
       CASE WHEN parent IS NOT NULL THEN 4 * dense_rank() OVER (ORDER BY parent) + level END AS beside,
       CASE level WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END AS height
FROM counted LEFT JOIN deeper ON counted.unit_number = deeper.parent_number
"""


def make_periods() -> str:
    """Each half-year of the file with its last day and length."""
    return """
CREATE TABLE periods AS
SELECT number AS period, (start + INTERVAL 6 MONTH)::DATE - 1 AS period_end,
       (start + INTERVAL 6 MONTH)::DATE - start AS period_days
FROM (SELECT number, make_date(number // 2, 1 + 6 * (number % 2), 1) AS start
      FROM (SELECT DISTINCT period AS number FROM rows))
"""
