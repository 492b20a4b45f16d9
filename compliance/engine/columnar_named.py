"""Under which conditions of a row are figures reported, reported together, and handed in by everybody below?

Those named checks that a row can say, with the outcomes and reason codes of `named_checks` and
`cited_documents`. Of the units below, all that the register has are due. A table names no documents: to it
applies what applies to a submission that cites none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.columnar_operands import BeyondColumnsError
from compliance.engine.columnar_stated import stated_cases
from compliance.engine.columnar_terms import Constant, Operation, both, either, negate
from compliance.engine.columnar_verdicts import Code
from compliance.model.rulepack import Cites, Peers, Present, Stated, Submitted, Together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.engine.columnar_operands import Operands
    from compliance.engine.columnar_verdicts import Cases
    from compliance.model.rulepack import NamedCheck


def named_cases(check: NamedCheck, operands: Operands) -> Cases:
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
            raise BeyondColumnsError("peers", peers.measure)
    raise BeyondColumnsError("named_check", next(iter(type(check).model_fields)))


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
