"""How is the legal basis of a finding said, and how sure are we of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date

if TYPE_CHECKING:
    from compliance.model.legal import Citation, Instrument
    from compliance.model.rulepack import RulePack


def compose_citation(pack: RulePack, citation: Citation | None, common: str = "") -> str:
    """Provision, type and number, date and issuer, then in brackets what a reader must know of it.

    Empty without a citation. `common` is how a target that binds another level is worded here.
    """
    if citation is None:
        return ""
    instrument = pack.instrument.get(citation.instrument)
    document = _first_mention(instrument) if instrument else citation.instrument
    if citation.provision:
        document = text("finding.provision", provision=citation.provision, document=document)
    notes = [common, _binding(citation), citation.note, _certainty(citation)]
    known = "; ".join(note for note in notes if note)
    return text("finding.noted", document=document, notes=known) if known else document


def _first_mention(instrument: Instrument) -> str:
    words = {"name": instrument.name, "issuer": instrument.issuer}
    if instrument.issued is None:
        return text("finding.undated", **words)
    return text("finding.dated", date=format_date(instrument.issued), **words)


def _binding(citation: Citation) -> str:
    if citation.binding_from is None:
        return ""
    return text("finding.binding", date=format_date(citation.binding_from))


def _certainty(citation: Citation) -> str:
    """A text that was read, or that two sources report, needs no word."""
    return text(f"grade.{citation.grade}") if citation.grade in ("R", "C") else ""
