"""How are tables made, computed and written on Spark, on this machine or on a cluster that is there?

Spark runs in a Java machine beside Python. What it logs goes to a file of its own and is shown by nobody but
the problem that ends a run. On a cluster every path has to mean the same file on each of its machines.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.engine.columnar_engines import guess_separator
from compliance.engine.columnar_failures import EngineFailedError, NoJavaError, library_errors, shorten
from compliance.engine.columnar_spark_names import name_columns, quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TYPES = {"text": "StringType", "int": "LongType", "date": "DateType", "bool": "BooleanType"}
_SQL = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.parquet.compression.codec": "zstd",
}
"""Days do not move with the machine's clock; whole numbers stop at 2^63 instead of wrapping around; and what
follows from each pair of conditions is not looked for, which among hundreds of columns takes longest."""
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
"""No page of its own, no bar on the terminal."""
_LOGGERS = ("DataFrameQueryContextLogger", "SQLQueryContextLogger")
"""Of PySpark: each error that it raises it also prints, with the whole plan."""
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "3g",
}
"""On this machine alone: nothing listens to the network."""
_LOCAL_SHUFFLES_PER_CORE = 2


def open_spark(master: str | None = None) -> Spark:
    """The engine on a running session, else on one that it starts and that `close` ends.

    `master` is the cluster as Spark writes it, such as `spark://host:7077`; without it the one that
    `spark-submit` was given, else this machine.

    Raises:
        NoJavaError: there is no Java.
        EngineFailedError: Java or the cluster refused.
    """
    sessions = import_module("pyspark.sql").SparkSession
    for name in _LOGGERS:
        import_module("pyspark.logger").PySparkLogger.getLogger(name).disabled = True
    running = sessions.getActiveSession()
    if running is not None:
        return Spark(_configure(running.newSession()), owns=False)
    if not find_java():
        raise NoJavaError
    folder = Path(tempfile.mkdtemp(prefix="tuan-thu-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Spark(_configure(_start(sessions, master, folder)), owns=True)


def find_java() -> bool:
    """Whether there is a Java to start, or one that `spark-submit` started."""
    return "PYSPARK_GATEWAY_PORT" in os.environ or "JAVA_HOME" in os.environ or bool(shutil.which("java"))


def _start(sessions: Any, master: str | None, folder: Path) -> Any:
    pyspark = import_module("pyspark")
    settings = _QUIET | _settings(master, folder)
    configured = pyspark.SparkConf().setAppName("tuan-thu").setAll(list(settings.items()))
    log = folder / "spark.log"
    try:
        return sessions(pyspark.SparkContext(conf=configured, gateway=_launch(pyspark, configured, log)))
    except library_errors() as refusal:
        raise EngineFailedError(_last_error(log) or shorten(refusal)) from refusal


def _launch(pyspark: Any, configured: Any, log: Path) -> Any:
    """The Java machine, one for the process however often a session is opened; it ends with the process."""
    if pyspark.SparkContext._gateway is not None:  # noqa: SLF001 - where PySpark itself keeps it
        return pyspark.SparkContext._gateway  # noqa: SLF001
    with log.open("wb") as stream:
        streams = {"stdout": stream, "stderr": stream}
        return import_module("pyspark.java_gateway").launch_gateway(configured, streams)


def _settings(master: str | None, folder: Path) -> dict[str, str]:
    if master is None and "PYSPARK_GATEWAY_PORT" in os.environ:
        return {}
    master = master or "local[*]"
    if not master.startswith("local"):
        return {"spark.master": master}
    return _LOCAL | {
        "spark.master": master,
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "tables"),
        "spark.sql.shuffle.partitions": str(_LOCAL_SHUFFLES_PER_CORE * (os.cpu_count() or 1)),
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder}",
    }


def _configure(session: Any) -> Any:
    for name, value in _SQL.items():
        session.conf.set(name, value)
    return session


def _place(path: Path) -> str:
    """The path with its scheme and nothing quoted: Hadoop takes `%20` for three letters of a name."""
    return f"file://{path.resolve()}"


def _last_error(log: Path) -> str:
    written = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.is_file() else []
    return next((line.strip() for line in reversed(written) if "Error" in line or "Exception" in line), "")


@dataclass(frozen=True, slots=True)
class Spark:
    """Tables as PySpark frames."""

    session: Any
    owns: bool
    """Whether the session is this engine's to end."""

    def make(self, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, str]) -> Any:
        """A frame of columns in memory; `kinds` are `text`, `int`, `date`, `bool`."""
        types = import_module("pyspark.sql.types")
        fields = [types.StructField(name, getattr(types, _TYPES[kinds[name]])()) for name in columns]
        rows = list(zip(*columns.values(), strict=True))
        return name_columns(self.session.createDataFrame(rows, types.StructType(fields)))

    def scan(self, path: Path, *others: Path) -> Any:
        """A frame over parquet files, a folder of them, or a CSV file with every cell as text."""
        place = _place(path)
        if path.is_dir() or path.suffix.lower() == ".parquet":
            places = map(_place, others)
            return name_columns(self.session.read.parquet(place, *places))
        options = {"header": "true", "sep": guess_separator(path), "quote": '"', "escape": '"'}
        options |= {"multiLine": "true", "mode": "FAILFAST", "enforceSchema": "false"}
        return name_columns(self.session.read.options(**options).csv(place))

    def union(self, frames: Sequence[Any]) -> Any:
        """The rows of several frames, columns matched by name."""
        whole = frames[0]
        for frame in frames[1:]:
            whole = whole.unionByName(frame, allowMissingColumns=True)
        return name_columns(whole)

    def with_window(self, frame: Any) -> Any:
        """With `period.window_days`, the days from `data_from` to `data_to`, where the frame has both."""
        if not {"data_from", "data_to"} <= set(frame.columns):
            return name_columns(frame)
        functions = import_module("pyspark.sql.functions")
        days = functions.datediff("data_to", "data_from").cast("bigint") + 1
        return name_columns(frame.withColumn("period.window_days", days))

    def name(self, frame: Any, column: str, names: Sequence[str], alias: str) -> Any:
        """With a column of texts: of `names` the one at the place that `column` holds, from 0."""
        functions = import_module("pyspark.sql.functions")
        words = functions.array(*map(functions.lit, names))
        return name_columns(frame.withColumn(alias, words[functions.col(quote(column)).cast("int")]))

    def lengthen(self, frame: Any, columns: Sequence[str], name: str, value: str) -> Any:
        """A row for each row and each of the columns, its name and its value in two columns."""
        others = [quote(column) for column in frame.columns if column not in set(columns)]
        return name_columns(frame.unpivot(others, [quote(column) for column in columns], name, value))

    def settle(self, frame: Any) -> Any:
        """The frame, computed once; Spark lets go of it when nobody holds it any more."""
        return name_columns(frame.localCheckpoint())

    def release(self) -> None:
        """Nothing to do: a frame goes with the last who holds it."""

    def close(self) -> None:
        """End the session that this engine started."""
        if self.owns:
            self.session.stop()

    def fetch(self, frame: Any) -> list[dict[str, Any]]:
        """The rows of a small frame."""
        return [row.asDict() for row in frame.collect()]

    def write(self, frame: Any, path: Path) -> None:
        """Compute a frame into a parquet file, or several numbered ones beside it, or a CSV file."""
        made = path.with_name(f"{path.name}.parts")
        if path.suffix == ".csv":
            frame.coalesce(1).write.csv(_place(made), header=True, escape='"')
        else:
            frame.write.parquet(_place(made))
        parts = sorted(made.glob(f"part-*{path.suffix}"))
        for number, part in enumerate(parts):
            part.replace(path if len(parts) == 1 else path.with_stem(f"{path.stem}-{number:05}"))
        shutil.rmtree(made)

    def spread(self, frame: Any, column: str, folder: Path) -> None:
        """Compute a frame into parquet files, those of one value of a column in the folder `column=value`."""
        frame.write.partitionBy(column).parquet(_place(folder))
