"""Dates as people, pages and addresses write them: to the day, the month or the year, or not at all.

A date that can be read in two ways ("09/10/2023") is not decided: the year is kept, with both readings as bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from onrecord.model import Dated, KnownFrom, Precision, Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"

# A full date within a text. The groups are read by ``_of_match``.
IN_TEXT = re.compile(
    rf"\b{_WEEKDAY}(?:"
    rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
    rf"(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?P<d1>{_DAY})\s+(?:of\s+)?(?P<m1>{_MONTH}),?\s+(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>{_DAY}),?\s+(?P<y2>{_YEAR})"
    r")(?!\d)",
    re.IGNORECASE,
)
_YMD = re.compile(rf"({_YEAR})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)")
_COMPACT = re.compile(rf"({_YEAR})(\d\d)(\d\d)(?:T?\d{{4,6}}Z?)?$")
_NUMERIC = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.]({_YEAR})(?!\d)")
_YEAR_MONTH = re.compile(rf"({_YEAR})[-/](\d{{1,2}})$")
_MONTH_YEAR = re.compile(rf"({_MONTH}),?\s+({_YEAR})$", re.IGNORECASE)
_YEAR_ONLY = re.compile(rf"{_YEAR}$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?$")

_URL_DAY = re.compile(
    rf"[/=_-]({_YEAR})[/_-]?(?:(0[1-9]|1[0-2])|({'|'.join(_MONTHS)})[a-z]*)[/_-]?(0[1-9]|[12]\d|3[01])(?![\da-z])",
    re.IGNORECASE,
)
_URL_SHORT_DAY = re.compile(rf"/({_YEAR})/(\d{{1,2}})/(\d{{1,2}})(?=/|$)")
_URL_MONTH = re.compile(rf"/({_YEAR})[/-](0[1-9]|1[0-2])(?=/|$)")
_AFTER_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://[^/]*|[?#].*$", re.IGNORECASE)


def parse_date(written: str, known_from: KnownFrom) -> Dated:
    """A date as a person or a page's metadata writes it.

    Precision none with ``why`` when it names no calendar date; precision year with both readings as bounds
    when day and month cannot be told apart. A time of day and a time zone are left aside: the date is the one
    that was written.
    """
    text = " ".join(written.split())
    if match := IN_TEXT.match(text):
        found = _of_match(match)
    elif match := _YMD.match(text) or _COMPACT.match(text):
        found = _day(int(match[1]), int(match[2]), int(match[3]))
    elif match := _NUMERIC.match(text):
        return replace(_either(int(match[1]), int(match[2]), int(match[3]), text), known_from=known_from)
    elif _EPOCH.match(text):
        found = _epoch(text)
    else:
        return _coarse(text, known_from)
    if found is None:
        return Dated(why=f"{_shown(written)} is no date of the calendar")
    return Dated(value=found, precision=Precision.DAY, known_from=known_from)


def date_in(text: str, start: int = 0, end: int | None = None) -> Dated:
    """The first full date (day, month and year) within a stretch of a text, with its span, if there is one."""
    for match in IN_TEXT.finditer(text, start, len(text) if end is None else end):
        if found := _of_match(match):
            span = Span(match.start(), match.end())
            return Dated(value=found, precision=Precision.DAY, known_from=KnownFrom.TEXT, span=span)
    return Dated()


def date_of_url(url: str) -> Dated:
    """The date that an address carries in its path ("/2023/09/13/", "/2023/09/"), to the day or the month.

    A year alone is not taken: "/2023/" is as often the subject's year as the page's.
    """
    path = _AFTER_HOST.sub("", url)
    for match in _URL_DAY.finditer(path):
        month = int(match[2]) if match[2] else _MONTHS.index(match[3].lower()) + 1
        if found := _day(int(match[1]), month, int(match[4])):
            return Dated(value=found, precision=Precision.DAY, known_from=KnownFrom.URL)
    if (short := _URL_SHORT_DAY.search(path)) and (found := _day(*map(int, short.groups()))):
        return Dated(value=found, precision=Precision.DAY, known_from=KnownFrom.URL)
    if month_only := _URL_MONTH.search(path):
        value = date(int(month_only[1]), int(month_only[2]), 1)
        return Dated(value=value, precision=Precision.MONTH, known_from=KnownFrom.URL)
    return Dated()


def most_trusted(candidates: Iterable[Dated]) -> Dated:
    """The first known date of several in order of trust; a later one that agrees with it and is more exact is
    taken in its place. When none is known, the first that says why."""
    best: Dated | None = None
    unknown: Dated | None = None
    for candidate in candidates:
        if candidate.value is None:
            unknown = unknown or (candidate if candidate.why else None)
        elif best is None or (_finer(candidate, best) and _agrees(candidate.value, best)):
            best = candidate
    return best or unknown or Dated()


_ORDER = (Precision.NONE, Precision.YEAR, Precision.MONTH, Precision.DAY)


def _finer(a: Dated, b: Dated) -> bool:
    return _ORDER.index(a.precision) > _ORDER.index(b.precision)


def _agrees(day: date, coarse: Dated) -> bool:
    if coarse.value is None or day.year != coarse.value.year:
        return False
    if coarse.earliest and coarse.latest:
        return day in (coarse.earliest, coarse.latest)
    return coarse.precision is Precision.YEAR or day.month == coarse.value.month


def _of_match(match: re.Match[str]) -> date | None:
    if match["iso"]:
        return _day(*(int(part) for part in match["iso"].split("-")))
    year, month, day = (match[g + ("1" if match["y1"] else "2")] for g in "ymd")
    return _day(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day.rstrip("stndrhSTNDRH")))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _either(first: int, second: int, year: int, written: str) -> Dated:
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first and month_first and day_first != month_first:
        return Dated(
            value=date(year, 1, 1),
            precision=Precision.YEAR,
            earliest=min(day_first, month_first),
            latest=max(day_first, month_first),
            why=f"{_shown(written)} may mean {day_first} or {month_first}; write it as YYYY-MM-DD",
        )
    if found := day_first or month_first:
        return Dated(value=found, precision=Precision.DAY)
    return Dated(why=f"{_shown(written)} is no date of the calendar")


def _epoch(text: str) -> date | None:
    seconds = float(text)
    if seconds >= 1e12:  # milliseconds, as pandas and JavaScript write them
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC).date()


def _coarse(text: str, known_from: KnownFrom) -> Dated:
    if (match := _YEAR_MONTH.match(text)) and 1 <= int(match[2]) <= 12:
        value = date(int(match[1]), int(match[2]), 1)
    elif match := _MONTH_YEAR.match(text):
        value = date(int(match[2]), _MONTHS.index(match[1][:3].lower()) + 1, 1)
    elif _YEAR_ONLY.match(text):
        return Dated(value=date(int(text), 1, 1), precision=Precision.YEAR, known_from=known_from)
    else:
        return Dated(why=f"{_shown(text)} is no date; write it as YYYY-MM-DD")
    return Dated(value=value, precision=Precision.MONTH, known_from=known_from)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
