"""What a time expression means before it is known when it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

# Shifts: -1 last, 0 this, +1 next; None: the words do not say, and tense decides.


@dataclass(frozen=True, slots=True)
class Explicit:
    """ "13 September 2023", "2007": an ISO value, complete."""

    value: str


@dataclass(frozen=True, slots=True)
class YearlessDay:
    """ "Sept. 13", and with ``last`` "Aug. 17 and 18"."""

    month: int
    day: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """ "the 13th"."""

    day: int


@dataclass(frozen=True, slots=True)
class YearlessMonth:
    """ "in June", "last May"."""

    month: int
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class NamedWeekday:
    """ "on Wednesday", "next Friday"; ``week`` for "Tuesday of last week"; ``weeks`` for "a week on Friday"."""

    weekday: int
    shift: int | None = None
    week: int | None = None
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class DayOffset:
    """ "today" 0, "yesterday" -1."""

    days: int


@dataclass(frozen=True, slots=True)
class UnitShift:
    """ "last week", "later this month": ``part`` is earlier, later or whole."""

    unit: str
    shift: int | None
    part: str = "whole"


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """ "last summer", "in the spring"; ``month`` is the first of its three."""

    month: int
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class QuarterOf:
    """ "the third quarter", "the second half": months ``first`` to ``last`` of a year; ``this_year``
    when it is told as "of the year"."""

    first: int
    last: int
    this_year: bool = False


@dataclass(frozen=True, slots=True)
class HolidayOf:
    name: str
    year: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class NthWeek:
    """ "the second week of October" (-1: the last)."""

    n: int
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """ "the week of September 18"."""

    day: Meaning


@dataclass(frozen=True, slots=True)
class Ago:
    """ "three days ago" -3, "in two weeks" +2, counted from the document's date."""

    count: float
    unit: str


@dataclass(frozen=True, slots=True)
class Window:
    """ "the past two weeks" -2, "within ten days" +10; ``count`` None: "in recent weeks" (``sign`` tells)."""

    count: float | None
    unit: str
    sign: int


@dataclass(frozen=True, slots=True)
class Later:
    """ "two weeks later" +2, "the next day" +1, "that evening" 0: counted from a day told before."""

    count: float
    unit: str


@dataclass(frozen=True, slots=True)
class ShiftFrom:
    """ "two days after Labor Day"."""

    count: float
    unit: str
    day: Meaning


@dataclass(frozen=True, slots=True)
class Lasting:
    """ "five weeks": an ISO duration, None for "months"."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Repeated:
    """ "every week": the ISO duration between two times, None when the words name none."""

    value: str | None


@dataclass(frozen=True, slots=True)
class ClockOnly:
    """ "at 6 a.m." with no day beside it."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """ "late on", "the morning of": nothing unless a day follows."""


@dataclass(frozen=True, slots=True)
class Between:
    """ "from Sept. 20 to 22"."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class Since:
    """ "since May 2": open at its end."""

    first: Meaning


@dataclass(frozen=True, slots=True)
class Unknown:
    """A time, but nobody can say which: ``why`` says why."""

    why: str


Meaning: TypeAlias = (
    Explicit
    | YearlessDay
    | DayOfMonth
    | YearlessMonth
    | NamedWeekday
    | DayOffset
    | UnitShift
    | SeasonOf
    | QuarterOf
    | HolidayOf
    | NthWeek
    | WeekOf
    | Ago
    | Window
    | Later
    | ShiftFrom
    | Lasting
    | Repeated
    | ClockOnly
    | DayPart
    | Between
    | Since
    | Unknown
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: "21:40", or TIMEX3's letters for a part of it (MO AF EV NI); ``zone`` as told."""

    time: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at ``[start, end)`` of the cleaned text. ``rule`` names the pattern that found it."""

    start: int
    end: int
    meaning: Meaning
    clock: Clock | None = None
    rule: str = ""
