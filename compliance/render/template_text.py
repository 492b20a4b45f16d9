"""What does an empty form look like for a clerk who has only a text editor or a plain spreadsheet?"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.render.templating import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.rulepack import Area, Indicator, Rate, RulePack
    from compliance.model.submission import Period, Unit

CSV_COLUMNS = ("unit", "period", "indicator", "value", "label", "unit_of_measure", "required")
"""`value` is what the clerk fills in; what stands right of it is there to be read."""


def asked_indicators(pack: RulePack, unit: Unit) -> tuple[Indicator, ...]:
    """The indicators that a unit of this level is asked for, in the pack's order."""
    return tuple(
        indicator
        for indicator in pack.indicators
        if unit.level in indicator.levels and indicator.from_register is None
    )


def asked_rates(pack: RulePack, unit: Unit) -> tuple[Rate, ...]:
    """The rates that a unit of this level may state in its report."""
    return tuple(rate for rate in pack.rates if unit.level in rate.levels)


def render_template_yaml(pack: RulePack, unit: Unit, period: Period) -> str:
    """A submission in YAML with every value left empty and each line explained."""
    indicators = asked_indicators(pack, unit)
    return fill(
        "submission.yaml.j2",
        unit=unit,
        period=period,
        areas=_by_area(pack.areas, indicators),
        rates=_by_area(pack.areas, asked_rates(pack, unit)),
        window_from=period.start,
        window_to=period.end,
    )


def _by_area(
    areas: Sequence[Area], items: Sequence[Indicator] | Sequence[Rate]
) -> list[tuple[Area, list[Indicator | Rate]]]:
    found = [(area, [item for item in items if item.id.split(".")[0] == area.id]) for area in areas]
    return [(area, asked) for area, asked in found if asked]


def render_template_csv(pack: RulePack, units: Iterable[Unit], period: Period) -> str:
    """A row for each unit and indicator; semicolons and a BOM, as Vietnamese Excel expects."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for unit in units:
        for indicator in asked_indicators(pack, unit):
            required = text("template.required" if unit.level in indicator.required else "template.optional")
            writer.writerow(
                (unit.id, str(period), indicator.id, "", indicator.label, indicator.unit_of_measure, required)
            )
    return "\ufeff" + out.getvalue()
