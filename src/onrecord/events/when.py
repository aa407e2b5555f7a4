"""Which of the dates near an event is the event's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from onrecord import dating
from onrecord.events.clauses import Clause
from onrecord.events.lent import lent
from onrecord.events.lexicon import words
from onrecord.model import Anchor, EventStatus, EventType, Precision, Span, TimeExpression
from onrecord.text.parse import Parsed

_APART = frozenset({"after", "since", "before", "until", "till", "following", "while", "although", "as", "than"})
_DOWN = frozenset({"xcomp", "acl", "pcomp", "ccomp"})
_PER_DAY = re.compile(r"\b(?:a|per|each|every) (?:day|week|month|year)\b")
_UNDER_WAY = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})
# What is announced as it happens: the day of the announcement is the day of the event.
_NEWS = frozenset(
    {
        EventType.TENTATIVE_AGREEMENT,
        EventType.RATIFIED,
        EventType.REJECTED_BY_MEMBERS,
        EventType.STRIKE_AUTHORIZED,
        EventType.STRIKE_END,
        EventType.TALKS_BROKEN_OFF,
        EventType.MEETING_HELD,
        EventType.DIVISION_REPORTED,
        EventType.PROPOSAL_REJECTED,
    }
)
_LEADING = frozenset({EventType.STRIKE_AUTHORIZED, EventType.MEETING_REQUESTED, EventType.PROPOSAL_MADE})
_SMALL = {
    w: n
    for n, w in enumerate(
        ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}


def event_time(
    parsed: Parsed,
    times: tuple[TimeExpression, ...],
    found: Sequence[Clause],
    number: int,
    evidence: Span,
    *,
    type: EventType,
    told: EventStatus,
) -> TimeExpression | None:
    """The expression that dates the event of a clause; None when none does.

    In this order: the date that the clause itself explains ("on May 1, when they met"), its own date, a count from
    another event's date ("on Monday, four days after they had met"), and for news that is out as soon as it is
    announced the day of the announcement ("have settled, both confirmed on Monday").
    """
    sentence = parsed.doc[found[number].head].sent
    times = tuple(t for t in times if not _bound(parsed, t) or type is EventType.DEADLINE_SET)
    valued = tuple(t for t in times if t.value or not _shift(parsed, t))
    near = [t for t in times if t.value and parsed.span(sentence.start, sentence.end).holds(t.span)]
    return (
        _explained(parsed, near, found[number])
        or _effective(parsed, near, found[number], evidence)
        or _own_time(parsed, valued, found, number, evidence, until=type is EventType.DEADLINE_SET)
        or _counted(parsed, times, found, number)
        or (_announced(parsed, near, found, number) if type in _NEWS and told is EventStatus.HAPPENED else None)
        or lent(parsed, near, found, number, evidence, type=type, told=told)
    )


def _bound(parsed: Parsed, time: TimeExpression) -> bool:
    """A day up to which something lasts or leads dates nothing: "until Friday", "in the run-up to Easter"."""
    first = parsed.tokens(time.span).start
    before = [t.lower_ for t in parsed.doc[max(0, first - 2) : first]]
    return bool(before) and (before[-1] in ("until", "till", "through", "into") or before == ["up", "to"])


def _explained(parsed: Parsed, near: Sequence[TimeExpression], clause: Clause) -> TimeExpression | None:
    """The date right before a clause with "when": "since last Friday, when a ruling took effect"."""
    if parsed.doc[clause.first].lower_ != "when":
        return None
    at = clause.first
    while at and parsed.doc[at - 1].is_punct:
        at -= 1
    return next((t for t in near if parsed.tokens(t.span).end == at), None)


def _effective(
    parsed: Parsed, near: Sequence[TimeExpression], clause: Clause, evidence: Span
) -> TimeExpression | None:
    """The day from which what is decided holds: "voted on Monday to end the strike as of Wednesday"."""
    for time in near:
        first = parsed.tokens(time.span).start
        before = [t.lower_ for t in parsed.doc[max(0, first - 2) : first]]
        marked = before == ["as", "of"] or before[-1:] in (["effective"], ["starting"], ["beginning"])
        if marked and evidence.holds(time.span) and first > clause.head:
            return time
    return None


def _shift(parsed: Parsed, time: TimeExpression) -> bool:
    """ "hours before", "three days later": what is counted from somewhere else names no day itself."""
    return time.span.of(parsed.text).lower().endswith(("before", "after", "earlier", "later"))


def _counted(
    parsed: Parsed, times: tuple[TimeExpression, ...], found: Sequence[Clause], number: int
) -> TimeExpression | None:
    """ "On Monday, four days after they had voted": the event of the inner clause lay four days before Monday."""
    head = parsed.doc[found[number].head]
    above = found[number].governor
    mark = next((c for c in head.children if c.dep_ == "mark" and c.lower_ in ("after", "before")), None)
    if mark is None or above is None:
        return None
    shift = next((t for t in times if t.value is None and parsed.tokens(t.span).end == mark.i + 1), None)
    days = _days(shift.span.of(parsed.text)) if shift is not None else None
    whole = parsed.span(found[above].head, found[above].head + 1)
    valued = tuple(t for t in times if t.value)
    outer = _own_time(parsed, valued, found, above, whole, until=False)
    first, last = dating.interval(outer.value) if outer is not None and outer.value else (None, None)
    if shift is None or days is None or first is None or first != last:
        return None
    day = first - timedelta(days=days) if mark.lower_ == "after" else first + timedelta(days=days)
    return replace(shift, value=day.isoformat(), precision=Precision.DAY, anchor=Anchor.TEXT)


def _days(shift: str) -> int | None:
    """The days in "four days after", "a week before"; None for what is no number of days."""
    count, unit = shift.lower().split()[:2] if len(shift.split()) == 3 else ("", "")
    number = int(count) if count.isdigit() else _SMALL.get(count)
    return None if number is None else number * {"day": 1, "week": 7}.get(unit.removesuffix("s"), 0) or None


def _announced(
    parsed: Parsed, near: Sequence[TimeExpression], found: Sequence[Clause], number: int
) -> TimeExpression | None:
    """The day on which a verb of saying over the clause has the news told."""
    source = next((n for n, c in enumerate(found) if c.governor == number and _names_source(parsed, c)), None)
    if source is not None:
        return _told_on(parsed, near, found[source])
    at, saying = found[number].governor, words("status")["saying"]
    while at is not None and parsed.doc[found[at].head].lemma_.lower() not in saying:
        at = found[at].governor
    return None if at is None else _told_on(parsed, near, found[at])


def _names_source(parsed: Parsed, clause: Clause) -> bool:
    head = parsed.doc[clause.head]
    return head.lower_ == "according" and any(c.lower_ == "to" for c in head.children)


def _told_on(parsed: Parsed, near: Sequence[TimeExpression], saying: Clause) -> TimeExpression | None:
    """The one day in a clause of saying, unless it lies ahead."""
    said = [t for t in near if parsed.tokens(t.span).start in saying.tokens]
    if len({t.value for t in said}) != 1 or not said[0].value or _future(parsed, said[0].value):
        return None
    return None if ".." in said[0].value or said[0].value.startswith("P") else said[0]


def _own_time(
    parsed: Parsed,
    times: tuple[TimeExpression, ...],
    found: Sequence[Clause],
    number: int,
    evidence: Span,
    *,
    until: bool,
) -> TimeExpression | None:
    """The date of a clause, or one that it shares.

    A date of another clause counts only where that clause governs this one, is coordinated with it, or spells it
    out ("hope to be done by Friday"); not where "after", "since" or a relative clause sets the two apart. What
    has happened does not take a day to come from elsewhere. ``until``: a day until which somebody has time dates
    the event (a deadline).
    """
    if until and (day := _until(parsed, times, evidence)) is not None:
        return day
    time = dating.when_of(times, parsed, evidence)
    if time is None or time.value is None or time.value.startswith("P"):
        return None
    if _bound(parsed, time):
        return None
    first = parsed.tokens(time.span).start
    if evidence.holds(time.span):
        return time
    home = next((n for n, c in enumerate(found) if first in c.tokens), None)
    if home is None or (_future(parsed, value_of(time)) and found[number].governor is None):
        return None
    return time if home == number or _joined(parsed, found, number, home) else None


def _until(parsed: Parsed, times: tuple[TimeExpression, ...], evidence: Span) -> TimeExpression | None:
    """The day until which somebody has time: "gave the airline until Friday", "had until noon on May 3"."""
    for time in times:
        first = parsed.tokens(time.span).start
        within = evidence.holds(time.span) or time.span.start - evidence.end in range(8)
        if within and time.value and first and parsed.doc[first - 1].lower_ in ("until", "till", "by"):
            return time
    return None


def value_of(time: TimeExpression | None) -> str | None:
    """The ISO value of an expression; of "since May 2" the day on which it began."""
    if time is None or time.value is None:
        return None
    return time.value.removesuffix("/..")


def of_what_follows(parsed: Parsed, told: EventStatus, time: TimeExpression | None, type: EventType) -> bool:
    """Whether a date is that of what was voted or asked for: "voted to strike on Friday", "asked them to meet on
    Monday" are told of acts that lie behind."""
    return type in _LEADING and told is EventStatus.HAPPENED and _future(parsed, value_of(time))


def over(parsed: Parsed, when: str | None) -> bool:
    """Whether a day lies wholly before the document's."""
    published = parsed.article.published.value
    last = dating.interval(when)[1] if when is not None else None
    return published is not None and last is not None and last < published


def by_date(parsed: Parsed, told: EventStatus, when: str | None, type: EventType) -> EventStatus:
    """What lies wholly after the document has not happened, and a deadline that lies before it has passed."""
    published = parsed.article.published.value
    bounds = dating.interval(when) if when is not None else None
    if published is None or bounds is None:
        return told
    first, last = bounds
    if told in _UNDER_WAY and first is not None and first > published:
        return EventStatus.PLANNED
    if type is EventType.DEADLINE_SET and told is EventStatus.PLANNED and last is not None and last < published:
        return EventStatus.HAPPENED
    return told


def per_day(text: str) -> bool:
    """Whether a text gives a rate ("$9 million a day")."""
    return _PER_DAY.search(text) is not None


def _joined(parsed: Parsed, found: Sequence[Clause], number: int, home: int) -> bool:
    """Whether the clause of a date and that of an event belong together."""
    up = _path(found, number, home)
    if up is not None:
        return not any(_apart(parsed, found[n]) for n in up)
    down = _path(found, home, number)
    if down is None:
        return False
    if len(down) == 1 and _marks(parsed, found[home]) & {"when", "once"}:
        return True
    if len(down) == 1 and parsed.doc[found[home].head].lower_ in (
        "starting",
        "beginning",
        "opening",
        "commencing",
    ):
        return True
    return all(parsed.doc[found[n].head].dep_ in _DOWN and not _finite(parsed, found[n]) for n in down)


def _path(found: Sequence[Clause], low: int, high: int) -> list[int] | None:
    """The clauses from one up to, and without, another that governs it; None when it does not."""
    path, at = list[int](), low
    while at != high:
        path.append(at)
        above = found[at].governor
        if above is None:
            return None
        at = above
    return path


def _apart(parsed: Parsed, clause: Clause) -> bool:
    head = parsed.doc[clause.head]
    return head.dep_ == "relcl" or head.lemma_ in ("follow", "cite") or bool(_marks(parsed, clause) & _APART)


def _marks(parsed: Parsed, clause: Clause) -> set[str]:
    head = parsed.doc[clause.head]
    marks = {c.lower_ for c in head.children if c.dep_ in ("mark", "advmod")}
    return marks | ({head.head.lower_} if head.dep_ == "pcomp" else set())


def _finite(parsed: Parsed, clause: Clause) -> bool:
    head = parsed.doc[clause.head]
    return head.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in head.children)


def _future(parsed: Parsed, when: str | None) -> bool:
    published = parsed.article.published.value
    first = dating.interval(when)[0] if when is not None else None
    return published is not None and first is not None and first > published
