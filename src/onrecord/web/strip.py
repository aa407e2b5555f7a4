"""The phases of the talks as a strip, in per cent of its width; drawn by the template as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.export import words
from onrecord.model import StandingInterval, State
from onrecord.record.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch with one state: ``left`` and ``width`` in per cent."""

    state: State
    label: str
    left: float
    width: float
    established: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    first: date
    last: date
    phases: tuple[Phase, ...]
    ticks: tuple[tuple[float, str], ...]
    states: tuple[tuple[State, str], ...]


def of(s: Status, *, first: date | None = None, last: date | None = None) -> Strip | None:
    """The dated phases between two days, or from the first to the day of the report; None when there are none."""
    dated = [c.interval for c in s.states if c.interval.first is not None]
    if not dated or s.as_of is None:
        return None
    start = first or min(i.first for i in dated if i.first)
    end = max(last or s.as_of, start)
    days = (end - start).days + 1
    found = [p for i in dated if (p := _phase(i, start, end, days)) is not None]
    return Strip(
        first=start,
        last=end,
        phases=tuple(found),
        ticks=_ticks(start, days),
        states=tuple((state, words.STATES[state]) for state in State if any(p.state is state for p in found)),
    )


def _phase(i: StandingInterval, start: date, end: date, days: int) -> Phase | None:
    first, last = max(i.first or start, start), min(i.last or end, end)
    if last < first:
        return None
    name = words.STATES[i.state]
    how = "established" if i.established else "reported"
    return Phase(
        state=i.state,
        label=f"{name}, {how}: {words.window(first, last)}",
        left=round(100 * (first - start).days / days, 3),
        width=round(100 * ((last - first).days + 1) / days, 3),
        established=i.established,
    )


def _ticks(start: date, days: int) -> tuple[tuple[float, str], ...]:
    """A mark at the first of each month; of each third month on a long strip; at each week on a short one."""
    found = []
    every = 1 if days < 400 else 3
    for n in range(days):
        day = start + timedelta(days=n)
        if days < 45:
            if day.weekday() == 0 or n == 0:
                found.append((round(100 * n / days, 3), f"{day.day} {day:%b}"))
        elif day.day == 1 and (day.month - 1) % every == 0:
            found.append((round(100 * n / days, 3), f"{day:%b}" if day.month > 1 else f"{day:%b %Y}"))
    return tuple(found)
