"""What is asked of a run besides its result: what if a figure were another, how did a verdict come about?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from compliance.choices import name_near
from compliance.engine.trace import trace_outcome
from compliance.engine.what_if import compose_what_if, replace_figures
from compliance.intake.settings import read_settings
from compliance.intake.unit_choice import name_unit
from compliance.messages import text
from compliance.pipeline import gather, unit_meant
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.check import Check
    from compliance.model.comparison import WhatIf
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import RulePack
    from compliance.model.trace import Trace
    from compliance.pipeline import Problems, Request

__all__ = ["explain", "what_if"]


def what_if(request: Request, settings: Sequence[str]) -> tuple[WhatIf | None, RulePack | None, Problems]:
    """What follows when figures are replaced: `[UNIT:]indicator=value`, the unit asked for or the widest."""
    gathered, problems = gather(request)
    if gathered is None:
        return None, None, problems
    pack = gathered.compiled.pack
    reported = tuple(submission.unit for submission in gathered.submissions)
    meant = unit_meant(request, pack, gathered.submissions)
    put_in, faults = read_settings(settings, pack, unit=meant, reported=reported)
    problems += faults
    if not is_usable(problems):
        return None, pack, problems
    after = gathered.check(replace_figures(gathered.submissions, put_in))
    return compose_what_if(gathered.check(), after, put_in), pack, problems


def explain(request: Request, finding: str) -> tuple[Trace | None, RulePack | None, Problems]:
    """The whole way of one outcome, by its id or by as much of it as names only one."""
    gathered, problems = gather(request)
    if gathered is None:
        return None, None, problems
    result, pack = gathered.check(), gathered.compiled.pack
    outcome, faults = _find_outcome(result, pack, finding)
    if outcome is None:
        return None, pack, problems + faults
    (run_of_period,) = (run for run in gathered.open_runs() if str(run.ledger.period) == outcome.period)
    known = next((found for found in result.findings if found.id == outcome.id), None)
    trace = trace_outcome(run_of_period, outcome, result.outcomes, known)
    answered = result.explanations.answered if result.explanations else ()
    written = next((one.explanation for one in answered if one.explanation.finding == outcome.id), None)
    particulars = {
        "stale_because": result.manifest.stale_because,
        "explanation": trace.explanation or written,
    }
    return trace.model_copy(update=particulars), pack, problems


def _find_outcome(result: Check, pack: RulePack, written: str) -> tuple[Outcome | None, Problems]:
    """The outcome of an id, or the only one whose id begins so; of several the only one that is a finding."""
    meant, unknown_unit = _complete(pack, written)
    if meant in result.outcome:
        return result.outcome[meant], ()
    if unknown_unit:
        return None, unknown_unit
    begun = [outcome for outcome in result.outcomes if outcome.id.startswith((f"{meant}@", f"{meant}#"))]
    failing = [outcome for outcome in begun if outcome.outcome in ("fail", "error")]
    found = failing or begun
    if len(found) == 1:
        return found[0], ()
    if found:
        return None, (_list_candidates(pack, written, found, "findings" if failing else "outcomes"),)
    known = result.outcome if "@" in meant else {outcome.id.partition("@")[0] for outcome in result.outcomes}
    near = name_near(meant, sorted(known))
    return None, (Problem("trace.unknown", Place(written), {"written": written, "near": near}),)


def _complete(pack: RulePack, written: str) -> tuple[str, Problems]:
    """The id with its rule under the name it has today and its unit by the whole id."""
    head, mark, subject = written.strip().partition("#")
    name, *others = head.split("@")
    rule = pack.rule.get(name)
    parts = [rule.id if rule else name]
    if not others:
        return f"{parts[0]}{mark}{subject}", ()
    unit, problems = name_unit(pack, others[0], Place(written))
    return "@".join([*parts, unit or others[0], *others[1:]]) + mark + subject, problems


def _list_candidates(
    pack: RulePack, written: str, found: Sequence[Outcome], kind: Literal["findings", "outcomes"]
) -> Problem:
    lines = (
        text(
            "trace.candidate",
            id=outcome.id,
            unit=pack.unit[outcome.unit].label,
            verdict=text(f"verdict.{outcome.outcome}"),
        )
        for outcome in found
    )
    values = {"written": written, "count": len(found), "known": "\n".join(lines)}
    return Problem(f"trace.several_{kind}", Place(written), values)
