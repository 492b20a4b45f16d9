"""Which unit reports, for which period, on whose word, and with which figures?"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar, get_args

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.intake.sections import read_cited, read_day, read_observations, read_stated, read_windows
from compliance.intake.suggestions import hint, listed
from compliance.intake.values import missing_key, refuse_keys
from compliance.messages import text
from compliance.model.submission import Period, Provenance, Submission
from compliance.numerals import Fault, format_date, parse_count
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance.intake.values import Notation, Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import DataWindow, Unit

Part = TypeVar("Part")

FORMAT = "1"
KEYS = (
    "format",
    "unit",
    "period",
    "data_window",
    "report_date",
    "reported_by",
    "provenance",
    "source",
    "revision",
    "figures",
    "stated",
    "cites",
)
"""The keys of a submission, in the order of the form."""
PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)


def read_submission(node: Node, pack: RulePack, notation: Notation) -> tuple[Submission | None, Problems]:
    """The submission that a node holds; None when an error stands among the problems."""
    if not isinstance(node, Mapping):
        return None, (Problem("figures.no_submission", node.place),)
    form = _Form(node, pack, list(refuse_keys(node, KEYS)))
    form.check_format()
    unit, period = form.unit("unit", is_required=True), form.period()
    reporter = form.unit("reported_by") or unit
    window, area_windows, faults = read_windows(node.get("data_window"), pack)
    form.problems += faults
    signed = form.keep(read_day(node.get("report_date"), "report_date"))
    form.check_signed_after(signed, period, (window, *area_windows.values()))
    fields = {
        "data_window": window,
        "area_windows": area_windows,
        "report_date": signed,
        "provenance": form.provenance(),
        "source": form.source(),
        "revision": form.revision(),
        "observations": form.keep(read_observations(node.get("figures"), pack, notation, unit)),
        "stated": form.keep(read_stated(node.get("stated"), pack, notation, unit)),
        "cites": form.keep(read_cited(node.get("cites"), pack)),
        "place": node.place,
    }
    if is_usable(tuple(form.problems)) and not any(
        fields[key] for key in ("observations", "stated", "cites")
    ):
        form.problems.append(Problem("figures.nothing_reported", node.place, weight="warning"))
    problems = tuple(form.problems)
    if unit is None or period is None or reporter is None or not is_usable(problems):
        return None, problems
    head = {"unit": unit.id, "period": period, "reported_by": reporter.id}
    return Submission.model_validate(head | fields), problems


@dataclass(slots=True)
class _Form:
    """The top keys of a submission, and the problems found so far."""

    node: Mapping
    pack: RulePack
    problems: list[Problem]

    def keep(self, found: tuple[Part, Problems]) -> Part:
        """The part that was read; its problems are kept here."""
        self.problems += found[1]
        return found[0]

    def single(self, key: str, *, is_required: bool = False) -> Scalar | None:
        """What stands under a key that holds one value; None where nothing does."""
        child = self.node.get(key)
        if isinstance(child, Mapping | Sequence):
            self.problems.append(Problem("figures.single", child.place, {"key": key}))
            return None
        if child is not None and not child.is_blank:
            return child
        if is_required:
            self.problems.append(missing_key(self.node, key))
        return None

    def refuse(self, code: str, written: Scalar, **values: str) -> None:
        """A problem about a value, quoted."""
        self.problems.append(Problem(f"figures.{code}", written.place, {"written": written.text, **values}))

    def check_signed_after(
        self, signed: date | None, period: Period | None, windows: Iterable[DataWindow | None]
    ) -> None:
        """Refuse a day of signing before the period begins or before the last day of the figures.

        Which targets bind is asked of that day: a slip in it would silently lift a target.
        """
        written = self.node.get("report_date")
        if signed is None or not isinstance(written, Scalar):
            return
        last = max((window.end for window in windows if window is not None), default=signed)
        if signed < last:
            self.refuse("signed_before_data", written, day=format_date(last))
        elif period is not None and signed < period.start:
            self.refuse("signed_before_period", written, day=format_date(period.start))

    def check_format(self) -> None:
        written = self.single("format", is_required=True)
        if written is not None and written.text != FORMAT:
            self.refuse("format", written, known=FORMAT)

    def unit(self, key: str, *, is_required: bool = False) -> Unit | None:
        written = self.single(key, is_required=is_required)
        if written is None:
            return None
        unit = self.pack.unit.get(written.text.strip())
        if unit is None:
            self.refuse(
                "unknown_unit", written, hint=_near_unit(written.text, self.pack), pack=self.pack.header.id
            )
        return unit

    def period(self) -> Period | None:
        written = self.single("period", is_required=True)
        if written is None:
            return None
        try:
            return Period.parse(written.text)
        except ValueError:
            self.refuse("period", written)
            return None

    def provenance(self) -> Provenance:
        written = self.single("provenance")
        if written is None:
            return "reported"
        found = next((word for word in PROVENANCES if word == written.text), None)
        if found is None:
            self.refuse(
                "provenance", written, hint=hint(written.text, PROVENANCES), known=listed(PROVENANCES)
            )
        return found or "reported"

    def source(self) -> str:
        written = self.single("source")
        return written.text.strip() if written is not None else ""

    def revision(self) -> int:
        written = self.single("revision")
        revision = parse_count(written.text) if written is not None else 1
        if written is not None and (isinstance(revision, Fault) or revision < 1):
            self.refuse("revision", written)
        return 1 if isinstance(revision, Fault) else revision


def _near_unit(written: str, pack: RulePack) -> str:
    """The hint for a unit: its id, the last part of it or its name may have been meant."""
    names = {
        name.casefold(): unit.id
        for unit in pack.units
        for name in (unit.id.rsplit("/", 1)[-1], unit.label, unit.id)
    }
    near = get_close_matches(written.casefold(), names, n=1)
    return f"{text('pack.hint', near=names[near[0]])} " if near else ""
