"""What does the terminal show of a check and of an assessment? Rich renderables that fit 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.render.causes import compose_causes
from compliance.render.responses import list_answered, list_waivers, say_responses
from compliance.render.staleness import say_reasons
from compliance.render.summary import (
    build_matrix,
    compose_headline,
    compose_tally,
    count_waived,
    group_findings,
    group_undecided,
    rules_without_finding,
    unit_label,
    unit_name,
)
from compliance.render.suspects import compose_suspects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.assessment import Assessment, Statement, Task
    from compliance.model.check import Check
    from compliance.model.findings import Finding
    from compliance.problems import Problem

STYLE = {
    "not_accepted": "bold red",
    "explain": "bold yellow",
    "accepted": "bold green",
    "must_fix": "red",
    "must_explain": "yellow",
    "advisory": "cyan",
    "waived": "blue",
    "no_data": "magenta",
    "pass": "green",
    "none": "dim",
}
_MARK = {
    "must_fix": "S",
    "must_explain": "G",
    "advisory": "L",
    "waived": "M",
    "no_data": "?",
    "pass": "+",
    "none": "–",
}
_COUNTED = ("must_fix", "must_explain", "advisory", "waived")


def render_check(check: Check) -> RenderableType:
    """The whole result: acceptance, the matrix of several units, findings, what is undecided, tally."""
    parts: list[RenderableType] = [_headline(check)]
    if len(check.submissions) > 1:
        parts += [_title(text("render.section.matrix")), _matrix(check)]
    parts += _list(text("suspect.causes"), compose_causes(check))
    parts += [_title(text("render.section.findings")), *_findings(check)]
    parts += _list(text("explanation.section"), list_answered(check))
    parts += _list(text("waiver.section"), list_waivers(check))
    parts += [*_undecided(check), _title(text("render.section.manifest"))]
    parts += [Text(line) for line in compose_tally(check)]
    parts.append(Text(text("render.silent_rules", count=len(rules_without_finding(check)))))
    return Group(*parts)


def _title(words: str) -> RenderableType:
    return Padding(Line(Text(words, style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def _list(title: str, lines: Sequence[str]) -> list[RenderableType]:
    return [_title(title), *(Text(f"– {line}") for line in lines)] if lines else []


def _headline(check: Check) -> RenderableType:
    first, *rest = compose_headline(check)
    return Group(Text(first, style=STYLE[check.accepted]), *(Text(line) for line in rest))


def _matrix(check: Check) -> RenderableType:
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(text("render.column.unit"), max_width=24, overflow="fold")
    for number, _ in enumerate(check.pack.areas, start=1):
        table.add_column(str(number), justify="center", no_wrap=True)
    for result, cells in build_matrix(check):
        marks = [
            Text(_MARK[cell.kind] + (str(cell.count) if cell.kind in _COUNTED else "")) for cell in cells
        ]
        for mark, cell in zip(marks, cells, strict=True):
            mark.stylize(STYLE[cell.kind])
        table.add_row(Text(unit_name(check, result.unit), style=STYLE[result.accepted]), *marks)
    areas = "; ".join(f"{number} {area.title}" for number, area in enumerate(check.pack.areas, start=1))
    legend = [text("render.legend")] + ([text("render.legend_waived")] if count_waived(check) else [])
    return Group(table, Text(areas, style="dim"), Text(" ".join(legend), style="dim"))


def _findings(check: Check) -> Iterable[RenderableType]:
    groups = group_findings(check)
    if not groups:
        yield Text(text("render.none_found"))
    for severity, findings in groups:
        yield Text(
            f"{text(f'severity.{severity}').capitalize()} ({len(findings)})", style=f"bold {STYLE[severity]}"
        )
        for number, finding in enumerate(findings, start=1):
            yield _finding(check, number, finding)


def _finding(check: Check, number: int, finding: Finding) -> RenderableType:
    head = Text(f"{number}. ", style=STYLE[finding.severity])
    head.append(f"[{finding.rule}] {unit_label(check, finding.unit)}: ", style="bold")
    head.append(finding.message)
    if finding.waived:
        head.append(f" ({text('render.label.waived')})", style="dim")
    details = [*say_responses(finding), text("render.label.fix", fix=finding.fix)]
    if suspects := compose_suspects(check, finding):
        details.append(suspects)
    if finding.citation:
        details.append(text("render.label.basis", citation=finding.citation))
    if finding.places:
        details.append(text("render.label.place", places="; ".join(str(place) for place in finding.places)))
    return Group(head, Padding(Text("\n".join(details), style="dim"), (0, 0, 0, 3)))


def _undecided(check: Check) -> list[RenderableType]:
    written, every = group_undecided(check, written_only=True), group_undecided(check)
    if not every:
        return []
    lines = [
        Text(f"– {unit_name(check, group.unit)}: {group.reason} [{', '.join(group.rules)}]")
        for group in written
    ]
    left_out = sum(len(group.rules) for group in every) - sum(len(group.rules) for group in written)
    if left_out:
        lines.append(Text(text("render.generated_undecided", count=left_out), style="dim"))
    return [_title(text("render.section.undecided")), *lines]


def render_assessment(assessment: Assessment) -> RenderableType:
    """The assessment with its tasks."""
    next_period = Period.parse(assessment.period).next.label
    return Group(
        Text(text("render.section.assessment"), style="bold"),
        *(Text(sentence) for sentence in say_reasons(assessment.stale_because)),
        *_statements(text("render.section.strengths"), assessment.strengths),
        *_statements(text("render.section.limitations"), assessment.limitations),
        *_notes(assessment.undecided),
        _title(text("render.section.tasks", period=next_period)),
        *_tasks(assessment.tasks),
    )


def _statements(title: str, statements: Sequence[Statement]) -> Iterable[RenderableType]:
    yield _title(title)
    for statement in statements:
        yield Text(f"- {statement.text}")
        for line in statement.explanations:
            yield Padding(Text(text("render.label.explanation", words=line), style="dim"), (0, 0, 0, 3))
        if statement.is_abridged:
            words = text("render.label.by_unit_elsewhere", count=len(statement.units))
            yield Padding(Text(words, style="dim"), (0, 0, 0, 3))
    if not statements:
        yield Text(text("render.nothing"))


def _notes(undecided: Sequence[str]) -> Iterable[RenderableType]:
    if undecided:
        yield _title(text("render.section.undecided"))
        yield from (Text(f"- {line}") for line in undecided)


def _tasks(tasks: Sequence[Task]) -> Iterable[RenderableType]:
    group = ""
    for number, task in enumerate(tasks, start=1):
        if task.group != group:
            group = task.group
            yield Text(text(f"render.task_group.{group}"), style="bold")
        yield Group(
            Text(f"{number}. {task.action}"), Padding(Text(_task_details(task), style="dim"), (0, 0, 0, 3))
        )


def _task_details(task: Task) -> str:
    rows = (
        ("lead", task.lead),
        ("support", task.support),
        ("due", format_date(task.due)),
        ("expected", task.expected),
        ("takes", task.takes),
        ("basis", task.citation),
        ("why", task.why),
    )
    return "\n".join(f"{text(f'render.column.{column}')}: {value}" for column, value in rows if value)


def render_problems(problems: Iterable[Problem]) -> RenderableType:
    """Problems with the input, a line each, errors in red."""
    return Group(
        *(Text(str(problem), style="red" if problem.weight == "error" else "yellow") for problem in problems)
    )
