"""Does localization find the figure that was mistyped, and its right value, and nothing where all is right?

Invented reports are generated that agree in every identity, one slip is planted in each, and the suspects are
compared with what was planted. A report is checked by itself, or (`--among`) with its bloc and the other
communes, whose totals then speak too.

    python benchmarks/localization.py              2,000 reports of one commune, each with one slip
    python benchmarks/localization.py --among      the same among 11 communes and their bloc
    python benchmarks/localization.py --slips 2    two slips in each report
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from time import perf_counter
from typing import TYPE_CHECKING

from compliance.engine.evaluate import evaluate_runs
from compliance.engine.findings import compose_findings
from compliance.engine.identities import read_identities
from compliance.engine.localize import localize
from compliance.engine.runs import open_runs
from compliance.engine.suspects import add_suspects
from compliance.model.submission import Observation, Period, StatedRate, Submission
from compliance.numerals import Printed, format_count, format_percent, is_right, round_half_up
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.model.findings import Finding
    from compliance.model.rulepack import RulePack

BLOC = "soc-trang/long-phu/cap-xa"
PERIOD = Period(year=2020, half=1)
SLIPS = ("swap", "digit", "separator", "neighbour")
Figures = dict[str, int]
Planted = dict[str, tuple[int, int]]
"""By indicator the right figure and the mistyped one."""


@dataclass
class Result:
    """What came of one report, over all its findings."""

    detected: bool
    """Some figure is suspected."""
    among: bool
    """Every planted figure is among the suspects."""
    first: bool
    """The likeliest suspects are the planted figures and no others."""
    value: bool
    """And for each the right value is proposed."""
    smallest: bool
    """As many figures as were planted explain what is broken, and no fewer."""
    determined: bool
    """And only one set of so many figures does: the identities determine it."""


@dataclass
class Seen:
    """The findings with suspects, the size of the smallest sets, and how many of that size there are."""

    findings: tuple[Finding, ...]
    size: int
    sets: int


def invent_figures(chance: random.Random) -> Figures:
    """A commune's figures that agree with each other."""
    size = 10 ** chance.uniform(1.7, 4.3)

    def some(share: float) -> int:
        return int(size * share * chance.uniform(0.3, 1))

    early, on_day, late = some(0.6), some(0.3), some(0.01)
    in_time, overdue = some(0.05), some(0.004)
    resolved, pending = early + on_day + late, in_time + overdue
    online, carried = min(some(0.05), resolved), some(0.03)
    carried = min(carried, resolved - online)
    cuts = sorted(chance.randint(0, online) for _ in range(3))
    online_parts = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], online - cuts[2]]
    room = (resolved + pending - online) // 5
    totals = [part + chance.randint(0, room) for part in online_parts]
    outgoing = some(0.5) + 20
    electronic = chance.randint(outgoing // 4, outgoing)
    received_by_post, returned_by_post = chance.randint(0, 40), chance.randint(0, min(90, resolved))
    entered = 126
    return {
        "one_stop.procedures_in_authority": entered,
        "one_stop.procedures_entered": entered,
        "one_stop.military_procedures_entered": 13,
        "one_stop.district_land_procedures_entered": 24,
        "dossiers.received_total": resolved + pending,
        "dossiers.received_online": online,
        "dossiers.received_direct": resolved + pending - online - carried,
        "dossiers.carried_over": carried,
        "dossiers.resolved": resolved,
        "dossiers.resolved_early": early,
        "dossiers.resolved_on_day": on_day,
        "dossiers.resolved_in_time": early + on_day,
        "dossiers.resolved_late": late,
        "dossiers.pending": pending,
        "dossiers.pending_in_time": in_time,
        "dossiers.pending_overdue": overdue,
        "dossiers.returned_or_withdrawn": 0,
        "dossiers.apologies_sent": late,
        "postal.procedures_registered": chance.randint(2, 20),
        "postal.received": min(received_by_post, resolved),
        "postal.returned": returned_by_post,
        "postal.total": min(received_by_post, resolved) + returned_by_post,
        "documents.outgoing": outgoing,
        "documents.outgoing_electronic": electronic,
        "signatures.signed": chance.randint(electronic // 2, electronic),
        "online.procedures": 3,
        "online.procedures_level3": 2,
        "online.procedures_level4": 1,
        "online.dossiers": online,
        **dict(zip((f"online.{name}_online" for name in FIELDS), online_parts, strict=True)),
        **dict(zip((f"online.{name}_total" for name in FIELDS), totals, strict=True)),
        "online.fields_total": sum(totals),
    }


FIELDS = ("land", "household", "construction", "trade")


def state_rates(pack: RulePack, figures: Mapping[str, int]) -> Iterator[StatedRate]:
    """Every rate of the figures, right at two decimals; none that rounding would make 0 % or 100 %."""
    for rate in pack.rates:
        if rate.numerator not in figures or not figures.get(rate.denominator):
            continue
        exact = Fraction(100 * figures[rate.numerator], figures[rate.denominator])
        printed = Printed(round_half_up(exact, 2), 2, "")
        if is_right(printed, exact) and (printed.value not in (0, 100) or printed.value == exact):
            words = format_percent(printed.value, 2, keep_zeros=True)
            yield StatedRate(rate=rate.id, value=printed.value, decimals=2, as_written=words)


def submit(pack: RulePack, unit: str, figures: Mapping[str, int], typed: Mapping[str, int]) -> Submission:
    """The report: rates of the right figures, and the figures as they were typed."""
    return Submission(
        unit=unit,
        period=PERIOD,
        reported_by=unit,
        provenance="synthetic",
        observations={
            name: Observation(indicator=name, value=value, as_written=format_count(value))
            for name, value in {**figures, **typed}.items()
        },
        stated={stated.rate: stated for stated in state_rates(pack, figures)},
    )


def mistype(chance: random.Random, slip: str, figures: Figures, name: str) -> int | None:
    """What the slip makes of a figure; None where it cannot happen to it."""
    value, digits = figures[name], str(figures[name])
    if slip == "swap" and len(digits) > 1:
        place = chance.randrange(len(digits) - 1)
        return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    if slip == "digit":
        place = chance.randrange(len(digits))
        kind = chance.choice(("wrong", "missing", "doubled"))
        middle = {"wrong": str(chance.randrange(10)), "missing": "", "doubled": digits[place] * 2}[kind]
        return int(digits[:place] + middle + digits[place + 1 :] or "0")
    if slip == "separator":
        return value * 1_000 if chance.getrandbits(1) or value % 1_000 else value // 1_000
    if slip == "neighbour":
        names = list(figures)
        place = names.index(name)
        return figures[names[place - 1 if chance.getrandbits(1) and place else (place + 1) % len(names)]]
    return None


def plant(chance: random.Random, figures: Figures, slips: int) -> tuple[Planted, str]:
    """Slips in so many figures, each of which then really differs; and the kind of the last."""
    planted: Planted = {}
    slip = ""
    while len(planted) < slips:
        name, slip = chance.choice(list(figures)), chance.choice(SLIPS)
        typed = mistype(chance, slip, figures, name)
        if name not in planted and typed is not None and typed != figures[name]:
            planted[name] = (figures[name], typed)
    return planted, slip


def look(compiled: CompiledPack, submissions: Sequence[Submission]) -> Seen:
    """What localization says of the submissions."""
    runs = open_runs(compiled, submissions, as_of=date(2020, 7, 6))
    outcomes = evaluate_runs(runs)
    findings = add_suspects(runs, outcomes, compose_findings(runs, outcomes))
    size, sets = 0, 1
    for one in localize(read_identities(runs[0], outcomes)):
        sizes = [len(repair.changes) for repair in one.repairs]
        size += min(sizes, default=0)
        sets *= sizes.count(min(sizes, default=0))
    return Seen(tuple(finding for finding in findings if finding.suspects), size, sets)


def judge(seen: Seen, unit: str, planted: Planted) -> Result:
    """What the suspects say of what was planted."""
    wanted = {(unit, name) for name in planted}
    suspects = [suspect for finding in seen.findings for suspect in finding.suspects]
    first = {(one.unit, one.indicator): one.should_be for one in suspects if one.group == 1}
    return Result(
        detected=bool(suspects),
        among=wanted <= {(one.unit, one.indicator) for one in suspects},
        first=first.keys() == wanted,
        value=first == {(unit, name): format_count(right) for name, (right, _) in planted.items()},
        smallest=bool(suspects) and seen.size == len(planted),
        determined=bool(suspects) and (seen.size, seen.sets) == (len(planted), 1),
    )


class Draw:
    """Reports, each drawn and looked at with and without its slips."""

    def __init__(self, compiled: CompiledPack, seed: int, *, among: bool) -> None:
        self.compiled = compiled
        self.among = among
        self.chance = random.Random(seed)  # noqa: S311 - a reproducible draw, no secret
        communes = [unit.id for unit in compiled.pack.units if unit.parent == BLOC]
        self.units = communes if among else communes[:1]
        self.seconds = 0.0
        self.false = 0

    def one(self, slips: int) -> tuple[str, Result]:
        """The kind of the last slip planted in a report, and what came of it."""
        figures = {unit: invent_figures(self.chance) for unit in self.units}
        unit = self.chance.choice(self.units)
        planted, slip = plant(self.chance, figures[unit], slips)
        self.false += bool(look(self.compiled, self.submit_all(figures, unit, {})).findings)
        submissions = self.submit_all(figures, unit, {name: wrong for name, (_, wrong) in planted.items()})
        begin = perf_counter()
        seen = look(self.compiled, submissions)
        self.seconds += perf_counter() - begin
        return slip, judge(seen, unit, planted)

    def submit_all(self, figures: Mapping[str, Figures], mistyped: str, typed: Figures) -> list[Submission]:
        """The reports of all units; the bloc's with what the right figures add up to."""
        pack = self.compiled.pack
        reports = [
            submit(pack, unit, figures[unit], typed if unit == mistyped else {}) for unit in self.units
        ]
        if self.among:
            reports.append(submit(pack, BLOC, add_up(figures, pack), {}))
        return reports


def add_up(figures: Mapping[str, Figures], pack: RulePack) -> Figures:
    """The bloc's figures."""
    names = [name for name in next(iter(figures.values())) if "bloc" in pack.indicator[name].additive]
    return {name: sum(one[name] for one in figures.values()) for name in names}


def print_shares(results: Sequence[tuple[str, Result]]) -> None:
    """A table: for all reports and for each kind of slip, the share of each column of `Result`."""
    columns = [field.name for field in fields(Result)]
    print(f"{'slip':10} {'reports':>8} " + " ".join(f"{column:>10}" for column in columns))
    for name in ("all", *SLIPS):
        chosen = [result for slip, result in results if name in ("all", slip)]
        shares = " ".join(
            f"{sum(getattr(one, column) for one in chosen) / max(len(chosen), 1):10.1%}" for column in columns
        )
        print(f"{name:10} {len(chosen):8} {shares}")
    for column in ("smallest", "determined"):
        chosen = [result for _, result in results if getattr(result, column)]
        right = sum(result.first for result in chosen), sum(result.value for result in chosen)
        print(f"{column}: {len(chosen)}, of these first {right[0]}, with the right value {right[1]}")


def main() -> None:
    """Draw, look and print."""
    parser = argparse.ArgumentParser(description="Plant slips in invented reports and look for them.")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--slips", type=int, default=1)
    parser.add_argument("--among", action="store_true")
    parser.add_argument("--seed", type=int, default=2020)
    given = parser.parse_args()
    compiled, problems = load_pack("long-phu-2020")
    if compiled is None:
        raise SystemExit("\n".join(map(str, problems)))
    draw = Draw(compiled, given.seed, among=given.among)
    where = "among 11 communes and their bloc" if given.among else "of one commune by itself"
    print(f"{given.count} reports {where}, {given.slips} slip(s) in each")
    print_shares([draw.one(given.slips) for _ in range(given.count)])
    print(f"reports without a slip for which a figure is suspected: {draw.false} of {given.count}")
    print(f"{draw.seconds / given.count * 1000:.0f} ms a report, evaluation included")


if __name__ == "__main__":
    main()
