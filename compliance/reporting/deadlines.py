"""By which day of the next half-year is a task to be done?"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.submission import Period

_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)


def find_due(written: str, period: Period, target_due: date | None = None) -> date:
    """The due date of a task in `period`, the half-year after the one reported.

    `written` is `period_end` or a day as `MM-DD`; a day of the other half of the year is taken six months
    later, so that a pack need not say everything twice. A target that falls due earlier comes first.
    """
    day = _find_day(written, period)
    if target_due is not None and period.start <= target_due < day:
        return target_due
    return day


def _find_day(written: str, period: Period) -> date:
    match = _DAY.fullmatch(written.strip())
    if match is None:
        return period.end
    month = (int(match[1]) - 1) % 6 + period.start.month
    return date(period.year, month, min(int(match[2]) or 1, monthrange(period.year, month)[1]))


def find_correction_due(period: Period) -> date:
    """The day by which figures are to be corrected where no pack sets one: early in the next half-year.

    The catalogue has the number of days.
    """
    return period.start + timedelta(days=int(text("assessment.due.correction_days")) - 1)
