from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dating.calendar import add_months, between, easter, holidays, interval, precision_of
from onrecord.dating.meaning import DayOfMonth, NamedWeekday, UnitShift, YearlessDay, YearlessMonth
from onrecord.dating.relative import value
from onrecord.model import Precision

DATES = st.dates(date(1950, 1, 1), date(2050, 1, 1))


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2023-09-13", date(2023, 9, 13), date(2023, 9, 13)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-09/2023-11", date(2023, 9, 1), date(2023, 11, 30)),
        ("2023-05-02/..", date(2023, 5, 2), None),
        ("../2023-05-02", None, date(2023, 5, 2)),
        ("P20W", None, None),
    ],
)
def test_an_iso_value_has_a_first_and_a_last_day(iso: str, first: date | None, last: date | None) -> None:
    assert interval(iso) == (first, last)


@pytest.mark.parametrize("iso", ["", "soon", "2023-13", "2023-02-30", "20230913"])
def test_what_is_no_iso_value_is_refused(iso: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        interval(iso)


@given(DATES, DATES)
def test_an_interval_reads_back_as_written(a: date, b: date) -> None:
    first, last = sorted((a, b))
    assert interval(between(first, last)) == (first, last)


@pytest.mark.parametrize(
    ("iso", "precision"),
    [
        ("2023-09-13", Precision.DAY),
        ("2023-09-13/..", Precision.DAY),
        ("2023-09", Precision.MONTH),
        ("2023/2024", Precision.YEAR),
        ("P3D", Precision.NONE),
        (None, Precision.NONE),
    ],
)
def test_precision_is_that_of_the_ends(iso: str | None, precision: Precision) -> None:
    assert precision_of(iso) is precision


def test_months_are_added_up_to_the_end_of_a_short_one() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)


@pytest.mark.parametrize(
    "day", [date(1961, 4, 2), date(2000, 4, 23), date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25)]
)
def test_easter(day: date) -> None:
    assert easter(day.year) == day


# One known day for every name in holidays.toml; None for those that have no one day.
KNOWN = {
    "new year's eve": "2024-12-31",
    "new year's day": "2024-01-01",
    "new year's": "2024-01-01",
    "new year": "2024-01-01",
    "martin luther king jr. day": "2024-01-15",
    "martin luther king day": "2024-01-15",
    "mlk day": "2024-01-15",
    "valentine's day": "2024-02-14",
    "presidents' day": "2024-02-19",
    "president's day": "2024-02-19",
    "presidents day": "2024-02-19",
    "international women's day": "2024-03-08",
    "st. patrick's day": "2024-03-17",
    "st patrick's day": "2024-03-17",
    "april fools' day": "2024-04-01",
    "april fool's day": "2024-04-01",
    "good friday": "2024-03-29",
    "easter sunday": "2024-03-31",
    "easter": "2024-03-31",
    "easter monday": "2024-04-01",
    "easter weekend": "2024-03-29",
    "may day": "2024-05-01",
    "international workers' day": "2024-05-01",
    "mother's day": None,
    "victoria day": "2024-05-20",
    "memorial day": "2024-05-27",
    "memorial day weekend": "2024-05-25",
    "juneteenth": "2024-06-19",
    "canada day": "2024-07-01",
    "independence day": "2024-07-04",
    "fourth of july": "2024-07-04",
    "july fourth": "2024-07-04",
    "4th of july": "2024-07-04",
    "bastille day": "2024-07-14",
    "labor day": "2024-09-02",
    "labor day weekend": "2024-08-31",
    "labour day": None,
    "canadian thanksgiving": "2024-10-14",
    "columbus day": "2024-10-14",
    "indigenous peoples' day": "2024-10-14",
    "halloween": "2024-10-31",
    "bonfire night": "2024-11-05",
    "guy fawkes night": "2024-11-05",
    "remembrance day": "2024-11-11",
    "veterans day": "2024-11-11",
    "armistice day": "2024-11-11",
    "thanksgiving day": "2024-11-28",
    "thanksgiving": "2024-11-28",
    "thanksgiving weekend": "2024-11-28",
    "black friday": "2024-11-29",
    "cyber monday": "2024-12-02",
    "christmas eve": "2024-12-24",
    "christmas day": "2024-12-25",
    "christmas": "2024-12-25",
    "boxing day": "2024-12-26",
    "bank holiday weekend": None,
    "bank holiday monday": None,
    "bank holiday": None,
    "public holiday": None,
    "holiday weekend": None,
}


def test_every_holiday_of_the_list_falls_on_its_known_day() -> None:
    found = {name: rule.first(2024) for name, rule in holidays().items()}
    assert {name: day.isoformat() if day else None for name, day in found.items()} == KNOWN


@given(DATES, st.integers(0, 60), st.sampled_from([-1, 0, 1]), st.integers(1, 12), st.integers(1, 28))
def test_values_never_go_back_as_the_day_of_writing_goes_on(
    day: date, later: int, toward: int, month: int, dom: int
) -> None:
    meanings = [
        NamedWeekday(dom % 7),
        NamedWeekday(dom % 7, shift=1),
        NamedWeekday(dom % 7, shift=-1),
        YearlessDay(month, dom),
        YearlessMonth(month),
        DayOfMonth(dom),
        UnitShift("weekend", None),
        UnitShift("week", 0),
    ]
    for meaning in meanings:
        a, b = (value(meaning, d, toward) for d in (day, day + timedelta(days=later)))
        if a is not None and b is not None:
            first, second = interval(a)[0], interval(b)[0]
            assert first is not None and second is not None and first <= second
