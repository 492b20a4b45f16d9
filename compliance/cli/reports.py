"""Which commands read a narrative report? `proofread` and `extract`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.exits import EXIT_ACCEPTED, EXIT_FINDINGS
from compliance.cli.format_choice import choose_format
from compliance.cli.output import show, show_problems, stop_unusable, stop_usage, write_file
from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.claims import Proofreading
    from compliance.model.report import ReportText
    from compliance.model.rulepack import RulePack

_WRONG = {"inconsistent", "truncated"}

Reports = Annotated[list[Path], typer.Argument(metavar="FILE…", help=text("cli.option.reports"))]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=text("cli.command.proofread"))(proofread)
    app.command(help=text("cli.command.extract"))(extract)


def proofread(
    reports: Reports,
    pack: options.Pack = None,
    wanted: options.Format = None,
    output: options.Output = None,
    every: Annotated[bool, typer.Option("--all", help=text("cli.option.all_claims"))] = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Hold the figures of narrative reports against each other; 1 when a figure does not hold."""
    form = choose_format(wanted, output, "proofread")
    if len(reports) > 1 and output is not None:
        stop_usage("cli.one_report", count=len(reports))
    if form == "docx" and output is None:
        stop_usage("cli.needs_file", form=form)
    chosen = _pack(pack)
    wrong = False
    for path in reports:
        result, report = _read(path, chosen, no_color=no_color)
        wrong |= any(claim.verdict in _WRONG for claim in result.claims)
        if output is not None:
            write_file(output, _as(form, result, report, path))
        elif not quiet:
            _show(form, result, report, every=every, no_color=no_color)
    raise typer.Exit(EXIT_FINDINGS if wrong else EXIT_ACCEPTED)


def extract(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help=text("cli.option.report"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=text("cli.option.output"))],
    pack: options.Pack = None,
    period: options.PeriodOption = None,
    no_color: options.NoColor = False,
) -> None:
    """Draft the submissions that a report makes, as YAML that `check` reads."""
    from compliance.render.draft_text import render_draft_yaml
    from compliance.report_pipeline import extract_report

    if output.suffix.lower() not in (".yaml", ".yml"):
        stop_usage("cli.bad_draft_suffix", path=output)
    chosen = _pack(pack)
    draft, problems = extract_report(report, chosen, options.read_period(period))
    if draft is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    if not draft.submissions:
        stop_usage("cli.nothing_extracted", path=report, notes=" ".join(draft.notes))
    write_file(output, render_draft_yaml(draft, chosen))
    counts = {
        "submissions": len(draft.submissions),
        "figures": sum(len(submission.observations) for submission in draft.submissions),
        "unplaced": len(draft.unplaced),
        "notes": len(draft.notes),
    }
    typer.echo(text("cli.extracted", path=output, **counts))


def _pack(name: str | None) -> RulePack:
    from compliance.choices import choose_pack
    from compliance.pipeline import load_pack

    chosen, problems = choose_pack(name)
    compiled, found = load_pack(chosen) if chosen else (None, problems)
    if compiled is None:
        stop_unusable(found)
    return compiled.pack


def _read(path: Path, pack: RulePack, *, no_color: bool) -> tuple[Proofreading, ReportText]:
    from compliance.report_pipeline import proofread_report

    found, problems = proofread_report(path, pack.instruments)
    if found is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    return found


def _show(form: str, result: Proofreading, report: ReportText, *, every: bool, no_color: bool) -> None:
    if form == "console":
        from compliance.render.proofread_console import render_proofreading

        show(render_proofreading(result, report.text, consistent=every), no_color=no_color)
    else:
        typer.echo(_as(form, result, report, Path()), nl=False)


def _as(form: str, result: Proofreading, report: ReportText, path: Path) -> str | bytes:
    if form == "json":
        return result.model_dump_json(indent=2) + "\n"
    if form == "html":
        from compliance.render.proofread_html import render_proofreading_html

        return render_proofreading_html(result, report.text)
    from compliance.render.docx_comments import render_docx_comments

    if path.suffix.lower() != ".docx":
        stop_usage("cli.comments_need_word", path=path)
    return render_docx_comments(path.read_bytes(), report, result)
