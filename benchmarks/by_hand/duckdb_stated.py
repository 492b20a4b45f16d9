"""Is the rate that a unit wrote the exact one at the decimals it wrote, in SQL?

Right half-up: with u the unit of the last written digit, s - u/2 <= rate < s + u/2, multiplied out in whole
millionths. A written 0 % or 100 % that only rounding made is to be explained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_steps import YEAR_2020, if_blank, in_steps
from benchmarks.by_hand.facts import MILLION, PLACES, RATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def read_stated(kinds: Mapping[str, str]) -> Iterator[str]:
    """The written rates in millionths, and the unit of the last digit of each."""
    for rate in RATES:
        stated, unit = _read(rate, kinds.get(rate))
        yield f'({stated})::BIGINT AS "stated.{rate}"'
        yield f'({unit})::BIGINT AS "unit.{rate}"'


def _read(rate: str, kind: str | None) -> tuple[str, str]:
    if kind is None:
        return "NULL", "NULL"
    if kind != "VARCHAR":
        return f'"{rate}" * {MILLION}', f'CASE WHEN "{rate}" IS NOT NULL THEN {MILLION} END'
    before, behind = (f"split_part(rtrim(\"{rate}\", '%'), ',', {part})" for part in (1, 2))
    units = [10 ** (PLACES - places) for places in range(PLACES + 1)]
    return f"{before} || rpad({behind}, {PLACES}, '0')", f"{units}[length({behind}) + 1]"


def stated_rules() -> Mapping[str, str]:
    """The rules by their names."""
    return {f"RATE:{rate}:stated": _stated_rule(rate, *known) for rate, known in RATES.items()}


def _stated_rule(rate: str, above: str, below: str, levels: Sequence[int]) -> str:
    stated, unit, hundredfold = f'"stated.{rate}"', f'"unit.{rate}"', f'{100 * MILLION} * "{above}"'
    is_right = (
        f'(2 * {stated} - {unit}) * "{below}" <= 2 * {hundredfold}'
        f' AND 2 * {hundredfold} < (2 * {stated} + {unit}) * "{below}"'
    )
    is_faithful = f'({stated} NOT IN (0, {100 * MILLION}) OR {hundredfold} = {stated} * "{below}")'
    return in_steps(
        levels,
        YEAR_2020,
        (f"{stated} IS NULL", "not_applicable/not_stated"),
        if_blank(above, below),
        (f'"{below}" = 0', "no_data/zero_denominator"),
        (f"{is_right} AND {is_faithful}", "pass/stated_right"),
        (is_right, "fail/stated_by_rounding"),
        last="fail/stated_wrong",
    )
