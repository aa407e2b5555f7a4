"""What lists show, a page at a time: rows without the texts of their documents, at a cost that a page can bear."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from onrecord.model import Span, Statement
from onrecord.record import judgements
from onrecord.record.queries import Reference, References, statements


def version(db: sqlite3.Connection) -> str:
    """A text that changes whenever what the record says may have changed; costs the same for any record."""
    row = db.execute(
        "SELECT (SELECT max(id) FROM run) AS run, (SELECT count(finished_at) FROM run) AS finished, "
        "(SELECT max(id) FROM judgement) AS judgement, (SELECT count(*) FROM tombstone) AS forgotten, "
        "(SELECT count(*) FROM due) AS due"
    ).fetchone()
    return " ".join(str(part) for part in row)


def document_count(db: sqlite3.Connection, dispute: str | None = None) -> int:
    """How many documents count; those of one dispute, or all."""
    if dispute is None:
        return int(db.execute("SELECT count(*) FROM document WHERE superseded_by IS NULL").fetchone()[0])
    return int(
        db.execute(
            "SELECT count(*) FROM assignment WHERE dispute = ? AND superseded_run IS NULL", (dispute,)
        ).fetchone()[0]
    )


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet (None: not known) with how many documents and statements it has, and how many stand on each
    authority ("unknown": cannot be told)."""

    outlet: str | None
    counts: tuple[tuple[str, int], ...]


def outlets(db: sqlite3.Connection, dispute: str | None = None) -> tuple[OutletRow, ...]:
    """Outlets by number of documents, most first."""
    within = (
        "(?1 IS NULL OR EXISTS (SELECT 1 FROM assignment a WHERE a.document = c.id AND a.dispute = ?1 "
        "AND a.superseded_run IS NULL))"
    )
    counts: dict[str | None, dict[str, int]] = defaultdict(lambda: {"documents": 0, "statements": 0})
    for r in db.execute(
        f"SELECT c.outlet, count(*) AS n FROM current_document c WHERE {within} GROUP BY c.outlet", (dispute,)
    ):
        counts[r["outlet"]]["documents"] = r["n"]
    for r in db.execute(
        "SELECT c.outlet, coalesce(s.authority, 'unknown') AS authority, count(*) AS n FROM current_document c "
        f"JOIN statement s ON s.reading = c.reading WHERE {within} GROUP BY 1, 2",
        (dispute,),
    ):
        counts[r["outlet"]][r["authority"]] = r["n"]
        counts[r["outlet"]]["statements"] += r["n"]
    rows = (OutletRow(outlet, tuple(sorted(found.items()))) for outlet, found in counts.items())
    return tuple(sorted(rows, key=lambda o: (-dict(o.counts)["documents"], o.outlet or "\U0010ffff")))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement as a list shows it, without its document's text."""

    id: str
    reference: Reference
    number: int
    source: str | None
    authority: str | None
    certainty: str
    via: tuple[str, ...]
    missing: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which statements: empty fields ask for all. ``speaker`` and ``about`` are texts that the source's name and
    the content hold; ``authority`` is "unknown" for those whose authority cannot be told."""

    dispute: str | None = None
    speaker: str = ""
    about: str = ""
    authority: str = ""
    certainty: str = ""


def statement_page(
    db: sqlite3.Connection, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> tuple[StatementRow, ...]:
    """Some of the statements in force, in the order of documents and text; cost grows with ``offset + limit``
    where nothing is asked for, and with the record where something is, or where people have ruled on rows."""
    if judgements.on_rows(db):
        return _ruled_page(db, wanted)[offset : offset + limit]
    references = References(db)
    source, authority, via = (f"iif(v.id IS NULL, s.{c}, v.{c})" for c in ("source", "authority", "via"))
    rows = db.execute(
        "SELECT s.id, s.document, s.number, s.certainty, s.missing, s.words, "
        "json_extract(s.content, '$[0][0]') AS first, json_extract(s.content, '$[0][1]') AS last, "
        f"{source} AS source, {authority} AS authority, {via} AS via "
        "FROM current_statement s LEFT JOIN ruled_statement v ON v.dispute = coalesce(?1, '') AND v.id = s.id "
        "WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM assignment a "
        "WHERE a.document = s.document AND a.dispute = ?1 AND a.superseded_run IS NULL)) "
        f"AND (?2 = '' OR instr(lower({source}), lower(?2))) AND (?3 = '' OR instr(lower(s.words), lower(?3))) "
        f"AND (?4 = '' OR coalesce({authority}, 'unknown') = ?4) AND (?5 = '' OR s.certainty = ?5) "
        "ORDER BY s.number, first, s.id LIMIT ?6 OFFSET ?7",
        (
            wanted.dispute,
            wanted.speaker,
            wanted.about,
            wanted.authority,
            wanted.certainty,
            limit,
            offset,
        ),
    )
    return tuple(
        StatementRow(
            id=r["id"],
            reference=references.of(r["document"], Span(r["first"], r["last"])),
            number=r["number"],
            source=r["source"],
            authority=r["authority"],
            certainty=r["certainty"],
            via=tuple(json.loads(r["via"])),
            missing=bool(r["missing"]),
            words=" ".join(r["words"].split()),
        )
        for r in rows
    )


def _ruled_page(db: sqlite3.Connection, wanted: Wanted) -> tuple[StatementRow, ...]:
    """All the statements asked for, as people ruled on them."""
    found = (
        StatementRow(
            id=t.row.id,
            reference=t.reference,
            number=t.reference.number,
            source=t.row.source.name,
            authority=t.row.authority,
            certainty=t.row.certainty,
            via=t.row.via,
            missing=t.row.missing,
            words=t.words,
        )
        for t in statements(db, wanted.dispute)
        if isinstance(t.row, Statement)
    )
    return tuple(
        s
        for s in found
        if wanted.speaker.casefold() in (s.source or "").casefold()
        and wanted.about.casefold() in s.words.casefold()
        and wanted.authority in ("", s.authority or "unknown")
        and wanted.certainty in ("", s.certainty)
    )
