"""Write the invented tables of form II.06a in `datasets/ii06a-variants`, each in another layout.

    python tests/datasets/make_ii06a_variants.py datasets/ii06a-variants

The same figures give the same bytes. `EXPECTED` says what each must read to.
"""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

SYNTHETIC = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT CỦA ĐƠN VỊ"
FORM = "Biểu số II.06a/VPCP/KSTT"
TITLE = "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
COMMUNES = "soc-trang/long-phu/cap-xa/"
AGENCIES = "soc-trang/long-phu/cap-huyen/"
COLUMNS = (
    "received_total",
    "received_online",
    "received_direct",
    "carried_over",
    "resolved",
    "resolved_early",
    "resolved_on_day",
    "resolved_late",
    "pending",
    "pending_in_time",
    "pending_overdue",
)
NUMBERS = (
    "(1)",
    "(2)",
    "(3) = (4) + (5) + (6)",
    "(4)",
    "(5)",
    "(6)",
    "(7) = (8) + (9) + (10)",
    "(8)",
    "(9)",
    "(10)",
    "(11) = (12) + (13)",
    "(12)",
    "(13)",
)
_MOMENT = datetime(2020, 7, 3, 8, 0)  # noqa: DTZ001 - a workbook's own clock has no zone


@dataclass(frozen=True)
class Work:
    """The dossiers of one row; its totals follow."""

    online: int
    direct: int
    carried: int
    early: int
    on_day: int
    late: int
    in_time: int
    overdue: int
    returned: int = 0

    def __post_init__(self) -> None:
        row = self.row()
        if row[0] != row[4] + row[8] + self.returned:
            raise ValueError(self)

    def row(self) -> tuple[int, ...]:
        """Columns 3 to 13."""
        received = self.online + self.direct + self.carried
        resolved = self.early + self.on_day + self.late
        pending = self.in_time + self.overdue
        return (
            *(received, self.online, self.direct, self.carried),
            *(resolved, self.early, self.on_day, self.late),
            *(pending, self.in_time, self.overdue),
        )


def total(rows: Iterable[Work]) -> Work:
    """The sum of rows."""
    return Work(*(sum(numbers) for numbers in zip(*map(astuple, rows), strict=True)))


PHU_HUU = {
    "Hộ tịch": Work(1, 214, 0, 203, 12, 0, 0, 0),
    "Chứng thực": Work(0, 1046, 0, 0, 1046, 0, 0, 0),
    "Đất đai": Work(0, 37, 3, 26, 9, 1, 4, 0),
    "Bảo trợ xã hội": Work(0, 58, 2, 51, 6, 0, 3, 0),
    "Công thương": Work(0, 2, 0, 2, 0, 0, 0, 0),
}
DISTRICT = {
    "Phòng Tài nguyên và Môi trường": Work(311, 902, 41, 1011, 203, 4, 35, 1),
    "Phòng Tư pháp": Work(0, 188, 0, 150, 38, 0, 0, 0),
    "Phòng Kinh tế và Hạ tầng": Work(12, 31, 2, 30, 11, 0, 4, 0),
    "Phòng Tài chính - Kế hoạch": Work(9, 204, 1, 190, 22, 0, 2, 0),
    "Phòng Lao động - Thương binh và Xã hội": Work(0, 96, 5, 77, 18, 1, 5, 0),
}
TOWNS = {
    "UBND thị trấn Long Phú": Work(4, 2208, 6, 1520, 690, 2, 6, 0),
    "UBND thị trấn Đại Ngãi": Work(2, 1904, 0, 1311, 595, 0, 0, 0),
    "UBND xã Trường Khánh": Work(0, 1733, 2, 1204, 530, 0, 1, 0),
    "UBND xã Song Phụng": Work(1, 887, 0, 614, 274, 0, 0, 0),
}
GROUPED = {
    "UBND xã Long Phú": {
        "Hộ tịch": Work(2, 311, 0, 300, 13, 0, 0, 0),
        "Chứng thực": Work(0, 1410, 0, 0, 1410, 0, 0, 0),
        "Đất đai": Work(0, 66, 4, 52, 12, 1, 5, 0),
    },
    "UBND xã Hậu Thạnh": {
        "Hộ tịch": Work(0, 166, 0, 160, 6, 0, 0, 0),
        "Chứng thực": Work(0, 1021, 0, 0, 1021, 0, 0, 0),
    },
}
CHAU_KHANH = {
    "Tư pháp - Hộ tịch": Work(3, 403, 1, 371, 33, 0, 2, 0, returned=1),
    "Chứng thực": Work(0, 940, 0, 12, 928, 0, 0, 0),
    "Địa chính - Xây dựng": Work(0, 54, 5, 39, 10, 2, 4, 1, returned=3),
}
TAN_THANH = {
    "Hộ tịch": Work(0, 275, 0, 260, 15, 0, 0, 0),
    "Chứng thực": Work(0, 1104, 0, 0, 1104, 0, 0, 0),
    "Đất đai": Work(1, 49, 2, 40, 8, 1, 3, 0),
}
LONG_DUC = {
    "Hộ tịch": Work(0, 198, 0, 190, 8, 0, 0, 0),
    "Chứng thực": Work(0, 1287, 1, 0, 1287, 0, 1, 0),
}


def _figures(work: Work, **more: int) -> dict[str, int]:
    return dict(zip(COLUMNS, work.row(), strict=True)) | more


EXPECTED: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "theo-linh-vuc.xlsx": {f"{COMMUNES}xa-phu-huu": _figures(total(PHU_HUU.values()))},
    "theo-don-vi.xlsx": {
        f"{AGENCIES}phong-tai-nguyen-moi-truong": _figures(DISTRICT["Phòng Tài nguyên và Môi trường"]),
        f"{AGENCIES}phong-tu-phap": _figures(DISTRICT["Phòng Tư pháp"]),
        f"{AGENCIES}phong-kinh-te-ha-tang": _figures(DISTRICT["Phòng Kinh tế và Hạ tầng"]),
        f"{AGENCIES}phong-tai-chinh-ke-hoach": _figures(DISTRICT["Phòng Tài chính - Kế hoạch"]),
        f"{AGENCIES}phong-lao-dong-thuong-binh-xa-hoi": _figures(
            DISTRICT["Phòng Lao động - Thương binh và Xã hội"]
        ),
        f"{COMMUNES}thi-tran-long-phu": _figures(TOWNS["UBND thị trấn Long Phú"]),
        f"{COMMUNES}thi-tran-dai-ngai": _figures(TOWNS["UBND thị trấn Đại Ngãi"]),
        f"{COMMUNES}xa-truong-khanh": _figures(TOWNS["UBND xã Trường Khánh"]),
        f"{COMMUNES}xa-song-phung": _figures(TOWNS["UBND xã Song Phụng"]),
    },
    "theo-don-vi-va-linh-vuc.xlsx": {
        f"{COMMUNES}xa-long-phu": _figures(total(GROUPED["UBND xã Long Phú"].values())),
        f"{COMMUNES}xa-hau-thanh": _figures(total(GROUPED["UBND xã Hậu Thạnh"].values())),
    },
    "khong-gop-o.xlsx": {
        f"{COMMUNES}xa-chau-khanh": _figures(total(CHAU_KHANH.values()), returned_or_withdrawn=4)
    },
    "tong-sai.xlsx": {f"{COMMUNES}xa-tan-thanh": _figures(total(TAN_THANH.values()))},
    "xuat-csv.csv": {f"{COMMUNES}xa-long-duc": _figures(total(LONG_DUC.values()))},
}
"""The figures of `dossiers` by file and unit."""
BROKEN = {"tong-sai.xlsx": ("G14", "L14")}
"""The cells of printed totals that are not the sums of their rows."""


def _start(title: str, unit: str, period: str) -> tuple[Workbook, Worksheet]:
    """A workbook with the lines above the table."""
    book = Workbook()
    book.properties.created = book.properties.modified = _MOMENT
    sheet = book.worksheets[0]
    sheet.title = title
    lines = (
        FORM,
        TITLE,
        f"Đơn vị báo cáo: {unit}",
        "Đơn vị nhận báo cáo: UBND huyện Long Phú",
        period,
        SYNTHETIC,
    )
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line).font = Font(name="Times New Roman", bold=row == 2, size=13)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=13)
    sheet.column_dimensions["B"].width = 38
    sheet.column_dimensions["C"].width = sheet.column_dimensions["G"].width = 14
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book, sheet


def _header(sheet: Worksheet, top: int, name: str) -> int:
    """The header of the form, merged as it is printed; the row below the column numbers."""
    groups = (("C", "F", "Số lượng hồ sơ tiếp nhận"), ("G", "J", "Số lượng hồ sơ đã giải quyết"))
    for first, last, words in (*groups, ("K", "M", "Số lượng hồ sơ đang giải quyết")):
        sheet[f"{first}{top}"] = words
        sheet.merge_cells(f"{first}{top}:{last}{top}")
    for column, words in (("A", "STT"), ("B", name)):
        sheet[f"{column}{top}"] = words
        sheet.merge_cells(f"{column}{top}:{column}{top + 2}")
    leaves = dict(
        zip(
            "CFGHIJKLM",
            (
                "Tổng số",
                "Từ kỳ trước",
                "Tổng số",
                "Trước hạn",
                "Đúng hạn",
                "Quá hạn",
                "Tổng số",
                "Trong hạn",
                "Quá hạn",
            ),
            strict=True,
        )
    )
    for column, words in leaves.items():
        sheet[f"{column}{top + 1}"] = words
        sheet.merge_cells(f"{column}{top + 1}:{column}{top + 2}")
    sheet[f"D{top + 1}"] = "Trong kỳ"
    sheet.merge_cells(f"D{top + 1}:E{top + 1}")
    sheet[f"D{top + 2}"] = "Trực tuyến"
    sheet[f"E{top + 2}"] = "Trực tiếp, dịch vụ bưu chính"
    sheet.row_dimensions[top + 2].height = 45
    sheet.row_dimensions[top + 3].height = 32
    for place, number in enumerate(NUMBERS, start=1):
        sheet.cell(top + 3, place, number)
    _frame(sheet, top, top + 3)
    return top + 4


def _frame(sheet: Worksheet, first: int, last: int, *, is_heading: bool = True) -> None:
    line = Side(style="thin")
    for row in range(first, last + 1):
        for column in range(1, 14):
            cell = sheet.cell(row, column)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.font = Font(name="Times New Roman", size=11, bold=is_heading)
            if is_heading:
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _put(
    sheet: Worksheet, row: int, ordinal: int | str | None, name: str, numbers: Sequence[int | str]
) -> int:
    for column, value in enumerate((ordinal, name, *numbers), start=1):
        sheet.cell(row, column, value)
    _frame(sheet, row, row, is_heading=not isinstance(ordinal, int))
    return row + 1


def _sign(sheet: Worksheet, row: int) -> None:
    sheet.cell(row + 1, 8, "Long Phú, ngày 03 tháng 7 năm 2020")
    sheet.cell(row + 2, 2, "NGƯỜI LẬP BIỂU")
    sheet.cell(row + 2, 8, "THỦ TRƯỞNG ĐƠN VỊ")


def by_field() -> Workbook:
    """A row for each field of one commune, the total below."""
    book, sheet = _start("II.06a", "UBND xã Phú Hữu", "Kỳ báo cáo: 6 tháng đầu năm 2020")
    row = _header(sheet, 8, "Lĩnh vực giải quyết")
    for ordinal, (name, work) in enumerate(PHU_HUU.items(), start=1):
        row = _put(sheet, row, ordinal, name, work.row())
    row = _put(sheet, row, None, "Tổng cộng", total(PHU_HUU.values()).row())
    _sign(sheet, row)
    return book


def by_unit() -> Workbook:
    """A row for each unit of the district, totals above their rows."""
    period = "Từ ngày 01/01/2020 đến ngày 30/6/2020"
    book, sheet = _start("Tổng hợp", "UBND huyện Long Phú", period)
    row = _header(sheet, 9, "Cơ quan, đơn vị")
    row = _put(sheet, row, None, "TỔNG SỐ", total([*DISTRICT.values(), *TOWNS.values()]).row())
    for ordinal, name, group in (("I", "Cơ quan chuyên môn", DISTRICT), ("II", "UBND xã, thị trấn", TOWNS)):
        row = _put(sheet, row, ordinal, name, total(group.values()).row())
        for number, (unit, work) in enumerate(group.items(), start=1):
            row = _put(sheet, row, number, unit, work.row())
    _sign(sheet, row)
    return book


def by_unit_and_field() -> Workbook:
    """A group for each unit with its fields below; numbers as text, thousands set off by dots."""
    book, sheet = _start("Sheet1", "UBND huyện Long Phú", "Kỳ báo cáo: 6 tháng đầu năm 2020")
    row = _header(sheet, 8, "Đơn vị / Lĩnh vực")

    def written(work: Work) -> list[str]:
        return [f"{number:,}".replace(",", ".") for number in work.row()]

    for letter, (unit, fields) in zip("AB", GROUPED.items(), strict=True):
        row = _put(sheet, row, letter, unit, written(total(fields.values())))
        for number, (name, work) in enumerate(fields.items(), start=1):
            row = _put(sheet, row, number, name, written(work))
    everything = total(work for fields in GROUPED.values() for work in fields.values())
    row = _put(sheet, row, None, "Tổng cộng", written(everything))
    _sign(sheet, row)
    return book


def unmerged() -> Workbook:
    """No merged cells, other words, columns numbered from A, a rate and a column more, blank rows between."""
    book = Workbook()
    book.properties.created = book.properties.modified = _MOMENT
    sheet = book.worksheets[0]
    sheet.title = "BaoCao"
    sheet["B1"], sheet["B2"] = "UBND HUYỆN LONG PHÚ", "UBND XÃ CHÂU KHÁNH"
    sheet["E3"], sheet["E4"], sheet["E5"] = TITLE, "Từ ngày 01/01/2020 đến hết ngày 30/06/2020", SYNTHETIC
    groups = {3: "Hồ sơ tiếp nhận", 7: "Hồ sơ đã giải quyết", 12: "Hồ sơ đang giải quyết"}
    leaves = (
        *(
            "TT",
            "Lĩnh vực",
            "Tổng số",
            "Tiếp nhận trực tuyến",
            "Trực tiếp và qua bưu chính",
            "Kỳ trước chuyển sang",
        ),
        *("Tổng số", "Trước hạn", "Đúng hạn", "Trễ hạn", "Tỷ lệ đúng hạn (%)"),
        *("Tổng số", "Chưa đến hạn", "Trễ hạn", "Trả lại, rút hồ sơ", "Ghi chú"),
    )
    for column, words in groups.items():
        sheet.cell(7, column, words)
    sheet.cell(7, 15, "Khác")
    for column, words in enumerate(leaves, start=1):
        sheet.cell(8, column, words)
    for column, number in enumerate(("A", "B", *range(1, 15)), start=1):
        sheet.cell(9, column, number)
    row = 10
    for ordinal, (name, work) in enumerate(CHAU_KHANH.items(), start=1):
        _put_wide(sheet, row, (ordinal, name), work)
        row += 2
    _put_wide(sheet, row, (None, "Cộng"), total(CHAU_KHANH.values()))
    sheet.cell(row + 2, 10, "Châu Khánh, ngày 02 tháng 7 năm 2020")
    return book


def _put_wide(sheet: Worksheet, row: int, head: tuple[int | None, str], work: Work) -> None:
    figures = work.row()
    share = (figures[5] + figures[6]) / figures[4]
    for column, value in enumerate((*head, *figures[:8], share, *figures[8:], work.returned), start=1):
        sheet.cell(row, column, value)
    sheet.cell(row, 11).number_format = "0.00%"


def broken_total() -> Workbook:
    """As the first, but two of the printed totals are not the sums of their rows."""
    book, sheet = _start("II.06a", "UBND xã Tân Thạnh", "Kỳ báo cáo: 6 tháng đầu năm 2020")
    row = _header(sheet, 7, "Lĩnh vực giải quyết")
    for ordinal, (name, work) in enumerate(TAN_THANH.items(), start=1):
        row = _put(sheet, row, ordinal, name, work.row())
    printed = list(total(TAN_THANH.values()).row())
    printed[4] += 10
    printed[9] -= 1
    row = _put(sheet, row, None, "Tổng cộng", printed)
    _sign(sheet, row)
    return book


def exported_csv() -> bytes:
    """The form as CSV in the old code page, its cells set off by semicolons."""
    leaves = ("Tổng số", "Trực tuyến", "Trực tiếp", "Kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn")
    lines = [
        ["UBND xã Long Đức"],
        [TITLE],
        ["Kỳ báo cáo: 6 tháng đầu năm 2020"],
        [SYNTHETIC],
        [
            "STT",
            "Lĩnh vực",
            "Hồ sơ tiếp nhận",
            "",
            "",
            "",
            "Hồ sơ đã giải quyết",
            "",
            "",
            "",
            "Hồ sơ đang giải quyết",
            "",
            "",
        ],
        ["", "", *leaves, "Tổng số", "Trong hạn", "Quá hạn"],
        *(
            [str(number), name, *map(str, work.row())]
            for number, (name, work) in enumerate(LONG_DUC.items(), 1)
        ),
        ["", "Tổng cộng", *map(str, total(LONG_DUC.values()).row())],
    ]
    text = "".join(";".join(line) + "\r\n" for line in lines)
    return to_cp1258(text)


def to_cp1258(text: str) -> bytes:
    """Vietnamese in Windows-1258: the tone of a letter that the page lacks follows as a mark of its own."""
    import unicodedata  # noqa: PLC0415

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in tones)
            base = unicodedata.normalize("NFC", marks.replace(tone, "", 1))
            pieces.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(pieces)


def as_bytes(book: Workbook) -> bytes:
    """The workbook with the same bytes each time."""
    written, repacked = io.BytesIO(), io.BytesIO()
    book.save(written)
    moment = _MOMENT.timetuple()[:6]
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                start, end = content.index(b"<dcterms:modified"), content.index(b"</dcterms:modified>")
                content = content[:start] + content[end + len(b"</dcterms:modified>") :]
            target.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return repacked.getvalue()


def build() -> dict[str, bytes]:
    """Every file of the dataset."""
    books = {
        "theo-linh-vuc.xlsx": by_field(),
        "theo-don-vi.xlsx": by_unit(),
        "theo-don-vi-va-linh-vuc.xlsx": by_unit_and_field(),
        "khong-gop-o.xlsx": unmerged(),
        "tong-sai.xlsx": broken_total(),
    }
    return {name: as_bytes(book) for name, book in books.items()} | {"xuat-csv.csv": exported_csv()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in build().items():
        (folder / name).write_bytes(content)
