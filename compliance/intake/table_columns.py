"""Which columns may a table of figures have, beside those of its indicators?"""

from __future__ import annotations

SUBMISSION_COLUMNS = (
    "unit",
    "period",
    "report_date",
    "reported_by",
    "provenance",
    "source",
    "revision",
    "data_from",
    "data_to",
)
"""Columns that say of a whole submission what the keys of the same names say in YAML."""
LONG_COLUMNS = ("indicator", "value", "approximate")
NOTE_COLUMNS = ("label", "unit_of_measure", "required", "note")
"""Columns for the reader of the table; not read."""
