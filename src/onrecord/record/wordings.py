"""The index of tellings: their wordings, the links between these, what people ruled on them, and shared passages.

As in ``index``, every function is one step of ``onrecord.comparing``, to be called within a transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Part, Score, Span
from onrecord.record import codec, index


@dataclass(frozen=True, slots=True)
class Placed:
    """A telling: its number, that of its wording, and where it stands (``place`` is JSON)."""

    id: int
    wording: int
    document: str
    span: Span
    place: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A link between two wordings by their numbers, the smaller first; ``''``: whatever the outlet."""

    a: int
    b: int
    a_outlet: str
    b_outlet: str
    score: Score


def unfile(db: sqlite3.Connection, dispute: str, document: str) -> None:
    """Take the tellings of a document out of a dispute, with their links and nothing else. Wordings that nobody
    tells any longer go; the claims that rested on it and all that hung on it are due."""
    rows = db.execute(
        "SELECT DISTINCT wording FROM telling WHERE dispute = ? AND document = ?", (dispute, document)
    ).fetchall()
    resting = db.execute(
        "SELECT DISTINCT finding FROM finding_evidence WHERE dispute = ? AND type = 'Claim' AND document = ?",
        (dispute, document),
    ).fetchall()
    index.mark(db, "claims", [f"c:{r['finding']}" for r in resting], dispute=dispute)
    db.execute("DELETE FROM telling WHERE dispute = ? AND document = ?", (dispute, document))
    for number in (r["wording"] for r in rows):
        index.mark(db, "claims", [f"w:{n}" for n in (number, *neighbours(db, number))], dispute=dispute)
        if db.execute("SELECT 1 FROM telling WHERE wording = ? LIMIT 1", (number,)).fetchone() is None:
            keys = json.loads(db.execute("SELECT keys FROM wording WHERE id = ?", (number,)).fetchone()["keys"])
            db.executemany("DELETE FROM wording_key WHERE key = ? AND wording = ?", [(k, number) for k in keys])
            db.execute("DELETE FROM wording WHERE id = ?", (number,))
            index.done(db, "claims", [f"w:{number}"], dispute=dispute)


def find_wording(db: sqlite3.Connection, dispute: str, digest: str) -> int | None:
    """The number of a wording that the dispute has already."""
    row = db.execute("SELECT id FROM wording WHERE dispute = ? AND digest = ?", (dispute, digest)).fetchone()
    return None if row is None else int(row["id"])


def add_wording(db: sqlite3.Connection, dispute: str, digest: str, *, body: str, keys: Sequence[int]) -> int:
    """File a wording under its keys and return its number."""
    cursor = db.execute(
        "INSERT INTO wording (dispute, digest, body, keys) VALUES (?, ?, ?, ?)",
        (dispute, digest, body, json.dumps(keys)),
    )
    number = int(cursor.lastrowid or 0)
    db.executemany("INSERT INTO wording_key VALUES (?, ?)", [(k, number) for k in keys])
    return number


def sharing(db: sqlite3.Connection, keys: Sequence[int]) -> list[int]:
    """The wordings that share a key."""
    found: set[int] = set()
    for marks, chunk in index.chunks(keys):
        found |= {r[0] for r in db.execute(f"SELECT wording FROM wording_key WHERE key IN ({marks})", chunk)}
    return sorted(found)


def wordings(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Digest and body of wordings, by number."""
    found: dict[int, tuple[str, str]] = {}
    for marks, chunk in index.chunks(numbers):
        rows = db.execute(f"SELECT id, digest, body FROM wording WHERE id IN ({marks})", chunk)
        found |= {r["id"]: (r["digest"], r["body"]) for r in rows}
    return found


def add_link(db: sqlite3.Connection, link: Linked) -> None:
    """Keep a link."""
    db.execute(
        "INSERT OR REPLACE INTO wording_link VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(link.a, link.b, link.a_outlet, link.b_outlet),
            *(link.score.value, codec.dump(tuple[Part, ...], link.score.parts)),
        ),
    )


def add_telling(
    db: sqlite3.Connection, dispute: str, wording: int, *, document: str, span: Span, place: str
) -> int:
    """A document tells a wording; its claim is due. Returns the number of the telling."""
    cursor = db.execute(
        "INSERT INTO telling VALUES (NULL, ?, ?, ?, ?, ?, ?)",
        (dispute, document, span.start, span.end, place, wording),
    )
    index.mark(db, "claims", [f"w:{wording}"], dispute=dispute)
    return int(cursor.lastrowid or 0)


def add_link_within(db: sqlite3.Connection, a: int, b: int, score: Score) -> None:
    """Keep a link between two tellings of one document."""
    parts = codec.dump(tuple[Part, ...], score.parts)
    db.execute("INSERT INTO telling_link VALUES (?, ?, ?, ?)", (a, b, score.value, parts))


def links_within(db: sqlite3.Connection, tellings: Sequence[Placed]) -> dict[tuple[int, int], Score]:
    """The links between tellings of one document, by their numbers. The tellings are of whole components."""
    found: dict[tuple[int, int], Score] = {}
    for marks, chunk in index.chunks([t.id for t in tellings]):
        for r in db.execute(f"SELECT * FROM telling_link WHERE a IN ({marks})", chunk):
            found[r["a"], r["b"]] = Score(r["score"], codec.load(tuple[Part, ...], r["parts"]))
    return found


def neighbours(db: sqlite3.Connection, wording: int) -> list[int]:
    """The wordings that are linked to one, by themselves or by a person."""
    rows = db.execute(
        "SELECT b AS n FROM wording_link WHERE a = ?1 UNION SELECT a FROM wording_link WHERE b = ?1 "
        "UNION SELECT b FROM wording_ruling WHERE a = ?1 AND same UNION SELECT a FROM wording_ruling "
        "WHERE b = ?1 AND same UNION SELECT y.wording FROM telling x JOIN telling_link l ON l.a = x.id "
        "JOIN telling y ON y.id = l.b WHERE x.wording = ?1 UNION SELECT x.wording FROM telling y "
        "JOIN telling_link l ON l.b = y.id JOIN telling x ON x.id = l.a WHERE y.wording = ?1",
        (wording,),
    )
    return sorted(r["n"] for r in rows if r["n"] != wording)


def component(db: sqlite3.Connection, wording: int) -> list[int]:
    """All wordings that can be reached over links."""
    seen, waiting = {wording}, [wording]
    while waiting:
        new = [n for n in neighbours(db, waiting.pop()) if n not in seen]
        seen.update(new)
        waiting += new
    return sorted(seen)


def links_among(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Linked]:
    """The links between these wordings, which are of whole components."""
    found: list[Linked] = []
    for marks, chunk in index.chunks(numbers):
        for r in db.execute(f"SELECT * FROM wording_link WHERE a IN ({marks}) ORDER BY a, b", chunk):
            score = Score(r["score"], codec.load(tuple[Part, ...], r["parts"]))
            found.append(Linked(r["a"], r["b"], r["a_outlet"], r["b_outlet"], score))
    return found


def rulings_among(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[tuple[int, int], Score | None]:
    """What people ruled on pairs of these wordings, the smaller number first: a link, or None where it is cut."""
    found: dict[tuple[int, int], Score | None] = {}
    for marks, chunk in index.chunks(numbers):
        for r in db.execute(f"SELECT * FROM wording_ruling WHERE a IN ({marks}) ORDER BY a, b", chunk):
            said = Score(1.0, (Part("judgement", 1.0, r["why"]),))
            found[r["a"], r["b"]] = said if r["same"] else None
    return found


def placed(db: sqlite3.Connection, numbers: Sequence[int]) -> list[Placed]:
    """The tellings of wordings."""
    found: list[Placed] = []
    for marks, chunk in index.chunks(numbers):
        rows = db.execute(f"SELECT * FROM telling WHERE wording IN ({marks}) ORDER BY document, start, id", chunk)
        found += [
            Placed(r["id"], r["wording"], r["document"], Span(r["start"], r["end"]), r["place"]) for r in rows
        ]
    return found


def of_claims(db: sqlite3.Connection, dispute: str, claims: Sequence[str]) -> list[int]:
    """The wordings that some claims of a dispute were told in and that are still told."""
    found: set[int] = set()
    for marks, chunk in index.chunks(claims):
        rows = db.execute(
            "SELECT DISTINCT t.wording FROM finding_evidence e JOIN telling t ON t.document = e.document "
            "AND t.dispute = e.dispute AND t.start = e.start AND t.end = e.end "
            f"WHERE e.dispute = ? AND e.type = 'Claim' AND e.finding IN ({marks})",
            [dispute, *chunk],
        )
        found |= {r["wording"] for r in rows}
    return sorted(found)


def claims_resting_on(db: sqlite3.Connection, dispute: str, tellings: Sequence[Placed]) -> set[str]:
    """The claims in force of a dispute that rest on one of these tellings."""
    found: set[str] = set()
    for document in sorted({t.document for t in tellings}):
        spans = {(t.span.start, t.span.end) for t in tellings if t.document == document}
        for r in db.execute(
            "SELECT e.finding, e.start, e.end FROM finding_evidence e JOIN finding f ON f.dispute = e.dispute "
            "AND f.type = e.type AND f.id = e.finding WHERE e.document = ? AND e.dispute = ? AND e.type = 'Claim' "
            "AND f.superseded_run IS NULL",
            (document, dispute),
        ):
            if (r["start"], r["end"]) in spans:
                found.add(r["finding"])
    return found


def remove(db: sqlite3.Connection, document: str) -> None:
    """Take a document that is to be forgotten out of the index; what hung on it is due."""
    for row in db.execute("SELECT DISTINCT dispute FROM telling WHERE document = ?", (document,)).fetchall():
        unfile(db, row["dispute"], document)
    for row in db.execute("SELECT dispute FROM assignment WHERE document = ?", (document,)).fetchall():
        index.mark(db, "findings", [""], dispute=row["dispute"])
    index.drop_digest(db, document)


# ------------------------------------------------------------------------------- rulings and passages


def rule(db: sqlite3.Connection, dispute: str, rulings: Mapping[tuple[int, int], tuple[bool, str]]) -> None:
    """Bring the rulings of a dispute in step with these; what they change is due."""
    before = {
        (r["a"], r["b"]): (bool(r["same"]), r["why"])
        for r in db.execute(
            "SELECT r.* FROM wording_ruling r JOIN wording w ON w.id = r.a WHERE w.dispute = ?", (dispute,)
        )
    }
    for pair in sorted(before.keys() | rulings.keys()):
        if before.get(pair) != rulings.get(pair):
            db.execute("DELETE FROM wording_ruling WHERE a = ? AND b = ?", pair)
            index.mark(db, "claims", [f"w:{n}" for n in pair], dispute=dispute)
            if pair in rulings:
                same, why = rulings[pair]
                db.execute("INSERT INTO wording_ruling VALUES (?, ?, ?, ?)", (*pair, same, why))


def telling_at(db: sqlite3.Connection, dispute: str, document: str, span: Span) -> int | None:
    """The wording of the telling that stands at a place of a document, or overlaps it most; None if none does."""
    rows = db.execute(
        "SELECT wording, start, end FROM telling WHERE dispute = ? AND document = ? AND start < ? AND end > ? "
        "ORDER BY start, end, id",
        (dispute, document, span.end, span.start),
    ).fetchall()
    best = max(
        rows,
        key=lambda r: (
            (r["start"], r["end"]) == (span.start, span.end),
            min(r["end"], span.end) - max(r["start"], span.start),
        ),
        default=None,
    )
    return None if best is None else int(best["wording"])


def passages(db: sqlite3.Connection, a: str, b: str) -> list[list[int]] | None:
    """The passages that two documents share, ``a`` before ``b``; None when they were not compared yet."""
    row = db.execute("SELECT spans FROM passage WHERE a = ? AND b = ?", (a, b)).fetchone()
    return None if row is None else json.loads(row["spans"])


def add_passages(db: sqlite3.Connection, a: str, b: str, spans: Sequence[Sequence[int]]) -> None:
    """Keep what two documents share."""
    db.execute("INSERT OR REPLACE INTO passage VALUES (?, ?, ?)", (a, b, json.dumps(spans)))
