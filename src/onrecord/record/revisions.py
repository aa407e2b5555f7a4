"""What one address gave over time: another text at the same address is a revision of the document, not another
one.

The documents of an address share a number. The one that was seen last counts; earlier ones stay, superseded. An
address that goes back to an earlier text goes back to that document, with another row of its history.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onrecord.model import Article, Capture, Span, text_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A text that an address gave from ``seen_at`` on; ``n`` counts from 1. ``sentences``: headings and paragraphs
    in order, each with its number. ``statements``: who said what in it, as (source, words)."""

    number: int
    url: str
    n: int
    document: str
    seen_at: datetime
    run: int
    title: str | None
    outlet: str | None
    published: date | None
    text: str
    sentences: tuple[tuple[int, str], ...]
    statements: tuple[tuple[int | None, str | None, str], ...]


def numbers(db: sqlite3.Connection, url: str | None) -> list[int]:
    """The number of the documents of an address, if it has any."""
    if url is None:
        return []
    return [r["number"] for r in db.execute("SELECT DISTINCT number FROM document WHERE url = ?", (url,))]


def known(db: sqlite3.Connection, url: str) -> bool:
    """Whether the record holds a document of an address."""
    return bool(db.execute("SELECT 1 FROM revision WHERE url = ?", (url,)).fetchone())


def with_text_of(db: sqlite3.Connection, url: str, article: Article) -> str | None:
    """The document of an address that has the words of an article already; None when its text is new there."""
    row = db.execute(
        "SELECT a.document FROM article a JOIN document d ON d.id = a.document WHERE d.url = ? "
        "AND a.text_sha256 = ? AND a.title IS ? ORDER BY a.rowid DESC LIMIT 1",
        (url, text_sha256(article.text), article.title),
    ).fetchone()
    return row["document"] if row else None


def note(db: sqlite3.Connection, capture: Capture, document: str, run: int) -> bool:
    """Note that an address gave a document at an instant, and let the latest one count; the caller holds the write
    lock. Returns whether another document counts now than before. Nothing when the capture has no address."""
    if capture.url is None:
        return False
    at = capture.retrieved_at.astimezone(UTC).isoformat(timespec="seconds")
    before = db.execute(
        "SELECT document FROM revision WHERE url = ? AND seen_at <= ? ORDER BY seen_at DESC LIMIT 1",
        (capture.url, at),
    ).fetchone()
    if before is None or before["document"] != document:
        db.execute(
            "INSERT INTO revision VALUES (?, ?, ?, ?) ON CONFLICT (url, seen_at) "
            "DO UPDATE SET document = excluded.document",
            (capture.url, at, document, run),
        )
    return _relink(db, capture.url)


def _relink(db: sqlite3.Connection, url: str) -> bool:
    rows = db.execute("SELECT document FROM revision WHERE url = ? ORDER BY seen_at", (url,)).fetchall()
    latest = rows[-1]["document"]
    others = {r["document"] for r in rows} - {latest}
    counted = db.execute("SELECT superseded_by FROM document WHERE id = ?", (latest,)).fetchone()
    changed = bool(others) and (counted["superseded_by"] is not None or _counting(db, others))
    db.execute("UPDATE document SET superseded_by = NULL WHERE id = ?", (latest,))
    for old in sorted(others):
        db.execute("UPDATE document SET superseded_by = ? WHERE id = ?", (latest, old))
        db.execute("UPDATE judgement SET target = ? WHERE target = ?", (latest, old))
    return changed


def _counting(db: sqlite3.Connection, documents: set[str]) -> bool:
    marks = ", ".join("?" * len(documents))
    wanted = f"SELECT 1 FROM document WHERE superseded_by IS NULL AND id IN ({marks})"
    return db.execute(wanted, sorted(documents)).fetchone() is not None


# ------------------------------------------------------------------------------- asking


def histories(
    db: sqlite3.Connection, *, number: int | None = None, since_run: int = 0
) -> tuple[tuple[Revision, ...], ...]:
    """The addresses that gave more than one text, by number of document, each with all its revisions; one
    document's, or those that had a new revision after a run."""
    urls = db.execute(
        "SELECT r.url, d.number FROM revision r JOIN document d ON d.id = r.document "
        "WHERE ?1 IS NULL OR d.number = ?1 GROUP BY r.url "
        "HAVING count(*) > 1 AND max(r.run) > ?2 ORDER BY d.number, r.url",
        (number, since_run),
    ).fetchall()
    return tuple(_history(db, row["url"]) for row in urls)


def _history(db: sqlite3.Connection, url: str) -> tuple[Revision, ...]:
    rows = db.execute(
        "SELECT r.seen_at, r.run, d.id, d.number, a.id AS article, a.text, a.title, a.outlet, a.published "
        "FROM revision r JOIN document d ON d.id = r.document JOIN article a ON a.document = d.id "
        "AND a.rowid = (SELECT max(x.rowid) FROM article x WHERE x.document = d.id) "
        "WHERE r.url = ? ORDER BY r.seen_at",
        (url,),
    ).fetchall()
    rows = [row for n, row in enumerate(rows) if n == 0 or row["id"] != rows[n - 1]["id"]]
    return tuple(
        Revision(
            number=row["number"],
            url=url,
            n=n,
            document=row["id"],
            seen_at=datetime.fromisoformat(row["seen_at"]),
            run=row["run"],
            title=row["title"],
            outlet=row["outlet"],
            published=date.fromisoformat(row["published"]) if row["published"] else None,
            text=row["text"],
            sentences=_sentences(db, row["article"], row["text"]),
            statements=_statements(db, row["article"], row["text"]),
        )
        for n, row in enumerate(rows, 1)
    )


def _sentences(db: sqlite3.Connection, article: str, text: str) -> tuple[tuple[int, str], ...]:
    rows = db.execute(
        "SELECT n, start, end FROM sentence WHERE article = ? AND role IN ('heading', 'paragraph') ORDER BY start",
        (article,),
    )
    return tuple((r["n"], " ".join(text[r["start"] : r["end"]].split())) for r in rows)


def _statements(db: sqlite3.Connection, article: str, text: str) -> tuple[tuple[int | None, str | None, str], ...]:
    """The statements of an article, as (number of the sentence, source, words)."""
    from onrecord.record import codec

    rows = db.execute(
        "SELECT s.source, s.content FROM statement s JOIN reading r ON r.id = s.reading "
        "WHERE r.article = ? AND r.superseded_by IS NULL AND NOT s.in_title AND s.authority IS NOT 'author'",
        (article,),
    ).fetchall()
    spans = [
        (r["start"], r["end"], r["n"])
        for r in db.execute("SELECT start, end, n FROM sentence WHERE article = ?", (article,))
    ]
    found = []
    for row in rows:
        content = codec.spans_of(row["content"])
        words = " \u2026 ".join(" ".join(s.of(text).split()) for s in content)
        found.append((content[0], _number(spans, content[0]), row["source"], words))
    return tuple((n, source, words) for _, n, source, words in sorted(found, key=lambda f: f[0]))


def _number(spans: list[tuple[int, int, int]], span: Span) -> int | None:
    return next((n for start, end, n in spans if start <= span.start < end), None)
