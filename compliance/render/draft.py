"""What does the draft of a whole report say, in the order of the real one, before it is laid out?

Who issues it, when and where; the legal texts that it rests on; results by area with their figures, and rates
worked out anew, by bloc. What the submission does not tell is left as dots for the author to fill in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.render.draft_figures import FigureTable, ResultFigures
from compliance.render.summary import unit_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.model.check import Check
    from compliance.model.rulepack import Area
    from compliance.model.submission import CitedDocument, DataWindow

ONLINE = "online"
"""The area that a report treats under a number of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its title in bold, its words, and what stands beside it as a comment."""

    title: str
    words: str
    note: str = ""
    table: FigureTable | None = None
    """What stands below it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the report, and when and where."""

    superior: str
    """The body above an office; a people's committee stands alone."""
    body: tuple[str, ...]
    symbol: str
    place_and_date: str
    signature: tuple[str, ...]


class Draft:
    """The draft report of one unit of a run.

    Raises:
        ValueError: the run checked no submission of the unit.
    """

    def __init__(self, check: Check, unit: str) -> None:
        found = [submission for submission in check.reported if submission.unit == unit]
        if not found:
            raise ValueError(f"no submission of {unit}")
        self._check = check
        self._own = max(found, key=lambda submission: submission.period)
        self._below = tuple(
            submission
            for submission in check.reported
            if submission.period == self._own.period
            and submission.unit in check.pack.unit
            and check.pack.unit[submission.unit].parent == unit
        )
        self._figures = ResultFigures(check, self._own, self._below)

    @property
    def head(self) -> Head:
        """The head of the first page and the signature of the last."""
        label, kind = self._name(self._own.unit), self._kind
        above = text("docx.report.superior", unit=self._name(self._root()).upper())
        return Head(
            superior="" if kind == "committee" else above,
            body=tuple(text(f"docx.report.head.{kind}", unit=label.upper()).split("\n")),
            symbol=text(f"docx.report.symbol.{kind}"),
            place_and_date=self._place_and_date(),
            signature=tuple(text(f"docx.report.signature.{kind}").split("\n")),
        )

    @property
    def _kind(self) -> Literal["committee", "office"]:
        level = self._check.pack.unit[self._own.unit].level
        return "committee" if level in ("district", "commune") else "office"

    def _name(self, unit: str) -> str:
        """The label without the committee before it (`UBND xã Phú Hữu` → `xã Phú Hữu`)."""
        return _strip(unit_label(self._check, unit), text("docx.report.committee_names"))

    def _root(self) -> str:
        unit = self._own.unit
        while parent := self._check.pack.unit[unit].parent:
            unit = parent
        return unit

    def _place_and_date(self) -> str:
        level = self._check.pack.unit[self._own.unit].level
        seat = self._own.unit if level == "commune" else self._root()
        day = self._own.report_date
        return text(
            "docx.report.place_and_date",
            place=_name_place(self._name(seat)),
            day=f"{day.day:02d}" if day else "…",
            month=(f"{day.month:02d}" if day.month <= 2 else day.month) if day else "…",  # noqa: PLR2004 - Decree 30
            year=day.year if day else self._own.period.year,
        )

    @property
    def titles(self) -> Mapping[str, str]:
        """The values that the sentences of the report's own text are filled with."""
        return {
            "body": text(f"docx.report.body.{self._kind}", unit=self._name(self._own.unit)),
            "period": self._own.period.label,
            "next_period": Period.parse(str(self._own.period)).next.label,
        }

    @property
    def opening(self) -> str:
        """The first sentence, with the dates that all figures cover where they are the same."""
        window = self._own.data_window
        return text("docx.report.opening", window=_show_window(window) if window else "", **self.titles)

    @property
    def legal_texts(self) -> tuple[Line, ...]:
        """The texts that the submission cites, each once, by the date that it gives or the register has."""
        mentions: dict[str, list[CitedDocument]] = {}
        for cited in self._own.cites:
            mentions.setdefault(cited.instrument, []).append(cited)
        return tuple(self._legal_text(key, cited) for key, cited in mentions.items())

    def _legal_text(self, key: str, cited: Sequence[CitedDocument]) -> Line:
        known = self._check.pack.instrument.get(key)
        dated = known.issued if known and known.issued else cited[0].dated
        words = text(
            "docx.report.legal_text" if known and known.number else "docx.report.law",
            kind=known.kind if known else key,
            number=known.number if known else "",
            date=format_date(dated) if dated else "…",
            issuer=known.issuer if known else "…",
            title=known.title if known else "…",
        )
        findings = [finding.message for finding in self._check.findings if finding.id.endswith(f"#{key}")]
        places = "; ".join(str(one.place) for one in cited)
        return Line("", words, _join(text("docx.comment.places", value=places), *findings))

    @property
    def offices(self) -> tuple[Line, ...]:
        """Results of every area but the online services."""
        return tuple(self._areas(area for area in self._check.pack.areas if area.id != ONLINE))

    @property
    def online(self) -> tuple[Line, ...]:
        """Results of the online services."""
        return tuple(self._areas(area for area in self._check.pack.areas if area.id == ONLINE))

    def _areas(self, areas: Iterable[Area]) -> Iterable[Line]:
        for area in areas:
            found = self._figures.compose(area.id)
            if isinstance(found, FigureTable):
                yield Line(self._title(area), "", self._note(area.id), found)
            elif found:
                yield Line(self._title(area), found, self._note(area.id))

    def _title(self, area: Area) -> str:
        window = self._own.area_windows.get(area.id)
        return text("docx.report.area", area=area.title, window=_show_window(window) if window else "")

    def _note(self, area: str) -> str:
        """Where the figures stand, and what the check found about them."""
        units = {self._own.unit, *(submission.unit for submission in self._below)}
        places = [
            str(observation.place)
            for submission in (self._own, *self._below)
            for name, observation in submission.observations.items()
            if name.split(".")[0] == area
        ]
        findings = [
            text("docx.comment.finding", rule=finding.rule, message=finding.message)
            for finding in self._check.findings
            if finding.area == area and finding.unit in units and finding.severity != "advisory"
        ]
        return _join(text("docx.comment.places", value="; ".join(places)) if places else "", *findings)


def _show_window(window: DataWindow) -> str:
    """The dates in brackets, set off from the word before."""
    return " " + text("docx.report.window", start=format_date(window.start), end=format_date(window.end))


def _join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _name_place(label: str) -> str:
    """The name without its kind (`huyện Long Phú` → `Long Phú`), but `Quận 1` stays whole."""
    name = _strip(label, text("docx.report.kinds_of_place"))
    return label if name[:1].isdigit() else name


def _strip(label: str, prefixes: str) -> str:
    """The label without the first of the prefixes, separated by commas, that it begins with."""
    for prefix in prefixes.split(", "):
        if label.startswith(f"{prefix} "):
            return label.removeprefix(f"{prefix} ")
    return label
