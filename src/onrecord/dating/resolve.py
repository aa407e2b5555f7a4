"""From what an expression means to an ISO value, against the day on which it was written.

A document whose date is known only to the month or the year, or only by bounds, was written on some day of a
range. An expression is resolved against the first and the last of these days, and counts only when both agree;
every rule is monotone in that day, so that all the days between agree as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.dating import calendar as cal
from onrecord.dating import meaning as m
from onrecord.dating import relative
from onrecord.dating.words import words
from onrecord.model import Anchor

_NO_DATE = "the document has no date to count from"
_VAGUE_DATE = "the document's date is not known closely enough"
_NO_TENSE = "nothing says whether it is past or to come"


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against: the first and last day on which it may have been written, how these
    are known, whether it looks back (-1) or ahead (+1), and the day told last before it, if any."""

    first: date | None
    last: date | None
    anchor: Anchor
    toward: int = 0
    prior: date | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    value: str | None
    anchor: Anchor
    why: str = ""


def resolve(meaning: m.Meaning, frame: Frame) -> Resolved:
    """The value of a meaning; None, with the reason, when it cannot be known."""
    match meaning:
        case m.Explicit(value) | m.Lasting(str() as value) | m.Repeated(str() as value):
            return Resolved(value, Anchor.EXPLICIT)
        case m.Unknown(why):
            return Resolved(None, Anchor.NONE, why)
        case m.Lasting() | m.Repeated():
            return Resolved(None, Anchor.NONE, "the words name no number")
        case m.HolidayOf(name, int() as year):
            return _explicit_holiday(name, year)
        case m.NthWeek(n, month, int() as year):
            return Resolved(relative.nth_week(n, month, year), Anchor.EXPLICIT)
        case m.Since(first):
            return _since(resolve(first, frame))
        case m.Between(first, last):
            return _range(first, last, frame)
        case m.WeekOf(day):
            return _week_of(resolve(day, frame))
        case m.ShiftFrom(count, unit, day):
            return _shifted(count, unit, resolve(day, frame))
        case m.Later(count, unit):
            return _later(count, unit, frame)
        case m.DayOfMonth(day) if told := _in_month_of(frame.prior, day):
            return Resolved(told.isoformat(), Anchor.TEXT, "in the month told before")
        case m.ClockOnly() | m.DayPart():
            return _clock_only(frame)
        case _:
            return _against_written(meaning, frame)


def _against_written(meaning: m.Meaning, frame: Frame) -> Resolved:
    if frame.first is None or frame.last is None:
        return Resolved(None, Anchor.NONE, _NO_DATE)
    value = relative.value(meaning, frame.first, frame.toward)
    if value is None:
        return Resolved(None, Anchor.NONE, _why_not(meaning))
    if frame.last != frame.first and relative.value(meaning, frame.last, frame.toward) != value:
        return Resolved(None, Anchor.NONE, _VAGUE_DATE)
    return Resolved(value, frame.anchor)


def _why_not(meaning: m.Meaning) -> str:
    match meaning:
        case m.HolidayOf(name):
            return cal.holidays()[name].varies or _NO_TENSE
        case m.Window():
            return "the words name no number"
        case _:
            return _NO_TENSE


def _explicit_holiday(name: str, year: int) -> Resolved:
    rule = cal.holidays()[name]
    first = rule.first(year)
    if first is None:
        return Resolved(None, Anchor.NONE, rule.varies)
    return Resolved(cal.between(first, first + timedelta(days=rule.length - 1)), Anchor.EXPLICIT)


def _later(count: float, unit: str, frame: Frame) -> Resolved:
    if frame.prior is None:
        return Resolved(None, Anchor.NONE, "no single day is told just before to count from")
    value = relative.moved(frame.prior, count, unit)
    if value is None:
        return Resolved(None, Anchor.NONE, "it cannot be counted to the day")
    return Resolved(value, Anchor.TEXT, f"counted from {frame.prior.isoformat()}")


def _shifted(count: float, unit: str, day: Resolved) -> Resolved:
    if day.value is None:
        return day
    first, last = cal.interval(day.value)
    start = last if count > 0 else first
    value = relative.moved(start, count, unit) if start and first == last else None
    if value is None:
        return Resolved(None, Anchor.NONE, "it cannot be counted to the day")
    return Resolved(value, day.anchor, f"counted from {day.value}")


def _in_month_of(prior: date | None, day: int) -> date | None:
    """ "Friday, February 7 ... the morning of the 8th": a day soon after the one told before, in its month."""
    soon = prior is not None and 0 < day - prior.day <= 15
    return relative.day_or_none(prior.year, prior.month, day) if prior is not None and soon else None


def _clock_only(frame: Frame) -> Resolved:
    if frame.prior is not None:
        return Resolved(frame.prior.isoformat(), Anchor.TEXT, "the day told before it")
    return _against_written(m.DayOffset(0), frame)


# ------------------------------------------------------------------------------- ranges


def _since(first: Resolved) -> Resolved:
    if first.value is None:
        return first
    start = first.value.partition("/")[0]
    if start == "..":
        return Resolved(None, Anchor.NONE, "its beginning is open")
    return Resolved(f"{start}/..", first.anchor, first.why)


def _range(first: m.Meaning, last: m.Meaning, frame: Frame) -> Resolved:
    start = resolve(first, frame)
    if start.value is None:
        return start
    begin = cal.interval(start.value)[0]
    following = Frame(begin, begin, start.anchor, 1, frame.prior) if _leans(last) else frame
    end = resolve(last, following)
    if end.value is None:
        return Resolved(None, Anchor.NONE, end.why)
    finish = cal.interval(end.value)[1]
    if begin is None or finish is None or finish < begin:
        return Resolved(None, Anchor.NONE, "its end would lie before its beginning")
    a, b = start.value.partition("/")[0], end.value.rpartition("/")[2]
    anchor = start.anchor if start.anchor is not Anchor.EXPLICIT else end.anchor
    return Resolved(a if a == b else f"{a}/{b}", anchor, start.why or end.why)


def _leans(meaning: m.Meaning) -> bool:
    """Whether the end of a range is to be sought from its beginning on: "from Monday to Wednesday"."""
    match meaning:
        case m.YearlessDay() | m.DayOfMonth() | m.YearlessMonth(shift=None) | m.HolidayOf(year=None, shift=None):
            return True
        case m.NamedWeekday(shift=None, week=None, weeks=0):
            return True
        case _:
            return False


def _week_of(day: Resolved) -> Resolved:
    if day.value is None:
        return day
    first, last = cal.interval(day.value)
    if first is None or first != last:
        return Resolved(None, Anchor.NONE, "the week of what is no single day")
    return Resolved(cal.between(*cal.working_week(first)), day.anchor)


def clock_text(clock: m.Clock, value: str | None) -> str:
    """A time of day in ISO 8601 ("21:40", "00:01-07:00"), or TIMEX3's letters for a part of the day. The offset is
    left out where the zone has two and the day is not known."""
    minutes = words().zones.get(clock.zone.split(" ")[0]) if clock.zone else None
    if minutes is None:
        return clock.time
    day = cal.interval(value)[0] if value else None
    if len(minutes) > 1 and day is None:
        return clock.time
    offset = minutes[-1] if len(minutes) > 1 and day is not None and cal.us_daylight(day) else minutes[0]
    sign = "-" if offset < 0 else "+"
    return f"{clock.time}Z" if offset == 0 else f"{clock.time}{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
