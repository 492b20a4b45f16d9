"""What README promises is what a user gets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_output_that_readme_shows_is_the_real_one(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- demo.*?```text\n(.*?)\n```", readme, re.DOTALL)
    assert shown is not None
    command = [sys.executable, str(ROOT / "cli.py"), "demo", "-o", str(tmp_path)]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", cwd=ROOT).stdout
    lines = [line.rstrip() for line in printed.splitlines()]
    wanted = shown[1].split("\n")
    assert lines[: len(wanted)] == wanted


def test_every_link_of_the_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    dead = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert dead == []
