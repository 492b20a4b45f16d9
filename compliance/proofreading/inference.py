"""What follows from the figures of a report without a doubt, or is assumed and said so?

Only what the report's own lists imply: nothing is taken from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.model.rulepack import Indicator
    from compliance.model.submission import Unit
    from compliance.proofreading.gathering import Gathering

_DIVIDES = 2
"""So many parts at least divide a whole."""


def infer(gathering: Gathering, root: Unit, sentence_of: Mapping[tuple[str, str], int]) -> None:
    """Add what the report's lists imply.

    `sentence_of` tells in which sentence an indicator of a unit stands.
    """
    blocs = [unit.id for unit in gathering.pack.units if unit.parent == root.id]
    _add_blocs(gathering, root)
    if all(bloc in gathering.units for bloc in blocs):
        _add_twins(gathering, root, blocs)
        _add_absent_parts(gathering, root, blocs, sentence_of)
    _share_windows(gathering, root)


def _share_windows(gathering: Gathering, root: Unit) -> None:
    """The dates of an area hold for every unit that the report gives figures of."""
    windows = gathering.of(root.id).windows
    for unit, gathered in gathering.units.items():
        if unit != root.id:
            gathered.windows.update(
                {area: window for area, window in windows.items() if area in gathered.areas}
            )


def _add_blocs(gathering: Gathering, root: Unit) -> None:
    """What only bodies of one bloc have, and all of it, is the bloc's: `trễ hạn 07 hồ sơ (… 01, … 06)`."""
    for indicator, whole in list(gathering.of(root.id).observations.items()):
        below = [
            unit for unit, g in gathering.units.items() if unit != root.id and indicator in g.observations
        ]
        parents = {gathering.pack.unit[unit].parent for unit in below}
        bloc = parents.pop() if len(parents) == 1 else None
        counts = gathering.counts(indicator, below)
        if bloc and bloc != root.id and counts is not None and sum(counts) == whole.value:
            gathering.of(bloc).observations.setdefault(indicator, whole)


def _add_twins(gathering: Gathering, root: Unit, blocs: Sequence[str]) -> None:
    """A whole measures what all of its parts do: `390 TTHC (cấp huyện 264 TTHC thuộc thẩm quyền, …)`."""
    own = gathering.of(root.id).observations
    for indicator in list(gathering.of(blocs[0]).observations) if blocs else ():
        counts = gathering.counts(indicator, blocs)
        if (
            counts is None
            or indicator in own
            or "district" not in gathering.pack.indicator[indicator].additive
        ):
            continue
        twins = (
            seen for name, seen in own.items()
            if seen.value == sum(counts) and _stand_together(gathering, (name, indicator), blocs)
        )  # fmt: skip
        twin = next(twins, None)
        if twin is not None:
            own[indicator] = twin.model_copy(update={"indicator": indicator})


def _stand_together(gathering: Gathering, names: tuple[str, str], blocs: Sequence[str]) -> bool:
    """Whether one figure of each bloc is a value of both indicators."""
    for bloc in blocs:
        one, other = (gathering.of(bloc).observations.get(name) for name in names)
        if one is None or other is None or (one.place, one.value) != (other.place, other.value):
            return False
    return True


def _add_absent_parts(
    gathering: Gathering, root: Unit, blocs: Sequence[str], sentence_of: Mapping[tuple[str, str], int]
) -> None:
    """Assume 0 of the parts that a sentence gives of one bloc and leaves out of another."""
    for whole in gathering.pack.indicators:
        given = {bloc: [p for p in whole.parts if p in gathering.of(bloc).observations] for bloc in blocs}
        own = any(part in gathering.of(root.id).observations for part in whole.parts)
        full = next((bloc for bloc in blocs if len(given[bloc]) == len(whole.parts) >= _DIVIDES), None)
        if own or full is None:
            continue
        for bloc, part in _absent(whole, given):
            known = given[bloc][0]
            if sentence_of.get((bloc, known)) == sentence_of.get((full, known)):
                _assume_zero(gathering, bloc, part, known)


def _absent(whole: Indicator, given: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return (
        (bloc, part) for bloc, parts in given.items() if parts for part in whole.parts if part not in parts
    )


def _assume_zero(gathering: Gathering, bloc: str, part: str, known: str) -> None:
    labels = {"indicator": gathering.pack.indicator[part].label, "unit": gathering.pack.unit[bloc].label}
    reason = text("proofreading.draft.absent", **labels)
    observations = gathering.of(bloc).observations
    observations[part] = Observation(
        indicator=part, value=0, as_written="", place=observations[known].place, derived_from=reason
    )
    gathering.notes.append(reason)
