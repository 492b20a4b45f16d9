"""What does each unit report of an invented ledger, and how is it written as files that `check` reads?

The figures of form II.06a are the plan's; the others are drawn so that identities hold. Nothing here has seen
a record of the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.authoring.invented_draws import Draws
from compliance.authoring.invented_figures import order_recipes, work_out
from compliance.authoring.invented_plan import DOSSIERS
from compliance.messages import text
from compliance.numerals import format_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from compliance.authoring.invented_plan import LedgerPlan
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import DataWindow, Period, Unit

STATED = ("dossiers.in_time", "dossiers.late")
"""The rates that an invented report states, as far as the pack has them."""
_WHOLE = 100
_REPORTS_A_TABLE = 2_000


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's report, as the unit writes it."""

    unit: Unit
    period: Period
    window: DataWindow
    figures: Mapping[str, int]
    stated: Mapping[str, str]
    """Percentages as they stand in the report."""

    @property
    def dated(self) -> date:
        """The day of the report: the fourth after the cut-off."""
        return self.window.end + timedelta(days=4)


def compose_reports(plan: LedgerPlan, pack: RulePack, units: Mapping[str, Unit]) -> tuple[Report, ...]:
    """The report of every unit of a plan, in the plan's order."""
    draws = Draws(plan.seed)
    recipes = order_recipes(pack, given=DOSSIERS)
    reports = []
    for planned in plan.units:
        unit = units[planned.unit]
        values = work_out(recipes, draws, planned.number, planned.figures)
        figures = {
            indicator.id: values[indicator.id]
            for indicator in pack.indicators
            if indicator.id in values and unit.level in indicator.levels
        }
        stated = dict(_state_rates(pack, figures))
        reports.append(Report(unit, plan.period, plan.window, figures, stated))
    return tuple(reports)


def _state_rates(pack: RulePack, figures: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for name in STATED:
        rate = pack.rate.get(name)
        if rate is not None and figures.get(rate.denominator):
            yield name, state_rate(figures[rate.numerator], figures[rate.denominator])


def state_rate(numerator: int, denominator: int) -> str:
    """A percentage with two decimals, as a report prints it."""
    return format_percent(Fraction(_WHOLE * numerator, denominator))


def render_report(report: Report, pack: RulePack) -> str:
    """A report as a file in YAML."""
    lines = [
        f"# {text('invent.notice')}",
        "format: 1",
        f"unit: {report.unit.id}",
        f"period: {report.period}",
        f"data_window: {{from: {report.window.start}, to: {report.window.end}}}",
        f"report_date: {report.dated}",
        "provenance: synthetic",
        f"source: {text('invent.source')}",
        "revision: 1",
    ]
    figures = {name: _written(pack, name, value) for name, value in report.figures.items()}
    for section, values in (("figures", figures), ("stated", report.stated)):
        lines += ["", f"{section}:", *_nest(values)] if values else []
    return "\n".join(lines) + "\n"


def _nest(values: Mapping[str, str]) -> Iterator[str]:
    area = ""
    for name, written in values.items():
        if name.partition(".")[0] != area:
            area = name.partition(".")[0]
            yield f"  {area}:"
        yield f"    {name.partition('.')[2]}: {written}"


def _written(pack: RulePack, name: str, value: int) -> str:
    kind = pack.indicator[name].type
    if kind == "boolean":
        return text("invent.yes") if value else text("invent.no")
    return f"{value}%" if kind == "percent" else str(value)


def render_tables(reports: Sequence[Report], pack: RulePack) -> tuple[str, ...]:
    """Reports as tables in CSV, a row for each, so many to a table as an office program opens."""
    names = list(dict.fromkeys(name for report in reports for name in report.figures))
    header = ["unit", "period", "data_from", "data_to", "report_date", "provenance", *names, *STATED]
    tables = []
    for first in range(0, len(reports), _REPORTS_A_TABLE):
        rows = [_row(report, pack, names) for report in reports[first : first + _REPORTS_A_TABLE]]
        tables.append("\n".join(";".join(row) for row in (header, *rows)) + "\n")
    return tuple(tables)


def _row(report: Report, pack: RulePack, names: Sequence[str]) -> list[str]:
    about = [report.unit.id, report.period, report.window.start, report.window.end, report.dated, "synthetic"]
    figures = [_written(pack, name, report.figures[name]) if name in report.figures else "" for name in names]
    return [*map(str, about), *figures, *(report.stated.get(name, "") for name in STATED)]
