"""Wordings and the probability they convey."""

from __future__ import annotations

import pytest

from onrecord import dating
from onrecord.attribution.likelihood import likelihood, unhedged, wordings
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


# The tenth and ninetieth percentile of the answers of 123 readers.
SURVEY = {
    "very good chance": (0.70, 0.90),
    "highly likely": (0.75, 0.97),
    "better than even": (0.51, 0.64),
    "probably not": (0.07, 0.40),
    "little chance": (0.05, 0.20),
    "slim chance": (0.05, 0.30),
    "highly unlikely": (0.01, 0.20),
}


@pytest.mark.parametrize(("words", "band"), SURVEY.items())
def test_what_no_standard_defines_is_from_the_survey_of_readers(words: str, band: tuple[float, float]) -> None:
    wording = wordings()[words]
    assert (wording.low, wording.high) == band
    assert wording.source.startswith("survey of 123 readers")


def test_a_standard_says_beside_it_how_readers_take_the_word() -> None:
    assert wordings()["likely"].source.endswith("four of five: 51-83 %")


@pytest.mark.parametrize("words", sorted({*wordings(), *(w for w in unhedged() if not w.endswith("ll"))}))
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A deal will come by Thursday.", "will"),
        ("They're sure to sign, and it'll hold.", "sure to"),
        ("The crews are going to walk out.", "are going to"),
        ("A deal will probably come.", "probably"),
        ("A deal will not come.", None),
        ("A deal won't come.", None),
        ("Will Tarn signed it.", None),
        ("The crews, who will march on Friday, are angry.", None),
    ],
)
def test_what_is_said_to_come_without_a_hedge_is_nearly_certain(text: str, words: str | None) -> None:
    found = likelihood(factories.parsed(text), [Span(0, len(text))])
    assert (found.span.of(text) if found and found.span else None) == words
    if words and words in unhedged():
        assert found is not None and (found.low, found.high) == (0.90, 0.99)
        assert "own band" in found.source


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("A deal could come today.", "2031-05-07"),
        ("After a session on Monday a deal could come by Friday.", "2031-05-09"),
        ("A deal could come before Christmas.", "2031-12-25"),
        ("A deal might come this week or next month.", None),
        ("A deal could come after 20 weeks of strike.", None),
        ("A deal might have come on Monday.", None),
    ],
)
def test_the_horizon_lies_ahead_of_the_day_on_which_it_is_said(text: str, horizon: str | None) -> None:
    parsed = factories.parsed(text, published="2031-05-07")
    times, _ = dating.read(parsed, parsed.article.published)
    found = likelihood(parsed, [Span(0, len(text))], times)
    assert found is not None
    assert (found.horizon or "").removeprefix("../").removeprefix("2031-05-07/") == (horizon or "")
