"""Which command tells two versions of a pack apart? `rules diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import options
from compliance.cli.format_choice import choose_format
from compliance.cli.output import show_problems, stop_unusable
from compliance.cli.requests import deliver
from compliance.messages import text


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=text("cli.option.old_pack"))],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=text("cli.option.new_pack"))],
    replay: Annotated[
        list[Path] | None, typer.Option("--replay", metavar="PATH", help=text("cli.option.replay"))
    ] = None,
    as_of: options.AsOf = None,
    wanted: options.Format = None,
    output: options.Output = None,
    large_files: options.LargeFiles = 1,
    no_color: options.NoColor = False,
) -> None:
    """Say what differs; ends with 0 when it ran, whatever it found."""
    from compliance.authoring.replay import compare_versions
    from compliance.render.pack_diff import compose_pack_diff_blocks

    form = choose_format(wanted, output, "rules diff")
    before, after = (path if path.exists() else str(path) for path in (old, new))
    day = options.read_as_of(as_of)
    result, pack, problems = compare_versions(
        before, after, tuple(replay or ()), as_of=day, large_files=large_files
    )
    if result is None or pack is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    title = text(
        "pack_diff.title",
        old=result.old.id,
        old_version=result.old.version,
        new=result.new.id,
        new_version=result.new.version,
    )
    blocks = compose_pack_diff_blocks(pack, result)
    deliver(form, result, blocks, output=output, title=title, as_of=day, no_color=no_color)
