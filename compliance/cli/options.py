"""Which options do several commands share?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.output import stop_usage
from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.submission import Period


def _help(option: str) -> str:
    return text(f"cli.option.{option}")


Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help=_help("paths"))]
Pack = Annotated[str | None, typer.Option("--pack", metavar="ID", help=_help("pack"))]
PeriodOption = Annotated[str | None, typer.Option("--period", metavar="P", help=_help("period"))]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="U", help=_help("unit"))]
Expect = Annotated[str | None, typer.Option("--expect", metavar="UNITS", help=_help("expect"))]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=_help("as_of"))]
Previous = Annotated[list[Path] | None, typer.Option("--previous", metavar="PATH", help=_help("previous"))]
SameLastYear = Annotated[
    list[Path] | None, typer.Option("--same-period-last-year", metavar="PATH", help=_help("same_last_year"))
]
Explanations = Annotated[
    list[Path] | None, typer.Option("--explanations", metavar="FILE", help=_help("explanations"))
]
Waivers = Annotated[list[Path] | None, typer.Option("--waivers", metavar="FILE", help=_help("waivers"))]
Pins = Annotated[list[str] | None, typer.Option("--pin", metavar="[UNIT:]INDICATOR", help=_help("pin"))]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_help("output"))]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_help("format"))]
LargeFiles = Annotated[
    int, typer.Option("--large-files", metavar="N", min=1, max=100, help=_help("large_files"))
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_help("quiet"))]
NoColor = Annotated[bool, typer.Option("--no-color", help=_help("no_color"))]


def read_as_of(written: str | None) -> date:
    """The day the run is made for: as given, or today."""
    from compliance.numerals import Fault, parse_date

    if written is None:
        return datetime.now().astimezone().date()
    day = parse_date(written)
    if isinstance(day, Fault):
        stop_usage("cli.bad_date", written=written)
    return day


def read_period(written: str | None) -> Period | None:
    """The half-year asked for; None where none was."""
    from compliance.model.submission import Period

    try:
        return Period.parse(written) if written else None
    except ValueError:
        stop_usage("cli.bad_period", written=written)
