"""Why is a figure asked for? The note beside its label: the rules that read it, with their legal basis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.named_checks import Cites, Peers, Present, RollUp, Stated, Submitted, Together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.legal import Citation
    from compliance.model.rulepack import Rule, RulePack
    from compliance.model.submission import Level

_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")
_DOUBTFUL = ("R", "C")


def notes_by_indicator(pack: RulePack, level: Level) -> dict[str, str]:
    """The note of each indicator and each rate that some rule for units of this level reads."""
    readers: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        if level in rule.applies_to:
            for name in dict.fromkeys(_read_by(pack, rule)):
                readers.setdefault(name, []).append(rule)
    return {name: _compose(pack, rules) for name, rules in readers.items()}


def _read_by(pack: RulePack, rule: Rule) -> Iterator[str]:
    """Indicators that a rule reads, directly or through a rate, and rates that it reads as stated."""
    for expression in (rule.check, rule.when):
        if isinstance(expression, str):
            for path in _NAME.findall(expression):
                yield from _resolve(pack, path)
    match rule.check:
        case Present(present=names) | Together(together=names):
            yield from names
        case Peers(peers=peers):
            yield from _resolve(pack, peers.measure)
        case RollUp(rollup=name):
            yield name
        case Stated(stated=name):
            yield name
            yield from _resolve(pack, name)
        case Cites() | Submitted() | str() | None:
            pass
    for measure in rule.all_measures:
        yield from _resolve(pack, measure)


def _resolve(pack: RulePack, path: str) -> Iterator[str]:
    head, _, name = path.rpartition(".")
    name = f"{head.rpartition('.')[2]}.{name}"
    if name in pack.rate:
        yield pack.rate[name].numerator
        yield pack.rate[name].denominator
        yield name
    elif name in pack.indicator:
        yield name


def _compose(pack: RulePack, rules: list[Rule]) -> str:
    """Written rules in full; the arithmetic that every figure of its kind goes through, by its number."""
    written = [rule for rule in rules if not rule.generated]
    lines = [text("form.note.title")]
    for rule in written:
        basis = _basis(pack, rule)
        code = "form.note.rule" if basis else "form.note.rule_bare"
        lines.append(text(code, rule=rule.id, title=rule.title, basis=basis))
    if generated := len(rules) - len(written):
        lines.append(text("form.note.generated", count=generated))
    return "\n".join(lines)


def _basis(pack: RulePack, rule: Rule) -> str:
    """The rule's own basis, or those that set its target."""
    target = pack.target.get(rule.at_least or rule.at_most or "")
    cited = (
        [rule.citation] if rule.citation else [value.citation for value in target.values] if target else []
    )
    return "; ".join(dict.fromkeys(_words(pack, citation) for citation in cited))


def _words(pack: RulePack, citation: Citation) -> str:
    instrument = pack.instrument.get(citation.instrument)
    name = instrument.name if instrument else citation.instrument
    sure = text(f"grade.{citation.grade}") if citation.grade in _DOUBTFUL else ""
    return ", ".join(part for part in (name, citation.provision, sure) if part)
