"""US holidays on which bargaining and returns to work are rare: a term of the daily hazard."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_MONDAY, _THURSDAY = 0, 3


@cache
def holidays(year: int) -> frozenset[date]:
    """New Year, Memorial Day, Independence Day, Labor Day, Thanksgiving and the Friday after it, Christmas Eve
    and Christmas Day of a year. Days off that most private employers do not keep are left out."""
    thanksgiving = _nth(year, 11, _THURSDAY, 4)
    return frozenset(
        {
            date(year, 1, 1),
            _last_monday_of_may(year),
            date(year, 7, 4),
            _nth(year, 9, _MONDAY, 1),
            thanksgiving,
            thanksgiving + timedelta(days=1),
            date(year, 12, 24),
            date(year, 12, 25),
        }
    )


def is_holiday(day: date) -> bool:
    """Whether a day is one of ``holidays``."""
    return day in holidays(day.year)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=(last.weekday() - _MONDAY) % 7)
