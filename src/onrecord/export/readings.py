"""Exports in the formats of the open evaluation: readings, the record of one dispute, and PolNeAR attributions.

The record keeps finer values than these formats. They are projected so:
an authority that cannot be told becomes ``unnamed``; a time of day becomes its day; an interval with an open end
becomes its known end; a duration or an unresolved time becomes null; a state that holds from an unknown day on is
left out of the standing (it has no "from"), and of several pairs of parties the leading one stands there; the
timeline holds the turns of the dispute, each under its day or interval (docs/method/standing.md); a missing embed
stands as a statement with certainty unknown, as in the record. All rows are in the order of document ids and of
the text, so the same record gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from onrecord.model import (
    Ahead,
    Authority,
    Certainty,
    Claim,
    Dated,
    Event,
    Likelihood,
    ReadArticle,
    Span,
    StandingInterval,
    Statement,
    TimelineEntry,
    text_sha256,
)
from onrecord.record import queries


def readings(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """One JSON line a document (reading.schema.json)."""
    for d in sorted(queries.read_articles(db, dispute), key=lambda d: (d.article.name, d.article.id)):
        yield _line(reading(d))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def reading(d: ReadArticle) -> dict[str, Any]:
    """One document as a reading."""
    return {
        "id": d.article.name,
        "text_sha256": text_sha256(d.article.text),
        "kind": d.reading.kind,
        "published": _published(d.reading.published),
        "standing": d.reading.state,
        "statements": [_statement(s) for s in d.reading.statements],
        "events": [_event(e) for e in d.reading.events],
        "ahead": [_span(a.span) for a in _hopeful(d.reading.ahead)],
    }


def _hopeful(found: tuple[Ahead, ...]) -> list[Ahead]:
    """Gloom runs behind the record, not ahead of it; a headline or heading is no assertion of the text."""
    return [a for a in found if a.direction > 0 and not a.in_title]


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _published(dated: Dated) -> dict[str, Any]:
    return {
        "value": dated.value.isoformat() if dated.value else None,
        "precision": dated.precision,
        "from": dated.known_from,
    }


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "source": s.source.name,
        "source_span": _span(s.source.span),
        "cue_span": _span(s.cue),
        "content_spans": [_span(c) for c in s.content],
        "quote": s.quote,
        "authority": s.authority or Authority.UNNAMED,
        "via": list(s.via),
        "certainty": Certainty.UNKNOWN if s.missing else s.certainty,
        "likelihood": _likelihood(s.likelihood),
    }


def _likelihood(value: Likelihood | None) -> list[float] | None:
    return None if value is None else [value.low, value.high]


def _event(e: Event) -> dict[str, Any]:
    when = iso_closed(e.when)
    return {
        "type": e.type,
        "participants": sorted({p.name for p in e.participants}),
        "when": {"value": when, "span": _span(e.when_span) if when else None},
        "status": e.status,
        "evidence_span": _span(e.evidence),
    }


def iso_closed(value: str | None) -> str | None:
    """An ISO day, month, year or closed interval; an open end becomes the known one, a time of day its day, a
    duration None."""
    if value is None:
        return None
    ends = [end.split("T")[0] for end in value.split("/") if end not in ("", "..")]
    if not ends or any(not end[:1].isdigit() for end in ends):
        return None
    return ends[0] if len(ends) == 1 or ends[0] == ends[1] else "/".join(ends)


# ------------------------------------------------------------------------------- the record


def record(db: sqlite3.Connection, dispute: str) -> str:
    """The record of one dispute as JSON (claims.schema.json)."""
    names = {d.article.id: d.article.name for d in queries.read_articles(db, dispute)}
    value = {
        "claims": [_claim(c, names) for c in sorted(queries.claims(db, dispute), key=lambda c: c.id)],
        "timeline": [_entry(e, e.days, names) for e in queries.timeline(db, dispute) if e.days is not None],
        "standing": [_interval(i) for i in queries.standing(db, dispute) if i.first],
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def _claim(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": claim.id,
        "tellings": [
            {
                "doc": names[t.document],
                "span": _span(t.span),
                "hedge": t.hedge,
                "origin": t.origin,
                "relation": t.relation,
            }
            for t in claim.tellings
        ],
    }


def _entry(entry: TimelineEntry, days: tuple[date, date], names: dict[str, str]) -> dict[str, Any]:
    first, last = days
    when = f"{first}" if first == last else f"{first}/{last}"
    return {"date": when, "type": entry.type, "docs": sorted({names[e.document] for e in entry.evidence})}


def _interval(interval: StandingInterval) -> dict[str, Any]:
    return {
        "from": interval.first.isoformat() if interval.first else None,
        "to": interval.last.isoformat() if interval.last else None,
        "state": interval.state,
    }


# ------------------------------------------------------------------------------- PolNeAR


def polnear(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """One JSON line a document with its text and its attributions as they were found, before who speaks was
    resolved: what attribution/training learns from once it is put right."""
    for d in sorted(queries.read_articles(db, dispute), key=lambda d: (d.article.name, d.article.id)):
        found = [
            {"source": _spans(a.source), "cue": _spans(a.cue), "content": _spans(a.content)}
            for a in d.reading.attributions
        ]
        yield _line({"file": d.article.name, "text": d.article.text, "attributions": found})


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
