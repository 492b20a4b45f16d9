from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.what_if import compose_what_if, replace_figures
from compliance.model.comparison import Setting

if TYPE_CHECKING:
    from compliance.model.comparison import WhatIf
    from tests.engine.conftest import Bench

BALANCE = "a.whole == a.left + a.right"


def _try(bench: Bench, figures: dict[str, int], **put_in: int) -> WhatIf:
    pack = bench.pack(["a.whole", "a.left", "a.right"], [bench.rule("R-1", BALANCE)])
    submission = bench.submission("d", figures)
    settings = [
        Setting(unit="d", observation=bench.observe(f"a.{name}", value)) for name, value in put_in.items()
    ]
    after = replace_figures([submission], settings)
    return compose_what_if(bench.check(pack, submission), bench.check(pack, *after), settings)


def test_a_figure_that_balances_turns_the_verdict_into_a_pass(bench: Bench) -> None:
    result = _try(bench, {"a.whole": 10, "a.left": 4, "a.right": 5}, right=6)
    assert [(change.rule, change.before, change.after) for change in result.changed] == [
        ("R-1", "fail", "pass")
    ]
    assert (result.accepted_before, result.accepted_after) == ("not_accepted", "accepted")


def test_a_figure_that_still_does_not_balance_moves_the_outcome_without_changing_it(bench: Bench) -> None:
    result = _try(bench, {"a.whole": 10, "a.left": 4, "a.right": 5}, right=7)
    assert result.changed == ()
    assert [(change.before, change.after) for change in result.moved] == [("fail", "fail")]


def test_a_figure_that_was_not_reported_may_be_put_in(bench: Bench) -> None:
    result = _try(bench, {"a.whole": 10, "a.left": 4}, right=6)
    assert [(change.before, change.after) for change in result.changed] == [("no_data", "pass")]
    assert result.figures[0].before == ""


def test_the_same_figure_changes_nothing(bench: Bench) -> None:
    result = _try(bench, {"a.whole": 10, "a.left": 4, "a.right": 5}, right=5)
    assert (result.changed, result.moved, result.unchanged) == ((), (), 1)


def test_the_submission_given_is_left_as_it_was(bench: Bench) -> None:
    submission = bench.submission("d", {"a.left": 4})
    replace_figures([submission], [Setting(unit="d", observation=bench.observe("a.left", 9))])
    assert submission.values["a.left"] == 4


def test_a_count_put_in_is_written_with_its_thousands_set_off(bench: Bench) -> None:
    assert _try(bench, {"a.whole": 10}, right=5870).figures[0].after == "5.870"


def test_a_waiver_stands_beside_the_outcome_it_speaks_of(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule("R-1", "a.x > 5", severity="must_explain")])
    waiver = bench.waiver()
    submission = bench.submission("d", {"a.x": 6})
    settings = [Setting(unit="d", observation=bench.observe("a.x", 1))]
    before = bench.check(pack, submission, waivers=(waiver,))
    after = bench.check(pack, *replace_figures([submission], settings), waivers=(waiver,))
    (change,) = compose_what_if(before, after, settings).changed
    assert "Miễn trừ MT-1: được miễn trừ đến ngày 31/12/2020" in change.reason_after
