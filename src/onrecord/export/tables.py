"""Flat tables: one dataclass a table, the same columns as CSV, as JSON lines and in pandas.

Every row carries the id of its document and, where it has one, its own id and offsets into the captured text;
``onrecord show ID`` takes either. No cell depends on the order of reading.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from onrecord.model import Effect, Evidence, Statement
from onrecord.record import findings, parties, queries
from onrecord.record.queries import words_of


@dataclass(frozen=True, slots=True)
class DocumentRow:
    document: str
    name: str
    source: str
    title: str | None
    outlet: str | None
    published: date | None
    precision: str | None
    known_from: str | None
    earliest: date | None
    latest: date | None
    kind: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    id: str
    document: str
    name: str
    start: int
    end: int
    source: str | None
    party: str | None
    side: str | None
    authority: str | None
    via: str
    certainty: str
    likelihood_low: float | None
    likelihood_high: float | None
    quote: str
    missing: bool
    in_title: bool
    content: str


@dataclass(frozen=True, slots=True)
class EventRow:
    id: str
    document: str
    name: str
    start: int
    end: int
    type: str
    status: str
    when: str | None
    participants: str
    place: str | None
    size_low: float | None
    size_high: float | None
    size_unit: str | None
    lockout: bool
    statement: str | None
    in_title: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    id: str
    dispute: str
    type: str
    status: str
    first: date | None
    last: date | None
    participants: str
    authority: str | None
    established: bool
    documents: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    dispute: str
    state: str
    first: date | None
    last: date | None
    since_known: bool
    established: bool
    authority: str | None
    why: str
    documents: str


@dataclass(frozen=True, slots=True)
class TellingRow:
    claim: str
    dispute: str
    text: str
    fate: str
    document: str
    start: int
    end: int
    hedge: str
    relation: str
    origin: bool
    match: float


@dataclass(frozen=True, slots=True)
class EffectRow:
    id: str
    document: str
    name: str
    start: int
    end: int
    bearer: str
    kind: str
    amount: str | None
    statement: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    id: str
    party: str
    kind: str
    side: str | None
    parent: str | None
    documents: int
    mentions: int
    aliases: str
    found_as: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    source: str
    stage: str
    message: str
    hint: str


def _documents(db: sqlite3.Connection, dispute: str | None) -> Iterator[DocumentRow]:
    for d in sorted(queries.documents(db, dispute), key=lambda d: (d.name, d.id)):
        yield DocumentRow(
            *(d.id, d.name, d.source, d.title, d.outlet, d.published, d.precision, d.known_from),
            *(d.earliest, d.latest, d.kind, d.state),
        )


def _statements(db: sqlite3.Connection, dispute: str | None) -> Iterator[StatementRow]:
    for told in queries.statements(db, dispute):
        s = told.row
        assert isinstance(s, Statement)
        yield StatementRow(
            id=s.id,
            document=s.document,
            name=told.document.article.name,
            start=s.content[0].start,
            end=s.content[-1].end,
            source=s.source.name,
            party=s.source.party,
            side=s.source.side,
            authority=s.authority,
            via=" < ".join(s.via),
            certainty=s.certainty,
            likelihood_low=s.likelihood.low if s.likelihood else None,
            likelihood_high=s.likelihood.high if s.likelihood else None,
            quote=s.quote,
            missing=s.missing,
            in_title=s.in_title,
            content=told.words,
        )


def _events(db: sqlite3.Connection, dispute: str | None) -> Iterator[EventRow]:
    for d in queries.read_articles(db, dispute):
        for e in d.reading.events:
            yield EventRow(
                id=e.id,
                document=e.document,
                name=d.article.name,
                start=e.evidence.start,
                end=e.evidence.end,
                type=e.type,
                status=e.status,
                when=e.when,
                participants="; ".join(f"{p.name} ({p.role})" for p in e.participants),
                place=e.place,
                size_low=e.size.low if e.size else None,
                size_high=e.size.high if e.size else None,
                size_unit=e.size.unit if e.size else None,
                lockout=e.lockout,
                statement=e.statement,
                in_title=e.in_title,
                evidence=words_of(d.article.text, [e.evidence]),
            )


def _ids(db: sqlite3.Connection, dispute: str | None) -> list[str]:
    return [d.id for d in findings.disputes(db) if dispute is None or d.id == dispute]


def cited(evidence: tuple[Evidence, ...]) -> str:
    """Evidence as ``document@start-end``, in order."""
    return "; ".join(f"{e.document}@{e.span.start}-{e.span.end}" for e in sorted(evidence))


def _timeline(db: sqlite3.Connection, dispute: str | None) -> Iterator[TimelineRow]:
    for d in _ids(db, dispute):
        for e in queries.timeline(db, d):
            yield TimelineRow(
                *(e.id, d, e.type, e.status, e.first, e.last, "; ".join(e.participants), e.authority),
                *(e.established, cited(e.evidence)),
            )


def _standing(db: sqlite3.Connection, dispute: str | None) -> Iterator[StandingRow]:
    for d in _ids(db, dispute):
        for i in queries.standing(db, d):
            yield StandingRow(
                *(d, i.state, i.first, i.last, i.since_known, i.established, i.authority, i.why),
                cited(i.evidence),
            )


def _claims(db: sqlite3.Connection, dispute: str | None) -> Iterator[TellingRow]:
    for d in _ids(db, dispute):
        for c in sorted(queries.claims(db, d), key=lambda c: c.id):
            for t in c.tellings:
                yield TellingRow(
                    *(c.id, d, c.text, c.fate, t.document, t.span.start, t.span.end),
                    *(t.hedge, t.relation, t.origin, t.match.value),
                )


def _effects(db: sqlite3.Connection, dispute: str | None) -> Iterator[EffectRow]:
    for told in queries.effects(db, dispute):
        e = told.row
        assert isinstance(e, Effect)
        yield EffectRow(
            *(e.id, e.document, told.document.article.name, e.evidence.start, e.evidence.end),
            *(e.bearer, e.kind, e.amount, e.statement, told.words),
        )


def _parties(db: sqlite3.Connection, dispute: str | None) -> Iterator[PartyRow]:
    for p in parties.parties(db, dispute):
        others = "; ".join(i for i in p.found_as if i != p.id)
        yield PartyRow(
            *(p.id, p.name, p.kind, p.side, p.parent, p.documents, p.mentions, "; ".join(p.aliases), others)
        )


def _problems(db: sqlite3.Connection, dispute: str | None) -> Iterator[ProblemRow]:
    for p in sorted(queries.problems(db), key=lambda p: (p.source, p.stage, p.message)):
        yield ProblemRow(p.source, p.stage, p.message, p.hint)


_ROWS: dict[str, Callable[[sqlite3.Connection, str | None], Iterator[object]]] = {
    "documents": _documents,
    "statements": _statements,
    "events": _events,
    "timeline": _timeline,
    "standing": _standing,
    "claims": _claims,
    "effects": _effects,
    "parties": _parties,
    "problems": _problems,
}
TABLES: dict[str, type] = {
    "documents": DocumentRow,
    "statements": StatementRow,
    "events": EventRow,
    "timeline": TimelineRow,
    "standing": StandingRow,
    "claims": TellingRow,
    "effects": EffectRow,
    "parties": PartyRow,
    "problems": ProblemRow,
}


def columns(table: str) -> dict[str, str]:
    """The columns of a table with their types as written in its dataclass ("date | None")."""
    return {f.name: str(f.type) for f in fields(TABLES[table])}


def rows(db: sqlite3.Connection, table: str, dispute: str | None = None) -> list[object]:
    """The rows of a table, in an order that depends on their content alone."""
    found = list(_ROWS[table](db, dispute))
    if table in ("statements", "events", "effects"):
        found.sort(key=lambda r: tuple(getattr(r, f) for f in ("name", "document", "start", "end", "id")))
    return found


def as_csv(db: sqlite3.Connection, table: str, dispute: str | None = None) -> str:
    """A table as CSV with a header; cells that a spreadsheet would run as formulas are neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [f.name for f in fields(TABLES[table])]
    writer.writerow(names)
    for row in rows(db, table, dispute):
        writer.writerow([neutral(getattr(row, name)) for name in names])
    return out.getvalue()


def as_jsonl(db: sqlite3.Connection, table: str, dispute: str | None = None) -> Iterator[str]:
    """A table as JSON, one line a row."""
    names = [f.name for f in fields(TABLES[table])]
    for row in rows(db, table, dispute):
        yield json.dumps({name: _plain(getattr(row, name)) for name in names}, ensure_ascii=False)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def neutral(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins with ``= + - @``, a tab or a line break
    gets a single quote before it (OWASP, CSV injection). Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return "'" + value
    return value
