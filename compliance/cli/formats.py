"""Which renderer makes which format of a result?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.output import stop_usage

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment
    from compliance.model.check import Check

BINARY_FORMATS = ("docx", "xlsx")
"""Formats that a terminal cannot show."""


def refuse_on_terminal(form: str) -> None:
    """End the command where a file would go to the terminal."""
    if form in BINARY_FORMATS:
        stop_usage("cli.needs_file", form=form)


def check_as(form: str, result: Check) -> str | bytes:
    """A check in a format other than the terminal's."""
    from compliance.pipeline import assess
    from compliance.render.html import render_check_html
    from compliance.render.markdown import render_check_markdown

    if form == "md":
        return render_check_markdown(result)
    if form == "html":
        return render_check_html(result, assess(result))
    if form == "xlsx":
        from compliance.render.findings_workbook import render_findings_workbook

        return render_findings_workbook(result)
    return result.model_copy(update={"assessment": assess(result)}).model_dump_json(indent=2) + "\n"


def assessment_as(
    form: str, result: Check, assessment: Assessment, *, full: bool = False, clean: bool = False
) -> str | bytes:
    """An assessment in a format other than the terminal's; `full` and `clean` are for Word."""
    from compliance.render.markdown import render_assessment_markdown, render_assessment_text

    if form == "docx":
        return _word(result, assessment, full=full, clean=clean)
    if form == "json":
        return assessment.model_dump_json(indent=2) + "\n"
    return {"md": render_assessment_markdown, "txt": render_assessment_text}[form](assessment)


def _word(result: Check, assessment: Assessment, *, full: bool, clean: bool) -> bytes:
    from compliance.render.docx import render_assessment_docx
    from compliance.render.docx_report import render_report_docx

    if full:
        reported = [submission.unit for submission in result.reported]
        if assessment.unit not in reported:
            stop_usage("cli.full_needs_unit", known=", ".join(reported))
        return render_report_docx(result, assessment, clean=clean)
    return render_assessment_docx(assessment, as_of=result.manifest.as_of, clean=clean)


def unit_pages_as(form: str, result: Check) -> dict[str, str | bytes]:
    """A page for each unit by its file name: HTML where that is the format, else Word."""
    from compliance.pipeline import correction_due
    from compliance.render.docx_unit import render_unit_docx
    from compliance.render.html import render_unit_html
    from compliance.render.unit_page import compose_unit_pages

    last = max(submission.period for submission in result.reported)
    pages = compose_unit_pages(result, correction_due(last.next))
    if form == "html":
        return {f"{page.file_stem}.html": render_unit_html(page) for page in pages}
    return {f"{page.file_stem}.docx": render_unit_docx(page) for page in pages}
