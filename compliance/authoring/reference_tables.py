"""Which indicators, rates, targets, units and instruments does a pack hold, as tables?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authoring.pages import code, table
from compliance.authoring.rule_words import say_citation, say_levels, say_span
from compliance.messages import text
from compliance.numerals import format_date, format_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from compliance.model.ledger_definitions import LedgerDefinition
    from compliance.model.legal import Instrument
    from compliance.model.rulepack import DatedValue, Indicator, PackHeader, Rate, RulePack, Target
    from compliance.model.submission import Unit


def packs_table(headers: Iterable[PackHeader]) -> str:
    """The packs, each with what it extends."""
    rows = (
        (
            code(header.id),
            header.title,
            header.jurisdiction,
            code(header.extends) if header.extends else _NONE,
            header.version,
            say_span(header.effective_from, header.effective_until),
        )
        for header in headers
    )
    return table(_columns("id", "title", "jurisdiction", "extends", "version", "span"), rows)


def indicators_table(pack: RulePack) -> str:
    """What units report."""
    columns = _columns(
        "id", "label", "measure", "type", "levels", "required", "additive", "parts", "description"
    )
    return table(columns, (_indicator_row(indicator) for indicator in pack.indicators))


def _indicator_row(indicator: Indicator) -> tuple[str, ...]:
    watched = f" ({text('reference.watched')})" if indicator.watched else ""
    return (
        code(indicator.id),
        indicator.label + watched,
        indicator.unit_of_measure,
        text(f"reference.type.{indicator.type}"),
        say_levels(indicator.levels),
        say_levels(indicator.required),
        say_levels(indicator.additive),
        ", ".join(map(code, indicator.parts)) or _NONE,
        indicator.description,
    )


def rates_table(pack: RulePack) -> str:
    """What is worked out from it."""
    return table(
        _columns("id", "label", "numerator", "denominator", "confused", "levels"),
        (_rate_row(rate) for rate in pack.rates),
    )


def _rate_row(rate: Rate) -> tuple[str, ...]:
    return (
        code(rate.id),
        rate.label,
        code(rate.numerator),
        code(rate.denominator),
        ", ".join(map(code, rate.confused_with)) or _NONE,
        say_levels(rate.levels),
    )


def targets_table(pack: RulePack) -> str:
    """Every dated value of every target."""
    columns = _columns("id", "label", "value", "since", "due", "bound_levels", "basis", "checked")
    return table(
        columns, (_value_row(pack, target, dated) for target in pack.targets for dated in target.values)
    )


def _value_row(pack: RulePack, target: Target, dated: DatedValue) -> tuple[str, ...]:
    common = f"; {text('reference.common', common=dated.common)}" if dated.common else ""
    return (
        code(target.id),
        target.label,
        format_decimal(dated.value),
        format_date(dated.effective_from),
        format_date(dated.due) if dated.due else _NONE,
        say_levels(dated.levels) if dated.levels else text("reference.all_levels"),
        say_citation(pack, dated.citation) + common,
        format_date(dated.checked_on),
    )


def definitions_table(pack: RulePack) -> str:
    """How a ledger of dossiers is counted; what no text says is marked as an assumption."""
    if not pack.ledger_definitions:
        return ""
    rows = (
        (code(item.id), item.label, code(item.choice), item.wording, _basis(pack, item))
        for item in pack.ledger_definitions
    )
    return table(_columns("id", "label", "choice", "counting", "basis"), rows)


def _basis(pack: RulePack, definition: LedgerDefinition) -> str:
    if definition.citation is None:
        return text("reconcile.assumption", reason=definition.reason)
    return say_citation(pack, definition.citation)


def units_table(pack: RulePack) -> str:
    """The register of units."""
    return table(_columns("id", "label", "level", "parent", "note"), (_unit_row(unit) for unit in pack.units))


def _unit_row(unit: Unit) -> tuple[str, ...]:
    doubt = text("reference.unconfirmed") if unit.unconfirmed else ""
    return (
        code(unit.id),
        unit.label,
        text(f"outcome.level.{unit.level}"),
        code(unit.parent) if unit.parent else _NONE,
        "; ".join(part for part in (doubt, unit.note) if part) or _NONE,
    )


def instruments_table(instruments: Iterable[Instrument]) -> str:
    """The register of legal texts."""
    return table(
        _columns("key", "instrument", "title", "issued", "force", "grade", "note"),
        (_instrument_row(instrument) for instrument in instruments),
    )


def _instrument_row(instrument: Instrument) -> tuple[str, ...]:
    return (
        code(instrument.key),
        instrument.name,
        instrument.title,
        _day(instrument.issued),
        ", ".join(_force(instrument)),
        instrument.grade,
        instrument.note or _NONE,
    )


def _force(instrument: Instrument) -> Iterator[str]:
    begin = instrument.in_force_from
    yield text("reference.span.from", begin=format_date(begin)) if begin else text("reference.unknown_day")
    if instrument.in_force_until is not None:
        yield text("reference.until", end=format_date(instrument.in_force_until))
    if instrument.replaced_by is not None:
        by = code(instrument.replaced_by)
        grade = instrument.replacement_grade
        graded = text("reference.replaced_by_graded", by=by, grade=grade)
        yield graded if grade else text("reference.replaced_by", by=by)


def _day(day: date | None) -> str:
    return format_date(day) if day else text("reference.unknown_day")


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(text(f"reference.column.{name}") for name in names)


_NONE = text("reference.no")
