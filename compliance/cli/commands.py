"""How does a command show its help and take what was typed? What typer would say in English, in Vietnamese.

Typer writes the words of its help and of its refusals into its code. Here they are made anew from the fields
of its commands, options and exceptions; no sentence of typer is read.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from compliance.cli import usage
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class _OwnWords:
    """The help of a command or a group, put before typer's class of either."""

    def format_usage(self, context: Any, formatter: Any) -> None:  # typer's own classes of both are private
        """Write how the command is typed."""
        pieces = [text("cli.help_page.any_option"), *usage.argument_names(context.command)]
        if hasattr(context.command, "commands"):
            pieces.append(text("cli.help_page.subcommand"))
        formatter.write_usage(
            context.command_path, " ".join(pieces), prefix=f"{text('cli.help_page.usage')} "
        )

    def format_options(self, context: Any, formatter: Any) -> None:
        """Write the arguments, the options and the commands below, each with what it is for."""
        parameters = [one for one in context.command.get_params(context) if not one.hidden]
        arguments = [one for one in parameters if usage.is_argument(one)]
        options = [one for one in parameters if not usage.is_argument(one)]
        for heading, listed in (("arguments", arguments), ("options", options)):
            _write_section(
                formatter, heading, [(usage.name_of(one), usage.meaning_of(one, context)) for one in listed]
            )
        below = getattr(context.command, "commands", {})
        _write_section(formatter, "commands", [(name, one.help or "") for name, one in below.items()])


class VietnameseCommand(_OwnWords, TyperCommand):
    """A command that refuses in Vietnamese what it cannot take."""

    def parse_args(self, context: Any, words: list[str]) -> list[str]:
        """Take the words typed; more than the command has room for are refused here, not by typer."""
        context.allow_extra_args = True
        typed = tuple(words)
        with _refusals(context, typed):
            rest = super().parse_args(context, words)
        if context.resilient_parsing:
            return rest
        self._refuse_repeated(context, typed)
        if rest:
            raise usage.WrongUsageError(usage.say_extra_words(context, rest))
        return rest

    def _refuse_repeated(self, context: Any, words: tuple[str, ...]) -> None:
        """Refuse an option of one value that was typed more than once: typer would keep the last."""
        single = [one for one in self.get_params(context) if usage.takes_one_value(one)]
        parser: Any = self.make_parser(context)
        for one in single:
            parser.add_option(obj=one, opts=one.opts, dest=one.name, action="append", nargs=one.nargs)
        values, _, _ = parser.parse_args(list(words))
        for one in single:
            if len(values.get(one.name, ())) > 1:
                raise usage.WrongUsageError(usage.say_repeated(context, one, values[one.name]))


class VietnameseGroup(_OwnWords, TyperGroup):
    """A group of commands that names the nearest one where there is none of a name."""

    def parse_args(self, context: Any, words: list[str]) -> list[str]:
        """Take the words typed before the name of the command."""
        with _refusals(context, tuple(words)):
            return super().parse_args(context, words)

    def resolve_command(self, context: Any, words: list[str]) -> Any:
        """The command of that name."""
        if self.get_command(context, words[0]) is None and not context.resilient_parsing:
            raise usage.WrongUsageError(usage.say_unknown_command(context, words[0]))
        return super().resolve_command(context, words)

    def invoke(self, context: Any) -> Any:
        """Run the command that was named; there is none after a bare `--`."""
        with _refusals(context, ()):
            return super().invoke(context)


class Commands(typer.Typer):
    """A command line whose commands are all of these."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=VietnameseGroup, no_args_is_help=True, rich_markup_mode=None, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Add a command, see `typer.Typer.command`."""
        return super().command(name, **{"cls": VietnameseCommand, **settings})


@contextmanager
def _refusals(context: Any, words: Sequence[str]) -> Iterator[None]:
    """Say in Vietnamese what typer refuses inside."""
    try:
        yield
    except usage.WrongUsageError:
        raise
    except typer.TyperException as refusal:
        raise usage.WrongUsageError(usage.say_refusal(context, refusal, words)) from refusal


def _write_section(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(text(f"cli.help_page.{heading}")):
            formatter.write_dl(rows)
