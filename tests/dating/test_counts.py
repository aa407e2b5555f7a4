"""Counts of a stoppage, and the start that they imply."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dating import read, start_window
from onrecord.model import Counting, CountUnit, Span, StrikeCount
from tests.factories import dated, parsed

DAY, WEEK, MONTH = CountUnit.DAY, CountUnit.WEEK, CountUnit.MONTH
ORD, ELA = Counting.ORDINAL, Counting.ELAPSED

COUNTS = [
    ("It is day 142 of the strike.", "day 142", 142, DAY, ORD),
    ("On day 12 the strikers sang.", "day 12", 12, DAY, ORD),
    ("Day three of the walkout was wet.", "Day three", 3, DAY, ORD),
    ("The lockout is now in week 12.", "week 12", 12, WEEK, ORD),
    ("It was week 3 on the picket line for the strike committee.", "week 3", 3, WEEK, ORD),
    ("Tuesday was the 101st day of the strike.", "the 101st day", 101, DAY, ORD),
    ("It was the twenty-first day of their walkout.", "the twenty-first day", 21, DAY, ORD),
    ("It was the hundredth day of the stoppage.", "the hundredth day", 100, DAY, ORD),
    ("The strike has entered its 20th week.", "its 20th week", 20, WEEK, ORD),
    ("The walkout is in its fifth month.", "its fifth month", 5, MONTH, ORD),
    ("The strike, now in its 145th day, drags on.", "its 145th day", 145, DAY, ORD),
    ("The strike's 20th week began quietly.", "20th week", 20, WEEK, ORD),
    ("Striking nurses entered their third week without pay.", "their third week", 3, WEEK, ORD),
    ("Cooks were on strike for a 12th day.", "a 12th day", 12, DAY, ORD),
    ("Pilots began their second week on strike.", "their second week", 2, WEEK, ORD),
    ("It is the third week of industrial action.", "the third week", 3, WEEK, ORD),
    ("It is the eighth consecutive day of the lockout.", "the eighth consecutive day", 8, DAY, ORD),
    ("After 141 days on strike they are tired.", "141 days on strike", 141, DAY, ELA),
    ("Five weeks into the walkout, spirits are high.", "Five weeks into the walkout", 5, WEEK, ELA),
    ("Two months into their bitter strike, cash is short.", "Two months into their bitter strike", 2, MONTH, ELA),
    ("Crews have been on strike for six weeks.", "six weeks", 6, WEEK, ELA),
    ("The strike has lasted 100 days.", "100 days", 100, DAY, ELA),
    ("The lockout has now dragged on for nine weeks.", "nine weeks", 9, WEEK, ELA),
    ("The strike is 102 days old.", "102 days old", 102, DAY, ELA),
    ("The 148-day strike has cost millions.", "148-day strike", 148, DAY, ELA),
    ("Ten days after the strike began, shelves are bare.", "Ten days after the strike began", 10, DAY, ELA),
    ("For a hundred and ten days on strike they sang.", "a hundred and ten days on strike", 110, DAY, ELA),
    ("After 30 days of strike action nobody had moved.", "30 days of strike action", 30, DAY, ELA),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "n", "unit", "counting"), COUNTS)
def test_a_count_of_the_stoppage_is_read(
    text: str, words: str, n: int, unit: CountUnit, counting: Counting
) -> None:
    counts = read(parsed(text), dated("2023-09-13"))[1]
    assert [(c.span.of(text), c.n, c.unit, c.counting) for c in counts] == [(words, n, unit, counting)]


@pytest.mark.parametrize(
    "text",
    [
        "The strike goes on, and it was the second day of talks.",
        "Despite the strike, talks entered their third week.",
        "Day 4 of talks brought nothing to end the strike.",
        "The talks are three days old, and so is the anger over the strike.",
        "Air strikes entered their second week.",
        "The hunger strike entered its second week.",
        "In 2007 writers spent 100 days on strike.",
        "The 100-day strike of 2007 is not forgotten.",
        "A five-day strike begins on Monday.",
        "Members ended their 148-day strike.",
        "Nearly five months into the strike, money is short.",
        "After more than 100 days on strike, they are tired.",
        "They walked out for a third day of strikes.",
        "Cooks had been on strike for six weeks when the plant shut.",
        "The strike fund pays from the eighth day of illness.",
        "The season is in its third week, and no strike is near.",
        "It was the fifth day of the trial of a strike leader.",
        "Day 5 has come.",
    ],
)
def test_other_counts_are_left_alone(text: str) -> None:
    assert read(parsed(text), dated("2023-09-13"))[1] == ()


def test_a_count_is_not_also_a_duration() -> None:
    assert read(parsed("After 141 days on strike they are tired."), dated("2023-09-13"))[0] == ()


def count(n: int, unit: CountUnit, counting: Counting) -> StrikeCount:
    return StrikeCount(span=Span(0, 1), n=n, unit=unit, counting=counting)


@pytest.mark.parametrize(
    ("n", "unit", "counting", "on", "first", "last"),
    [
        (142, DAY, ORD, date(2023, 9, 20), date(2023, 5, 2), date(2023, 5, 2)),
        (1, DAY, ORD, date(2023, 5, 2), date(2023, 5, 2), date(2023, 5, 2)),
        (20, WEEK, ORD, date(2023, 9, 13), date(2023, 4, 27), date(2023, 5, 3)),
        (1, WEEK, ORD, date(2023, 5, 7), date(2023, 5, 1), date(2023, 5, 7)),
        (5, MONTH, ORD, date(2023, 9, 13), date(2023, 4, 14), date(2023, 5, 13)),
        (141, DAY, ELA, date(2023, 9, 20), date(2023, 5, 2), date(2023, 5, 3)),
        (5, WEEK, ELA, date(2023, 6, 7), date(2023, 4, 27), date(2023, 5, 3)),
        (4, MONTH, ELA, date(2023, 9, 13), date(2023, 4, 14), date(2023, 5, 13)),
        (1, MONTH, ELA, date(2023, 3, 31), date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_a_count_gives_the_days_on_which_the_stoppage_can_have_begun(
    n: int, unit: CountUnit, counting: Counting, on: date, first: date, last: date
) -> None:
    assert start_window(count(n, unit, counting), on) == (first, last)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(0, 900))
def test_the_true_start_lies_in_the_window_of_every_true_count(start: date, passed: int) -> None:
    on = start + timedelta(days=passed)
    day, week = passed + 1, passed // 7 + 1
    for true in (count(day, DAY, ORD), count(week, WEEK, ORD)):
        first, last = start_window(true, on)
        assert first <= start <= last
    for n, unit in ((passed, DAY), (passed // 7, WEEK)):
        if n:
            first, last = start_window(count(n, unit, ELA), on)
            assert first <= start <= last


def test_a_start_before_the_calendar_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="before the year 1"):
        start_window(count(3000, DAY, ORD), date(2, 1, 1))
