"""How many claims of the corpus does proofreading find, how often is it wrong, and how fast does it read?

The corpus (`tests/data/claims/`) says of each text which claims it makes, with their verdicts, or that it
must stay silent. Precision counts alarms (inconsistent, truncated): a claim found consistent that the
corpus does not list is no error. Generated reports then say how often a figure changed beyond rounding is
noticed, by the kind of claim.

    python benchmarks/proofreading.py
"""

from __future__ import annotations

import random
import resource
from collections import Counter
from pathlib import Path
from time import process_time
from typing import Any

import yaml

from compliance.proofreading import find_slips, proofread

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "data" / "claims"
REPORT = ROOT / "datasets" / "long-phu-2020-h1-report" / "bao-cao.txt"
KINDS = (
    "ratio", "sum", "difference", "complement", "change", "citation", "period", "quantity", "range", "count"
)  # fmt: skip
ALARMS = {"inconsistent", "truncated"}
PAGE = 3_000
"""Characters of a page of an administrative report."""


def read_corpus() -> list[dict[str, Any]]:
    """Every case of the corpus."""
    return [
        case for path in sorted(CORPUS.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))
    ]


def measure_corpus(cases: list[dict[str, Any]]) -> None:
    """Precision and recall by kind, and how many traps stayed silent."""
    listed, found, alarms, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    loud = 0
    for case in cases:
        expected = {tuple(part.strip() for part in claim.split("|")) for claim in case.get("claims", ())}
        seen = {(claim.kind, claim.stated, claim.verdict) for claim in proofread(case["text"])}
        raised = {claim for claim in seen if claim[2] in ALARMS}
        listed.update(claim[0] for claim in expected)
        found.update(claim[0] for claim in expected & seen)
        alarms.update(claim[0] for claim in raised)
        right.update(claim[0] for claim in raised & expected)
        loud += "trap" in case and bool(raised)
    traps = sum("trap" in case for case in cases)
    print(f"{listed.total()} claims and {traps} traps; {loud} traps raised an alarm\n")
    print(f"{'kind':<12}{'claims':>8}{'recall':>9}{'alarms':>8}{'precision':>11}")
    for kind in KINDS:
        precision = f"{right[kind] / alarms[kind]:.1%}" if alarms[kind] else "–"
        recall = f"{found[kind] / listed[kind]:.1%}"
        print(f"{kind:<12}{listed[kind]:>8}{recall:>9}{alarms[kind]:>8}{precision:>11}")


def measure_mutations(cases: list[dict[str, Any]], count: int = 2_000) -> None:
    """Texts in which all holds, with one digit of one figure changed: how often that is noticed."""
    draw = random.Random(2020)  # noqa: S311 - a repeatable draw, not a secret
    sound = [case["text"] for case in cases if case.get("claims") and not _alarms(case["text"])]
    noticed = changed = 0
    for _ in range(count):
        text = draw.choice(sound)
        spots = [index for claim in proofread(text) for index in _digits(text, claim.start, claim.end)]
        if not spots:
            continue
        spot = draw.choice(spots)
        digit = draw.choice([d for d in "123456789" if d != text[spot]])
        changed += 1
        noticed += bool(_alarms(f"{text[:spot]}{digit}{text[spot + 1 :]}"))
    print(f"\none digit changed inside a claim: noticed {noticed / changed:.1%} of {changed}")


def _digits(text: str, start: int, end: int) -> list[int]:
    return [index for index in range(start, end) if text[index].isdigit()]


def _alarms(text: str) -> list[str]:
    return [claim.kind for claim in proofread(text) if claim.verdict in ALARMS]


def measure_speed(pages: int = 200) -> None:
    """Seconds of processor time and memory for a long report."""
    page = REPORT.read_text("utf-8")
    text = f"{page}\n" * (pages * PAGE // len(page) + 1)
    start = process_time()
    claims = proofread(text)
    claiming = process_time() - start
    start = process_time()
    find_slips(text)
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{pages} pages, {len(text)} characters: {len(claims)} claims in {claiming:.1f} s,", end=" ")
    print(f"slips in {process_time() - start:.1f} s, {mebibytes} MiB at most")


if __name__ == "__main__":
    corpus = read_corpus()
    measure_corpus(corpus)
    measure_mutations(corpus)
    measure_speed()
