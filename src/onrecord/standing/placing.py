"""When a document counts, and of what day it tells.

The two differ. A document *counts* from the day on which it was published, or if that is not known from the latest
day that its text allows. What it tells is of its *content's* day, and a count of the strike's days can show that
this is another: a repost under a new date, or a page without any. The clock of the other documents says which day
"day 113" was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord import dating
from onrecord.model import (
    Anchor,
    CountUnit,
    Event,
    EventStatus,
    KnownFrom,
    Precision,
    ReadArticle,
    Side,
    Span,
    StrikeClock,
    StrikeCount,
)
from onrecord.standing.clock import strike_clock
from onrecord.standing.sides import Sides

_LATE = 2  # days by which a page may be behind its content and still be of its day
_WEEK = timedelta(days=7)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may(?= \d)|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.I,
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A document with the day from which it counts (``known``) and the day of its content (``told``), both None
    where nothing dates it; ``why`` says what else than its date they rest on. Relative dates of its events are
    those of its content's day."""

    read: ReadArticle
    known: date | None
    told: date | None
    why: str = ""


def placed(documents: Sequence[ReadArticle], *, as_of: date | None = None) -> tuple[Placed, ...]:
    """The documents that count, by id; with ``as_of`` only those that count by that day.

    The clock that places a document is that of the dated documents of ``as_of`` alone, so that what comes later
    changes nothing. The order of the documents changes nothing.
    """
    ordered = sorted(documents, key=lambda d: d.article.id)
    first = [(d, day) for d in ordered if (day := known_on(d)) is not None and (as_of is None or day <= as_of)]
    clock = strike_clock([d for d, _ in first])
    sides = Sides(d for d, _ in first)
    out = [_placed(d, known_on(d), clock, sides) for d in ordered]
    return tuple(p for p in out if as_of is None or p.known is None or p.known <= as_of)


def known_on(document: ReadArticle) -> date | None:
    """The day from which a document counts by itself: its date (the last day of a month or year), else its latest
    or its earliest bound; None when it has none of these."""
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


def _placed(document: ReadArticle, known: date | None, clock: StrikeClock | None, sides: Sides) -> Placed:
    found = _by_count(document, clock, sides) if clock is not None else None
    if found is None:
        return Placed(read=document, known=known, told=known)
    (first, last), words = found
    published = document.reading.published
    if published.value is None:
        if (published.earliest and last < published.earliest) or (published.latest and first > published.latest):
            return Placed(read=document, known=known, told=known)
        why = f"undated; placed by its count of the strike ({words!r})"
        bounds = replace(published, earliest=first, latest=last, known_from=KnownFrom.NONE, why=why)
        read = replace(document, reading=replace(document.reading, published=bounds))
        return Placed(read=read, known=last, told=last, why=why)
    if published.precision is not Precision.DAY or published.value - last <= timedelta(days=_LATE):
        return Placed(read=document, known=known, told=known)
    why = f"dated {published.value}, but its count of the strike ({words!r}) is of {last}"
    return Placed(read=_moved(document, published.value, last), known=known, told=last, why=why)


def _by_count(document: ReadArticle, clock: StrikeClock, sides: Sides) -> tuple[tuple[date, date], str] | None:
    """The days on which the stoppage can have been as old as the document says, and its words; None when it does
    not say, or says several things, or tells of something later."""
    counts = [c for c in document.reading.counts if c.unit is not CountUnit.MONTH]
    if any(_of_others(document, c, sides) for c in counts):
        return None
    windows = {_on(c, clock) for c in counts}
    if not windows:
        return None
    first, last = max(w[0] for w in windows), min(w[1] for w in windows)
    if first > last or _tells_later(document, last):
        return None
    return (first, last), counts[0].span.of(document.article.text)


def _on(count: StrikeCount, clock: StrikeClock) -> tuple[date, date]:
    """The days on which a stoppage that began in the clock's window is counted so."""
    earliest, latest = dating.start_window(count, clock.latest)
    return clock.earliest + (clock.latest - latest), clock.latest + (clock.latest - earliest)


def _of_others(document: ReadArticle, count: StrikeCount, sides: Sides) -> bool:
    """Whether the sentence of a count names another union's people ("for the actors it is day 56")."""
    text = document.article.text
    start = max(text.rfind(mark, 0, count.span.start) for mark in (". ", "; ", "\n")) + 1
    end = min((at for mark in (".", ";", "\n") if (at := text.find(mark, count.span.end)) >= 0), default=len(text))
    main = sides.workers
    named = {
        sides.root(m.party)
        for m in document.reading.mentions
        if m.party is not None and start <= m.span.start < end and sides.side(m.party) is Side.WORKERS
    }
    unknown = any(m.party is None for m in document.reading.mentions if start <= m.span.start < end)
    return (bool(named) and main not in named) or (unknown and not named)


def _tells_later(document: ReadArticle, last: date) -> bool:
    """Whether the document tells of something that happened after a day: by its date, or where that was not
    resolved by the name of a later month."""
    for event in document.reading.events:
        if event.status is not EventStatus.HAPPENED:
            continue
        if event.when is not None and _absolute(document, event.when_span or event.evidence):
            first, _ = dating.interval(event.when)
            if first is not None and first > last:
                return True
        elif event.when is None and any(m > last.month for m in _months(event.evidence.of(document.article.text))):
            return True
    return False


def _months(text: str) -> list[int]:
    return [_MONTHS.index(m[:3].lower()) + 1 for m in _MONTH.findall(text)]


def _absolute(document: ReadArticle, span: Span) -> bool:
    return bool(_MONTH.search(span.of(document.article.text)))


def _moved(document: ReadArticle, published: date, told: date) -> ReadArticle:
    """The document with the relative dates of its events read against its content's day."""
    relative = {
        t.span for t in document.reading.times if t.anchor is Anchor.PUBLISHED and not _absolute(document, t.span)
    }
    events = tuple(_redated(e, published, told) if e.when_span in relative else e for e in document.reading.events)
    return replace(document, reading=replace(document.reading, events=events))


def _redated(event: Event, published: date, told: date) -> Event:
    """A day of the week stays one; other days and spans keep their distance."""
    first, last = dating.interval(event.when) if event.when is not None else (None, None)
    if first is None or last is None:
        return event
    away = published - first
    if first == last and timedelta(0) < abs(away) < _WEEK:
        moved = told - timedelta(days=(told - first).days % 7)
        moved = moved if away > timedelta(0) else moved + _WEEK
        return replace(event, when=moved.isoformat())
    ends = [day - (published - told) for day in (first, last)]
    return replace(event, when=ends[0].isoformat() if first == last else f"{ends[0]}/{ends[1]}")
