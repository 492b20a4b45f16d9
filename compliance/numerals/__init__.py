"""How are numbers, percentages, dates and periods written in Vietnamese, and read without loss?

The only place that reads or writes them: `reading` (text → value), `writing` (value → text), `dates`, and
`rounding` (when a printed figure is right).
"""

from compliance.numerals.dates import format_period, parse_period

__all__ = ["format_period", "parse_period"]
