"""How does a plan's cell become records, each from its number alone, as SQL?

The dates are days since the period's first, drawn so that a dossier is of the kind that its cell names and
of no other: a late one is received early enough to be late, an overdue one is due before the cut-off, and
nothing is due or resolved before it was received. Weekends and holidays are days like others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authoring.invented_draws import Draws
from compliance.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authoring.invented_plan import LedgerPlan

_FIELDS = "invent.field."
_PROCEDURES_A_FIELD = 20
_CARRIED_DAYS = 60
"""How long before the period a dossier carried over was received, at most."""
_WORK_DAYS = 20
_LATE_DAYS = 10
_LATER_DAYS = 15

_NUMBERED = """
SELECT *, first + unnest(range(count)) AS key,
  CASE WHEN standing IN ('late', 'pending_overdue') THEN 1 ELSE 0 END AS room
FROM cells WHERE part = {part}
"""
"""`room` leaves a day to be late in."""
_RECEIVED = """
SELECT *, CASE WHEN is_carried THEN -1 - {received} % {carried_days}
  ELSE {received} % ({last} + 1 - room) END AS got
FROM ({numbered})
"""
_DONE = """
SELECT *, CASE
  WHEN standing IN ('early', 'on_day', 'late', 'resolved_without_due', 'returned', 'withdrawn')
    THEN greatest(0, got + room) + {resolved} % least({work_days}, {last} - greatest(0, got + room) + 1)
  WHEN standing = 'settled_later' THEN {last} + 1 + {resolved} % {later_days}
  END AS done
FROM ({got})
"""
_PROMISED = """
SELECT *, CASE standing
  WHEN 'early' THEN done + 1 + {due} % {late_days}
  WHEN 'on_day' THEN done
  WHEN 'late' THEN done - 1 - {due} % least({late_days}, done - got)
  WHEN 'pending_in_time' THEN {last} + {due} % {work_days}
  WHEN 'settled_later' THEN {last} + {due} % {work_days}
  WHEN 'pending_overdue' THEN got + {due} % ({last} - got)
  WHEN 'returned' THEN got + 5 + {due} % {later_days}
  WHEN 'withdrawn' THEN got + 5 + {due} % {later_days}
  END AS promised
FROM ({done})
"""
_RECORDS = """
SELECT
  lpad((number + 1)::VARCHAR, 5, '0') || '-' || strftime(DATE '{start}' + got::INTEGER, '%y%m%d') || '-' ||
    lpad((key - unit_first + 1)::VARCHAR, 6, '0') AS dossier,
  unit,
  {fields}[1 + {field} % {field_count}] AS field,
  {codes}[1 + {field} % {field_count}] || lpad((1 + {procedure} % {procedures})::VARCHAR, 2, '0')
    AS procedure,
  channel,
  DATE '{start}' + got::INTEGER AS received,
  DATE '{start}' + promised::INTEGER AS due,
  DATE '{start}' + done::INTEGER AS resolved,
  CASE WHEN standing IN ('returned', 'withdrawn') THEN standing WHEN done IS NOT NULL THEN 'resolved' END
    AS result,
  key
FROM ({promised})
"""


def records_sql(plan: LedgerPlan, part: int) -> str:
    """A query for the records of the table `cells` that belong to a part, with their number as `key`."""
    draws = Draws(plan.seed)
    codes = tuple(code.removeprefix(_FIELDS) for code in catalogue() if code.startswith(_FIELDS))
    numbers = {
        "last": plan.window.days - 1,
        "carried_days": _CARRIED_DAYS,
        "work_days": _WORK_DAYS,
        "late_days": _LATE_DAYS,
        "later_days": _LATER_DAYS,
        "field_count": len(codes),
        "procedures": _PROCEDURES_A_FIELD,
    }
    purposes = ("received", "resolved", "due", "field", "procedure")
    put_in = numbers | {purpose: draws.sql(purpose, "key") for purpose in purposes}
    numbered = _NUMBERED.format(part=part)
    got = _RECEIVED.format(numbered=numbered, **put_in)
    done = _DONE.format(got=got, **put_in)
    return _RECORDS.format(
        start=plan.window.start.isoformat(),
        fields=_list_sql(catalogue()[f"{_FIELDS}{code}"] for code in codes),
        codes=_list_sql(f"{code}-" for code in codes),
        promised=_PROMISED.format(done=done, **put_in),
        **put_in,
    )


def order_sql(plan: LedgerPlan) -> str:
    """What the rows of a file are ordered by: a draw of their number."""
    return Draws(plan.seed).sql("order", "key")


def _list_sql(texts: Iterable[str]) -> str:
    return "[" + ", ".join(quote(words) for words in texts) + "]"


def quote(written: object) -> str:
    """A text as SQL writes it."""
    escaped = str(written).replace("'", "''")
    return f"'{escaped}'"
