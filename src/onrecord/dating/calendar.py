"""Days, weeks, months and holidays, and the ISO 8601 values they are written as."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from onrecord.model import Precision

_PIECE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def interval(value: str) -> tuple[date | None, date | None]:
    """The first and the last day of an ISO value; None for an open end, and for both ends of a duration.

    >>> interval("2023-09")
    (datetime.date(2023, 9, 1), datetime.date(2023, 9, 30))
    >>> interval("2023-05-02/..")
    (datetime.date(2023, 5, 2), None)

    Raises ValueError when the value is no ISO day, month, year, interval or duration.
    """
    if value.startswith("P"):
        return None, None
    first, slash, last = value.partition("/")
    return _ends(first)[0], _ends(last if slash else first)[1]


def _ends(piece: str) -> tuple[date | None, date | None]:
    if piece == "..":
        return None, None
    match = _PIECE.match(piece)
    if not match:
        raise ValueError(f"{piece!r} is no ISO day, month or year")
    year, month, day = int(match[1]), match[2], match[3]
    if day:
        exact = date(year, int(month), int(day))
        return exact, exact
    if month:
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    return date(year, 1, 1), date(year, 12, 31)


def precision_of(value: str | None) -> Precision:
    """How exactly a value's ends are known: by its coarser end that is not open."""
    if value is None or value.startswith("P"):
        return Precision.NONE
    match min(len(piece) for piece in value.split("/") if piece != ".."):
        case 4:
            return Precision.YEAR
        case 7:
            return Precision.MONTH
        case _:
            return Precision.DAY


def between(first: date, last: date) -> str:
    """The ISO interval of two days, both included; a single day when they are the same."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def month_value(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is too short.

    Raises ValueError outside the years that a date can hold.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def monday_of(day: date) -> date:
    """The Monday of the week that holds a day; weeks run from Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def working_week(day: date) -> tuple[date, date]:
    """Monday to Friday of the week that holds a day: what news means by a week of talks."""
    monday = monday_of(day)
    return monday, monday + timedelta(days=4)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """The nth such weekday of a month (-1: the last), None when it has no nth."""
    if n < 0:
        last = month_last(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    return found if found.month == month else None


def easter(year: int) -> date:
    """Western Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One rule of data/holidays.toml. ``varies`` says why a name has no one day."""

    names: tuple[str, ...]
    fixed: str = ""
    month: int = 0
    weekday: int = 0
    n: int = 0
    on_or_after: int = 0
    easter: int | None = None
    shift: int = 0
    length: int = 1
    varies: str = ""

    def first(self, year: int) -> date | None:
        """The (first) day of the holiday in a year; None when it varies."""
        if self.varies:
            return None
        day = self._rule(year)
        return None if day is None else day + timedelta(days=self.shift)

    def _rule(self, year: int) -> date | None:
        if self.fixed:
            return date(year, int(self.fixed[:2]), int(self.fixed[3:]))
        if self.easter is not None:
            return easter(year) + timedelta(days=self.easter)
        if self.on_or_after:
            start = date(year, self.month, self.on_or_after)
            return start + timedelta(days=(self.weekday - start.weekday()) % 7)
        return nth_weekday(year, self.month, self.weekday, self.n)


@cache
def holidays() -> dict[str, Holiday]:
    """The holidays by name."""
    data = tomllib.loads(files("onrecord.dating").joinpath("data/holidays.toml").read_text("utf-8"))
    rules = [Holiday(**{**entry, "names": tuple(entry["names"])}) for entry in data["holiday"]]
    return {name: rule for rule in rules for name in rule.names}


def us_daylight(day: date) -> bool:
    """Whether US daylight time holds on a day: second Sunday of March to first Sunday of November (Energy Policy
    Act of 2005; earlier years had a shorter season)."""
    start, end = nth_weekday(day.year, 3, 6, 2), nth_weekday(day.year, 11, 6, 1)
    return start is not None and end is not None and start <= day < end
