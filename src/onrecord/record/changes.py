"""What runs changed: new documents, the standing of each dispute before and after, new claims, revisions."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Claim, Evidence, StandingInterval
from onrecord.record import codec, findings, queries, revisions
from onrecord.record.append import REFRESH
from onrecord.record.queries import DocumentRow
from onrecord.record.revisions import Revision
from onrecord.record.store import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the talks of a dispute stood before and stand after; ``references`` of what the latter rests on."""

    dispute: str
    name: str
    before: StandingInterval | None
    after: StandingInterval | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    dispute: str
    text: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the runs after ``since`` up to ``until`` changed. ``revised``: pairs of a revision and the next."""

    since: int
    until: int
    documents: tuple[DocumentRow, ...]
    standings: tuple[Standing, ...]
    claims: tuple[NewClaim, ...]
    revised: tuple[tuple[Revision, Revision], ...]

    def __bool__(self) -> bool:
        return bool(self.documents or self.standings or self.claims or self.revised)


def between(db: sqlite3.Connection, since: int, until: int) -> Changes:
    """What the runs after one and up to another changed. Of a run in the past, documents and claims that later
    runs superseded are left out."""
    revised = tuple(
        (before, after)
        for history in revisions.histories(db, since_run=since)
        for before, after in pairwise(history)
        if since < after.run <= until
    )
    numbers = {after.number for _, after in revised}
    known = findings.disputes(db)
    return Changes(
        since=since,
        until=until,
        documents=tuple(
            d for d in queries.documents(db) if since < d.first_run <= until and d.number not in numbers
        ),
        standings=tuple(s for d in known if (s := _standing(db, d.id, d.name, since, until)) is not None),
        claims=tuple(c for d in known for c in _claims(db, d.id, since, until)),
        revised=revised,
    )


def _standing(db: sqlite3.Connection, dispute: str, name: str, since: int, until: int) -> Standing | None:
    before, after = _state_at(db, dispute, since), _state_at(db, dispute, until)
    if _said(before) == _said(after):
        return None
    references = queries.References(db)
    current = {d.id for d in queries.documents(db)}
    evidence = [e for e in after.evidence if e.document in current] if after else []
    return Standing(
        dispute=dispute,
        name=name,
        before=before,
        after=after,
        references=tuple(str(r) for r in references.all_of(evidence)),
    )


def _said(interval: StandingInterval | None) -> tuple[object, ...] | None:
    return None if interval is None else (interval.state, interval.first, interval.established)


def _state_at(db: sqlite3.Connection, dispute: str, run: int) -> StandingInterval | None:
    row = db.execute(
        "SELECT body FROM finding WHERE dispute = ?1 AND type = 'StandingInterval' AND first_run <= ?2 "
        "AND (superseded_run IS NULL OR superseded_run > ?2) ORDER BY n DESC LIMIT 1",
        (dispute, run),
    ).fetchone()
    found = codec.load(StandingInterval, row["body"]) if row else None
    return found if isinstance(found, StandingInterval) else None


def _claims(db: sqlite3.Connection, dispute: str, since: int, until: int) -> list[NewClaim]:
    references = queries.References(db)
    found = findings.bodies(db, Claim, dispute, runs=range(since + 1, until + 1))
    return [
        NewClaim(
            dispute=dispute,
            text=claim.text,
            references=tuple(
                str(r) for r in references.all_of(Evidence(t.document, t.span) for t in claim.tellings)
            ),
        )
        for claim in found
        if isinstance(claim, Claim)
    ]


# ------------------------------------------------------------------------------- what was told


def last_run(db: sqlite3.Connection) -> int:
    """The number of the last run, 0 when there was none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0])


def told(db: sqlite3.Connection) -> int | None:
    """The last run whose changes were told, None when none ever was."""
    row = db.execute("SELECT run FROM watched").fetchone()
    return int(row["run"]) if row else None


def mark_told(db: sqlite3.Connection, run: int) -> None:
    """Note that the changes up to a run were told."""
    with transaction(db):
        db.execute("DELETE FROM watched")
        db.execute("INSERT INTO watched VALUES (?)", (run,))


def mark_idle(db: sqlite3.Connection, run: int) -> None:
    """Let a run that found nothing new not count as a reading, so that "new since the last run" stays what it
    was."""
    with transaction(db):
        db.execute("UPDATE run SET reader = ? WHERE id = ?", (REFRESH, run))
