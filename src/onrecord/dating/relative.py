"""The ISO values of expressions that are counted from the day of writing.

Every function is monotone in that day (see ``resolve``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from onrecord.dating import calendar as cal
from onrecord.dating import meaning as m

# A day or month named without its year is the nearest one when that is this near; farther off, tense decides.
NEAR_DAYS, NEAR_MONTHS, HALF_YEAR = 31, 1, 183


def value(meaning: m.Meaning, at: date, toward: int) -> str | None:
    """The ISO value of a meaning written on a day, None when it stays open."""
    try:
        return _relative(meaning, at, toward)
    except (OverflowError, ValueError):  # outside the years that a date can hold
        return None


def _relative(meaning: m.Meaning, at: date, toward: int) -> str | None:
    match meaning:
        case m.DayOffset(days):
            return _iso(at + timedelta(days=days))
        case m.NamedWeekday():
            return _iso(weekday(meaning, at, toward))
        case m.YearlessDay(month, day, last):
            found = _nearest((day_or_none(at.year + y, month, day) for y in (-1, 0, 1)), at, toward)
            end = day_or_none(found.year, month, last) if found and last else found
            return cal.between(found, end) if found and end else None
        case m.DayOfMonth(day):
            return _iso(_day_of_month(day, at, toward))
        case m.YearlessMonth(month, shift):
            return _month(month, shift, at, toward)
        case m.UnitShift():
            return _unit(meaning, at, toward)
        case m.SeasonOf(month, shift):
            return _season(month, shift, at, toward)
        case m.QuarterOf(first, last, this_year=True):
            return _months(at.year, first, last)
        case m.QuarterOf(first, last):
            return _part_of_year(first, last, at, toward)
        case m.HolidayOf(name, _, shift):
            return _holiday(name, shift, at, toward)
        case m.NthWeek(n, month):
            value = _month(month, None, at, toward)
            return nth_week(n, month, int(value[:4])) if value else None
        case m.Ago(count, unit):
            return moved(at, count, unit)
        case m.Window(count, unit, sign):
            return _window(count, unit, sign, at)
        case _:
            return None


# ------------------------------------------------------------------------------- days


def weekday(meaning: m.NamedWeekday, at: date, toward: int) -> date | None:
    """A weekday in news sense. Told in the past it is the last such day on or before the day of writing, told of
    the future the first on or after it. "Last Friday" lies before that day; "next Friday" is the Friday of the
    next week (style guides keep it for days more than a week off), weeks beginning on Monday."""
    back = at - timedelta(days=(at.weekday() - meaning.weekday) % 7)
    ahead = at + timedelta(days=(meaning.weekday - at.weekday()) % 7)
    if meaning.week is not None:
        return cal.monday_of(at) + timedelta(days=7 * meaning.week + meaning.weekday)
    if meaning.weeks:
        return (ahead if meaning.weeks > 0 else back) + timedelta(days=7 * meaning.weeks)
    match meaning.shift:
        case -1:
            return back if back < at else back - timedelta(days=7)
        case 1:
            return cal.monday_of(at) + timedelta(days=7 + meaning.weekday)
        case 0:
            return back if toward < 0 else ahead
        case _:
            pass
    if back == at:
        return at
    return back if toward < 0 else ahead if toward > 0 else None


def _nearest(days: Iterable[date | None], at: date, toward: int) -> date | None:
    """The one that is meant of a day that comes every year: the nearest where it is NEAR_DAYS off or nothing
    tells; else the last before, or the next one. A coming one must lie in the same year or within HALF_YEAR, since
    style guides leave the year out for no other: beyond that the tense was misread, or the day is not known."""
    found = sorted((d for d in days if d), key=lambda d: (abs((d - at).days), d))
    if not found or toward == 0 or abs((found[0] - at).days) <= NEAR_DAYS:
        return found[0] if found else None
    if toward < 0:
        return max((d for d in found if d <= at), default=None)
    coming = min((d for d in found if d >= at), default=None)
    return coming if coming and (coming.year == at.year or (coming - at).days <= HALF_YEAR) else None


def _day_of_month(day: int, at: date, toward: int) -> date | None:
    months = (cal.add_months(at.replace(day=1), n) for n in (-2, -1, 0, 1, 2))
    found = [d for m in months if (d := day_or_none(m.year, m.month, day))]
    if toward < 0:
        return max((d for d in found if d <= at), default=None)
    if toward > 0:
        return min((d for d in found if d >= at), default=None)
    return at if at in found else None


def day_or_none(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day) if day else None
    except ValueError:  # "Feb. 29" in other years
        return None


def _holiday(name: str, shift: int | None, at: date, toward: int) -> str | None:
    rule = cal.holidays()[name]
    days = [d for y in (-1, 0, 1) if (d := rule.first(at.year + y))]
    match shift:
        case -1:
            found = max((d for d in days if d < at), default=None)
        case 1:
            found = min((d for d in days if d > at), default=None)
        case 0:
            found = rule.first(at.year)
        case _:
            found = _nearest(days, at, toward)
    return cal.between(found, found + timedelta(days=rule.length - 1)) if found else None


# ------------------------------------------------------------------------------- weeks, months, years


def _unit(meaning: m.UnitShift, at: date, toward: int) -> str | None:
    shift = meaning.shift or 0
    match meaning.unit:
        case "week":
            return _week(shift, meaning.part, at, toward)
        case "weekend":
            return _weekend(meaning.shift, at, toward)
        case "month":
            return _month_shift(shift, meaning.part, at)
        case "quarter":
            first = cal.add_months(at.replace(month=(at.month - 1) // 3 * 3 + 1, day=1), 3 * shift)
            return f"{cal.month_value(first.year, first.month)}/{cal.month_value(first.year, first.month + 2)}"
        case "year":
            return _year_shift(shift, meaning.part, at)
        case "decade":
            first_year = at.year // 10 * 10 + 10 * shift
            return f"{first_year}/{first_year + 9}"
        case _:
            return None


def _week(shift: int, part: str, at: date, toward: int) -> str:
    monday, friday = cal.working_week(at + timedelta(days=7 * shift))
    if shift == 0 and toward > 0 and at.weekday() == 6:  # told on a Sunday, this week is the one that comes
        monday, friday = monday + timedelta(days=7), friday + timedelta(days=7)
    if part == "earlier" and shift == 0 and monday < at:
        return cal.between(monday, min(at, friday))
    if part == "later" and shift == 0 and at < friday:
        return cal.between(max(at, monday), friday)
    return cal.between(monday, friday)


def _weekend(shift: int | None, at: date, toward: int) -> str | None:
    saturday = cal.monday_of(at) + timedelta(days=5)
    within = at >= saturday
    match shift:
        case -1:
            saturday -= timedelta(days=7)
        case 1:
            saturday += timedelta(days=7)
        case 0 if toward < 0 and not within:
            saturday -= timedelta(days=7)
        case None if toward < 0 and not within:
            saturday -= timedelta(days=7)
        case None if toward == 0 and not within:
            return None
        case _:
            pass
    return cal.between(saturday, saturday + timedelta(days=1))


def _month_shift(shift: int, part: str, at: date) -> str:
    first = cal.add_months(at.replace(day=1), shift)
    whole = cal.month_value(first.year, first.month)
    if shift == 0 and part == "earlier" and at.day > 1:  # on the first nothing of the month is earlier
        return cal.between(first, at)
    if shift == 0 and part == "later":
        return cal.between(at, cal.month_last(at.year, at.month))
    return whole


def _year_shift(shift: int, part: str, at: date) -> str:
    if shift == 0 and part == "earlier":
        return _months(at.year, 1, at.month)
    if shift == 0 and part == "later":
        return _months(at.year, at.month, 12)
    return f"{at.year + shift:04d}"


def _months(year: int, first: int, last: int) -> str:
    if first == last:
        return cal.month_value(year, first)
    return f"{cal.month_value(year, first)}/{cal.month_value(year, last)}"


def _month(month: int, shift: int | None, at: date, toward: int) -> str | None:
    here = at.year * 12 + at.month - 1
    candidates = [(at.year + y) * 12 + month - 1 for y in (-1, 0, 1)]
    match shift:
        case -1:
            index = max(c for c in candidates if c < here)
        case 1:
            index = min(c for c in candidates if c > here)
        case 0:
            index = at.year * 12 + month - 1
        case _:
            found = _nearest_month(candidates, here, toward)
            if found is None:
                return None
            index = found
    return cal.month_value(index // 12, index % 12 + 1)


def _nearest_month(candidates: list[int], here: int, toward: int) -> int | None:
    """As ``_nearest``, for months counted from the year 0; None for two that are equally near."""
    first, second = sorted(candidates, key=lambda c: abs(c - here))[:2]
    if abs(first - here) <= NEAR_MONTHS:
        return first
    if toward < 0:
        return max(c for c in candidates if c < here)
    if toward > 0:
        coming = min(c for c in candidates if c > here)
        return coming if coming // 12 == here // 12 or coming - here <= 6 else None
    return first if abs(first - here) < abs(second - here) else None


def _season(month: int, shift: int | None, at: date, toward: int) -> str | None:
    here = at.year * 12 + at.month - 1
    starts = [(at.year + y) * 12 + month - 1 for y in (-2, -1, 0, 1, 2)]
    current = next((s for s in starts if s <= here <= s + 2), None)
    match shift:
        case -1:
            start = max(s for s in starts if s + 2 < here)
        case 1:
            start = min(s for s in starts if s > here)
        case _ if current is not None:
            start = current
        case 0:
            start = min(starts, key=lambda s: (abs(s + 1 - here), s))
        case _ if toward:
            start = max(s for s in starts if s < here) if toward < 0 else min(s for s in starts if s > here)
        case _:
            return None
    return "/".join(cal.month_value(s // 12, s % 12 + 1) for s in (start, start + 2))


def _part_of_year(first: int, last: int, at: date, toward: int) -> str | None:
    here = at.year * 12 + at.month - 1
    starts = [(at.year + y) * 12 + first - 1 for y in (-1, 0, 1)]
    length = last - first
    if toward < 0:
        start = max(s for s in starts if s <= here)
    elif toward > 0:
        start = min(s for s in starts if s + length >= here)
    else:
        return None
    return "/".join(cal.month_value(s // 12, s % 12 + 1) for s in (start, start + length))


def nth_week(n: int, month: int, year: int) -> str | None:
    """Monday to Friday of the week that begins on the nth Monday of a month (its last full week for -1)."""
    monday = cal.nth_weekday(year, month, 0, n)
    return cal.between(monday, monday + timedelta(days=4)) if monday else None


# ------------------------------------------------------------------------------- counting


def moved(at: date, count: float, unit: str) -> str | None:
    """A day moved by so many units: exact for days and weeks, a month for months, a year for years. None for
    hours, since the hour of writing is not known, and for parts of longer units."""
    if unit in {"D", "W", "2W"}:
        days = count * {"D": 1, "W": 7, "2W": 14}[unit]
        return _iso(at + timedelta(days=int(days))) if days == int(days) else None
    if count != int(count):
        return None
    if unit == "M":
        there = cal.add_months(at.replace(day=1), int(count))
        return cal.month_value(there.year, there.month)
    if unit in {"Y", "10Y"}:
        year = at.year + int(count) * (10 if unit == "10Y" else 1)
        return f"{year:04d}" if 1 <= year <= 9999 else None
    return None


def _window(count: float | None, unit: str, sign: int, at: date) -> str | None:
    if count is None:
        return None
    end = _exactly_moved(at, sign * count, unit)
    if end is None:
        return None
    return cal.between(min(at, end), max(at, end))


def _exactly_moved(at: date, count: float, unit: str) -> date | None:
    if unit in {"TH", "TM"}:
        hours = count * (1 if unit == "TH" else 1 / 60)
        return at + timedelta(days=-(-abs(hours) // 24) * (1 if count > 0 else -1))
    if unit in {"D", "W", "2W"}:
        return at + timedelta(days=round(count * {"D": 1, "W": 7, "2W": 14}[unit]))
    months = count * {"M": 1, "Y": 12, "10Y": 120}[unit]
    return cal.add_months(at, int(months)) if months == int(months) else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
