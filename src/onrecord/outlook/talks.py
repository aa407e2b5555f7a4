"""What the record adds to the base rate: the state of the talks, an announced end, a deadline, a deal.

The sizes are data (``data/talks.toml``), bounded, and mostly not measured: no open source says who was bargaining
on which day of past strikes. A shift is therefore an interval that has "no effect" at one end; it multiplies the
odds of the days to come.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np

from onrecord.model import (
    EventStatus,
    EventType,
    Evidence,
    HorizonChance,
    Shift,
    StandingInterval,
    State,
    TimelineEntry,
)
from onrecord.outlook.hazard import Floats
from onrecord.outlook.lengths import AnnouncedEnd

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Talks:
    """What data/talks.toml holds: gaps in days, the bound and reason of each state, the rules."""

    gaps: tuple[int, ...]
    states: dict[State, tuple[float, str]]
    announced: dict[str, float]
    length: dict[str, float]
    deadline: float


@cache
def talks() -> Talks:
    """The figures of data/talks.toml; each says there what it rests on."""
    held = tomllib.loads(files("onrecord.outlook").joinpath("data/talks.toml").read_text("utf-8"))
    return Talks(
        gaps=tuple(sorted(g["days"] for g in held["gap"])),
        states={State(s["state"]): (s["bound"], s["why"]) for s in held["state"]},
        announced=held["announced_end"],
        length=held["announced_length"],
        deadline=held["deadline"]["bound"],
    )


def standing_on(intervals: Sequence[StandingInterval], day: date) -> StandingInterval | None:
    """The interval that holds on a day; None when no document says how the talks stand by then."""
    begun = [i for i in intervals if i.first is not None and i.first <= day]
    return begun[-1] if begun else None


def shifts(
    intervals: Sequence[StandingInterval],
    entries: Sequence[TimelineEntry],
    day: date,
    *,
    told: AnnouncedEnd | None = None,
) -> tuple[Shift, ...]:
    """What the state of the talks and what is announced add to the odds, as of a day.

    A state that is only reported counts for half of one that is established, in log odds. Where the end of the
    stoppage is announced, nothing else counts; an end that an event of the chronology plans outweighs one ``told``
    as a length.
    """
    ending = tuple(_planned_end(entries, day)) or tuple(_told_end(told, day))
    if ending:
        return ending
    standing = standing_on(intervals, day)
    return (*(_of_state(standing) if standing else ()), *_deadlines(entries, day))


def _of_state(standing: StandingInterval) -> Iterator[Shift]:
    told = talks().states.get(standing.state)
    if told is None:
        return
    bound, why = told
    if not standing.established:
        bound, why = math.sqrt(bound), f"{why}, by report alone"
    yield Shift(
        name=standing.state.value,
        factor=math.sqrt(bound),
        low=min(1.0, bound),
        high=max(1.0, bound),
        first=1,
        last=None,
        fades=True,
        why=f"{why}; no data tell by how much that moves the odds",
        evidence=standing.evidence,
    )


def _planned_end(entries: Sequence[TimelineEntry], day: date) -> Iterator[Shift]:
    """The end that has been announced on sufficient authority and is still to come: the latest told."""
    ends = [
        e
        for e in entries
        if e.type is EventType.STRIKE_END
        and e.status is EventStatus.PLANNED
        and e.established
        and e.first is not None
        and e.first == e.last
        and e.first > day
    ]
    if not ends:
        return
    entry = max(ends, key=lambda e: (e.first or day, e.id))
    on = entry.first or day
    why = f"announced to end on {on}; that announced ends are kept is assumed, not measured"
    yield from _ending(on, on, day, rule=talks().announced, why=why, evidence=entry.evidence)


def _told_end(told: AnnouncedEnd | None, day: date) -> Iterator[Shift]:
    """The end that a length gives ("a two-day strike"); once its last day has passed it tells nothing."""
    if told is None or told.last <= day:
        return
    days = f"{told.first}" if told.first == told.last else f"{told.first} or {told.last}"
    why = f"by its announced length it ends on {days}; that lengths are kept is assumed, not measured"
    first = max(told.first, day + timedelta(days=1))
    yield from _ending(first, told.last, day, rule=talks().length, why=why, evidence=told.evidence)


def _ending(
    first: date, last: date, day: date, *, rule: dict[str, float], why: str, evidence: tuple[Evidence, ...]
) -> Iterator[Shift]:
    """The odds before the days of an announced end, and on them: over all of them together the rule's chance."""
    ahead, until = (first - day).days, (last - day).days
    if ahead > 1:
        yield Shift(
            name="before the announced end",
            factor=rule["before"],
            low=rule["before"] ** 2,
            high=1.0,
            first=1,
            last=ahead - 1,
            fades=False,
            why=why,
            evidence=evidence,
        )
    # The odds of a day are some 1 in 20 by the base rate; these factors bring them near the rule's chances.
    daily = (1.0 - (1.0 - rule[name]) ** (1.0 / (until - ahead + 1)) for name in ("chance", "low", "high"))
    factor, low, high = (20.0 * c / (1.0 - c) for c in daily)
    yield Shift(
        name="announced end",
        factor=factor,
        low=low,
        high=high,
        first=ahead,
        last=until,
        fades=False,
        why=why,
        evidence=evidence,
    )


def _deadlines(entries: Sequence[TimelineEntry], day: date) -> Iterator[Shift]:
    """Deadlines to come, at most one a day."""
    seen: set[int] = set()
    for entry in entries:
        if entry.type is not EventType.DEADLINE_SET or entry.status is EventStatus.DENIED or not entry.established:
            continue
        if entry.last is None or entry.first != entry.last or entry.last <= day:
            continue
        ahead = (entry.last - day).days
        if ahead in seen:
            continue
        seen.add(ahead)
        bound = talks().deadline
        yield Shift(
            name="deadline",
            factor=math.sqrt(bound),
            low=1.0,
            high=bound,
            first=max(ahead - 1, 1),
            last=ahead,
            fades=False,
            why=f"a deadline on {entry.last}; no data tell what a deadline does to a stoppage that is on",
            evidence=entry.evidence,
        )


def offsets(found: Sequence[Shift], days: int) -> tuple[Floats, Floats, Floats]:
    """What shifts add to the log odds (natural) of the next days: point, low and high, each ``(days,)``."""
    point, low, high = (np.zeros(days) for _ in range(3))
    ahead = np.arange(1, days + 1)
    for s in found:
        inside = (ahead >= s.first) & (ahead <= (days if s.last is None else s.last))
        weight = np.where(inside, 0.5 ** ((ahead - s.first) // _WEEK) if s.fades else 1.0, 0.0)
        for total, value in ((point, s.factor), (low, s.low), (high, s.high)):
            total += weight * math.log(value)
    return point, low, high


def after_a_deal(waited: int, horizons: Sequence[int]) -> tuple[tuple[HorizonChance, ...], int]:
    """The chance that a stoppage ends once its negotiators have agreed and ``waited`` days have passed, from the
    gaps of past strikes alone, and how many of them had still not ended by then. Half a case is added to each side
    (Jeffreys); the interval is Wilson's (1927), all of 0 to 1 where no case is left."""
    left = [g - waited for g in talks().gaps if g > waited]
    return tuple(_share(sum(g <= h for g in left), len(left), h) for h in horizons), len(left)


def _share(ended: int, cases: int, days: int) -> HorizonChance:
    chance = (ended + 0.5) / (cases + 1)
    if not cases:
        return HorizonChance(days=days, chance=chance, low=0.0, high=1.0)
    z = 1.96
    middle = (ended / cases + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z / (1 + z * z / cases) * math.sqrt(ended * (cases - ended) / cases**3 + z * z / (4 * cases**2))
    return HorizonChance(days=days, chance=chance, low=max(middle - half, 0.0), high=min(middle + half, 1.0))
