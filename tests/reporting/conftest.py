"""Packs and checks built from the models, as small as each test needs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.check import Check, Manifest, SubmissionResult
from compliance.model.findings import EarlierContradiction, Finding, Operand, Outcome, Quantity
from compliance.model.legal import Citation, Instrument
from compliance.model.rulepack import (
    Approximation,
    Area,
    Change,
    Indicator,
    PackHeader,
    Rate,
    Rule,
    RulePack,
    TaskTemplate,
)
from compliance.model.submission import LEVELS, Observation, Period, Submission, Unit
from compliance.numerals import format_percent
from compliance.reporting.narrative import compose_assessment
from compliance.reporting.scope import Scope

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment

PERIOD = Period(year=2020, half=1)

UNITS = (
    Unit(id="d", label="huyện Long Phú", short_label="toàn huyện", level="district"),
    Unit(id="d/a", label="khối cấp huyện", short_label="cấp huyện", level="bloc", parent="d"),
    Unit(id="d/c", label="khối cấp xã", short_label="cấp xã", level="bloc", parent="d"),
    Unit(id="d/a/tp", label="Phòng Tư pháp", level="agency", parent="d/a"),
    Unit(
        id="d/c/dn",
        label="UBND thị trấn Đại Ngãi",
        short_label="thị trấn Đại Ngãi",
        level="commune",
        parent="d/c",
    ),
    Unit(id="d/c/ph", label="UBND xã Phú Hữu", short_label="xã Phú Hữu", level="commune", parent="d/c"),
    Unit(id="d/c/ld", label="UBND xã Long Đức", short_label="xã Long Đức", level="commune", parent="d/c"),
)

INSTRUMENTS = (
    Instrument(
        key="chinh-phu/2019/17-nq-cp",
        kind="Nghị quyết",
        number="17/NQ-CP",
        title="phát triển Chính phủ điện tử",
        issuer="Chính phủ",
        issued=date(2019, 3, 7),
        grade="B",
    ),
    Instrument(
        key="long-phu/2020/09-kh-ubnd",
        kind="Kế hoạch",
        number="09/KH-UBND",
        title="ứng dụng công nghệ thông tin năm 2020",
        issuer="Ủy ban nhân dân huyện Long Phú",
        issued=date(2020, 2, 4),
        grade="A",
    ),
    Instrument(
        key="undated", kind="Chỉ thị", number="34/CT", title="thư điện tử", issuer="Thủ tướng", grade="B"
    ),
    Instrument(
        key="law",
        kind="Luật Công nghệ thông tin",
        number="",
        title="luật khung",
        issuer="Quốc hội",
        issued=date(2006, 6, 29),
        grade="A",
    ),
)


def count(name: str, label: str, unit_of_measure: str, **more: Any) -> Indicator:
    return Indicator(
        id=name,
        label=label,
        unit_of_measure=unit_of_measure,
        type="count",
        levels=LEVELS,
        description="…",
        **more,
    )


INDICATORS = (
    count("documents.outgoing", "Tổng số văn bản đi", "văn bản", phrases=("văn bản đi",)),
    count(
        "documents.outgoing_electronic",
        "Văn bản đi gửi dưới dạng điện tử",
        "văn bản",
        phrases=("gửi qua mạng", "văn bản điện tử"),
    ),
    count("signatures.signed", "Văn bản điện tử đã ký số", "văn bản"),
    count("dossiers.received_total", "Tổng số hồ sơ tiếp nhận", "hồ sơ"),
    count("dossiers.resolved", "Tổng số hồ sơ đã giải quyết", "hồ sơ"),
    count("dossiers.resolved_late", "Hồ sơ giải quyết trễ hạn", "hồ sơ"),
    count(
        "online.dossiers",
        "Hồ sơ nhận trực tuyến",
        "hồ sơ",
        parts=("online.land", "online.other"),
        assume_zero=("online.other",),
    ),
    count("online.land", "Hồ sơ đất đai", "hồ sơ"),
    count("online.other", "Hồ sơ khác", "hồ sơ"),
    count("signatures.bodies", "Số cơ quan, đơn vị", "cơ quan", from_register="bodies"),
    Indicator(
        id="mailbox.share",
        label="Tỷ lệ dùng hộp thư công vụ",
        unit_of_measure="%",
        type="percent",
        levels=("district", "bloc"),
        description="…",
    ),
)


def rate(name: str, label: str, numerator: str, denominator: str) -> Rate:
    return Rate(id=name, label=label, numerator=numerator, denominator=denominator, levels=LEVELS)


RATES = (
    rate(
        "documents.electronic", "Tỷ lệ văn bản điện tử", "documents.outgoing_electronic", "documents.outgoing"
    ),
    rate("signatures.share", "Tỷ lệ văn bản ký số", "signatures.signed", "documents.outgoing_electronic"),
    rate("dossiers.late", "Tỷ lệ trễ hạn", "dossiers.resolved_late", "dossiers.resolved"),
    rate("online.share", "Tỷ lệ hồ sơ trực tuyến", "online.dossiers", "dossiers.received_total"),
)

AREAS = tuple(
    Area(id=name, title=title)
    for name, title in (
        ("dossiers", "Hồ sơ"),
        ("documents", "Văn bản"),
        ("signatures", "Ký số"),
        ("mailbox", "Hộp thư"),
        ("online", "Dịch vụ công"),
        ("report", "Báo cáo"),
    )
)


RESOLUTION_17 = Citation(instrument="chinh-phu/2019/17-nq-cp", grade="B")
PLAN_09 = Citation(instrument="long-phu/2020/09-kh-ubnd", grade="R")


def percent(number: Fraction | int) -> Quantity:
    return Quantity(exact=Fraction(number), text=format_percent(number))


@dataclass
class Bench:
    """A run put together by hand."""

    rules: list[Rule] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    previous: list[Submission] = field(default_factory=list)
    last_year: list[Submission] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    earlier: list[EarlierContradiction] = field(default_factory=list)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def task(self, group: str | None, action: str = "Làm việc ấy.", **more: Any) -> TaskTemplate:
        words = {"lead": "Văn phòng", "due": "period_end", "expected": "Xong việc.", **more}
        return TaskTemplate.model_validate({"group": group, "action": action, **words})

    def rule(self, rule_id: str, area: str, kind: str = "target", **more: Any) -> Rule:
        particulars = {
            "title": f"Yêu cầu {rule_id}",
            "severity": "must_explain",
            "applies_to": ("district", "bloc", "agency", "commune"),
            "effective_from": date(2020, 1, 1),
            "fix": "Xem lại số liệu.",
            **more,
        }
        made = Rule.model_validate({"id": rule_id, "area": area, "kind": kind, **particulars})
        self.rules.append(made)
        return made

    def electronic_rule(self, **more: Any) -> Rule:
        """At least 90 % of documents sent electronically."""
        words = {
            "measure": "documents.electronic",
            "at_least": "documents.electronic",
            "strength": "Văn bản điện tử đạt {{ measured | ty_le }}.",
            "limitation": "Văn bản điện tử mới đạt {{ measured | ty_le }}.",
            "tasks": (
                self.task("push", "Gửi văn bản điện tử."),
                self.task("keep", "Giữ văn bản điện tử."),
            ),
        }
        return self.rule("DOC-01", "documents", **(words | more))

    def steady_rule(self, **more: Any) -> Rule:
        """The share of electronic documents is not lower than before."""
        words = {
            "severity": "advisory",
            "check": "rate.documents.electronic >= previous.rate.documents.electronic",
            "limitation": "Văn bản điện tử còn {{ measured | ty_le }}, giảm {{ gap | diem_phan_tram }} "
            "so với kỳ trước ({{ expected | ty_le }}).",
            "tasks": (self.task("push", "Tìm nguyên nhân giảm."),),
        }
        return self.rule("PLA-08", "documents", "plausibility", **(words | more))

    def hold(self, unit: str, before: Fraction | int, now: Fraction | int, **more: Any) -> Outcome:
        """The outcome of the steady rule on a rate then and now."""
        verdict = "pass" if now >= before else "fail"
        evidence = {
            "measured": percent(now),
            "expected": percent(before),
            "difference": percent(now - before),
        }
        return self.add("PLA-08", unit, verdict, **evidence, **more)

    def late_rule(self, **more: Any) -> Rule:
        """No dossier late."""
        words = {
            "check": "dossiers.resolved_late == 0",
            "strength": "Không có hồ sơ trễ hạn.",
            "limitation": "Còn hồ sơ trễ hạn{% if units %} tại {{ units | danh_sach_don_vi }}{% endif %}.",
            "tasks": (
                self.task("remedy", "Xin lỗi.", lead="{{ units | danh_sach_don_vi }}", due="07-31"),
                self.task("keep", "Không để trễ hạn."),
            ),
        }
        return self.rule("DOS-07", "dossiers", **(words | more))

    def balance_rule(self, **more: Any) -> Rule:
        """Dossiers received are dossiers resolved."""
        words = {
            "severity": "must_fix",
            "check": "dossiers.received_total == dossiers.resolved",
            "fix": "Đối chiếu với phần mềm.",
        }
        return self.rule("DOS-03", "dossiers", "consistency", **(words | more))

    def report(self, unit: str, *, reported_by: str = "", **figures: object) -> None:
        """Figures of the period by `area__name`; an `Observation` is taken as it is."""
        self.submissions.append(_submit(unit, PERIOD, reported_by or unit, figures))

    def report_before(self, unit: str, **figures: object) -> None:
        """Figures of the period before."""
        self.previous.append(_submit(unit, PERIOD.previous, unit, figures))

    def report_last_year(self, unit: str, **figures: object) -> None:
        """Figures of the same half of the year before."""
        self.last_year.append(_submit(unit, PERIOD.same_last_year, unit, figures))

    def contradict_then(self, unit: str, *names: str, rule: str = "DOC-09", last_year: bool = False) -> str:
        """That the unit's figures of the period before contradict each other; the id."""
        period = str(PERIOD.same_last_year if last_year else PERIOD.previous)
        name = f"{rule}@{unit}@{period}"
        self.earlier.append(
            EarlierContradiction(
                id=name,
                rule=rule,
                title="Văn bản điện tử không nhiều hơn văn bản đi",
                unit=unit,
                period=period,
                reason="không khớp.",
                disputes={unit: names},
            )
        )
        return name

    def find(self, rule_id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == rule_id)

    def add(self, rule_id: str, unit: str, outcome: str, **more: Any) -> Outcome:
        """An outcome of a rule of the bench."""
        rule = self.find(rule_id)
        words = {"severity": rule.severity, "period": str(PERIOD), "citation": rule.citation, **more}
        grade = words["citation"].grade if words["citation"] else None
        named = {"rule": rule.id, "kind": rule.kind, "area": rule.area, "unit": unit, "outcome": outcome}
        made = Outcome.model_validate({**named, "grade": grade, **words})
        self.outcomes.append(made)
        return made

    def compare(self, rule_id: str, unit: str, goal: int = 90, **more: Any) -> Outcome:
        """The outcome of a target over a rate, decided on the figures of the bench."""
        rule = self.find(rule_id)
        measured = self._rate(rule, unit)
        met = measured <= goal if rule.at_most else measured >= goal
        evidence = {
            "measured": percent(measured),
            "target": percent(goal),
            "difference": None if met else percent(measured - goal),
            "operands": {f"rate.{rule.measure}": _operand(measured)},
            "citation": RESOLUTION_17,
        }
        return self.add(rule_id, unit, "pass" if met else "fail", **(evidence | more))

    def _rate(self, rule: Rule, unit: str) -> Fraction:
        rate = next(rate for rate in RATES if rate.id == rule.measure)
        values = next(one for one in self.submissions if one.unit == unit).values
        part, whole = values[rate.numerator], values[rate.denominator]
        assert isinstance(part, int)
        assert isinstance(whole, int)
        return Fraction(part, whole) * 100

    @property
    def pack(self) -> RulePack:
        header = PackHeader(
            id="test",
            title="…",
            version="1.0.0",
            jurisdiction="…",
            effective_from=date(2020, 1, 1),
            changelog=(
                Change(
                    version="1.0.0",
                    released=date(2020, 1, 1),
                    kind="added",
                    affects_from=date(2020, 1, 1),
                    reason="…",
                ),
            ),
        )
        return RulePack(
            header=header,
            chain=(header,),
            areas=AREAS,
            approximation=Approximation(),
            units=UNITS,
            instruments=INSTRUMENTS,
            indicators=INDICATORS,
            rates=RATES,
            targets=(),
            rules=tuple(self.rules),
        )

    @property
    def check(self) -> Check:
        failed = [outcome for outcome in self.outcomes if outcome.outcome == "fail"]
        return Check(
            accepted="accepted",
            submissions=tuple(
                SubmissionResult(
                    unit=one.unit,
                    period=str(one.period),
                    accepted="accepted",
                    missing=self.missing.get(one.unit, ()),
                )
                for one in self.submissions
            ),
            manifest=Manifest(engine="1", packs=(), inputs=(), as_of=date(2020, 6, 30), rules=()),
            outcomes=tuple(self.outcomes),
            findings=tuple(map(self._finding, failed)),
            pack=self.pack,
            reported=tuple(self.submissions),
            previous=tuple(self.previous),
            last_year=tuple(self.last_year),
            earlier_contradictions=tuple(self.earlier),
        )

    def _finding(self, outcome: Outcome) -> Finding:
        rule = self.find(outcome.rule)
        return Finding(
            id=outcome.id,
            rule=rule.id,
            title=rule.title,
            unit=outcome.unit,
            area=outcome.area,
            kind=outcome.kind,
            severity=outcome.severity,
            message=f"Sai lệch của {outcome.rule}.",
            fix=rule.fix,
        )

    def scope(self, unit: str | None = None) -> Scope:
        return Scope(self.check, unit)

    def assess(self, unit: str | None = None) -> Assessment:
        return compose_assessment(self.check, unit)


def _submit(unit: str, period: Period, reported_by: str, figures: dict[str, object]) -> Submission:
    named = {key.replace("__", "."): value for key, value in figures.items()}
    observations = {
        name: value
        if isinstance(value, Observation)
        else Observation.model_validate({"indicator": name, "value": value, "as_written": str(value)})
        for name, value in named.items()
    }
    return Submission(
        unit=unit,
        period=period,
        reported_by=reported_by,
        provenance="reported",
        observations=observations,
    )


def _operand(exact: Fraction) -> Operand:
    value = f"{exact.numerator}/{exact.denominator}"
    return Operand(value=value, text=format_percent(exact), as_written="")


@pytest.fixture
def bench() -> Bench:
    return Bench()
