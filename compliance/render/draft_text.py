"""What does a draft of submissions look like as the YAML that `check` reads?

Figures keep the way the report writes them; each line tells the place it comes from, and what was assumed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.model.submission import Interval
from compliance.numerals import format_count, format_decimal
from compliance.render.templating import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.model.claims import Draft
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Observation, StatedRate, Submission


def render_draft_yaml(draft: Draft, pack: RulePack) -> str:
    """The submissions of a draft as one file; what was left out and what was assumed stands at its head."""
    return fill(
        "draft.yaml.j2",
        draft=draft,
        missing=[pack.indicator[indicator].label for indicator in draft.missing],
        submissions=[(one, _figures(one, pack), _stated(one)) for one in draft.submissions],
    )


def _figures(submission: Submission, pack: RulePack) -> Mapping[str, list[tuple[str, str, Observation]]]:
    areas: dict[str, list[tuple[str, str, Observation]]] = {}
    for name, observation in submission.observations.items():
        area, short = name.split(".", 1)
        is_percent = pack.indicator[name].type == "percent"
        areas.setdefault(area, []).append((short, _written(observation, is_percent=is_percent), observation))
    return areas


def _stated(submission: Submission) -> Mapping[str, list[tuple[str, StatedRate]]]:
    areas: dict[str, list[tuple[str, StatedRate]]] = {}
    for name, rate in submission.stated.items():
        area, short = name.split(".", 1)
        areas.setdefault(area, []).append((short, rate))
    return areas


def _written(observation: Observation, *, is_percent: bool) -> str:
    """The value as YAML in Vietnamese notation: a scalar, a range, or how far it is approximate."""
    value = observation.value
    if isinstance(value, Interval):
        return f"[{_number(value.low)}, {_number(value.high)}]"
    if isinstance(value, bool):
        return "có" if value else "không"
    if not isinstance(value, int | Decimal):
        return value.isoformat()
    number = f'"{format_decimal(value)}%"' if is_percent else _number(value)
    if observation.approximate:
        return f"{{value: {number}, approximate: {observation.approximate}}}"
    return number


def _number(value: int | Decimal) -> str:
    return f'"{format_count(value)}"' if isinstance(value, int) else f'"{format_decimal(value)}"'
