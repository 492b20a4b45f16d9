"""How would an analyst write the rules of Long Phú in SQL for DuckDB, once and by hand?

The same rules, in the same steps, as `in_polars`; a file in, outcomes in words and a summary out.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb

from benchmarks.by_hand import in_polars as rules
from benchmarks.by_hand.in_polars import (
    AGENCY,
    BLOC,
    COMMUNE,
    DISTRICT,
    EVERYWHERE,
    LISTS,
    OFTEN_BLANK,
    PARTS,
    RATES,
    TOGETHER,
    WORK,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Step = tuple[str, str]
MILLION = 1_000_000
ADDED = tuple(dict.fromkeys((*WORK, *LISTS)))
_DERIVED_LAST = ("dossiers.resolved", "dossiers.received_total")


def run(source: Path, folder: Path) -> None:
    """From a parquet file of submissions to outcomes in words, a row each, and a summary."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with duckdb.connect() as base:
        base.execute(f"CREATE TABLE written AS FROM read_parquet('{source}')")
        for statement in (_UNITS, _periods(), _rows(), *map(_parents, (1, 2)), _joined(), _children()):
            base.execute(statement)
            _check_ranges(base)
        base.execute(_decided())
        _write(base, folder)


def _check_ranges(base: duckdb.DuckDBPyConnection) -> None:
    tables = {name for (name,) in base.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "rows" not in tables:
        return
    beyond = [f'min("{name}") < 0 OR max("{name}") > {most}' for name, most in rules.LIMITS.items()]
    (found,) = base.execute(f"SELECT {' OR '.join(beyond)} FROM rows").fetchone() or (True,)
    if found:
        raise rules.BeyondRangeError


_UNITS = """
CREATE TABLE units AS
WITH named AS (
    SELECT row_number() OVER (ORDER BY unit) AS unit_number, unit, parent,
           split_part(unit, '/', 1) AS province,
           list_position(['district', 'bloc', 'agency', 'commune'], level) - 1 AS level
    FROM (SELECT DISTINCT unit, level, parent FROM written)
), numbered AS (
    SELECT named.*, above.unit_number AS parent_number
    FROM named LEFT JOIN named AS above ON named.parent = above.unit
), below AS (
    SELECT parent_number, count(*) AS children, count(*) FILTER (level = 1) AS blocs,
           count(*) FILTER (level >= 2) AS bodies
    FROM numbered GROUP BY parent_number
), counted AS (
    SELECT numbered.*, coalesce(children, 0) AS children, coalesce(blocs, 0) AS blocs,
           coalesce(bodies, 0) AS own
    FROM numbered LEFT JOIN below ON numbered.unit_number = below.parent_number
), deeper AS (
    SELECT parent_number, sum(own)::BIGINT AS bodies FROM counted GROUP BY parent_number
)
SELECT counted.* EXCLUDE (own, parent), own + coalesce(deeper.bodies, 0) AS bodies,
       CASE level WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END AS height
FROM counted LEFT JOIN deeper ON counted.unit_number = deeper.parent_number
"""


def _periods() -> str:
    return """
CREATE TABLE periods AS
SELECT number AS period, (start + INTERVAL 6 MONTH)::DATE - 1 AS period_end,
       (start + INTERVAL 6 MONTH)::DATE - start AS period_days
FROM (SELECT number, make_date(number // 2, 1 + 6 * (number % 2), 1) AS start
      FROM (SELECT unnest(range(4000, 4100)) AS number))
"""


def _rows() -> str:
    """Rows with what stands above and below their units, wholes from their parts where not reported."""
    scaled = ", ".join(f'"{name}" * {MILLION} AS "{name}"' for name in rules.MILLIONTHS)
    stated = ", ".join(f'"{name}" * {MILLION} AS "stated.{name}"' for name in rules.STATED)
    left = ", ".join(f'"{name}"' for name in ("period", "level", "parent", *rules.MILLIONTHS, *rules.STATED))
    opened = f"""
    SELECT written.* EXCLUDE ({left}), {scaled}, {stated}, data_to - data_from + 1 AS window_days,
           substr(period, 1, 4)::BIGINT * 2 + substr(period, 7, 1)::BIGINT - 1 AS period
    FROM written
"""
    reported = ", ".join(f'"{name}" IS NULL AS "no:{name}"' for name in PARTS)
    joined = f"""
    SELECT opened.* EXCLUDE ("signatures.bodies"), units.* EXCLUDE (unit),
           unit_number * 10000 + period AS key, parent_number * 10000 + period AS parent_key,
           false AS is_derived, {reported},
           coalesce("signatures.bodies", CASE WHEN bodies > 0 THEN bodies END) AS "signatures.bodies"
    FROM ({opened}) AS opened JOIN units USING (unit)
"""
    return f"CREATE TABLE rows AS {_add_up(joined)}"


def _add_up(source: str) -> str:
    first = ", ".join(_from_parts(name) for name in PARTS if name not in _DERIVED_LAST)
    last = ", ".join(_from_parts(name) for name in _DERIVED_LAST)
    return f"SELECT * REPLACE ({last}) FROM (SELECT * REPLACE ({first}) FROM ({source}))"


def _from_parts(name: str) -> str:
    return f'coalesce("{name}", {_sum(PARTS[name])}) AS "{name}"'


def _sum(parts: Sequence[str]) -> str:
    return " + ".join(f'coalesce("{part}", 0)' if part in OFTEN_BLANK else f'"{part}"' for part in parts)


def _parents(height: int) -> str:
    """A row for each parent without one whose units all have one."""
    names = ADDED if height > 1 else tuple(dict.fromkeys(WORK))
    sums = ", ".join(
        f'CASE WHEN count("{name}") = count(*) THEN sum("{name}")::BIGINT END AS "{name}"' for name in names
    )
    one = "count(DISTINCT data_from) = 1 AND count(data_from) = count(*) AND count(DISTINCT window_days) = 1"
    reported = ", ".join(
        (f'"{name}" IS NULL' if name in names else "true") + f' AS "no:{name}"' for name in PARTS
    )
    blank = ", ".join(
        f'NULL::BIGINT AS "{name}"'
        for name in sorted({*PARTS, *rules.LIMITS, *ADDED} - {*names})
        if name != "signatures.bodies"
    )
    made = f"""
    SELECT below.* EXCLUDE (reports), units.*, below.parent_key AS key,
           units.parent_number * 10000 + period AS next_key, true AS is_derived, {reported}, {blank},
           CASE WHEN bodies > 0 THEN bodies END AS "signatures.bodies"
    FROM (
        SELECT parent_key, any_value(parent_number) AS above, any_value(period) AS period,
               max(report_date) AS report_date, count(*) AS reports,
               CASE WHEN {one} THEN any_value(data_from) END AS data_from,
               CASE WHEN {one} THEN any_value(window_days) END AS window_days, {sums}
        FROM rows WHERE parent_key IS NOT NULL GROUP BY parent_key
    ) AS below JOIN units ON below.above = units.unit_number
    WHERE units.height = {height} AND reports = children
      AND below.parent_key NOT IN (SELECT key FROM rows)
"""
    added = _add_up(made)
    return f"""
INSERT INTO rows BY NAME
SELECT * EXCLUDE (above, parent_key, next_key), next_key AS parent_key FROM ({added})
"""


def _joined() -> str:
    """Rows with the half-years before and what was carried over."""
    before = ", ".join(f'before."{name}" AS "before.{name}"' for name in rules.BEFORE)
    year = ", ".join(f'year."{name}" AS "year.{name}"' for name in rules.YEAR_BEFORE)
    carried = "dossiers.carried_over"
    return f"""
CREATE OR REPLACE TABLE rows AS
SELECT * REPLACE (
    CASE WHEN "no:dossiers.received_total" THEN {_sum(PARTS["dossiers.received_total"])}
         ELSE "dossiers.received_total" END AS "dossiers.received_total"
) FROM (
    SELECT rows.* REPLACE (coalesce(rows."{carried}", before."dossiers.pending") AS "{carried}"),
           rows."{carried}" IS NULL AS is_opening, {before}, {year}, period_days,
           coalesce(rows.report_date, period_end) AS law_date
    FROM rows JOIN periods USING (period)
    LEFT JOIN rows AS before ON rows.key = before.key + 1
    LEFT JOIN rows AS year ON rows.key = year.key + 2
)
"""


def _children() -> str:
    """What the units right below come to."""
    sums = ", ".join(
        f'sum("{name}")::BIGINT AS "sum.{name}", count("{name}") AS "given.{name}"' for name in ADDED
    )
    return f"""
CREATE TABLE below AS
SELECT parent_key AS key, {sums} FROM rows WHERE parent_key IS NOT NULL GROUP BY parent_key
"""


def _decided() -> str:
    columns = ", ".join(f'{text} AS "{name}"' for name, text in _rules().items())
    return f"""
CREATE TABLE decided AS
SELECT unit, period, level, province, {columns}
FROM rows LEFT JOIN below USING (key)
"""


def _write(base: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Outcomes in words, and how many submissions came out how."""
    words = ", ".join(
        f"({place}, '{outcome}', '{reason}')"
        for place, (outcome, reason) in enumerate(code.split("/") for code in rules.CODES)
    )
    base.execute(f"CREATE TABLE codes AS FROM (VALUES {words}) AS named (code, outcome, reason_code)")
    listed = ", ".join(f'"{name}"' for name in _rules())
    half = "(period // 2)::VARCHAR || '-H' || (period % 2 + 1)::VARCHAR"
    long = f"(UNPIVOT decided ON {listed} INTO NAME rule VALUE code)"
    base.execute(f"""
COPY (
    SELECT unit, {half} AS period, rule, outcome, reason_code FROM {long} JOIN codes USING (code)
) TO '{folder / "outcomes.parquet"}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {MILLION})
""")
    levels = "['district', 'bloc', 'agency', 'commune'][level + 1]"
    base.execute(f"""
COPY (
    SELECT rule, {levels} AS level, province, {half} AS period, outcome, reason_code, submissions
    FROM (SELECT rule, level, province, period, code, count(*) AS submissions FROM {long} GROUP BY ALL)
    JOIN codes USING (code) ORDER BY ALL
) TO '{folder / "summary.csv"}' (HEADER)
""")


def _steps(levels: Sequence[int], since: str, *steps: Step, last: str) -> str:
    """The first step that holds decides."""
    first = [(f"law_date < DATE '{since}'", "not_applicable/not_yet_effective")]
    if levels != EVERYWHERE:
        first.insert(0, (f"level NOT IN {(*levels, -1)}", "not_applicable/other_level"))
    cases = " ".join(f"WHEN {condition} THEN {_place(code)}" for condition, code in (*first, *steps))
    return f"(CASE {cases} ELSE {_place(last)} END)::UTINYINT"


def _place(code: str) -> int:
    return rules.CODES.index(code)


def _blank(*names: str) -> Step:
    return " OR ".join(f'"{name}" IS NULL' for name in names), "no_data/not_reported"


def _holds(condition: str) -> Step:
    return condition, "pass/holds"


def _unless(condition: str) -> Step:
    return f"NOT ({condition})", "not_applicable/condition"


NO_EARLIER = ('"before.unit" IS NULL', "no_data/no_previous")
DERIVED = ("is_derived", "not_applicable/derived_unit")
YEAR_2020 = "2020-01-01"


def _rules() -> Mapping[str, str]:
    return {
        **{f"PARTS:{name}": _parts_rule(name) for name in PARTS},
        **{f"RATE:{name}:part": _compare(rate[2], rate[0], "<=", rate[1]) for name, rate in RATES.items()},
        **{f"ROLLUP:{name}": _rollup_rule(name) for name in ADDED},
        **_target_rules(),
        **_dossier_rules(),
        **_other_rules(),
        **_plausibility_rules(),
    }


def _parts_rule(name: str) -> str:
    return _steps(
        EVERYWHERE,
        YEAR_2020,
        (f'"no:{name}" AND "{name}" IS NOT NULL', "no_data/circular"),
        _blank(name, *(part for part in PARTS[name] if part not in OFTEN_BLANK)),
        _holds(f'"{name}" = {_sum(PARTS[name])}'),
        last="fail/differs",
    )


def _compare(levels: Sequence[int], left: str, sign: str, right: str) -> str:
    holds = _holds(f'"{left}" {sign} "{right}"')
    return _steps(levels, YEAR_2020, _blank(left, right), holds, last="fail/differs")


def _rollup_rule(name: str) -> str:
    expected = "blocs" if name == "signatures.bodies_signing" else "children"
    given = f'coalesce("given.{name}", 0)'
    return _steps(
        (DISTRICT,) if name in LISTS else TOGETHER,
        YEAR_2020,
        DERIVED,
        (f"{expected} = 0", "not_applicable/no_children_report"),
        _blank(name),
        (f"{given} = 0", "no_data/children"),
        (f'{given} < {expected} AND "{name}" >= "sum.{name}"', "pass/rollup_at_least"),
        (f"{given} < {expected}", "fail/rollup_exceeded"),
        (f'"{name}" = "sum.{name}"', "pass/rollup_equal"),
        last="fail/rollup_unequal",
    )


def _missed(due: str | None) -> tuple[tuple[Step, ...], str]:
    if due is None:
        return (), "fail/missed"
    return ((f"law_date <= DATE '{due}'", "fail/not_yet_reached"),), "fail/missed_overdue"


def _share_target(levels: Sequence[int], since: str, name: str, due: str | None = None) -> str:
    steps, last = _missed(due)
    met = (f'"{name}" >= {100 * MILLION}', "pass/met")
    return _steps(levels, since, _blank(name), met, *steps, last=last)


def _rate_target(levels: Sequence[int], since: str, rate: str, goal: int, due: str | None = None) -> str:
    above, below, _ = RATES[rate]
    steps, last = _missed(due)
    return _steps(
        levels,
        since,
        _blank(above, below),
        (f'"{below}" = 0', "no_data/zero_denominator"),
        (f'100 * "{above}" >= {goal} * "{below}"', "pass/met"),
        *steps,
        last=last,
    )


def _target_rules() -> Mapping[str, str]:
    march_2019, february_2020, end_2020 = "2019-03-07", "2020-02-04", "2020-12-31"
    level4, listed, offered = (
        "online.procedures_level4",
        "one_stop.procedures_in_authority",
        "online.procedures",
    )
    met_listed, met_offered = (f'100 * "{level4}" >= 30 * "{of}"' for of in (listed, offered))
    return {
        "ONE-01": _share_target((DISTRICT, BLOC, COMMUNE), march_2019, "one_stop.coverage", end_2020),
        "ONE-02": _rate_target(EVERYWHERE, february_2020, "one_stop.entered", 100),
        "DOC-01": _rate_target(EVERYWHERE, march_2019, "documents.electronic", 90, end_2020),
        "SIG-01": _rate_target(TOGETHER, february_2020, "signatures.coverage", 100),
        "MAI-01": _share_target(EVERYWHERE, february_2020, "mailbox.share"),
        "EQU-01": _share_target(EVERYWHERE, february_2020, "equipment.internet_share"),
        "EQU-02": _share_target(EVERYWHERE, february_2020, "equipment.lan_share"),
        "ONL-01": _rate_target((DISTRICT,), march_2019, "online.share", 20, end_2020),
        "ONL-02": _steps(
            (BLOC,),
            march_2019,
            _blank(level4, listed),
            (f'"{listed}" = 0', "no_data/zero_denominator"),
            _blank(offered),
            (f'"{offered}" = 0', "no_data/zero_denominator"),
            (f"{met_listed} AND {met_offered}", "pass/met_by_all"),
            (f"{met_listed} OR {met_offered}", "no_data/denominator_unsettled"),
            (f"law_date <= DATE '{end_2020}'", "fail/not_yet_reached_by_all"),
            last="fail/missed_overdue_by_all",
        ),
        "POR-01": _portal("portal.sections_published", '"portal.sections_published" >= 10', "differs"),
        "POR-02": _portal("portal.hotline_published", '"portal.hotline_published"', "does_not_hold"),
        "POR-03": _portal("portal.procedures_published", '"portal.procedures_published"', "does_not_hold"),
    }


def _portal(name: str, condition: str, reason: str) -> str:
    return _steps((DISTRICT,), "2011-10-01", _blank(name), _holds(condition), last=f"fail/{reason}")


def _everywhere(since: str, *steps: Step, reason: str = "differs") -> str:
    return _steps(EVERYWHERE, since, *steps, last=f"fail/{reason}")


def _dossier_rules() -> Mapping[str, str]:
    june_2018, whole, carried = "2018-06-21", "dossiers.received_total", "dossiers.carried_over"
    late, overdue, apologies = "dossiers.resolved_late", "dossiers.pending_overdue", "dossiers.apologies_sent"
    handled = '"dossiers.resolved" + "dossiers.pending" + coalesce("dossiers.returned_or_withdrawn", 0)'
    in_time, too_late = (f'"stated.{name}"' for name in rules.STATED)
    return {
        "DOS-03": _everywhere(
            june_2018,
            _blank(whole, "dossiers.resolved", "dossiers.pending"),
            _holds(f'"{whole}" = {handled}'),
        ),
        "DOS-04": _everywhere(
            june_2018,
            (f'is_opening AND "{carried}" IS NOT NULL', "no_data/circular"),
            _blank(carried),
            NO_EARLIER,
            _blank("before.dossiers.pending"),
            _holds(f'"{carried}" = "before.dossiers.pending"'),
        ),
        "DOS-07": _everywhere(june_2018, _blank(late), _holds(f'"{late}" = 0')),
        "DOS-08": _everywhere(
            june_2018,
            _blank(late),
            _unless(f'"{late}" > 0'),
            _blank(apologies),
            _holds(f'"{apologies}" >= "{late}"'),
        ),
        "DOS-09": _everywhere(june_2018, _blank(overdue), _holds(f'"{overdue}" = 0')),
        "DOS-10": _steps(
            EVERYWHERE,
            june_2018,
            _blank("dossiers.resolved_in_time", "dossiers.resolved"),
            ('"dossiers.resolved" = 0', "no_data/zero_denominator"),
            last="not_applicable/no_target",
        ),
        "DOS-11": _everywhere(
            YEAR_2020,
            (f"{in_time} IS NULL OR {too_late} IS NULL", "no_data/not_stated"),
            _holds(f"{in_time} + {too_late} = {100 * MILLION}"),
            # two rates rounded to whole points: their sum may be off by one, as halves round up
            _holds(
                f"{in_time} + {too_late} BETWEEN {99 * MILLION + 1} AND {101 * MILLION}"
                f" AND {in_time} NOT IN (0, {100 * MILLION}) AND {too_late} NOT IN (0, {100 * MILLION})"
            ),
        ),
        "PLA-15": _everywhere(
            june_2018,
            _blank(apologies, late),
            _holds(f'"{apologies}" <= "{late}" + coalesce("{overdue}", 0)'),
        ),
    }


def _other_rules() -> Mapping[str, str]:
    listed, whole = "one_stop.procedures_in_authority", "dossiers.received_total"
    electronic, signed = "documents.outgoing_electronic", "signatures.signed"
    broadcasts, each, total = (
        f"communication.{name}" for name in ("broadcasts", "minutes_each", "minutes_total")
    )
    return {
        "ONE-04": _steps(
            (BLOC,),
            YEAR_2020,
            DERIVED,
            _blank(listed),
            ("children = 0", "no_data/no_children"),
            (f'coalesce("given.{listed}", 0) < children', "no_data/children"),
            _holds(f'"{listed}" <= "sum.{listed}"'),
            last="fail/differs",
        ),
        "POS-01": _compare(EVERYWHERE, "postal.received", "<=", whole),
        "POS-02": _compare(EVERYWHERE, "postal.returned", "<=", "dossiers.resolved"),
        "POS-03": _compare(EVERYWHERE, "postal.procedures_registered", "<=", listed),
        "POS-04": _nothing_of(EVERYWHERE, "2016-12-16", "postal.total", "postal.procedures_registered"),
        "DOC-02": _some_of(electronic, "documents.outgoing"),
        "SIG-02": _everywhere(
            "2019-04-05",
            _blank(electronic),
            _unless(f'"{electronic}" > 0'),
            _blank(signed),
            _holds(f'"{signed}" >= "{electronic}"'),
        ),
        "SIG-03": _nothing_of(TOGETHER, YEAR_2020, signed, "signatures.bodies_signing"),
        "SIG-04": _some_of(signed, electronic),
        "COM-01": _steps(
            (DISTRICT,),
            YEAR_2020,
            _blank(total, broadcasts, each),
            (f'"{total}" = "{broadcasts}" * "{each}"', "pass/ranges_meet"),
            last="fail/ranges_apart",
        ),
        "ONL-03": _compare(EVERYWHERE, "online.procedures", "<=", listed),
        "ONL-04": _compare(EVERYWHERE, "dossiers.received_online", "=", "online.dossiers"),
        "ONL-05": _compare(EVERYWHERE, "online.fields_total", "<=", whole),
        "ONL-10": _nothing_of(EVERYWHERE, YEAR_2020, "online.dossiers", "online.procedures"),
    }


def _nothing_of(levels: Sequence[int], since: str, work: str, means: str) -> str:
    steps = (_blank(means), _unless(f'"{means}" = 0'), _blank(work), _holds(f'"{work}" = 0'))
    return _steps(levels, since, *steps, last="fail/differs")


def _some_of(name: str, of: str) -> str:
    steps = (_blank(of), _unless(f'"{of}" > 0'), _blank(name), _holds(f'"{name}" > 0'))
    return _steps((AGENCY, COMMUNE), "2020-02-04", *steps, last="fail/differs")


def _plausibility_rules() -> Mapping[str, str]:
    whole, year, pending, spent = (
        "dossiers.received_total",
        "year.dossiers.received_total",
        "dossiers.pending",
        "budget.spent",
    )
    own, march_2019, in_time = (DISTRICT, AGENCY, COMMUNE), "2019-03-12", '"stated.dossiers.in_time"'
    in_window = (
        _blank(whole),
        _unless(f'"{whole}" > 0'),
        ("window_days IS NULL", "no_data/no_window"),
    )
    return {
        "PLA-01": _steps(
            own, march_2019, *in_window, _holds("window_days >= period_days"), last="fail/differs"
        ),
        "PLA-02": _steps(own, march_2019, *in_window, _holds("window_days <= 184"), last="fail/differs"),
        "PLA-03": _steps(
            (DISTRICT,),
            YEAR_2020,
            (f"{in_time} IS NULL", "no_data/not_stated"),
            _unless(f"{in_time} > 0"),
            _blank("dossiers.resolved", whole),
            _holds(f'"dossiers.resolved" = "{whole}"'),
            last="fail/differs",
        ),
        "PLA-04": _everywhere(
            YEAR_2020,
            ('"year.unit" IS NULL', "no_data/no_previous"),
            _blank(year),
            _unless(f'"{year}" >= 30'),
            _blank(whole),
            _holds(f'"{whole}" <= 2 * "{year}" AND 2 * "{whole}" >= "{year}"'),
            reason="does_not_hold",
        ),
        "PLA-05": _everywhere(
            YEAR_2020,
            NO_EARLIER,
            _blank(f"before.{pending}"),
            _unless(f'"before.{pending}" >= 30'),
            _blank(pending),
            _holds(f'"{pending}" <= 2 * "before.{pending}"'),
        ),
        "PLA-08": _no_less("documents.electronic"),
        "PLA-09": _no_less("signatures.share"),
        "PLA-10": _no_less("online.share"),
        "PLA-11": _not_below((DISTRICT,), "2016-12-16", "postal.total", 1),
        "PLA-12": _not_below((DISTRICT,), YEAR_2020, "portal.articles", 2),
        "PLA-13": _not_below((DISTRICT,), YEAR_2020, "communication.broadcasts", 2),
        "PLA-14": _everywhere(
            YEAR_2020,
            _blank(spent),
            NO_EARLIER,
            _blank(f"before.{spent}"),
            _unless(f'"{spent}" > 0 AND "before.{spent}" > 0'),
            _holds(f'"{spent}" <= 10 * "before.{spent}" AND 10 * "{spent}" >= "before.{spent}"'),
            reason="does_not_hold",
        ),
        "PLA-16": _not_below(own, YEAR_2020, "mailbox.share", 1),
    }


def _not_below(levels: Sequence[int], since: str, name: str, times: int) -> str:
    earlier = f"before.{name}"
    holds = _holds(f'{times} * "{name}" >= "{earlier}"')
    return _steps(levels, since, _blank(name), NO_EARLIER, _blank(earlier), holds, last="fail/differs")


def _no_less(rate: str) -> str:
    above, below, levels = RATES[rate]
    return _steps(
        levels,
        YEAR_2020,
        _blank(above, below),
        (f'"{below}" = 0', "no_data/zero_denominator"),
        NO_EARLIER,
        _blank(f"before.{above}", f"before.{below}"),
        (f'"before.{below}" = 0', "no_data/zero_denominator"),
        _holds(f'"{above}" * "before.{below}" >= "before.{above}" * "{below}"'),
        last="fail/differs",
    )
