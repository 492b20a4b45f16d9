"""Packs and submissions built from the models, as small as each test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.checking import build_check
from compliance.engine.evaluate import evaluate
from compliance.engine.expressions import compile_pack
from compliance.engine.runs import open_runs
from compliance.model.legal import Citation, Instrument
from compliance.model.rulepack import (
    Approximation,
    Area,
    Change,
    DatedValue,
    Indicator,
    PackHeader,
    Rate,
    Rule,
    RulePack,
    Target,
)
from compliance.model.submission import (
    CitedDocument,
    Interval,
    Observation,
    Period,
    StatedRate,
    Submission,
    Unit,
)
from compliance.model.waivers import Waiver
from compliance.numerals import Printed, parse_percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.engine.runs import Run
    from compliance.model.check import Check
    from compliance.model.findings import Outcome

AS_OF = date(2020, 6, 30)
H1 = Period(year=2020, half=1)
ALL_LEVELS = ("district", "bloc", "agency", "commune")
UNITS = (
    Unit(id="d", label="huyện Đông", short_label="toàn huyện", level="district"),
    Unit(id="d/h", label="khối cấp huyện", short_label="cấp huyện", level="bloc", parent="d"),
    Unit(id="d/x", label="khối cấp xã", short_label="cấp xã", level="bloc", parent="d"),
    Unit(id="d/h/a", label="Phòng A", level="agency", parent="d/h"),
    Unit(id="d/x/1", label="xã Một", short_label="Một", level="commune", parent="d/x"),
    Unit(id="d/x/2", label="xã Hai", short_label="Hai", level="commune", parent="d/x"),
    Unit(id="d/x/3", label="xã Ba", short_label="Ba", level="commune", parent="d/x"),
)
"""A district of two blocs, one agency and three communes."""


@dataclass(frozen=True)
class Bench:
    """Makers of what the engine takes, with whatever a test leaves out filled in."""

    units: tuple[Unit, ...] = UNITS

    def unit(self, id: str) -> Unit:  # noqa: A002 - the name of the field
        return next(unit for unit in UNITS if unit.id == id)

    def indicator(self, name: str, **changes: Any) -> Indicator:
        given = {"type": "count", "unit_of_measure": "việc", "levels": ALL_LEVELS, "description": ""}
        return Indicator(id=name, **{"label": name.split(".")[1].upper(), **given, **changes})

    def rate(self, name: str, numerator: str, denominator: str, **changes: Any) -> Rate:
        given = {"label": name.split(".")[1].upper(), "levels": ALL_LEVELS}
        return Rate(id=name, numerator=numerator, denominator=denominator, **{**given, **changes})

    def rule(self, name: str = "R-1", check: Any = None, **changes: Any) -> Rule:
        given = {
            "title": "Quy tắc",
            "area": "a",
            "kind": "consistency",
            "severity": "must_fix",
            "applies_to": ALL_LEVELS,
            "effective_from": date(2000, 1, 1),
            "fix": "Sửa lại.",
            "generated": ":" in name,
        }
        return Rule(id=name, check=check, **{**given, **changes})

    def target(self, name: str, value: str, citation: Citation, **changes: Any) -> Target:
        dated = {"effective_from": date(2019, 1, 1), "checked_on": date(2020, 1, 1), **changes}
        return Target(
            id=name, label=name, values=(DatedValue(value=Decimal(value), citation=citation, **dated),)
        )

    def pack(self, indicators: Sequence[str | Indicator], rules: Sequence[Rule], **changes: Any) -> RulePack:
        declared = tuple(self.indicator(item) if isinstance(item, str) else item for item in indicators)
        header = PackHeader(
            id="thu",
            title="Bộ thử",
            version="1.0.0",
            jurisdiction="thử",
            effective_from=date(2020, 1, 1),
            effective_until=date(2020, 12, 31),
            changelog=(
                Change(
                    version="1.0.0",
                    released=date(2020, 1, 1),
                    kind="added",
                    affects_from=date(2020, 1, 1),
                    reason="thử",
                ),
            ),
        )
        given: dict[str, Any] = {
            "header": header,
            "chain": (header,),
            "areas": (Area(id="a", title="A"),),
            "approximation": Approximation(),
            "units": UNITS,
            "instruments": (),
            "rates": (),
            "targets": (),
        }
        return RulePack(indicators=declared, rules=tuple(rules), **{**given, **changes})

    def submission(
        self, unit: str = "d", figures: Mapping[str, Any] | None = None, **changes: Any
    ) -> Submission:
        """Figures by indicator; a pair is a range, an `Observation` stands as it is."""
        observed = {name: self.observe(name, value) for name, value in (figures or {}).items()}
        stated = {name: self.state(name, text) for name, text in changes.pop("stated", {}).items()}
        given = {"period": H1, "reported_by": unit, "provenance": "reported", **changes}
        return Submission(unit=unit, observations=observed, stated=stated, **given)

    def observe(self, name: str, value: Any, **changes: Any) -> Observation:
        if isinstance(value, Observation):
            return value
        written = f"{value[0]} - {value[1]}" if isinstance(value, tuple) else str(value)
        exact = Interval(low=value[0], high=value[1]) if isinstance(value, tuple) else value
        return Observation(indicator=name, value=exact, as_written=written, **changes)

    def state(self, rate: str, text: str) -> StatedRate:
        printed = parse_percent(text)
        assert isinstance(printed, Printed)
        return StatedRate(
            rate=rate, value=printed.value, decimals=printed.decimals, as_written=printed.as_written
        )

    def instrument(self, key: str, **changes: Any) -> Instrument:
        given = {
            "kind": "Kế hoạch",
            "number": key.rsplit("/", 1)[1].upper(),
            "title": "",
            "issuer": "UBND",
            "grade": "A",
        }
        return Instrument(key=key, **{**given, **changes})

    def citation(self, instrument: str, **changes: Any) -> Citation:
        return Citation(instrument=instrument, **{"grade": "B", **changes})

    def cite(self, instrument: str, dated: date | None = None, where: str = "") -> CitedDocument:
        return CitedDocument(instrument=instrument, dated=dated, where=where)

    def waiver(self, **changes: Any) -> Waiver:
        given: dict[str, Any] = {
            "id": "MT-1",
            "rule": "R-1",
            "units": ("d",),
            "periods": ("2020-H1",),
            "reason": "Đang đổi phần mềm.",
            "approver": "Chánh Văn phòng",
            "approved_on": date(2020, 6, 1),
            "expires": date(2020, 12, 31),
            "mode": "lift",
        }
        return Waiver(**{**given, **changes})

    def compile(self, pack: RulePack) -> CompiledPack:
        compiled, problems = compile_pack(pack)
        assert compiled is not None, [str(problem) for problem in problems]
        return compiled

    def evaluate(self, pack: RulePack, *submissions: Submission, **changes: Any) -> tuple[Outcome, ...]:
        return evaluate(self.compile(pack), submissions, **{"as_of": AS_OF, **changes})

    def outcome(self, pack: RulePack, *submissions: Submission, **changes: Any) -> Outcome:
        """The outcome of the pack's first rule on the first submission's unit."""
        found = self.evaluate(pack, *submissions, **changes)
        return next(
            item for item in found if (item.rule, item.unit) == (pack.rules[0].id, submissions[0].unit)
        )

    def check(self, pack: RulePack, *submissions: Submission, **changes: Any) -> Check:
        return build_check(self.compile(pack), submissions, **{"as_of": AS_OF, **changes})

    def run(self, pack: RulePack, *submissions: Submission, **changes: Any) -> Run:
        (run,) = open_runs(self.compile(pack), submissions, **{"as_of": AS_OF, **changes})
        return run


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()
