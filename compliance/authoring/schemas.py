"""What shape has each JSON output? A JSON Schema for every one, made from the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compliance.authoring.pages import Page
from compliance.model.assessment import Assessment
from compliance.model.check import Check
from compliance.model.claims import Proofreading
from compliance.model.comparison import Comparison, Needs, PackDifference, WhatIf
from compliance.model.reconciliation import Reconciliation
from compliance.model.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.base import Model

_OUTPUTS: dict[str, type[Model]] = {
    "check": Check,
    "assessment": Assessment,
    "proofread": Proofreading,
    "what-if": WhatIf,
    "needs": Needs,
    "explain": Trace,
    "compare": Comparison,
    "pack-diff": PackDifference,
    "reconcile": Reconciliation,
}


def compose_schemas() -> Iterator[Page]:
    """A page for each output under `docs/schema/`, in JSON Schema 2020-12."""
    for name, model in _OUTPUTS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema |= model.model_json_schema(mode="serialization")
        yield Page(f"docs/schema/{name}.schema.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
