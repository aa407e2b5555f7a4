"""Dates that an event has from what stands beside its clause: "on Monday, following five days of talks"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from onrecord import dating
from onrecord.events.clauses import Clause
from onrecord.model import Anchor, EventStatus, EventType, Precision, Span, TimeExpression, TimeType
from onrecord.text.parse import Parsed

_LED = re.compile(
    r"\b(?P<way>after|following)\s+(?:\w+\s+){0,2}?(?P<n>\d{1,2}|[a-z]+)\s+(?:\w+\s+){0,2}?(?P<unit>day|hour)s\b",
    re.I,
)
_ON_DAY = re.compile(
    r"\bon\s+(?:day\s+(?:\d{1,4}|[a-z]+)|the\s+[\w-]+\s+day)\b(?:\s+of\s+(?:the|their)\s+\w+)?", re.I
)
_THE_DAY = frozenset({"day", "night", "morning", "evening", "weekend", "week"})
_SMALL = {
    w: n
    for n, w in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
    )
}


def lent(
    parsed: Parsed,
    near: Sequence[TimeExpression],
    found: Sequence[Clause],
    number: int,
    evidence: Span,
    *,
    type: EventType,
    told: EventStatus,
) -> TimeExpression | None:
    """The date that the surroundings of a clause lend to its event; None when they lend none.

    ``near`` are the dates of the sentence that have a value. Read are: "today was the day when they agreed"; the
    talks that led up to a dated act ("on May 9, following three days of talks" held from May 7 to 9); what a
    colon spells out ("Monday brought a statement: they had met"); an "it" that stands for the dated meeting named
    before; and in the present the day that counts the stoppage ("on day 46 they have a deal").
    """
    past = [t for t in near if not _is_open(t)]
    return (
        _the_day_when(parsed, past, found[number])
        or (_led_up(parsed, past, evidence) if type is EventType.MEETING_HELD else None)
        or (_spelt_out(parsed, past, found[number]) if told is EventStatus.HAPPENED else None)
        or (_of_it(parsed, past, evidence) if type is EventType.TALKS_BROKEN_OFF else None)
        or (_on_this_day(parsed, found[number], evidence) if told is EventStatus.HAPPENED else None)
    )


def _is_open(time: TimeExpression) -> bool:
    return time.value is None or ".." in time.value or time.value.startswith("P")


def _only(times: Sequence[TimeExpression]) -> TimeExpression | None:
    return times[-1] if len({t.value for t in times}) == 1 else None


def _the_day_when(parsed: Parsed, near: Sequence[TimeExpression], clause: Clause) -> TimeExpression | None:
    """ "Friday was to be the day when both signed": the one date before it."""
    first = clause.first
    if parsed.doc[first].lower_ not in ("when", "that", "on") or not first:
        return None
    if parsed.doc[clause.head].dep_ != "relcl" or parsed.doc[first - 1].lower_ not in _THE_DAY:
        return None
    if [t.lower_ for t in parsed.doc[first : first + 2]] not in (["on", "which"],) and parsed.doc[
        first
    ].lower_ == "on":
        return None
    return _only([t for t in near if parsed.tokens(t.span).end < first])


def _led_up(parsed: Parsed, near: Sequence[TimeExpression], evidence: Span) -> TimeExpression | None:
    """ "Signed on May 9, following three days of talks": they were held on the three days up to that one."""
    sentence = parsed.sentence_at(evidence.start)
    match = _LED.search(parsed.text, evidence.start - 12 if evidence.start > 12 else 0, evidence.end)
    if sentence is None or match is None or match.start() < sentence.span.start:
        return None
    count = int(match["n"]) if match["n"].isdigit() else _SMALL.get(match["n"].lower())
    time = _only([t for t in near if t.span.end <= match.start()])
    first, last = dating.interval(time.value) if time is not None and time.value else (None, None)
    if time is None or count is None or first is None or first != last:
        return None
    if match["unit"].lower() == "hour":
        return time if count < 24 else None
    begin = first - timedelta(days=count - 1)
    return replace(time, value=f"{begin}/{first}", anchor=Anchor.TEXT, precision=Precision.DAY)


def _spelt_out(parsed: Parsed, near: Sequence[TimeExpression], clause: Clause) -> TimeExpression | None:
    """ "Monday evening brought a statement: they had met": what the colon opens is of the day told before it."""
    at = next((i for i in clause.tokens if parsed.doc[i].text == ":" and i < clause.head), None)
    if at is None:
        return None
    head = parsed.doc[clause.head]
    pluperfect = head.tag_ == "VBN" and any(c.lower_ == "had" for c in head.children)
    own = [t for t in near if parsed.tokens(t.span).start in clause.tokens]
    return _only([t for t in near if parsed.tokens(t.span).end <= at]) if pluperfect and not own else None


def _of_it(parsed: Parsed, near: Sequence[TimeExpression], evidence: Span) -> TimeExpression | None:
    """ "The last meeting, on May 3, was short; each says the other walked out of it": "it" is that meeting."""
    tokens = parsed.tokens(evidence)
    if not len(tokens) or tokens[-1].lower_ != "it" or tokens[-1].dep_ != "pobj":
        return None
    time = _only([t for t in near if t.span.end <= evidence.start])
    return time if time is not None and len(near) == 1 else None


def _on_this_day(parsed: Parsed, clause: Clause, evidence: Span) -> TimeExpression | None:
    """ "On day 46 the crews have a deal": in the present the count is that of the day of writing."""
    published = parsed.article.published
    head = parsed.doc[clause.head]
    verbs = [head, *(c for c in head.children if c.dep_ in ("aux", "auxpass"))]
    match = _ON_DAY.search(evidence.of(parsed.text))
    if match is None or published.value is None or published.precision is not Precision.DAY:
        return None
    if not any(v.tag_ in ("VBP", "VBZ") for v in verbs):
        return None
    span = Span(evidence.start + match.start(), evidence.start + match.end())
    return TimeExpression(
        span=span,
        type=TimeType.DATE,
        value=published.value.isoformat(),
        anchor=Anchor.PUBLISHED,
        precision=Precision.DAY,
    )
