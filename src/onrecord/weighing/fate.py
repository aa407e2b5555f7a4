"""What became of a claim, by the record: confirmed, contradicted, superseded, open, or nothing that bears on it.

A claim is held against the chronology and against its own later tellings, never against the world: a fate says by
what evidence in the record, and since when. What the record does not settle stays open; a characterisation ("very
encouraging") has no event that could bear it out and is unverifiable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.dating import interval
from onrecord.model import (
    Ahead,
    Bearing,
    Claim,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Fate,
    ReadArticle,
    Span,
    Telling,
    TimelineEntry,
)

SETTLED = frozenset({EventType.TENTATIVE_AGREEMENT, EventType.STRIKE_END, EventType.RATIFIED})
_BORNE_OUT_BY = {
    EventType.TALKS_SCHEDULED: frozenset(
        {EventType.TALKS_SCHEDULED, EventType.MEETING_HELD, EventType.TALKS_RESUMED}
    ),
    EventType.MEETING_REQUESTED: frozenset({EventType.MEETING_REQUESTED}),
    EventType.RATIFICATION_VOTE: frozenset({EventType.RATIFICATION_VOTE, EventType.RATIFIED}),
}
_LATE = 21  # days within which what was planned may come about on another day
_DONE = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A fate with its reason, the day on which it was settled, and what settled it."""

    fate: Fate
    why: str
    on: date | None = None
    evidence: tuple[Evidence, ...] = ()


def fates(
    claims: Sequence[Claim], documents: Sequence[ReadArticle], timeline: Sequence[TimelineEntry]
) -> tuple[Claim, ...]:
    """The claims with what became of them, in the same order."""
    by_id = {d.article.id: d for d in documents}
    return tuple(_with(claim, verdict(claim, by_id, timeline)) for claim in claims)


def _with(claim: Claim, found: Verdict) -> Claim:
    return replace(claim, fate=found.fate, fate_why=found.why, fate_on=found.on, fate_evidence=found.evidence)


def verdict(claim: Claim, documents: Mapping[str, ReadArticle], timeline: Sequence[TimelineEntry]) -> Verdict:
    """What became of one claim. Its own outlet's correction counts before all; then the chronology."""
    lead = claim.tellings[0]
    told = documents[lead.document].reading
    taken_back = _told_as(claim, Bearing.CORRECTS, documents)
    if taken_back is not None:
        return _by_telling(Fate.CONTRADICTED, "the outlet that told it has corrected it", taken_back, documents)
    hope = next((a for a in told.ahead if a.direction > 0 and a.span.overlaps(lead.span)), None)
    if hope is not None and hope.horizon is not None:
        return _of_hope(hope, told.published.value, timeline)
    event = next(_events(told.events, lead.span), None)
    if event is None and hope is not None:
        return Verdict(fate=Fate.UNVERIFIABLE, why="it does not say by when")
    if event is None:
        return Verdict(fate=Fate.UNVERIFIABLE, why="nothing in the chronology could bear it out")
    return _of_event(event, claim, documents, timeline)


def _events(events: Sequence[Event], span: Span) -> Iterator[Event]:
    """The events told in a stretch, the ones that fill most of it first."""
    yield from sorted(
        (e for e in events if e.evidence.overlaps(span)),
        key=lambda e: (max(e.evidence.end, span.end) - min(e.evidence.start, span.start), e.evidence.start, e.id),
    )


def _told_as(claim: Claim, bearing: Bearing, documents: Mapping[str, ReadArticle]) -> Telling | None:
    """The first dated telling of a claim with a bearing."""
    found = [t for t in claim.tellings if t.bearing is bearing and documents[t.document].reading.published.value]
    return min(found, key=lambda t: (_day(t, documents) or date.max, t.document, t.span), default=None)


def _day(t: Telling, documents: Mapping[str, ReadArticle]) -> date | None:
    return documents[t.document].reading.published.value


def _by_telling(fate: Fate, why: str, t: Telling, documents: Mapping[str, ReadArticle]) -> Verdict:
    return Verdict(fate=fate, why=why, on=_day(t, documents), evidence=(Evidence(t.document, t.span),))


def _of_hope(hope: Ahead, said: date | None, timeline: Sequence[TimelineEntry]) -> Verdict:
    """A claim that a settlement comes by a day: the first settlement on or after the day on which it was made."""
    last = interval(hope.horizon)[1] if hope.horizon is not None else None
    if said is None or last is None:
        return Verdict(fate=Fate.OPEN, why="the day on which it was made, or by which it was to come, is unknown")
    came = [e for e in timeline if e.type in SETTLED and _stands(e) and e.first is not None and e.first >= said]
    if not came:
        return Verdict(fate=Fate.OPEN, why="the record establishes no settlement since")
    first = min(came, key=lambda e: (e.first or date.max, e.id))
    if first.first is not None and first.first <= last:
        return _by_entry(Fate.CONFIRMED, "a settlement came by the day named", first)
    return _by_entry(Fate.CONTRADICTED, f"the settlement came after {last}, the day named", first)


def _of_event(
    event: Event, claim: Claim, documents: Mapping[str, ReadArticle], timeline: Sequence[TimelineEntry]
) -> Verdict:
    kinds = _BORNE_OUT_BY.get(event.type, frozenset({event.type}))
    kin = [e for e in timeline if e.type in kinds]
    if event.status is EventStatus.DENIED:
        return _of_denial(kin, event)
    if event.status in _DONE:
        own = next((e for e in kin if event.id in e.events and _stands(e)), None)
        if own is not None:
            return _by_entry(Fate.CONFIRMED, "the record establishes it", own)
        denied = next(
            (e for e in kin if e.established and e.status is EventStatus.DENIED and _meet(e, event)), None
        )
        if denied is not None:
            return _by_entry(Fate.CONTRADICTED, "the record establishes that it did not happen", denied)
    else:
        came = next((e for e in kin if _stands(e) and event.when is not None and _meet(e, event)), None)
        if came is not None:
            return _by_entry(Fate.CONFIRMED, "what was planned or possible has come about", came)
        off = _told_as(claim, Bearing.SUPERSEDES, documents)
        if off is not None:
            return _by_telling(Fate.SUPERSEDED, "it was called off or put off", off, documents)
        later = next((e for e in kin if _stands(e) and _after(e, event)), None)
        if later is not None:
            return _by_entry(Fate.SUPERSEDED, "it came about on another day", later)
    against = _told_as(claim, Bearing.CONTRADICTS, documents)
    if against is not None:
        found = _by_telling(
            Fate.OPEN, "it is contested, and the record settles it for neither", against, documents
        )
        return replace(found, on=None)
    return Verdict(fate=Fate.OPEN, why="the record does not settle it")


def _of_denial(kin: Sequence[TimelineEntry], event: Event) -> Verdict:
    """A claim that something did not happen or is off."""
    came = next((e for e in kin if _stands(e) and event.when is not None and _meet(e, event)), None)
    if came is not None:
        return _by_entry(Fate.CONTRADICTED, "the record establishes that it happened", came)
    own = next((e for e in kin if event.id in e.events and e.established), None)
    if own is not None:
        return _by_entry(Fate.CONFIRMED, "the record establishes the denial", own)
    return Verdict(fate=Fate.OPEN, why="the record does not settle it")


def _stands(entry: TimelineEntry) -> bool:
    return entry.established and entry.status in _DONE


def _meet(entry: TimelineEntry, event: Event) -> bool:
    """Whether an entry and an event can be of the same days."""
    if event.when is None or entry.first is None or entry.last is None:
        return False
    first, last = interval(event.when)
    return first is not None and last is not None and entry.first <= last and first <= entry.last


def _after(entry: TimelineEntry, event: Event) -> bool:
    """Whether an entry is of a later day than the one that was planned, by three weeks at most."""
    if event.when is None or entry.first is None:
        return False
    last = interval(event.when)[1]
    return last is not None and 0 < (entry.first - last).days <= _LATE


def _by_entry(fate: Fate, why: str, entry: TimelineEntry) -> Verdict:
    return Verdict(fate=fate, why=why, on=entry.first, evidence=entry.evidence)
