"""Passages: the words behind a reference, with all that the record rests on them marked; and search."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from onrecord.model import OnrecordError, Span
from onrecord.record import load, ruled
from onrecord.record.queries import (
    DocumentRow,
    Reference,
    References,
    find_document,
    read_articles,
    words_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that a row of the record rests on, within a passage: what it is, and where."""

    span: Span
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence with its surroundings and marks. All spans are into ``text``, the captured text."""

    reference: Reference
    document: DocumentRow
    text: str
    span: Span
    context: Span
    marks: tuple[Mark, ...]


def passage(db: sqlite3.Connection, reference: Reference) -> Passage:
    """The passage that a reference names (the whole text when it names no sentence).

    Raises OnrecordError when there is no such document or sentence.
    """
    document = find_document(db, str(reference.number))
    found = db.execute(
        "SELECT a.text, a.id FROM current_document c JOIN article a ON a.id = c.article WHERE c.id = ?",
        (document.id,),
    ).fetchone()
    if found is None:
        raise OnrecordError(f"document {reference.number} could not be read; see: onrecord problems")
    rows = db.execute(
        "SELECT n, start, end FROM sentence WHERE article = ? ORDER BY start", (found["id"],)
    ).fetchall()
    if reference.sentence is None:
        span = context = Span(0, len(found["text"]))
    else:
        at = next((i for i, r in enumerate(rows) if r["n"] == reference.sentence), None)
        if at is None and (earlier := _withdrawn(db, document, reference)):
            return earlier
        if at is None:
            last = max((r["n"] for r in rows), default=0)
            raise OnrecordError(f"document {reference.number} has sentences 1 to {last}, not {reference.sentence}")
        span = Span(rows[at]["start"], rows[at]["end"])
        context = Span(rows[max(0, at - 1)]["start"], rows[min(len(rows) - 1, at + 1)]["end"])
    marks = tuple(m for m in _marks(db, document.id) if m.span.overlaps(span))
    return Passage(
        reference=reference, document=document, text=found["text"], span=span, context=context, marks=marks
    )


def sentences(db: sqlite3.Connection, document: str) -> tuple[tuple[int, Span], ...]:
    """The numbered sentences of a document, in the order of the text."""
    rows = db.execute(
        "SELECT s.n, s.start, s.end FROM sentence s JOIN current_document c ON c.article = s.article "
        "WHERE c.id = ? ORDER BY s.start",
        (document,),
    )
    return tuple((r["n"], Span(r["start"], r["end"])) for r in rows)


def _withdrawn(db: sqlite3.Connection, document: DocumentRow, reference: Reference) -> Passage | None:
    """A sentence that an earlier revision had and the present one has no more."""
    row = db.execute(
        "SELECT s.start, s.end, a.text FROM sentence s JOIN document d ON d.id = s.document "
        "JOIN article a ON a.id = s.article WHERE d.number = ? AND s.n = ? ORDER BY a.rowid DESC LIMIT 1",
        (reference.number, reference.sentence),
    ).fetchone()
    if row is None:
        return None
    span = Span(row["start"], row["end"])
    mark = Mark(span=span, what="withdrawn, no longer said in the present revision")
    return Passage(
        reference=reference, document=document, text=row["text"], span=span, context=span, marks=(mark,)
    )


def _marks(db: sqlite3.Connection, document: str) -> list[Mark]:
    marks: list[Mark] = []
    for d in ruled.through(db, load.read_articles(db, [document]), dispute=None):
        for s in d.reading.statements:
            who = s.source.name or "unknown source"
            how = f"{s.authority.value if s.authority else 'authority unknown'}, {s.certainty.value}"
            marks += [Mark(span=c, what=f"statement: {who} ({how})") for c in s.content]
            marks += [Mark(span=s.source.span, what=f"source: {who}")] if s.source.span else []
            marks += [Mark(span=s.cue, what="cue")] if s.cue else []
        for e in d.reading.events:
            when = f", {e.when}" if e.when else ""
            marks.append(Mark(span=e.evidence, what=f"event: {e.type.value} ({e.status.value}{when})"))
        marks += [Mark(span=e.evidence, what=f"effect: {e.kind} on {e.bearer}") for e in d.reading.effects]
        marks += [Mark(span=t.span, what=f"time: {t.value or 'unresolved'}") for t in d.reading.times]
        marks += [Mark(span=c.span, what=f"strike count: {c.unit.value} {c.n}") for c in d.reading.counts]
        marks += [Mark(span=a.span, what="ahead of the record?") for a in d.reading.ahead]
        marks += [Mark(span=e.span, what=f"missing: {e.what or 'embed'}") for e in d.article.embeds]
    return sorted(marks, key=lambda m: (m.span, m.what))


def search(
    db: sqlite3.Connection, words: str, *, dispute: str | None = None, limit: int = 20
) -> tuple[tuple[Reference, str], ...]:
    """Sentences that hold all the words, best first; of one dispute, or of all documents."""
    quoted = " ".join('"' + w.replace('"', '""') + '"' for w in words.split())
    if not quoted:
        return ()
    rows = db.execute(
        "SELECT c.number, s.n, f.text FROM sentence_fts f JOIN sentence s ON s.id = f.rowid "
        "JOIN current_document c ON c.article = s.article "
        "WHERE sentence_fts MATCH ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM assignment a "
        "WHERE a.document = c.id AND a.dispute = ?2 AND a.superseded_run IS NULL)) "
        "ORDER BY rank, c.number, s.n LIMIT ?3",
        (quoted, dispute, limit),
    )
    return tuple((Reference(r["number"], r["n"]), r["text"]) for r in rows)


def embeds(db: sqlite3.Connection, dispute: str | None = None) -> tuple[tuple[Reference, str, str], ...]:
    """What documents announce and do not hold: reference, what it is, the announcing words."""
    references = References(db)
    return tuple(
        (references.of(d.article.id, e.span), e.what, words_of(d.article.text, [e.span]))
        for d in read_articles(db, dispute)
        for e in d.article.embeds
    )
