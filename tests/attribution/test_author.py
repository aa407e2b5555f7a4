"""The author's own voice: each wording of the lexicon claims something, and claims are cut at their clause."""

from __future__ import annotations

import pytest

from onrecord.attribution.author import author_claims
from onrecord.attribution.cover import Cover
from onrecord.attribution.lexicon import table, words
from onrecord.attribution.quotations import quotations
from onrecord.attribution.tree import tree
from onrecord.model import Span
from tests import factories

WORDINGS = [w for k in ("state", "judgement", "forecast", "checks") for w in words(table("voice")[k])]


def claims(text: str, taken: tuple[Span, ...] = ()) -> list[tuple[str, str]]:
    parsed = factories.parsed(text)
    found = author_claims(parsed, tree(parsed), Cover(taken), quotations(parsed))
    return [(c.clause.of(text), c.content.of(text)) for c in found]


@pytest.mark.parametrize("wording", WORDINGS)
def test_each_wording_claims(wording: str) -> None:
    plain = wording.replace("*", "")
    assert claims(f"The strike, they know, {plain} by Monday here.")
    assert not claims("The strike, they know, was called by Monday here.")


@pytest.mark.parametrize("mood", words(table("voice")["moods"]))
def test_each_mood_claims(mood: str) -> None:
    assert claims(f"The drivers in the strike are {mood}.") == [(f"The drivers in the strike are {mood}",) * 2]


@pytest.mark.parametrize("matrix", words(table("voice")["matrices"]))
def test_each_matrix_is_no_part_of_the_claim(matrix: str) -> None:
    text = f"{matrix.capitalize()} the strike could end this week."
    assert [content for _, content in claims(text)] == ["the strike could end this week"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote is over, but the strike could go on.", ["The vote is over", "the strike could go on"]),
        ("The strike may end on Friday, because the funds are gone.", ["The strike may end on Friday"]),
        ("Nobody outside the talks could say who had won.", []),
        ("If the talks could be held on Sunday, members went home.", []),
        ("“The strike could end,” read the sign.", []),
        ("The museum may open late.", []),
        ("The members will march on Friday.", []),
        ("Trains will not run before the ballot closes.", ["Trains will not run before the ballot closes"]),
    ],
)
def test_claims(text: str, expected: list[str]) -> None:
    assert [content for _, content in claims(text)] == expected


def test_what_others_said_is_not_the_authors() -> None:
    text = "The strike could end."
    assert not claims(text, taken=(Span(0, len(text)),))
