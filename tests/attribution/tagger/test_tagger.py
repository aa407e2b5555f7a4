"""The tagger: what it finds in plain sentences, and what always holds of its spans."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribution.tagger.tagger import Attribution, Tagger
from onrecord.attribution.tagger.windows import paragraphs_of

PIECES = st.sampled_from(
    [
        "The guild",
        " said",
        " it ",
        "“we will wait",
        ",” ",
        "\n\n",
        "\n",
        '"no deal"',
        ". ",
        " according to ",
        "Ms. Ray",
        " told",
        " don’t",
        " naïve",
        " é",
        "x" * 120,
        "_",
        "\u200b",
        "🙂",
        " 12,000 ",
        "—",
        "’s",
        " \t",
        "(",
        "\r\n",
        "٣",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@cache
def tagger() -> Tagger:
    folder = os.environ.get("ONRECORD_TAGGER")
    return Tagger.load(Path(folder) if folder else None)


def tag(*texts: str) -> list[list[Attribution]]:
    return tagger().tag(texts, [paragraphs_of(text) for text in texts])


def found(text: str) -> list[tuple[str, str, str]]:
    return [
        (
            " | ".join(text[a:b] for a, b in attribution.source),
            " | ".join(text[a:b] for a, b in attribution.cue),
            " | ".join(text[a:b].strip("“”,.") for a, b in attribution.content),
        )
        for attribution in tag(text)[0]
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The guild said talks would resume on Monday.", "The guild", "said", "talks would resume on Monday"),
        ("“We will wait,” Ms. Ray said.", "Ms. Ray", "said", "We will wait"),
        ("Talks have stalled, according to two officials.", "two officials", "according to", "Talks have stalled"),
        ("“We are ready,” Jane Roe said. “They are not.”", "Jane Roe", "said", "We are ready | They are not"),
    ],
)
def test_a_plain_attribution_is_found(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in found(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "The harbour opened in 1962."])
def test_a_text_without_attribution_has_none(text: str) -> None:
    assert tag(text) == [[]]


def test_a_paragraph_longer_than_a_window_is_read_to_its_end() -> None:
    text = "Rain fell on the piers and the cranes stood still. " * 60 + "The mayor said the port would open."
    assert "The mayor" in {source for source, _, _ in found(text)}


def test_a_sentence_longer_than_a_window_is_read() -> None:
    tag("and the cranes and the piers " * 400)


def test_a_border_inside_a_word_never_cuts_it() -> None:
    text = "The guild said the talks would resume on Monday."
    for attribution in tagger().tag([text], [[(0, 22), (22, len(text) - 3)]])[0]:
        assert_whole(text, attribution)


def test_texts_and_paragraphs_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 texts"):
        tagger().tag(["a", "b"], [[]])


def assert_whole(text: str, attribution: Attribution) -> None:
    assert attribution.cue and attribution.content
    for spans in (attribution.source, attribution.cue, attribution.content):
        assert list(spans) == sorted(spans)
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            for edge in (start, end):
                inside = 0 < edge < len(text) and all(c.isalnum() or c == "_" for c in text[edge - 1 : edge + 1])
                assert not inside, (text, start, end)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_the_text_and_cut_no_word(text: str) -> None:
    for attribution in tag(text)[0]:
        assert_whole(text, attribution)


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_company_and_order_change_nothing(texts: list[str]) -> None:
    alone = [tag(text)[0] for text in texts]
    assert tag(*texts) == alone
    assert tag(*reversed(texts)) == alone[::-1]
