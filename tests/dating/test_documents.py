"""What a text says about the day on which it was written."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.dating import bounded, read
from onrecord.model import Dated
from tests.factories import dated, parsed


def bounds(text: str, published: Dated) -> Dated:
    one = parsed(text)
    return bounded(one, published, read(one, published)[0])


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("The two sides met on September 20, 2023.", date(2023, 9, 20), None),
        ("They met on 20 September 2023 and on 22 September 2023.", date(2023, 9, 22), None),
        ("The two sides will meet on September 20, 2023.", None, date(2023, 9, 20)),
        ("They met on May 2, 2023. They will meet again on May 9, 2023.", date(2023, 5, 2), date(2023, 5, 9)),
        ("The plant closed in March 2022.", date(2022, 3, 1), None),
        ("Agency staff were booked through October 31, 2024.", None, None),
        ("They said that they would meet on May 9, 2023.", None, None),
        ("They set a deadline of May 9, 2023.", None, None),
        ("They met on Wednesday.", None, None),
        ("They met on May 2.", None, None),
    ],
)
def test_an_undated_document_gets_the_bounds_its_text_allows(
    text: str, earliest: date | None, latest: date | None
) -> None:
    found = bounds(text, Dated())
    assert (found.value, found.earliest, found.latest) == (None, earliest, latest)
    assert bool(found.why) == bool(earliest or latest)


def test_an_announcement_that_lies_before_what_is_told_sets_no_last_day() -> None:
    found = bounds("They met on May 9, 2023. They will meet on May 2, 2023.", Dated())
    assert (found.earliest, found.latest) == (date(2023, 5, 9), None)
    assert "2023-05-02" in found.why


def test_known_bounds_are_only_narrowed() -> None:
    before = Dated(earliest=date(2023, 9, 1), latest=date(2023, 9, 30), why="from the archive")
    found = bounds("They met on May 2, 2023. They will meet on September 20, 2023.", before)
    assert (found.earliest, found.latest) == (date(2023, 9, 1), date(2023, 9, 20))
    assert found.why.startswith("from the archive; ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The two sides met on September 22.", "2023-09-22 in the past tense"),
        ("The two sides will meet on August 30.", "2023-08-30 as still to come"),
        ("This post was first published on August 2.", "first published on 2023-08-02"),
    ],
)
def test_a_page_date_that_contradicts_its_text_is_noticed(text: str, says: str) -> None:
    published = dated("2023-09-13")
    found = bounds(text, published)
    assert found.value == published.value
    assert says in found.why


@pytest.mark.parametrize(
    "text",
    [
        "They met on Monday.",
        "They will meet on September 12.",
        "Staff were booked through October 31.",
        "They met on May 2.",
    ],
)
def test_a_page_date_that_fits_stays_as_it_is(text: str) -> None:
    assert bounds(text, dated("2023-09-13")) == dated("2023-09-13")
