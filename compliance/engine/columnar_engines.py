"""On which engine do columns run, and how are its tables made, computed and written?

Each engine needs its own package of the extra `bulk`; they are imported only when an engine is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_PLACES = count()
"""Numbers for the names of tables and views, which one connection holds for the whole process."""
_GROUP_ROWS = 1_000_000
"""Rows of a group of a parquet file: each group repeats its dictionaries."""
_SLICE_ROWS = 131_072
"""Rows that Polars makes long at a time: a text that comes back within so many is written as a repetition."""
_TYPES = {"text": "String", "int": "Int64", "date": "Date", "bool": "Boolean"}
_SQL_TYPES = {"text": "VARCHAR", "int": "BIGINT", "date": "DATE", "bool": "BOOLEAN"}


class MissingEngineError(ImportError):
    """A package that the engine needs is not installed; its text is the package."""


class Engine(Protocol):
    """What the columnar evaluation needs of an engine; a frame is whatever the engine computes lazily."""

    def make(self, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, str]) -> Any:
        """A frame of columns in memory; `kinds` are `text`, `int`, `date`, `bool`."""

    def scan(self, path: Path, *others: Path) -> Any:
        """A frame over a parquet file, a folder of them, or a CSV file with every cell as text.

        `others` are parquet files with the same columns: read as one table, which engines do in less memory.
        """

    def union(self, frames: Sequence[Any]) -> Any:
        """The rows of several frames, columns matched by name."""

    def with_window(self, frame: Any) -> Any:
        """With `period.window_days`, the days from `data_from` to `data_to`, where the frame has both."""

    def name(self, frame: Any, column: str, names: Sequence[str], alias: str) -> Any:
        """With a column of texts: of `names` the one at the place that `column` holds, from 0."""

    def lengthen(self, frame: Any, columns: Sequence[str], name: str, value: str) -> Any:
        """A row for each row and each of the columns, its name and its value in two columns."""

    def settle(self, frame: Any) -> Any:
        """The frame, computed once and kept until `release`."""

    def release(self) -> None:
        """Let go of all that was settled."""

    def close(self) -> None:
        """End what was started for the engine; nothing of it can be used afterwards."""

    def fetch(self, frame: Any) -> list[dict[str, Any]]:
        """The rows of a small frame, computed in bounded memory where the engine can."""

    def write(self, frame: Any, path: Path) -> None:
        """Compute a frame into a parquet or CSV file, in bounded memory where the engine can."""

    def spread(self, frame: Any, column: str, folder: Path) -> None:
        """Compute a frame into parquet files, those of one value of a column in the folder `column=value`."""


def open_engine(name: str, master: str | None = None) -> Engine:
    """The engine of that name: `polars`, `duckdb` or `spark`, the last on the cluster `master`.

    Raises:
        MissingEngineError: a package of the extra `bulk` or `spark` is not installed.
        NoJavaError: Spark has no Java to run in.
        EngineFailedError: Spark does not start.
    """
    _need("narwhals")
    if name == "spark":
        _need("pyspark")
        spark: Engine = import_module("compliance.engine.columnar_spark").open_spark(master)
        return spark
    return _Polars(_need("polars")) if name == "polars" else _DuckDB(_need("duckdb").default_connection())


def _need(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError as missing:
        raise MissingEngineError(package) from missing


@dataclass(frozen=True, slots=True)
class _Polars:
    polars: Any

    def make(self, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, str]) -> Any:
        schema = {name: getattr(self.polars, _TYPES[kinds[name]]) for name in columns}
        return self.polars.LazyFrame(dict(columns), schema=schema)

    def scan(self, path: Path, *others: Path) -> Any:
        if _is_parquet(path):
            return self.polars.scan_parquet([path, *others], hive_partitioning=False)
        return self.polars.scan_csv(path, separator=guess_separator(path), infer_schema=False)

    def union(self, frames: Sequence[Any]) -> Any:
        return self.polars.concat(frames, how="diagonal")

    def with_window(self, frame: Any) -> Any:
        if not {"data_from", "data_to"} <= set(frame.collect_schema().names()):
            return frame
        window = self.polars.col("data_to") - self.polars.col("data_from")
        return frame.with_columns((window.dt.total_days() + 1).alias("period.window_days"))

    def name(self, frame: Any, column: str, names: Sequence[str], alias: str) -> Any:
        words = self.polars.Enum(list(dict.fromkeys(names)))
        named = self.polars.lit(self.polars.Series(names, dtype=words)).gather(column)
        return frame.with_columns(named.alias(alias))

    def lengthen(self, frame: Any, columns: Sequence[str], name: str, value: str) -> Any:
        others = [column for column in frame.collect_schema().names() if column not in set(columns)]
        names = self.polars.Enum(columns)
        # texts as places in a dictionary: there are many more rows than texts
        placed = frame.lazy().with_columns(self.polars.col(self.polars.String).cast(self.polars.Categorical))
        return self.polars.concat(
            rows.lazy().select(
                *others,
                self.polars.lit(column, dtype=names).alias(name),
                self.polars.col(column).alias(value),
            )
            for rows in placed.collect().iter_slices(_SLICE_ROWS)
            for column in columns
        )

    def settle(self, frame: Any) -> Any:
        return frame.lazy().collect().lazy()

    def release(self) -> None:
        """Nothing to do: a frame goes with the last who holds it."""

    def close(self) -> None:
        """Nothing to do: nothing was started."""

    def fetch(self, frame: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = frame.lazy().collect(engine="streaming").to_dicts()
        return rows

    def write(self, frame: Any, path: Path) -> None:
        if path.suffix == ".csv":
            frame.lazy().sink_csv(path)
        else:
            frame.lazy().sink_parquet(path, row_group_size=_GROUP_ROWS)

    def spread(self, frame: Any, column: str, folder: Path) -> None:
        parts = self.polars.PartitionBy(folder, key=column, include_key=False)
        frame.lazy().sink_parquet(parts, compression="lz4", mkdir=True, maintain_order=False)


@dataclass(frozen=True, slots=True)
class _DuckDB:
    connection: Any
    """The one of the process: narwhals writes some steps as SQL, which DuckDB runs on no other."""
    tables: list[str] = field(default_factory=list)
    """The tables that were settled and not released."""

    def make(self, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, str]) -> Any:
        selected = ", ".join(
            f'unnest(${place}::{_SQL_TYPES[kinds[name]]}[]) AS "{name}"'
            for place, name in enumerate(columns, start=1)
        )
        return self.connection.sql(f"SELECT {selected}", params=[list(values) for values in columns.values()])

    def scan(self, path: Path, *others: Path) -> Any:
        if _is_parquet(path):
            files = [str(one / "*.parquet") if one.is_dir() else str(one) for one in (path, *others)]
            return self.connection.read_parquet(files, hive_partitioning=False)
        return self.connection.read_csv(
            str(path), delimiter=guess_separator(path), header=True, all_varchar=True, null_padding=False
        )

    def union(self, frames: Sequence[Any]) -> Any:
        views = []
        for frame in frames:
            name = f"part_{next(_PLACES)}"
            frame.create_view(name, replace=True)
            views.append(f"SELECT * FROM {name}")  # noqa: S608 - the name is our own
        return self.connection.sql(" UNION ALL BY NAME ".join(views))

    def with_window(self, frame: Any) -> Any:
        if not {"data_from", "data_to"} <= set(frame.columns):
            return frame
        return frame.project('*, "data_to" - "data_from" + 1 AS "period.window_days"')

    def name(self, frame: Any, column: str, names: Sequence[str], alias: str) -> Any:
        words = self.make({"place": range(len(names)), "word": names}, {"place": "int", "word": "text"})
        named = frame.set_alias("named").join(
            words.set_alias("words"), f'named."{column}" = words.place', how="left"
        )
        return named.project(f'named.*, words.word AS "{alias}"')

    def lengthen(self, frame: Any, columns: Sequence[str], name: str, value: str) -> Any:
        view = f"part_{next(_PLACES)}"
        frame.create_view(view, replace=True)
        listed = ", ".join(f'"{column}"' for column in columns)
        return self.connection.sql(f'UNPIVOT {view} ON {listed} INTO NAME "{name}" VALUE "{value}"')

    def settle(self, frame: Any) -> Any:
        name = f"settled_{next(_PLACES)}"
        frame.create(name)
        self.tables.append(name)
        return self.connection.table(name)

    def release(self) -> None:
        while self.tables:
            self.connection.execute(f'DROP TABLE "{self.tables.pop()}"')

    def close(self) -> None:
        self.release()

    def fetch(self, frame: Any) -> list[dict[str, Any]]:
        names = frame.columns
        return [dict(zip(names, row, strict=True)) for row in frame.fetchall()]

    def write(self, frame: Any, path: Path) -> None:
        if path.suffix == ".csv":
            frame.write_csv(str(path), header=True)
        else:
            frame.write_parquet(str(path), compression="zstd", row_group_size=_GROUP_ROWS)

    def spread(self, frame: Any, column: str, folder: Path) -> None:
        folder.mkdir(parents=True)
        frame.write_parquet(str(folder), compression="lz4", partition_by=[column])


def _is_parquet(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() == ".parquet"


def guess_separator(path: Path) -> str:
    """Of semicolon, tab and comma the one that splits the header into most cells."""
    with path.open(encoding="utf-8-sig") as stream:
        header = stream.readline()
    return max((";", "\t", ","), key=header.count)
