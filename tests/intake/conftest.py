"""A pack of a few units and indicators, made from the models: reading submissions needs no rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.legal import Instrument
from compliance.model.rulepack import Approximation, Area, Indicator, PackHeader, Rate, RulePack
from compliance.model.submission import Unit

if TYPE_CHECKING:
    from compliance.model.submission import Level

DISTRICT = "soc-trang/long-phu"
EVERY_LEVEL: tuple[Level, ...] = ("district", "bloc", "commune")


def indicator(name: str, label: str, kind: Any = "count", **fields: Any) -> Indicator:
    given = {"levels": EVERY_LEVEL, "unit_of_measure": "hồ sơ", "description": label} | fields
    return Indicator(id=name, label=label, type=kind, **given)


INDICATORS = (
    indicator("portal.articles", "Tin, bài đã đăng", levels=("district",)),
    indicator("portal.hotline_published", "Đã công khai đường dây nóng", "boolean"),
    indicator(
        "one_stop.coverage", "Tỷ lệ bộ phận có hệ thống một cửa điện tử", "percent", maximum=Decimal(100)
    ),
    indicator("dossiers.received_total", "Hồ sơ tiếp nhận"),
    indicator("dossiers.resolved", "Hồ sơ đã giải quyết"),
    indicator("dossiers.resolved_late", "Hồ sơ giải quyết quá hạn"),
    indicator("postal.procedures_registered", "Thủ tục đăng ký qua bưu chính", maximum=Decimal(100_000)),
    indicator("documents.outgoing", "Văn bản đi"),
    indicator("documents.outgoing_electronic", "Văn bản đi gửi điện tử"),
    indicator(
        "budget.spent",
        "Kinh phí đã chi",
        "amount",
        levels=("district",),
        unit_of_measure="triệu đồng",
        maximum=Decimal(1_000_000),
    ),
    indicator("communication.minutes_each", "Thời lượng mỗi buổi", minimum=Decimal(1)),
    indicator("communication.minutes_total", "Tổng thời lượng"),
    indicator("communication.news_items", "Tin, bài"),
    indicator("report.signed_on", "Ngày ký", "date"),
)
RATES = (
    Rate(
        id="dossiers.late",
        label="Tỷ lệ hồ sơ quá hạn",
        numerator="dossiers.resolved_late",
        denominator="dossiers.resolved",
        levels=EVERY_LEVEL,
    ),
    Rate(
        id="documents.electronic",
        label="Tỷ lệ văn bản gửi điện tử",
        numerator="documents.outgoing_electronic",
        denominator="documents.outgoing",
        levels=EVERY_LEVEL,
    ),
)
UNITS = (
    Unit(id=DISTRICT, label="huyện Long Phú", level="district"),
    Unit(id=f"{DISTRICT}/cap-xa", label="khối cấp xã", level="bloc", parent=DISTRICT),
    Unit(
        id=f"{DISTRICT}/cap-xa/xa-phu-huu", label="xã Phú Hữu", level="commune", parent=f"{DISTRICT}/cap-xa"
    ),
    Unit(
        id=f"{DISTRICT}/cap-xa/xa-tan-thanh",
        label="xã Tân Thạnh",
        level="commune",
        parent=f"{DISTRICT}/cap-xa",
    ),
)
PLAN_09 = Instrument(
    key="long-phu/2020/09-kh-ubnd",
    kind="Kế hoạch",
    number="09/KH-UBND",
    title="ứng dụng công nghệ thông tin năm 2020",
    issuer="UBND huyện Long Phú",
    grade="R",
)


@pytest.fixture(scope="session")
def pack() -> RulePack:
    header = PackHeader(
        id="mau-2020",
        title="Bộ quy tắc mẫu",
        version="1.0.0",
        jurisdiction="huyện Long Phú",
        effective_from=date(2020, 1, 1),
        changelog=(),
    )
    areas = dict.fromkeys(item.area for item in INDICATORS)
    return RulePack(
        header=header,
        chain=(header,),
        areas=tuple(Area(id=area, title=area) for area in areas),
        approximation=Approximation(),
        units=UNITS,
        instruments=(PLAN_09,),
        indicators=INDICATORS,
        rates=RATES,
        targets=(),
        rules=(),
    )
