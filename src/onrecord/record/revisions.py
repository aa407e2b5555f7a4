"""What one address gave over time: another text at the same address is a revision of the document, not another
one.

The documents of an address share a number. The one that was seen last counts; earlier ones stay, superseded. An
address that goes back to an earlier text goes back to that document, with another row of its history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from onrecord.model import Article, Capture, Span, text_sha256

Said = tuple[int | None, str | None, str]
"""A statement of a revision: number of the sentence, source, words."""
Gone = Callable[[Sequence[Said], str], tuple[Said, ...]]


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


# What is not fetched says itself of which address it is, and two texts that say the same one may be two articles
# (the address is that of a site), or an article and an excerpt of it.
_SHARED = 0.4  # of the shorter text's pairs of words, for the other text to be a revision of it
_EXCERPT = 0.5  # a text that stands in another one, and has less than this share of its length, is an excerpt


def named(db: sqlite3.Connection, capture: Capture, document: str, article: Article, run: int) -> bool:
    """Note that a file or a row names the address of a document that the record holds, with another text: one of
    them becomes a revision of the other. The caller holds the write lock. Returns whether it did.

    The later one is that with the later date of change, where both say when they were changed; else the one that
    was read later, and of one run the one that stands later in its order.
    """
    for row in db.execute(
        "SELECT d.id, d.number, d.url, a.text, a.title, a.url AS named, a.modified FROM document d "
        "JOIN article a ON a.document = d.id "
        "AND a.rowid = (SELECT max(x.rowid) FROM article x WHERE x.document = d.id) "
        "WHERE (d.url = ?1 OR a.url = ?1) AND d.superseded_by IS NULL AND d.id <> ?2 ORDER BY d.number",
        (article.url, document),
    ).fetchall():
        if article.url is not None and _is_revision(row["text"], row["title"], article):
            break
    else:
        return False
    url = row["url"] or article.url
    at = capture.retrieved_at.astimezone(UTC).isoformat(timespec="seconds")
    changed = article.modified.value.isoformat() if article.modified.value else None
    is_older = bool(changed and row["modified"] and changed < row["modified"])
    given_up = db.execute("SELECT number FROM document WHERE id = ?", (document,)).fetchone()["number"]
    db.execute("UPDATE document SET number = ? WHERE id = ?", (row["number"], document))
    db.execute("UPDATE number_used SET last = ?1 - 1 WHERE last = ?1", (given_up,))
    seen = db.execute(
        "SELECT min(retrieved_at) AS at, min(run) AS run FROM sighting WHERE document = ?", (row["id"],)
    ).fetchone()
    db.execute(
        "INSERT INTO revision SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM revision WHERE url = ?1)",
        (url, seen["at"], row["id"], seen["run"]),
    )
    if is_older:
        at = db.execute("SELECT min(seen_at) FROM revision WHERE url = ?", (url,)).fetchone()[0]
        db.execute("UPDATE revision SET seen_at = ? WHERE url = ? AND seen_at = ?", (_after(db, url, at), url, at))
    elif db.execute("SELECT 1 FROM revision WHERE url = ? AND seen_at = ?", (url, at)).fetchone():
        at = _after(db, url, at)
    db.execute("INSERT INTO revision VALUES (?, ?, ?, ?)", (url, at, document, run))
    _relink(db, url)
    return True


def _after(db: sqlite3.Connection, url: str, at: str) -> str:
    """The first free instant behind another one: those of one run are all the same."""
    instant = datetime.fromisoformat(at)
    while True:
        instant += timedelta(microseconds=1)
        written = instant.isoformat(timespec="microseconds")
        if not db.execute("SELECT 1 FROM revision WHERE url = ? AND seen_at = ?", (url, written)).fetchone():
            return written


def _is_revision(text: str, title: str | None, article: Article) -> bool:
    one, other = text.split(), article.text.split()
    if (one, title) == (other, article.title):
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _EXCERPT * len(longer) and " ".join(shorter) in " ".join(longer):
        return False
    few, many = set(pairwise(shorter)), set(pairwise(longer))
    return bool(few) and len(few & many) >= _SHARED * len(few)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What an earlier revision of a document said and the present one says no more: ``reference`` of the
    sentence as it stood, ``since`` when the first revision without it was seen."""

    reference: str
    document: str
    title: str | None
    outlet: str | None
    source: str | None
    words: str
    since: datetime


def withdrawn(db: sqlite3.Connection, documents: Collection[int], gone: Gone) -> tuple[Withdrawn, ...]:
    """The statements that revisions of some documents (numbers) withdrew, each once, in order of the documents.
    One that a still later revision says again is not withdrawn. ``gone`` finds which of a revision's statements a
    later text says no more (``onrecord.weighing.revising``)."""
    found: dict[tuple[int, str], Withdrawn] = {}
    for history in histories(db):
        if history[0].number not in documents:
            continue
        latest = history[-1]
        for before, after in pairwise(history):
            for n, source, words in gone(before.statements, latest.text):
                found[before.number, words.casefold()] = Withdrawn(
                    reference=f"[{before.number}:{n}]" if n else f"[{before.number}]",
                    document=before.document,
                    title=latest.title,
                    outlet=latest.outlet,
                    source=source,
                    words=words,
                    since=after.seen_at,
                )
    return tuple(found.values())


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
