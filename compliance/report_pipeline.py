"""How does a narrative report become claims with verdicts, and a draft of submissions?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.report_text import read_report
from compliance.model.claims import Proofreading
from compliance.proofreading.claims import proofread
from compliance.proofreading.extract import extract
from compliance.proofreading.slips import find_slips

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from compliance.model.claims import Draft
    from compliance.model.legal import Instrument
    from compliance.model.report import ReportText
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period
    from compliance.problems import Problem

Problems = tuple["Problem", ...]

__all__ = ["extract_report", "proofread", "proofread_report"]


def proofread_report(
    path: Path, register: Sequence[Instrument] = ()
) -> tuple[tuple[Proofreading, ReportText] | None, Problems]:
    """The claims and slips of a report, with its text; None where the file cannot be read.

    `register` are the legal texts that the report's citations are compared with.
    """
    report, problems = read_report(path, name=path.name)
    if report is None:
        return None, problems
    claims = proofread(report.text, register=register, passages=report.passages)
    slips = find_slips(report.text, passages=report.passages)
    return (Proofreading(source=report.source, claims=claims, slips=slips), report), problems


def extract_report(path: Path, pack: RulePack, period: Period | None = None) -> tuple[Draft | None, Problems]:
    """The submissions that a report makes, as a draft; None where the file cannot be read.

    `period` is read from the report where it is not given.
    """
    report, problems = read_report(path, name=path.name)
    if report is None:
        return None, problems
    draft = extract(report.text, pack, source=report.source, period=period, passages=report.passages)
    return draft, problems
