"""Which of the dates near an event is the event's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord import dating
from onrecord.events.clauses import Clause
from onrecord.model import EventStatus, EventType, Span, TimeExpression
from onrecord.text.parse import Parsed

_APART = frozenset({"after", "since", "before", "until", "till", "following", "while", "although", "as", "than"})
_DOWN = frozenset({"xcomp", "acl", "pcomp", "ccomp"})
_PER_DAY = re.compile(r"\b(?:a|per|each|every) (?:day|week|month|year)\b")
_UNDER_WAY = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})


def own_time(
    parsed: Parsed, times: tuple[TimeExpression, ...], found: Sequence[Clause], number: int, evidence: Span
) -> TimeExpression | None:
    """The expression that dates the event of a clause; None when none does.

    A date of another clause counts only where that clause governs this one, is coordinated with it, or spells it
    out ("hope to be done by Friday"); not where "after", "since" or a relative clause sets the two apart. A day
    until which something lasts dates nothing, and what has happened does not take a day to come from elsewhere.
    """
    time = dating.when_of(times, parsed, evidence)
    if time is None or time.value is None or time.value.startswith("P"):
        return None
    first = parsed.tokens(time.span).start
    if first > 0 and parsed.doc[first - 1].lower_ in ("until", "till", "through"):
        return None
    if evidence.holds(time.span):
        return time
    home = next((n for n, c in enumerate(found) if first in c.tokens), None)
    if home is None or (_future(parsed, value_of(time)) and found[number].governor is None):
        return None
    return time if home == number or _joined(parsed, found, number, home) else None


def value_of(time: TimeExpression | None) -> str | None:
    """The ISO value of an expression; of "since May 2" the day on which it began."""
    if time is None or time.value is None:
        return None
    return time.value.removesuffix("/..")


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
