"""Which files of a ledger are read together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from compliance.engine.columnar_engines import open_engine
from compliance.engine.dossier_files import group_alike

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_parquet_files_with_the_same_columns_are_read_as_one_table(tmp_path: Path, engine: str) -> None:
    first, other, second = (tmp_path / f"{name}.parquet" for name in "abc")
    pl.DataFrame({"dossier": ["A"]}).write_parquet(first)
    pl.DataFrame({"dossier": [1]}).write_parquet(other)
    pl.DataFrame({"dossier": ["B", "C"]}).write_parquet(second)
    opened = open_engine(engine)
    assert group_alike(opened, [first, other, second]) == ((first, second), (other,))
    rows = opened.fetch(opened.scan(first, second))
    assert sorted(row["dossier"] for row in rows) == ["A", "B", "C"]


def test_what_is_no_parquet_file_is_opened_by_itself(tmp_path: Path) -> None:
    broken, table = tmp_path / "a.parquet", tmp_path / "b.csv"
    broken.write_text("không phải parquet", encoding="utf-8")
    table.write_text("dossier\nA\n", encoding="utf-8")
    assert group_alike(open_engine("duckdb"), [broken, table]) == ((broken,), (table,))
