"""Events in the shapes of event data: an event file, the crosswalk from events to articles, and PLOVER records.

An event is an entry of the timeline (a canonical event, in the words of MPEDS); what each document tells of it is
a candidate event, with an id of its own. Codes are those of export/data/codes.toml.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from onrecord.export.codes import codes
from onrecord.export.tables import cited, neutral
from onrecord.model import Event, EventStatus, ReadArticle, TimelineEntry
from onrecord.record import findings, parties, queries


@dataclass(frozen=True, slots=True)
class CodedRow:
    """An event of the record; ``first`` and ``last`` bound its day, ``told`` is when it was told first."""

    id: str
    dispute: str
    type: str
    status: str
    first: date | None
    last: date | None
    told: date | None
    cameo: str
    plover: str
    tracker: str
    participants: str
    place: str
    size_low: float | None
    size_high: float | None
    size_unit: str | None
    lockout: bool
    authority: str | None
    established: bool
    minor: bool
    articles: int
    evidence: str


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """What one document tells of an event. ``role``: in its own voice (narration), in what somebody says
    (statement), or in a headline alone (headline)."""

    event: str
    candidate: str
    article: str
    name: str
    outlet: str | None
    published: date | None
    start: int
    end: int
    role: str
    type: str
    status: str
    when: str | None


@dataclass(frozen=True, slots=True)
class _Telling:
    document: ReadArticle
    event: Event


_Entry = tuple[str, TimelineEntry, list[_Telling]]


def _entries(db: sqlite3.Connection, dispute: str | None) -> Iterator[_Entry]:
    """The entries of the timelines by dispute and day, with what the documents tell of each."""
    for d in findings.disputes(db):
        if dispute is not None and d.id != dispute:
            continue
        told = {e.id: _Telling(a, e) for a in queries.read_articles(db, d.id) for e in a.reading.events}
        for entry in sorted(queries.timeline(db, d.id), key=lambda e: (e.first or date.max, e.type, e.id)):
            yield d.id, entry, [told[i] for i in entry.events if i in told]


# ------------------------------------------------------------------------------- tables


def events(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """The event file as CSV: a row an entry of the timeline."""
    yield from _table(CodedRow, (_coded(*entry) for entry in _entries(db, dispute)))


def crosswalk(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """The event-article crosswalk as CSV: a row for each document and event it tells."""
    rows = (
        _crossed(entry.id, t.document, t.event)
        for _, entry, tellings in _entries(db, dispute)
        for t in sorted(tellings, key=lambda t: (t.document.article.name, t.event.id))
    )
    yield from _table(CrosswalkRow, rows)


def _crossed(entry: str, d: ReadArticle, e: Event) -> CrosswalkRow:
    return CrosswalkRow(
        event=entry,
        candidate=e.id,
        article=e.document,
        name=d.article.name,
        outlet=d.article.outlet,
        published=d.reading.published.value,
        start=e.evidence.start,
        end=e.evidence.end,
        role="headline" if e.in_title else "statement" if e.statement else "narration",
        type=e.type,
        status=e.status,
        when=e.when,
    )


def _coded(dispute: str, entry: TimelineEntry, tellings: Sequence[_Telling]) -> CodedRow:
    code = codes(entry.type)
    sizes = {(t.event.size.low, t.event.size.high): t.event.size for t in tellings if t.event.size is not None}
    size = next(iter(sizes.values())) if len(sizes) == 1 else None
    return CodedRow(
        id=entry.id,
        dispute=dispute,
        type=entry.type,
        status=entry.status,
        first=entry.first,
        last=entry.last,
        told=entry.told,
        cameo=code.cameo,
        plover=code.plover,
        tracker=code.lat,
        participants="; ".join(entry.participants),
        place="; ".join(_places(tellings)),
        size_low=size.low if size else None,
        size_high=size.high if size else None,
        size_unit=size.unit if size else None,
        lockout=entry.lockout,
        authority=entry.authority,
        established=entry.established,
        minor=entry.minor,
        articles=len({e.document for e in entry.evidence}),
        evidence=cited(entry.evidence),
    )


def _places(tellings: Iterable[_Telling]) -> list[str]:
    return sorted({t.event.place for t in tellings if t.event.place})


def _table(kind: type, rows: Iterable[object]) -> Iterator[str]:
    names = [f.name for f in fields(kind)]
    yield ",".join(names)
    for row in rows:
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow([neutral(getattr(row, name)) for name in names])
        yield out.getvalue()


# ------------------------------------------------------------------------------- PLOVER

# PLOVER_MANUAL.tex 0.7b1: the quad categories; sectors LAB (organised labour) and BUS (business); contexts that
# say of an event that it has not happened. "Compound and Reciprocal Actors": those who meet are all sources.
_QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("DEMAND", "ACCUSE", "REJECT", "SANCTION", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
_CONTEXT = {
    EventStatus.PLANNED: "future",
    EventStatus.POSSIBLE: "hypothetical",
    EventStatus.DENIED: "negation",
}
_SECTOR = {"workers": "LAB", "employers": "BUS"}


def plover(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """PLOVER records, one JSON line an event. Those without a PLOVER class, a day or an actor have none: the
    format requires them."""
    sectors: dict[str, dict[str, str]] = {}
    for of, entry, tellings in _entries(db, dispute):
        if of not in sectors:
            sectors[of] = {p.name: _SECTOR[p.side] for p in parties.parties(db, of) if p.side in _SECTOR}
        category = codes(entry.type).plover
        if category and entry.first is not None and entry.participants and tellings:
            record = _plover(entry, tellings, category, sectors[of])
            yield json.dumps({**record, "link": of}, ensure_ascii=False)


def _plover(
    entry: TimelineEntry, tellings: Sequence[_Telling], category: str, sectors: dict[str, str]
) -> dict[str, Any]:
    assert entry.first is not None
    acting = {p.name for t in tellings for p in t.event.participants if p.role in ("actor", "side")}
    sources = [name for name in entry.participants if name in acting] or list(entry.participants)
    others = [name for name in entry.participants if name not in sources]
    record: dict[str, Any] = {
        "id": entry.id,
        "has_event": True,
        "date": entry.first.isoformat(),
        "source": [_actor(name, sectors) for name in sources],
        "event": [category],
        "quad_code": _QUAD[category],
        "coder": "onrecord",
        "text_info": [
            {"start": t.event.evidence.start, "end": t.event.evidence.end, "document": t.event.document}
            for t in tellings
        ],
        "cite_info": [_cite(t.document) for t in tellings],
        "cameo": codes(entry.type).cameo,
        "type": entry.type,
        "established": entry.established,
    }
    if others:
        record["recipient"] = [_actor(name, sectors) for name in others]
    if entry.last is not None and entry.last != entry.first:
        record["enddate"] = entry.last.isoformat()
    if entry.status in _CONTEXT:
        record["context"] = [_CONTEXT[entry.status]]
    if places := _places(tellings):
        record["event_loc"] = [{"name": place} for place in places]
    return record


def _actor(name: str, sectors: dict[str, str]) -> dict[str, str]:
    return {"actor_text": name, **({"sector": sectors[name]} if name in sectors else {})}


def _cite(d: ReadArticle) -> dict[str, str]:
    known = {"citation": d.article.id, "url": d.article.url, "title": d.article.title}
    return {k: v for k, v in {**known, "publication": d.article.outlet, "language": "en"}.items() if v}
