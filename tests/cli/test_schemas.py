"""Each JSON output keeps to the schema that is published for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from tests.cli.conftest import Command

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
REPORTED = str(dataset("long-phu-2020-h1"))
ELECTRONIC = "DOC-01@soc-trang/long-phu@2020-H1"


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("needs", ("whatif", REPORTED)),
        ("what-if", ("whatif", REPORTED, "--set", "documents.outgoing_electronic=5870")),
        ("explain", ("explain", ELECTRONIC, REPORTED)),
        ("compare", ("compare", REPORTED, REPORTED)),
        ("pack-diff", ("rules", "diff", "soc-trang-2020", "long-phu-2020")),
    ],
)
def test_an_output_keeps_to_its_published_schema(
    run: Command, schema: str, arguments: tuple[str, ...]
) -> None:
    published = json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8"))
    result = json.loads(run(*arguments, "--as-of", "2020-06-30", "--format", "json").out)
    assert list(Draft202012Validator(published).iter_errors(result)) == []
