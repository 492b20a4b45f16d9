"""Models → what a reader sees. Every function returns a value and writes nothing.

`render_result` is the public face; each form has a module of its own, imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from compliance.model.assessment import Assessment
from compliance.model.submission import Period

if TYPE_CHECKING:
    from types import ModuleType

    from compliance.model.check import Check

CHECK_FORMS = ("json", "md", "html")
ASSESSMENT_FORMS = ("json", "md", "txt", "docx")


def render_result(result: Check | Assessment, form: str) -> str | bytes:
    """A check (`json md html`) or an assessment (`json md txt docx`); text, or the bytes of a file.

    A page (`html`) shows the assessment that the check carries: `check.model_copy(update={"assessment": …})`.

    Raises:
        ValueError: there is no such form of it, or a page is asked for a check without its assessment.
    """
    known = ASSESSMENT_FORMS if isinstance(result, Assessment) else CHECK_FORMS
    if form not in known:
        raise ValueError(f"{form!r} is none of {', '.join(known)}")
    if form == "json":
        return result.model_dump_json(indent=2) + "\n"
    return _render_assessment(result, form) if isinstance(result, Assessment) else _render_check(result, form)


def _render_assessment(assessment: Assessment, form: str) -> str | bytes:
    if form == "docx":
        made_for = Period.parse(assessment.period).end
        return cast("bytes", _home("docx").render_assessment_docx(assessment, as_of=made_for))
    if form == "txt":
        return cast("str", _home("markdown").render_assessment_text(assessment))
    return cast("str", _home("markdown").render_assessment_markdown(assessment))


def _render_check(check: Check, form: str) -> str | bytes:
    if form == "html":
        if check.assessment is None:
            raise ValueError("a page needs the assessment of its check")
        return cast("str", _home("html").render_check_html(check, check.assessment))
    return cast("str", _home("markdown").render_check_markdown(check))


def _home(module: str) -> ModuleType:
    return import_module(f"{__name__}.{module}")
