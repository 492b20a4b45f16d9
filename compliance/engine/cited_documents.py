"""Are the legal texts that a report cites cited with one date, with the right date, and still in force?

One outcome for each cited instrument, its key as the subject. A document cited with two dates is one finding
about the document; the register's date is not held against it then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.engine.ruling import Ruling, rule_on
from compliance.messages import text
from compliance.model.findings import Operand
from compliance.numerals import format_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from compliance.engine.runs import Run
    from compliance.model.legal import Grade, Instrument
    from compliance.model.submission import CitedDocument


@dataclass(frozen=True, slots=True)
class _Cited:
    """One instrument with every passage that cites it."""

    key: str
    instrument: Instrument | None
    """None where the register lacks it."""
    passages: tuple[CitedDocument, ...]

    @property
    def name(self) -> str:
        return self.instrument.name if self.instrument else self.key

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates given, each once, as first cited."""
        return tuple(dict.fromkeys(passage.dated for passage in self.passages if passage.dated is not None))


def check_one_date(run: Run, unit: str) -> tuple[Ruling, ...]:
    """Whether each document is cited with one date."""
    return _check_each(run, unit, _one_date)


def check_register_date(run: Run, unit: str) -> tuple[Ruling, ...]:
    """Whether each document is cited with the date that the register has."""
    return _check_each(run, unit, _register_date)


def check_in_force(run: Run, unit: str) -> tuple[Ruling, ...]:
    """Whether each document is in force on the report date."""
    day = run.ledger.law_date(unit)
    return _check_each(run, unit, lambda cited: _in_force(cited, run.pack.instrument, day))


def _check_each(run: Run, unit: str, check: Callable[[_Cited], Ruling]) -> tuple[Ruling, ...]:
    documents = _group(run, unit)
    if not documents:
        return (rule_on("not_applicable", "nothing_cited"),)
    return tuple(_complete(check(cited), cited) for cited in documents)


def _group(run: Run, unit: str) -> tuple[_Cited, ...]:
    submission = run.submission(unit)
    passages: dict[str, list[CitedDocument]] = {}
    for passage in submission.cites if submission else ():
        passages.setdefault(passage.instrument, []).append(passage)
    return tuple(_Cited(key, run.pack.instrument.get(key), tuple(passages[key])) for key in sorted(passages))


def _complete(ruling: Ruling, cited: _Cited) -> Ruling:
    """The ruling with its subject and the passages as evidence."""
    return replace(ruling, subject=cited.key, operands=_operands(cited))


def _operands(cited: _Cited) -> dict[str, Operand]:
    return {
        f"{cited.key}[{number}]": Operand(
            value=passage.dated.isoformat() if passage.dated else "",
            text=_passage(passage),
            as_written=format_date(passage.dated) if passage.dated else "",
            place=passage.place,
        )
        for number, passage in enumerate(cited.passages, start=1)
    }


def _passage(passage: CitedDocument) -> str:
    day = format_date(passage.dated) if passage.dated else text("outcome.word.undated")
    return text("outcome.passage", date=day, where=passage.where) if passage.where else day


def _one_date(cited: _Cited) -> Ruling:
    if not cited.dates:
        return rule_on("no_data", "cited_undated", document=cited.name)
    if len(cited.dates) == 1:
        return rule_on("pass", "cited_one_date", document=cited.name, date=format_date(cited.dates[0]))
    passages = "; ".join(_passage(passage) for passage in cited.passages if passage.dated is not None)
    ruling = rule_on(
        "fail", "cited_several_dates", document=cited.name, count=len(cited.dates), passages=passages
    )
    if cited.instrument is None or cited.instrument.issued is None:
        return ruling
    hint = text("outcome.register_has", date=format_date(cited.instrument.issued))
    return replace(ruling, reason=f"{ruling.reason} {hint}")


def _register_date(cited: _Cited) -> Ruling:
    if cited.instrument is None:
        return rule_on("no_data", "cited_unknown", document=cited.name)
    if cited.instrument.issued is None:
        return rule_on("no_data", "register_undated", document=cited.name)
    if not cited.dates:
        return rule_on("no_data", "cited_undated", document=cited.name)
    if len(cited.dates) > 1:
        return rule_on("not_applicable", "cited_dates_said", document=cited.name)
    words = {
        "document": cited.name,
        "date": format_date(cited.dates[0]),
        "issued": format_date(cited.instrument.issued),
        "doubt": _doubt(cited.instrument),
    }
    if cited.dates[0] == cited.instrument.issued:
        return rule_on("pass", "cited_register_date", **words)
    return rule_on("fail", "cited_other_date", **words)


def _in_force(cited: _Cited, register: Mapping[str, Instrument], day: date) -> Ruling:
    instrument = cited.instrument
    if instrument is None:
        return rule_on("no_data", "cited_unknown", document=cited.name)
    successor = register.get(instrument.replaced_by or "")
    words = {"document": cited.name, "day": format_date(day)}
    grounds = {"by": _replaced_by(successor), "doubt": _doubt(instrument)}
    until = _last_day(instrument, successor)
    if until is not None and until < day:
        grounds["doubt"] = _doubt(instrument, instrument.replacement_grade)
        return rule_on("fail", "no_longer_in_force", until=format_date(until), **grounds, **words)
    begins = instrument.in_force_from or instrument.issued
    if begins is not None and begins > day:
        return rule_on("fail", "not_yet_in_force", begins=format_date(begins), **grounds, **words)
    if instrument.in_force_from is None or (successor is not None and until is None):
        return rule_on("no_data", "force_unknown", **words)
    return rule_on("pass", "in_force", **words)


def _last_day(instrument: Instrument, successor: Instrument | None) -> date | None:
    """Its last day in force; without one of its own, the day before its replacement is in force."""
    if instrument.in_force_until is not None:
        return instrument.in_force_until
    if successor is None or successor.in_force_from is None:
        return None
    return successor.in_force_from - timedelta(days=1)


def _replaced_by(successor: Instrument | None) -> str:
    return text("outcome.word.replaced_by", document=successor.name) if successor else ""


def _doubt(instrument: Instrument, grade: Grade | None = None) -> str:
    """How sure the register is of the text, or with `grade` of its end, and what it notes."""
    known = grade or instrument.grade
    unseen = text(f"grade.{known}") if known in {"R", "C"} else ""
    notes = "; ".join(note for note in (unseen, instrument.note) if note)
    return f" {text('outcome.word.doubt', notes=notes)}" if notes else ""
