"""The rooms of the house, who may enter which, and which library may stand where."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "compliance"

COMMON_GROUND = {"problems", "messages", "numerals", "sentences"}
MAY_IMPORT: dict[str, set[str]] = {
    "problems": {"messages"},
    "messages": set(),
    "numerals": {"messages"},
    "sentences": {"messages", "numerals", "problems"},
    "model": COMMON_GROUND,
    "intake": {"model"} | COMMON_GROUND,
    "engine": {"model"} | COMMON_GROUND,
    "proofreading": {"model"} | COMMON_GROUND,
    "reporting": {"model"} | COMMON_GROUND,
    "render": {"model"} | COMMON_GROUND,
    "choices": {"model", "intake"} | COMMON_GROUND,
    "pipeline": {"model", "intake", "engine", "proofreading", "reporting", "choices"} | COMMON_GROUND,
    "bulk_pipeline": {"model", "intake", "engine", "choices", "pipeline"} | COMMON_GROUND,
    "report_pipeline": {"model", "intake", "proofreading"} | COMMON_GROUND,
    "question_pipeline": {"model", "intake", "engine", "choices", "pipeline"} | COMMON_GROUND,
    "compare_pipeline": {"model", "intake", "engine", "pipeline"} | COMMON_GROUND,
    "reconcile_pipeline": {"model", "intake", "engine", "choices", "pipeline"} | COMMON_GROUND,
    "authoring": {"model", "intake", "engine", "pipeline"} | COMMON_GROUND,
    "cli": {
        "model",
        "choices",
        "pipeline",
        "bulk_pipeline",
        "compare_pipeline",
        "question_pipeline",
        "report_pipeline",
        "reconcile_pipeline",
        "render",
        "authoring",
    }
    | COMMON_GROUND,
}
"""A room always may import itself. `compliance/__init__` only names what others hold."""

ONLY_IN: dict[str, set[str]] = {
    "rule_engine": {"engine/expressions.py"},
    "narwhals": {
        "engine/columnar.py",
        "engine/columnar_absent.py",
        "engine/columnar_batches.py",
        "engine/columnar_figures.py",
        "engine/columnar_joins.py",
        "engine/columnar_outcomes.py",
        "engine/columnar_parents.py",
        "engine/columnar_peers.py",
        "engine/columnar_run.py",
        "engine/columnar_spark_names.py",
        "engine/columnar_table.py",
        "engine/dossier_ledger.py",
        "engine/dossier_scan.py",
        "engine/columnar_write.py",
    },
    "pyspark": {"engine/columnar_spark.py"},
    "openpyxl": {"intake/workbook.py"},
    "xlsxwriter": {"render/workbook_styles.py"},
    "docx": {
        "intake/report_text.py",
        "render/blocks_docx.py",
        "render/docx.py",
        "render/docx_annex.py",
        "render/docx_comments.py",
        "render/docx_file.py",
        "render/docx_form.py",
        "render/docx_notes.py",
        "render/docx_report.py",
        "render/docx_tasks.py",
        "render/docx_unit.py",
        "render/docx_units.py",
    },
    "typer": {"cli"},
    "rich": {
        "cli",
        "render/blocks_console.py",
        "render/console.py",
        "render/proofread_console.py",
        "render/rules.py",
    },
}


def _modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def _imported(tree: ast.AST) -> list[tuple[str, int]]:
    names: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            names.append((node.module or "", node.lineno))
            names += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return names


def _room(module: str) -> str:
    return module.removesuffix(".py").split("/", 1)[0]


def _violations(relative: str, source: str) -> list[str]:
    """Imports of a module that its room does not allow."""
    room, found = _room(relative), []
    for name, line in _imported(ast.parse(source)):
        top, *rest = name.split(".")
        if top == "compliance" and rest and rest[0] != "__version__" and room != "__init__":
            if rest[0] != room and rest[0] not in MAY_IMPORT.get(room, set()):
                found.append(f"{relative}:{line} imports {name}")
        elif top in ONLY_IN and not any(relative == home or _room(relative) == home for home in ONLY_IN[top]):
            found.append(f"{relative}:{line} imports {top}")
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_allows(path: Path) -> None:
    assert _violations(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("relative", "source"),
    [
        ("engine/evaluate.py", "from compliance.intake import packs"),
        ("model/legal.py", "from compliance.engine.derive import derive_rates"),
        ("reporting/tasks.py", "import rule_engine"),
        ("render/html.py", "from openpyxl import Workbook"),
    ],
)
def test_a_wrong_import_is_noticed(relative: str, source: str) -> None:
    assert _violations(relative, source) != []


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_command_line_reads_the_clock(path: Path) -> None:
    if _room(path.relative_to(ROOT).as_posix()) == "cli":
        pytest.skip("the command line may")
    source = path.read_text(encoding="utf-8")
    assert not any(call in source for call in ("date.today(", "datetime.now(", "time.time("))
