"""The strike clock: the window in which the stoppage began, and what day of it a date is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord import dating
from onrecord.model import Event, EventStatus, EventType, Evidence, Precision, ReadArticle, StrikeClock

_BEGUN = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})
_WIDEST = 40  # days; "in May" bounds a start, "in 2023" does not


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """One document's evidence for the start: a day told, or a count of days or weeks."""

    first: date
    last: date
    evidence: Evidence


def strike_clock(documents: Sequence[ReadArticle]) -> StrikeClock | None:
    """The window in which the stoppage of a dispute began; None when no document dates it.

    Every start told and every count of days or weeks gives a window; the clock is where most documents agree, and
    those that do not are listed as contradicting it. Where as many documents say one thing as another, a start
    told outweighs a count, and the earlier day comes first. Documents on other unions' strikes are told apart by
    their participants. The order of the documents changes nothing.
    """
    claims = sorted({*_told(documents), *_counted(documents)})
    if not claims:
        return None
    told = {c.evidence for c in _told(documents)}
    best = max(
        sorted({c.first for c in claims} | {c.last for c in claims}),
        key=lambda d: (
            _support(claims, d),
            sum(c.evidence in told for c in claims if c.first <= d <= c.last),
            -d.toordinal(),
        ),
    )
    agreeing = [c for c in claims if c.first <= best <= c.last]
    return StrikeClock(
        earliest=max(c.first for c in agreeing),
        latest=min(c.last for c in agreeing),
        evidence=tuple(sorted(c.evidence for c in agreeing)),
        contradicted_by=tuple(sorted(c.evidence for c in claims if c not in agreeing)),
    )


def window(event: Event) -> tuple[date, date] | None:
    """The first and last day on which an event can have happened or is to happen; None when it has no date."""
    if event.when is None:
        return None
    first, last = dating.interval(event.when)
    return None if first is None or last is None else (first, last)


def _support(claims: Sequence[_Claim], day: date) -> int:
    return len({c.evidence.document for c in claims if c.first <= day <= c.last})


def _told(documents: Sequence[ReadArticle]) -> list[_Claim]:
    starts = [
        (event, days)
        for read in documents
        for event in read.reading.events
        if event.type is EventType.STRIKE_START and event.status in _BEGUN and (days := window(event)) is not None
    ]
    strikers = Counter(p.name for e, _ in starts for p in e.participants)
    leading = min(strikers, key=lambda n: (-strikers[n], n)) if strikers else None
    out: list[_Claim] = []
    for event, (first, last) in starts:
        names = {p.name for p in event.participants}
        if (not names or leading in names) and (last - first).days <= _WIDEST:
            out.append(_Claim(first, last, Evidence(event.document, event.evidence)))
    return out


def _counted(documents: Sequence[ReadArticle]) -> list[_Claim]:
    out: list[_Claim] = []
    for read in documents:
        on = read.reading.published.value
        if on is None or read.reading.published.precision is not Precision.DAY:
            continue
        for count in read.reading.counts:
            try:
                first, last = dating.start_window(count, on)
            except ValueError:
                continue
            out.append(_Claim(first, last, Evidence(read.article.id, count.span)))
    return out
