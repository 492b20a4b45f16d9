from __future__ import annotations

from datetime import date

from compliance.engine.focus import focus_check
from compliance.pipeline import check, dataset, load_pack, read_submissions

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"


def test_a_focused_check_is_as_bad_as_its_unit_and_counts_only_its_outcomes() -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    submissions, inputs, _ = read_submissions([dataset("long-phu-2020-h1")], compiled.pack)
    whole = check(compiled, submissions, as_of=date(2020, 6, 30), inputs=inputs)

    focused = focus_check(whole, COMMUNE)

    assert (whole.accepted, focused.accepted) == ("not_accepted", "explain")
    assert {outcome.unit for outcome in focused.outcomes} == {COMMUNE}
    counted = sum(sum(tally.outcomes.values()) for tally in focused.manifest.rules)
    assert counted == len(focused.outcomes)
