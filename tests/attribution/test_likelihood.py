"""Wordings and the probability they convey."""

from __future__ import annotations

import pytest

from onrecord.attribution.likelihood import likelihood, wordings
from onrecord.model import Anchor, Span, TimeExpression, TimeType
from tests import factories

ICD_203 = {
    "almost certain": (0.95, 0.99),
    "very likely": (0.80, 0.95),
    "likely": (0.55, 0.80),
    "probable": (0.55, 0.80),
    "roughly even": (0.45, 0.55),
    "unlikely": (0.20, 0.45),
    "very unlikely": (0.05, 0.20),
    "remote": (0.01, 0.05),
}


@pytest.mark.parametrize(("words", "band"), ICD_203.items())
def test_the_bands_of_icd_203_are_exact(words: str, band: tuple[float, float]) -> None:
    wording = wordings()[words]
    assert (wording.low, wording.high) == band
    assert wording.source.startswith("ICD 203")


@pytest.mark.parametrize("words", sorted(wordings()))
def test_each_wording_is_found_and_names_its_source(words: str) -> None:
    text = f"A turn is {words} now."
    found = likelihood(factories.parsed(text), [Span(0, len(text))])
    assert found is not None and found.span is not None
    assert found.span.of(text) == words
    assert 0 <= found.low < found.high <= 1 and found.source


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A deal is very likely.", "very likely"),
        ("A deal is not likely.", "not likely"),
        ("A deal could be likely.", "could"),
        ("May Lindqvist may sign.", "may"),
        ("They met in May.", None),
        ("A deal is done.", None),
    ],
)
def test_the_longest_wording_that_conveys_least_counts(text: str, words: str | None) -> None:
    found = likelihood(factories.parsed(text), [Span(0, len(text))])
    assert (found.span.of(text) if found and found.span else None) == words


def test_the_horizon_is_the_one_time_that_is_named() -> None:
    text = "A deal could come by Thursday."
    day = TimeExpression(span=Span(18, 29), type=TimeType.DATE, value="2031-05-08", anchor=Anchor.PUBLISHED)
    found = likelihood(factories.parsed(text), [Span(0, len(text))], (day,))
    assert found is not None and found.horizon == "2031-05-08"
