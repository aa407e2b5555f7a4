"""Dates as people and addresses write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coverage.dates import date_in, date_of_url, most_trusted, parse_date
from onrecord.model import Dated, KnownFrom, Precision

DAY, MONTH, YEAR, NONE = Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.NONE


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2023-09-13", "2023-09-13", DAY),
        ("2023/9/3", "2023-09-03", DAY),
        ("20230913", "2023-09-13", DAY),
        ("20230913T170100Z", "2023-09-13", DAY),
        ("2023-09-13T23:30:00-07:00", "2023-09-13", DAY),
        ("2023-09-13 10:00:00 UTC", "2023-09-13", DAY),
        ("Wed, 13 Sep 2023 10:00:00 GMT", "2023-09-13", DAY),
        ("13 September 2023", "2023-09-13", DAY),
        ("the 13th", None, NONE),
        ("3rd of May, 2024", "2024-05-03", DAY),
        ("Sept. 13, 2023, 5:01 PM ET", "2023-09-13", DAY),
        ("Wednesday, September 13, 2023", "2023-09-13", DAY),
        ("25/12/2023", "2023-12-25", DAY),
        ("12.25.2023", "2023-12-25", DAY),
        ("07/07/2023", "2023-07-07", DAY),
        ("1694563200", "2023-09-13", DAY),
        ("1694563200000", "2023-09-13", DAY),
        ("2023-09", "2023-09-01", MONTH),
        ("September 2023", "2023-09-01", MONTH),
        ("2023", "2023-01-01", YEAR),
        ("2023-02-30", None, NONE),
        ("31 June 2023", None, NONE),
        ("2023-13", None, NONE),
        ("13/09/23", None, NONE),
        ("yesterday", None, NONE),
        ("", None, NONE),
    ],
)
def test_a_written_date(written: str, value: str | None, precision: Precision) -> None:
    found = parse_date(written, KnownFrom.GIVEN)
    assert (found.value and found.value.isoformat(), found.precision) == (value, precision)
    assert bool(found.why) == (value is None)
    assert found.known_from is (KnownFrom.GIVEN if value else KnownFrom.NONE)


def test_day_and_month_that_cannot_be_told_apart_leave_the_year_and_both_as_bounds() -> None:
    found = parse_date("09/10/2023", KnownFrom.GIVEN)
    assert (found.value, found.precision) == (date(2023, 1, 1), YEAR)
    assert (found.earliest, found.latest) == (date(2023, 9, 10), date(2023, 10, 9))
    assert "YYYY-MM-DD" in found.why


@pytest.mark.parametrize(
    ("url", "value", "precision"),
    [
        ("https://a.example/2023/09/13/talks", "2023-09-13", DAY),
        ("https://a.example/news/2023-09-13-talks", "2023-09-13", DAY),
        ("https://a.example/20230913/talks", "2023-09-13", DAY),
        ("https://a.example/world/2023/sep/13/talks", "2023-09-13", DAY),
        ("https://a.example/2023/9/3/talks", "2023-09-03", DAY),
        ("https://a.example/2023/09/talks", "2023-09-01", MONTH),
        ("https://a.example/2023/talks", None, NONE),
        ("https://a.example/story/2309131", None, NONE),
        ("https://a.example/talks?from=/2023/09/13/", None, NONE),
        ("https://2023-09-13.example/talks", None, NONE),
        ("https://a.example/id/120230913456", None, NONE),
    ],
)
def test_a_date_in_an_address(url: str, value: str | None, precision: Precision) -> None:
    found = date_of_url(url)
    assert (found.value and found.value.isoformat(), found.precision) == (value, precision)
    assert found.known_from is (KnownFrom.URL if value else KnownFrom.NONE)


def test_the_more_trusted_date_wins_and_a_finer_one_that_agrees_is_taken() -> None:
    given = parse_date("2023-09-14", KnownFrom.GIVEN)
    month = parse_date("2023-09", KnownFrom.HEADER)
    of_url = date_of_url("https://a.example/2023/09/13/x")
    other = date_of_url("https://a.example/2023/10/13/x")
    assert most_trusted([given, of_url]) == given
    assert most_trusted([month, of_url]) == of_url
    assert most_trusted([month, other]) == month
    ambiguous = parse_date("09/10/2023", KnownFrom.GIVEN)
    assert most_trusted([ambiguous, of_url]) == ambiguous
    assert most_trusted([ambiguous, date_of_url("https://a.example/2023/10/09/x")]).value == date(2023, 10, 9)


def test_without_any_date_the_reason_is_kept() -> None:
    assert most_trusted([Dated(), parse_date("soon", KnownFrom.GIVEN)]).why
    assert most_trusted([]) == Dated()


def test_a_date_within_a_text_has_its_span() -> None:
    text = "It was posted on Friday, 13 September 2024 at noon."
    found = date_in(text)
    assert found.span is not None
    assert found.span.of(text) == "Friday, 13 September 2024"
    assert found.value == date(2024, 9, 13)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_says_why_not(text: str) -> None:
    found = parse_date(text, KnownFrom.GIVEN)
    assert (found.value is None) == (found.precision is NONE)
    date_of_url(text)


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2090, 1, 1)))
def test_the_same_day_is_read_from_each_way_of_writing_it(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 GMT"):
        assert parse_date(day.strftime(form), KnownFrom.GIVEN).value == day
