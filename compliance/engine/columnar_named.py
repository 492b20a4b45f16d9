"""Under which conditions of a row are figures reported, reported together, and handed in by everybody below?

Those named checks that a row can say, with the outcomes and reason codes of `named_checks` and
`cited_documents`. Of the units below, all that the register has are due. A table names no documents: to it
applies what applies to a submission that cites none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.columnar_needs import PEER_BASE, PeersNeed
from compliance.engine.columnar_operands import BeyondColumnsError
from compliance.engine.columnar_stated import stated_cases
from compliance.engine.columnar_terms import (
    LIMIT,
    Column,
    Constant,
    DoesNotFitError,
    Operation,
    Ratio,
    both,
    either,
    negate,
)
from compliance.engine.columnar_verdicts import Code, lack_cases
from compliance.model.named_checks import Cites, Peers, Present, Stated, Submitted, Together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.engine.columnar_operands import Operands
    from compliance.engine.columnar_verdicts import Cases
    from compliance.model.named_checks import NamedCheck, PeerMeasure

_MARGIN = 4
"""By how many units of the last digit twice a rate less two others, each cut off, is at most untrue."""


def named_cases(rule: str, check: NamedCheck, operands: Operands) -> Cases:
    """The cases of a named check.

    Raises:
        BeyondColumnsError: the columnar engine cannot say it.
        DoesNotFitError: its arithmetic is not proven to fit.
    """
    match check:
        case Present(present=names):
            return _present(names, operands)
        case Together(together=names):
            return _together(names, operands)
        case Submitted():
            return _submitted(operands)
        case Cites():
            return [], Code("not_applicable", "nothing_cited")
        case Stated(stated=rate):
            return stated_cases(rate, operands)
        case Peers(peers=peers):
            return _peers(rule, peers, operands)
    raise BeyondColumnsError("named_check", next(iter(type(check).model_fields)))


def _peers(rule: str, peers: PeerMeasure, operands: Operands) -> Cases:
    """The rate against the median of the peers' rates; other measures are left to the interpreter."""
    if peers.measure not in operands.pack.rate:
        raise BeyondColumnsError("peers", peers.measure)
    own = operands.named(f"rate.{peers.measure}", frozenset(), {})
    if not isinstance(own.value, Ratio):
        raise BeyondColumnsError("measure_type", peers.measure)
    operands.needs.peers[rule] = _need(own.value, peers)
    count = Operation("fill", (Column(f"peers:{rule}"), Constant(0)))
    cases = [
        *lack_cases(own),
        (Operation("<", (count, Constant(peers.min_units))), Code("no_data", "few_peers")),
    ]
    cases.append((Column(f"far:{rule}"), Code("fail", "far_from_peers")))
    return cases, Code("pass", "near_peers")


def _need(rate: Ratio, peers: PeerMeasure) -> PeersNeed:
    """What is needed to tell any two distances of such rates apart.

    Raises:
        BeyondColumnsError: the threshold has more decimals than a digit holds.
        DoesNotFitError: a step of the long division could pass the limit.
    """
    above, below = rate.numerator, rate.denominator
    scale = max(above.scale, below.scale)
    times = 100 * 10 ** (scale - above.scale), 10 ** (scale - below.scale)
    widest = max(max(-above.low, above.high) * times[0], below.high * times[1] * PEER_BASE)
    if widest > LIMIT:
        raise DoesNotFitError(str(widest))
    far = 2 * peers.threshold * PEER_BASE
    if far != int(far):
        raise BeyondColumnsError("decimals", peers.measure)
    whole, part = divmod(int(far), PEER_BASE)
    least = _MARGIN * (below.high * times[1]) ** 3 * PEER_BASE
    digits = 1
    while PEER_BASE**digits <= least:
        digits += 1
    limits = (whole, part, *[0] * (digits - 1))
    columns = [side.node.name for side in (above, below) if isinstance(side.node, Column)]
    return PeersNeed(columns[0], columns[1], *times, limits)


def _present(names: Sequence[str], operands: Operands) -> Cases:
    reported = [operands.reported(name) for name in names]
    return [(both(*reported), Code("pass", "present"))], Code("fail", "not_present")


def _together(names: Sequence[str], operands: Operands) -> Cases:
    """Passes where all are reported, and where none is."""
    reported = [operands.reported(name) for name in names]
    alike = either(both(*reported), negate(either(*reported)))
    return [(alike, Code("pass", "together"))], Code("fail", "not_together")


def _submitted(operands: Operands) -> Cases:
    expected, given = operands.reports_below()
    return (
        [
            (Operation("==", (expected, Constant(0))), Code("not_applicable", "none_due")),
            (Operation("<", (given, expected)), Code("fail", "not_submitted")),
        ],
        Code("pass", "all_submitted"),
    )
