"""`rules docs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]


def test_every_generated_page_is_as_it_would_be_written_now(run: Command) -> None:
    ran = run("rules", "docs", "--check", "--root", ROOT)
    assert (ran.code, ran.err) == (0, "")


def test_a_stale_page_is_named(run: Command, tmp_path: Path) -> None:
    ran = run("rules", "docs", "--check", "--root", tmp_path)
    assert ran.code == 1
    assert "docs/commands.md" in ran.err


def test_every_command_stands_on_the_page_of_commands(run: Command) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    helped = run("--help").out
    commands = [line.split()[0] for line in helped.split("Lệnh:")[1].splitlines() if line[2:3].strip()]
    assert [command for command in commands if f"## `compliance {command}`" not in page] == []
