"""What does a rule pack say? Indicators, rates, dated targets, rules and tasks, as their YAML says it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from compliance.model.base import Model, ReadOnly, Source
from compliance.model.ledger_definitions import LedgerColumn, LedgerDefinition
from compliance.model.legal import Citation, Instrument
from compliance.model.named_checks import DottedId, NamedCheck
from compliance.model.submission import Level, Unit
from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["completeness", "consistency", "target", "plausibility"]
Severity = Literal["must_fix", "must_explain", "advisory"]
IndicatorType = Literal["count", "amount", "boolean", "percent", "date"]
TaskGroup = Literal["remedy", "push", "keep"]
"""Khắc phục, đẩy mạnh, duy trì: the three parts of the task list, in their order."""

RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$|^(PARTS|RATE|ROLLUP):.+$")]


class Area(Model):
    """A field of work (lĩnh vực); the order of the areas is the order of the assessment."""

    id: str
    title: str


class Indicator(Model):
    """One datum that a unit reports (chỉ tiêu thống kê)."""

    id: DottedId
    label: str
    unit_of_measure: str
    type: IndicatorType
    levels: tuple[Level, ...]
    """The levels that report it."""
    required: tuple[Level, ...] = ()
    """The levels at which a unit that reports for itself must give it."""
    additive: tuple[Level, ...] = ()
    """The parent levels at which it is the sum of the direct children."""
    description: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    """Range that a value must lie in; it also bounds the arithmetic of the columnar engine."""
    parts: tuple[DottedId, ...] = ()
    """Its parts: it is their sum."""
    assume_zero: tuple[DottedId, ...] = ()
    """Parts taken as 0 when not reported; the assumption is printed."""
    from_register: Literal["bodies"] | None = None
    """Counted from the register of units, not reported: `bodies` counts the agencies and communes below."""
    opening_of: DottedId | None = None
    """It opens with what that indicator was at the end of the period before; used where not reported."""
    phrases: tuple[str, ...] = ()
    """How a report's prose names it."""
    column: str = ""
    """Its column in form II.06a, where it has one."""
    watched: bool = False
    """Informational: shown, and no rule reads it, because no text sets a target."""
    place: Source = Place()

    @property
    def area(self) -> str:
        """The first segment of the id."""
        return self.id.split(".", 1)[0]


class Rate(Model):
    """A percentage derived from two indicators (tỷ lệ tính lại), in percent points; 0/0 is no data."""

    id: DottedId
    label: str
    numerator: DottedId
    denominator: DottedId
    levels: tuple[Level, ...]
    confused_with: tuple[DottedId, ...] = ()
    """Other denominators that it is sometimes computed on."""
    wording: str = ""
    """What the denominator is, in words: `số hồ sơ đã giải quyết`."""
    phrases: tuple[str, ...] = ()
    place: Source = Place()


class DatedValue(Model):
    """A value of a target from a date on, with the text that sets it."""

    effective_from: date
    due: date | None = None
    """The day by which it is to be reached; before it a shortfall is worded as not yet reached."""
    value: Decimal
    levels: tuple[Level, ...] = ()
    """The levels that it binds; none named means every level."""
    citation: Citation
    checked_on: date
    """When somebody last looked whether it still holds."""
    common: str = ""
    """Set where the text binds another level: how to word it here (`mục tiêu chung của tỉnh và cả nước`)."""
    place: Source = Place()


class Target(Model):
    """A dated value with its legal source (mục tiêu), in the unit of what it is compared with."""

    id: DottedId
    label: str
    values: tuple[DatedValue, ...]
    place: Source = Place()


class TaskTemplate(Model):
    """What is to be done about a limitation, or to keep a strength. All texts are sentences (see `Rule`)."""

    group: TaskGroup | None = None
    """Where it goes; left out, the outcome decides."""
    action: str
    lead: str
    support: str = ""
    due: str
    """`period_end`, or a day of the next half-year as `MM-DD`."""
    expected: str
    citation: Citation | None = None
    """Its own basis; the rule's where left out."""


class Rule(Model):
    """One check (quy tắc).

    Sentences (`fix`, `strength`, `limitation`, tasks) allow text, `{{ name | filter }}` and `{% if name %}`.
    A target rule has `measure` or `measures` with `at_least` or `at_most` in place of `check`.
    """

    id: RuleId
    title: str
    area: str
    kind: Kind
    severity: Severity
    applies_to: tuple[Level, ...]
    """The levels of the units that it is about."""
    when: str | None = None
    """An expression; where it is false the rule does not apply."""
    assume: ReadOnly[str, Decimal] = Field(default_factory=dict)
    """Values taken for indicators that are not reported; printed with the outcome."""
    check: str | NamedCheck | None = None
    """What must hold: an expression, or one named check."""
    measure: DottedId | None = None
    """The rate, or the indicator in percent, that is held against a target."""
    measures: tuple[DottedId, ...] = ()
    """Several where the denominator is not settled: a verdict stands only where all agree."""
    at_least: DottedId | None = None
    """The target that the measure must reach."""
    at_most: DottedId | None = None
    """The target that the measure must not exceed."""
    commend_at: Decimal | None = None
    """A level that the pack itself calls worth praise; a strength, never a verdict."""
    effective_from: date
    effective_until: date | None = None
    citation: Citation | None = None
    """None for internal arithmetic, which needs no law."""
    fix: str
    """How to put it right."""
    message: str = ""
    """What a finding says; composed from the check where left out."""
    strength: str = ""
    """What the assessment says when it holds."""
    limitation: str = ""
    """What the assessment says when it does not; at least one task answers it."""
    tasks: tuple[TaskTemplate, ...] = ()
    aliases: tuple[RuleId, ...] = ()
    """Ids that it had before; an id is never used again."""
    generated: bool = False
    """Made from an indicator or a rate."""
    pack: str = ""
    """Id of the pack that holds it."""
    place: Source = Place()

    @property
    def all_measures(self) -> tuple[str, ...]:
        """What a target rule measures; several where the denominator is not settled."""
        return (self.measure,) if self.measure else self.measures


class Withdrawal(Model):
    """A rule or target of a pack above that does not hold here, with the reason."""

    id: str
    reason: str


class Change(Model):
    """A line of a pack's changelog."""

    version: str
    released: date
    kind: Literal["added", "tightened", "loosened", "withdrawn", "reworded", "corrected"]
    affects_from: date
    affects_until: date | None = None
    rules: tuple[str, ...] = ()
    reason: str
    citation: Citation | None = None


class Approximation(Model):
    """How far an approximate figure reaches, in percent of it: `about` both ways, `over` up, `under` down."""

    about: Decimal = Decimal(10)
    over: Decimal = Decimal(10)
    under: Decimal = Decimal(10)


class PackHeader(Model):
    """What `pack.yaml` says of a pack."""

    id: str
    title: str
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    jurisdiction: str
    effective_from: date
    effective_until: date | None = None
    extends: str | None = None
    """The pack above it: beside it, or one that travels with the program."""
    areas: tuple[Area, ...] = ()
    """Its own, after those of the packs above."""
    approximation: Approximation | None = None
    """That of the nearest pack above where left out."""
    withdraws: tuple[Withdrawal, ...] = ()
    changelog: tuple[Change, ...]
    digest: str = ""
    """SHA-256 over the pack's own files."""


class RulePack(Model):
    """A pack with all that it extends, resolved: what the engine evaluates."""

    header: PackHeader
    chain: tuple[PackHeader, ...]
    """The packs it rests on, the most general first, itself last."""
    areas: tuple[Area, ...]
    approximation: Approximation
    units: tuple[Unit, ...]
    instruments: tuple[Instrument, ...]
    indicators: tuple[Indicator, ...]
    rates: tuple[Rate, ...]
    targets: tuple[Target, ...]
    rules: tuple[Rule, ...]
    """Written and generated, in the areas' order."""
    withdrawn: tuple[Withdrawal, ...] = ()
    ledger_definitions: tuple[LedgerDefinition, ...] = ()
    """How a ledger of dossiers is counted; none where no pack of the chain says it."""
    ledger_columns: tuple[LedgerColumn, ...] = ()

    @cached_property
    def indicator(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def rate(self) -> Mapping[str, Rate]:
        """Rates by id."""
        return {rate.id: rate for rate in self.rates}

    @cached_property
    def target(self) -> Mapping[str, Target]:
        """Targets by id."""
        return {target.id: target for target in self.targets}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        """Rules by id and by alias."""
        named = {rule.id: rule for rule in self.rules}
        return {alias: rule for rule in self.rules for alias in rule.aliases} | named

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Units by id."""
        return {unit.id: unit for unit in self.units}

    def units_meant(self, written: str) -> tuple[str, ...]:
        """The unit of that id; else the ids that end with it after a `/`, of which only one can be meant."""
        if written in self.unit:
            return (written,)
        return tuple(name for name in self.unit if written and name.endswith(f"/{written}"))

    @cached_property
    def instrument(self) -> Mapping[str, Instrument]:
        """Instruments by key."""
        return {instrument.key: instrument for instrument in self.instruments}
