"""What is wrong with the words typed after `compliance`, and what is to be typed instead?

A refusal of typer is told by its class and its fields. The command comes first, as the place; then what is
wrong, with the word as it was typed; then what to do.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import typer

from compliance.cli.format_choice import list_suffixes
from compliance.messages import catalogue, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[A-Z]+(?:-[A-Z]+)*")
"""A word of a metavar, as the commands write it."""
_SHORT = 2
"""Characters of a short option: `-q` is near to any other."""


class WrongUsageError(typer.TyperException):
    """The command cannot be run as it was typed; its message is the sentence for the user."""

    exit_code = 2


def say_refusal(context: Any, refusal: typer.TyperException, words: Sequence[str]) -> str:
    """The sentence for a refusal of typer, by its kind; `words` are what it was to take."""
    kind = type(refusal).__name__
    option = getattr(refusal, "option_name", "")
    parameter = getattr(refusal, "param", None)
    sentence = ""
    if kind == "NoArgsIsHelpError":
        sentence = str(context.get_help())
    elif kind == "NoSuchOption":
        sentence = _say_unknown_option(context, _word_typed(option, words))
    elif kind == "BadOptionUsage":
        sentence = _say_no_value(context, option)
    elif kind == "MissingParameter" and parameter is not None:
        sentence = _say_missing(context, parameter)
    elif kind == "BadParameter" and parameter is not None:
        sentence = _say_bad_value(context, parameter, refusal)
    elif hasattr(context.command, "commands"):
        sentence = text("cli.usage.no_command", command=context.command_path)
    return sentence or text("cli.usage.other", command=context.command_path)


def say_unknown_command(context: Any, written: str) -> str:
    """The sentence for a command that there is not."""
    near = _near(written, context.command.commands)
    return text("cli.usage.unknown_command", command=context.command_path, written=written, near=near)


def say_extra_words(context: Any, words: Iterable[str]) -> str:
    """The sentence for words that the command has no room for."""
    return text(
        "cli.usage.extra_words",
        command=context.command_path,
        written=" ".join(words),
        usage=_usage(context),
    )


def say_repeated(context: Any, parameter: Any, values: Iterable[str]) -> str:
    """The sentence for an option of one value that was given several."""
    written = ", ".join(f"«{value}»" for value in values)
    return text(
        "cli.usage.repeated",
        command=context.command_path,
        name=name_of(parameter),
        written=written,
        meaning=parameter.help or "",
    )


def takes_one_value(parameter: Any) -> bool:
    """Whether a parameter is an option with a value that cannot be repeated."""
    return not (is_argument(parameter) or parameter.is_flag or parameter.multiple or parameter.count)


def is_argument(parameter: Any) -> bool:
    """Whether a parameter is known by its place rather than by a name."""
    return bool(parameter.param_type_name == "argument")


def argument_names(command: Any) -> list[str]:
    """The arguments of a command as they are to be typed."""
    return [name_of(one) for one in command.params if is_argument(one) and not one.hidden]


def name_of(parameter: Any) -> str:
    """A parameter as it is to be typed: `PATH…`, or `-o, --output FILE`."""
    metavar = _placeholder(parameter)
    if not is_argument(parameter):
        options = ", ".join(sorted((*parameter.opts, *parameter.secondary_opts), key=len))
        return options if parameter.is_flag else f"{options} {metavar}"
    return metavar if parameter.required or metavar.startswith("[") else f"[{metavar}]"


def meaning_of(parameter: Any, context: Any) -> str:
    """What a parameter is for, what is taken where it is left out, between which bounds it lies.

    Of the option for the output file also the suffixes that the command writes.
    """
    notes = [text("cli.help_page.required")] if parameter.required else []
    suffixes = list_suffixes(context.command_path.partition(" ")[2]) if parameter.name == "output" else ""
    notes += [suffixes] if suffixes else []
    default = parameter.default
    if default is not None and not isinstance(default, bool | tuple | list):
        notes.append(text("cli.help_page.default", value=default))
    bounds = _bounds(parameter)
    notes += [bounds] if bounds else []
    is_help = "--help" in parameter.opts
    meaning = text("cli.help_page.help") if is_help else parameter.help or ""
    return f"{meaning}  [{'; '.join(notes)}]" if notes else meaning


def _say_unknown_option(context: Any, written: str) -> str:
    known = [name for one in context.command.get_params(context) for name in _long_names(one)]
    near = _near(written, known) if len(written) > _SHORT else ""
    return text("cli.usage.unknown_option", command=context.command_path, written=written, near=near)


def _word_typed(option: str, words: Sequence[str]) -> str:
    """The whole word that a short option was taken from: `-period` for `-p`."""
    return next((word for word in words if len(option) == _SHORT and word.startswith(option)), option)


def _say_missing(context: Any, parameter: Any) -> str:
    values = {"command": context.command_path, "name": name_of(parameter), "meaning": parameter.help or ""}
    kind = "argument" if is_argument(parameter) else "option"
    return text(f"cli.usage.missing_{kind}", usage=_usage(context), **values)


def _say_bad_value(context: Any, parameter: Any, refusal: typer.TyperException) -> str:
    bounds = _bounds(parameter)
    is_number = parameter.type_descriptor.annotation is int or bounds
    expected = text("cli.usage.a_whole_number", bounds=f" {bounds}" if bounds else "") if is_number else ""
    return text(
        "cli.usage.bad_value",
        command=context.command_path,
        name=name_of(parameter),
        written=_value_typed(refusal),
        expected=expected or text("cli.usage.another_value"),
        meaning=parameter.help or "",
    )


def _say_no_value(context: Any, option: str) -> str:
    """The option is a switch that was given a value, or stands without the value it needs."""
    known = context.command.get_params(context)
    parameter = next(one for one in known if option in (*one.opts, *one.secondary_opts))
    code = "cli.usage.needless_value" if parameter.is_flag else "cli.usage.no_value"
    metavar = _placeholder(parameter)
    values = {"command": context.command_path, "option": option, "metavar": metavar}
    return text(code, meaning=parameter.help or "", **values)


def _value_typed(refusal: typer.TyperException) -> str:
    """The value that did not fit, from what refused it (pydantic, whose error keeps the input)."""
    errors = getattr(refusal.__cause__, "errors", None)
    return str(errors()[0].get("input", "")) if errors is not None else ""


def _bounds(parameter: Any) -> str:
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if low is not None and high is not None:
        return text("cli.help_page.between", low=low, high=high)
    return text("cli.help_page.at_least", low=low) if low is not None else ""


def _placeholder(parameter: Any) -> str:
    """What stands for the value of a parameter: `TỆP`, `[ĐƠN-VỊ:]CHỈ-TIÊU`."""

    def translate(word: re.Match[str]) -> str:
        code = f"cli.placeholder.{word.group()}"
        return text(code) if code in catalogue() else word.group()

    return _WORD.sub(translate, parameter.metavar or "VALUE")


def _usage(context: Any) -> str:
    """The command with its arguments, as it is to be typed."""
    return " ".join([context.command_path, *argument_names(context.command)])


def _long_names(parameter: Any) -> list[str]:
    return [] if is_argument(parameter) else [name for name in parameter.opts if name.startswith("--")]


def _near(written: str, known: Iterable[str]) -> str:
    """A question with the nearest name and a blank after it; nothing where none is near."""
    near = get_close_matches(written, list(known), n=1)
    return f"{text('cli.usage.near', near=near[0])} " if near else ""
