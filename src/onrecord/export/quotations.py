"""Quotation rows: one JSON line a document, with what comes before and after each quotation.

The shape is that of GDELT's Global Quotation Graph (date, url, title, lang, quotes with pre, quote and post), with
the speaker, authority, certainty and offsets beside it. Only words in quotation marks are quotations.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from onrecord.model import Quote, ReadArticle, Statement
from onrecord.record import queries

_AROUND = 100  # characters of context on each side, as in GDELT's graph


def quotations(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """One JSON line a document that quotes somebody, by name of document."""
    for d in sorted(queries.read_articles(db, dispute), key=lambda d: (d.article.name, d.article.id)):
        quotes = [_quote(d, s) for s in d.reading.statements if s.quote is Quote.DIRECT and not s.missing]
        if quotes:
            yield json.dumps(_row(d, quotes), ensure_ascii=False)


def _row(d: ReadArticle, quotes: list[dict[str, Any]]) -> dict[str, Any]:
    published = d.reading.published.value
    return {
        "date": published.isoformat() if published else None,
        "url": d.article.url,
        "title": d.article.title,
        "lang": "ENGLISH",
        "quotes": quotes,
        "document": d.article.id,
        "outlet": d.article.outlet,
    }


def _quote(d: ReadArticle, s: Statement) -> dict[str, Any]:
    text, start, end = d.article.text, s.content[0].start, s.content[-1].end
    return {
        "pre": _line(text[max(0, start - _AROUND) : start]),
        "quote": " \u2026 ".join(_line(span.of(text)) for span in s.content),
        "post": _line(text[end : end + _AROUND]),
        "speaker": s.source.name,
        "party": s.source.party,
        "authority": s.authority,
        "certainty": s.certainty,
        "statement": s.id,
        "spans": [[span.start, span.end] for span in s.content],
    }


def _line(text: str) -> str:
    return " ".join(text.split())
