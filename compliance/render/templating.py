"""How are templates filled in? One sandboxed environment whose names are models and catalogue sentences."""

from __future__ import annotations

from functools import cache

from jinja2 import PackageLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from compliance.messages import text
from compliance.numerals import format_date


def _one_line(words: object) -> str:
    """Words as they may stand in a cell of a Markdown table."""
    return " ".join(str(words).replace("|", "\\|").split())


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Templates of this package: HTML escapes, an unknown name is an error."""
    templates = ImmutableSandboxedEnvironment(
        loader=PackageLoader("compliance.render"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # `tojson` quotes a text for YAML, which its reader is to be able to read
    templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    templates.globals["text"] = text
    templates.filters.update(day=format_date, cell=_one_line)
    return templates


def fill(template: str, **values: object) -> str:
    """The named template with `values` put in."""
    return environment().get_template(template).render(**values)
