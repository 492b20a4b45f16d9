"""Which formats does each command write, and which one is meant by `--format` or by the file's suffix?"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.cli.output import stop_usage
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TERMINAL = "console"
_BLOCKS = (_TERMINAL, "md", "html", "docx", "json")
FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "check": (_TERMINAL, "json", "md", "html", "xlsx"),
        "assess": (_TERMINAL, "md", "txt", "json", "docx"),
        "compare": (*_BLOCKS, "xlsx"),
        "explain": _BLOCKS,
        "whatif": _BLOCKS,
        "reconcile": (_TERMINAL, "json", "md", "html", "xlsx"),
        "proofread": (_TERMINAL, "json", "html", "docx"),
        "rules diff": _BLOCKS,
        "template": ("yaml", "csv", "xlsx"),
    }
)
"""By command, the first where nothing is asked for."""
_LIKE = {"doc": "docx", "xls": "xlsx", "xlsm": "xlsx", "htm": "html", "yml": "yaml"}
"""Suffixes that mean nearly the same."""


def choose_format(wanted: str | None, output: Path | None, command: str) -> str:
    """The format asked for, else the one of the file's suffix, else the first of the command.

    Ends the command where it does not write that format, or where it cannot be told which is meant.
    """
    known = FORMATS[command]
    suffix = output.suffix.lstrip(".").lower() if output else ""
    chosen = wanted or suffix or known[0]
    if chosen not in known:
        code = "cli.format.unknown" if wanted else "cli.format.unknown_suffix"
        stop_usage(
            code,
            written=chosen,
            command=command,
            known=list_suffixes(command),
            others=_others(chosen, command),
        )
    if chosen == _TERMINAL and output is not None:
        stop_usage("cli.format.no_suffix", path=output, command=command, known=list_suffixes(command))
    return chosen


def list_suffixes(command: str) -> str:
    """The suffixes of the files that a command writes; nothing for one that has no choice."""
    formats = FORMATS.get(command, ())
    return ", ".join(f".{form}" for form in formats if form != _TERMINAL)


def _others(written: str, command: str) -> str:
    """Which commands write that, or what is nearly the same, with a blank before; nothing where none does."""
    form = _LIKE.get(written, written)
    writers = [f"compliance {name}" for name, formats in FORMATS.items() if form in formats]
    if not writers:
        return ""
    said = [text("cli.format.others", form=form, commands=", ".join(writers))]
    if command == "check" and form == "docx":
        said.append(text("cli.format.pages_in_word"))
    return "".join(f" {sentence}" for sentence in said)
