"""The state of the talks over time.

Two kinds of evidence move it. *Events* with a day: talks held, broken off or fixed, a deal, an end of the strike,
a vote. *Observations*: where a document says that the talks stand on the day it appeared. Events justify a change
on their own day; an observation shows only that a state held by then. The farther stages (tentative agreement,
strike ended, ratified) are reached by events alone, and left only by a vote against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.model import (
    Authority,
    EventStatus,
    EventType,
    Evidence,
    ReadArticle,
    StandingInterval,
    State,
    TimelineEntry,
)
from onrecord.standing.authority import Telling, best, established
from onrecord.standing.lines import Line, lines
from onrecord.standing.placing import Placed, placed
from onrecord.standing.timeline import of_placed

_DONE = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})
_SETTLED = (State.TENTATIVE_AGREEMENT, State.STRIKE_ENDED, State.RATIFIED)
_MOVES: dict[EventType, State] = {
    EventType.STRIKE_AUTHORIZED: State.PRE_STRIKE,
    EventType.STRIKE_START: State.NO_TALKS,
    EventType.TALKS_BROKEN_OFF: State.NO_TALKS,
    EventType.MEETING_HELD: State.IN_TALKS,
    EventType.TALKS_RESUMED: State.IN_TALKS,
    EventType.TENTATIVE_AGREEMENT: State.TENTATIVE_AGREEMENT,
    EventType.STRIKE_END: State.STRIKE_ENDED,
    EventType.RATIFIED: State.RATIFIED,
    EventType.REJECTED_BY_MEMBERS: State.NO_TALKS,
}
# What stays true once it has happened, so that the day of the document bounds it from above.
_LASTING = frozenset({EventType.TENTATIVE_AGREEMENT, EventType.RATIFIED, EventType.REJECTED_BY_MEMBERS})
_FIXED = frozenset({EventType.TALKS_SCHEDULED, EventType.TALKS_RESUMED, EventType.MEETING_HELD})
_HELD = frozenset({EventType.MEETING_HELD, EventType.TALKS_RESUMED})
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Move:
    """Evidence that a state holds on a day. ``rank`` orders moves of one day: what ends a stage after what opens
    it."""

    day: date
    state: State
    event: EventType | None
    known: bool
    established: bool
    authority: Authority | None
    evidence: tuple[Evidence, ...]
    why: str
    lockout: bool = False

    @property
    def order(self) -> tuple[date, bool, int, tuple[Evidence, ...]]:
        return self.day, self.event is None, _rank(self), self.evidence


def intervals(documents: Sequence[ReadArticle], *, as_of: date | None = None) -> tuple[StandingInterval, ...]:
    """Where the talks stood, as intervals in order that do not overlap; the last one is open.

    With ``as_of`` only documents that count by that day are used (standing/placing.py). A document that nothing
    dates cannot date a change: without ``as_of`` its state comes first, with neither first nor last day, and
    ``why`` says so; with ``as_of`` it is left out, for it may be later. Where several unions or employers of one
    dispute stand differently, each has intervals of its own after those of the leading pair, and ``parties`` names
    the pair. The order of the documents changes nothing.
    """
    here = placed(documents, as_of=as_of)
    known = [p for p in here if p.known is not None]
    undated = [] if as_of is not None else [_undated(p) for p in here if p.known is None and p.read.reading.state]
    horizon = as_of or max((p.known for p in known if p.known is not None), default=None)
    if horizon is None:
        return tuple(undated)
    record = _Record(known, horizon)
    found = [line for pair in lines(known, record.entries) if (line := tuple(_line(record, pair)))]
    if len(found) == 1:
        found = [tuple(replace(i, parties=()) for i in found[0])]
    return (*undated, *(interval for line in found for interval in line))


class _Record:
    """The dated documents and their chronology, looked up by id."""

    def __init__(self, known: Sequence[Placed], horizon: date) -> None:
        self.known = known
        self.horizon = horizon
        self.entries = of_placed(known, horizon=horizon)
        self.told = {p.read.article.id: p.told or horizon for p in known}
        self.documents = {p.read.article.id: p.read for p in known}
        self.events = {e.id: e for p in known for e in p.read.reading.events}


def _line(record: _Record, line: Line) -> Iterable[StandingInterval]:
    """The intervals of one pair of parties."""
    entries = [e for e in record.entries if line.holds(e)]
    dated = [
        *_from_events(record, entries),
        *_from_states(p for p in record.known if line.sees(p) and _is_dated(p)),
    ]
    days = {m.day for m in dated}
    bounded = [p for p in record.known if line.sees(p) and not _is_dated(p) and not days & set(_window(p))]
    moves = [*dated, *_from_states(bounded)]
    for interval in _overdue(_run(sorted(moves, key=lambda m: m.order)), entries, record.horizon):
        yield replace(interval, parties=line.parties)


def _is_dated(document: Placed) -> bool:
    return document.read.reading.published.value is not None


def _window(document: Placed) -> Iterable[date]:
    """The days between the bounds of an undated document. What dated documents tell of these days goes before."""
    published = document.read.reading.published
    if published.earliest is None or published.latest is None:
        return ()
    return (
        published.earliest + timedelta(days=n) for n in range((published.latest - published.earliest).days + 1)
    )


def _undated(document: Placed) -> StandingInterval:
    reading = document.read.reading
    if reading.state is None:
        raise ValueError("a document without a state has no interval")
    return StandingInterval(
        state=reading.state,
        first=None,
        last=None,
        since_known=False,
        established=False,
        authority=None,
        evidence=tuple(Evidence(document.read.article.id, s) for s in reading.state_evidence),
        why="according to an undated document, which cannot date a change",
    )


def _from_events(record: _Record, entries: Sequence[TimelineEntry]) -> Iterable[_Move]:
    """The moves that dated events justify, up to the horizon."""
    denied = {(e.type, x.document) for e in entries if e.status is EventStatus.DENIED for x in e.evidence}
    end = _chosen(entries, EventType.STRIKE_END, record.horizon)
    strikes = any(e.type in (EventType.STRIKE_START, EventType.STRIKE_AUTHORIZED) for e in entries)
    for entry in entries:
        contested = any((entry.type, x.document) in denied for x in entry.evidence) and not entry.established
        if _MOVES.get(entry.type) in _SETTLED and (contested or entry.minor):
            continue
        hearsay = entry.authority in (Authority.OUTLET, Authority.UNNAMED, None)
        if entry.first is None and entry.type in _LASTING and entry.status in _DONE and not hearsay:
            seen = min(record.told[x.document] for x in entry.evidence)
            yield replace(_move(entry, seen, _MOVES[entry.type]), known=False)
        if entry.first is None or entry.last is None or entry.last - entry.first > _WEEK:
            continue
        if entry.type is EventType.STRIKE_END and entry is not end:
            continue
        happened = entry.status in _DONE or (entry is end and entry.status is EventStatus.PLANNED)
        if entry.type in _MOVES and happened and entry.first <= record.horizon:
            yield _move(entry, entry.first, _MOVES[entry.type])
        if entry.type is EventType.DEADLINE_SET and strikes and entry.status in _DONE:
            yield _move(entry, entry.first, State.PRE_STRIKE)
        planned = [
            Telling(record.documents[e.document], e)
            for e in (record.events[id] for id in entry.events)
            if e.type in _FIXED and e.status is EventStatus.PLANNED and record.told[e.document] <= entry.last
        ]
        if planned and entry.type in _HELD and entry.status in (EventStatus.PLANNED, *_DONE):
            yield _fixed(planned, min(record.told[t.event.document] for t in planned))
        if entry.type is EventType.STANDSTILL and entry.status in _DONE:
            yield replace(_move(entry, entry.first, State.STANDSTILL), known=False)


def _fixed(planned: Sequence[Telling], day: date) -> _Move:
    """Talks are fixed from the day on which that was told, on the authority of those who told it."""
    return _Move(
        day,
        State.TALKS_SCHEDULED,
        EventType.TALKS_SCHEDULED,
        True,
        established(planned),
        best(planned),
        tuple(sorted({Evidence(t.event.document, t.event.evidence) for t in planned})),
        f"talks fixed on {day}",
    )


def _chosen(entries: Sequence[TimelineEntry], type: EventType, horizon: date) -> TimelineEntry | None:
    """The day that most documents give for an event that happens once; of equals an established one, then the
    later."""
    found = [
        e
        for e in entries
        if e.type is type
        and e.first is not None
        and e.first <= horizon
        and e.status in (EventStatus.HAPPENED, EventStatus.ONGOING, EventStatus.PLANNED)
    ]
    return max(
        found,
        key=lambda e: (len({x.document for x in e.evidence}), e.established, e.first or date.min, e.id),
        default=None,
    )


def _move(entry: TimelineEntry, day: date, state: State) -> _Move:
    what = entry.type.replace("_", " ")
    why = f"{what} on {day}"
    return _Move(
        day, state, entry.type, True, entry.established, entry.authority, entry.evidence, why, entry.lockout
    )


def _from_states(known: Iterable[Placed]) -> Iterable[_Move]:
    """What most of a day's documents say of the state; a tie says nothing."""
    by_day: dict[date, list[ReadArticle]] = {}
    for document in known:
        if document.read.reading.state is not None and document.told is not None:
            by_day.setdefault(document.told, []).append(document.read)
    for day, told in sorted(by_day.items()):
        ranked = Counter(d.reading.state for d in told).most_common()
        state = ranked[0][0]
        if state is None or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            continue
        agreeing = [d for d in told if d.reading.state is state]
        evidence = tuple(Evidence(d.article.id, s) for d in agreeing for s in d.reading.state_evidence)
        outlets = {d.article.outlet or d.article.id for d in agreeing}
        number = "a document" if len(agreeing) == 1 else f"{len(agreeing)} documents"
        why = f"according to {number} of {day}"
        yield _Move(day, state, None, False, len(outlets) >= 2, Authority.AUTHOR, evidence, why)


_RANKS = (
    EventType.STRIKE_AUTHORIZED,
    EventType.STRIKE_START,
    EventType.TALKS_SCHEDULED,
    EventType.TALKS_RESUMED,
    EventType.MEETING_HELD,
    EventType.TALKS_BROKEN_OFF,
    EventType.TENTATIVE_AGREEMENT,
    EventType.STRIKE_END,
    EventType.RATIFIED,
    EventType.REJECTED_BY_MEMBERS,
)


def _rank(move: _Move) -> int:
    return _RANKS.index(move.event) if move.event in _RANKS else len(_RANKS)


def _run(moves: Sequence[_Move]) -> list[StandingInterval]:
    """Play the moves in order, each against the state it meets."""
    out: list[StandingInterval] = []
    starts = [m.day for m in moves if m.event is EventType.STRIKE_START]
    struck = min(starts) if starts else None
    for move in moves:
        before = out[-1].state if out else None
        state = _next(before, move, struck, firm=bool(out) and out[-1].established)
        if state is None:
            continue
        if state is before:
            out[-1] = _supported(out[-1], move)
            continue
        opened = StandingInterval(
            state=state,
            first=move.day,
            last=None,
            since_known=move.known,
            established=move.established,
            authority=move.authority,
            evidence=move.evidence,
            why=move.why,
            seen=move.day,
            lockout=move.lockout,
        )
        if out and out[-1].first == move.day:
            out.pop()  # two on one day: the later in order stands
            if out and out[-1].state is state:
                out[-1] = replace(out[-1], last=None)
                continue
        if out:
            out[-1] = replace(out[-1], last=move.day - _DAY)
        out.append(opened)
    return out


def _supported(interval: StandingInterval, move: _Move) -> StandingInterval:
    """The same state again: it is established as soon as one of its moves is."""
    interval = replace(interval, seen=max(interval.seen or move.day, move.day))
    if interval.established or not move.established:
        return interval
    evidence = tuple(sorted({*interval.evidence, *move.evidence}))
    return replace(interval, established=True, authority=move.authority, evidence=evidence)


def _next(before: State | None, move: _Move, struck: date | None, *, firm: bool) -> State | None:
    """The state after a move; None when it says nothing new of the state it meets. A deal or an end that was only
    reported (not ``firm``) gives way to whatever is told later."""
    if before in _SETTLED and not firm and move.event is None:
        return move.state
    if before in _SETTLED:
        if move.event is EventType.REJECTED_BY_MEMBERS:
            return State.NO_TALKS
        later = move.state in _SETTLED and _SETTLED.index(move.state) > _SETTLED.index(before)
        return move.state if later and move.event is not None else None
    if move.event is None and move.state in _SETTLED:
        return None
    if move.event is EventType.REJECTED_BY_MEMBERS and before is State.PRE_STRIKE:
        return None
    if move.state in _SETTLED:
        return move.state
    if (struck is not None and move.day < struck) or (before is State.PRE_STRIKE and struck is None):
        called_off = move.event is EventType.TALKS_BROKEN_OFF and struck is None
        return State.NO_TALKS if called_off else State.PRE_STRIKE
    if move.event is EventType.STRIKE_START and before not in (None, State.PRE_STRIKE):
        return None
    if move.state is State.PRE_STRIKE and struck is not None:
        return None
    if move.state is State.TALKS_SCHEDULED and before is State.IN_TALKS:
        return None
    if move.event is None and move.state is State.NO_TALKS and before is State.STANDSTILL:
        return None  # a standstill holds no talks either
    return move.state


def _overdue(
    found: list[StandingInterval], entries: Sequence[TimelineEntry], horizon: date
) -> tuple[StandingInterval, ...]:
    """Say of talks that were fixed for a day that has passed without word that they are overdue."""
    if not found or found[-1].state is not State.TALKS_SCHEDULED:
        return tuple(found)
    days = [e.last for e in entries if e.type in _HELD and e.status is EventStatus.PLANNED and e.last is not None]
    if not days or max(days) >= horizon:
        return tuple(found)
    return (*found[:-1], replace(found[-1], overdue_since=max(days)))
