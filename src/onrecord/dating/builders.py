"""From the match of a pattern to what it means; None where the words are no time after all.

Each function takes a match in the lower-case text and the text as written, for the capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from onrecord.dating import calendar as cal
from onrecord.dating import meaning as m
from onrecord.dating.words import count_number, month_number, ordinal_number, unit_code, weekday_number, words

Match: TypeAlias = re.Match[str]
Reading: TypeAlias = tuple[m.Meaning, m.Clock | None]
Builder: TypeAlias = Callable[[Match, str], Reading | m.Meaning | None]

_SHIFTS = {
    "last": -1, "past": -1, "previous": -1, "this past": -1,
    "this": 0, "this coming": 0, "the": None,
    "next": 1, "coming": 0, "the coming": 1,
}  # fmt: skip


def _shift(word: str | None) -> int | None:
    return _SHIFTS.get(re.sub(r"\s+", " ", word)) if word else None


def _number(text: str | None) -> int | None:
    digits = re.match(r"\d+", text) if text else None
    return int(digits.group()) if digits else None


def _capital(match: Match, original: str, group: str) -> bool:
    """Months and names of days are capitalised; "may" and "march" otherwise are verbs."""
    return original[match.start(group)].isupper()


# ------------------------------------------------------------------------------- dates


def calendar_date(match: Match, original: str) -> m.Meaning | None:
    if not _capital(match, original, "month"):
        return None
    month, day = month_number(match["month"]), _number(match["day"])
    groups = match.groupdict()
    other, year = _number(groups.get("other")), _number(match["year"])
    assert day is not None
    first, last = (min(day, other), max(day, other)) if other else (day, None)
    try:
        days = [date(year or 2024, month, d) for d in (first, last) if d]  # 2024 has a 29 February
    except ValueError:
        return None
    if year is None:
        return m.YearlessDay(month, first, last)
    return m.Explicit(cal.between(days[0], days[-1]))


def iso_date(match: Match, _: str) -> m.Meaning | None:
    try:
        return m.Explicit(date(int(match["y"]), int(match["mo"]), int(match["d"])).isoformat())
    except ValueError:
        return None


def slashed(match: Match, _: str) -> m.Meaning | None:
    """Month first in America, day first elsewhere: only a number over 12 tells."""
    a, b, year = int(match["a"]), int(match["b"]), _number(match["year"])
    if not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    if a <= 12 and b <= 12 and a != b:
        return m.Unknown("day and month may stand in either order") if year else None
    month, day = (b, a) if a > 12 else (a, b)
    if year is None:
        return m.YearlessDay(month, day)
    try:
        return m.Explicit(date(year + 2000 if year < 100 else year, month, day).isoformat())
    except ValueError:
        return None


def nth_of_month(match: Match, original: str) -> m.Meaning | None:
    if not _capital(match, original, "month"):
        return None
    day, month, year = ordinal_number(match["nth"]), month_number(match["month"]), _number(match["year"])
    try:
        exact = date(year or 2024, month, day)
    except ValueError:
        return None
    return m.Explicit(exact.isoformat()) if year else m.YearlessDay(month, day)


def month_alone(match: Match, original: str) -> m.Meaning | None:
    if not _capital(match, original, "month"):
        return None
    month, year = month_number(match["month"]), _number(match["year"])
    # "May" and "March" are verbs and people, too; alone they need a word that makes them months.
    told_as_month = year or match["shift"] or match["edge"] or match["signal"] is not None
    if match["month"] in {"may", "march"} and not told_as_month:
        return None
    if year:
        return m.Explicit(cal.month_value(year, month))
    return m.YearlessMonth(month, _shift(match["shift"]))


def year(match: Match, _: str) -> m.Meaning:
    first = int(match["year"])
    to = match["to"]
    if not to:
        return m.Explicit(f"{first}")
    last = int(to) if len(to) == 4 else first // 100 * 100 + int(to)
    return m.Explicit(f"{first}/{last}") if first < last else m.Explicit(f"{first}")


def decade(match: Match, _: str) -> m.Meaning:
    first = int(match["decade"]) if len(match["decade"]) == 4 else 1900 + int(match["decade"])
    return m.Explicit(f"{first}/{first + 9}")


# ------------------------------------------------------------------------------- weekdays and relative days


def weekday(match: Match, original: str) -> Reading | m.Meaning | None:
    name = match["weekday"]
    if name.rstrip(".") in words().weekday_abbreviations and not _capital(match, original, "weekday"):
        return None
    number = weekday_number(name)
    part = match["part"]
    clock = m.Clock(words().parts_of_day[part]) if part else None
    if match["on"]:
        weeks = -1 if match["on"].endswith("ago") else 1
        return m.NamedWeekday(number, weeks=weeks), clock
    if match["later"]:
        return m.NamedWeekday(number, weeks=1), clock
    return m.NamedWeekday(number, shift=_shift(match["shift"]), week=_shift(match["week"])), clock


_NAME_BEFORE = re.compile(r"[A-Z][\w&.]*\s\Z")

_OFFSETS = {
    "the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "last night": -1,
    "last evening": -1, "tomorrow": 1,
}  # fmt: skip


def relative_day(match: Match, original: str) -> Reading | None:
    word = re.sub(r"\s+", " ", match["day"])
    if original[match.start("day")].isupper() and _NAME_BEFORE.search(original, 0, match.start()):
        return None  # "USA Today"
    offset = _OFFSETS.get(word, 0)
    part = next(
        (p for p in ("morning", "afternoon", "evening", "night") if p in f"{word} {match['part'] or ''}"), ""
    )
    return m.DayOffset(offset), m.Clock(words().parts_of_day[part]) if part else None


def overnight(_: Match, __: str) -> Reading:
    return m.ClockOnly(), m.Clock("NI")


# ------------------------------------------------------------------------------- units


_PARTS = {"earlier": "earlier", "later": "later", "rest": "later", "remainder": "later"}


def unit_shift(match: Match, _: str) -> m.Meaning | None:
    unit = match["unit"]
    edge = match["edge"] or ""
    part = next((v for k, v in _PARTS.items() if k in edge), "whole")
    shift = _shift(match["shift"])
    if match["shift"] == "the" and unit != "weekend":
        if not edge:
            return None  # "the week" alone says nothing
        shift = 0
    if match["shift"] in {"past", "the coming", "coming"} and unit != "weekend":
        return None  # a window of seven days, not a week of the calendar
    return m.UnitShift(unit, shift, part)


def season(match: Match, original: str) -> m.Meaning | None:
    month, year = words().seasons[match["season"]], _number(match["year"])
    if year:
        end = (year, month + 2) if month < 12 else (year + 1, 2)
        return m.Explicit(f"{cal.month_value(year, month)}/{cal.month_value(*end)}")
    if match["signal"] is None and match["shift"] in {None, "the"}:
        return None  # "the fall of the minister", "spring" the coil
    return m.SeasonOf(month, _shift(match["shift"]))


def quarter(match: Match, _: str) -> m.Meaning | None:
    year = _number(match["year"])
    if match["q"]:
        n = int(match["q"])
        size = 3
    else:
        n, size = ordinal_number(match["nth"]), 3 if match["kind"] == "quarter" else 6
        if match["nth"].startswith(("final", "last")):
            n = 12 // size
    if match["fiscal"]:
        return m.Unknown("fiscal years begin on different days")
    if n < 1 or n * size > 12 or (size == 6 and not year and not match["of"]):
        return None
    first, last = (n - 1) * size + 1, n * size
    if year:
        return m.Explicit(f"{cal.month_value(year, first)}/{cal.month_value(year, last)}")
    return m.QuarterOf(first, last, this_year=match["of"] is not None)


def fiscal_year(_: Match, __: str) -> m.Meaning:
    return m.Unknown("fiscal years begin on different days")


def holiday(match: Match, original: str) -> m.Meaning | None:
    name = re.sub(r"\s+", " ", match["holiday"].replace("\u2019", "'"))
    rule = cal.holidays().get(name)
    if rule is None:
        return None
    the_new_year = name == "new year" and original.endswith("the ", 0, match.start("holiday"))
    if not (_capital(match, original, "holiday") or rule.varies or the_new_year):
        return None
    return m.HolidayOf(name, _number(match["year"]), _shift(match["shift"]))


def nth_week(match: Match, original: str) -> m.Meaning | None:
    if not _capital(match, original, "month"):
        return None
    n = -1 if match["nth"] in {"last", "final"} else ordinal_number(match["nth"])
    return m.NthWeek(n, month_number(match["month"]), _number(match["year"])) if n <= 5 else None


# ------------------------------------------------------------------------------- counts of units


def _signed(match: Match, sign: int) -> tuple[float, str] | None:
    count = count_number(match["count"])
    return None if count is None else (sign * count, unit_code(match["unit"]))


def ago(match: Match, _: str) -> m.Meaning | None:
    word = re.sub(r"\s+", " ", match["way"])
    sign = -1 if word in {"ago", "earlier", "before", "prior to"} else 1
    if not match["count"] and not match["unit"].endswith("s"):
        return None
    if word in {"earlier", "later"} and match["unit"].startswith(("hour", "minute")):
        return m.ClockOnly()
    signed = _signed(match, sign) if match["count"] else None
    if signed is None:
        return m.Unknown("the words name no number")
    if signed[1] in {"TH", "TM"}:
        return m.Unknown("the hour it is counted from is not known")
    if word in {"ago", "from now", "from today"}:
        return m.Ago(*signed)
    if word in {"earlier", "later"}:
        return m.Later(*signed)
    return m.ShiftFrom(*signed, m.Unknown("it is counted from an event that is not dated beside it"))


def day_after(match: Match, _: str) -> m.Meaning:
    count = 1 if match["way"] == "after" else -1
    if _STOP.match(match.string, match.end()):
        return m.Later(count, "D")
    return m.ShiftFrom(count, "D", m.Unknown("it is counted from an event that is not dated beside it"))


_STOP = re.compile(r"\s*(?:[.,;:!?)\u2014]|\Z)")


def window(match: Match, _: str) -> m.Meaning | None:
    way = re.sub(r"\s+", " ", match["way"])
    sign = -1 if any(w in way for w in ("last", "past", "previous", "recent")) else 1
    if match["count"] is None:
        if match["unit"].endswith("s"):
            return m.Window(None, unit_code(match["unit"]), sign)
        # "the last day" is the final one; "over the last week" is the seven days before.
        single = " " in way and not way.startswith("the ") and match["unit"] in {"week", "month", "year", "decade"}
        return m.Window(1, unit_code(match["unit"]), sign) if single else None
    return m.Window(count_number(match["count"]), unit_code(match["unit"]), sign)


def in_units(match: Match, _: str) -> m.Meaning | None:
    signed = _signed(match, 1)
    if signed is None or signed[1] in {"TH", "TM"}:
        return None
    return m.Ago(*signed)


def within_the_day(_: Match, __: str) -> m.Meaning:
    """ "earlier in the day": the day told before, else that of writing."""
    return m.ClockOnly()


def since_then(_: Match, __: str) -> m.Meaning:
    return m.Since(m.Later(0, "D"))


def adjacent_day(match: Match, _: str) -> Reading | None:
    way = match["way"]
    count = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(way or "", 0)
    part = match["unit"]
    clock = m.Clock(words().parts_of_day[part]) if part in words().parts_of_day else None
    return m.Later(count, "D"), clock


def lasting(match: Match, _: str) -> m.Meaning | None:
    if re.fullmatch(r"one\s+day", match.group()) and not _MEASURED.search(match.string, 0, match.start()):
        return None  # "one day we shall win"
    count, code = count_number(match["count"]) if match["count"] else None, unit_code(match["unit"])
    if count is None:
        return m.Lasting(None)
    if match["half"]:
        count += 0.5
    return m.Lasting(_duration(count, code))


_MEASURED = re.compile(r"\b(?:for|lasted|lasts|after|within|only|just)\s\Z")


def _duration(count: float, code: str) -> str:
    time, code = ("T", code[1:]) if code.startswith("T") else ("", code)
    if code[:-1].isdigit():
        count, code = count * int(code[:-1]), code[-1]
    return f"P{time}{count:g}{code}"


def vague_lasting(_: Match, __: str) -> m.Meaning:
    return m.Lasting(None)


def every(match: Match, _: str) -> m.Meaning | None:
    unit = match["unit"]
    if unit in words().weekdays:
        return m.Repeated("P1W")
    if unit in words().parts_of_day:
        return m.Repeated("P1D")
    count = 2.0 if match["count"] == "other" else count_number(match["count"]) if match["count"] else 1.0
    return m.Repeated(_duration(count, unit_code(unit))) if count is not None else None


_ADVERBS = {
    "daily": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "annually": "P1Y",
    "yearly": "P1Y",
    "nightly": "P1D",
}


def regularly(match: Match, original: str) -> m.Meaning | None:
    if original[match.start()].isupper():
        return None  # the "Daily News"
    return m.Repeated(_ADVERBS[match["word"]])


# ------------------------------------------------------------------------------- times of day


def clock(match: Match, _: str) -> Reading | None:
    hour, minute, half, part = int(match["hour"]), _number(match["minute"]) or 0, match["half"], match["part"]
    if hour > 23:
        return None
    if half == "p" or part in {"afternoon", "evening"}:
        hour = hour if hour >= 12 else hour + 12
    elif half == "a" or part == "morning":
        hour = 0 if hour == 12 else hour
    elif hour in range(1, 13) and not match["hour"].startswith("0"):
        return m.ClockOnly(), None  # "at 6.30": in the morning or in the evening
    return m.ClockOnly(), m.Clock(f"{hour:02d}:{minute:02d}", match["zone"] or "")


def noon(match: Match, _: str) -> Reading:
    time = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}[match["word"]]
    return m.ClockOnly(), m.Clock(time, match["zone"] or "")


def day_part(match: Match, _: str) -> Reading:
    part = match["part"]
    return m.DayPart(), m.Clock(words().parts_of_day[part]) if part else None
