"""Which figures are named to a person as the wrong ones, and in which order?

The sets that localization finds are ranked by how far-fetched they are: a change that one slip of the pen
explains before one that nothing explains, a figure on which another check fails before others, a single
figure before several, a figure that few identities confirm before one that many do. The same slip in two
places (a figure and its total) counts once. All sets of the smallest size are named.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from compliance.engine.cells import STATED
from compliance.engine.guesses import Guess, Guesser, only_number
from compliance.engine.identities import read_identities
from compliance.engine.localize import localize, solve_missing
from compliance.engine.system import System
from compliance.messages import text
from compliance.model.findings import Suspect
from compliance.model.named_checks import Present, Together
from compliance.numerals import format_count, format_decimal, format_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compliance.engine.cells import Cell
    from compliance.engine.elimination import Key, Number
    from compliance.engine.localize import Explanation
    from compliance.engine.runs import Run
    from compliance.model.findings import Finding, Outcome

_MOST_GROUPS = 6
"""Alternatives named with one finding."""

_Alternative = tuple[Guess, ...]
_Named = tuple[tuple[Suspect, ...], bool]
"""The suspects of a finding, and whether there are more."""


def add_suspects(
    runs: Sequence[Run],
    outcomes: Sequence[Outcome],
    findings: tuple[Finding, ...],
    pinned: frozenset[Key] = frozenset(),
) -> tuple[Finding, ...]:
    """The findings, each with the figures that may be the wrong ones; most have none.

    `pinned` figures, by unit and indicator, are never among them.
    """
    named: dict[str, _Named] = {}
    for run in runs:
        named |= _Namer(run, outcomes, pinned).name_all(findings)
    return tuple(_give(finding, *named.get(finding.id, ((), False))) for finding in findings)


def _give(finding: Finding, suspects: tuple[Suspect, ...], more: bool) -> Finding:  # noqa: FBT001 - a pair
    if not suspects:
        return finding
    return finding.model_copy(update={"suspects": suspects, "more_suspects": more})


class _Namer:
    """Names the suspects of one run."""

    def __init__(self, run: Run, outcomes: Iterable[Outcome], pinned: frozenset[Key]) -> None:
        self._run = run
        period = str(run.ledger.period)
        self._outcomes = tuple(outcome for outcome in outcomes if outcome.period == period)
        self._identities = read_identities(run, self._outcomes, pinned)
        self._system = System(self._identities)
        self._guesser = Guesser(run, self._system)

    def name_all(self, findings: Iterable[Finding]) -> Mapping[str, _Named]:
        """By the finding's id what is named with it."""
        named: dict[str, _Named] = {}
        for explanation in localize(self._identities):
            alternatives = self._order(self._weigh(explanation))
            for broken in explanation.broken:
                named[broken] = self._name(broken, alternatives, explanation)
        own = {outcome.id for outcome in self._outcomes}
        for finding in findings:
            if finding.id in own and (missing := tuple(self._solve(finding))):
                named[finding.id] = (missing, False)
        return named

    def _weigh(self, explanation: Explanation) -> Iterator[_Alternative]:
        """The repairs with what each figure should be, but those that something known refuses."""
        left_out = self._system.broken - set(explanation.broken)
        for repair in explanation.repairs:
            guesses = [self._guesser.guess(repair, change) for change in repair.changes]
            alternative = tuple(guess for guess in guesses if guess is not None)
            if len(alternative) < len(guesses):
                continue
            known = {guess.key: guess.right for guess in alternative if guess.right is not None}
            if len(known) < len(alternative) or self._guesser.holds(known, left_out):
                yield alternative

    def _order(self, alternatives: Iterable[_Alternative]) -> list[_Alternative]:
        """The likeliest first; a larger set only where its slips make it as likely as the smallest ones."""
        ranked = sorted(alternatives, key=self._rank)
        fewest = min(map(len, ranked), default=0)
        limit = min((self._rank(one)[0] for one in ranked if len(one) == fewest), default=0)
        return [one for one in ranked if len(one) == fewest or self._rank(one)[0] <= limit]

    def _rank(self, alternative: _Alternative) -> tuple[int, int, int, tuple[Key, ...]]:
        mistakes = {self._mistake(guess): guess.weight for guess in alternative}
        accused = sum(guess.key in self._accused for guess in alternative)
        keys = tuple(guess.key for guess in alternative)
        trust = sum(map(self._system.trust, keys))
        return sum(mistakes.values()) - 2 * accused, len(alternative), trust, keys

    def _mistake(self, guess: Guess) -> tuple[object, ...]:
        """What happened once: the same slip that turned the same number into the same other one."""
        return (self._system.cells[guess.key].value, guess.right) if guess.slip else guess.key

    @cached_property
    def _accused(self) -> frozenset[Key]:
        """Figures that a failed check of another kind compares: fewer apologies than late dossiers."""
        rules = self._run.pack.rule
        return frozenset(
            (outcome.unit, name)
            for outcome in self._outcomes
            if outcome.outcome == "fail"
            and isinstance(rules[outcome.rule].check, str)
            and rules[outcome.rule].kind != "consistency"
            and len(outcome.operands) > 1
            for name in outcome.operands
        )

    def _name(self, finding: str, alternatives: Sequence[_Alternative], explanation: Explanation) -> _Named:
        groups = list(dict.fromkeys(self._relevant(finding, one) for one in alternatives))
        suspects = tuple(
            self._suspect(guess, number)
            for number, group in enumerate(groups[:_MOST_GROUPS], start=1)
            for guess in group
        )
        return suspects, len(groups) > _MOST_GROUPS or not explanation.is_complete

    def _relevant(self, finding: str, alternative: _Alternative) -> _Alternative:
        """Of a set the figures that the finding is about, with those that must change because of them."""
        about = {guess.key for guess in alternative if finding in self._ids(guess.key)}
        if not about:
            return alternative
        while True:
            bound = frozenset[str]().union(*(self._ids(key) for key in about)) - self._system.broken
            more = {guess.key for guess in alternative if self._ids(guess.key) & bound} - about
            if not more:
                return tuple(guess for guess in alternative if guess.key in about)
            about |= more

    def _ids(self, key: Key) -> frozenset[str]:
        return frozenset(one.id for one in self._system.constraints_of(key))

    def _suspect(self, guess: Guess, group: int = 1) -> Suspect:
        cell = self._system.cells[guess.key]
        unit, name = guess.key
        return Suspect(
            indicator=name,
            unit=unit,
            written=cell.as_written,
            should_be="" if guess.right is None else _show(cell, guess.right),
            slip="" if guess.slip is None else text(f"suspect.slip.{guess.slip}"),
            place=cell.place,
            group=group,
        )

    def _solve(self, finding: Finding) -> Iterator[Suspect]:
        """The figures that a completeness finding misses, where the others determine them."""
        check, submission = self._run.pack.rule[finding.rule].check, self._run.submission(finding.unit)
        if not isinstance(check, Present | Together) or submission is None:
            return
        names = check.present if isinstance(check, Present) else check.together
        for name in names:
            key = (finding.unit, name)
            if name in submission.observations or key not in self._system.cells:
                continue
            reach = solve_missing(self._identities, key)
            whole = self._system.cells[key].is_whole
            right = None if reach is None else only_number(reach, is_whole=whole)
            if right is not None:
                yield self._suspect(Guess(key, right))


def _show(cell: Cell, right: Number) -> str:
    """The right number as it would be written."""
    if not cell.key[1].startswith(STATED):
        return format_count(int(right)) if cell.is_whole else format_decimal(Fraction(right))
    decimals = cell.decimals
    while (Fraction(right) * 10**decimals).denominator != 1:
        decimals += 1
    return format_percent(Fraction(right), decimals, keep_zeros=True)
