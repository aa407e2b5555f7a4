"""Rulings on rows: what can be ruled on a row, recording it, and which rows to look at first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from onrecord.model import (
    Authority,
    Certainty,
    Effect,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Judgement,
    Kind,
    OnrecordError,
    Part,
    Score,
    Span,
    State,
    Statement,
)
from onrecord.record import judgements, load, queries
from onrecord.record.judgements import Ruled
from onrecord.record.queries import Reference, References, words_of
from onrecord.record.rows import UNKNOWN, Variable, checked

_ON = {
    "statement": (Variable.SOURCE, Variable.AUTHORITY, Variable.CERTAINTY),
    "event": (Variable.TYPE, Variable.STATUS, Variable.WHEN),
    "effect": (),
    "document": (Variable.KIND, Variable.PUBLISHED, Variable.STATE),
}
CHOICES: dict[Variable, tuple[str, ...]] = {
    Variable.AUTHORITY: (*Authority, UNKNOWN),
    Variable.CERTAINTY: tuple(Certainty),
    Variable.TYPE: tuple(EventType),
    Variable.STATUS: tuple(EventStatus),
    Variable.KIND: (*Kind, UNKNOWN),
    Variable.STATE: (*State, UNKNOWN),
}
"""What a variable can be; those left out take a name or a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that can be ruled on: ``kind`` is statement, event, effect or document; ``values`` what the machine
    has for each variable, ``rulings`` what people said of it, those overruled and taken back as well."""

    id: str
    kind: str
    reference: Reference
    document: str
    words: str
    span: Span | None
    values: tuple[tuple[Variable, str], ...]
    rulings: tuple[Ruled, ...]

    @property
    def last(self) -> str:
        """The number of the last ruling on it, "0" without one: a form says with it what its reader saw."""
        return str(max((r.number for r in self.rulings), default=0))


def row(db: sqlite3.Connection, name: str) -> Row:
    """The row with that id (or the only one whose id begins so), or the document that goes by that name.

    Raises OnrecordError when there is none, or several.
    """
    ids = {
        r["id"]
        for table in ("statement", "event", "effect")
        for r in db.execute(
            f"SELECT x.id FROM current_document c JOIN {table} x ON x.reading = c.reading "
            "WHERE substr(x.id, 1, ?) = ? LIMIT 3",
            (len(name), name),
        )
        if len(name) >= _LEAST
    }
    if len(ids) > 1:
        raise OnrecordError(f"{name!r} begins the ids of several rows: {', '.join(sorted(ids))}; write more of it")
    if not ids:
        return _document(db, name)
    id = ids.pop()
    document = db.execute(
        "SELECT document FROM statement WHERE id = ?1 UNION SELECT document FROM event WHERE id = ?1 "
        "UNION SELECT document FROM effect WHERE id = ?1",
        (id,),
    ).fetchone()["document"]
    read = next(iter(load.read_articles(db, [document])))
    found: Iterable[Statement | Event | Effect] = (
        *read.reading.statements,
        *read.reading.events,
        *read.reading.effects,
    )
    made = next(x for x in found if x.id == id)
    spans = made.content if isinstance(made, Statement) else (made.evidence,)
    return Row(
        id=id,
        kind=type(made).__name__.casefold(),
        reference=References(db).of(document, spans[0]),
        document=document,
        words=words_of(read.article.text, spans),
        span=spans[0],
        values=_values(made),
        rulings=_rulings(db, id),
    )


_LEAST = 6  # of an id; fewer digits could be a document's number


def _document(db: sqlite3.Connection, name: str) -> Row:
    found = queries.find_document(db, name)
    read = next(iter(load.read_articles(db, [found.id])), None)
    if read is None:
        raise OnrecordError(f"document {found.number} could not be read; see: onrecord problems")
    published = read.reading.published.value
    return Row(
        id=found.id,
        kind="document",
        reference=Reference(found.number),
        document=found.id,
        words=found.title or found.name,
        span=None,
        values=(
            (Variable.KIND, read.reading.kind or UNKNOWN),
            (Variable.PUBLISHED, published.isoformat() if published else UNKNOWN),
            (Variable.STATE, read.reading.state or UNKNOWN),
        ),
        rulings=_rulings(db, found.id),
    )


def _values(made: Statement | Event | Effect) -> tuple[tuple[Variable, str], ...]:
    if isinstance(made, Statement):
        return (
            (Variable.SOURCE, made.source.name or UNKNOWN),
            (Variable.AUTHORITY, made.authority or UNKNOWN),
            (Variable.CERTAINTY, made.certainty),
        )
    if isinstance(made, Event):
        return ((Variable.TYPE, made.type), (Variable.STATUS, made.status), (Variable.WHEN, made.when or UNKNOWN))
    return ()


def _rulings(db: sqlite3.Connection, id: str) -> tuple[Ruled, ...]:
    return tuple(r for r in judgements.ledger(db) if r.judgement.target == id)


def rule(
    db: sqlite3.Connection,
    on: Row,
    *,
    verdict: str,
    variable: Variable = Variable.ROW,
    value: str = "",
    who: str,
    when: datetime,
    why: str = "",
) -> int:
    """Record a ruling on a row and return its number; the caller derives the findings anew.

    ``verdict`` is accept or reject (on the row as a whole) or set (on a variable). Raises OnrecordError when the
    variable is not one of that row or cannot have that value.
    """
    if not who.strip():
        raise OnrecordError("a judgement needs a name: who says so?")
    if variable is Variable.ROW and on.kind == "document":
        raise OnrecordError(
            "a document is not accepted or rejected; see onrecord disputes --take-out, onrecord forget"
        )
    if variable is not Variable.ROW:
        if variable not in _ON[on.kind]:
            known = ", ".join(v.value for v in _ON[on.kind]) or "nothing but accept and reject"
            raise OnrecordError(f"{variable} is no variable of a {on.kind}; it has: {known}")
        value = checked(variable, value)
    return judgements.add(
        db,
        Judgement(
            target=on.id,
            verdict=verdict,
            field=variable,
            value=value or None,
            who=who.strip()[:100],
            when=when,
            why=why.strip()[:2000],
        ),
    )


# ------------------------------------------------------------------------------- which to look at first

_FOR_THE_STANDING = 3.0
_DOUBTS = {
    "source not resolved": 2.0,
    "authority not known": 1.5,
    "certainty not known": 0.5,
    "no day": 1.0,
    "only possible": 0.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A row that nobody has ruled on, with why it comes where it does in the queue."""

    id: str
    kind: str
    reference: Reference
    words: str
    score: Score


def queue(db: sqlite3.Connection, dispute: str) -> tuple[Queued, ...]:
    """Statements and events of a dispute that no ruling is on, by doubt times weight: first those that the
    standing rests on and the machine is least sure of. Cost grows with the documents of the dispute."""
    ruled = {r.judgement.target for r in judgements.standing(db)}
    bearing = {e for i in queries.standing(db, dispute) for e in i.evidence}
    references = References(db)
    out = []
    for d in load.read_articles(db, [x.id for x in queries.documents(db, dispute)]):
        found: Iterable[Statement | Event] = (*d.reading.statements, *d.reading.events)
        for made in found:
            if made.id in ruled or made.in_title:
                continue
            spans = made.content if isinstance(made, Statement) else (made.evidence,)
            score = _score(made, any(Evidence(d.article.id, s) in bearing for s in spans))
            if score.value > 0:
                out.append(
                    Queued(
                        id=made.id,
                        kind=type(made).__name__.casefold(),
                        reference=references.of(d.article.id, spans[0]),
                        words=words_of(d.article.text, spans),
                        score=score,
                    )
                )
    return tuple(sorted(out, key=lambda q: (-q.score.value, q.reference.number, q.reference.sentence or 0, q.id)))


def _score(made: Statement | Event, bears: bool) -> Score:
    if isinstance(made, Statement):
        doubts = [
            ("source not resolved", made.source.name is None and not made.missing),
            ("authority not known", made.authority is None),
            ("certainty not known", made.certainty is Certainty.UNKNOWN and not made.missing),
        ]
    else:
        doubts = [
            ("no day", made.when is None),
            ("only possible", made.status is EventStatus.POSSIBLE),
        ]
    parts = [Part(name, _DOUBTS[name], "the machine could not tell") for name, holds in doubts if holds]
    if bears:
        parts.append(Part("bears the standing", _FOR_THE_STANDING, "the state of the talks rests on it"))
    return Score(sum(p.value for p in parts), tuple(parts))
