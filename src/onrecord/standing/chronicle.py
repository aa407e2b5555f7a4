"""Which entries of a chronology are turns of the dispute, and which only belong to one.

Each rule is what a chronicler does: effects have a list of their own, a session fixed for the morrow of a session
is the same round, an offer made in a session is told with it, the count of a vote is its result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.model import Authority, EventStatus, EventType, Side, TimelineEntry
from onrecord.standing.sides import Sides

_SESSIONS = frozenset({EventType.MEETING_HELD, EventType.TALKS_RESUMED})
_TALKS = _SESSIONS | {EventType.TALKS_SCHEDULED}
_OFFERS = frozenset({EventType.PROPOSAL_MADE, EventType.COUNTERPROPOSAL_MADE})
_RESULTS = frozenset({EventType.RATIFIED, EventType.REJECTED_BY_MEMBERS})
# What of another union's dispute is told in this one's chronology.
_NEIGHBOURS = frozenset({EventType.STRIKE_START, EventType.STRIKE_END, EventType.RATIFIED})
# Acts that a later denial takes out; a break-off that each blames on the other has happened all the same.
_DENIABLE = frozenset(
    {
        EventType.TENTATIVE_AGREEMENT,
        EventType.STRIKE_END,
        EventType.STRIKE_START,
        EventType.RATIFIED,
        EventType.JOINT_STATEMENT,
        EventType.THIRD_PARTY_INTERVENTION,
    }
)
_ONCE = _RESULTS | {
    EventType.STRIKE_AUTHORIZED,
    EventType.STRIKE_START,
    EventType.STRIKE_END,
    EventType.TENTATIVE_AGREEMENT,
}
# Acts that are news on the day they are done, so that the day on which a document tells of one in its own or a
# party's word stands for it where no day is given.
_NEWS = _ONCE | {
    EventType.TALKS_RESUMED,
    EventType.TALKS_BROKEN_OFF,
    EventType.JOINT_STATEMENT,
    EventType.SOLIDARITY_ACTION,
    EventType.DIVISION_REPORTED,
    EventType.THIRD_PARTY_INTERVENTION,
    EventType.RATIFICATION_VOTE,
}
_FIRST_HAND = frozenset({Authority.AUTHOR, Authority.PARTY, Authority.JOINT})
_HEARSAY = frozenset({Authority.UNNAMED, Authority.OUTLET})
_DONE = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})
_VAGUE = timedelta(days=14)
_SOON = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Record:
    """What the rules ask of the other entries."""

    sessions: frozenset[date]
    rounds: frozenset[date]
    results: frozenset[date]
    deals: frozenset[date]
    settled: tuple[tuple[date, date], ...]
    begun: Mapping[EventType, date]
    denied: Mapping[EventType, tuple[TimelineEntry, ...]]


def _days_of(entry: TimelineEntry, horizon: date) -> tuple[date, date] | None:
    """The days under which an entry stands in a chronology that ends with ``horizon``; None when it has no place.

    That is its own day, or where no document gives one and the act is news, the day on which it was first told.
    What is planned has a place once its day has come, unless only hearsay has it; a vote stands under the day it
    opens.
    """
    first, last = entry.first, entry.last
    if entry.minor:
        return None
    if first is None or last is None:
        told = entry.told if entry.type in _NEWS and entry.authority in _FIRST_HAND else None
        return None if told is None or entry.status is not EventStatus.HAPPENED else (told, told)
    if entry.status is EventStatus.PLANNED and (first > horizon or entry.authority in _HEARSAY):
        return None
    return (first, first) if entry.type is EventType.RATIFICATION_VOTE else (first, last)


def turns(
    entries: Sequence[TimelineEntry], sides: Sides, parties: Mapping[str, str], *, horizon: date
) -> tuple[TimelineEntry, ...]:
    """The entries, in their order, with ``minor`` and ``days`` set. ``parties`` gives the ids of names,
    ``horizon`` the day with which the chronology ends."""
    record = _Record(
        sessions=_held(entries, _SESSIONS),
        rounds=_rounds(entries),
        results=_held(entries, _RESULTS),
        deals=_held(entries, {EventType.TENTATIVE_AGREEMENT}),
        settled=_settled(entries),
        begun={e.type: e.first for e in reversed(entries) if e.first is not None and e.status in _DONE},
        denied={t: tuple(e for e in entries if e.type is t and e.status is EventStatus.DENIED) for t in _DENIABLE},
    )
    marked = [replace(e, minor=_is_minor(e, record, sides, parties)) for e in entries]
    return tuple(replace(e, days=_days_of(e, horizon)) for e in marked)


def _held(entries: Sequence[TimelineEntry], types: frozenset[EventType] | set[EventType]) -> frozenset[date]:
    return frozenset(
        e.first for e in entries if e.type in types and e.status in _DONE and e.first and e.first == e.last
    )


def _rounds(entries: Sequence[TimelineEntry]) -> frozenset[date]:
    """The days of sessions that follow each other daily, held or fixed, from the first that was held."""
    held = _held(entries, _SESSIONS)
    fixed = {
        e.first for e in entries if e.type in _SESSIONS and e.status is EventStatus.PLANNED and e.first == e.last
    }
    days: set[date] = set()
    for day in sorted(held):
        while day is not None and day not in days and (day in held or day in fixed):
            days.add(day)
            day += _DAY
    return frozenset(days)


def _settled(entries: Sequence[TimelineEntry]) -> tuple[tuple[date, date], ...]:
    """Stretches after an established deal, up to a vote against."""
    against = sorted(
        e.first for e in entries if e.type is EventType.REJECTED_BY_MEMBERS and e.status in _DONE and e.first
    )
    return tuple(
        (e.first, next((day for day in against if day >= e.first), date.max))
        for e in entries
        if e.type is EventType.TENTATIVE_AGREEMENT and e.status in _DONE and e.established and e.first
    )


def _is_minor(entry: TimelineEntry, record: _Record, sides: Sides, parties: Mapping[str, str]) -> bool:
    if entry.type is EventType.ECONOMIC_EFFECT or entry.status in (EventStatus.POSSIBLE, EventStatus.DENIED):
        return True
    if entry.first is not None and entry.last is not None and entry.last - entry.first > _VAGUE:
        return True
    return (
        _of_others(entry, sides, parties)
        or _in_a_round(entry, record)
        or _told_with_another(entry, record)
        or _taken_back(entry, record)
        or _known_already(entry, record)
    )


def _known_already(entry: TimelineEntry, record: _Record) -> bool:
    """A mention without a day of what happens once and has a day elsewhere: which of several days is not known."""
    begun = record.begun.get(entry.type)
    return (
        entry.type in _ONCE
        and entry.first is None
        and begun is not None
        and (entry.told is None or begun <= entry.told)
    )


def _of_others(entry: TimelineEntry, sides: Sides, parties: Mapping[str, str]) -> bool:
    """Of another union's dispute, or talks of one side with its own people."""
    roots = {sides.root(parties[n]) for n in entry.participants if n in parties}
    unions = {r for r in roots if sides.side(r) is Side.WORKERS and sides.is_body(r)}
    if unions and sides.principal and not unions & sides.principal and entry.type not in _NEIGHBOURS:
        return True
    if entry.type not in _TALKS or len(entry.participants) < 2:
        return False
    known = {sides.side(parties[n]) for n in entry.participants if n in parties}
    return len(known) == 1 and len([n for n in entry.participants if n in parties]) == len(entry.participants)


def _in_a_round(entry: TimelineEntry, record: _Record) -> bool:
    """Talks fixed during a round of talks for its next session, and talks told after a deal."""
    day = entry.first
    if entry.type not in _TALKS or day is None:
        return False
    if any(first < day <= last for first, last in record.settled):
        return True
    return entry.type is EventType.TALKS_SCHEDULED and day in record.rounds and day + _DAY in record.rounds


def _told_with_another(entry: TimelineEntry, record: _Record) -> bool:
    day = entry.first
    if entry.type in _OFFERS:
        return day in record.sessions
    if entry.type is EventType.RATIFICATION_VOTE:
        return day in record.results
    if entry.type is EventType.JOINT_STATEMENT:
        return day in record.deals
    if entry.type is EventType.PICKET_OR_RALLY:
        return len({e.document for e in entry.evidence}) < 2
    return False


def _taken_back(entry: TimelineEntry, record: _Record) -> bool:
    """Told by hardly anyone, and denied within days."""
    told, tellers = entry.told, {e.document for e in entry.evidence}
    if told is None or entry.status not in _DONE or len(tellers) > 2:
        return False
    for denial in record.denied.get(entry.type, ()):
        if denial.lockout != entry.lockout or tellers & {e.document for e in denial.evidence}:
            continue
        fits = denial.first is None or entry.first is None or abs(denial.first - entry.first) <= _DAY
        if fits and denial.told is not None and timedelta(0) < denial.told - told <= _SOON:
            return True
    return False
