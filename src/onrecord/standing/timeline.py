"""The chronology of a dispute: the events of all its documents, told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from onrecord import dating
from onrecord.model import Event, EventStatus, EventType, Evidence, ReadArticle, TimelineEntry, content_id
from onrecord.standing.authority import Telling, best, established

_STATUS_RANK = (
    EventStatus.HAPPENED,
    EventStatus.ONGOING,
    EventStatus.PLANNED,
    EventStatus.POSSIBLE,
    EventStatus.DENIED,
)
# Two that are this close in kind and on the same day are one: the talks that were scheduled are those
# that met.
_SAME_KIND = (
    frozenset({EventType.TALKS_SCHEDULED, EventType.MEETING_HELD}),
    frozenset({EventType.TALKS_SCHEDULED, EventType.TALKS_RESUMED}),
)
_ONCE = frozenset({EventType.STRIKE_START, EventType.RATIFIED})
_DONE = (EventStatus.HAPPENED, EventStatus.ONGOING)
_LONGEST = timedelta(days=7)  # windows wider than a week are too vague to be merged with each other


def timeline(documents: Sequence[ReadArticle]) -> tuple[TimelineEntry, ...]:
    """The events of one dispute, merged by type, day and participants, in the order of their days; those without a
    day come last.

    A telling as planned becomes one of what happened once a document tells that. An entry's window is the
    narrowest that its tellings agree on. Denials are entries of their own. The order of the documents changes
    nothing.
    """
    tellings = sorted(
        (Telling(read, event) for read in documents for event in read.reading.events),
        key=lambda t: (window(t.event) or (date.max, date.max), t.event.type, t.event.document, t.event.evidence),
    )
    groups: list[list[Telling]] = []
    for telling in sorted(tellings, key=_breadth):
        home = next((g for g in groups if _belongs(telling, g)), None) or _only_dated(telling, groups)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    entries = [_entry(group) for group in groups]
    return tuple(sorted(entries, key=lambda e: (e.first or date.max, e.last or date.max, e.type, e.id)))


def _only_dated(telling: Telling, groups: Sequence[list[Telling]]) -> list[Telling] | None:
    """For an undated mention of something that happens once (the strike began): the only entry that has a day."""
    if telling.event.type not in _ONCE or telling.event.status not in _DONE or window(telling.event) is not None:
        return None
    found = [
        g
        for g in groups
        if g[0].event.type is telling.event.type
        and g[0].event.status in _DONE
        and g[0].event.lockout == telling.event.lockout
        and _joint(g) is not None
        and _meet(_names(telling.event), set().union(*(_names(t.event) for t in g)))
    ]
    return found[0] if len(found) == 1 else None


def window(event: Event) -> tuple[date, date] | None:
    """The first and last day on which an event can have happened or is to happen; None when it has no date."""
    if event.when is None:
        return None
    first, last = dating.interval(event.when)
    return None if first is None or last is None else (first, last)


def _breadth(telling: Telling) -> tuple[bool, timedelta, bool]:
    """Exact dates first, then vague ones, then none; what happened before what was planned."""
    found = window(telling.event)
    if found is None:
        return True, timedelta(0), True
    return False, found[1] - found[0], telling.event.status is not EventStatus.HAPPENED


def _belongs(telling: Telling, group: Sequence[Telling]) -> bool:
    head = group[0].event
    if (telling.event.status is EventStatus.DENIED) != (head.status is EventStatus.DENIED):
        return False
    if not _same_kind(telling.event, head) or telling.event.lockout != head.lockout:
        return False
    if not _meet(_names(telling.event), set().union(*(_names(t.event) for t in group))):
        return False
    mine, theirs = window(telling.event), _joint(group)
    if mine is None or theirs is None:
        # Undated mentions of one document and one of another cannot be told apart; they stay with their own.
        return mine is None and theirs is None and telling.event.document == head.document
    if mine[1] - mine[0] > _LONGEST and theirs[1] - theirs[0] > _LONGEST:
        return mine == (theirs[0], theirs[1])
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


def _same_kind(one: Event, two: Event) -> bool:
    return one.type is two.type or any({one.type, two.type} <= alike for alike in _SAME_KIND)


def _names(event: Event) -> set[str]:
    return {p.party or p.name for p in event.participants}


def _meet(one: set[str], two: set[str]) -> bool:
    return not one or not two or bool(one & two)


def _joint(group: Iterable[Telling]) -> tuple[date, date] | None:
    """The days on which all tellings agree."""
    found = [w for t in group if (w := window(t.event)) is not None]
    if not found:
        return None
    return max(first for first, _ in found), min(last for _, last in found)


def _entry(group: Sequence[Telling]) -> TimelineEntry:
    status = min((t.event.status for t in group), key=_STATUS_RANK.index)
    tellers = [t for t in group if t.event.status is status]
    met = [t.event.type for t in tellers]
    kind = min(Counter(met).items(), key=lambda item: (-item[1], item[0]))[0]
    days = _joint(group)
    names = Counter(p.name for t in group for p in t.event.participants)
    events = tuple(sorted({t.event.id for t in group}))
    return TimelineEntry(
        id=content_id("timeline", *events),
        type=kind,
        status=status,
        first=days[0] if days is not None else None,
        last=days[1] if days is not None else None,
        participants=tuple(sorted(names, key=lambda n: (-names[n], n))),
        authority=best(tellers),
        established=status is not EventStatus.POSSIBLE and established(tellers),
        evidence=tuple(sorted({Evidence(t.event.document, t.event.evidence) for t in group})),
        events=events,
    )
