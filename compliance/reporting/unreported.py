"""Which figures does a rule read that the unit did not report?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.reporting.scope import Scope

_INDICATOR = re.compile(r"(?<![\w.])[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(?![\w.])", re.ASCII)


def name_unreported(scope: Scope, rule: Rule, outcome: Outcome) -> Iterable[str]:
    """Labels of the indicators that the rule reads and the unit did not report at all."""
    submission = scope.figures.submissions.get(outcome.unit)
    observed = submission.observations if submission else {}
    for name in _read_by(scope, rule):
        lacking = scope.figures.value(outcome.unit, name) is None
        if lacking and name not in observed and name not in outcome.operands:
            yield scope.pack.indicator[name].label


def _read_by(scope: Scope, rule: Rule) -> Iterable[str]:
    """Indicators that the rule reads of the unit itself, each once."""
    if isinstance(rule.check, str):
        written = f"{rule.when or ''} {rule.check}"
        names = [name for name in _INDICATOR.findall(written) if name in scope.pack.indicator]
    else:
        rates = [scope.pack.rate[name] for name in rule.all_measures if name in scope.pack.rate]
        names = [name for name in rule.all_measures if name in scope.pack.indicator]
        names += [name for rate in rates for name in (rate.numerator, rate.denominator)]
    return tuple(dict.fromkeys(names))
