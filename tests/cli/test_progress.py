"""A bar while many files are read: on a terminal only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

ROOT = Path(__file__).resolve().parents[2]
DATASET = ROOT / "datasets" / "long-phu-2020-h1-units"
COMMAND = [sys.executable, str(ROOT / "cli.py"), "check", str(DATASET), "--quiet", "--as-of", "2020-07-05"]


def test_a_terminal_is_shown_how_many_files_are_read() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        COMMAND,
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    ) as child:
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
        child.wait()
    os.close(ours)
    count = sum(path.suffix == ".yaml" for path in DATASET.iterdir())
    assert "Đang đọc tệp" in said.decode()
    assert f"{count}/{count}" in said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_pipe_is_shown_no_bar(stream: str) -> None:
    ran = subprocess.run(COMMAND, capture_output=True, encoding="utf-8", check=False)
    assert "Đang đọc tệp" not in getattr(ran, stream)
