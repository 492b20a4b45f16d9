"""Which files are no table of submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.engine.columnar_files import refuse_file

if TYPE_CHECKING:
    from pathlib import Path

HEADS = "unit;period\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.xlsx", b"PK", "bulk.unknown_suffix"),
        ("t", b"", "bulk.unknown_suffix"),
        ("t.csv", b"", "bulk.empty"),
        ("t.csv", b"\xef\xbb\xbf\r\n \r\n", "bulk.empty"),
        ("t.csv", HEADS.encode("utf-16"), "bulk.not_utf8"),
        ("t.csv", "unit;period;ghi chú\n".encode("cp1258", "replace"), "bulk.not_utf8"),
        ("t.csv", HEADS.encode() * 100_000 + b"X\xe3", "bulk.not_utf8"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    problem = refuse_file(tmp_path / name)
    assert problem is not None
    assert (problem.code, problem.place.file if problem.place else "") == (code, str(tmp_path / name))


@pytest.mark.parametrize("name", ["t.csv", "t.CSV", "t.parquet"])
def test_a_text_in_utf_8_and_whatever_is_called_parquet_may_be_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"{HEADS}ã;2020-H1\n" * 100_000, encoding="utf-8-sig")
    assert refuse_file(tmp_path / name) is None
