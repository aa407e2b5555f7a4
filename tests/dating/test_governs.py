"""Which time governs a stretch of text."""

from __future__ import annotations

import pytest

from onrecord.dating import read, when_of
from onrecord.model import Span
from tests.factories import dated, parsed

SAID = "The firm said on Monday that crews had walked out."


@pytest.mark.parametrize(
    ("text", "stretch", "expression"),
    [
        ("The two sides met on Monday.", "met", "Monday"),
        ("They met on Monday and will vote on Friday.", "met", "Monday"),
        ("They met on Monday and will vote on Friday.", "will vote", "Friday"),
        ("They met on Monday and issued a statement.", "issued a statement", "Monday"),
        ("The meeting on Monday failed.", "The meeting", "Monday"),
        ("They bargained on Monday over the offer of April 9.", "They bargained", "Monday"),
        (
            "One offer since May 2, on August 11, is all there is.",
            "One offer since May 2, on August 11",
            "August 11",
        ),
        (SAID, "said", "Monday"),
        (SAID, "had walked out", None),
        ("They met.", "They met", None),
        ("They have bargained for three days.", "bargained", None),
    ],
)
def test_the_time_of_a_stretch_is_that_of_its_clause(text: str, stretch: str, expression: str | None) -> None:
    one = parsed(text)
    start = text.index(stretch)
    time = when_of(read(one, dated("2023-09-13"))[0], one, Span(start, start + len(stretch)))
    assert (time.span.of(text) if time else None) == expression
