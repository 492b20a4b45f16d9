"""What was a run made from, and how did each rule come out in it?"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from compliance import __version__
from compliance.engine.staleness import find_ended
from compliance.model.check import Manifest, PackStamp, RuleTally
from compliance.model.findings import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.model.check import InputStamp
    from compliance.model.findings import Outcome, Verdict
    from compliance.model.rulepack import RulePack


def build_manifest(
    pack: RulePack, outcomes: Iterable[Outcome], *, as_of: date, inputs: Sequence[InputStamp] = ()
) -> Manifest:
    """The manifest: every rule of the pack with its count of each verdict, zeros too."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    waived: Counter[str] = Counter()
    for outcome in outcomes:
        counts[outcome.rule][outcome.outcome] += 1
        waived[outcome.rule] += outcome.waived
    ended = find_ended(pack.header, as_of)
    return Manifest(
        engine=__version__,
        packs=tuple(PackStamp(id=item.id, version=item.version, digest=item.digest) for item in pack.chain),
        inputs=tuple(inputs),
        as_of=as_of,
        stale=bool(ended),
        stale_because=ended,
        rules=tuple(
            RuleTally(
                rule=rule.id,
                outcomes={verdict: counts[rule.id][verdict] for verdict in VERDICTS},
                waived=waived[rule.id],
            )
            for rule in pack.rules
        ),
    )
