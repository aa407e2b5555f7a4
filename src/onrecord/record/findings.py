"""Results across documents: disputes, assignments and findings, kept in step with what they follow from.

A finding that follows again is the same row; one that no longer follows is marked with the run that superseded
it. So "what is new since the last run" is a question to the record and not to a memory beside it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from onrecord.model import Assignment, Dispute, Finding, Forecast, Part, Score
from onrecord.record import codec, ledger
from onrecord.record.store import transaction


def state(db: sqlite3.Connection) -> str:
    """A digest of all that findings follow from: the readings in force and the judgements."""
    digest = hashlib.sha256()
    for row in db.execute("SELECT reading FROM current_document WHERE reading IS NOT NULL ORDER BY id"):
        digest.update(row["reading"].encode())
    for row in db.execute("SELECT target, verdict, field, value, dispute FROM judgement ORDER BY id"):
        digest.update(json.dumps(list(row)).encode())
    return digest.hexdigest()


def up_to_date(db: sqlite3.Connection) -> bool:
    """Whether the findings follow from the readings in force (not after a killed run)."""
    row = db.execute("SELECT state FROM synthesis").fetchone()
    return row is not None and row["state"] == state(db)


def replace(
    db: sqlite3.Connection,
    *,
    disputes: Sequence[Dispute],
    assignments: Sequence[Assignment],
    findings: Sequence[Finding],
    followed_from: str,
    run: int,
) -> None:
    """Bring the record's findings in step with these; nothing is deleted."""
    with transaction(db):
        _disputes(db, disputes, run)
        _assignments(db, assignments, run)
        _findings(db, findings, run)
        for f in findings:
            if isinstance(f.body, Forecast):
                ledger.keep(db, f.dispute, f.body, looking_back=False, run=run)
        db.execute("DELETE FROM synthesis")
        db.execute("INSERT INTO synthesis VALUES (?, ?)", (followed_from, run))


def _disputes(db: sqlite3.Connection, disputes: Sequence[Dispute], run: int) -> None:
    db.execute("UPDATE dispute SET superseded_run = ? WHERE superseded_run IS NULL", (run,))
    for d in disputes:
        db.execute(
            "INSERT INTO dispute VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, workers = excluded.workers, employers = excluded.employers, "
            "start = excluded.start, end = excluded.end, superseded_run = NULL",
            (
                d.id,
                d.name,
                json.dumps(d.workers),
                json.dumps(d.employers),
                d.start.isoformat() if d.start else None,
                d.end.isoformat() if d.end else None,
                run,
            ),
        )


def _assignments(db: sqlite3.Connection, assignments: Sequence[Assignment], run: int) -> None:
    db.execute("UPDATE assignment SET superseded_run = ? WHERE superseded_run IS NULL", (run,))
    for a in assignments:
        db.execute(
            "INSERT INTO assignment VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (document, dispute) DO UPDATE SET "
            "given = excluded.given, score = excluded.score, parts = excluded.parts, superseded_run = NULL",
            (a.document, a.dispute, a.given, a.score.value, codec.dump(tuple[Part, ...], a.score.parts), run),
        )


def _findings(db: sqlite3.Connection, findings: Sequence[Finding], run: int) -> None:
    in_force = {
        (r["dispute"], r["type"], r["id"])
        for r in db.execute("SELECT dispute, type, id FROM finding WHERE superseded_run IS NULL")
    }
    for n, f in enumerate(findings):
        kind = type(f.body).__name__
        in_force.discard((f.dispute, kind, f.id))
        body = codec.dump(codec.FINDINGS[kind], f.body)
        db.execute(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (dispute, type, id) DO UPDATE SET "
            "n = excluded.n, body = excluded.body, superseded_run = NULL, "
            "first_run = iif(finding.superseded_run IS NULL, finding.first_run, excluded.first_run)",
            (f.dispute, kind, f.id, n, body, run),
        )
        db.execute(
            "DELETE FROM finding_evidence WHERE dispute = ? AND type = ? AND finding = ?", (f.dispute, kind, f.id)
        )
        db.executemany(
            "INSERT INTO finding_evidence VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(f.dispute, kind, f.id, e.document, e.span.start, e.span.end) for e in f.evidence],
        )
    db.executemany(
        "UPDATE finding SET superseded_run = ? WHERE dispute = ? AND type = ? AND id = ?",
        [(run, *key) for key in sorted(in_force)],
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
        "SELECT body, first_run FROM finding f WHERE dispute = ? AND type = ? AND superseded_run IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM finding_evidence e WHERE e.dispute = f.dispute AND e.type = f.type "
        "AND e.finding = f.id AND e.document NOT IN (SELECT a.document FROM assignment a "
        "JOIN current_document c ON c.id = a.document WHERE a.dispute = f.dispute "
        "AND a.superseded_run IS NULL AND c.reading IS NOT NULL)) ORDER BY n",
        (dispute, kind.__name__),
    )
    return [codec.load(kind, r["body"]) for r in rows if wanted is None or r["first_run"] in wanted]
