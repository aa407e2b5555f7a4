"""How long a stoppage is announced to last: "a two-day strike", "out for 48 hours", "on strike until Friday".

Read from what the documents tell of this stoppage: a length counts where its sentence tells a start on the day on
which this one began, an end where the words lead from the strike to a day after that start. A length that is
only asked for, possible, denied or past is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model import (
    EventStatus,
    EventType,
    Evidence,
    ReadArticle,
    Span,
    StrikeClock,
    TimeExpression,
    TimeType,
)

_STRIKE = r"(?:strike|walk-?out|(?:work )?stoppage|industrial action|job action|lockout)"
_NAMED = re.compile(rf"[\s-]+(?:(?!between|by|after|from)[\w-]+ ){{0,2}}{_STRIKE}(?![\w-])", re.IGNORECASE)
_LASTING = re.compile(r"(?:\bfor|\blast(?:ing)?|\bto last)(?: a| the| up to)?\s+$", re.IGNORECASE)
# Up to the day: nothing that another verb, a doubt or a denial can stand in.
_UNTIL = re.compile(
    rf"(?:\b{_STRIKE}|\bwalk(?:s|ed|ing)? out|\b(?:stay|remain)(?:s|ed|ing)? out|\boff the job|\bstriking)\b"
    rf"(?P<between>[^.;:!?\n]{{0,80}}?)\b(?:until|till|through|up to)\s+(?:the end of |midnight on |the )?$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:talks?|negotiat\w+|bargain\w*|meet\w*|met|postpon\w*|delay\w*|suspend\w*|paus\w+|avert\w*|"
    r"call(?:s|ed|ing)? off|not|never|no|deadline|injunction|said|says|told|vote[sd]?|offers?|deal|agreement|"
    r"could|may|might|would|if|"
    r"unless|wages?|contract|threat\w*)\b|n[’']t\b",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:could|may|might|would|if|unless|threat\w*|propos\w+|been|already|after|so far|not|never|up to|at least|"
    r"more than|earlier|previous|last)\b|n[’']t\b",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"\b(?:open-ended|indefinite|unlimited) (?:\w+ )?{_STRIKE}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;]['\"”’)]*\s|\n")
_DURATION = re.compile(r"P(?:(\d+)D|(\d+)W|T(\d+)H)\Z")
_BEGUN = (EventStatus.HAPPENED, EventStatus.ONGOING)
_APART = 150  # characters between a length and the start that it belongs to
_LONGEST = timedelta(days=60)
_WIDEST = 3  # days in which the announced end may lie; a wider window tells too little


@dataclass(frozen=True, slots=True)
class AnnouncedEnd:
    """The days in which a stoppage is announced to end (both included), and where that is told."""

    first: date
    last: date
    evidence: tuple[Evidence, ...]


def announced_end(documents: Sequence[ReadArticle], clock: StrikeClock) -> AnnouncedEnd | None:
    """The end that the latest documents to speak of it announce; None where they disagree, where they call the
    stoppage open-ended, and where none speaks of it."""
    told: dict[date, list[AnnouncedEnd | None]] = {}
    for d in documents:
        on = d.reading.published.value
        if on is not None and on >= clock.earliest:
            told.setdefault(on, []).extend(_in_document(d, clock))
    latest = next((told[on] for on in sorted(told, reverse=True) if told[on]), [])
    ends = [e for e in latest if e is not None]
    if not ends or len(ends) < len(latest):
        return None
    first, last = max(e.first for e in ends), min(e.last for e in ends)
    if first > last:
        return None
    return AnnouncedEnd(first, last, tuple(sorted({s for e in ends for s in e.evidence})))


def _in_document(read: ReadArticle, clock: StrikeClock) -> Iterator[AnnouncedEnd | None]:
    """Every end announced; None for each time the stoppage is called open-ended."""
    text, name = read.article.text, read.article.id
    for _ in _OPEN.finditer(text):
        yield None
    for time in read.reading.times:
        if time.value is None:
            continue
        window = _length(read, time, clock) if time.type is TimeType.DURATION else _until(text, time, clock)
        if window is not None and 0 <= (window[1] - window[0]).days < _WIDEST:
            yield AnnouncedEnd(*window, (Evidence(name, time.span),))


def _length(read: ReadArticle, time: TimeExpression, clock: StrikeClock) -> tuple[date, date] | None:
    """The end that a length gives. Two days from Monday end on Tuesday, 48 hours from Monday noon on Wednesday:
    either day counts."""
    text = read.article.text
    days = _days(time.value or "")
    named = _NAMED.match(text, time.span.end) is not None
    lasting = _LASTING.search(text, max(0, time.span.start - 20), time.span.start) is not None
    if days is None or not (named or lasting) or not _belongs(read, time.span, clock):
        return None
    return clock.earliest + days - timedelta(days=1), clock.latest + days


def _days(value: str) -> timedelta | None:
    match = _DURATION.match(value)
    if match is None:
        return None
    days, weeks, hours = (int(g) if g else 0 for g in match.groups())
    length = timedelta(days=days + 7 * weeks, hours=hours)
    return (
        length if timedelta(days=1) < length <= _LONGEST and length % timedelta(days=1) == timedelta(0) else None
    )


def _interval(value: str) -> tuple[date | None, date | None]:
    from onrecord import dating  # loads the parser's library, which a look at a record does without

    return dating.interval(value)


def _belongs(read: ReadArticle, span: Span, clock: StrikeClock) -> bool:
    """Whether the sentence of a length tells the start of this stoppage as having happened, and nothing there
    makes the length a doubtful or a past one."""
    text = read.article.text
    if any(c.span.overlaps(span) for c in read.reading.counts):
        return False
    for event in read.reading.events:
        if event.type is not EventType.STRIKE_START or event.status not in _BEGUN or event.when is None:
            continue
        first, last = _interval(event.when)
        if first is None or last is None or first > clock.latest or last < clock.earliest:
            continue
        between = text[min(span.start, event.evidence.start) : max(span.end, event.evidence.end)]
        apart = max(span.start - event.evidence.end, event.evidence.start - span.end)
        if apart <= _APART and not _SENTENCE.search(between) and not _DOUBTED.search(between):
            return True
    return False


def _until(text: str, time: TimeExpression, clock: StrikeClock) -> tuple[date, date] | None:
    """The day that "until" leads to, from a strike, with no other matter between."""
    before = _UNTIL.search(text, max(0, time.span.start - 140), time.span.start)
    if before is None or _OTHER.search(before["between"]):
        return None
    opened = [m.end() for m in _SENTENCE.finditer(text, max(0, before.start() - 200), before.start())]
    lead = text[opened[-1] if opened else max(0, before.start() - 200) : before.start()]
    if _OTHER.search(lead):
        return None
    first, last = _interval(time.value or "P1D")
    if first is None or first != last or not clock.latest < first <= clock.latest + _LONGEST:
        return None
    return first, first
