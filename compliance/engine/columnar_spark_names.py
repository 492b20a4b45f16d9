"""How do columns whose names hold dots (`dossiers.resolved`) go through narwhals on Spark?

Spark takes a dot in a name for a field of a structure unless the name is quoted, and narwhals hands names on
unquoted (its issue 3117). The frames here quote what is looked up and are otherwise those of narwhals. They
build on its inner classes, which is why the extra `spark` holds narwhals to the minor version they were
written against.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from narwhals._spark_like.dataframe import SparkLikeLazyFrame
from narwhals._spark_like.namespace import SparkLikeNamespace
from narwhals._utils import Implementation, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType


def quote(name: str) -> str:
    """The name as Spark looks it up, whatever letters it is made of."""
    return "`" + name.replace("`", "``") + "`"


def name_columns(native: Any) -> Any:
    """The same PySpark frame, which `narwhals.from_native` from now on reads with quoted names."""
    return QuotedFrame(native, version=Version.MAIN, implementation=Implementation.PYSPARK).native


class _QuotedFunctions:
    """`pyspark.sql.functions` where what takes a column by its name takes it literally."""

    _BY_NAME = frozenset({"col", "asc_nulls_first", "asc_nulls_last", "desc_nulls_first", "desc_nulls_last"})

    def __init__(self, functions: ModuleType) -> None:
        self._functions = functions

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._functions, name)
        if name not in self._BY_NAME:
            return function
        return lambda column: function(quote(column) if isinstance(column, str) else column)


class QuotedFrame(SparkLikeLazyFrame):
    """A frame of narwhals over PySpark; its native frame leads back to it."""

    def __init__(self, native_dataframe: Any, **options: Any) -> None:
        super().__init__(native_dataframe, **options)
        native_dataframe.__narwhals_lazyframe__ = partial(type(self), native_dataframe, **options)

    @property
    def _F(self) -> Any:  # noqa: N802 - the name that narwhals asks for
        return _QuotedFunctions(super()._F)

    @property
    def _spark(self) -> Any:
        return self._native_frame

    def __narwhals_namespace__(self) -> QuotedNamespace:
        """The functions over such frames."""
        return QuotedNamespace(version=self._version, implementation=self._implementation)

    def simple_select(self, *column_names: str) -> Self:
        """Some columns."""
        return self._with_native(self._spark.select(*map(quote, column_names)))

    def join(
        self,
        other: Self,
        *,
        how: Any,
        left_on: Sequence[str] | None,
        right_on: Sequence[str] | None,
        suffix: str,
    ) -> Self:
        """The rows of both by equal columns as narwhals defines it, in every way but `full`."""
        keys, places = list(left_on or ()), list(right_on or ())
        found = [name for name in other.columns if name not in places]
        named = {name: f"{name}{suffix}" if name in self.columns else name for name in found}
        given = dict(zip(places, keys, strict=True)) | named
        right = other._spark.select([self._F.col(old).alias(new) for old, new in given.items()])
        joined = self._with_native(self._spark.join(right, on=keys or None, how=how))
        added = [] if how in ("semi", "anti") else [named[name] for name in found]
        return joined.simple_select(*self.columns, *added)

    def unpivot(
        self, on: Sequence[str] | None, index: Sequence[str] | None, variable_name: str, value_name: str
    ) -> Self:
        """A row for each row and each of the columns `on`."""
        kept = list(index or ())
        chosen = list(on) if on is not None else [name for name in self.columns if name not in kept]
        return self._with_native(
            self._spark.unpivot(
                [quote(name) for name in kept], [quote(name) for name in chosen], variable_name, value_name
            )
        )


class QuotedNamespace(SparkLikeNamespace):
    """The functions of narwhals over PySpark that make a frame of several."""

    def concat(self, items: Iterable[Any], *, how: Any) -> QuotedFrame:
        """The rows of several frames."""
        joined = super().concat(items, how=how).native
        return QuotedFrame(joined, version=self._version, implementation=self._implementation)
