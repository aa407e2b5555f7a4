"""Read articles and readings back from the record as the dataclasses they were."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from onrecord.model import (
    About,
    Ahead,
    Anchor,
    Article,
    Attribution,
    Authority,
    Block,
    BlockRole,
    Capture,
    Certainty,
    Counting,
    CountUnit,
    Dated,
    Effect,
    Embed,
    Event,
    EventStatus,
    EventType,
    Framing,
    Kind,
    KnownFrom,
    Mention,
    OnrecordError,
    Party,
    PartyKind,
    Precision,
    Quote,
    ReadArticle,
    Reading,
    Side,
    Source,
    Span,
    State,
    Statement,
    StrikeCount,
    TimeExpression,
    TimeType,
)
from onrecord.record import codec
from onrecord.record.append import given_of

_CHUNK = 500  # below SQLite's limit on variables in a statement


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), _CHUNK):
        yield ids[at : at + _CHUNK]


def _by_owner(db: sqlite3.Connection, table: str, column: str, ids: Sequence[str]) -> dict[str, list[sqlite3.Row]]:
    """The rows of a table by the article or reading they belong to, in the order of its key."""
    marks = ", ".join("?" * len(ids))
    order = {"block": "n", "attribution": "n"} | dict.fromkeys(("statement", "event", "effect", "party"), "id")
    rows = db.execute(
        f"SELECT * FROM {table} WHERE {column} IN ({marks}) ORDER BY {column}, {order.get(table, 'start')}",
        list(ids),
    )
    out: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        out[row[column]].append(row)
    return out


# ------------------------------------------------------------------------------- captures and articles


def captures_untried(db: sqlite3.Connection, extractor: str) -> Iterator[tuple[str, Capture]]:
    """Documents that this extractor has not tried yet, as (document id, capture)."""
    ids = [
        r["id"]
        for r in db.execute(
            "SELECT id FROM document WHERE extractor IS NOT ? AND superseded_by IS NULL ORDER BY number",
            (extractor,),
        )
    ]
    for document in ids:
        if db.execute("SELECT 1 FROM sighting WHERE document = ?", (document,)).fetchone():
            yield document, capture(db, document)


def capture(db: sqlite3.Connection, document: str) -> Capture:
    """The bytes of a document as they came. Raises OnrecordError when there is no such document."""
    row = db.execute(
        "SELECT d.*, c.data, c.media_type, g.source, g.name, g.retrieved_at FROM document d "
        "JOIN capture c ON c.sha256 = d.capture JOIN sighting g ON g.document = d.id "
        "WHERE d.id = ? ORDER BY g.source LIMIT 1",
        (document,),
    ).fetchone()
    if row is None:
        raise OnrecordError(f"the record holds no document {document!r}")
    return _capture(row)


def _capture(row: sqlite3.Row) -> Capture:
    return Capture(
        data=zlib.decompress(row["data"]),
        sha256=row["capture"],
        media_type=row["media_type"],
        source=row["source"],
        name=row["given_name"] or row["name"],
        retrieved_at=datetime.fromisoformat(row["retrieved_at"]),
        given=given_of(row),
        url=row["url"],
        told=codec.given_of(row["told"]),
    )


def articles(db: sqlite3.Connection, documents: Sequence[str] | None = None) -> Iterator[tuple[str, Article]]:
    """Current articles as (row id, article) by document id; all of them, or those of the documents named."""
    wanted = documents
    if wanted is None:
        wanted = [
            r["id"] for r in db.execute("SELECT id FROM current_document WHERE article IS NOT NULL ORDER BY id")
        ]
    for chunk in _chunks(wanted):
        marks = ", ".join("?" * len(chunk))
        rows = db.execute(
            "SELECT a.*, a.id AS row_id, c.name, c.source, c.capture FROM current_document c "
            f"JOIN article a ON a.id = c.article WHERE c.id IN ({marks}) ORDER BY c.id",
            list(chunk),
        ).fetchall()
        ids = [r["row_id"] for r in rows]
        blocks, embeds = _by_owner(db, "block", "article", ids), _by_owner(db, "embed", "article", ids)
        for row in rows:
            yield row["row_id"], _article(row, blocks[row["row_id"]], embeds[row["row_id"]])


def _article(row: sqlite3.Row, blocks: list[sqlite3.Row], embeds: list[sqlite3.Row]) -> Article:
    return Article(
        id=row["document"],
        capture_sha256=row["capture"],
        name=row["name"],
        source=row["source"],
        text=row["text"],
        blocks=tuple(Block(Span(b["start"], b["end"]), BlockRole(b["role"])) for b in blocks),
        embeds=tuple(Embed(Span(e["start"], e["end"]), e["what"]) for e in embeds),
        title=row["title"],
        outlet=row["outlet"],
        byline=row["byline"],
        dateline=row["dateline"],
        credit=row["credit"],
        section=row["section"],
        url=row["url"],
        published=codec.dated_of(row),
        modified=Dated(
            value=date.fromisoformat(row["modified"]) if row["modified"] else None,
            precision=Precision(row["modified_precision"]),
            known_from=KnownFrom(row["modified_from"]),
        ),
        dispute=row["dispute"],
        known_from=tuple((k, KnownFrom(v)) for k, v in sorted(json.loads(row["known_from"]).items())),
    )


def articles_unread(db: sqlite3.Connection, reader: str) -> list[str]:
    """Ids of the documents whose current article this reader has not read yet, in the order of their numbers."""
    rows = db.execute(
        "SELECT c.id FROM current_document c WHERE c.article IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM reading r WHERE r.article = c.article AND r.reader = ?) ORDER BY c.number",
        (reader,),
    )
    return [r["id"] for r in rows]


# ------------------------------------------------------------------------------- readings


def read_articles(db: sqlite3.Connection, documents: Sequence[str] | None = None) -> Iterator[ReadArticle]:
    """Current articles with their readings, by document id. Documents that are not read yet are left out."""
    condition = "" if documents is None else "AND id = ?"
    wanted: list[sqlite3.Row] = []
    for document in [None] if documents is None else documents:
        wanted += db.execute(
            f"SELECT id, reading FROM current_document WHERE reading IS NOT NULL {condition} ORDER BY id",
            [] if document is None else [document],
        ).fetchall()
    reading_of = {r["id"]: r["reading"] for r in wanted}
    for chunk in _chunks(sorted(reading_of)):
        readings = _readings(db, [reading_of[d] for d in chunk])
        for _, article in articles(db, chunk):
            yield ReadArticle(article=article, reading=readings[reading_of[article.id]])


def _readings(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Reading]:
    marks = ", ".join("?" * len(ids))
    rows = db.execute(f"SELECT * FROM reading WHERE id IN ({marks})", list(ids)).fetchall()
    tables = {
        t: _by_owner(db, t, "reading", ids)
        for t in (
            *("party", "mention", "time_expression", "strike_count"),
            *("attribution", "statement", "event", "effect", "ahead", "framing"),
        )
    }
    return {row["id"]: _reading(row, {t: found[row["id"]] for t, found in tables.items()}) for row in rows}


def _reading(row: sqlite3.Row, parts: dict[str, list[sqlite3.Row]]) -> Reading:
    return Reading(
        document=row["document"],
        reader=row["reader"],
        kind=Kind(row["kind"]) if row["kind"] else None,
        published=codec.dated_of(row),
        parties=tuple(party(r) for r in parts["party"]),
        mentions=tuple(
            Mention(span=Span(r["start"], r["end"]), party=r["party"], why=r["why"]) for r in parts["mention"]
        ),
        times=tuple(_time(r) for r in parts["time_expression"]),
        counts=tuple(_count(r) for r in parts["strike_count"]),
        attributions=tuple(
            Attribution(*(codec.spans_of(r[part]) for part in ("source", "cue", "content")))
            for r in parts["attribution"]
        ),
        statements=tuple(sorted((_statement(r) for r in parts["statement"]), key=lambda s: (s.content, s.id))),
        events=tuple(sorted((_event(r) for r in parts["event"]), key=lambda e: (e.evidence, e.type, e.id))),
        effects=tuple(sorted((_effect(r) for r in parts["effect"]), key=lambda e: (e.evidence, e.id))),
        state=State(row["state"]) if row["state"] else None,
        state_evidence=codec.spans_of(row["state_evidence"]),
        ahead=tuple(_ahead(r) for r in parts["ahead"]),
        framing=tuple(_framing(r) for r in parts["framing"]),
    )


def party(r: sqlite3.Row) -> Party:
    """A row of the table of parties."""
    return Party(
        id=r["id"],
        name=r["name"],
        kind=PartyKind(r["kind"]),
        side=Side(r["side"]) if r["side"] else None,
        aliases=tuple(json.loads(r["aliases"])),
        parent=r["parent"],
    )


def _time(r: sqlite3.Row) -> TimeExpression:
    return TimeExpression(
        span=Span(r["start"], r["end"]),
        type=TimeType(r["type"]),
        value=r["value"],
        anchor=Anchor(r["anchor"]),
        precision=Precision(r["precision"]),
        why=r["why"],
        clock=r["clock"],
    )


def _count(r: sqlite3.Row) -> StrikeCount:
    span = Span(r["start"], r["end"])
    return StrikeCount(span=span, n=r["n"], unit=CountUnit(r["unit"]), counting=Counting(r["counting"]))


def _statement(r: sqlite3.Row) -> Statement:
    return Statement(
        id=r["id"],
        document=r["document"],
        source=Source(
            name=r["source"],
            span=codec.span_of(r["source_start"], r["source_end"]),
            party=r["source_party"],
            side=Side(r["source_side"]) if r["source_side"] else None,
            affiliation=r["source_affiliation"],
            why=r["source_why"],
        ),
        cue=codec.span_of(r["cue_start"], r["cue_end"]),
        content=codec.spans_of(r["content"]),
        quote=Quote(r["quote"]),
        authority=Authority(r["authority"]) if r["authority"] else None,
        via=tuple(json.loads(r["via"])),
        certainty=Certainty(r["certainty"]),
        likelihood=codec.likelihood_of(r["likelihood"]),
        missing=bool(r["missing"]),
        in_title=bool(r["in_title"]),
    )


def _event(r: sqlite3.Row) -> Event:
    return Event(
        id=r["id"],
        document=r["document"],
        type=EventType(r["type"]),
        status=EventStatus(r["status"]),
        participants=codec.participants_of(r["participants"]),
        evidence=Span(r["start"], r["end"]),
        when=r["happened"],
        when_span=codec.span_of(r["happened_start"], r["happened_end"]),
        statement=r["statement"],
        place=r["place"],
        size=codec.size_of(r["size"]),
        lockout=bool(r["lockout"]),
        in_title=bool(r["in_title"]),
    )


def _effect(r: sqlite3.Row) -> Effect:
    return Effect(
        id=r["id"],
        document=r["document"],
        bearer=r["bearer"],
        bearer_span=Span(r["bearer_start"], r["bearer_end"]),
        kind=r["kind"],
        evidence=Span(r["start"], r["end"]),
        amount=r["amount"],
        statement=r["statement"],
    )


def _ahead(r: sqlite3.Row) -> Ahead:
    return Ahead(
        span=Span(r["start"], r["end"]),
        direction=r["direction"],
        likelihood=codec.likelihood_of(r["likelihood"]),
        horizon=r["horizon"],
        statement=r["statement"],
        in_title=bool(r["in_title"]),
    )


def _framing(r: sqlite3.Row) -> Framing:
    return Framing(
        span=Span(r["start"], r["end"]),
        target=r["target"],
        side=Side(r["side"]),
        tone=r["tone"],
        about=About(r["about"]),
        party=r["party"],
        by=Side(r["by_side"]) if r["by_side"] else None,
        statement=r["statement"],
        expectation=bool(r["expectation"]),
        ironic=bool(r["ironic"]),
        in_title=bool(r["in_title"]),
    )
