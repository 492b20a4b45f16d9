"""What do the first answers cost: `--help`, and a check of the 26 submissions of `long-phu-2020-h1-units`?

Whole processes, median of nine, beside a bare `python -c pass` in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 9
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "compliance --help": ["cli.py", "--help"],
    "compliance check (5 submissions)": ["cli.py", "check", "datasets/long-phu-2020-h1", "-q"],
    "compliance check (26 submissions)": ["cli.py", "check", "datasets/long-phu-2020-h1-units", "-q"],
}


def _seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print a table: median seconds and the ratio to a bare interpreter."""
    medians: dict[str, float] = {}
    for name, arguments in COMMANDS.items():
        _seconds(arguments)
        medians[name] = statistics.median(_seconds(arguments) for _ in range(RUNS))
    bare = medians["python -c pass"]
    print("| command | median s | × bare interpreter |\n|---|---|---|")
    for name, median in medians.items():
        print(f"| {name} | {median:.3f} | {median / bare:.1f} |")


if __name__ == "__main__":
    main()
