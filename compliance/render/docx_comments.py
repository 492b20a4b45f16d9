"""What does a Word report look like with a reviewer's comments at its passages?

A copy; the original stays as it is.
"""

from __future__ import annotations

import copy
import io
import unicodedata
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from compliance.messages import text
from compliance.render.proofread_marks import build_marks, compose_headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.text.run import CT_R

    from compliance.model.claims import Proofreading
    from compliance.model.report import ReportText
    from compliance.render.proofread_marks import Mark

_PARAGRAPH, _RUN, _TEXT = qn("w:p"), qn("w:r"), qn("w:t")
_LEFT_OUT = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pPr")))
_WRITTEN = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_DATE = qn("w:date")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render_docx_comments(content: bytes, report: ReportText, result: Proofreading) -> bytes:
    """A copy of the Word document in `content` with a comment at each passage that does not hold.

    `report` is what was read from the same bytes: its passages tell in which paragraph each offset stands.
    A mark in a note or in a text that no longer matches is put on the first paragraph.
    """
    document = Document(io.BytesIO(content))
    paragraphs = list(document.element.body.iter(_PARAGRAPH))
    _comment(document, _first_runs(paragraphs), compose_headline(result))
    for mark in reversed(build_marks(result)):
        runs = _runs_at(paragraphs, report, mark)
        words = f"{mark.title}. {mark.words}"
        if not runs:
            runs, words = _first_runs(paragraphs), f"«{mark.quote}» – {words}"
        _comment(document, runs, words)
    copied = io.BytesIO()
    document.save(copied)
    return copied.getvalue()


def _comment(document: WordDocument, runs: Sequence[CT_R], words: str) -> None:
    if not runs:
        return
    # a Run asks for its paragraph only to find the part, which the document knows
    wrapped = [
        Run(run, document.paragraphs[0] if document.paragraphs else document) for run in (runs[0], runs[-1])
    ]
    comment = document.add_comment(
        wrapped, text=words, author=text("docx.author"), initials=text("docx.initials")
    )
    # python-docx dates comments by the clock; the same input is to give the same bytes
    comment._comment_elm.attrib.pop(_DATE, None)  # noqa: SLF001


def _first_runs(paragraphs: Sequence[object]) -> list[CT_R]:
    return next((runs for paragraph in paragraphs if (runs := [run for run, _ in _runs(paragraph)])), [])


def _runs_at(paragraphs: Sequence[object], report: ReportText, mark: Mark) -> list[CT_R]:
    """The runs of a passage, cut where it begins and ends; empty where the document does not match."""
    passage = next((p for p in report.passages if p.start <= mark.start < p.end), None)
    if passage is None or not 0 < passage.place.paragraph <= len(paragraphs):
        return []
    paragraph = paragraphs[passage.place.paragraph - 1]
    written = "".join(words for _, words in _runs(paragraph))
    if unicodedata.normalize("NFC", written) != report.text[passage.start : passage.end]:
        return []
    if unicodedata.normalize("NFC", written) != written:
        return [run for run, words in _runs(paragraph) if words]
    start, end = mark.start - passage.start, min(mark.end, passage.end) - passage.start
    _cut(paragraph, start)
    _cut(paragraph, end)
    return [run for run, first, last in _spans(paragraph) if start <= first and last <= end and first < last]


def _spans(paragraph: object) -> Iterator[tuple[CT_R, int, int]]:
    position = 0
    for run, words in _runs(paragraph):
        yield run, position, position + len(words)
        position += len(words)


def _runs(paragraph: object) -> Iterator[tuple[CT_R, str]]:
    """The runs of a paragraph in order, with what a reader sees of each.

    Deleted ones and text boxes left out.
    """
    for child in paragraph:  # type: ignore[attr-defined]
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _RUN:
            yield child, _written(child)
        else:
            yield from _runs(child)


def _written(run: CT_R) -> str:
    return "".join((piece.text or "") if piece.tag == _TEXT else _WRITTEN.get(piece.tag, "") for piece in run)


def _cut(paragraph: object, position: int) -> None:
    """Divide the run around a position in two, both formatted alike.

    A run of more than plain text stays whole.
    """
    for run, first, last in list(_spans(paragraph)):
        pieces = run.findall(_TEXT)
        if (
            first < position < last
            and len(pieces) == 1
            and pieces[0].text
            and len(pieces[0].text) == last - first
        ):
            behind = copy.deepcopy(run)
            _write(
                pieces[0],
                pieces[0].text[: position - first],
            )
            twin = behind.find(_TEXT)
            if twin is not None:
                _write(twin, (twin.text or "")[position - first :])
            run.addnext(behind)
            return


def _write(piece: object, words: str) -> None:
    piece.text = words  # type: ignore[attr-defined]
    piece.set(_XML_SPACE, "preserve")  # type: ignore[attr-defined]
