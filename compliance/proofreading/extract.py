"""Which submissions does a narrative report make, figure by figure, with nothing invented?

The pack's phrases say what each figure measures, brackets and names say of which unit. What could not be placed is listed
with the reason, and so is what the report does not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.claims import Draft, UnplacedFigure
from compliance.model.submission import (
    CitedDocument,
    DataWindow,
    Interval,
    Observation,
    Period,
    StatedRate,
    Submission,
)
from compliance.problems import Place
from compliance.proofreading.citations import cited_instruments, find_report_date
from compliance.proofreading.passages import Paragraph, Reading, Sentence, read
from compliance.proofreading.periods import find_span
from compliance.proofreading.placing import Placer, Site
from compliance.proofreading.statements import find_statements
from compliance.proofreading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.model.report import Passage
    from compliance.model.rulepack import Indicator, RulePack
    from compliance.model.submission import Unit
    from compliance.proofreading.figures import Figure

_PERIOD = re.compile(r"(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm (?P<year>\d{4})")
_HEADING = re.compile(r"\s*(?P<roman>[IVX]{1,5})\.\s|\s*(?P<number>\d{1,2})\.\s")
_PLANS = re.compile(r"phương hướng|nhiệm vụ|giải pháp|kiến nghị|đề xuất")
_MILLION = 10**6
_HALVES = {"đầu": 1, "cuối": 2}


@dataclass
class _Gathered:
    """What one unit's submission holds so far."""

    observations: dict[str, Observation] = field(default_factory=dict)
    stated: dict[str, StatedRate] = field(default_factory=dict)
    windows: dict[str, DataWindow] = field(default_factory=dict)


def extract(
    report: str, pack: RulePack, *, source: str = "", period: Period | None = None, passages: Sequence[Passage] = ()
) -> Draft:
    """The submissions that a report makes for the widest unit of `pack` and those below it.

    `period` is read from the report's title where it is not given; without either there is no submission, and the notes
    say so. Every observation keeps how it was written and its place; certainty is that of the words (`khoảng`, `hơn`).
    """
    reading = read(report)
    root = next((unit for unit in pack.units if unit.parent is None), None)
    found = period or _period_of(reading)
    if root is None or found is None:
        code = "no_unit" if root is None else "no_period"
        return Draft(submissions=(), notes=(text(f"proofreading.draft.{code}"),))
    return _Extraction(reading, pack, root, found, source, passages).draft()


def _period_of(reading: Reading) -> Period | None:
    match = _PERIOD.search(reading.folded.lower)
    if match is None:
        return None
    return Period(year=int(match["year"]), half=1 if match["half"] == "đầu" else 2)


class _Extraction:
    """One report on its way to submissions."""

    def __init__(
        self, reading: Reading, pack: RulePack, root: Unit, period: Period, source: str, passages: Sequence[Passage]
    ) -> None:
        self._reading, self._pack, self._root, self._period = reading, pack, root, period
        self._source, self._passages = source, passages
        self._gathered: dict[str, _Gathered] = {}
        self._notes: list[str] = []
        self._placer = Placer(Vocabulary(pack), root)

    def draft(self) -> Draft:
        for paragraph in _reported(self._reading):
            for index, sentence in enumerate(paragraph.sentences):
                self._placer.place(paragraph, sentence, paragraph.sentences[:index])
        for site in self._placer.sites:
            self._keep(site)
        self._add_blocs()
        self._add_wholes()
        self._add_absent_parts()
        self._share_windows()
        for indicator, unit, start, end in find_statements(self._reading, self._pack, self._root):
            self._observe(unit, indicator, True, start, end)  # noqa: FBT003 - the value of a yes-or-no indicator
        submissions = tuple(self._submission(unit) for unit in self._units())
        return Draft(
            submissions=submissions, unplaced=tuple(self._unplaced()), missing=self._missing(), notes=tuple(dict.fromkeys(self._notes))
        )

    def _units(self) -> list[str]:
        order = {unit.id: index for index, unit in enumerate(self._pack.units)}
        return sorted({self._root.id, *self._gathered}, key=lambda unit: order.get(unit, len(order)))

    def _of(self, unit: str) -> _Gathered:
        return self._gathered.setdefault(unit, _Gathered())

    def _keep(self, site: Site) -> None:
        """Turn a placed figure into observations or stated rates of its unit."""
        figure = site.mention.figure
        for subject in site.subjects:
            if figure.kind == "fraction" and subject in self._pack.rate and figure.under is not None:
                rate = self._pack.rate[subject]
                self._observe_figure(site, rate.numerator, figure, upper=True)
                self._observe_figure(site, rate.denominator, figure.under)
            elif figure.kind == "percent" and subject in self._pack.rate:
                self._state(site, subject)
            elif subject in self._pack.indicator:
                self._observe_figure(site, subject, figure)
                self._spread(site, subject)
        self._window(site)

    def _observe_figure(self, site: Site, indicator: str, figure: Figure, *, upper: bool = False) -> None:
        value = _value(self._pack.indicator[indicator], figure)
        if value is None:
            self._placer.unplaced.append((site.mention, "not_a_value"))
            return
        end = figure.end if not upper else figure.start + len(self._reading.folded.text[figure.start : figure.end].split("/")[0].rstrip())
        self._observe(site.unit, indicator, value, figure.start, end, figure)

    def _observe(
        self, unit: str, indicator: str, value: int | Decimal | bool | Interval, start: int, end: int, figure: Figure | None = None
    ) -> None:
        """Keep a value; one that contradicts an earlier one is said and not kept."""
        written = " ".join(self._reading.folded.text[start:end].split())
        known = self._of(unit).observations.get(indicator)
        if known is not None:
            if known.value != value:
                self._notes.append(text("proofreading.draft.contradiction", indicator=self._pack.indicator[indicator].label,
                                        unit=self._pack.unit[unit].label, first=known.as_written, second=written))
            return
        self._of(unit).observations[indicator] = Observation(
            indicator=indicator, value=value, as_written=written, approximate=figure.approximate if figure else None, place=self._place(start),
        )

    def _state(self, site: Site, rate: str) -> None:
        figure = site.mention.figure
        if figure.low is not None or rate in self._of(site.unit).stated:
            return
        written = self._reading.folded.text[figure.start : figure.end]
        value = (Decimal(figure.value.numerator) / Decimal(figure.value.denominator)).quantize(Decimal(1).scaleb(-figure.decimals))
        self._of(site.unit).stated[rate] = StatedRate(
            rate=rate, value=value, decimals=figure.decimals, as_written=written, place=self._place(figure.start)
        )

    def _spread(self, site: Site, indicator: str) -> None:
        """All of the bodies of both levels, named together, are all of each level's."""
        figure = site.mention.figure
        if figure.kind != "percent" or figure.value not in {0, 100} or site.unit != self._root.id:
            return
        if re.match(r"[^,;.]{0,40}huyện, (?:và )?(?:các )?xã", site.mention.tail):
            levels = self._pack.indicator[indicator].levels
            for unit in self._pack.units:
                if unit.parent == self._root.id and unit.level in levels:
                    self._observe_figure(Site(site.mention, site.sentence, site.paragraph, unit.id, (indicator,)), indicator, figure)

    def _window(self, site: Site) -> None:
        """The dates that a sentence names hold for the areas of its figures."""
        span = find_span(site.sentence.lower)
        if span is None or span[1] < span[0]:
            return
        for subject in site.subjects:
            self._of(site.unit).windows.setdefault(subject.split(".", 1)[0], DataWindow(start=span[0], end=span[1]))

    def _share_windows(self) -> None:
        """The dates of an area hold for every unit that the report gives figures of."""
        windows = self._of(self._root.id).windows
        for unit, gathered in self._gathered.items():
            areas = {subject.split(".", 1)[0] for subject in (*gathered.observations, *gathered.stated)}
            if unit != self._root.id:
                gathered.windows.update({area: window for area, window in windows.items() if area in areas})

    def _add_blocs(self) -> None:
        """What only bodies of one bloc have, and all of it, is the bloc's: `trễ hạn 07 hồ sơ (… 01, … 06)`."""
        for indicator, whole in list(self._of(self._root.id).observations.items()):
            below = {unit: g.observations[indicator] for unit, g in self._gathered.items() if indicator in g.observations}
            parents = {self._pack.unit[unit].parent for unit in below if unit != self._root.id}
            bloc = next(iter(parents)) if len(parents) == 1 else None
            values = [o.value for unit, o in below.items() if unit != self._root.id and type(o.value) is int]
            if bloc and bloc != self._root.id and bloc not in below and sum(v for v in values if isinstance(v, int)) == whole.value:
                self._of(bloc).observations[indicator] = whole

    def _add_wholes(self) -> None:
        """A whole measures what all of its parts do, where they make it: `390 TTHC (cấp huyện 264 …, cấp xã 126 …)`."""
        children = [unit.id for unit in self._pack.units if unit.parent == self._root.id]
        own = self._of(self._root.id).observations
        if not children or not all(child in self._gathered for child in children):
            return
        for indicator in self._gathered[children[0]].observations:
            values = [self._gathered[child].observations.get(indicator) for child in children]
            known = [value.value for value in values if value is not None]
            if indicator in own or len(known) != len(children) or not all(type(value) is int for value in known):
                continue
            total = sum(value for value in known if isinstance(value, int))
            twin = next((o for name, o in own.items() if o.value == total and name.split(".")[0] == indicator.split(".")[0]
                         and self._same_parts(name, indicator, children)), None)
            if twin is not None and "district" in self._pack.indicator[indicator].additive:
                own[indicator] = twin.model_copy(update={"indicator": indicator})

    def _same_parts(self, one: str, other: str, children: Sequence[str]) -> bool:
        return all(
            (first := self._gathered[child].observations.get(one)) is not None
            and (second := self._gathered[child].observations.get(other)) is not None
            and first.place == second.place and first.value == second.value
            for child in children
        )

    def _add_absent_parts(self) -> None:
        """A list by unit that gives one unit all parts of a whole and its sibling only some says 0 of the others."""
        children = [unit.id for unit in self._pack.units if unit.parent == self._root.id]
        for whole in self._pack.indicators:
            if len(whole.parts) < 2 or whole.id in whole.assume_zero:  # noqa: PLR2004 - one part divides nothing
                continue
            if any(part in self._of(self._root.id).observations for part in whole.parts):
                continue
            given = {child: [p for p in whole.parts if p in self._of(child).observations] for child in children}
            full = [child for child in children if len(given[child]) == len(whole.parts)]
            for child in children:
                if full and given[child] and len(given[child]) < len(whole.parts):
                    self._assume_zero(whole, child, given[child], full[0])

    def _assume_zero(self, whole: Indicator, child: str, given: Sequence[str], full: str) -> None:
        known = self._of(child).observations[given[0]]
        if not self._is_listed_together(known, self._of(full).observations[given[0]]):
            return
        for part in (part for part in whole.parts if part not in given):
            label = self._pack.indicator[part].label
            reason = text("proofreading.draft.absent", indicator=label, unit=self._pack.unit[child].label)
            self._of(child).observations[part] = Observation(
                indicator=part, value=0, as_written="", place=known.place, derived_from=reason
            )
            self._notes.append(reason)

    def _is_listed_together(self, one: Observation, other: Observation) -> bool:
        """Whether two figures stand in one sentence."""
        spots = {site.mention.figure.start: site.sentence.start for site in self._placer.sites}
        found = [spots[start] for start in spots for o in (one, other) if self._place(start) == o.place and " ".join(
            self._reading.folded.text[start : start + len(o.as_written)].split()) == o.as_written]
        return len(found) > 1 and len(set(found)) == 1

    def _submission(self, unit: str) -> Submission:
        gathered = self._of(unit)
        cites = tuple(self._cites()) if unit == self._root.id else ()
        return Submission(
            unit=unit, period=self._period, area_windows=gathered.windows, report_date=find_report_date(self._reading),
            reported_by=self._root.id, provenance="reported", source=self._source or text("proofreading.draft.source"),
            observations=dict(sorted(gathered.observations.items(), key=self._order)), stated=gathered.stated, cites=cites,
            place=Place(self._source),
        )

    def _order(self, item: tuple[str, Observation]) -> int:
        return [indicator.id for indicator in self._pack.indicators].index(item[0])

    def _cites(self) -> Iterator[CitedDocument]:
        for key, dated, start in cited_instruments(self._reading, self._pack.instruments):
            yield CitedDocument(instrument=key, dated=dated, where=self._section(start), place=self._place(start))

    def _section(self, position: int) -> str:
        """The numbers of the headings above a position: `I.1`."""
        roman, number = "", ""
        for paragraph in self._reading.paragraphs:
            if paragraph.start > position:
                break
            match = _HEADING.match(self._reading.folded.plain, paragraph.start)
            if match and match["roman"]:
                roman, number = match["roman"], ""
            elif match:
                number = match["number"]
        return ".".join(part for part in (roman, number) if part)

    def _place(self, position: int) -> Place:
        for passage in self._passages:
            if passage.start <= position < passage.end:
                return passage.place
        numbers = [index for index, start in enumerate(self._reading.paragraph_starts, start=1) if start <= position]
        return Place(self._source, paragraph=numbers[-1] if numbers else 1)

    def _unplaced(self) -> Iterator[UnplacedFigure]:
        for mention, reason in sorted(self._placer.unplaced, key=lambda pair: pair[0].figure.start):
            figure = mention.figure
            yield UnplacedFigure(
                quote=" ".join(self._reading.folded.text[figure.start : figure.end].split()), start=figure.start, end=figure.end,
                reason=text(f"proofreading.draft.unplaced.{reason}"), place=self._place(figure.start),
            )

    def _missing(self) -> tuple[str, ...]:
        own = self._of(self._root.id).observations
        return tuple(i.id for i in self._pack.indicators if self._root.level in i.required and i.id not in own)


def _reported(reading: Reading) -> Iterator[Paragraph]:
    """The paragraphs that tell what was done: a section of plans under a Roman heading is left out."""
    plans = False
    for paragraph in reading.paragraphs:
        match = _HEADING.match(reading.folded.plain, paragraph.start)
        if match and match["roman"]:
            plans = bool(_PLANS.search(reading.folded.lower[paragraph.start : paragraph.end]))
        if not plans:
            yield paragraph


def _value(indicator: Indicator, figure: Figure) -> int | Decimal | Interval | None:
    """A figure as a value of an indicator's type; None where it cannot be one."""
    if figure.low is not None and figure.high is not None:
        whole = figure.low.denominator == figure.high.denominator == 1
        return Interval(low=int(figure.low), high=int(figure.high)) if whole else None
    match indicator.type:
        case "count":
            return int(figure.value) if figure.value.denominator == 1 else None
        case "amount":
            scale = _MILLION if indicator.unit_of_measure.startswith("triệu") else 1
            return _decimal(figure.value / scale)
        case "percent":
            return _decimal(figure.value)
        case _:
            return None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
