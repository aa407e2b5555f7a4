"""Write to the record: captures, articles, readings, problems. Everything here can be said twice to no effect."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.model import Article, Capture, Container, Given, Problem, Reading, content_id, text_sha256
from onrecord.record import codec, revisions
from onrecord.record.store import transaction
from onrecord.text.sentences import sentences

_GIVEN = ("name", "url", "date", "outlet", "title", "dispute")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a capture: its document id and number; ``new`` is False when the record had it already;
    ``forgotten`` when a tombstone forbids it (then nothing was added)."""

    document: str
    number: int
    new: bool
    forgotten: bool = False


def now() -> str:
    """The current instant, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


REFRESH = "refresh"
"""Stands for the reader of a run that reads nothing and derives the findings anew."""


def begin_run(db: sqlite3.Connection, reader: str) -> int:
    """Open a run and return its number."""
    with transaction(db):
        cursor = db.execute("INSERT INTO run (started_at, reader) VALUES (?, ?)", (now(), reader))
    return int(cursor.lastrowid or 0)


def finish_run(db: sqlite3.Connection, run: int) -> None:
    with transaction(db):
        db.execute("UPDATE run SET finished_at = ? WHERE id = ?", (now(), run))


# ------------------------------------------------------------------------------- coverage


def add_capture(db: sqlite3.Connection, capture: Capture, run: int) -> Added:
    """Keep the bytes of a capture and give its document a number. The same bytes again add a sighting only, also
    when less is said of them than the record knows. Documents that the new one supersedes hand their number on."""
    document = capture.document_id
    with transaction(db):
        stone = db.execute("SELECT 1 FROM tombstone WHERE capture = ?", (capture.sha256,)).fetchone()
        if stone:
            _forget_container(db, capture)
            return Added(document, 0, new=False, forgotten=True)
        db.execute(
            "INSERT INTO capture VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (capture.sha256, zlib.compress(capture.data, 6), len(capture.data), capture.media_type),
        )
        db.execute(
            "UPDATE problem SET resolved_run = ? WHERE source = ? AND document IS NULL AND resolved_run IS NULL",
            (run, capture.source),
        )
        known = _known_as(db, document, capture)
        if known is not None:
            _sight(db, known, capture, run)
            number = db.execute("SELECT number FROM document WHERE id = ?", (known,)).fetchone()["number"]
            return Added(known, number, new=False)
        superseded = _superseded_by(db, capture)
        shared = [r["number"] for r in superseded] + revisions.numbers(db, capture.url)
        number = min(shared, default=0) or _next_number(db)
        db.execute(
            "INSERT INTO document (id, number, capture, given_name, given_url, given_date, given_outlet, "
            "given_title, given_dispute, first_run, url, told, container) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document, number, capture.sha256, *(getattr(capture.given, f) for f in _GIVEN), run),
                *(capture.url, codec.given_json(capture.told), _add_container(db, capture.container)),
            ),
        )
        _sight(db, document, capture, run)
        for row in superseded:
            _hand_over(db, row["id"], document)
    return Added(document, number, new=True)


def _add_container(db: sqlite3.Connection, whole: Container | None) -> str | None:
    """Keep the file that a part was taken out of, once; its name in the record. None when there is none, or one of
    its parts was forgotten."""
    if whole is None or db.execute("SELECT 1 FROM tombstone WHERE capture = ?", (whole.sha256,)).fetchone():
        return None
    if not db.execute("SELECT 1 FROM container WHERE sha256 = ?", (whole.sha256,)).fetchone():
        row = (whole.sha256, zlib.compress(whole.data, 6), len(whole.data), whole.media_type)
        db.execute("INSERT INTO container VALUES (?, ?, ?, ?)", row)
    return whole.sha256


def _forget_container(db: sqlite3.Connection, capture: Capture) -> None:
    """What holds a forgotten part is not kept, though its other parts are."""
    if capture.container is not None:
        forget_containers(db, [capture.container.sha256], why="holds what was forgotten")


def forget_containers(db: sqlite3.Connection, containers: Iterable[str], *, why: str) -> None:
    """Remove files that hold a forgotten part, and let them not be kept again; the caller holds the write lock."""
    for sha256 in containers:
        was_kept = db.execute("DELETE FROM container WHERE sha256 = ?", (sha256,)).rowcount
        db.execute(
            "INSERT INTO tombstone VALUES (?, '[]', ?, ?, ?) ON CONFLICT DO NOTHING",
            (sha256, now(), why, 0 if was_kept else 1),
        )


def _next_number(db: sqlite3.Connection) -> int:
    number = 1 + int(db.execute("SELECT last FROM number_used").fetchone()[0])
    db.execute("UPDATE number_used SET last = ?", (number,))
    return number


def _sight(db: sqlite3.Connection, document: str, capture: Capture, run: int) -> None:
    db.execute(
        "INSERT INTO sighting VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (document, capture.source, capture.name, capture.retrieved_at.isoformat(timespec="seconds"), run),
    )
    db.execute(
        "UPDATE document SET given_name = coalesce(min(given_name, ?1), ?1) WHERE id = ?2 AND ?1 IS NOT NULL",
        (capture.given.name, document),
    )


def _said(row: sqlite3.Row) -> frozenset[tuple[str, str]]:
    return frozenset((f, row[f"given_{f}"]) for f in _GIVEN[1:] if row[f"given_{f}"] is not None)


def _same_bytes(db: sqlite3.Connection, capture: Capture) -> list[sqlite3.Row]:
    """The documents that count and have these bytes, of this address where they have one."""
    return db.execute(
        "SELECT * FROM document WHERE capture = ? AND url IS ? AND superseded_by IS NULL ORDER BY id",
        (capture.sha256, capture.url),
    ).fetchall()


def _known_as(db: sqlite3.Connection, document: str, capture: Capture) -> str | None:
    """The document that these bytes and words are already: the same, one that took its place, or one of which all
    that and more is said; None when they are new."""
    row = db.execute("SELECT superseded_by FROM document WHERE id = ?", (document,)).fetchone()
    if row is not None:
        return document if row["superseded_by"] is None else successor(db, document)
    said = frozenset((f, v) for f in _GIVEN[1:] if (v := getattr(capture.given, f)) is not None)
    fuller = [r for r in _same_bytes(db, capture) if said < _said(r)]
    here = [r for r in fuller if capture.source in _sources(db, r["id"])]
    return min(here or fuller, key=lambda r: (-len(_said(r)), r["id"]))["id"] if fuller else None


def _superseded_by(db: sqlite3.Connection, capture: Capture) -> list[sqlite3.Row]:
    """The documents with the same bytes that a new one takes the place of: less is said of them, or something else
    of the same source and no other."""
    said = frozenset((f, v) for f in _GIVEN[1:] if (v := getattr(capture.given, f)) is not None)
    return [r for r in _same_bytes(db, capture) if _said(r) < said or _sources(db, r["id"]) == {capture.source}]


def _sources(db: sqlite3.Connection, document: str) -> set[str]:
    return {r["source"] for r in db.execute("SELECT source FROM sighting WHERE document = ?", (document,))}


def _hand_over(db: sqlite3.Connection, old: str, new: str) -> None:
    db.execute("UPDATE document SET superseded_by = ? WHERE id = ?", (new, old))
    db.execute("UPDATE OR IGNORE sighting SET document = ? WHERE document = ?", (new, old))
    db.execute("UPDATE judgement SET target = ? WHERE target = ?", (new, old))
    db.execute("UPDATE judgement SET value = replace(value, ?2, ?1) WHERE field = 'link'", (new, old))


def successor(db: sqlite3.Connection, document: str) -> str:
    """The document that counts in the place of a superseded one (itself when it is not)."""
    while True:
        row = db.execute("SELECT superseded_by FROM document WHERE id = ?", (document,)).fetchone()
        if row is None or row["superseded_by"] is None:
            return document
        document = row["superseded_by"]


def lift_tombstone(db: sqlite3.Connection, capture: str) -> None:
    """Let bytes that were forgotten be taken up again."""
    with transaction(db):
        db.execute("DELETE FROM tombstone WHERE capture = ?", (capture,))


def given_of(row: sqlite3.Row) -> Given:
    """What the user said of a document, from its row."""
    return Given(**{f: row[f"given_{f}"] for f in _GIVEN})


def add_article(db: sqlite3.Connection, article: Article, extractor: str, run: int) -> str:
    """Add an article and its numbered sentences; returns the id of its row."""
    row_id = content_id("article", article.id, extractor)
    with transaction(db):
        db.execute("UPDATE document SET extractor = ? WHERE id = ?", (extractor, article.id))
        _resolve(db, article.id, ("extract",), run)
        if db.execute("SELECT 1 FROM article WHERE id = ?", (row_id,)).fetchone():
            return row_id
        modified = codec.dated_columns(article.modified)[:3]
        db.execute(
            f"INSERT INTO article VALUES ({', '.join('?' * 26)})",
            (
                row_id,
                article.id,
                extractor,
                article.text,
                text_sha256(article.text),
                article.title,
                article.outlet,
                article.byline,
                article.dateline,
                article.url,
                article.dispute,
                *codec.dated_columns(article.published),
                *modified,
                json.dumps({k: v.value for k, v in sorted(article.known_from)}),
                run,
                article.credit,
                article.section,
            ),
        )
        db.executemany(
            "INSERT INTO block VALUES (?, ?, ?, ?, ?)",
            [(row_id, n, b.role.value, b.span.start, b.span.end) for n, b in enumerate(article.blocks)],
        )
        db.executemany(
            "INSERT INTO embed VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(row_id, e.span.start, e.span.end, e.what) for e in article.embeds],
        )
        _add_sentences(db, article, row_id)
    return row_id


def _add_sentences(db: sqlite3.Connection, article: Article, row_id: str) -> None:
    """Number the sentences; words that an earlier article of the document or an earlier revision had keep their
    numbers."""
    earlier: dict[str, list[int]] = {}
    last = 0
    for old in db.execute(
        "SELECT s.n, substr(a.text, s.start + 1, s.end - s.start) AS words FROM sentence s "
        "JOIN article a ON a.id = s.article WHERE s.document IN (SELECT o.id FROM document d "
        "JOIN document o ON o.number = d.number WHERE d.id = ?) ORDER BY s.n DESC",
        (article.id,),
    ):
        last = max(last, old["n"])
        if old["n"] not in earlier.setdefault(old["words"], []):
            earlier[old["words"]].append(old["n"])
    for s in sentences(article.text, article.blocks):
        words = s.span.of(article.text)
        if earlier.get(words):
            n = earlier[words].pop()
        else:
            last += 1
            n = last
        cursor = db.execute(
            "INSERT INTO sentence (document, n, article, role, start, end) VALUES (?, ?, ?, ?, ?, ?)",
            (article.id, n, row_id, s.role.value, s.span.start, s.span.end),
        )
        db.execute("INSERT INTO sentence_fts (rowid, text) VALUES (?, ?)", (cursor.lastrowid, words))


# ------------------------------------------------------------------------------- readings


def add_reading(db: sqlite3.Connection, reading: Reading, article_row: str, run: int) -> None:
    """Add a reading; older readings of the document are superseded, and stay."""
    row_id = content_id("reading", article_row, reading.reader)
    with transaction(db):
        _resolve(db, reading.document, ("read",), run)
        if db.execute("SELECT 1 FROM reading WHERE id = ?", (row_id,)).fetchone():
            return
        if not db.execute("SELECT 1 FROM article WHERE id = ?", (article_row,)).fetchone():
            return  # forgotten by another process while it was read
        db.execute(
            f"INSERT INTO reading VALUES ({', '.join('?' * 17)})",
            (
                row_id,
                reading.document,
                article_row,
                reading.reader,
                reading.kind.value if reading.kind else None,
                *codec.dated_columns(reading.published),
                reading.state.value if reading.state else None,
                codec.spans_json(reading.state_evidence),
                None,
                run,
            ),
        )
        db.execute(
            "UPDATE reading SET superseded_by = ? WHERE document = ? AND id <> ? AND superseded_by IS NULL",
            (row_id, reading.document, row_id),
        )
        for table, rows in _rows_of(reading, row_id).items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                db.executemany(f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO NOTHING", rows)
        for problem in reading.problems:
            add_problem(db, problem, run)


def _rows_of(reading: Reading, r: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables that belong to a reading ``r``, in the order of their columns."""
    doc = reading.document
    return {
        "party": [
            (r, p.id, p.name, p.kind.value, p.side.value if p.side else None, p.parent, json.dumps(p.aliases))
            for p in reading.parties
        ],
        "mention": [(r, m.span.start, m.span.end, m.party, m.why) for m in reading.mentions],
        "time_expression": [
            (
                *(r, t.span.start, t.span.end, t.type.value, t.value, t.anchor.value),
                *(t.precision.value, t.why, t.clock),
            )
            for t in reading.times
        ],
        "strike_count": [
            (r, c.span.start, c.span.end, c.n, c.unit.value, c.counting.value) for c in reading.counts
        ],
        "attribution": [
            (r, n, *(codec.spans_json(spans) for spans in (a.source, a.cue, a.content)))
            for n, a in enumerate(reading.attributions)
        ],
        "statement": [
            (
                r,
                s.id,
                doc,
                s.source.name,
                *codec.span_columns(s.source.span),
                s.source.party,
                s.source.side.value if s.source.side else None,
                s.source.affiliation,
                s.source.why,
                *codec.span_columns(s.cue),
                codec.spans_json(s.content),
                s.quote.value,
                s.authority.value if s.authority else None,
                json.dumps(s.via),
                s.certainty.value,
                codec.likelihood_json(s.likelihood),
                s.missing,
                s.in_title,
            )
            for s in reading.statements
        ],
        "event": [
            (
                r,
                e.id,
                doc,
                e.type.value,
                e.status.value,
                codec.participants_json(e.participants),
                e.evidence.start,
                e.evidence.end,
                e.when,
                *codec.span_columns(e.when_span),
                e.statement,
                e.place,
                codec.size_json(e.size),
                e.lockout,
                e.in_title,
            )
            for e in reading.events
        ],
        "effect": [
            (
                *(r, f.id, doc, f.bearer, f.bearer_span.start, f.bearer_span.end),
                *(f.kind, f.evidence.start, f.evidence.end, f.amount, f.statement),
            )
            for f in reading.effects
        ],
        "ahead": [
            (
                *(r, doc, a.span.start, a.span.end, a.direction),
                *(codec.likelihood_json(a.likelihood), a.horizon, a.statement, a.in_title),
            )
            for a in reading.ahead
        ],
        "framing": [
            (
                *(r, doc, f.span.start, f.span.end, f.target, f.party, f.side.value, f.tone, f.about.value),
                *(f.by.value if f.by else None, f.statement, f.expectation, f.ironic, f.in_title),
            )
            for f in reading.framing
        ],
    }


# ------------------------------------------------------------------------------- problems


def add_problem(db: sqlite3.Connection, problem: Problem, run: int) -> None:
    """Record a problem; one that comes back is the same row."""
    with transaction(db):
        db.execute(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) "
            "ON CONFLICT (id) DO UPDATE SET last_run = excluded.last_run, resolved_run = NULL",
            (
                problem.id,
                problem.stage.value,
                problem.source,
                problem.message,
                problem.hint,
                problem.document,
                *codec.span_columns(problem.span),
                run,
                run,
            ),
        )


def resolve_source(db: sqlite3.Connection, source: str, run: int) -> None:
    """Close the problems of a source that answers again."""
    with transaction(db):
        db.execute(
            "UPDATE problem SET resolved_run = ?1 WHERE source = ?2 AND document IS NULL AND resolved_run IS NULL "
            "AND last_run < ?1",
            (run, source),
        )


def mark_tried(db: sqlite3.Connection, document: str, extractor: str) -> None:
    """Note that this extractor tried a document, so that only another one tries again."""
    with transaction(db):
        db.execute("UPDATE document SET extractor = ? WHERE id = ?", (extractor, document))


def _resolve(db: sqlite3.Connection, document: str, stages: Iterable[str], run: int) -> None:
    for stage in stages:
        db.execute(
            "UPDATE problem SET resolved_run = ? WHERE document = ? AND stage = ? AND resolved_run IS NULL "
            "AND last_run < ?",
            (run, document, stage, run),
        )
