"""Results across documents: disputes, assignments and findings, kept in step with what they follow from.

A finding that follows again is the same row; one that no longer follows is marked with the run that superseded
it. So "what is new since the last run" is a question to the record and not to a memory beside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from onrecord.model import Assignment, Dispute, Finding, Forecast, Part, Score
from onrecord.record import codec, ledger


def up_to_date(db: sqlite3.Connection) -> bool:
    """Whether the findings follow from the readings in force and the judgements (not after a killed run)."""
    known = db.execute("SELECT 1 FROM index_version").fetchone()
    return known is not None and db.execute("SELECT 1 FROM due LIMIT 1").fetchone() is None


def assign(
    db: sqlite3.Connection,
    family: int,
    *,
    disputes: Sequence[Dispute],
    assignments: Sequence[Assignment],
    run: int,
) -> set[tuple[str, str]]:
    """Bring the disputes and assignments of a family of documents in step with these; nothing is deleted.

    Returns what changed, as (dispute, document).
    """
    _disputes(db, family, disputes, run)
    before = {
        (r["dispute"], r["document"]): (bool(r["given"]), r["score"], r["parts"])
        for r in db.execute(
            "SELECT a.* FROM digest g JOIN assignment a ON a.document = g.document "
            "WHERE g.family = ? AND a.superseded_run IS NULL",
            (family,),
        )
    }
    now = {
        (a.dispute, a.document): (a.given, a.score.value, codec.dump(tuple[Part, ...], a.score.parts))
        for a in assignments
    }
    db.executemany(
        "UPDATE assignment SET superseded_run = ? WHERE dispute = ? AND document = ?",
        [(run, *key) for key in sorted(before.keys() - now.keys())],
    )
    db.executemany(
        "INSERT INTO assignment VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (document, dispute) DO UPDATE SET "
        "given = excluded.given, score = excluded.score, parts = excluded.parts, superseded_run = NULL",
        [(key[1], key[0], *now[key], run) for key in sorted(now) if before.get(key) != now[key]],
    )
    return before.keys() ^ now.keys()


def _disputes(db: sqlite3.Connection, family: int, disputes: Sequence[Dispute], run: int) -> None:
    rows = {
        d.id: (
            *(d.id, d.name, json.dumps(d.workers), json.dumps(d.employers)),
            *(d.start.isoformat() if d.start else None, d.end.isoformat() if d.end else None),
        )
        for d in disputes
    }
    before = {
        r["id"]: tuple(r)[:6]
        for r in db.execute(
            "SELECT d.* FROM family_tie t JOIN dispute d ON d.id = substr(t.tie, 9) "
            "WHERE t.family = ? AND t.tie GLOB 'dispute *' AND d.superseded_run IS NULL",
            (family,),
        )
    }
    for id in sorted(before.keys() - rows.keys()):
        db.execute("UPDATE dispute SET superseded_run = ? WHERE id = ?", (run, id))
        db.execute("INSERT OR IGNORE INTO due VALUES ('findings', ?, '')", (id,))
    for id in sorted(rows):
        if before.get(id) != rows[id]:
            db.execute(
                "INSERT INTO dispute VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET "
                "name = excluded.name, workers = excluded.workers, employers = excluded.employers, "
                "start = excluded.start, end = excluded.end, superseded_run = NULL",
                (*rows[id], run),
            )


def replace(db: sqlite3.Connection, dispute: str, findings: Sequence[Finding], *, run: int) -> None:
    """Bring the findings on a dispute, its claims apart, in step with these; nothing is deleted."""
    in_force = {
        (r["type"], r["id"])
        for r in db.execute(
            "SELECT type, id FROM finding WHERE dispute = ? AND type <> 'Claim' AND superseded_run IS NULL",
            (dispute,),
        )
    }
    for n, f in enumerate(findings):
        in_force.discard((type(f.body).__name__, f.id))
        _keep(db, f, n, run)
        if isinstance(f.body, Forecast):
            ledger.keep(db, dispute, f.body, looking_back=False, run=run)
    _supersede(db, dispute, sorted(in_force), run)


def replace_claims(
    db: sqlite3.Connection, dispute: str, claims: Sequence[Finding], *, before: Collection[str], run: int
) -> None:
    """Put claims in the place of those ``before`` (ids); the other claims of the dispute stay as they are."""
    for f in claims:
        _keep(db, f, 0, run)
    gone = sorted(set(before) - {f.id for f in claims})
    _supersede(db, dispute, [("Claim", id) for id in gone], run)


def _keep(db: sqlite3.Connection, f: Finding, n: int, run: int) -> None:
    kind = type(f.body).__name__
    body = codec.dump(codec.FINDINGS[kind], f.body)
    known = db.execute(
        "SELECT body, n FROM finding WHERE dispute = ? AND type = ? AND id = ? AND superseded_run IS NULL",
        (f.dispute, kind, f.id),
    ).fetchone()
    if known is not None and (known["body"], known["n"]) == (body, n):
        return
    db.execute(
        "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (dispute, type, id) DO UPDATE SET "
        "n = excluded.n, body = excluded.body, superseded_run = NULL, "
        "first_run = iif(coalesce(finding.superseded_run, excluded.first_run) = excluded.first_run, "
        "finding.first_run, excluded.first_run)",
        (f.dispute, kind, f.id, n, body, run),
    )
    db.execute(
        "DELETE FROM finding_evidence WHERE dispute = ? AND type = ? AND finding = ?", (f.dispute, kind, f.id)
    )
    db.executemany(
        "INSERT INTO finding_evidence VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(f.dispute, kind, f.id, e.document, e.span.start, e.span.end) for e in f.evidence],
    )


def _supersede(db: sqlite3.Connection, dispute: str, keys: Sequence[tuple[str, str]], run: int) -> None:
    db.executemany(
        "UPDATE finding SET superseded_run = ? "
        "WHERE dispute = ? AND type = ? AND id = ? AND superseded_run IS NULL",
        [(run, dispute, *key) for key in keys],
    )


def disputes(db: sqlite3.Connection) -> tuple[Dispute, ...]:
    """The disputes in force, by id."""
    rows = db.execute("SELECT * FROM dispute WHERE superseded_run IS NULL ORDER BY id")

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return tuple(
        Dispute(
            id=r["id"],
            name=r["name"],
            workers=tuple(json.loads(r["workers"])),
            employers=tuple(json.loads(r["employers"])),
            start=day(r["start"]),
            end=day(r["end"]),
        )
        for r in rows
    )


def assignments(db: sqlite3.Connection, dispute: str | None = None) -> tuple[Assignment, ...]:
    """The assignments in force, by number of document; those of one dispute, or all."""
    rows = db.execute(
        "SELECT a.* FROM assignment a JOIN current_document d ON d.id = a.document AND d.reading IS NOT NULL "
        "WHERE a.superseded_run IS NULL AND (? IS NULL OR a.dispute = ?) ORDER BY d.number, a.dispute",
        (dispute, dispute),
    )
    return tuple(
        Assignment(
            document=r["document"],
            dispute=r["dispute"],
            given=bool(r["given"]),
            score=Score(r["score"], codec.load(tuple[Part, ...], r["parts"])),
        )
        for r in rows
    )


def bodies(db: sqlite3.Connection, kind: type, dispute: str, *, runs: Iterable[int] | None = None) -> list[object]:
    """The findings of one kind on a dispute, in order; with ``runs`` only those first derived in one of them.
    Those that rest on a document which is not read at present (a run was killed, or is under way) are left out."""
    wanted = None if runs is None else set(runs)
    rows = db.execute(
        "SELECT body, first_run FROM finding f WHERE dispute = ?1 AND type = ?2 AND superseded_run IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM finding_evidence e WHERE e.dispute = f.dispute AND e.type = f.type "
        "AND e.finding = f.id AND e.document NOT IN (SELECT a.document FROM assignment a "
        "JOIN current_document c ON c.id = a.document WHERE a.dispute = ?1 "
        "AND a.superseded_run IS NULL AND c.reading IS NOT NULL)) ORDER BY n, id",
        (dispute, kind.__name__),
    )
    return [codec.load(kind, r["body"]) for r in rows if wanted is None or r["first_run"] in wanted]
