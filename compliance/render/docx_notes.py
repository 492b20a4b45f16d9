"""What stands in the margin of a Word document? Comments dated by the run, or none in a clean file."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class Notes:
    """The comments of one document."""

    document: Document
    as_of: date
    _: KW_ONLY
    clean: bool = False

    def add(self, paragraph: Paragraph, words: str) -> None:
        """Comment on a whole paragraph; nothing where there is nothing to say or the file is to be clean."""
        if self.clean or not words:
            return
        comment = self.document.add_comment(
            paragraph.runs, text=words, author=text("docx.author"), initials=text("docx.initials")
        )
        # python-docx dates a comment by the clock and has no public way to date it otherwise
        comment._comment_elm.date = datetime.combine(self.as_of, time(), tzinfo=UTC)  # noqa: SLF001
