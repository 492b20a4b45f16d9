"""What do 1,000 forms in a folder take, in time and memory, beside openpyxl alone reading the same files?

    python benchmarks/workbooks.py [--forms 1000]

Two kinds of file: forms as the program makes them, filled in with invented figures, and tables of form
II.06a. Each side runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from compliance.intake.packs import dataset_root, read_pack
from compliance.intake.submissions import read_submissions
from compliance.render.template_workbook import render_template_workbook

ROOT = Path(__file__).resolve().parents[1]
OURS = """
import json, resource, sys, time
from pathlib import Path
from compliance.intake.packs import read_pack
from compliance.intake.submissions import read_submissions
pack, _ = read_pack("long-phu-2020")
start = time.perf_counter()
found, _, problems = read_submissions([Path(sys.argv[1])], pack)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, peak, len(found) + len(problems)]))
"""
THEIRS = """
import json, resource, sys, time
from pathlib import Path
import openpyxl
start = time.perf_counter()
cells = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        cells += sum(cell is not None for row in sheet.iter_rows(values_only=True) for cell in row)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, peak, cells]))
"""


def write_forms(folder: Path, count: int) -> None:
    """Forms of one commune, each with another revision and other figures; a round of 50 files is repeated."""
    pack, problems = read_pack("long-phu-2020")
    if pack is None:
        raise SystemExit("\n".join(map(str, problems)))
    (base,), _, _ = read_submissions([dataset_root() / "long-phu-2020-h1-units" / "xa-phu-huu.yaml"], pack)
    rounds: list[bytes] = []
    for revision in range(1, min(count, 50) + 1):
        changed = {
            name: item.model_copy(update={"value": (place + 1) * revision * 7919 % 9973 + 27})
            if type(item.value) is int
            else item
            for place, (name, item) in enumerate(base.observations.items())
        }
        filled = base.model_copy(update={"observations": changed, "revision": revision})
        rounds.append(render_template_workbook(pack, pack.unit[base.unit], base.period, filled=filled))
    for number in range(count):
        (folder / f"form-{number:04d}.xlsx").write_bytes(rounds[number % len(rounds)])


def write_tables(folder: Path, count: int) -> None:
    """The largest invented table of form II.06a, many times."""
    content = (ROOT / "datasets" / "ii06a-variants" / "theo-don-vi.xlsx").read_bytes()
    for number in range(count):
        (folder / f"bieu-{number:04d}.xlsx").write_bytes(content)


def measure(script: str, folder: Path) -> tuple[float, float]:
    """Seconds and MiB of a process that reads the folder."""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    seconds, peak, _ = json.loads(ran.stdout)
    return seconds, peak


def main() -> None:
    """Print one line for each kind of file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--forms", type=int, default=1_000)
    options = parser.parse_args()
    print("| files | ours, ms a file | openpyxl, ms a file | ratio | ours, MiB | openpyxl, MiB |")
    print("|---|---|---|---|---|---|")
    for name in ("our form", "form II.06a"):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            if name == "our form":
                write_forms(folder, options.forms)
            else:
                write_tables(folder, options.forms)
            ours, theirs = measure(OURS, folder), measure(THEIRS, folder)
        each, alone = (seconds / options.forms * 1_000 for seconds in (ours[0], theirs[0]))
        figures = f"{each:.1f} | {alone:.1f} | {each / alone:.2f} | {ours[1]:.0f} | {theirs[1]:.0f}"
        print(f"| {options.forms} × {name} | {figures} |")


if __name__ == "__main__":
    main()
