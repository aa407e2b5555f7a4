"""Join neighbouring finds into one expression: a time of day with its day, a weekday with its date, a range."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from onrecord.dating import calendar as cal
from onrecord.dating import meaning as m

_CLOCK_THEN_DAY = re.compile(r",?\s+(?:on\s+)?|\s+of\s+|\s+(?:in\s+the\s+)?")
_DAY_THEN_CLOCK = re.compile(
    r",?\s+(?:(?:at|around|about|by|from|until|before|after|shortly\s+before|shortly\s+after|in)\s+)*"
)
_WEEKDAY_THEN_DATE = re.compile(r",?\s+(?:the\s+)?|\s*\(\s*")
_DATE_THEN_WEEKDAY = re.compile(r",?\s+(?:a\s+)?|\s*\(\s*")
_TO = re.compile(r"\s*(?:-|–|—)\s*|\s+(?:to|through|thru|until|till|up\s+to)\s+")
_AND = re.compile(r"\s+(?:and|or|&)\s+(?:on\s+)?")
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+)?\Z")
_BETWEEN = re.compile(r"\bbetween\s+\Z")
_SINCE = re.compile(r"\bsince\s+(?:at\s+least\s+|about\s+|around\s+)?\Z")
_WEEK_OF = re.compile(r"\b(?:the\s+)?week\s+(?:of|beginning|starting|commencing)\s+(?:on\s+)?\Z")
_BLANK = re.compile(r"\s*(?:the\s+)?")

_LEAD_LENGTH = 40

Join = Callable[[m.Found, m.Found, str, str], m.Found | None]


def joined(found: list[m.Found], low: str, start: int, end: int) -> list[m.Found]:
    """The finds of the sentence ``[start, end)`` of a lower-case text, joined where they belong together; parts
    that mean nothing alone ("late on") and have found no partner are dropped."""
    for join in (_part_of_day, _date_with_weekday, _clock_with_day, _counted_from):
        found = _fold(found, low, join)
    found = [_week_of(f, low, start) for f in found if _stands_alone(f)]
    found = _fold(found, low, lambda a, b, gap, text: _range(a, b, gap, text, start))
    return [_trimmed(_since(_with_from(f, low, start), low, start), low) for f in found]


def _fold(found: list[m.Found], low: str, join: Join) -> list[m.Found]:
    out: list[m.Found] = []
    for one in found:
        together = join(out[-1], one, low[out[-1].end : one.start], low) if out else None
        if together is not None:
            out[-1] = together
        else:
            out.append(one)
    return out


def _lead(pattern: re.Pattern[str], low: str, start: int, found: m.Found) -> re.Match[str] | None:
    """The words of a pattern that stand directly before a find, within its sentence."""
    return pattern.search(low, max(start, found.start - _LEAD_LENGTH), found.start)


def _is_day(meaning: m.Meaning) -> bool:
    match meaning:
        case m.Explicit(value):
            return len(value) == 10
        case m.YearlessDay() | m.DayOfMonth() | m.NamedWeekday() | m.DayOffset() | m.HolidayOf() | m.Later(_, "D"):
            return True
        case _:
            return False


def _is_date(meaning: m.Meaning) -> bool:
    return not isinstance(
        meaning, m.Lasting | m.Repeated | m.ClockOnly | m.DayPart | m.Between | m.Since | m.Window
    )


def _part_of_day(a: m.Found, b: m.Found, gap: str, _: str) -> m.Found | None:
    """ "late on" Monday, "the morning of" the 8th; Monday "in the morning"; noon "in the ..." stays apart."""
    if (
        isinstance(a.meaning, m.DayPart)
        and (_is_day(b.meaning) or isinstance(b.meaning, m.ClockOnly))
        and not gap.strip()
    ):
        return replace(b, start=a.start, clock=b.clock or a.clock)
    if isinstance(b.meaning, m.DayPart) and b.clock and _is_day(a.meaning) and not gap.strip() and a.end < b.start:
        return replace(a, end=b.end, clock=a.clock or b.clock)
    return None


def _date_with_weekday(a: m.Found, b: m.Found, gap: str, low: str) -> m.Found | None:
    """ "Monday (October 9)", "Wednesday the 13th", "tomorrow, September 21", "Sept. 21, a Thursday"."""
    named, dated = m.NamedWeekday | m.DayOffset | m.HolidayOf, m.Explicit | m.YearlessDay | m.DayOfMonth
    if isinstance(a.meaning, named) and isinstance(b.meaning, dated) and _is_day(b.meaning):
        glue, kept = _WEEKDAY_THEN_DATE, b.meaning
    elif isinstance(a.meaning, dated) and isinstance(b.meaning, m.NamedWeekday) and _is_day(a.meaning):
        glue, kept = _DATE_THEN_WEEKDAY, a.meaning
    else:
        return None
    if not glue.fullmatch(gap):
        return None
    end = b.end + 1 if "(" in gap and low[b.end : b.end + 1] == ")" else b.end
    return m.Found(a.start, end, kept, b.clock or a.clock, a.rule)


def _clock_with_day(a: m.Found, b: m.Found, gap: str, _: str) -> m.Found | None:
    if isinstance(a.meaning, m.ClockOnly) and _is_day(b.meaning) and _CLOCK_THEN_DAY.fullmatch(gap):
        return replace(b, start=a.start, clock=a.clock or b.clock)
    if _is_day(a.meaning) and isinstance(b.meaning, m.ClockOnly) and _DAY_THEN_CLOCK.fullmatch(gap):
        return replace(a, end=b.end, clock=b.clock or a.clock)
    return None


def _counted_from(a: m.Found, b: m.Found, gap: str, _: str) -> m.Found | None:
    """ "two days after" Labor Day."""
    match a.meaning:
        case m.ShiftFrom(count, unit, m.Unknown()) if _is_day(b.meaning) and _BLANK.fullmatch(gap):
            return replace(b, start=a.start, meaning=m.ShiftFrom(count, unit, b.meaning))
        case _:
            return None


def _stands_alone(found: m.Found) -> bool:
    if isinstance(found.meaning, m.DayPart):
        return False
    return found.rule != "clock without half" or found.clock is not None


def _week_of(found: m.Found, low: str, start: int) -> m.Found:
    lead = _lead(_WEEK_OF, low, start, found) if _is_day(found.meaning) else None
    return replace(found, start=lead.start(), meaning=m.WeekOf(found.meaning), clock=None) if lead else found


def _range(a: m.Found, b: m.Found, gap: str, low: str, start: int) -> m.Found | None:
    if not (_is_date(a.meaning) and _is_date(b.meaning)):
        return None
    lead = _lead(_FROM, low, start, a)
    if _TO.fullmatch(gap) and (lead or _same_kind(a.meaning, b.meaning)):
        pass
    elif _AND.fullmatch(gap):
        lead = _lead(_BETWEEN, low, start, a)
        if not (lead or _consecutive(a.meaning, b.meaning)):
            return None
    else:
        return None
    begin = lead.start() if lead else a.start
    return m.Found(begin, b.end, m.Between(_in_year_of(a.meaning, b.meaning), b.meaning), None, "range")


def _with_from(found: m.Found, low: str, start: int) -> m.Found:
    """ "from" Aug. 17 to 19: the word belongs to a range that one pattern has found, as to one that was joined."""
    match found.meaning:
        case m.YearlessDay(last=int()):
            lead = _lead(_FROM, low, start, found) or _lead(_BETWEEN, low, start, found)
        case m.Explicit(value) if "/" in value:
            lead = _lead(_FROM, low, start, found) or _lead(_BETWEEN, low, start, found)
        case _:
            lead = None
    return replace(found, start=lead.start()) if lead else found


def _same_kind(a: m.Meaning, b: m.Meaning) -> bool:
    return type(a) is type(b) and isinstance(a, m.NamedWeekday | m.YearlessDay | m.YearlessMonth | m.Explicit)


def _consecutive(a: m.Meaning, b: m.Meaning) -> bool:
    match a, b:
        case m.DayOffset(x), m.DayOffset(y):
            return y - x == 1
        case m.NamedWeekday(x, shift=None, week=None), m.NamedWeekday(y, shift=None, week=None):
            return (y - x) % 7 == 1
        case _:
            return False


def _in_year_of(a: m.Meaning, b: m.Meaning) -> m.Meaning:
    """ "from October 2 to October 9, 2023": the year stands once."""
    match a, b:
        case m.YearlessDay(month, day, None), m.Explicit(value) if len(value) == 10:
            last = date.fromisoformat(value)
            try:
                return m.Explicit(
                    date(last.year - ((month, day) > (last.month, last.day)), month, day).isoformat()
                )
            except ValueError:  # "Feb. 29" in another year
                return a
        case m.YearlessMonth(month, None), m.Explicit(value) if len(value) == 7:
            year = int(value[:4]) if month <= int(value[5:]) else int(value[:4]) - 1
            return m.Explicit(cal.month_value(year, month))
        case _:
            return a


def _since(found: m.Found, low: str, start: int) -> m.Found:
    lead = _lead(_SINCE, low, start, found) if _is_date(found.meaning) else None
    return replace(found, start=lead.start(), meaning=m.Since(found.meaning), clock=None) if lead else found


def _trimmed(found: m.Found, low: str) -> m.Found:
    """Without blanks at its ends."""
    text = low[found.start : found.end]
    start = found.start + len(text) - len(text.lstrip())
    return replace(found, start=start, end=found.end - (len(text) - len(text.rstrip())))
