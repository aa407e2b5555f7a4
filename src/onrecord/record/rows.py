"""What people ruled on single rows, laid over a reading: this is no statement, that event was planned.

Rulings name a row by its id, which is made of its document and its spans; so they hold for any reader that finds
the same spans, and for none that does not. A row that people add is made of the spans they marked. Pure: no
database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from onrecord.model import (
    Authority,
    Certainty,
    Dated,
    Event,
    EventStatus,
    EventType,
    Kind,
    KnownFrom,
    OnrecordError,
    Participant,
    Precision,
    Quote,
    ReadArticle,
    Source,
    Span,
    State,
    Statement,
    content_id,
    statement_id,
)


class Variable(StrEnum):
    """What of a row, or of a document, a ruling is about."""

    ROW = "row"  # whether it is one at all
    SOURCE = "statement.source"
    AUTHORITY = "statement.authority"
    CERTAINTY = "statement.certainty"
    TYPE = "event.type"
    STATUS = "event.status"
    WHEN = "event.when"
    KIND = "document.kind"
    PUBLISHED = "document.published"
    STATE = "document.state"
    STATEMENT = "document.statement"  # a statement that the reader missed, as JSON
    EVENT = "document.event"  # an event that the reader missed, as JSON


UNKNOWN = "unknown"
"""The value with which a person says that something cannot be told."""
_CHOICES: dict[Variable, type[StrEnum]] = {
    Variable.AUTHORITY: Authority,
    Variable.CERTAINTY: Certainty,
    Variable.TYPE: EventType,
    Variable.STATUS: EventStatus,
    Variable.KIND: Kind,
    Variable.STATE: State,
}
_MAY_BE_UNKNOWN = frozenset({Variable.SOURCE, Variable.AUTHORITY, Variable.WHEN, Variable.KIND, Variable.STATE})
ADDITIONS = frozenset({Variable.STATEMENT, Variable.EVENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRuling:
    """One ruling in force on a row or a document; ``holds`` False: it is rejected, or what was added is not so."""

    number: int
    target: str
    variable: Variable
    value: str
    holds: bool = True


Rows = Mapping[str, tuple[RowRuling, ...]]
"""By target, the rulings on it."""


def by_target(rulings: Iterable[RowRuling]) -> Rows:
    """Rulings filed under what they are on."""
    out: dict[str, tuple[RowRuling, ...]] = {}
    for r in rulings:
        out[r.target] = (*out.get(r.target, ()), r)
    return out


def checked(variable: Variable, value: str) -> str:
    """The value as it is recorded. Raises OnrecordError which says what values there are."""
    value = value.strip()
    if value == UNKNOWN and (variable in _MAY_BE_UNKNOWN or variable is Variable.CERTAINTY):
        return value
    if variable in _CHOICES:
        known = [v.value for v in _CHOICES[variable]]
        if value not in known:
            also = f", or {UNKNOWN}" if variable in _MAY_BE_UNKNOWN else ""
            raise OnrecordError(f"{variable} cannot be {value!r}; it is one of: {', '.join(known)}{also}")
    elif variable in (Variable.WHEN, Variable.PUBLISHED):
        _day(variable, value)
    elif variable is Variable.SOURCE and not value:
        raise OnrecordError(f"a source needs a name; where it cannot be told write {UNKNOWN}")
    elif variable in ADDITIONS:
        made = _spans(value)
        if variable is Variable.EVENT:
            checked(Variable.TYPE, str(made.get("type", "")))
    return value


def _day(variable: Variable, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OnrecordError(f"{variable} cannot be {value!r}; write a day as 2023-09-20") from None


def _spans(value: str) -> dict[str, Any]:
    """What an added row holds. Raises OnrecordError."""
    try:
        made: dict[str, Any] = json.loads(value)
        for start, end in made["spans"]:
            Span(int(start), int(end))
    except (ValueError, KeyError, TypeError) as error:
        raise OnrecordError(f"what is added needs spans as [[start, end], ...]: {error}") from None
    return made


# ------------------------------------------------------------------------------- laid over a reading


def ruled(read: ReadArticle, rows: Rows) -> ReadArticle:
    """The reading of a document as people ruled on its rows; the same reading where no ruling is on them."""
    reading = read.reading
    targets = {read.article.id, *(s.id for s in reading.statements), *(e.id for e in reading.events)}
    if not targets & rows.keys() and not any(e.id in rows for e in reading.effects):
        return read
    own = rows.get(read.article.id, ())
    told = [_statement(s, rows.get(s.id, ())) for s in reading.statements if _kept(s.id, rows)]
    statements = [*told, *_said(read, own)]
    kept = {s.id for s in statements}
    events = [*(_event(e, rows.get(e.id, ())) for e in reading.events if _kept(e.id, rows)), *_happened(read, own)]
    reading = replace(
        reading,
        statements=tuple(sorted(statements, key=lambda s: (s.content, s.id))),
        # what a rejected statement told is told by the document itself
        events=tuple(e if e.statement in kept else replace(e, statement=None) for e in events),
        effects=tuple(e for e in reading.effects if _kept(e.id, rows)),
    )
    for r in own:
        if r.variable is Variable.KIND:
            reading = replace(reading, kind=None if r.value == UNKNOWN else Kind(r.value))
        elif r.variable is Variable.STATE:
            reading = replace(reading, state=None if r.value == UNKNOWN else State(r.value), state_evidence=())
        elif r.variable is Variable.PUBLISHED:
            day = date.fromisoformat(r.value)
            why = f"judgement {r.number}"
            said = Dated(value=day, precision=Precision.DAY, known_from=KnownFrom.GIVEN, why=why)
            reading = replace(reading, published=said)
    return replace(read, reading=reading)


def _kept(id: str, rows: Rows) -> bool:
    return all(r.holds for r in rows.get(id, ()) if r.variable is Variable.ROW)


def _statement(s: Statement, rulings: Iterable[RowRuling]) -> Statement:
    for r in rulings:
        if r.variable is Variable.SOURCE:
            name = None if r.value == UNKNOWN else r.value
            s = replace(s, source=Source(name=name, span=s.source.span, why=f"judgement {r.number}"))
        elif r.variable is Variable.AUTHORITY:
            s = replace(s, authority=None if r.value == UNKNOWN else Authority(r.value))
        elif r.variable is Variable.CERTAINTY:
            s = replace(s, certainty=Certainty(r.value))
    return s


def _event(e: Event, rulings: Iterable[RowRuling]) -> Event:
    for r in rulings:
        if r.variable is Variable.TYPE:
            e = replace(e, type=EventType(r.value))
        elif r.variable is Variable.STATUS:
            e = replace(e, status=EventStatus(r.value))
        elif r.variable is Variable.WHEN:
            e = replace(e, when=None if r.value == UNKNOWN else r.value, when_span=None)
    return e


def _said(read: ReadArticle, own: Iterable[RowRuling]) -> list[Statement]:
    out = []
    for r in own:
        if r.variable is Variable.STATEMENT and r.holds and (content := _within(read, r)):
            made = _spans(r.value)
            name = made.get("source") or None
            out.append(
                Statement(
                    id=statement_id(read.article.id, None, None, content),
                    document=read.article.id,
                    source=Source(name=name, why=f"judgement {r.number}"),
                    cue=None,
                    content=content,
                    quote=Quote(made.get("quote", Quote.INDIRECT)),
                    authority=Authority(made["authority"]) if made.get("authority") else None,
                    certainty=Certainty(made.get("certainty", Certainty.UNKNOWN)),
                )
            )
    return out


def _happened(read: ReadArticle, own: Iterable[RowRuling]) -> list[Event]:
    out = []
    for r in own:
        if r.variable is Variable.EVENT and r.holds and (evidence := _within(read, r)):
            made = _spans(r.value)
            type = EventType(made["type"])
            out.append(
                Event(
                    id=content_id("event", read.article.id, type, evidence[0]),
                    document=read.article.id,
                    type=type,
                    status=EventStatus(made.get("status", EventStatus.HAPPENED)),
                    participants=tuple(Participant(name=n, role="actor") for n in made.get("participants", ())),
                    evidence=evidence[0],
                    when=made.get("when") or None,
                )
            )
    return out


def _within(read: ReadArticle, r: RowRuling) -> tuple[Span, ...]:
    """The spans of an addition; none when the text is shorter now and they no longer slice it."""
    spans = tuple(Span(int(a), int(b)) for a, b in _spans(r.value)["spans"])
    return spans if all(s.end <= len(read.article.text) for s in spans) else ()
