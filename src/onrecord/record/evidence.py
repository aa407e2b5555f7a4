"""The captured bytes: as they came, and whether they still are what they were."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from onrecord.model import Capture, Container, text_sha256
from onrecord.record import load


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a record that is not what its checksum says: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How many captures and texts were checked, and what was wrong."""

    captures: int
    texts: int
    damages: tuple[Damage, ...]


def captures(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[tuple[Capture, datetime]]:
    """The captures of all documents, of earlier revisions too, with the instant at which each was seen first; of
    one dispute, or all."""
    rows = db.execute(
        "SELECT d.id, (SELECT min(g.retrieved_at) FROM sighting g WHERE g.document = d.id) AS at FROM document d "
        "WHERE EXISTS (SELECT 1 FROM sighting g WHERE g.document = d.id) AND (?1 IS NULL OR d.number IN "
        "(SELECT o.number FROM document o JOIN assignment a ON a.document = o.id "
        "WHERE a.dispute = ?1 AND a.superseded_run IS NULL)) ORDER BY d.number, at, d.id",
        (dispute,),
    ).fetchall()
    for row in rows:
        yield load.capture(db, row["id"]), datetime.fromisoformat(row["at"])


def original(db: sqlite3.Connection, document: str) -> bytes:
    """The bytes that a document came in: its own, or those of the file that it was taken out of."""
    whole = _container(db, document)
    return load.capture(db, document).data if whole is None else whole.data


def containers(
    db: sqlite3.Connection, dispute: str | None = None
) -> Iterator[tuple[Capture, Container, datetime]]:
    """The files that documents were taken out of, each once, with the first of its parts and the instant at which
    it was seen; of one dispute, or all."""
    seen: set[str] = set()
    for capture, at in captures(db, dispute):
        whole = _container(db, capture.document_id)
        if whole is not None and whole.sha256 not in seen:
            seen.add(whole.sha256)
            yield capture, whole, at


def _container(db: sqlite3.Connection, document: str) -> Container | None:
    row = db.execute(
        "SELECT c.* FROM document d JOIN container c ON c.sha256 = d.container WHERE d.id = ?", (document,)
    ).fetchone()
    return Container(zlib.decompress(row["data"]), row["sha256"], row["media_type"]) if row else None


def verify(db: sqlite3.Connection) -> Checked:
    """Compare every capture and every text with its checksum, and let SQLite check the file."""
    damages: list[Damage] = []
    captured = texts = 0
    for row in db.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            damages.append(Damage("the file", str(row[0])))
    for row in db.execute("PRAGMA foreign_key_check"):
        what = f"row {row['rowid']} refers to a row of {row['parent']} that is not there"
        damages.append(Damage(f"table {row['table']}", what))
    kept = "SELECT sha256, data, size FROM "
    for row in db.execute(f"{kept} capture UNION ALL {kept} container ORDER BY sha256"):
        captured += 1
        try:
            data = zlib.decompress(row["data"])
        except zlib.error:
            damages.append(Damage(f"capture {row['sha256'][:12]}", "its bytes cannot be unpacked"))
            continue
        if hashlib.sha256(data).hexdigest() != row["sha256"] or len(data) != row["size"]:
            damages.append(Damage(f"capture {row['sha256'][:12]}", "its bytes are not those that were captured"))
    for row in db.execute(
        "SELECT a.text, a.text_sha256, d.number FROM article a JOIN document d ON d.id = a.document "
        "ORDER BY d.number"
    ):
        texts += 1
        if text_sha256(row["text"]) != row["text_sha256"]:
            damages.append(Damage(f"document [{row['number']}]", "its text is not the one that was read"))
    return Checked(captures=captured, texts=texts, damages=tuple(damages))
