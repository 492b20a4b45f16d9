from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.evidence import compose_operand
from compliance.engine.figures import read_observation
from compliance.model.rulepack import Approximation

if TYPE_CHECKING:
    from compliance.model.findings import Operand
    from tests.engine.conftest import Bench


def operand(bench: Bench, value: Any, *, kind: str = "count", **changes: Any) -> Operand:
    indicator = bench.indicator("a.x", type=kind, unit_of_measure="hồ sơ")
    return compose_operand(
        read_observation(indicator, bench.observe("a.x", value, **changes), Approximation())
    )


@pytest.mark.parametrize(
    ("value", "kind", "exact", "words"),
    [
        (21_035, "count", "21035", "21.035 hồ sơ"),
        (Decimal("205.50"), "amount", "205.5", "205,5 hồ sơ"),
        (Decimal("99.97"), "percent", "99.97", "99,97%"),
        (True, "boolean", "true", "có"),
        (False, "boolean", "false", "không"),
        ((5, 7), "count", "5..7", "5 đến 7 hồ sơ"),
    ],
)
def test_an_operand_is_exact_and_readable(
    bench: Bench, value: Any, kind: str, exact: str, words: str
) -> None:
    made = operand(bench, value, kind=kind)
    assert (made.value, made.text) == (exact, words)


def test_an_approximate_operand_says_how_far_it_reaches(bench: Bench) -> None:
    made = operand(bench, 200, approximate="over")
    assert (made.value, made.text) == ("200..220", "trên 200 (200 đến 220) hồ sơ")
