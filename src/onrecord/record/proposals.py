"""What a second reader proposed: rows of its own, beside the machine's, from which no finding follows."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.model import Span, Statement
from onrecord.record import codec, load, queries, ruled
from onrecord.record.queries import References, Told, words_of
from onrecord.record.store import transaction

_SHARED = 0.5  # of the characters of both: the same words, with another tag or mark


@dataclass(frozen=True, slots=True)
class Proposed:
    """A statement that a second reader proposed; ``agrees`` when the machine found the same words by itself."""

    reader: str
    told: Told
    agrees: bool


def unread(db: sqlite3.Connection, reader: str) -> list[str]:
    """Ids of the documents whose current article this second reader has not read, by number."""
    rows = db.execute(
        "SELECT c.id FROM current_document c WHERE c.article IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM second_reading s WHERE s.article = c.article AND s.reader = ?) ORDER BY c.number",
        (reader,),
    )
    return [r["id"] for r in rows]


def add(
    db: sqlite3.Connection,
    article_row: str,
    *,
    document: str,
    reader: str,
    proposed: int,
    dropped: Iterable[tuple[str, int]],
    statements: Iterable[Statement],
    run: int,
) -> None:
    """Add a second reading; the same one again changes nothing."""
    with transaction(db):
        if not db.execute("SELECT 1 FROM article WHERE id = ?", (article_row,)).fetchone():
            return  # forgotten by another process while it was read
        db.execute(
            "INSERT INTO second_reading VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (article_row, reader, document, proposed, json.dumps(dict(dropped), sort_keys=True), run),
        )
        db.executemany(
            "INSERT INTO proposal VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(article_row, reader, s.id, codec.dump(Statement, s)) for s in statements],
        )
        db.execute(
            "UPDATE problem SET resolved_run = ? WHERE document = ? AND stage = 'second' AND resolved_run IS NULL "
            "AND last_run < ?",
            (run, document, run),
        )


def proposals(db: sqlite3.Connection, dispute: str | None = None) -> tuple[Proposed, ...]:
    """What second readers proposed for the current articles, by document, reader and place in the text."""
    rows: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for r in db.execute(
        "SELECT c.id AS document, p.reader, p.body "
        "FROM proposal p JOIN current_document c ON c.article = p.article"
    ):
        rows[r["document"]][r["reader"]].append(codec.load(Statement, r["body"]))
    references = References(db)
    out: list[Proposed] = []
    for document in (d.id for d in queries.documents(db, dispute) if d.id in rows):
        machine = next(load.read_articles(db, [document]), None)
        if machine is None:
            continue
        for reader, statements in sorted(rows[document].items()):
            own = replace(machine, reading=replace(machine.reading, statements=tuple(statements)))
            for d in ruled.through(db, [own], dispute=dispute):
                for s in sorted(d.reading.statements, key=lambda s: (s.content, s.id)):
                    told = Told(references.of(document, s.content[0]), d, s, words_of(d.article.text, s.content))
                    out.append(Proposed(reader, told, _found(s, machine.reading.statements)))
    return tuple(out)


def _found(statement: Statement, by_machine: Iterable[Statement]) -> bool:
    return any(_shared(statement.content, s.content) >= _SHARED for s in by_machine)


def _shared(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Characters that two sets of spans share, over those that either has."""
    a = {i for s in one for i in range(s.start, s.end)}
    b = {i for s in other for i in range(s.start, s.end)}
    return len(a & b) / len(a | b)
