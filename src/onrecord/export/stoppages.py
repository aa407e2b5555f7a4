"""The stoppages of a dispute: when each began and ended, who, where and how many, each value with its evidence.

What strike trackers list is a stoppage and not a dispute, so a dispute without one gives none, and one with two
walkouts gives two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from onrecord.model import (
    Dispute,
    Event,
    EventStatus,
    EventType,
    Evidence,
    ProfileFact,
    StrikeClock,
    TimelineEntry,
)
from onrecord.record import findings, parties, queries

_BEGUN = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})


@dataclass(frozen=True, slots=True)
class Value:
    """A value with what it rests on; ``established`` False: it is only told."""

    text: str
    evidence: tuple[Evidence, ...]
    established: bool = False


NOTHING = Value("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stoppage:
    """One stoppage; what the record does not tell, or tells in two ways, is ``NOTHING``.

    ``start`` and ``end`` are days; ``participants`` the people who took part in its beginning, ``workers`` a
    number told of the bargaining unit or of those who are out; ``lockout`` when the employer began it.
    """

    id: str
    dispute: Dispute
    lockout: bool
    start: Value = NOTHING
    end: Value = NOTHING
    days: Value = NOTHING  # both ends counted
    authorised: Value = NOTHING
    union: Value = NOTHING
    acronym: Value = NOTHING
    local: Value = NOTHING
    employer: Value = NOTHING
    industry: Value = NOTHING
    places: Value = NOTHING
    place: Value = NOTHING  # where there is but one
    participants: Value = NOTHING
    workers: Value = NOTHING
    issues: Value = NOTHING
    sources: Value = NOTHING


@dataclass(slots=True)
class _Episode:
    starts: list[TimelineEntry] = field(default_factory=list)
    ends: list[TimelineEntry] = field(default_factory=list)


def stoppages(db: sqlite3.Connection, dispute: Dispute) -> tuple[Stoppage, ...]:
    """The stoppages of a dispute in the order in which they began. Cost grows with its documents."""
    entries = queries.timeline(db, dispute.id)
    documents = queries.read_articles(db, dispute.id)
    events = {e.id: e for d in documents for e in d.reading.events}
    addresses = {d.article.id: d.article.url or d.article.name for d in documents}
    told = _profile(db, dispute)
    found = [_stoppage(e, dispute, entries, events) for e in _episodes(entries)]
    if not found and (clock := queries.clock(db, dispute.id)) is not None:
        found = [_counted(clock, dispute)]
    return tuple(_filled(s, told, addresses) for s in found)


# ------------------------------------------------------------------------------- beginning and end


def _episodes(entries: Iterable[TimelineEntry]) -> list[_Episode]:
    """Starts and ends in pairs. An end closes what stands open; a start while one is open tells the same stoppage,
    and one after its end another."""
    moves = [
        e
        for e in entries
        if e.type in (EventType.STRIKE_START, EventType.STRIKE_END)
        and e.status in _BEGUN
        and e.first is not None
        and e.last is not None
    ]
    out: list[_Episode] = []
    for e in sorted(moves, key=lambda e: (e.first, e.type is EventType.STRIKE_END, e.last, e.id)):
        current = out[-1] if out else None
        if e.type is EventType.STRIKE_START:
            if current is None or current.ends:
                out.append(current := _Episode())
            current.starts.append(e)
        elif current is None:
            out.append(_Episode(ends=[e]))
        else:
            current.ends.append(e)
    return out


def _stoppage(
    episode: _Episode, dispute: Dispute, entries: Iterable[TimelineEntry], events: dict[str, Event]
) -> Stoppage:
    begun = [events[i] for e in _best(episode.starts) for i in e.events if i in events]
    start, end = _day(episode.starts), _day(episode.ends)
    return Stoppage(
        id=(episode.starts or episode.ends)[0].id,
        dispute=dispute,
        lockout=any(e.lockout for e in _best(episode.starts or episode.ends)),
        start=start,
        end=end,
        days=_days(start, end),
        authorised=_authorised(entries, start),
        places=_joined((e.place, Evidence(e.document, e.evidence)) for e in begun if e.place),
        participants=_size(begun),
    )


def _best(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """The established ones, or all where none is."""
    return [e for e in entries if e.established] or list(entries)


def _day(entries: Sequence[TimelineEntry]) -> Value:
    """The one day of these entries, of several that of most passages; nothing where two have as many, or none is
    told to the day."""
    days: dict[str, list[TimelineEntry]] = {}
    for e in _best(entries):
        if e.first is not None and e.first == e.last:
            days.setdefault(e.first.isoformat(), []).append(e)
    told = [(tuple(sorted({x for e in same for x in e.evidence})), day) for day, same in days.items()]
    told.sort(key=lambda t: -len(t[0]))
    if not told or (len(told) > 1 and len(told[0][0]) == len(told[1][0])):
        return NOTHING
    evidence, day = told[0]
    return Value(day, evidence, all(e.established for e in days[day]))


def _days(start: Value, end: Value) -> Value:
    if not start.text or not end.text:
        return NOTHING
    days = (date.fromisoformat(end.text) - date.fromisoformat(start.text)).days + 1
    evidence = tuple(sorted({*start.evidence, *end.evidence}))
    return Value(str(days), evidence, start.established and end.established)


def _authorised(entries: Iterable[TimelineEntry], start: Value) -> Value:
    """Y where the record has a vote or a call that authorised it, by the day it began."""
    found = [
        e
        for e in entries
        if e.type is EventType.STRIKE_AUTHORIZED
        and e.status is EventStatus.HAPPENED
        and not (start.text and e.first is not None and e.first.isoformat() > start.text)
    ]
    best = _best(found)
    if not best:
        return NOTHING
    return Value("Y", tuple(sorted({x for e in best for x in e.evidence})), all(e.established for e in best))


def _size(events: Iterable[Event]) -> Value:
    """The number of people in its beginning, where the events that tell one agree."""
    told = [e for e in events if e.size is not None and e.size.low == e.size.high]
    numbers = {e.size.low for e in told if e.size is not None}
    if len(numbers) != 1:
        return NOTHING
    return Value(f"{numbers.pop():g}", tuple(sorted({Evidence(e.document, e.evidence) for e in told})))


def _counted(clock: StrikeClock, dispute: Dispute) -> Stoppage:
    """A stoppage whose beginning nothing tells but counts of its days."""
    start = Value(clock.earliest.isoformat(), clock.evidence) if clock.earliest == clock.latest else NOTHING
    return Stoppage(id=dispute.id, dispute=dispute, lockout=False, start=start)


# ------------------------------------------------------------------------------- profile


@dataclass(frozen=True, slots=True)
class _Told:
    facts: dict[str, list[ProfileFact]]
    acronyms: dict[str, str]


def _profile(db: sqlite3.Connection, dispute: Dispute) -> _Told:
    facts: dict[str, list[ProfileFact]] = {}
    for body in findings.bodies(db, ProfileFact, dispute.id):
        if isinstance(body, ProfileFact):
            facts.setdefault(body.field, []).append(body)
    acronyms = {}
    for p in parties.parties(db, dispute.id):
        short = [a for a in p.aliases if 2 <= len(a) <= 10 and a.isupper() and a.replace("-", "").isalpha()]
        if short:
            acronyms[p.name] = short[0]
    return _Told(facts, acronyms)


def _filled(s: Stoppage, told: _Told, addresses: dict[str, str]) -> Stoppage:
    """With what the profile of the dispute tells, all of it reported."""
    places = s.places if s.places.text else _listed(told, "place")
    known = [(told.acronyms.get(f.value), e) for f in told.facts.get("union", []) for e in f.evidence]
    s = replace(
        s,
        union=_listed(told, "union"),
        acronym=_joined(known),
        local=_listed(told, "local"),
        employer=_listed(told, "employer") if "employer" in told.facts else _listed(told, "employers' body"),
        industry=_listed(told, "industry"),
        places=places,
        place=places if places.text and ";" not in places.text else NOTHING,
        workers=_most(told.facts.get("workers", [])),
        issues=_listed(told, "issue"),
    )
    cited = sorted({e for v in (s.start, s.end) for e in v.evidence})
    return replace(s, sources=_joined((addresses[e.document], e) for e in cited if e.document in addresses))


def _listed(told: _Told, name: str) -> Value:
    return _joined((f.value, e) for f in told.facts.get(name, []) for e in f.evidence)


def _joined(pairs: Iterable[tuple[str | None, Evidence]]) -> Value:
    """Several values with a semicolon between, as the Labor Action Tracker writes them."""
    known = [(text.replace(";", ","), e) for text, e in pairs if text]
    return Value(";".join(dict.fromkeys(t for t, _ in known)), tuple(sorted({e for _, e in known})))


def _most(facts: Sequence[ProfileFact]) -> Value:
    """The number that most documents tell; nothing where two have as many."""
    ordered = sorted(facts, key=lambda f: -f.documents)
    if not ordered or (len(ordered) > 1 and ordered[0].documents == ordered[1].documents):
        return NOTHING
    return Value(ordered[0].value.replace(",", ""), ordered[0].evidence)
