"""Which commands serve those who read, fill in or write packs? `template` and `rules …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.output import show, show_problems, stop_unusable, stop_usage, write_file
from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Unit

TEMPLATE_FORMATS = ("yaml", "csv")
rules = typer.Typer(help=text("cli.command.rules"), no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=text("cli.command.template"))(template)
    for command in (list_rules, show_rule):
        name = command.__name__.split("_")[0]
        rules.command(name=name, help=text(f"cli.command.rules_{name}"))(command)
    app.add_typer(rules, name="rules")


def template(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE|DIR", help=text("cli.option.output"))
    ],
    pack: options.Pack = None,
    unit: options.UnitOption = None,
    every: Annotated[bool, typer.Option("--all", help=text("cli.option.all_units"))] = False,
    period: options.PeriodOption = None,
    wanted: options.Format = None,
) -> None:
    """Make a form for one unit to fill in, or for all."""
    form = options.choose_format(wanted, None if every else output, TEMPLATE_FORMATS)
    chosen = _pack(pack)
    half = _period(chosen, period)
    if every:
        for each in chosen.units:
            write_file(
                output / f"{each.id.replace('/', '__')}.{form}", _template_as(form, chosen, each, half)
            )
    elif unit is not None and unit in chosen.unit:
        write_file(output, _template_as(form, chosen, chosen.unit[unit], half))
    else:
        stop_usage("cli.template_unit", written=unit or "", known=", ".join(chosen.unit))
    typer.echo(text("cli.written", path=output))


def _template_as(form: str, pack: RulePack, unit: Unit, period: Period) -> str:
    from compliance.render.template_text import render_template_csv, render_template_yaml

    if form == "csv":
        return render_template_csv(pack, [unit], period)
    return render_template_yaml(pack, unit, period)


def _period(pack: RulePack, written: str | None) -> Period:
    """The half-year asked for, or the one in which the pack takes effect."""
    from compliance.model.submission import Period

    if written is None:
        start = pack.header.effective_from
        return Period(year=start.year, half=1 if start.month <= 6 else 2)  # noqa: PLR2004 - June ends the first half
    try:
        return Period.parse(written)
    except ValueError:
        stop_usage("cli.bad_period", written=written)


def _pack(name: str | None) -> RulePack:
    from compliance.pipeline import choose_pack, load_pack

    chosen, problems = choose_pack(name)
    compiled, found = load_pack(chosen) if chosen else (None, problems)
    if compiled is None:
        stop_unusable(found)
    show_problems(found)
    return compiled.pack


def list_rules(pack: options.Pack = None, no_color: options.NoColor = False) -> None:
    """List the rules of a pack."""
    from compliance.render.rules import render_rule_list

    show(render_rule_list(_pack(pack)), no_color=no_color)


def show_rule(
    rule: Annotated[str, typer.Argument(metavar="ID", help=text("cli.option.rule"))],
    pack: options.Pack = None,
    no_color: options.NoColor = False,
) -> None:
    """Show all that a rule says."""
    from difflib import get_close_matches

    from compliance.render.rules import render_rule

    chosen = _pack(pack)
    if rule not in chosen.rule:
        near = get_close_matches(rule, list(chosen.rule), n=3, cutoff=0.4)
        stop_usage("cli.unknown_rule", written=rule, near=", ".join(near) or "–")
    show(render_rule(chosen, chosen.rule[rule]), no_color=no_color)
