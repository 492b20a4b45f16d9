"""Which packs and submissions are the columns tried on, and how are both deciders asked?

The tests of every engine and `benchmarks/equivalence.py` draw from here: all of it follows from a seed.
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from compliance.engine.columnar import Inputs, evaluate_columns
from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_inputs import (
    PERIOD_KINDS,
    SUBMISSION_KINDS,
    UNIT_KINDS,
    figure_kinds,
    numbered_period,
    period_columns,
    register_columns,
    submission_columns,
)
from compliance.engine.columnar_plan import plan_pack
from compliance.engine.evaluate import evaluate
from compliance.engine.generate import generate_rules
from compliance.engine.register import Register
from compliance.model.named_checks import Cites, PeerMeasure, Peers, Present, Submitted, Together
from compliance.model.rulepack import DatedValue, Target
from compliance.model.submission import LEVELS, DataWindow, Interval, Period, Submission, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.model.named_checks import NamedCheck
    from compliance.model.rulepack import Indicator, Rate, Rule, RulePack
    from compliance.model.submission import Level

Cells = dict[tuple[str, str, str], tuple[str, str]]
RULES = 40
"""Written rules of a pack."""
PERIODS = tuple(Period(year=year, half=half) for year in (2019, 2020, 2021) for half in (1, 2))
STATED = {"a.first": ("a.q", "a.p"), "a.second": ("a.u", "a.bodies"), "a.third": ("a.money", "a.s")}
"""The rates, with numerator and denominator."""
NUMBERS = ("a.p", "a.q", "a.r", "a.s", "a.t", "a.u", "a.share", "a.money", "a.open", "a.bodies")


def decide_by_columns(compiled: CompiledPack, submissions: Sequence[Submission], engine_name: str) -> Cells:
    """The outcome and reason code of every planned rule, by rule, unit and period."""
    engine = open_engine(engine_name)
    plan = plan_pack(compiled)
    inputs = Inputs(
        table=engine.make(
            submission_columns(compiled.pack, submissions),
            {**SUBMISSION_KINDS, **figure_kinds(compiled.pack)},
        ),
        units=engine.make(register_columns(Register(compiled.pack.units)), UNIT_KINDS),
        periods=engine.make(period_columns(item.period for item in submissions), PERIOD_KINDS),
        height=2,
        settle=engine.settle,
    )
    rows = engine.fetch(evaluate_columns(plan, inputs))
    assert not any(row["is_beyond_range"] for row in rows)
    return {
        (rule.rule, row["unit"], str(numbered_period(row["period"]))): (
            plan.codes[row[rule.rule]].outcome,
            plan.codes[row[rule.rule]].reason,
        )
        for row in rows
        for rule in plan.rules
        if row[rule.rule] is not None
    }


def decide_by_interpreter(compiled: CompiledPack, submissions: Sequence[Submission]) -> Cells:
    """The same of the interpreter, for the rules that the columns decide."""
    planned = {rule.rule for rule in plan_pack(compiled).rules}
    expected = [unit.id for unit in compiled.pack.units]
    outcomes = evaluate(compiled, submissions, as_of=date(2021, 12, 31), expected=expected)
    return {
        (item.rule, item.unit, item.period): (item.outcome, item.reason_code)
        for item in outcomes
        if item.rule in planned
    }


class Maker:
    """Packs and submissions out of a seed: small numbers, many nulls and zeros, so that every case occurs."""

    def __init__(self, bench: Any, seed: int, districts: int = 2) -> None:
        self.bench = bench
        self.districts = districts
        self.chance = random.Random(seed)  # noqa: S311 - invented figures, not a secret

    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for place in range(self.districts) for unit in self._district(f"d{place}"))

    def _district(self, district: str) -> Iterator[Unit]:
        yield Unit(id=district, label=district, level="district")
        for bloc, level, count in (("h", "agency", 2), ("x", "commune", 5)):
            yield Unit(id=f"{district}/{bloc}", label=bloc, level="bloc", parent=district)
            for place in range(count):
                name = f"{district}/{bloc}/{place}"
                yield Unit(id=name, label=name, level=level, parent=f"{district}/{bloc}")  # type: ignore[arg-type] # two literals

    def indicators(self) -> tuple[Indicator, ...]:
        assumed = self.chance.choice([(), ("a.r",), ("a.q", "a.r")])
        additive = self.chance.choice([("district", "bloc"), ("bloc",), ()])
        counted = {"minimum": Decimal(0), "maximum": Decimal(1000), "additive": additive}
        make = self.bench.indicator
        return (
            make("a.p", parts=("a.q", "a.r"), assume_zero=assumed, **counted),
            make("a.q", **counted),
            make("a.r", **{**counted, "levels": self._levels()}),
            make("a.s", parts=("a.p", "a.t"), assume_zero=self.chance.choice([(), ("a.t",)]), **counted),
            make("a.t", **counted),
            make("a.u", minimum=Decimal(-50), maximum=Decimal(50)),
            make("a.share", type="percent", minimum=Decimal(0), maximum=Decimal(100)),
            make("a.money", type="amount", minimum=Decimal(0), maximum=Decimal(9000), additive=additive),
            make("a.open", opening_of="a.s", **counted),
            make("a.bodies", from_register="bodies", minimum=Decimal(0), maximum=Decimal(1000)),
            make("a.yes", type="boolean"),
            make("a.day", type="date"),
            make("a.night", type="date"),
        )

    def rates(self) -> tuple[Rate, ...]:
        return tuple(self.bench.rate(name, *operands) for name, operands in STATED.items())

    def targets(self) -> tuple[Target, ...]:
        citation = self.bench.citation("x/2019/1")
        return tuple(
            Target(
                id=name,
                label=name,
                values=tuple(self._dated(citation) for _ in range(self.chance.randint(1, 3))),
            )
            for name in ("a.goal", "a.other")
        )

    def _dated(self, citation: Any) -> DatedValue:
        day = date(self.chance.choice([2018, 2019, 2020, 2021]), self.chance.randint(1, 12), 7)
        return DatedValue(
            effective_from=day,
            due=self.chance.choice([None, date(2020, 6, 30), date(2021, 12, 31)]),
            value=self.chance.choice([Decimal("33.3"), Decimal(50), Decimal(100), Decimal("0.000001")]),
            levels=self.chance.choice([(), self._levels()]),
            citation=citation,
            checked_on=day,
        )

    def _levels(self) -> tuple[Level, ...]:
        return tuple(level for level in LEVELS if self.chance.random() < 0.7) or ("commune",)

    def pack(self) -> RulePack:
        rules = tuple(self.rule(f"R-{place}") for place in range(RULES))
        pack = self.bench.pack(
            self.indicators(), rules, rates=self.rates(), targets=self.targets(), units=self.units()
        )
        return generate_rules(pack)

    def rule(self, name: str) -> Rule:
        day = date(self.chance.choice([2000, 2019, 2020]), 4, 1)
        changes: dict[str, Any] = {
            "applies_to": self._levels(),
            "effective_from": day,
            "effective_until": self.chance.choice([None, None, date(2020, 12, 31)]),
            "kind": self.chance.choice(["consistency", "completeness", "target"]),
            "when": self.chance.choice([None, None, self.condition(1)]),
        }
        if self.chance.random() < 0.3:
            measures = self.chance.sample(["a.first", "a.second", "a.third", "a.share", "a.u"], 2)
            chosen: dict[str, Any] = (
                {"measure": measures[0]} if self.chance.random() < 0.6 else {"measures": tuple(measures)}
            )
            bound: dict[str, Any] = self.chance.choice(
                [{"at_least": "a.goal"}, {"at_most": "a.other"}, {"commend_at": Decimal(99)}]
            )
            target: Rule = self.bench.rule(name, None, **changes, **chosen, **bound)
            return target
        if self.chance.random() < 0.3:
            named: Rule = self.bench.rule(name, self.named_check(), **changes)
            return named
        check = self.condition(2)
        read = [
            item for item in NUMBERS if item in check.replace("(", " ").split() and self.chance.random() < 0.3
        ]
        assume = {item: Decimal(self.chance.randint(0, 3)) for item in read}
        rule: Rule = self.bench.rule(name, check, **changes, assume=assume)
        return rule

    def named_check(self) -> NamedCheck:
        if self.chance.random() < 0.3:
            threshold = Decimal(self.chance.choice(["0", "10", "12.5", "33.333333", "50"]))
            measure = self.chance.choice(list(STATED))
            return Peers(peers=PeerMeasure(measure=measure, threshold=threshold, min_units=3))
        if self.chance.random() < 0.2:
            return Submitted(submitted="children") if self.chance.random() < 0.8 else Cites(cites="one_date")
        names = tuple(self.chance.sample([*NUMBERS, "a.yes", "a.day"], self.chance.randint(1, 3)))
        return Present(present=names) if self.chance.random() < 0.5 else Together(together=names)

    def condition(self, depth: int) -> str:
        kind = self.chance.random()
        if depth and kind < 0.35:
            word = self.chance.choice(["and", "or"])
            return f"({self.condition(depth - 1)}) {word} ({self.condition(depth - 1)})"
        if depth and kind < 0.42:
            return f"not ({self.condition(depth - 1)})"
        if kind < 0.65:
            return f"{self.rate()} {self.sign()} {self.chance.choice([self.rate(), self.number(1)])}"
        if kind < 0.7:
            return self.chance.choice(
                ["a.yes", 'unit.level == "commune"', "a.day <= a.night", "a.yes != previous.a.yes"]
            )
        return f"{self.number(2)} {self.sign()} {self.number(1)}"

    def sign(self) -> str:
        return self.chance.choice(["==", "!=", "<", "<=", ">", ">="])

    def rate(self) -> str:
        before = self.chance.choice(["", "", "previous.", "same_period_last_year."])
        return f"{before}rate.{self.chance.choice(['a.first', 'a.second', 'a.third'])}"

    def number(self, depth: int) -> str:
        kind = self.chance.random()
        if not depth or kind < 0.4:
            return self.leaf()
        if kind < 0.85:
            sign = self.chance.choice(["+", "-", "*"])
            right = self.chance.choice(["2", "0.5", self.leaf()]) if sign == "*" else self.leaf()
            return f"({self.leaf()} {sign} {right})"
        function = self.chance.choice(["min", "max"])
        return (
            f"${function}({self.number(depth - 1)}, {self.leaf()})" if kind < 0.95 else f"$abs({self.leaf()})"
        )

    def leaf(self) -> str:
        if self.chance.random() < 0.6:
            return self.chance.choice(NUMBERS)
        before = self.chance.choice(
            ["previous.", "same_period_last_year.", "children.sum.", "low.", "previous.high."]
        )
        figures = ("a.p", "a.s", "a.money") if before.startswith("children") else NUMBERS
        others = ["target.a.goal", "stated.a.first", "period.days", "period.window_days", "unit.bodies"]
        return self.chance.choice([before + self.chance.choice(figures)] * 3 + others)

    def submissions(self, units: Sequence[Unit]) -> list[Submission]:
        return [
            self.submission(unit, period)
            for unit in units
            for period in PERIODS
            if self.chance.random() < (0.9 if unit.id.count("/") == 2 else 0.4)
        ]

    def submission(self, unit: Unit, period: Period) -> Submission:
        draw = self.chance.choice
        figures: dict[str, Any] = {
            name: draw([0, 0, 1, 2, 5, self.chance.randint(0, 30)])
            for name in NUMBERS
            if self.chance.random() < 0.7
        }
        if "a.u" in figures:
            figures["a.u"] -= draw([0, 3])
        for name in ("a.share", "a.money"):
            if name in figures:
                figures[name] = Decimal(figures[name]) + draw(
                    [Decimal(0), Decimal("0.000001"), Decimal("33.3")]
                )
        if self.chance.random() < 0.4 and {"a.q", "a.r"} <= figures.keys():
            figures["a.p"] = figures["a.q"] + figures["a.r"]
        figures |= {
            name: draw([date(2020, 1, 2), date(2020, 5, 4)]) for name in ("a.day", "a.night") if draw([0, 1])
        }
        figures |= {"a.yes": draw([True, False])} if draw([0, 1]) else {}
        stated = {name: self._state(figures, name) for name in STATED if draw([0, 1])}
        made: Submission = self.bench.submission(
            unit.id,
            figures,
            period=period,
            stated=stated,
            report_date=draw([None, period.start, period.end, date(2020, 4, 1)]),
            reported_by=draw([unit.id, unit.id, "d0"]),
            data_window=draw(
                [None, DataWindow(start=period.start, end=draw([period.end, date(2021, 5, 4)]))]
            ),
        )
        return made

    def _state(self, figures: Mapping[str, Any], rate: str) -> str:
        """A percentage near or far from what the figures give, printed with none to six decimals."""
        draw, places = self.chance.choice, self.chance.randint(0, 6)
        above, below = (figures.get(name, 0) for name in STATED[rate])
        exact = 100 * Fraction(above) / Fraction(below) if below else Fraction(50)
        near = exact + draw([0, 0, 0, 1, -1]) * Fraction(draw([1, 1, 2]), 2 * 10**places)
        digits = floor(min(max(near, Fraction(0)), Fraction(900)) * 10**places + Fraction(draw([0, 1]), 2))
        if draw([0, 0, 0, 0, 1]):
            digits = draw([0, 100]) * 10**places
        whole, part = divmod(digits, 10**places)
        return f"{whole},{part:0{places}}%" if places else f"{whole}%"


def differing(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> list[Any]:
    return [
        (key, one.get(key), other.get(key))
        for key in one.keys() | other.keys()
        if one.get(key) != other.get(key)
    ]


def leave_exact(submission: Submission) -> Submission:
    """Without ranges, approximate figures and cited documents, which the interpreter alone decides."""
    observations = {
        name: item
        for name, item in submission.observations.items()
        if not isinstance(item.value, Interval) and item.approximate is None
    }
    return submission.model_copy(update={"observations": observations, "area_windows": {}, "cites": ()})
