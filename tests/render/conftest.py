"""One real run, read once: what the renderers are tried on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compliance.pipeline import Request, assess, dataset, load_pack, run

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment
    from compliance.model.check import Check
    from compliance.model.findings import Finding
    from compliance.model.rulepack import RulePack

AS_OF = date(2020, 6, 30)
HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}"


def run_on(name: str) -> Check:
    """A run on a dataset, with the digests of the packs blotted out: a golden file must outlive them."""
    check, problems = run(Request((dataset(name),), AS_OF, pack="long-phu-2020"))
    assert check is not None, problems
    packs = tuple(stamp.model_copy(update={"digest": "0" * 64}) for stamp in check.manifest.packs)
    return check.model_copy(update={"manifest": check.manifest.model_copy(update={"packs": packs})})


@pytest.fixture(scope="session")
def pack() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    return compiled.pack


@pytest.fixture(scope="session")
def long_phu() -> Check:
    """The district's report with its two blocs and two communes."""
    return run_on("long-phu-2020-h1")


@pytest.fixture(scope="session")
def many_units() -> Check:
    """All units of the district, with planted errors."""
    return run_on("long-phu-2020-h1-faulty")


@pytest.fixture(scope="session")
def assessment(long_phu: Check) -> Assessment:
    return assess(long_phu)


@pytest.fixture(scope="session")
def hostile(long_phu: Check) -> Check:
    """The same run where every label and message carries markup."""

    def spoil(model: Any, **changes: object) -> Any:
        return model.model_copy(update=changes)

    units = tuple(spoil(unit, label=HOSTILE, short_label=HOSTILE) for unit in long_phu.pack.units)
    areas = tuple(spoil(area, title=HOSTILE) for area in long_phu.pack.areas)
    rates = tuple(spoil(rate, label=HOSTILE) for rate in long_phu.pack.rates)
    rules = tuple(spoil(rule, title=HOSTILE) for rule in long_phu.pack.rules)
    pack = spoil(long_phu.pack, units=units, areas=areas, rates=rates, rules=rules)
    for name in ("unit", "rate", "rule"):
        pack.__dict__.pop(name, None)
    findings: tuple[Finding, ...] = tuple(
        spoil(
            one,
            message=HOSTILE,
            fix=HOSTILE,
            citation=HOSTILE,
            title=HOSTILE,
            suspects=tuple(spoil(suspect, written=HOSTILE, slip=HOSTILE) for suspect in one.suspects),
        )
        for one in long_phu.findings
    )
    check: Check = spoil(long_phu, pack=pack, findings=findings)
    return check
