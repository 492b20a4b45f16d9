"""Which command runs? The command line: commands, options, exit codes; no rule and no arithmetic.

Exit codes: 0 accepted, 1 findings that block or must be explained, 2 input that could not be used or wrong
usage, 3 a fault of the program. Heavy parts are imported inside commands, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from compliance.cli import bulk, checking, compare, invent, packs, reconcile, reports, trace, what_if
from compliance.cli.commands import Commands
from compliance.cli.exits import EXIT_FAULT, EXIT_UNUSABLE
from compliance.cli.usage import WrongUsageError
from compliance.messages import text

app = Commands(
    name="compliance",
    help=text("cli.help"),
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
bulk.register(app)
checking.register(app)
packs.register(app)
reconcile.register(app)
reports.register(app)
compare.register(app)
invent.register(app)
trace.register(app)
what_if.register(app)


def main() -> NoReturn:
    """Run the command line; a usage error is said in Vietnamese, a fault of the program without a traceback.

    `COMPLIANCE_DEBUG=1` in the environment shows the traceback to whoever is to mend the program.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, prog_name="compliance", standalone_mode=False)
    except WrongUsageError as wrong_usage:
        typer.echo(wrong_usage.message, err=True)
        return EXIT_UNUSABLE
    except (typer.Abort, KeyboardInterrupt):
        typer.echo(text("cli.aborted"), err=True)
        return EXIT_UNUSABLE
    except Exception as fault:
        if os.environ.get("COMPLIANCE_DEBUG"):
            raise
        typer.echo(text("cli.fault", kind=type(fault).__name__, message=fault), err=True)
        return EXIT_FAULT
    return code if isinstance(code, int) else 0
