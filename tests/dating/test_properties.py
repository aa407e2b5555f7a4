"""What holds of every text."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dating import bounded, interval, read
from onrecord.model import Dated
from tests.factories import dated, parsed

WORDS = st.sampled_from(
    [
        "on",
        "by",
        "since",
        "from",
        "to",
        "and",
        "the",
        "a",
        "last",
        "next",
        "this",
        "Monday",
        "Friday's",
        "May",
        "March",
        "Sept.",
        "13",
        "13th",
        "2023",
        "31",
        "30",
        "February",
        "week",
        "weeks",
        "day",
        "days",
        "month",
        "year",
        "ago",
        "later",
        "after",
        "before",
        "two",
        "three",
        "4.30",
        "p.m.",
        "PT",
        "midnight",
        "morning",
        "of",
        "strike",
        "walkout",
        "20th",
        "its",
        "in",
        "day-long",
        "early",
        "late",
        "(",
        ")",
        ",",
        ".",
        "-",
        "–",
        "9/13",
        "Christmas",
        "quarter",
        "half",
        "summer",
        "every",
        "within",
        "past",
        "coming",
        "overnight",
        "today",
        "Wednesday,",
        "they",
        "met",
        "will",
        "meet",
        "had",
        "said",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)
PUBLISHED = st.sampled_from([dated("2023-09-13"), dated("2024-02-29"), dated(None)])


def check(text: str, published: Dated) -> None:
    one = parsed(text)
    times, counts = read(one, published)
    assert (times, counts) == read(one, published)
    for span in [t.span for t in times] + [c.span for c in counts]:
        cut = text[span.start : span.end]
        assert cut and cut == cut.strip()
        assert not (span.start and text[span.start - 1].isalnum() and cut[0].isalnum())
        assert not (span.end < len(text) and text[span.end].isalnum() and cut[-1].isalnum())
    assert all(a.span.end <= b.span.start for a, b in pairwise(times))
    for told in times:
        assert (told.value is not None) or told.why
        if told.value:
            first, last = interval(told.value)
            assert first is None or last is None or first <= last
    assert bounded(one, published, times).value == published.value


@settings(max_examples=120, deadline=None)
@given(TEXTS, PUBLISHED)
def test_any_string_of_time_words_is_read_soundly(text: str, published: Dated) -> None:
    check(text, published)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), PUBLISHED)
def test_any_text_is_read_soundly(text: str, published: Dated) -> None:
    if text.strip():
        check(text, published)


def test_a_thousand_expressions_in_one_sentence_are_read_in_time() -> None:
    for piece in ("a hundred and ", "12:", "last next this ", "of the strike day 1 ", "Monday and "):
        one = parsed(piece * 400)
        began = time.process_time()
        read(one, dated("2023-09-13"))
        assert time.process_time() - began < 3
