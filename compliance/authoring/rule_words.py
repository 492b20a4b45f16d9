"""What does a rule check, said in words with the labels of the figures in place of their names?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.arithmetic import write_with
from compliance.messages import text
from compliance.model.named_checks import Cites, Peers, Present, RollUp, Stated, Submitted, Together
from compliance.numerals import format_date, format_decimal, format_percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance.engine.expressions import CompiledPack
    from compliance.model.legal import Citation
    from compliance.model.named_checks import NamedCheck, PeerMeasure
    from compliance.model.rulepack import DatedValue, Rule, RulePack
    from compliance.model.submission import Level


def say_check(compiled: CompiledPack, rule: Rule) -> str:
    """What must hold, as part of a sentence."""
    if rule.all_measures:
        return _say_target(compiled.pack, rule)
    if rule.id in compiled.expressions:
        tree = compiled.expressions[rule.id].tree
        return write_with(tree, lambda name: say_name(compiled.pack, name))
    return _say_named(compiled.pack, rule.check) if rule.check and not isinstance(rule.check, str) else ""


def say_condition(compiled: CompiledPack, rule: Rule) -> str:
    """When the rule is looked at; nothing where always."""
    condition = compiled.conditions.get(rule.id)
    return write_with(condition.tree, lambda name: say_name(compiled.pack, name)) if condition else ""


def say_name(pack: RulePack, name: str) -> str:
    """A name of the expression language."""
    root, _, rest = name.partition(".")
    match root:
        case "unit" | "period":
            return text(f"reference.name.{root}_{rest}")
        case "previous" | "same_period_last_year" | "children":
            return text(f"reference.name.{root}", label=say_name(pack, rest.removeprefix("sum.")))
        case "target":
            return text("reference.name.target", label=pack.target[rest].label)
        case "low" | "high" | "stated":
            return text(f"reference.name.{root}", label=_label(pack, rest))
    return text("reference.name.plain", label=_label(pack, name.removeprefix("rate.")))


def say_levels(levels: Iterable[Level]) -> str:
    """Levels in a row."""
    return ", ".join(text(f"outcome.level.{level}") for level in levels) or text("reference.no")


def say_span(begin: date, end: date | None) -> str:
    """From when until when."""
    days = {"begin": format_date(begin), "end": format_date(end) if end else ""}
    return text(f"reference.span.{'from_until' if end else 'from'}", **days)


def say_citation(pack: RulePack, citation: Citation) -> str:
    """The legal basis with how sure it is."""
    parts = [pack.instrument[citation.instrument].name, citation.provision]
    if citation.binding_from is not None:
        parts.append(text("reference.binding", day=format_date(citation.binding_from)))
    parts += [citation.note, f"{citation.grade}: {text(f'grade.{citation.grade}')}"]
    return "; ".join(part for part in parts if part)


def _label(pack: RulePack, name: str) -> str:
    return pack.rate[name].label if name in pack.rate else pack.indicator[name].label


def _labels(pack: RulePack, names: Iterable[str]) -> str:
    return "; ".join(text("reference.name.plain", label=_label(pack, name)) for name in names)


def _say_target(pack: RulePack, rule: Rule) -> str:
    measures = _labels(pack, rule.all_measures)
    if len(rule.all_measures) > 1:
        measures = text("reference.check.any_measure", measures=measures)
    limit = rule.at_least or rule.at_most
    if limit is None:
        level = format_percent(rule.commend_at or 0)
        return text("reference.check.commend", measures=measures, level=level)
    values = "; ".join(_say_value(dated) for dated in pack.target[limit].values)
    kind = "at_least" if rule.at_least else "at_most"
    return text(f"reference.check.{kind}", measures=measures, values=values or text("reference.no"))


def _say_value(dated: DatedValue) -> str:
    """A value of a target with the days from and by which it is asked for."""
    value, span = (
        format_percent(dated.value),
        text("reference.span.from", begin=format_date(dated.effective_from)),
    )
    words = {
        "value": value.replace(",00%", "%"),
        "span": span,
        "due": format_date(dated.due) if dated.due else "",
    }
    return text(f"reference.value.{'due' if dated.due else 'plain'}", **words)


def _say_named(pack: RulePack, check: NamedCheck) -> str:
    match check:
        case Present(present=names) | Together(together=names):
            kind = "present" if isinstance(check, Present) else "together"
            return text(f"reference.check.{kind}", labels=_labels(pack, names))
        case Cites() | Submitted():
            return text(f"reference.check.{check.cites if isinstance(check, Cites) else 'submitted'}")
        case Peers(peers=peers):
            return _say_peers(pack, peers)
        case Stated(stated=rate):
            return text("reference.check.stated", label=_label(pack, rate))
        case RollUp(rollup=indicator):
            return text("reference.check.rollup", label=_label(pack, indicator))


def _say_peers(pack: RulePack, peers: PeerMeasure) -> str:
    is_percent = peers.measure in pack.rate or pack.indicator[peers.measure].type == "percent"
    return text(
        f"reference.check.peers_{'points' if is_percent else 'times'}",
        label=_label(pack, peers.measure),
        threshold=format_decimal(peers.threshold),
        units=peers.min_units,
    )
