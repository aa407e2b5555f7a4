"""The source's commitment where the rules find no spans of their own: given spans, as a better finder would."""

from __future__ import annotations

import pytest

from onrecord.attribution.certainty import certainty
from onrecord.attribution.lexicon import table, tables, words
from onrecord.attribution.tree import tree
from onrecord.model import Certainty, Span
from tests import factories

STANCES = [(w, c) for c, listed in tables(table("certainty")["stances"]) for w in words(listed)]
NOUNS = [(w, c) for c, listed in tables(table("certainty")["nouns"]) for w in words(listed)]


@pytest.mark.parametrize(("adjective", "commitment"), STANCES)
def test_each_stance_commits(adjective: str, commitment: str) -> None:
    text = f"The guild is {adjective} that the mill reopens."
    cue = text.index(" that")
    assert _read(text, Span(10, cue), Span(cue + 6, len(text) - 1)) == commitment


@pytest.mark.parametrize(("noun", "commitment"), NOUNS)
def test_each_noun_commits(noun: str, commitment: str) -> None:
    text = f"The guild says the {noun} is that the mill reopens."
    assert _read(text, Span(10, 14), Span(15, len(text) - 1)) == commitment


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("UPS voiced hope that the mill reopens.", "voiced hope", "the mill reopens", Certainty.POSSIBLE),
        ("UPS voiced anger over the mill.", "voiced", "anger over the mill", Certainty.CERTAIN),
        ("It would cost $3 million, by an estimate.", "by an estimate", "It would cost $3 million", "probable"),
        ("UPS says it would rather wait.", "says", "it would rather wait", Certainty.CERTAIN),
        ("UPS warned drivers to stay home.", "warned", "to stay home", Certainty.UNKNOWN),
    ],
)
def test_commitment(text: str, cue: str, content: str, expected: str) -> None:
    a, b = text.index(cue), text.index(content)
    assert _read(text, Span(a, a + len(cue)), Span(b, b + len(content))) == expected


def _read(text: str, cue: Span, content: Span) -> Certainty:
    parsed = factories.parsed(text)
    return certainty(parsed, tree(parsed), (cue,), (content,))
