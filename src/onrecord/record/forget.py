"""Forget a document: its bytes, texts, index entries and all that was derived from it alone."""

from __future__ import annotations

import json
import sqlite3

from onrecord.record.append import now
from onrecord.record.store import transaction


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
        numbers = tuple(int(r["number"]) for r in rows)
        for row in rows:
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
        sources = [r["source"] for r in db.execute("SELECT source FROM sighting WHERE capture = ?", (capture,))]
        db.executemany("DELETE FROM problem WHERE source = ?", [(s,) for s in sources])
        db.execute("DELETE FROM capture WHERE sha256 = ?", (capture,))
        db.execute("DELETE FROM synthesis")
        db.execute("INSERT INTO tombstone VALUES (?, ?, ?, ?)", (capture, json.dumps(numbers), now(), why))
    return numbers


def _judgements(db: sqlite3.Connection, document: str) -> None:
    db.execute(
        "DELETE FROM judgement WHERE target = ?1 OR target IN (SELECT id FROM statement WHERE document = ?1) "
        "OR target IN (SELECT id FROM event WHERE document = ?1)",
        (document,),
    )


def compact(db: sqlite3.Connection) -> None:
    """Rewrite the index and the file so that nothing forgotten is left in either, nor in the write-ahead log.
    A dispute that rested on forgotten documents alone goes as well (its name was made from them)."""
    with transaction(db):
        db.execute(
            "DELETE FROM finding WHERE superseded_run IS NOT NULL AND dispute IN (SELECT id FROM dispute "
            "WHERE superseded_run IS NOT NULL AND id NOT IN (SELECT dispute FROM assignment))"
        )
        db.execute(
            "DELETE FROM dispute WHERE superseded_run IS NOT NULL AND id NOT IN (SELECT dispute FROM assignment)"
        )
    db.execute("INSERT INTO sentence_fts (sentence_fts) VALUES ('optimize')")
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
