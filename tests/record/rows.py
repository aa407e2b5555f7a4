"""Captures and readings to put into a record, without a model."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from onrecord.model import (
    Authority,
    Capture,
    Certainty,
    Given,
    Likelihood,
    Quote,
    Reading,
    Source,
    Span,
    Statement,
    statement_id,
)
from tests.factories import article, dated

WHEN = datetime(2024, 4, 8, 12, tzinfo=UTC)


def capture(text: str, *, source: str = "a.txt", given: Given = Given()) -> Capture:
    data = text.encode()
    return Capture(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        source=source,
        name=source.removesuffix(".txt"),
        retrieved_at=WHEN,
        given=given,
    )


def article_of(c: Capture, *, published: str | None = "2024-04-08"):  # type: ignore[no-untyped-def]
    return article(c.data.decode(), published=published, id=c.document_id)


def statement(document: str, text: str, words: str, *, source: str = "FCU") -> Statement:
    start = text.index(words)
    content = (Span(start, start + len(words)),)
    return Statement(
        id=statement_id(document, None, None, content),
        document=document,
        source=Source(name=source, why="named"),
        cue=None,
        content=content,
        quote=Quote.INDIRECT,
        authority=Authority.PARTY,
        via=("Ledger", "Post"),
        certainty=Certainty.POSSIBLE,
        likelihood=Likelihood(low=0.2, high=0.55, source="test", horizon="2024-04-09"),
    )


def reading(document: str, *, reader: str = "r1", statements: tuple[Statement, ...] = ()) -> Reading:
    return Reading(
        document=document, reader=reader, kind=None, published=dated("2024-04-08"), statements=statements
    )
