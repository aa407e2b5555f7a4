"""The chronology of a dispute: what its documents tell of, each act once.

A telling becomes an act with a type and a window of days; acts that can be one are merged. Two rules are those of
a chronicler rather than of a parser. Talks that are *fixed* are an act of the day on which that was told, and the
session is another, on its own day. And a report of an act without a day joins the act that an earlier or another
report dates; where nothing dates it the entry says by when it was told (docs/method/standing.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from onrecord.model import (
    Authority,
    Event,
    EventStatus,
    EventType,
    Evidence,
    ReadArticle,
    TimelineEntry,
    content_id,
)
from onrecord.standing.authority import Telling, best, established
from onrecord.standing.chronicle import turns
from onrecord.standing.clock import strike_clock, window
from onrecord.standing.placing import Placed, placed
from onrecord.standing.sides import Pair, Sides, meet

_STATUS_RANK = (
    EventStatus.HAPPENED,
    EventStatus.ONGOING,
    EventStatus.PLANNED,
    EventStatus.POSSIBLE,
    EventStatus.DENIED,
)
_DONE = (EventStatus.HAPPENED, EventStatus.ONGOING)
# Sessions, whatever a document calls them: two of one day are one, two of two days are two.
_SESSIONS = frozenset({EventType.TALKS_SCHEDULED, EventType.MEETING_HELD, EventType.TALKS_RESUMED})
# What happens daily during a dispute; the days must be the same.
_DAILY = frozenset(
    {
        EventType.MEETING_HELD,
        EventType.TALKS_RESUMED,
        EventType.JOINT_STATEMENT,
        EventType.PICKET_OR_RALLY,
        EventType.ECONOMIC_EFFECT,
    }
)
_OFFERS = frozenset({EventType.PROPOSAL_MADE, EventType.COUNTERPROPOSAL_MADE})
# Acts of one party towards the other: those of two parties are two acts.
_OF_ONE = _OFFERS | {EventType.PROPOSAL_REJECTED, EventType.MEETING_REQUESTED, EventType.DEADLINE_SET}
# Days by which reports of one act can be apart, where it is not one.
_APART = {
    **dict.fromkeys(_DAILY, 0),
    EventType.TALKS_SCHEDULED: 2,
    EventType.STRIKE_START: 2,
    EventType.STRIKE_END: 3,
    EventType.TENTATIVE_AGREEMENT: 3,
    EventType.RATIFIED: 3,
    EventType.REJECTED_BY_MEMBERS: 3,
    EventType.STRIKE_AUTHORIZED: 3,
}
# Strikes of single days begin anew, and sessions are held anew, in one document's account; a deal is not struck
# anew there, however many days it is given.
_ANEW = frozenset(EventType) - {
    EventType.STRIKE_END,
    EventType.TENTATIVE_AGREEMENT,
    EventType.RATIFIED,
    EventType.REJECTED_BY_MEMBERS,
    EventType.STRIKE_AUTHORIZED,
}
# What happens once in a dispute, or at long intervals.
_ONCE = frozenset(
    {
        EventType.STRIKE_AUTHORIZED,
        EventType.STRIKE_START,
        EventType.STRIKE_END,
        EventType.TENTATIVE_AGREEMENT,
        EventType.RATIFIED,
        EventType.REJECTED_BY_MEMBERS,
    }
)
_VAGUE = 7  # days; wider windows are too vague to be merged with each other
_RECENT = 7  # days; a report without a day tells of what is not older, except of what happens once
_NO_DATE = (date.max, date.max)


@dataclass(frozen=True, slots=True)
class _Act:
    """One telling as an act: its type and the days on which it can have happened."""

    telling: Telling
    type: EventType
    status: EventStatus
    window: tuple[date, date] | None
    pair: Pair
    known: date | None

    @property
    def order(self) -> tuple[object, ...]:
        """Exact days first, then vague ones, then none; what happened before what was planned."""
        event = self.telling.event
        days = self.window or _NO_DATE
        breadth = (days[1] - days[0]).days
        return (
            self.window is None,
            breadth,
            _STATUS_RANK.index(self.status),
            *days,
            self.known or date.max,
            event.type,
            event.document,
            event.evidence,
        )


@dataclass(slots=True)
class _Group:
    """Acts taken for one."""

    acts: list[_Act]
    pair: Pair
    days: Counter[tuple[date, date]] = field(default_factory=Counter)
    documents: dict[str, tuple[date, date]] = field(default_factory=dict)

    def add(self, act: _Act) -> None:
        self.acts.append(act)
        self.pair |= act.pair
        if act.window is not None:
            self.days[act.window] += 1
            self.documents.setdefault(act.telling.event.document, act.window)

    @property
    def window(self) -> tuple[date, date] | None:
        """The narrowest days told; of equals those that most documents give, rather in their own account than as
        another's word; then the first, but the last for the end of a strike, which is often told too early."""
        if not self.days:
            return None
        late = -1 if self.acts[0].type is EventType.STRIKE_END else 1
        best: dict[tuple[date, date], tuple[int, int]] = {}
        for days in self.days:
            tellers = [a for a in self.acts if a.window == days and a.status is not EventStatus.POSSIBLE]
            own = len({a.telling.event.document for a in tellers if a.telling.event.statement is None})
            best[days] = (len({a.telling.event.document for a in tellers}), own)
        return min(best, key=lambda w: (w[1] - w[0], -best[w][0], -best[w][1], late * w[0].toordinal()))


def timeline(documents: Sequence[ReadArticle], *, as_of: date | None = None) -> tuple[TimelineEntry, ...]:
    """The chronology of one dispute in the order of its days; what nothing dates comes last.

    A telling as planned becomes one of what happened once a document tells that. Denials are entries of their own.
    Entries that are no turn of the dispute by themselves are marked ``minor``. With ``as_of`` only documents that
    count by that day are used; those that nothing dates are left out. Cost is linear in the tellings, apart from
    sorting. The order of the documents changes nothing.
    """
    here = [p for p in placed(documents, as_of=as_of) if as_of is None or p.known is not None]
    return of_placed(here, horizon=as_of)


def of_placed(documents: Sequence[Placed], *, horizon: date | None = None) -> tuple[TimelineEntry, ...]:
    """The chronology from documents that are placed in time; it ends with ``horizon``, or with their last."""
    last = horizon or max((d.known for d in documents if d.known is not None), default=date.max)
    sides = Sides(d.read for d in documents)
    acts = sorted(
        (a for d in documents for e in d.read.reading.events for a in _acts(d, e, sides)), key=lambda a: a.order
    )
    families: dict[tuple[object, ...], _Family] = {}
    for act in acts:
        families.setdefault(_family(act), _Family()).take(act)
    entries = [_entry(group) for family in families.values() for group in family.groups]
    entries += _counted_start(documents, entries, last)
    entries.sort(key=lambda e: (e.first or date.max, e.last or date.max, e.told or date.max, e.type, e.id))
    names = {p.name: p.id for d in documents for p in d.read.reading.parties}
    return turns(entries, sides, names, horizon=last)


def _counted_start(
    documents: Sequence[Placed], entries: Sequence[TimelineEntry], last: date
) -> Iterable[TimelineEntry]:
    """The beginning of a stoppage that no document dates but the count of its days does ("day three of our
    strike")."""
    if any(e.type is EventType.STRIKE_START and e.status in _DONE and e.first is not None for e in entries):
        return
    clock = strike_clock([d.read for d in documents])
    if clock is None or clock.earliest != clock.latest or clock.earliest > last or clock.contradicted_by:
        return
    counting = {e.document for e in clock.evidence}
    told = [d.known for d in documents if d.read.article.id in counting and d.known is not None]
    outlets = {d.read.article.outlet or d.read.article.id for d in documents if d.read.article.id in counting}
    yield TimelineEntry(
        id=content_id("timeline", EventType.STRIKE_START, *sorted(str(e) for e in clock.evidence)),
        type=EventType.STRIKE_START,
        status=EventStatus.HAPPENED,
        first=clock.earliest,
        last=clock.latest,
        told=min(told, default=None),
        lockout=False,
        participants=(),
        authority=Authority.AUTHOR,
        established=len(outlets) > 1,
        evidence=clock.evidence,
        events=(),
    )


# ------------------------------------------------------------------------------- acts


def _acts(document: Placed, event: Event, sides: Sides) -> Iterable[_Act]:
    """A telling as acts: one; or for talks that are fixed two, the fixing and the session."""
    telling, known, days = Telling(document.read, event), document.told, window(event)
    pair = sides.pair(event)
    fixed = event.type in _SESSIONS and event.status is EventStatus.PLANNED
    if fixed and known is not None and (days is None or days[1] >= known):
        yield _Act(telling, EventType.TALKS_SCHEDULED, EventStatus.HAPPENED, (known, known), pair, known)
        if days is None:
            return
    if event.type is EventType.TALKS_SCHEDULED and event.status in (EventStatus.PLANNED, EventStatus.POSSIBLE):
        yield _Act(telling, EventType.MEETING_HELD, event.status, days, pair, known)
        return
    yield _Act(telling, event.type, event.status, days, pair, known)


def _family(act: _Act) -> tuple[object, ...]:
    """What two acts must have in common to be one, apart from days and parties."""
    session = act.type in _SESSIONS and act.type is not EventType.TALKS_SCHEDULED
    alike = EventType.MEETING_HELD if session else EventType.PROPOSAL_MADE if act.type in _OFFERS else act.type
    return (
        alike,
        act.status is EventStatus.DENIED,
        act.telling.event.lockout,
    )


# ------------------------------------------------------------------------------- merging


class _Family:
    """The groups of one family, found by day."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._by_day: dict[date, list[_Group]] = {}
        self._vague: dict[tuple[date, date], list[_Group]] = {}
        self._undated: dict[tuple[date | None, str], list[_Group]] = {}

    def take(self, act: _Act) -> None:
        """Put an act to those it is one with; acts come in their order."""
        home = next(iter(self._homes(act)), None)
        if home is None:
            home = _Group([], Pair())
            self.groups.append(home)
            self._index(act, home)
        home.add(act)

    def _index(self, act: _Act, group: _Group) -> None:
        if act.window is None:
            self._undated.setdefault(_told_key(act), []).append(group)
        elif (act.window[1] - act.window[0]).days > _VAGUE:
            self._vague.setdefault(act.window, []).append(group)
        else:
            for day in _days(act.window):
                self._by_day.setdefault(day, []).append(group)

    def _homes(self, act: _Act) -> Iterable[_Group]:
        """Groups that an act can belong to, nearest first."""
        if act.window is None:
            yield from self._recent(act)
            yield from (g for g in self._undated.get(_told_key(act), ()) if _can_be(act, g))
            return
        if (act.window[1] - act.window[0]).days > _VAGUE:
            yield from self._within(act)
            yield from (g for g in self._vague.get(act.window, ()) if _can_be(act, g))
            return
        for away in range(_APART.get(act.type, 1) + 1):
            for day in _around(act.window, away):
                for group in self._by_day.get(day, ()):
                    if _can_be(act, group) and not _told_apart(act, group, away):
                        yield group

    def _recent(self, act: _Act) -> Iterable[_Group]:
        """For a report without a day: the last act of the kind in the week before it; of what happens once also
        the only one there is, however old."""
        if act.known is None or act.status not in _DONE:
            return
        for away in range(_RECENT + 1):
            for group in self._by_day.get(act.known - timedelta(days=away), ()):
                if _can_be(act, group) and _has_happened(group):
                    yield group
        if act.type in _ONCE:
            older = [g for g in self._dated(act.known) if _can_be(act, g) and _has_happened(g)]
            if len(older) == 1:
                yield older[0]

    def _dated(self, known: date) -> Sequence[_Group]:
        """The groups that have a day, up to one."""
        return [g for g in self.groups if any(first <= known for first, _ in g.days)]

    def _within(self, act: _Act) -> Iterable[_Group]:
        """For a vague window of something that happens once: the act that it holds, when there is one."""
        if act.window is None or act.type not in _ONCE:
            return
        found = {
            id(g): g
            for day, groups in sorted(self._by_day.items())
            if act.window[0] <= day <= act.window[1]
            for g in groups
            if _can_be(act, g)
        }
        if len(found) == 1:
            yield from found.values()


def _can_be(act: _Act, group: _Group) -> bool:
    """Whether the parties allow it."""
    if act.type in _OF_ONE:
        mine, theirs = act.pair.both, group.pair.both
        return not mine or not theirs or bool(mine & theirs)
    return meet(act.pair, group.pair)


def _has_happened(group: _Group) -> bool:
    return any(a.status in _DONE for a in group.acts)


def _told_key(act: _Act) -> tuple[date | None, str]:
    """Undated reports of one day are taken for one act; of undated documents each stands alone."""
    return act.known, "" if act.known is not None else act.telling.event.document


def _told_apart(act: _Act, group: _Group, away: int) -> bool:
    """Whether one document gives both days, and so means two acts."""
    other = group.documents.get(act.telling.event.document)
    return away > 0 and act.type in _ANEW and other is not None and other != act.window


def _days(days: tuple[date, date]) -> Iterable[date]:
    return (days[0] + timedelta(days=n) for n in range((days[1] - days[0]).days + 1))


def _around(days: tuple[date, date], away: int) -> Iterable[date]:
    if away == 0:
        return _days(days)
    return (days[0] - timedelta(days=away), days[1] + timedelta(days=away))


# ------------------------------------------------------------------------------- entries


def _entry(group: _Group) -> TimelineEntry:
    status = min((a.status for a in group.acts), key=_STATUS_RANK.index)
    tellers = [a for a in group.acts if a.status is status]
    met = Counter(a.type for a in tellers)
    kind = min(met, key=lambda t: (-met[t], t))
    names = Counter(p.name for a in group.acts for p in a.telling.event.participants)
    events = tuple(sorted({a.telling.event.id for a in group.acts}))
    told = [a.known for a in group.acts if a.known is not None]
    days = group.window
    if kind is EventType.DEADLINE_SET and status is EventStatus.PLANNED and told:
        days, status = (min(told), min(told)), EventStatus.HAPPENED  # it is set on the day on which that is told
    tellings = [a.telling for a in tellers]
    return TimelineEntry(
        id=content_id("timeline", kind, *events),
        type=kind,
        status=status,
        first=days[0] if days is not None else None,
        last=days[1] if days is not None else None,
        told=min(told, default=None),
        lockout=group.acts[0].telling.event.lockout,
        participants=tuple(sorted(names, key=lambda n: (-names[n], n))),
        authority=best(tellings),
        established=status is not EventStatus.POSSIBLE and established(tellings),
        evidence=tuple(sorted({Evidence(a.telling.event.document, a.telling.event.evidence) for a in group.acts})),
        events=events,
    )
