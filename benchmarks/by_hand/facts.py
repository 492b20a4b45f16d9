"""What does an analyst know of the rules of Long Phú by heart, whatever the tool?

Nothing here is read from the pack: what changes there has to be changed here as well.
"""

from __future__ import annotations

DISTRICT, BLOC, AGENCY, COMMUNE = range(4)
EVERYWHERE = (DISTRICT, BLOC, AGENCY, COMMUNE)
TOGETHER = (DISTRICT, BLOC)
MILLION = 1_000_000
"""Percentages and amounts are whole millionths."""

CODES = (
    "not_applicable/other_level",
    "not_applicable/not_yet_effective",
    "not_applicable/derived_unit",
    "not_applicable/excerpt",
    "not_applicable/condition",
    "not_applicable/no_target",
    "not_applicable/no_children_report",
    "not_applicable/none_due",
    "not_applicable/not_stated",
    "not_applicable/nothing_cited",
    "no_data/not_reported",
    "no_data/no_previous",
    "no_data/zero_denominator",
    "no_data/circular",
    "no_data/no_children",
    "no_data/children",
    "no_data/not_stated",
    "no_data/no_window",
    "no_data/denominator_unsettled",
    "no_data/few_peers",
    "pass/holds",
    "pass/met",
    "pass/met_by_all",
    "pass/ranges_meet",
    "pass/rollup_equal",
    "pass/rollup_at_least",
    "pass/stated_right",
    "pass/present",
    "pass/together",
    "pass/all_submitted",
    "pass/near_peers",
    "fail/differs",
    "fail/does_not_hold",
    "fail/missed",
    "fail/not_yet_reached",
    "fail/missed_overdue",
    "fail/not_yet_reached_by_all",
    "fail/missed_overdue_by_all",
    "fail/ranges_apart",
    "fail/rollup_exceeded",
    "fail/rollup_unequal",
    "fail/stated_by_rounding",
    "fail/stated_wrong",
    "fail/not_present",
    "fail/not_together",
    "fail/not_submitted",
    "fail/far_from_peers",
)
"""What a result column points to."""

BILLION = 1_000_000_000
LIMITS = {
    "portal.articles": MILLION,
    "portal.sections_published": 10,
    "one_stop.coverage": 100 * MILLION,
    "one_stop.procedures_in_authority": 100_000,
    "one_stop.procedures_entered": 100_000,
    "dossiers.received_total": BILLION,
    "dossiers.received_online": BILLION,
    "dossiers.received_direct": BILLION,
    "dossiers.carried_over": BILLION,
    "dossiers.resolved": BILLION,
    "dossiers.resolved_early": BILLION,
    "dossiers.resolved_on_day": BILLION,
    "dossiers.resolved_in_time": BILLION,
    "dossiers.resolved_late": BILLION,
    "dossiers.pending": BILLION,
    "dossiers.pending_in_time": BILLION,
    "dossiers.pending_overdue": BILLION,
    "dossiers.returned_or_withdrawn": BILLION,
    "dossiers.apologies_sent": BILLION,
    "postal.procedures_registered": 100_000,
    "postal.received": BILLION,
    "postal.returned": BILLION,
    "postal.total": 2 * BILLION,
    "documents.outgoing": BILLION,
    "documents.outgoing_electronic": BILLION,
    "signatures.signed": BILLION,
    "signatures.bodies": 100_000,
    "signatures.bodies_signing": 100_000,
    "mailbox.share": 100 * MILLION,
    "equipment.internet_share": 100 * MILLION,
    "equipment.lan_share": 100 * MILLION,
    "budget.spent": MILLION * MILLION,
    "communication.broadcasts": 100_000,
    "communication.minutes_each": 1440,
    "communication.minutes_total": 10 * MILLION,
    "online.procedures": 200_000,
    "online.procedures_level3": 100_000,
    "online.procedures_level4": 100_000,
    "online.dossiers": BILLION,
    "online.land_online": BILLION,
    "online.household_online": BILLION,
    "online.construction_online": BILLION,
    "online.trade_online": BILLION,
    "online.other_online": BILLION,
    "online.land_total": BILLION,
    "online.household_total": BILLION,
    "online.construction_total": BILLION,
    "online.trade_total": BILLION,
    "online.other_total": BILLION,
    "online.fields_total": BILLION,
}
"""The greatest figure of each number that a rule looks at; the least is 0."""
PARTS = {
    "dossiers.resolved_in_time": ("dossiers.resolved_early", "dossiers.resolved_on_day"),
    "dossiers.resolved": ("dossiers.resolved_in_time", "dossiers.resolved_late"),
    "dossiers.pending": ("dossiers.pending_in_time", "dossiers.pending_overdue"),
    "dossiers.received_total": (
        "dossiers.received_online",
        "dossiers.received_direct",
        "dossiers.carried_over",
    ),
    "postal.total": ("postal.received", "postal.returned"),
    "online.procedures": ("online.procedures_level3", "online.procedures_level4"),
    "online.dossiers": (
        "online.land_online",
        "online.household_online",
        "online.construction_online",
        "online.trade_online",
        "online.other_online",
    ),
    "online.fields_total": (
        "online.land_total",
        "online.household_total",
        "online.construction_total",
        "online.trade_total",
        "online.other_total",
    ),
}
OFTEN_BLANK = ("dossiers.pending_overdue", "online.other_online", "online.other_total")
"""Parts that count as 0 where nothing was reported."""

LISTS = (
    "one_stop.procedures_in_authority",
    "one_stop.procedures_entered",
    "postal.procedures_registered",
    "signatures.bodies_signing",
    "online.procedures",
    "online.procedures_level3",
    "online.procedures_level4",
)
"""Adds up to the district only."""
WORK = (
    *(name for name in LIMITS if name.startswith("dossiers.")),
    "postal.received",
    "postal.returned",
    "postal.total",
    "documents.outgoing",
    "documents.outgoing_electronic",
    "signatures.signed",
    "budget.spent",
    "online.dossiers",
    *PARTS["online.dossiers"],
    *PARTS["online.fields_total"],
    "online.fields_total",
)
"""Adds up to the bloc and to the district."""
BEFORE = (
    "unit",
    "dossiers.pending",
    "dossiers.received_total",
    "portal.articles",
    "postal.total",
    "documents.outgoing",
    "documents.outgoing_electronic",
    "signatures.signed",
    "mailbox.share",
    "budget.spent",
    "communication.broadcasts",
    "online.dossiers",
)
YEAR_BEFORE = ("unit", "dossiers.received_total")
RATES = {
    "one_stop.entered": ("one_stop.procedures_entered", "one_stop.procedures_in_authority", EVERYWHERE),
    "dossiers.in_time": ("dossiers.resolved_in_time", "dossiers.resolved", EVERYWHERE),
    "dossiers.late": ("dossiers.resolved_late", "dossiers.resolved", EVERYWHERE),
    "dossiers.resolution": ("dossiers.resolved", "dossiers.received_total", EVERYWHERE),
    "dossiers.in_time_of_received": ("dossiers.resolved_in_time", "dossiers.received_total", EVERYWHERE),
    "postal.share": ("postal.total", "dossiers.received_total", TOGETHER),
    "documents.electronic": ("documents.outgoing_electronic", "documents.outgoing", EVERYWHERE),
    "signatures.share": ("signatures.signed", "documents.outgoing_electronic", EVERYWHERE),
    "signatures.coverage": ("signatures.bodies_signing", "signatures.bodies", TOGETHER),
    "online.share": ("online.dossiers", "dossiers.received_total", EVERYWHERE),
    "online.fields": ("online.dossiers", "online.fields_total", EVERYWHERE),
    "online.land": ("online.land_online", "online.land_total", EVERYWHERE),
    "online.household": ("online.household_online", "online.household_total", EVERYWHERE),
    "online.construction": ("online.construction_online", "online.construction_total", EVERYWHERE),
    "online.trade": ("online.trade_online", "online.trade_total", EVERYWHERE),
    "online.level4_of_procedures": ("online.procedures_level4", "one_stop.procedures_in_authority", TOGETHER),
    "online.level4_of_services": ("online.procedures_level4", "online.procedures", TOGETHER),
}


LEVELS = ("district", "bloc", "agency", "commune")
PLACES = 6
"""Decimals that are kept of a percentage."""
FIELDS = {"ONL-06": "land", "ONL-07": "household", "ONL-08": "construction", "ONL-09": "trade"}
"""Fields of which online and all dossiers are reported together."""
MILLIONTHS = (
    "one_stop.coverage",
    "mailbox.share",
    "equipment.internet_share",
    "equipment.lan_share",
    "budget.spent",
)
PEERS = {"PLA-06": ("dossiers.late", 5), "PLA-07": ("documents.electronic", 30)}
"""Rates that are held against the median of the units beside, and how many points are far from it."""
FEWEST_PEERS = 8
DISTANT = 10**18
"""Two shares of figures up to a billion that are not equal differ by more than one in this many."""
AGENCIES = (
    "van-phong-hdnd-ubnd",
    "phong-noi-vu",
    "phong-tu-phap",
    "phong-tai-chinh-ke-hoach",
    "phong-tai-nguyen-moi-truong",
    "phong-lao-dong-thuong-binh-xa-hoi",
    "phong-van-hoa-thong-tin",
    "phong-giao-duc-dao-tao",
    "phong-y-te",
    "phong-kinh-te-ha-tang",
    "phong-nong-nghiep-ptnt",
    "thanh-tra-huyen",
)
COMMUNES = (
    "thi-tran-long-phu",
    "thi-tran-dai-ngai",
    "xa-truong-khanh",
    "xa-song-phung",
    "xa-tan-hung",
    "xa-long-phu",
    "xa-phu-huu",
    "xa-hau-thanh",
    "xa-chau-khanh",
    "xa-tan-thanh",
    "xa-long-duc",
)
_HOME = "soc-trang/long-phu"
REGISTER = (
    (_HOME, "district", None),
    (f"{_HOME}/cap-huyen", "bloc", _HOME),
    (f"{_HOME}/cap-xa", "bloc", _HOME),
    *((f"{_HOME}/cap-huyen/{name}", "agency", f"{_HOME}/cap-huyen") for name in AGENCIES),
    *((f"{_HOME}/cap-xa/{name}", "commune", f"{_HOME}/cap-xa") for name in COMMUNES),
)
"""The units of Long Phú with level and parent: they are due whether or not the file has them."""


class BeyondRangeError(ValueError):
    """A figure lies beyond what is plausible at all."""
