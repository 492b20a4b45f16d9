"""What does the terminal show of a proofread report?

The headline, then each passage with its mark and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from compliance.messages import text
from compliance.render.proofread_marks import build_marks, compose_headline, cut_at_marks

if TYPE_CHECKING:
    from compliance.model.claims import Proofreading
    from compliance.render.proofread_marks import Mark

_STYLE = {
    "inconsistent": "bold red",
    "truncated": "bold yellow",
    "undecided": "magenta",
    "consistent": "green",
    "slip": "cyan",
}
_CONTEXT = 60
"""Characters of the report shown on either side of a passage."""
_INDENT = (0, 0, 0, 3)


def render_proofreading(result: Proofreading, report: str, *, consistent: bool = False) -> RenderableType:
    """The whole result; `report` is the text in NFC that the offsets count in."""
    marks = build_marks(result, consistent=consistent)
    parts: list[RenderableType] = [Text(compose_headline(result), style="bold")]
    parts += [_show(mark, report) for mark in marks]
    if not marks:
        parts.append(Text(text("render.none_found")))
    return Group(*parts)


def _show(mark: Mark, report: str) -> RenderableType:
    head = Text(f"{mark.number}. {mark.title}", style=_STYLE[mark.kind])
    head.append(f" ({mark.place})", style="dim")
    return Group(head, Padding(_passage(mark, report), _INDENT), Padding(Text(mark.words), _INDENT))


def _passage(mark: Mark, report: str) -> Text:
    """The passage in its surroundings, on one line."""
    start, end = max(0, mark.start - _CONTEXT), min(len(report), mark.end + _CONTEXT)
    shown = Text("…" if start else "", style="dim")
    for segment in cut_at_marks(report[start:end], start, [mark]):
        style = _STYLE[mark.kind] if segment.numbers else "dim"
        shown.append(segment.words.replace("\n", " ⏎ ").replace("\t", " "), style=style)
    shown.append("…" if end < len(report) else "", style="dim")
    return shown
