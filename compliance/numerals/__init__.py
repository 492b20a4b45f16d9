"""How are numbers, percentages, dates and periods written in Vietnamese, and read without loss?

The only place that reads or writes them: `characters` (what counts as the same character), `reading` (text →
number), `dates`, `writing` (value → text), and `rounding` (when a printed figure is right). A text that
is not the value asked for gives a `Fault`, never an exception and never a guess.
"""

from compliance.numerals.changes import PrintedChange, choose_decimals, print_change
from compliance.numerals.dates import format_date, format_period, parse_date, parse_period
from compliance.numerals.faults import Fault
from compliance.numerals.json_numbers import parse_json_count, parse_json_number, parse_json_percent
from compliance.numerals.reading import (
    Printed,
    parse_amount,
    parse_boolean,
    parse_count,
    parse_interval,
    parse_percent,
)
from compliance.numerals.rounding import cut_off, is_right, is_truncated, round_half_up
from compliance.numerals.writing import (
    format_count,
    format_decimal,
    format_difference,
    format_percent,
    format_points,
)

__all__ = [
    "Fault",
    "Printed",
    "PrintedChange",
    "choose_decimals",
    "cut_off",
    "format_count",
    "format_date",
    "format_decimal",
    "format_difference",
    "format_percent",
    "format_period",
    "format_points",
    "is_right",
    "is_truncated",
    "parse_amount",
    "parse_boolean",
    "parse_count",
    "parse_date",
    "parse_interval",
    "parse_json_count",
    "parse_json_number",
    "parse_json_percent",
    "parse_percent",
    "parse_period",
    "print_change",
    "round_half_up",
]
