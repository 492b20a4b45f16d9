"""How does a Word document become a file that is the same, byte for byte, each time it is made?

Its dates are those of the run, never of the clock; the parts are packed without the time of packing.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE

from compliance.messages import text

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document

_PACKED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""


def as_bytes(document: Document, *, title: str, as_of: date) -> bytes:
    """The file's content, dated `as_of`."""
    moment = datetime.combine(as_of, time(), tzinfo=UTC)
    _describe(document, title, moment)
    _drop_thumbnail(document)
    out = io.BytesIO()
    document.save(out)
    return _pack_anew(out.getvalue())


def _describe(document: Document, title: str, moment: datetime) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = text("docx.author")
    properties.comments = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.revision = 1


def _drop_thumbnail(document: Document) -> None:
    """The picture of an empty page that the library's own template brings."""
    relations = document.part.package.rels
    for key, relation in list(relations.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del relations[key]


def _pack_anew(archive: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return out.getvalue()
