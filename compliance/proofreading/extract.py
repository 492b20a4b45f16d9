"""Which submissions does a narrative report make, figure by figure, with nothing invented?

The pack's phrases say what each figure measures, brackets and names say of which unit. What could not be
placed is listed with the reason, and so is what the report does not give.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.claims import Draft, UnplacedFigure
from compliance.model.submission import CitedDocument, DataWindow, Period, Submission
from compliance.problems import Place
from compliance.proofreading.documents import cited_instruments, find_report_date
from compliance.proofreading.gathering import Gathered, Gathering
from compliance.proofreading.inference import infer
from compliance.proofreading.passages import Paragraph, Reading, read
from compliance.proofreading.periods import find_span
from compliance.proofreading.places import Places
from compliance.proofreading.placing import Placer, Site
from compliance.proofreading.statements import find_statements
from compliance.proofreading.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.report import Passage
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Unit

_PERIOD = re.compile(r"(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm (?P<year>\d{4})")
_HEADING = re.compile(r"\s*(?P<roman>[IVX]{1,5})\.\s|\s*(?P<number>\d{1,2})\.\s")
_PLANS = re.compile(r"phương hướng|nhiệm vụ|giải pháp|kiến nghị|đề xuất")
_BOTH_LEVELS = re.compile(r"[^,;.]{0,40}huyện, (?:và )?(?:các )?xã")


def extract(
    report: str,
    pack: RulePack,
    *,
    source: str = "",
    period: Period | None = None,
    passages: Sequence[Passage] = (),
) -> Draft:
    """The submissions that a report makes for the widest unit of `pack` and those below it.

    `period` is read from the report's title where it is not given; without either there is no submission,
    and the notes say so. Every observation keeps how it was written and its place; certainty is that of the
    words (`khoảng`, `hơn`).
    """
    reading = read(report)
    root = next((unit for unit in pack.units if unit.parent is None), None)
    found = period or _period_of(reading)
    if root is None or found is None:
        code = "no_unit" if root is None else "no_period"
        return Draft(submissions=(), notes=(text(f"proofreading.draft.{code}"),))
    places = Places(reading.paragraph_starts, passages, source)
    gathering = Gathering(pack, reading.folded.text, places)
    placer = _place_figures(reading, pack, root)
    _keep_sites(gathering, placer, root)
    for indicator, span in find_statements(reading, pack):
        gathering.observe(root.id, indicator, value=True, span=span)
    infer(
        gathering, root, {(site.unit, s): site.sentence.start for site in placer.sites for s in site.subjects}
    )
    return Draft(
        submissions=tuple(_submissions(reading, gathering, root, found, source)),
        unplaced=tuple(_unplaced(gathering, placer)),
        missing=_missing(gathering, root),
        notes=tuple(dict.fromkeys(gathering.notes)),
    )


def _period_of(reading: Reading) -> Period | None:
    match = _PERIOD.search(reading.folded.lower)
    return Period(year=int(match["year"]), half=1 if match["half"] == "đầu" else 2) if match else None


def _place_figures(reading: Reading, pack: RulePack, root: Unit) -> Placer:
    placer = Placer(Vocabulary(pack), root)
    for paragraph in _reported(reading):
        for sentence in paragraph.sentences:
            placer.place(paragraph, sentence)
    return placer


def _reported(reading: Reading) -> Iterator[Paragraph]:
    """The paragraphs that tell what was done: a section of plans under a Roman heading is left out."""
    plans = False
    for paragraph in reading.paragraphs:
        match = _HEADING.match(reading.folded.plain, paragraph.start)
        if match and match["roman"]:
            plans = bool(_PLANS.search(reading.folded.lower[paragraph.start : paragraph.end]))
        if not plans:
            yield paragraph


def _keep_sites(gathering: Gathering, placer: Placer, root: Unit) -> None:
    """Turn placed figures into observations and stated rates of their units."""
    for site in placer.sites:
        kept = [_keep(gathering, site, subject) for subject in site.subjects]
        if not any(kept):
            placer.unplaced.append((site.mention, "not_a_value"))
        if site.unit == root.id:
            _spread(gathering, site, root)
        span = find_span(site.sentence.lower)
        if span is not None and span[0] <= span[1]:
            for subject in site.subjects:
                window = DataWindow(start=span[0], end=span[1])
                gathering.of(site.unit).windows.setdefault(subject.split(".", 1)[0], window)


def _keep(gathering: Gathering, site: Site, subject: str) -> bool:
    figure, rate = site.mention.figure, gathering.pack.rate.get(subject)
    if rate is None:
        return gathering.observe_figure(site.unit, subject, figure)
    if figure.under is None:
        gathering.state(site.unit, subject, figure)
        return True
    upper = gathering.observe_figure(site.unit, rate.numerator, figure)
    return gathering.observe_figure(site.unit, rate.denominator, figure.under) and upper


def _spread(gathering: Gathering, site: Site, root: Unit) -> None:
    """All or none of the bodies of both levels, named together, are all or none of each level's."""
    figure = site.mention.figure
    if figure.kind != "percent" or figure.value not in {0, 100} or not _BOTH_LEVELS.match(site.mention.tail):
        return
    for subject in (subject for subject in site.subjects if subject in gathering.pack.indicator):
        for unit in gathering.pack.units:
            if unit.parent == root.id and unit.level in gathering.pack.indicator[subject].levels:
                gathering.observe_figure(unit.id, subject, figure)


def _submissions(
    reading: Reading, gathering: Gathering, root: Unit, period: Period, source: str
) -> Iterator[Submission]:
    """One for each unit that the report gives figures of, in the order of the register."""
    order = [indicator.id for indicator in gathering.pack.indicators]
    for unit in gathering.pack.units:
        gathered = gathering.units.get(unit.id, Gathered())
        if unit is not root and not gathered.areas:
            continue
        known = gathered.observations
        yield Submission(
            unit=unit.id,
            period=period,
            area_windows=gathered.windows,
            report_date=find_report_date(reading),
            reported_by=root.id,
            provenance="reported",
            source=source or text("proofreading.draft.source"),
            observations={indicator: known[indicator] for indicator in order if indicator in known},
            stated=gathered.stated,
            cites=tuple(_cites(reading, gathering)) if unit is root else (),
            place=Place(source),
        )


def _cites(reading: Reading, gathering: Gathering) -> Iterator[CitedDocument]:
    for key, dated, start in cited_instruments(reading, gathering.pack.instruments):
        where = _section(reading, start)
        yield CitedDocument(instrument=key, dated=dated, where=where, place=gathering.places.at(start))


def _section(reading: Reading, position: int) -> str:
    """The numbers of the headings above a position: `I.1`."""
    roman, number = "", ""
    for paragraph in reading.paragraphs:
        if paragraph.start > position:
            break
        match = _HEADING.match(reading.folded.plain, paragraph.start)
        if match and match["roman"]:
            roman, number = match["roman"], ""
        elif match:
            number = match["number"]
    return ".".join(part for part in (roman, number) if part)


def _unplaced(gathering: Gathering, placer: Placer) -> Iterator[UnplacedFigure]:
    for mention, reason in sorted(placer.unplaced, key=lambda pair: pair[0].figure.start):
        figure = mention.figure
        yield UnplacedFigure(
            quote=" ".join(gathering.written[figure.start : figure.end].split()),
            start=figure.start,
            end=figure.end,
            reason=text(f"proofreading.draft.unplaced.{reason}"),
            place=gathering.places.at(figure.start),
        )


def _missing(gathering: Gathering, root: Unit) -> tuple[str, ...]:
    """The required indicators that the report does not give, the wholes of given parts aside."""
    own = gathering.of(root.id).observations
    return tuple(
        indicator.id
        for indicator in gathering.pack.indicators
        if root.level in indicator.required and indicator.id not in own
    )
