from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import assess, correction_due
from compliance.render.html import render_check_html, render_unit_html
from compliance.render.summary import compose_headline
from compliance.render.unit_page import compose_unit_pages

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from compliance.model.assessment import Assessment
    from compliance.model.check import Check

VOID = {"meta", "br", "rect", "line", "link", "img"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and whether each is closed where it should be."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page(long_phu: Check, assessment: Assessment) -> str:
    return render_check_html(long_phu, assessment)


def unit_pages(check: Check) -> list[str]:
    due = correction_due(check.reported[0].period.next)
    return [render_unit_html(each) for each in compose_unit_pages(check, due)]


def test_the_page_of_a_unit_in_whole(long_phu: Check, golden: SnapshotAssertion) -> None:
    page = unit_pages(long_phu)[-1]
    assert page[page.index("<body>") :] == golden(name="xa-phu-huu")


def test_the_page_of_a_check_in_whole(page: str, golden: SnapshotAssertion) -> None:
    assert page[page.index("<body>") : page.index("<script>")] == golden(name="ket-qua")


def test_the_acceptance_comes_first(page: str) -> None:
    assert page.index("CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN") < page.index("<nav")


def test_nothing_is_loaded_from_elsewhere(page: str, long_phu: Check) -> None:
    for source in (page, *unit_pages(long_phu)):
        assert not re.search(r"https?://|\bsrc=|@import|url\(", source)
        assert not Page(source).all("link")


def test_only_our_own_style_and_script_may_run(page: str) -> None:
    parsed = Page(page)
    policy = next(meta["content"] for meta in parsed.all("meta") if "Policy" in meta.get("http-equiv", ""))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for element in ("style", "script"):
        inside = re.search(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert not any(name == "style" or name.startswith("on") for _, each in parsed.elements for name in each)


def test_a_page_for_a_unit_runs_no_script(long_phu: Check) -> None:
    for source in unit_pages(long_phu):
        assert "script-src 'none'" in source
        assert "<script" not in source


def test_hostile_words_are_shown_and_never_obeyed(hostile: Check) -> None:
    for source in (render_check_html(hostile, assess(hostile)), *unit_pages(hostile)):
        parsed = Page(source)
        assert "alert(1)" in parsed.words
        assert "<script>alert" not in source
        assert "{{ 7 * 7 }}" in parsed.words, "a label is no template"
        assert len(parsed.all("script")) <= 1


def test_the_page_is_in_vietnamese_and_has_landmarks(page: str) -> None:
    parsed = Page(page)
    assert parsed.all("html") == [{"lang": "vi"}]
    assert [len(parsed.all(landmark)) for landmark in ("header", "nav", "main", "footer", "h1")] == [1] * 5


def test_headings_skip_no_level(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_leads_to_a_place_on_the_page(page: str) -> None:
    parsed = Page(page)
    places = [each["id"] for _, each in parsed.elements if "id" in each]
    assert len(places) == len(set(places))
    assert {link["href"].removeprefix("#") for link in parsed.all("a")} <= set(places)


def test_every_reference_of_a_label_leads_to_a_place_on_the_page(page: str) -> None:
    parsed = Page(page)
    places = {each["id"] for _, each in parsed.elements if "id" in each}
    named = [
        each[name]
        for _, each in parsed.elements
        for name in each
        if name in ("aria-labelledby", "aria-describedby")
    ]
    assert set(named) <= places


def test_every_table_header_has_a_scope(page: str) -> None:
    assert all(header.get("scope") in ("col", "row", "rowgroup") for header in Page(page).all("th"))


def test_a_rate_is_a_bar_with_its_figures_in_words(page: str) -> None:
    row = page[page.index("41,97% (2.737/6.522)") - 600 :][:1200]
    assert 'width="41.97%"' in row
    assert 'x1="90.00%"' in row
    assert "từ 90% trở lên, thời hạn 31/12/2020" in row
    assert "chưa đạt" in row


def test_a_rate_without_a_target_is_shown_apart(page: str) -> None:
    assert page.index("Các tỷ lệ chưa có văn bản đặt mục tiêu") < page.index("97,69% (20.549/21.035)")


def test_colours_never_speak_alone(page: str) -> None:
    cells = re.findall(r'<td class="(?:must_fix|must_explain|advisory|no_data|pass|none)">([^<]*)</td>', page)
    assert len(cells) == 5 * 12
    assert all(words.strip() for words in cells)


def test_every_finding_stands_under_its_unit_and_its_rule(page: str, long_phu: Check) -> None:
    assert len(Page(page).all("article")) == len(long_phu.findings)
    by_rule = page[page.index('id="quy-tac"') : page.index('id="danh-gia"')]
    assert all(f"<code>{finding.rule}</code>" in by_rule for finding in long_phu.findings)


def test_the_buttons_copy_the_text_to_paste(page: str, assessment: Assessment) -> None:
    parsed = Page(page)
    copied = {button["data-copies"] for button in parsed.all("button")}
    assert copied == {each["id"] for each in parsed.all("pre")}
    assert assessment.tasks[0].action.split(".")[0] in page[page.index('<pre id="nhiem-vu-chu"') :]


def test_the_same_run_gives_the_same_page(long_phu: Check, assessment: Assessment, page: str) -> None:
    assert render_check_html(long_phu, assessment) == page


def test_a_page_without_findings_says_so(long_phu: Check, assessment: Assessment) -> None:
    quiet = long_phu.model_copy(update={"findings": (), "outcomes": ()})
    assert Page(render_check_html(quiet, assessment)).words.count("Không có phát hiện nào.") == 6


def test_a_unit_reads_what_to_correct_where_and_by_when(long_phu: Check) -> None:
    words = Page(unit_pages(long_phu)[2]).words
    assert "Kết quả: Chưa đủ điều kiện tiếp nhận." in words
    assert "gửi lại chậm nhất ngày 15/7/2020" in words
    assert "cap-xa.yaml: dòng 42; dòng 25; dòng 23" in words
    assert "Nội dung phải giải trình (2)" in words


def test_where_a_sentence_stands_for_many_units_each_can_be_unfolded(many_units: Check) -> None:
    page = render_check_html(many_units, assess(many_units))
    assert "<summary>Chi tiết của 21 đơn vị</summary>" in page
    assert "<li>Phòng Nội vụ: 66,67% (268/402)</li>" in page


def test_a_long_headline_says_how_much_more_there_is(many_units: Check) -> None:
    source = render_check_html(many_units, assess(many_units))
    head = source[source.index("<header>") : source.index("</header>")]
    hidden = len(compose_headline(many_units)) - 6
    assert f"<summary>Xem {hidden} nội dung khác</summary>" in head
    assert all(str(number) in head for number in range(1, hidden))


STYLE = (resources.files("compliance.render") / "templates" / "page.css").read_text(encoding="utf-8")
THEMES = [
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark", "print"])
def test_every_ink_is_readable_on_its_ground(theme: dict[str, str]) -> None:
    pairs = [("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("ink", "panel"), ("link", "panel")]
    pairs += [(name, name.replace("-ink", "-ground")) for name in theme if name.endswith("-ink")]
    for ink, ground in pairs:
        dark, light = sorted((luminance(theme[ink]), luminance(theme[ground])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)
