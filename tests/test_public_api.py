"""What `import compliance` gives."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

import compliance
from compliance.pipeline import dataset


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert list(compliance.__all__) == sorted(compliance.__all__)
    assert [name for name in compliance.__all__ if not callable(getattr(compliance, name))] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="chek"):
        compliance.chek  # noqa: B018 - the access is what is tried


def test_importing_the_package_imports_no_room() -> None:
    code = "import sys, compliance; print([m for m in sys.modules if m.startswith('compliance.')])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_the_whole_job_runs_from_python() -> None:
    compiled, problems = compliance.load_pack("long-phu-2020")
    assert compiled is not None
    assert problems == ()
    submissions, _, _ = compliance.read_submissions([dataset("long-phu-2020-h1")], compiled.pack)
    result = compliance.check(compiled, submissions, as_of=date(2020, 6, 30))
    assessment = compliance.assess(result)
    assert result.accepted == "not_accepted"
    assert "41,97%" in compliance.render_result(assessment, "txt")
