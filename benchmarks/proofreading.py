"""How often is the reading of narrative reports right on the corpus of claims, by kind?

Precision: of the alarms raised (inconsistent, truncated), the share that the corpus expects. Recall: of
the wrong figures that the corpus holds, the share that is found. Found: of all its claims, the share found
with its verdict. A case with `trap` must stay silent. The corpus was written beside the grammar: it measures
regressions, not how reports never seen are read.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from compliance.proofreading import proofread

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "data" / "claims"
ALARMS = {"inconsistent", "truncated"}
LONG_TEXT_REPORTS = 60
"""The project's own report so many times over is about 200 pages."""

Claim = tuple[str, ...]


def _read_corpus() -> list[dict[str, Any]]:
    files = sorted(CORPUS.glob("*.yaml"))
    return [case for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))]


def _expected(case: dict[str, Any]) -> set[Claim]:
    return {tuple(part.strip() for part in line.split("|")) for line in case.get("claims", ())}


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {100 * part / whole:.1f}%" if whole else "–"


def _print_kinds(cases: list[dict[str, Any]]) -> None:
    tallies = {name: Counter[str]() for name in ("claims", "found", "wrong", "caught", "alarms", "right")}
    for case in cases:
        expected = _expected(case)
        read = proofread(case["text"])
        raised: set[Claim] = {(claim.kind, claim.stated, claim.verdict) for claim in read}
        tallies["claims"].update(claim[0] for claim in expected)
        tallies["found"].update(claim[0] for claim in expected & raised)
        tallies["wrong"].update(claim[0] for claim in expected if claim[2] in ALARMS)
        tallies["caught"].update(claim[0] for claim in expected & raised if claim[2] in ALARMS)
        tallies["alarms"].update(claim[0] for claim in raised if claim[2] in ALARMS)
        tallies["right"].update(claim[0] for claim in raised & expected if claim[2] in ALARMS)
    print("| kind | found | recall of wrong figures | precision of alarms |\n|---|---|---|---|")
    for kind in [*sorted(tallies["claims"]), "all"]:
        count = {name: tally.total() if kind == "all" else tally[kind] for name, tally in tallies.items()}
        found, recall = _share(count["found"], count["claims"]), _share(count["caught"], count["wrong"])
        print(f"| {kind} | {found} | {recall} | {_share(count['right'], count['alarms'])} |")


def main() -> None:
    """Print the table by kind, the silence on traps, and the time of a text of about 200 pages."""
    cases = _read_corpus()
    traps = [str(case["text"]) for case in cases if "trap" in case]
    silent = sum(all(claim.verdict not in ALARMS for claim in proofread(text)) for text in traps)
    _print_kinds(cases)
    print(f"\ntraps that stay silent: {_share(silent, len(traps))}")
    report = (ROOT / "datasets" / "long-phu-2020-h1-report" / "bao-cao.txt").read_text(encoding="utf-8")
    text = report * LONG_TEXT_REPORTS
    start = time.perf_counter()
    claims = len(proofread(text))
    print(f"{len(text):,} characters, {claims} claims: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
