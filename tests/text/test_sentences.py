"""Sentences by rules: what a reference names."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Block, BlockRole, Span
from onrecord.text.sentences import abbreviations, sentences, split_text


def split(text: str) -> list[str]:
    return [s.of(text) for s in split_text(text, Span(0, len(text)))] if text else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crews walked out. No ship sailed.", ["Crews walked out.", "No ship sailed."]),
        ("Is it over? Nobody knows.", ["Is it over?", "Nobody knows."]),
        ("\u201cNo.\u201d She left.", ["\u201cNo.\u201d", "She left."]),
        ("It rose 4.5 percent. Then it fell.", ["It rose 4.5 percent.", "Then it fell."]),
        ("Helen J. Marrow spoke. He left.", ["Helen J. Marrow spoke.", "He left."]),
        ("The U.S. Senate met. It rose.", ["The U.S. Senate met.", "It rose."]),
        ("So said I. Nobody heard.", ["So said I.", "Nobody heard."]),
        ("They met\u2026 and then? Nothing.", ["They met\u2026 and then?", "Nothing."]),
        ("Offers:\n- pay\n- rest", ["Offers:", "- pay", "- rest"]),
        ("One part\n\nAnother part", ["One part", "Another part"]),
        ("a wrapped\nline goes on.", ["a wrapped\nline goes on."]),
        ("Stop! (They did.) Then rain.", ["Stop!", "(They did.)", "Then rain."]),
        ("It ends at 12:01 a.m. PT on Friday.", ["It ends at 12:01 a.m. PT on Friday."]),
        ("They met at 9 a.m. The talks went on.", ["They met at 9 a.m.", "The talks went on."]),
        ("   ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize("word", sorted(abbreviations()))
def test_each_abbreviation_earns_its_place(word: str) -> None:
    text = f"They saw {word[0].upper()}{word[1:]}. Marrow there. He left."
    assert len(split(text)) == 2


def test_blocks_that_are_no_prose_count_as_one_sentence_and_numbers_go_on() -> None:
    text = "date 2024-04-08 One. Two.\n\nPhoto: A. B. Three."
    blocks = [
        Block(Span(0, 15), BlockRole.HEADER),
        Block(Span(16, 25), BlockRole.PARAGRAPH),
        Block(Span(27, len(text)), BlockRole.CREDIT),
    ]
    found = [(s.n, s.role, s.span.of(text)) for s in sentences(text, blocks)]
    assert found == [
        (1, BlockRole.HEADER, "date 2024-04-08"),
        (2, BlockRole.PARAGRAPH, "One."),
        (3, BlockRole.PARAGRAPH, "Two."),
        (4, BlockRole.CREDIT, "Photo: A. B. Three."),
    ]


@given(st.text())
def test_sentences_are_in_order_do_not_overlap_and_lose_nothing_but_space(text: str) -> None:
    if not text:
        return
    spans = split_text(text, Span(0, len(text)))
    covered = "".join(s.of(text) for s in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
