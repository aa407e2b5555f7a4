"""The parser is told our sentence boundaries, and its tokens lead back to the captured text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import BlockRole, OnrecordError, Span
from onrecord.text.parse import parse, pipeline
from tests.factories import article, parsed


def test_the_parser_keeps_our_boundaries_even_where_it_would_not_set_them() -> None:
    p = parsed("We saw it on Nov. 3. the crews left\n\nno stop here\n\nAnd no stop there")
    assert [s.text.strip() for s in p.doc.sents] == [s.span.of(p.text) for s in p.sentences]


def test_tokens_and_spans_convert_through_invisible_characters() -> None:
    p = parsed("The nego\u00adtiators met.\u200b Nobody left.")
    word = next(t for t in p.doc if t.text == "negotiators")
    span = p.span(word.i, word.i + 1)
    assert span.of(p.text) == "nego\u00adtiators"
    assert [t.i for t in p.tokens(span)] == [word.i]


def test_sentences_are_found_by_offset_and_by_token() -> None:
    p = parsed("One ship. Two ships.", title="A title")
    second = p.sentences[2]
    assert second.span.of(p.text) == "Two ships."
    assert p.sentence_at(second.span.start) == second
    assert p.sentence_of(second.first) == second
    assert p.sentence_at(7) is None
    assert [s.role for s in p.sentences] == [BlockRole.TITLE, BlockRole.PARAGRAPH, BlockRole.PARAGRAPH]
    assert [s.n for s in p.prose()] == [2, 3]


def test_articles_come_back_in_order_whatever_the_batch() -> None:
    made = [article(f"Ship {i} sailed.", id=str(i)) for i in range(7)]
    assert [p.article.id for p in parse(made, pipeline(), batch_size=3)] == [str(i) for i in range(7)]


def test_an_unknown_pipeline_is_a_sentence() -> None:
    with pytest.raises(OnrecordError, match="'xx_none' is not installed"):
        pipeline("xx_none")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_parses_and_every_token_leads_back(text: str) -> None:
    p = parsed(text)
    for token in p.doc:
        span = p.span(token.i, token.i + 1)
        assert Span(0, len(p.text)).holds(span)
