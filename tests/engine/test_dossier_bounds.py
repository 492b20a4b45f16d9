"""DuckDB keeps within the memory that it is given."""

from __future__ import annotations

import pytest

from compliance.engine.columnar_engines import open_engine
from compliance.engine.dossier_bounds import Bounds, bound, is_memory


@pytest.mark.parametrize(
    ("written", "is_one"),
    [("2GB", True), ("800 MB", True), ("1gib", True), ("2", False), ("0GB", False), ("2GB'; DROP", False)],
)
def test_an_amount_of_memory_has_a_unit(written: str, is_one: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_memory(written) is is_one


def test_memory_threads_and_a_folder_for_the_rest_are_set_as_often_as_asked() -> None:
    engine = open_engine("duckdb")
    for threads in (1, 2):
        bound(engine, Bounds(memory="512MB", threads=threads))
    fetch = engine.connection.execute  # type: ignore[attr-defined] # only this engine has one
    names = "current_setting('memory_limit'), current_setting('threads'), current_setting('temp_directory')"
    ((memory, threads, folder),) = fetch(f"SELECT {names}").fetchall()
    assert (memory, threads) == ("488.2 MiB", 2)
    assert "tuan-thu-" in folder


def test_another_engine_is_left_alone() -> None:
    bound(open_engine("polars"), Bounds())
