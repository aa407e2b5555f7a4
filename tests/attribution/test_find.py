"""Spans of source, cue and content, as PolNeAR cuts them."""

from __future__ import annotations

import pytest

from onrecord.attribution.find import find
from onrecord.attribution.read import read
from onrecord.model import Attribution, Certainty, Span
from tests import factories
from tests.attribution.said import who_is_who

SPANS = [
    ("The guild said that talks had failed.", ["The guild"], ["said"], ["that talks had failed"]),
    ("Talks had failed, the guild said.", ["the guild"], ["said"], ["Talks had failed"]),
    ("A deal, the guild said, was near.", ["the guild"], ["said"], ["A deal", "was near"]),
    ("“Go,” said Ann Lee, “and hurry.”", ["Ann Lee"], ["said"], ["“Go,”", "“and hurry.”"]),
    ("“Go,” Ann Lee said. “Hurry.”", ["Ann Lee"], ["said"], ["“Go,”", "“Hurry.”"]),
    ("According to the guild, talks failed.", ["the guild"], ["According to"], ["talks failed"]),
    ("Talks failed, according to the guild.", ["the guild"], ["according to"], ["Talks failed"]),
    ("The guild has not said why talks failed.", ["The guild"], ["has not said"], ["why talks failed"]),
    ("The board is expected to decide.", [], ["is expected"], ["The board", "to decide"]),
    ("Ann Lee, a local head, warned of layoffs.", ["Ann Lee, a local head"], ["warned of"], ["layoffs"]),
    ("The guild, which said talks had failed, left.", ["which"], ["said"], ["talks had failed"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), SPANS, ids=[s[0][:50] for s in SPANS])
def test_spans(text: str, source: list[str], cue: list[str], content: list[str]) -> None:
    found = [
        tuple([s.of(text) for s in part] for part in (a.source, a.cue, a.content))
        for a in find(factories.parsed(text))
    ]
    assert found == [(source, cue, content)]


def test_nested_attributions_are_both_found() -> None:
    text = "The guild said that an executive had told it that a deal was near."
    sources = [[s.of(text) for s in a.source] for a in find(factories.parsed(text))]
    assert sources == [["The guild"], ["an executive"]]


def test_a_speaker_does_not_attribute_his_own_words_to_himself() -> None:
    text = "“I said that we would wait,” said Ann Lee."
    assert [[s.of(text) for s in a.source] for a in find(factories.parsed(text))] == [["Ann Lee"]]


def test_another_finders_spans_are_read_in_place_of_the_rules() -> None:
    parsed = factories.parsed("The Teamsters grumbled that a deal could come.")
    found = (Attribution((Span(0, 13),), (Span(14, 22),), (Span(23, 45),)),)
    said = read(parsed, who_is_who(parsed), (), found)
    assert [(s.source.name, s.certainty, [c.of(parsed.text) for c in s.content]) for s in said] == [
        ("Teamsters", Certainty.POSSIBLE, ["a deal could come"])
    ]


def test_an_outlet_within_the_cue_is_the_one_told() -> None:
    text = "Insiders have told Reuters that a deal was near."
    found = (Attribution((Span(0, 8),), (Span(9, 26),), (Span(32, 47),)),)
    parsed = factories.parsed(text)
    assert [s.via for s in read(parsed, who_is_who(parsed), (), found)] == [("Reuters",)]
