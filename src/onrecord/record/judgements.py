"""What people ruled: rows beside the machine's, never over them; the last one on a target and field counts."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from onrecord.model import Judgement
from onrecord.record.store import transaction


def add(db: sqlite3.Connection, judgement: Judgement) -> None:
    """Add a judgement. Nothing is overwritten: a change of mind is another row."""
    with transaction(db):
        db.execute(
            "INSERT INTO judgement (target, verdict, field, value, who, at, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                judgement.target,
                judgement.verdict,
                judgement.field,
                judgement.value,
                judgement.who,
                judgement.when.isoformat(timespec="seconds"),
                judgement.why,
            ),
        )


def all_of(db: sqlite3.Connection, target: str | None = None) -> tuple[Judgement, ...]:
    """Judgements in the order in which they were made; those on one row, or all."""
    rows = db.execute("SELECT * FROM judgement WHERE ? IS NULL OR target = ? ORDER BY id", (target, target))
    return tuple(
        Judgement(
            target=r["target"],
            verdict=r["verdict"],
            field=r["field"],
            value=r["value"],
            who=r["who"],
            when=datetime.fromisoformat(r["at"]),
            why=r["why"],
        )
        for r in rows
    )


def assigned(db: sqlite3.Connection) -> dict[str, dict[str, bool]]:
    """By document, the disputes that a person put it into (True) or took it out of (False)."""
    out: dict[str, dict[str, bool]] = {}
    for judgement in all_of(db):
        if judgement.field == "dispute" and judgement.value is not None:
            out.setdefault(judgement.target, {})[judgement.value] = judgement.verdict == "accept"
    return out
