"""The public face of what is rendered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import compliance
from compliance.pipeline import dataset
from compliance.render import ASSESSMENT_FORMS, CHECK_FORMS, render_result

if TYPE_CHECKING:
    from compliance.model.check import Check


@pytest.fixture(scope="module")
def checked() -> Check:
    compiled, _ = compliance.load_pack("long-phu-2020")
    assert compiled is not None
    submissions, _, _ = compliance.read_submissions([dataset("long-phu-2020-h1")], compiled.pack)
    result = compliance.check(compiled, submissions, as_of=date(2020, 6, 30))
    return result.model_copy(update={"assessment": compliance.assess(result)})


@pytest.mark.parametrize("form", CHECK_FORMS)
def test_every_form_of_a_check_says_the_figure_that_blocks(checked: Check, form: str) -> None:
    assert "7/18.628" in str(render_result(checked, form))


@pytest.mark.parametrize("form", [form for form in ASSESSMENT_FORMS if form != "docx"])
def test_every_form_of_an_assessment_says_what_it_takes(checked: Check, form: str) -> None:
    assert checked.assessment is not None
    assert "3.133 văn bản điện tử" in str(render_result(checked.assessment, form))


def test_an_assessment_in_word_is_a_zip(checked: Check) -> None:
    assert checked.assessment is not None
    document = render_result(checked.assessment, "docx")
    assert isinstance(document, bytes)
    assert document.startswith(b"PK")


def test_an_unknown_form_is_refused(checked: Check) -> None:
    with pytest.raises(ValueError, match="pptx"):
        render_result(checked, "pptx")


def test_a_page_without_an_assessment_is_refused(checked: Check) -> None:
    with pytest.raises(ValueError, match="assessment"):
        render_result(checked.model_copy(update={"assessment": None}), "html")
