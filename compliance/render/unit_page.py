"""What does the page sent back to a unit say: what is accepted, what to correct and how, by when?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.problems import Place
from compliance.render.causes import compose_causes
from compliance.render.responses import list_answered, say_answer, say_explanation, say_waivers
from compliance.render.staleness import compose_staleness
from compliance.render.summary import (
    build_matrix,
    compose_tally,
    indicator_label,
    name_left_out,
    unit_label,
)
from compliance.render.suspects import compose_suspects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance.model.check import Check, SubmissionResult
    from compliance.model.findings import Acceptance, Finding
    from compliance.model.rulepack import Severity

FREE_OF_FAULTS = ("pass", "advisory", "waived")
"""Cells of the matrix whose area is accepted as it stands."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to correct, to explain or to note."""

    rule: str
    message: str
    places: tuple[str, ...]
    fix: str
    citation: str
    suspects: str
    waivers: tuple[str, ...] = ()
    """What the inspector has waived of it, or why not."""
    explanation: str = ""
    """What the unit has written about it so far, in one sentence."""
    answer: str = ""
    """The same under a heading of its own."""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that one unit gets to read."""

    unit: str
    label: str
    period: str
    period_id: str
    accepted: Acceptance
    reporter: str
    """The unit whose report gives the figures, where it is another one."""
    accepted_areas: tuple[str, ...]
    missing: tuple[str, ...]
    causes: tuple[str, ...]
    """Figures that may each be behind several of the items."""
    items: tuple[tuple[Severity, tuple[Item, ...]], ...]
    """By severity, the heaviest first; a severity without items has an empty tuple."""
    waived: tuple[Item, ...]
    """What need be neither corrected nor explained."""
    answered: tuple[str, ...]
    """Explanations whose finding is gone."""
    due: date
    as_of: date
    pack: str
    """By which rule packs, and that they are not in force where they are not; which files were left out."""

    @property
    def file_stem(self) -> str:
        """The name of its file, without the suffix."""
        return f"{self.unit.replace('/', '__')}_{self.period_id}"

    @property
    def headline(self) -> str:
        """The acceptance in words."""
        return text(f"acceptance.{self.accepted}")

    @property
    def request(self) -> str:
        """What is asked of the unit, and by when."""
        code = "nothing" if self.accepted == "accepted" else "send"
        values = {"unit": self.reporter or self.label, "due": format_date(self.due)}
        return text(f"docx.unit.request.{code}", **values)


def compose_unit_pages(check: Check, due: date) -> tuple[UnitPage, ...]:
    """A page for each submission of a run; corrections are due on `due`."""
    return tuple(
        _page(
            check,
            result,
            due,
            tuple(
                area.title
                for area, cell in zip(check.pack.areas, cells, strict=True)
                if cell.kind in FREE_OF_FAULTS
            ),
        )
        for result, cells in build_matrix(check)
    )


def _page(check: Check, result: SubmissionResult, due: date, areas: tuple[str, ...]) -> UnitPage:
    own = [finding for finding in check.findings if _is_about(finding, result)]
    submission = next(
        each for each in check.reported if each.unit == result.unit and str(each.period) == result.period
    )
    severities: tuple[Severity, ...] = ("must_fix", "must_explain", "advisory")
    return UnitPage(
        unit=result.unit,
        label=unit_label(check, result.unit),
        period=Period.parse(result.period).label,
        period_id=result.period,
        accepted=result.accepted,
        reporter="" if submission.is_own_report else unit_label(check, submission.reported_by),
        accepted_areas=areas,
        missing=tuple(indicator_label(check, name) for name in result.missing),
        causes=compose_causes(check, [finding for finding in own if not finding.waived]),
        items=tuple(
            (severity, tuple(_item(check, one) for one in own if one.severity == severity and not one.waived))
            for severity in severities
        ),
        waived=tuple(_item(check, one) for one in own if one.waived),
        answered=list_answered(check, result.unit),
        due=due,
        as_of=check.manifest.as_of,
        pack=" ".join((compose_tally(check)[-1], *compose_staleness(check.manifest), *name_left_out(check))),
    )


def _is_about(finding: Finding, result: SubmissionResult) -> bool:
    return finding.id.split("#", maxsplit=1)[0].endswith(f"@{result.unit}@{result.period}")


def _item(check: Check, finding: Finding) -> Item:
    return Item(
        rule=finding.rule,
        message=finding.message,
        places=_shorten(finding.places),
        fix=finding.fix,
        citation=finding.citation,
        suspects=compose_suspects(check, finding),
        waivers=say_waivers(finding),
        explanation=say_explanation(finding.explanation),
        answer=say_answer(finding.explanation),
    )


def _shorten(places: Iterable[Place]) -> tuple[str, ...]:
    """Each file once, without its folder, with the lines or cells in it that a clerk has to look at."""
    found: dict[str, list[str]] = {}
    for place in places:
        name = place.file.replace("\\", "/").rsplit("/", 1)[-1]
        inside = replace(place, file="", column=0)
        found.setdefault(name, []).append("" if inside == Place() else str(inside))
    return tuple(
        text("docx.unit.places", file=name, inside="; ".join(dict.fromkeys(filter(None, inside)))).rstrip(
            ": "
        )
        for name, inside in found.items()
        if name or any(inside)
    )
