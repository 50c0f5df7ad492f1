"""Business days of US federal offices: neither weekend nor federal holiday (5 U.S.C. 6103).

The holidays come from the library `holidays`, which follows the law; with them the days on which
one that falls on a weekend is kept. Days on which an order of the President closes the offices once
are none: the law of a clock says "Federal holidays", and a date too early is safe. Beyond the years
that the library knows (2100) only weekends are left out, which makes a date earlier, never later.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

SOURCE = "5 U.S.C. 6103(a) and (b); Executive Order 11582"
_SATURDAY = 5
_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[dt.date]:
    """Return the days from Monday to Friday of ``year`` on which a federal holiday is kept.

    New Year's Day of the next year may be among them, kept on the last day of this one.
    """
    # A twelfth of a second, needed by no window; a clinic that opens has it loaded by then.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(day for day in country_holidays("US", years=year) if day.weekday() < _SATURDAY)


def is_business_day(day: dt.date) -> bool:
    """Tell whether federal offices are open on ``day``."""
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def business_days_after(day: dt.date, count: int) -> dt.date:
    """Return the ``count``-th business day after ``day``; ``day`` itself never counts."""
    while count:
        day += _DAY
        count -= is_business_day(day)
    return day
