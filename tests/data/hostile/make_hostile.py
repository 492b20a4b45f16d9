"""Write workbooks and archives that no program should trust, each with what must be said of it.

    python tests/data/hostile/make_hostile.py FOLDER

The files of at most 100 KiB are kept beside this script; the tests write all of them anew.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_KEPT = 100 * 1024
_MOMENT = (2020, 7, 3, 8, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
_TYPES = (
    f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def sheet(rows: str = _ROW, after: str = "") -> str:
    """The part of one sheet."""
    return f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(sheet_part: str | bytes, **more: str | bytes) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; `more` by name, with `__` for a slash."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_part,
    } | {name.replace("__", "/"): content for name, content in more.items()}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive with the same bytes each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED, 9)
    return written.getvalue()


def book(sheet_part: str | bytes, **more: str | bytes) -> bytes:
    """A workbook with one sheet."""
    return packed(parts(sheet_part, **more))


def _bomb() -> bytes:
    return book(sheet().replace("<sheetData>", "<sheetData>" + " " * 48_000_000))


def _large() -> bytes:
    """More than the limit in all; no part alone is too large or packed suspiciously well."""
    return book(sheet(), **{f"xl__media__{at}": _blocks(7_000_000, at) for at in range(10)})


def _blocks(size: int, seed: int) -> bytes:
    """Text that packs about forty times smaller."""
    blocks = (
        "".join(f"{(at + seed) * (7919 + block) % 10007} " for at in range(500)).encode() * 40
        for block in range(size // 80_000)
    )
    return b"".join(blocks)[:size]


def _many_cells() -> bytes:
    def row(line: int) -> str:
        cells = "".join(
            f'<c r="{chr(65 + column)}{line}"><v>{line * column % 977}</v></c>' for column in range(20)
        )
        return f'<row r="{line}">{cells}</row>'

    return book(sheet("".join(map(row, range(1, 12_000)))))


def _many_styles() -> bytes:
    fonts = "".join(
        f'<font><sz val="{at * 7919 % 9973}"/><name val="f{at * 31}"/></font>' for at in range(60_000)
    )
    return book(
        sheet(), xl__styles_xml=f'<styleSheet xmlns="{_MAIN}"><fonts>{fonts}</fonts></styleSheet>'
    ).replace(b"xl/styles_xml", b"xl/styles.xml")


def _with_doctype(declaration: str, text: str, encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE worksheet [{declaration}]>'
    body = sheet(_ROW.replace(">x<", f">{text}<")).removeprefix(_DECLARATION)
    return book((head + body).encode(encoding))


def _laughs() -> bytes:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12)]
    return _with_doctype("".join(lines), "&a11;")


def _ole(stream: str) -> bytes:
    """The head of a compound file with the name of a stream in its directory."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + stream.encode("utf-16-le").ljust(512, b"\0") + bytes(2048)


def _lying() -> bytes:
    """The list of contents gives the sheet fewer bytes than it has."""
    content = bytearray(book(sheet(_ROW * 400)))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = (50).to_bytes(4, "little")
    return bytes(content)


def _flagged(content: bytes) -> bytes:
    """Every file marked as encrypted."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def _deep() -> bytes:
    return book(sheet(after="<x>" * 20_000 + "</x>" * 20_000))


def _wrong_index() -> bytes:
    return book(sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'))


MAKERS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "bomb.xlsx": ("workbook.door.ratio", _bomb),
    "large.xlsx": ("workbook.door.unpacked", _large),
    "many-parts.xlsx": (
        "workbook.door.parts",
        lambda: book(sheet(), **{f"x__{at}": "" for at in range(2_500)}),
    ),
    "large-part.xlsx": (
        "workbook.door.part_bytes",
        lambda: book(sheet(), xl__media__image=_blocks(10_000_000, 1)),
    ),
    "many-cells.xlsx": ("workbook.door.cells", _many_cells),
    "many-styles.xlsx": ("workbook.door.elements", _many_styles),
    "sparse.xlsx": (
        "workbook.door.reference",
        lambda: book(sheet(f'{_ROW}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    ),
    "far-row.xlsx": ("workbook.door.reference", lambda: book(sheet(f'{_ROW}<row r="99999999999"/>'))),
    "wide-merge.xlsx": (
        "workbook.door.cells",
        lambda: book(sheet(after='<mergeCells><mergeCell ref="A1:ALL50000"/></mergeCells>')),
    ),
    "wide-link.xlsx": (
        "workbook.door.cells",
        lambda: book(sheet(after='<hyperlinks><hyperlink ref="A1:ALL50000" location="S!A1"/></hyperlinks>')),
    ),
    "external-entity.xlsx": (
        "workbook.door.doctype",
        lambda: _with_doctype('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"),
    ),
    "external-entity-utf16.xlsx": (
        "workbook.door.doctype",
        lambda: _with_doctype('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;", "utf-16"),
    ),
    "laughs.xlsx": ("workbook.door.doctype", _laughs),
    "deep.xlsx": ("workbook.door.malformed", _deep),
    "broken-xml.xlsx": ("workbook.door.malformed", lambda: book(sheet()[:-20])),
    "wrong-index.xlsx": ("workbook.door.malformed", _wrong_index),
    "encrypted.xlsx": ("workbook.door.encrypted", lambda: _ole("EncryptedPackage")),
    "encrypted-parts.xlsx": ("workbook.door.encrypted", lambda: _flagged(book(sheet()))),
    "old-format.xlsx": ("workbook.door.old_format", lambda: _ole("Workbook")),
    "truncated.xlsx": ("workbook.door.truncated", lambda: book(sheet(_ROW * 200))[:-300]),
    "lying-size.xlsx": ("workbook.door.truncated", _lying),
    "web-page.xlsx": ("workbook.door.html", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "words.xlsx": ("workbook.door.not_a_workbook", lambda: b"unit;period\n"),
    "other-archive.xlsx": ("workbook.door.not_a_workbook", lambda: packed({"a.txt": "x"})),
    "no-sheet.xlsx": (
        "workbook.door.no_sheets",
        lambda: packed({name: part for name, part in parts("").items() if "sheet1" not in name}),
    ),
    "macros.xlsm": ("workbook.no_table", lambda: book(sheet(), xl__vbaProject_bin=b"\0" * 64)),
    "bomb.zip": ("workbook.archive.huge", lambda: packed({"a.yaml": _noise(12_000_000)})),
    "well-packed.zip": ("workbook.archive.ratio", lambda: packed({"a.yaml": " " * 7_000_000})),
    "many-files.zip": ("workbook.archive.parts", lambda: packed({f"{at}.yaml": "" for at in range(2_500)})),
    "encrypted.zip": ("workbook.archive.encrypted", lambda: _flagged(packed({"a.yaml": "x"}))),
    "truncated.zip": ("workbook.archive.truncated", lambda: packed({"a.yaml": "unit: x\n" * 99})[:-60]),
    "no-figures.zip": ("workbook.archive.nothing", lambda: packed({"../../doc.md": "x"})),
}
"""Each file with the code of the error that must be said, and how to make it."""


def _noise(size: int) -> bytes:
    line = "".join(f"{at * 7919 % 10007} " for at in range(2_000))
    return (line * (size // len(line) + 1)).encode()[:size]


def build() -> dict[str, bytes]:
    """Every file."""
    made = {name: make() for name, (_, make) in MAKERS.items()}
    made["macros.xlsm"] = made["macros.xlsm"].replace(b"vbaProject_bin", b"vbaProject.bin")
    return made


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in build().items():
        if len(content) <= MOST_KEPT or folder.resolve() != Path(__file__).resolve().parent:
            (folder / name).write_bytes(content)
