"""Which packs travel with the program, by their headers alone?

What is in force is asked on every run; reading whole packs for it would cost more than the run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import ValidationError

from compliance.intake.nodes import to_python
from compliance.intake.pack_files import HEADER
from compliance.intake.packs import available_packs, pack_root
from compliance.intake.sources import read_text
from compliance.intake.yaml_source import parse_yaml
from compliance.model.rulepack import PackHeader

if TYPE_CHECKING:
    from pathlib import Path


def read_headers(root: Path | None = None) -> tuple[PackHeader, ...]:
    """The headers of the packs in a folder, without digests; by default of those that travel with us.

    A header that cannot be used is left out: `compliance rules lint` says what is wrong with it.
    """
    folder = root or pack_root()
    found = (_read_header(folder / name / HEADER) for name in available_packs(folder))
    return tuple(header for header in found if header is not None)


def _read_header(path: Path) -> PackHeader | None:
    source, _ = read_text(path)
    root = parse_yaml(source, path.name)[0] if source is not None else None
    try:
        return PackHeader.model_validate_json(json.dumps(to_python(root))) if root is not None else None
    except ValidationError:
        return None
