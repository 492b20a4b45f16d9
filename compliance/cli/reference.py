"""Which pages are generated, and are they as they would be generated now? `rules docs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli import options
from compliance.cli.exits import EXIT_FINDINGS
from compliance.cli.output import show_problems, stop_unusable
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authoring.pages import Page

COMMANDS_PAGE = "docs/commands.md"
_WIDTH = 100


def docs(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help=text("cli.option.docs_check"))] = False,
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help=text("cli.option.root"))] = Path(),
    no_color: options.NoColor = False,
) -> None:
    """Write the generated reference anew, or only tell which pages are stale."""
    from compliance.authoring.pages import find_stale, write_pages

    root = root.resolve()
    pages = tuple(_compose(context, root))
    if check:
        stale = tuple(find_stale(root, pages))
        show_problems(stale, no_color=no_color)
        raise typer.Exit(EXIT_FINDINGS if stale else 0)
    for written in write_pages(root, pages):
        typer.echo(text("cli.written", path=written))


def _compose(context: typer.Context, root: Path) -> Iterator[Page]:
    from compliance.authoring.documents import compose_documents
    from compliance.authoring.schemas import compose_schemas

    pages, problems = compose_documents(root)
    if problems:
        stop_unusable(problems)
    yield from pages
    yield from compose_schemas()
    yield _compose_commands(context)


def _compose_commands(context: typer.Context) -> Page:
    """The help of every command, as the terminal shows it."""
    from compliance.authoring.pages import compose_page

    root = context.find_root()
    blocks = [f"# {text('cli.commands_page.title')}", text("cli.commands_page.lead")]
    for words, command in sorted(_walk(root)):
        blocks += [f"## `{words}`", f"```\n{command}\n```"]
    return compose_page(COMMANDS_PAGE, blocks)


def _walk(context: Any) -> Iterator[tuple[str, str]]:  # typer's own context class is private
    yield context.command_path, context.command.get_help(context).rstrip()
    commands = getattr(context.command, "commands", {})
    for name, command in commands.items():
        below = type(context)(command, info_name=name, parent=context, max_content_width=_WIDTH)
        below.terminal_width = _WIDTH
        yield from _walk(below)
