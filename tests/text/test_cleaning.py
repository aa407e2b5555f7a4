"""Cleaning never loses the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.text.cleaning import clean

ODD = "a\u00ad\u200b \u00a0\u2019\ufeff\n\t\u2009b\u2060'"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain words", "plain words"),
        ("nego\u00adtiate", "negotiate"),
        ("\ufeffThe talks", "The talks"),
        ("two\u00a0sides\nmet", "two sides met"),
        ("can\u2019t", "can't"),
        ("the crews\u2019 union", "the crews\u2019 union"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
    ],
)
def test_what_the_parser_sees(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@given(st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"]))))
def test_every_cleaned_character_leads_back_to_the_one_it_came_from(text: str) -> None:
    cleaned = clean(text)
    for i, c in enumerate(cleaned.text):
        span = cleaned.to_source(i, i + 1)
        source = span.of(text)
        assert source == c or (c in " '" and (source.isspace() or source == "\u2019"))
        assert cleaned.from_source(span) == (i, i + 1)


@given(st.text(alphabet=ODD, min_size=1), st.data())
def test_a_span_of_the_source_holds_what_its_cleaned_range_leads_back_to(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cleaned = clean(text)
    low, high = cleaned.from_source(Span(start, end))
    if low < high:
        assert Span(start, end).holds(cleaned.to_source(low, high))
