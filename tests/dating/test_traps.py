"""What looks like a time and is none."""

from __future__ import annotations

import pytest

from onrecord.dating import read
from onrecord.model import TimeType
from tests.factories import dated, parsed

TRAPS = [
    "The firm may settle.",
    "May we come in?",
    "Clara May spoke for the drivers.",
    "Thousands march through the town.",
    "March with us!",
    "The March on the capital drew thousands.",
    "June Harlow leads the union.",
    "The Sun broke the story.",
    "He sat. They left.",
    "They took second place, and the second offer was worse.",
    "The 9th Circuit ruled for the drivers.",
    "The talks are on the 14th floor.",
    "He is 24 years old.",
    "A 58-year-old welder spoke.",
    "They want 7.25 an hour.",
    "Some 2,023 workers walked out.",
    "In 2000 stores the lights went out.",
    "He paid $2000 for it.",
    "Two thirds of members voted yes.",
    "It was a 50/50 split, and it runs 24/7.",
    "The fall of the minister surprised nobody.",
    "A spring in the machine broke.",
    "A quarter of the workforce stayed home.",
    "One day we shall win.",
    "They burned the midnight oil.",
    "The score was 3.15 to 2.",
    "Section 12.30 of the code applies.",
    "USA Today wrote about it.",
    "The Daily Ledger and the Weekly Star wrote about it.",
    "It rose by 9.15 per cent at 6.30 per cent growth.",
    "The august body met.",
    "Pay rose at 4.50 million a plant.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_no_time_is_read(text: str) -> None:
    times, counts = read(parsed(text), dated("2023-09-13"))
    assert [(t.span.of(text), t.type) for t in times if t.type is not TimeType.SET] == []
    assert counts == ()


def test_a_first_in_years_is_no_coming_day() -> None:
    text = "It was the first strike in 15 years."
    assert [t.type for t in read(parsed(text), dated("2023-09-13"))[0]] == [TimeType.DURATION]
