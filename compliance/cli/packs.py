"""Which commands serve those who read, fill in or write packs? `template` and `rules …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.commands import Commands
from compliance.cli.exits import EXIT_FINDINGS
from compliance.cli.format_choice import choose_format
from compliance.cli.output import show, show_problems, stop_unusable, stop_usage, write_file
from compliance.cli.pack_diff import diff
from compliance.cli.reference import docs
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Submission, Unit

_NAMES = {"list_rules": "list", "show_rule": "show", "try_cases": "test"}
rules = Commands(help=text("cli.command.rules"))


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=text("cli.command.template"))(template)
    for command in (list_rules, show_rule, lint, try_cases, docs, diff):
        name = _NAMES.get(command.__name__, command.__name__)
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
    previous: options.Previous = None,
    wanted: options.Format = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=text("cli.option.overwrite"))] = False,
) -> None:
    """Make a form for one unit to fill in, or for all; one that stands there may be filled in and stays."""
    form = choose_format(wanted, None if every else output, "template")
    chosen = _pack(pack)
    half = _period(chosen, period)
    before = _previous(chosen, half, previous or [])
    if every:
        places = {output / f"{each.id.replace('/', '__')}.{form}": each for each in chosen.units}
    else:
        places = {output: chosen.unit[_unit(chosen, unit)]}
    if not overwrite:
        _refuse_to_replace(places)
    for place, each in places.items():
        write_file(place, _template_as(form, chosen, each, half, before.get(each.id)))
    typer.echo(text("cli.written", path=output))


def _refuse_to_replace(places: Iterable[Path]) -> None:
    """End the command, before anything is written, where a file stands in one of the places."""
    standing = [place for place in places if place.is_file()]
    if standing:
        code = "cli.form_stands" if len(standing) == 1 else "cli.forms_stand"
        stop_usage(code, path=standing[0], others=len(standing) - 1)


def _unit(pack: RulePack, written: str | None) -> str:
    """The id of the unit asked for."""
    from compliance.choices import name_unit

    meant, problems = name_unit(pack, written)
    if written is None:
        stop_usage("cli.template_unit", known=", ".join(pack.unit))
    if meant is None:
        stop_unusable(problems)
    return meant


def _previous(pack: RulePack, period: Period, paths: list[Path]) -> dict[str, Submission]:
    """By unit, the figures of the period before, or of the last one given before that."""
    from compliance.pipeline import read_submissions
    from compliance.problems import is_usable

    submissions, _, problems = read_submissions(paths, pack)
    if not is_usable(problems):
        stop_unusable(problems)
    show_problems(problems)
    earlier = sorted((item for item in submissions if item.period < period), key=lambda item: item.period)
    return {item.unit: item for item in earlier}


def _template_as(
    form: str, pack: RulePack, unit: Unit, period: Period, before: Submission | None
) -> str | bytes:
    from compliance.render.template_text import render_template_csv, render_template_yaml

    if form == "xlsx":
        from compliance.render.template_workbook import render_template_workbook

        return render_template_workbook(pack, unit, period, previous=before)
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
    from compliance.choices import choose_pack
    from compliance.pipeline import load_pack

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


PackPaths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]…", help=text("cli.option.pack_path"))]


def lint(packs: PackPaths = None, no_color: options.NoColor = False) -> None:
    """Check that packs are well written."""
    from compliance.authoring.lint import lint_packs

    names = _names(packs)
    problems = lint_packs(names)
    show_problems(problems, no_color=no_color)
    listed = ", ".join(str(name) for name in names)
    if problems:
        typer.echo(text("cli.lint_found", count=len(problems), packs=listed))
        raise typer.Exit(EXIT_FINDINGS)
    typer.echo(text("cli.lint_clean", packs=listed))


def try_cases(packs: PackPaths = None, no_color: options.NoColor = False) -> None:
    """Run the cases of every rule and tell how many rules have all of theirs."""
    from fractions import Fraction

    from compliance.authoring.cases import run_cases
    from compliance.numerals import format_percent

    report = run_cases(_names(packs))
    show_problems(report.problems + report.failures, no_color=no_color)
    rules = len(report.rules)
    share = format_percent(Fraction(100 * report.complete, rules or 1), 1)
    typer.echo(
        text("cli.cases_summary", count=report.count, rules=rules, complete=report.complete, share=share)
    )
    outcomes = (f"{text(f'verdict.{verdict}')} {count}" for verdict, count in report.outcomes.items())
    typer.echo(text("cli.cases_outcomes", outcomes=", ".join(outcomes)))
    if not report.has_passed:
        raise typer.Exit(EXIT_FINDINGS)


def _names(packs: list[Path] | None) -> list[str | Path]:
    """The packs asked for, as names where they are names; by default those that travel with the program."""
    from compliance.pipeline import available_packs

    if not packs:
        return list(available_packs())
    return [path if path.exists() else str(path) for path in packs]
