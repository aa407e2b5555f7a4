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
    Precision,
    ReadArticle,
    StandingInterval,
    State,
    TimelineEntry,
)
from onrecord.standing.authority import Telling, best, established
from onrecord.standing.timeline import timeline

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

    @property
    def order(self) -> tuple[date, bool, int, tuple[Evidence, ...]]:
        return self.day, self.event is None, _rank(self), self.evidence


def intervals(documents: Sequence[ReadArticle], *, as_of: date | None = None) -> tuple[StandingInterval, ...]:
    """Where the talks stood, as intervals in order that do not overlap; the last one is open.

    With ``as_of`` only documents published by that day count. An undated document counts from its latest bound
    on, or from its earliest where it has no other; one without bounds cannot date a change: its state comes
    first, with neither first nor last day, and ``why`` says so. What is established and what is only reported is
    told apart (docs/method/standing.md). The order of the documents changes nothing.
    """
    ordered = sorted(documents, key=lambda d: d.article.id)
    known = [(d, day) for d in ordered if (day := known_on(d)) is not None and (as_of is None or day <= as_of)]
    undated = [_undated(d) for d in ordered if known_on(d) is None and d.reading.state is not None]
    horizon = as_of or max((day for _, day in known), default=None)
    if horizon is None:
        return tuple(undated)
    entries = _of_the_dispute(timeline([d for d, _ in known]))
    moves = [*_from_events(entries, known, horizon), *_from_states(known)]
    return (*undated, *_overdue(_run(sorted(moves, key=lambda m: m.order)), entries, horizon))


def known_on(document: ReadArticle) -> date | None:
    """The day from which a document counts: its date (the last day of a month or year), else its latest or its
    earliest bound; None when it has none of these."""
    published = document.reading.published
    if published.value is None:
        return published.latest or published.earliest
    match published.precision:
        case Precision.MONTH:
            return (published.value.replace(day=1) + timedelta(days=31)).replace(day=1) - _DAY
        case Precision.YEAR:
            return date(published.value.year, 12, 31)
        case _:
            return published.value


def _undated(document: ReadArticle) -> StandingInterval:
    state = document.reading.state
    assert_state = state if state is not None else State.NO_TALKS
    return StandingInterval(
        state=assert_state,
        first=None,
        last=None,
        since_known=False,
        established=False,
        authority=None,
        evidence=tuple(Evidence(document.article.id, s) for s in document.reading.state_evidence),
        why="according to an undated document, which cannot date a change",
    )


def _of_the_dispute(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """The entries that involve one of the two most frequent participants, or nobody by name."""
    counts = Counter(name for e in entries for name in e.participants)
    leading = {name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]}
    return [e for e in entries if not e.participants or leading & set(e.participants)]


def _from_events(
    entries: Sequence[TimelineEntry], known: Sequence[tuple[ReadArticle, date]], horizon: date
) -> Iterable[_Move]:
    """The moves that dated events justify, up to the horizon."""
    told = {d.article.id: day for d, day in known}
    documents = {d.article.id: d for d, _ in known}
    events = {e.id: e for d, _ in known for e in d.reading.events}
    denied = {(e.type, x.document) for e in entries if e.status is EventStatus.DENIED for x in e.evidence}
    end = _chosen(entries, EventType.STRIKE_END, horizon)
    for entry in entries:
        contested = any((entry.type, x.document) in denied for x in entry.evidence) and not entry.established
        if _MOVES.get(entry.type) in _SETTLED and contested:
            continue
        hearsay = entry.authority in (Authority.OUTLET, Authority.UNNAMED, None)
        if entry.first is None and entry.type in _LASTING and entry.status in _DONE and not hearsay:
            seen = min(told[x.document] for x in entry.evidence)
            yield replace(_move(entry, seen, _MOVES[entry.type]), known=False)
        if entry.first is None or entry.last is None or entry.last - entry.first > _WEEK:
            continue
        if entry.type is EventType.STRIKE_END and entry is not end:
            continue
        happened = entry.status in _DONE or (entry is end and entry.status is EventStatus.PLANNED)
        if entry.type in _MOVES and happened and entry.first <= horizon:
            yield _move(entry, entry.first, _MOVES[entry.type])
        planned = [
            Telling(documents[e.document], e)
            for e in (events[id] for id in entry.events)
            if e.type in _FIXED and e.status is EventStatus.PLANNED and told[e.document] <= entry.last
        ]
        if planned and entry.status in (EventStatus.PLANNED, *_DONE):
            yield _fixed(planned, min(told[t.event.document] for t in planned))
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
    return _Move(
        day, state, entry.type, True, entry.established, entry.authority, entry.evidence, f"{what} on {day}"
    )


def _from_states(known: Sequence[tuple[ReadArticle, date]]) -> Iterable[_Move]:
    """What most of a day's documents say of the state; a tie says nothing."""
    by_day: dict[date, list[ReadArticle]] = {}
    for document, day in known:
        if document.reading.state is not None:
            by_day.setdefault(day, []).append(document)
    for day, told in sorted(by_day.items()):
        votes = Counter(d.reading.state for d in told)
        ranked = sorted(votes.items(), key=lambda item: -item[1])
        state = ranked[0][0]
        if state is None or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            continue
        agreeing = [d for d in told if d.reading.state is state]
        evidence = tuple(Evidence(d.article.id, s) for d in agreeing for s in d.reading.state_evidence)
        outlets = {d.article.outlet or d.article.id for d in agreeing}
        number = "a document" if len(agreeing) == 1 else f"{len(agreeing)} documents"
        yield _Move(
            day,
            state,
            None,
            False,
            len(outlets) >= 2,
            Authority.AUTHOR,
            evidence,
            f"according to {number} of {day}",
        )


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
    return move.state


def _overdue(
    found: list[StandingInterval], entries: Sequence[TimelineEntry], horizon: date
) -> tuple[StandingInterval, ...]:
    """Say of talks that were fixed for a day that has passed without word that they are overdue."""
    if not found or found[-1].state is not State.TALKS_SCHEDULED:
        return tuple(found)
    days = [
        e.last
        for e in entries
        if e.type is EventType.TALKS_SCHEDULED and e.status is EventStatus.PLANNED and e.last is not None
    ]
    if not days or max(days) >= horizon:
        return tuple(found)
    return (*found[:-1], replace(found[-1], overdue_since=max(days)))
