"""The report this project starts from, and its own of the same figures: what an inspector finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.intake.packs import dataset_root
from compliance.intake.report_text import read_report
from compliance.pipeline import check, load_pack, read_submissions
from compliance.proofreading import extract, find_slips, proofread

if TYPE_CHECKING:
    from compliance.model.claims import Claim, Draft
    from compliance.model.rulepack import RulePack

OWN = dataset_root() / "long-phu-2020-h1-report"
SEED = Path(__file__).parents[3] / "shared" / "seed" / "bao-cao-long-phu-2020-h1.txt"
REPORTS = [
    pytest.param(OWN / "bao-cao.txt", id="txt"),
    pytest.param(OWN / "bao-cao.docx", id="docx"),
    pytest.param(OWN / "bao-cao.pdf", id="pdf"),
    pytest.param(
        SEED, id="seed", marks=pytest.mark.skipif(not SEED.exists(), reason="the report is not here")
    ),
]
reports = pytest.mark.parametrize("path", REPORTS)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    return compiled.pack


def claims_of(path: Path) -> tuple[Claim, ...]:
    report, problems = read_report(path)
    assert report is not None, problems
    return proofread(report.text, passages=report.passages)


def draft_of(path: Path, pack: RulePack) -> Draft:
    report, problems = read_report(path)
    assert report is not None, problems
    return extract(report.text, pack, source=report.source, passages=report.passages)


@reports
def test_what_does_not_hold_is_found_and_nothing_else(path: Path) -> None:
    wrong = [claim for claim in claims_of(path) if claim.verdict != "consistent"]
    assert [(claim.kind, claim.verdict) for claim in wrong] == [
        ("period", "inconsistent"),
        ("ratio", "truncated"),
        ("quantity", "inconsistent"),
        ("citation", "inconsistent"),
    ]


@reports
def test_the_late_rate_is_said_to_be_cut_off_or_on_another_denominator(path: Path) -> None:
    late = next(claim for claim in claims_of(path) if claim.stated == "0,03%")
    assert late.expected == "0,04%"
    assert "7 / 18.628 = 0,0376%" in late.explanation
    assert "cắt bớt chữ số" in late.explanation
    assert "7 / 20.549" in late.explanation
    assert "7 / 21.035" in late.explanation


@reports
def test_the_broadcasts_make_90_to_126_minutes(path: Path) -> None:
    minutes = next(claim for claim in claims_of(path) if claim.kind == "quantity")
    assert minutes.expected == "từ 90 đến 126"


@reports
def test_plan_09_is_cited_with_two_dates(path: Path) -> None:
    plan = next(
        claim for claim in claims_of(path) if claim.kind == "citation" and claim.verdict == "inconsistent"
    )
    assert "04/02/2020 và 02/02/2020" in plan.explanation


@reports
def test_the_six_months_are_125_days(path: Path) -> None:
    period = next(claim for claim in claims_of(path) if claim.kind == "period")
    assert "125 ngày" in period.explanation


@reports
def test_the_wording_of_the_on_time_rate_is_remarked_on(path: Path) -> None:
    rate = next(claim for claim in claims_of(path) if claim.stated == "99,97%")
    assert rate.verdict == "consistent"
    assert "21.035" in rate.explanation
    assert "97,66%" in rate.explanation


@reports
def test_slips_of_the_pen_are_marked(path: Path) -> None:
    report, _ = read_report(path)
    assert report is not None
    kinds = [slip.kind for slip in find_slips(report.text)]
    assert sorted(kinds) == ["doubled_word", "misspelling", "misspelling"]


@reports
def test_the_draft_gives_every_figure_of_the_dataset_at_its_level(path: Path, pack: RulePack) -> None:
    reported, _, _ = read_submissions([dataset_root() / "long-phu-2020-h1"], pack)
    drafted = {submission.unit: submission for submission in draft_of(path, pack).submissions}
    assert set(drafted) == {submission.unit for submission in reported}
    for submission in reported:
        draft = drafted[submission.unit]
        assert draft.values == submission.values
        assert {key: (rate.value, rate.decimals) for key, rate in draft.stated.items()} == {
            key: (rate.value, rate.decimals) for key, rate in submission.stated.items()
        }
        assert dict(draft.area_windows) == dict(submission.area_windows)
        assert [(cited.instrument, cited.dated) for cited in draft.cites] == [
            (cited.instrument, cited.dated) for cited in submission.cites
        ]


@reports
def test_certainty_is_that_of_the_words(path: Path, pack: RulePack) -> None:
    district = draft_of(path, pack).submissions[0].observations
    assert district["communication.minutes_total"].approximate == "about"
    assert district["communication.news_items"].approximate == "over"
    assert district["dossiers.received_total"].approximate is None


@reports
def test_the_draft_places_every_figure_and_says_what_it_assumed(path: Path, pack: RulePack) -> None:
    draft = draft_of(path, pack)
    assert draft.unplaced == ()
    assert draft.missing == ()
    (assumption,) = draft.notes
    assert "mức độ 4 của khối cấp xã; tạm ghi 0" in assumption


@reports
def test_a_check_of_the_draft_gives_the_verdicts_of_the_dataset(path: Path) -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    reported, _, _ = read_submissions([dataset_root() / "long-phu-2020-h1"], compiled.pack)
    on_dataset = check(compiled, reported, as_of=date(2020, 6, 30))
    on_draft = check(compiled, draft_of(path, compiled.pack).submissions, as_of=date(2020, 6, 30))
    verdicts = [
        {(outcome.rule, outcome.unit): outcome.outcome for outcome in run.outcomes}
        for run in (on_dataset, on_draft)
    ]
    assert verdicts[0] == verdicts[1]
