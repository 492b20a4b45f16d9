from __future__ import annotations

from compliance.authoring.schemas import compose_schemas


def test_every_output_has_a_schema_of_its_own() -> None:
    pages = [page.path for page in compose_schemas()]
    assert len(pages) == len(set(pages)) == 9
