"""Visits to addresses: what a conditional request needs, and when an address is due again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.record.store import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """The last visit to an address as it was asked for; ``first_at``: the first visit, ``changed_at``: the last
    one that gave something. ``status`` 0: no answer came. ``via``: the feed or list that named it."""

    url: str
    status: int
    etag: str | None
    last_modified: str | None
    first_at: datetime
    visited_at: datetime
    changed_at: datetime
    via: str | None


def note(
    db: sqlite3.Connection,
    *,
    url: str,
    status: int,
    at: datetime,
    etag: str | None,
    last_modified: str | None,
    via: str | None,
) -> None:
    """Note a visit. One that failed does not change when the address last gave something."""
    with transaction(db):
        db.execute(
            "INSERT INTO visit VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5, ?6) ON CONFLICT (url) DO UPDATE SET "
            "status = ?2, etag = ?3, last_modified = ?4, visited_at = ?5, via = coalesce(?6, via), "
            "changed_at = iif(?2 = 200, ?5, changed_at)",
            (url, status, etag, last_modified, _text(at), via),
        )


def last(db: sqlite3.Connection, url: str) -> VisitRow | None:
    """The last visit to an address."""
    row = db.execute("SELECT * FROM visit WHERE url = ?", (url,)).fetchone()
    return _row(row) if row else None


def items(db: sqlite3.Connection, via: str) -> tuple[VisitRow, ...]:
    """The addresses that a feed or list named."""
    return tuple(_row(r) for r in db.execute("SELECT * FROM visit WHERE via = ? ORDER BY url", (via,)))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _row(row: sqlite3.Row) -> VisitRow:
    return VisitRow(
        url=row["url"],
        status=row["status"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        first_at=datetime.fromisoformat(row["first_at"]),
        visited_at=datetime.fromisoformat(row["visited_at"]),
        changed_at=datetime.fromisoformat(row["changed_at"]),
        via=row["via"],
    )
