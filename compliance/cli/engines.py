"""How does a command over tables end when its engine is not installed, has no Java or gives up?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance.cli.output import stop_usage

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def engine_failures(engine: str) -> Iterator[None]:
    """Ends the command with a sentence where the engine inside cannot do its work."""
    from compliance.bulk_pipeline import EngineFailedError, NoJavaError

    try:
        yield
    except NoJavaError:
        stop_usage("bulk.no_java")
    except EngineFailedError as refusal:
        stop_usage("bulk.spark_failed" if engine == "spark" else "bulk.engine_failed", reason=refusal)
    except ImportError as missing:
        spark = str(missing) == "pyspark"
        stop_usage("bulk.spark_not_installed" if spark else "bulk.not_installed", package=missing)
