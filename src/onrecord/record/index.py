"""The index of what is compared across documents: what is due, the digests of documents and their families.

Rows here follow from readings and judgements; texts in them are JSON of other rooms' types, which this room only
keeps. Every function is one step of ``onrecord.comparing``, to be called within a transaction.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence

_CHUNK = 500
_TABLES = (
    *("passage", "wording_ruling", "wording_link", "wording_key", "telling_link", "telling", "wording"),
    *("family_tie", "digest", "due"),
)


def chunks(ids: Sequence[object]) -> Iterator[tuple[str, list[object]]]:
    """Values in portions below SQLite's limit, each with its question marks."""
    for at in range(0, len(ids), _CHUNK):
        chunk = list(ids[at : at + _CHUNK])
        yield ", ".join("?" * len(chunk)), chunk


# ------------------------------------------------------------------------------- what is due


def version(db: sqlite3.Connection) -> str | None:
    """The version that built the index; None when it is lost."""
    row = db.execute("SELECT value FROM index_version").fetchone()
    return None if row is None else str(row["value"])


def set_version(db: sqlite3.Connection, value: str) -> None:
    """Note what the index is built with from now on; all documents are due."""
    db.execute("DELETE FROM index_version")
    db.execute("INSERT INTO index_version VALUES (?)", (value,))
    db.execute("INSERT OR IGNORE INTO due SELECT 'digest', '', id FROM document")


def reset(db: sqlite3.Connection) -> None:
    """Empty the index; all documents are due. Findings stay until they no longer follow."""
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO due SELECT 'digest', '', id FROM document")
    db.execute("INSERT INTO due SELECT 'findings', id, '' FROM dispute")
    db.execute("INSERT INTO due SELECT 'claims', dispute, 'c:' || id FROM finding WHERE type = 'Claim'")


def due(db: sqlite3.Connection, step: str, *, dispute: str = "", limit: int = -1) -> list[str]:
    """What is due at a step (within a dispute), in order."""
    rows = db.execute(
        "SELECT id FROM due WHERE step = ? AND dispute = ? ORDER BY id LIMIT ?", (step, dispute, limit)
    )
    return [r["id"] for r in rows]


def disputes_due(db: sqlite3.Connection) -> list[str]:
    """The disputes of which something is to be filed or derived."""
    rows = db.execute(
        "SELECT DISTINCT dispute FROM due WHERE step IN ('file', 'claims', 'findings') ORDER BY dispute"
    )
    return [r["dispute"] for r in rows]


def mark(db: sqlite3.Connection, step: str, ids: Iterable[str], *, dispute: str = "") -> None:
    """Make rows due."""
    db.executemany("INSERT OR IGNORE INTO due VALUES (?, ?, ?)", [(step, dispute, i) for i in ids])


def done(db: sqlite3.Connection, step: str, ids: Iterable[str], *, dispute: str = "") -> None:
    """Rows are no longer due."""
    db.executemany("DELETE FROM due WHERE step = ? AND dispute = ? AND id = ?", [(step, dispute, i) for i in ids])


# ------------------------------------------------------------------------------- digests and families


def readings(db: sqlite3.Connection, documents: Sequence[str]) -> dict[str, str]:
    """The readings in force of those of the documents that have one."""
    found: dict[str, str] = {}
    for marks, chunk in chunks(documents):
        rows = db.execute(f"SELECT id, reading FROM current_document WHERE id IN ({marks})", chunk)
        found |= {r["id"]: r["reading"] for r in rows if r["reading"] is not None}
    return found


def add_digest(
    db: sqlite3.Connection, document: str, reading: str, *, signals: str, tellings: str, ties: Sequence[str]
) -> None:
    """Keep the digest of a document in place of its earlier one; its family and its disputes are due."""
    drop_digest(db, document)
    family = _family(db, ties)
    db.execute(
        "INSERT INTO digest VALUES (?, ?, ?, ?, ?)",
        (document, reading, family, signals, zlib.compress(tellings.encode(), 6)),
    )
    mark(db, "assign", [str(family)])
    for row in db.execute(
        "SELECT dispute FROM assignment WHERE document = ? AND superseded_run IS NULL", (document,)
    ).fetchall():
        touch(db, row["dispute"], document)


def drop_digest(db: sqlite3.Connection, document: str) -> None:
    """A document is not as it was: what is known of it goes, and what it bore on is due."""
    row = db.execute("SELECT family FROM digest WHERE document = ?", (document,)).fetchone()
    db.execute("DELETE FROM passage WHERE a = ?1 OR b = ?1", (document,))
    for told in db.execute("SELECT DISTINCT dispute FROM telling WHERE document = ?", (document,)).fetchall():
        touch(db, told["dispute"], document)
    if row is not None:
        db.execute("DELETE FROM digest WHERE document = ?", (document,))
        mark(db, "assign", [str(row["family"])])


def leave(db: sqlite3.Connection, document: str, run: int) -> None:
    """Take a document that is no longer read, or no longer counts, out of its disputes."""
    for row in db.execute(
        "SELECT dispute FROM assignment WHERE document = ? AND superseded_run IS NULL", (document,)
    ).fetchall():
        touch(db, row["dispute"], document)
    db.execute(
        "UPDATE assignment SET superseded_run = ? WHERE document = ? AND superseded_run IS NULL", (run, document)
    )


def touch(db: sqlite3.Connection, dispute: str, document: str) -> None:
    """A document is to be compared anew within a dispute, or to be taken out of it."""
    mark(db, "file", [document], dispute=dispute)
    mark(db, "findings", [""], dispute=dispute)


def _family(db: sqlite3.Connection, ties: Sequence[str]) -> int:
    """The family of these ties: a new one, or those that have one of them, as one."""
    known = [r["family"] for r in _of_ties(db, ties)]
    family = known[0] if len(known) == 1 else _merged(db, known) if known else _next_family(db)
    db.executemany("INSERT OR IGNORE INTO family_tie VALUES (?, ?)", [(t, family) for t in ties])
    return int(family)


def _of_ties(db: sqlite3.Connection, ties: Sequence[str]) -> list[sqlite3.Row]:
    marks = ", ".join("?" * len(ties))
    return db.execute(
        f"SELECT DISTINCT family FROM family_tie WHERE tie IN ({marks}) ORDER BY family", list(ties)
    ).fetchall()


def _next_family(db: sqlite3.Connection) -> int:
    of_both = "SELECT max(family) AS family FROM digest UNION ALL SELECT max(family) FROM family_tie"
    return int(db.execute(f"SELECT coalesce(max(family), 0) FROM ({of_both})").fetchone()[0]) + 1


def _merged(db: sqlite3.Connection, families: Sequence[int]) -> int:
    """Make one family of several; the largest gives its number, so that few rows change."""
    sizes = {f: db.execute("SELECT count(*) FROM digest WHERE family = ?", (f,)).fetchone()[0] for f in families}
    kept = min(families, key=lambda f: (-sizes[f], f))
    for family in families:
        if family != kept:
            db.execute("UPDATE digest SET family = ? WHERE family = ?", (kept, family))
            db.execute("UPDATE family_tie SET family = ? WHERE family = ?", (kept, family))
            done(db, "assign", [str(family)])
            mark(db, "assign", [str(kept)])
    return kept


def tied(db: sqlite3.Connection, family: int, disputes: Iterable[str]) -> bool:
    """Tie a family to the disputes that it makes. True when another family makes a dispute of that id too; then
    the two are one from now on, and that one is due."""
    merged = False
    for name in disputes:
        tie = f"dispute {name}"
        others = [r["family"] for r in _of_ties(db, [tie]) if r["family"] != family]
        if others:
            family = _merged(db, sorted([family, *others]))
            mark(db, "assign", [str(family)])
            merged = True
        db.execute("INSERT OR IGNORE INTO family_tie VALUES (?, ?)", (tie, family))
    return merged


def signals(db: sqlite3.Connection, family: int) -> list[str]:
    """The signals of the documents of a family, as JSON."""
    rows = db.execute("SELECT signals FROM digest WHERE family = ? ORDER BY document", (family,))
    return [r["signals"] for r in rows]


def assigned(db: sqlite3.Connection, dispute: str) -> list[str]:
    """The documents of a dispute."""
    rows = db.execute(
        "SELECT document FROM assignment WHERE dispute = ? AND superseded_run IS NULL ORDER BY document",
        (dispute,),
    )
    return [r["document"] for r in rows]


def tellings_of(db: sqlite3.Connection, document: str) -> str | None:
    """What a document may tell, as JSON; None when the index does not know it."""
    row = db.execute("SELECT tellings FROM digest WHERE document = ?", (document,)).fetchone()
    return None if row is None else zlib.decompress(row["tellings"]).decode()
