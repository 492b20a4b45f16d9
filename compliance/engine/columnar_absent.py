"""Which units with units below them have no row in a period, so that somebody must ask who has not submitted?

Such a unit has no figures and nothing else is said of it: only the rules on who has submitted look at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    Frame = nw.LazyFrame[Any]


def add_absent(present: Frame, due: Frame) -> Frame:
    """The rows, and of those due the ones that are not there; `is_absent` tells which.

    `due` has a row for each unit and period, with its `key` and what is known without a submission; every
    other column is missing.
    """
    kinds = dict(present.collect_schema())
    known = set(due.collect_schema().names())
    absent = due.join(present.select("key"), on="key", how="anti").select(
        *(
            nw.col(name) if name in known else nw.lit(None).cast(kind).alias(name)
            for name, kind in kinds.items()
        ),
        nw.lit(value=True).alias("is_absent"),
    )
    marked = present.with_columns(is_absent=nw.lit(value=False))
    return nw.concat([marked, absent])
