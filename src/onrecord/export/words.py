"""How values of the record are said to people: one wording each, used by all commands."""

from __future__ import annotations

import re
from datetime import date

from onrecord.model import (
    Authority,
    EventStatus,
    EventType,
    HorizonChance,
    Precision,
    State,
    StrikeClock,
)

# Control characters and marks that turn the direction of text: in a title they could drive the terminal.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """A text that can be printed: what could drive a terminal is replaced, character for character."""
    return _UNSAFE.sub("\ufffd", text)


STATES: dict[State, str] = {
    State.PRE_STRIKE: "Before a strike",
    State.NO_TALKS: "No talks",
    State.STANDSTILL: "Standstill",
    State.TALKS_SCHEDULED: "Talks are scheduled",
    State.IN_TALKS: "In talks",
    State.TENTATIVE_AGREEMENT: "Tentative agreement",
    State.STRIKE_ENDED: "Strike ended, ratification pending",
    State.RATIFIED: "Agreement ratified",
}

AUTHORITIES: dict[Authority, str] = {
    Authority.JOINT: "a joint statement",
    Authority.PARTY: "a party's own statement",
    Authority.NAMED: "a named person",
    Authority.UNNAMED: "unnamed sources",
    Authority.OUTLET: "another outlet",
    Authority.AUTHOR: "the document's own account",
}

_EVENTS: dict[EventType, str] = {
    EventType.STRIKE_AUTHORIZED: "strike authorised",
    EventType.DEADLINE_SET: "deadline",
    EventType.STRIKE_START: "strike begins",
    EventType.STRIKE_END: "strike ends",
    EventType.MEETING_REQUESTED: "meeting asked for",
    EventType.TALKS_SCHEDULED: "talks scheduled",
    EventType.TALKS_RESUMED: "talks resume",
    EventType.MEETING_HELD: "meeting",
    EventType.STANDSTILL: "standstill",
    EventType.TALKS_BROKEN_OFF: "talks broken off",
    EventType.PROPOSAL_MADE: "proposal",
    EventType.COUNTERPROPOSAL_MADE: "counterproposal",
    EventType.PROPOSAL_REJECTED: "proposal rejected",
    EventType.JOINT_STATEMENT: "joint statement",
    EventType.MEDIA_BLACKOUT: "media blackout",
    EventType.LEAK_REPORTED: "leak",
    EventType.DIVISION_REPORTED: "division",
    EventType.THIRD_PARTY_INTERVENTION: "third party steps in",
    EventType.PICKET_OR_RALLY: "picket or rally",
    EventType.SOLIDARITY_ACTION: "solidarity action",
    EventType.ECONOMIC_EFFECT: "economic effect",
    EventType.SANCTION_OR_LEGAL: "sanction or legal step",
    EventType.TENTATIVE_AGREEMENT: "tentative agreement",
    EventType.RATIFICATION_VOTE: "ratification vote",
    EventType.RATIFIED: "ratified",
    EventType.REJECTED_BY_MEMBERS: "rejected by members",
}


def day(value: date | None) -> str:
    """ "Wed 13 Sep 2023"."""
    return "no known date" if value is None else f"{value:%a} {value.day} {value:%b %Y}"


def dated(value: date | None, precision: str | None) -> str:
    """A date to its precision: a day, "Sep 2023", "2023"."""
    if value is None:
        return "undated"
    if precision == Precision.MONTH:
        return f"{value:%b %Y}"
    return f"{value:%Y}" if precision == Precision.YEAR else day(value)


def window(first: date | None, last: date | None) -> str:
    """The day, or the days between which something lies."""
    if first is None and last is None:
        return "undated"
    if first == last:
        return day(first)
    if first is None or last is None:
        return f"from {day(first)}" if last is None else f"by {day(last)}"
    return f"{day(first)} to {day(last)}"


def event(kind: EventType, status: EventStatus, *, lockout: bool = False) -> str:
    """ "talks scheduled"; what has not simply happened is marked: "meeting (planned)"."""
    name = _EVENTS[kind].replace("strike", "lockout") if lockout else _EVENTS[kind]
    return name if status is EventStatus.HAPPENED else f"{name} ({status.value})"


def between(low: float, high: float) -> str:
    """ "140", or "134 to 140"."""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def days(n: int) -> str:
    """ "1 day", "141 days"."""
    return f"{n} day" if n == 1 else f"{n} days"


def count(n: int, what: str) -> str:
    """ "1 document", "1,200 documents"."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def ordinal(n: int) -> str:
    """ "21st"."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def percent(value: float) -> str:
    """A chance in per cent: one figure after the point below ten."""
    return f"{100 * value:.1f}" if value < 0.0995 else f"{100 * value:.0f}"


def chance(c: HorizonChance) -> str:
    """ "within 7 days 6.0 % (5.1-7.2)"."""
    return f"within {days(c.days)} {percent(c.chance)} % ({percent(c.low)}-{percent(c.high)})"


def source(name: str | None, authority: Authority | None) -> str:
    """Who speaks, in a word."""
    if name is not None:
        return name
    return "the document's author" if authority is Authority.AUTHOR else "source not resolved"


def strike_clock(clock: StrikeClock, on: date, *, lockout: bool = False) -> str:
    """How long the stoppage has lasted on a day; inclusive and exclusive counts apart."""
    low, high = clock.elapsed(on)
    if low < 0:
        return f"Begins {window(clock.earliest, clock.latest)}."
    weeks = sorted(set(clock.week_number(on)))
    week = " or ".join(ordinal(w) for w in weeks)
    what = "lockout" if lockout else "strike"
    return (
        f"On {day(on)}: day {between(*clock.day_number(on))} of the {what} counting its first day "
        f"({between(low, high)} elapsed), in its {week} week. Began {window(clock.earliest, clock.latest)}."
    )
