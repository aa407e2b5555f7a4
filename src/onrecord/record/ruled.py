"""Readings as people ruled on them: the machine's rows seen through the judgements in force."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.model import Party, ReadArticle
from onrecord.record import judgements, load
from onrecord.record.corrections import Corrections, Rulings, corrected
from onrecord.record.rows import by_target


def corrections(db: sqlite3.Connection) -> Corrections:
    """All rulings on parties and on rows that stand."""
    made = judgements.corrections(db)
    return Corrections(made, _known(db) if made else {}, by_target(judgements.on_rows(db)))


def through(db: sqlite3.Connection, read: Iterable[ReadArticle], *, dispute: str | None) -> Iterator[ReadArticle]:
    """Readings as ruled for a dispute; without one each as ruled for the disputes that its document is in."""
    found = corrections(db)
    of_document = _disputes_of(db) if found.made and dispute is None else {}
    at_hand: dict[tuple[str, ...], Rulings] = {}
    for d in read:
        scopes = of_document.get(d.article.id, ()) if dispute is None else (dispute,)
        if scopes not in at_hand:
            at_hand[scopes] = found.within(*scopes)
        yield corrected(d, at_hand[scopes])


def keep(db: sqlite3.Connection, scope: str, seen: Iterable[ReadArticle], machine: Iterable[ReadArticle]) -> None:
    """Keep the statements of documents that rulings change, for lists that read rows alone. ``scope`` is a
    dispute, whose documents these are, or "": as ruled everywhere, whichever others there are."""
    known = list(machine)
    before = {s.id: s for d in known for s in d.reading.statements}
    if scope:
        db.execute("DELETE FROM ruled_statement WHERE dispute = ?", (scope,))
    else:
        db.executemany(
            "DELETE FROM ruled_statement WHERE dispute = '' AND document = ?", [(d.article.id,) for d in known]
        )
    db.executemany(
        "INSERT INTO ruled_statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(scope, s.id, s.document, s.source.name, s.source.party, s.source.side),
                *(s.source.affiliation, s.authority, json.dumps(s.via)),
            )
            for d in seen
            for s in d.reading.statements
            if s != before.get(s.id, s)  # one that people added is in no reading
        ],
    )


def parties(
    db: sqlite3.Connection, dispute: str | None = None
) -> Iterator[tuple[str, Party, int, tuple[str, ...]]]:
    """The parties of each document that is read, as ruled: document, party, how often it is mentioned there, and
    the ids under which the reader has it."""
    if not judgements.corrections(db):
        for row in db.execute(
            "SELECT p.*, c.id AS document, (SELECT count(*) FROM mention m "
            "WHERE m.reading = p.reading AND m.party = p.id) AS mentions "
            # CROSS JOIN fixes the order of the loops: documents outside, or the plan is quadratic
            "FROM current_document c CROSS JOIN party p ON p.reading = c.reading ORDER BY c.number, p.id"
        ):
            yield row["document"], load.party(row), row["mentions"], (row["id"],)
        return
    ids = None if dispute is None else [d for d, of in _disputes_of(db).items() if dispute in of]
    machine = list(load.read_articles(db, ids))
    here = corrections(db).within(*(() if dispute is None else (dispute,)))
    for before, after in zip(machine, through(db, machine, dispute=dispute), strict=True):
        for party in after.reading.parties:
            found_as = tuple(p.id for p in before.reading.parties if here.canonical(p.id) == party.id)
            mentions = sum(m.party == party.id for m in after.reading.mentions)
            yield after.article.id, party, mentions, found_as


def _known(db: sqlite3.Connection) -> dict[str, Party]:
    """The parties of all readings in force by id, each as the first document that has it does, by id, with
    the other names of all."""
    out: dict[str, Party] = {}
    for row in db.execute(
        "SELECT p.* FROM current_document c CROSS JOIN party p ON p.reading = c.reading ORDER BY c.id, p.id"
    ):
        party = load.party(row)
        names = (*out[party.id].aliases, *party.aliases) if party.id in out else party.aliases
        out[party.id] = replace(out.get(party.id, party), aliases=tuple(dict.fromkeys(names)))
    return out


def _disputes_of(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for row in db.execute(
        "SELECT document, dispute FROM assignment WHERE superseded_run IS NULL ORDER BY document, dispute"
    ):
        out[row["document"]] = (*out.get(row["document"], ()), row["dispute"])
    return out
