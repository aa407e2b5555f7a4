"""Forget a document: its bytes, texts, index entries and all that was derived from it alone."""

from __future__ import annotations

import json
import sqlite3

from onrecord.record import judgements, wordings
from onrecord.record.append import forget_containers, now
from onrecord.record.corrections import Matter
from onrecord.record.store import BUSY_SECONDS, RecordError, transaction
from onrecord.text.names import slug


def forget(db: sqlite3.Connection, document: str, *, why: str) -> tuple[int, ...]:
    """Remove the bytes of a document with everything on them and leave a tombstone; returns the numbers of the
    documents that went (all that share the bytes).

    Findings that rest on it among others go as well; they are derived anew from what remains. The caller does
    that, and calls ``compact`` so that no trace stays in the file's free pages.
    """
    with transaction(db):
        capture = db.execute("SELECT capture FROM document WHERE id = ?", (document,)).fetchone()["capture"]
        rows = db.execute(
            "SELECT id, number FROM document WHERE capture = ? ORDER BY number", (capture,)
        ).fetchall()
        numbers = tuple(sorted({int(r["number"]) for r in rows}))
        _rulings_on_names(db, [r["id"] for r in rows])
        for row in rows:
            wordings.remove(db, row["id"])
            db.execute(
                "DELETE FROM finding WHERE (dispute, type, id) IN "
                "(SELECT dispute, type, finding FROM finding_evidence WHERE document = ?)",
                (row["id"],),
            )
            db.execute(
                "DELETE FROM sentence_fts WHERE rowid IN (SELECT id FROM sentence WHERE document = ?)",
                (row["id"],),
            )
            _judgements(db, row["id"])
        sources = [
            r["source"]
            for r in db.execute(
                "SELECT g.source FROM sighting g JOIN document d ON d.id = g.document WHERE d.capture = ?",
                (capture,),
            )
        ]
        db.executemany("DELETE FROM problem WHERE source = ?", [(s,) for s in sources])
        holding = db.execute(
            "SELECT DISTINCT container FROM document WHERE capture = ? AND container IS NOT NULL", (capture,)
        ).fetchall()
        forget_containers(db, [r["container"] for r in holding], why=why)
        db.execute("DELETE FROM capture WHERE sha256 = ?", (capture,))
        db.execute("INSERT INTO tombstone VALUES (?, ?, ?, ?, 0)", (capture, json.dumps(numbers), now(), why))
    return numbers


def _judgements(db: sqlite3.Connection, document: str) -> None:
    db.execute(
        "DELETE FROM judgement WHERE target = ?1 OR (field = 'link' AND value LIKE '%' || ?1 || '%') "
        "OR target IN (SELECT id FROM statement WHERE document = ?1) "
        "OR target IN (SELECT id FROM event WHERE document = ?1)",
        (document,),
    )


def _rulings_on_names(db: sqlite3.Connection, documents: list[str]) -> None:
    """Remove what people ruled on names that stand in these documents and in no other."""
    marks = ", ".join("?" * len(documents))

    def names(condition: str) -> set[str]:
        found: set[str] = set()
        for r in db.execute(
            "SELECT DISTINCT p.id, p.name, p.aliases FROM party p JOIN reading r ON r.id = p.reading "
            f"WHERE r.document {condition} ({marks})",
            documents,
        ):
            found |= {r["id"], *map(slug, (r["name"], *json.loads(r["aliases"])))}
        return found

    def written(word: str, condition: str) -> bool:
        query = f"SELECT 1 FROM article WHERE document {condition} ({marks}) AND instr(lower(text), lower(?))"
        return db.execute(query, (*documents, word)).fetchone() is not None

    here, elsewhere = names("IN"), names("NOT IN")
    gone: list[int] = []
    for number, ruling in (
        (r.number, r.judgement) for r in judgements.ledger(db) if r.judgement.field in set(Matter)
    ):
        given = [ruling.value or ""] if ruling.field in (Matter.NAME, Matter.ALIAS) else []
        parties = {ruling.target, *([ruling.value] if ruling.field in (Matter.SAME, Matter.MEMBER_OF) else [])}
        lost = any(p in here and p not in elsewhere for p in parties)
        if lost or any(written(g, "IN") and not written(g, "NOT IN") for g in given):
            gone.append(number)
    judgements.drop(db, gone)


def compact(db: sqlite3.Connection) -> None:
    """Rewrite the index and the file so that nothing forgotten is left in either, nor in the write-ahead log; the
    history of findings goes as well, since names and words in it may come from what was forgotten.

    Raises RecordError when another program has the record open and keeps old pages alive.
    """
    with transaction(db):
        for table in ("finding", "assignment", "dispute"):
            db.execute(f"DELETE FROM {table} WHERE superseded_run IS NOT NULL")
    db.execute("INSERT INTO sentence_fts (sentence_fts) VALUES ('optimize')")
    db.execute("PRAGMA busy_timeout = 5000")
    db.execute("VACUUM")
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
    if busy:
        raise RecordError(
            "it is forgotten, but another program has the record open and its file still holds traces; "
            "close that program and run any onrecord read or forget again"
        )
    db.execute("UPDATE tombstone SET compacted = 1")


def finish(db: sqlite3.Connection) -> None:
    """Compact the record where an earlier forgetting was cut short."""
    if db.execute("SELECT 1 FROM tombstone WHERE NOT compacted").fetchone():
        compact(db)
