"""The outlook of a dispute over its days: chance with interval, above the phases of the talks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.export.pictures.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    VERMILLION,
    YELLOW,
    Canvas,
    Frame,
    day_axis,
    value_axis,
)
from onrecord.model import Forecast, HorizonChance, StandingInterval, State

PHASES: dict[State, tuple[str, str, str]] = {
    State.PRE_STRIKE: ("before a strike", GREY, "dots"),
    State.NO_TALKS: ("no talks", VERMILLION, "falling"),
    State.STANDSTILL: ("standstill", ORANGE, "level"),
    State.TALKS_SCHEDULED: ("talks scheduled", YELLOW, "upright"),
    State.IN_TALKS: ("in talks", SKY, "rising"),
    State.TENTATIVE_AGREEMENT: ("tentative agreement", GREEN, "cross"),
    State.STRIKE_ENDED: ("strike ended", BLUE, "dots"),
    State.RATIFIED: ("ratified", PURPLE, "solid"),
}
"""The name, the colour and the hatch of each state of the talks, for all pictures."""

_WIDTH, _PANEL, _STRIP = 820.0, 240.0, 26.0
_MARGIN = timedelta(days=4)
_MOST_MARKS = 30  # more days than this are drawn as a line alone


def outlook_picture(
    forecasts: Sequence[Forecast],
    states: Sequence[StandingInterval],
    *,
    name: str,
    horizons: Sequence[int] = (7, 30),
) -> str:
    """SVG of the chance that the stoppage ends within each of ``horizons`` days, as it was forecast on each day,
    with its interval; the base rate alone dotted; below, the phases of the talks. Of several forecasts for a day
    the last counts."""
    by_day = {f.as_of: f for f in forecasts}
    days = sorted(by_day)
    spans = [i for i in states if i.first is not None]
    canvas = Canvas(_WIDTH, 425, f"Outlook: {name}", _about(by_day, horizons))
    frame = Frame(64, 74, _WIDTH - 120, 74 + _PANEL)
    canvas.text(16, 26, f"How likely the stoppage ends: {name}", size=15, bold=True, room=_WIDTH - 32)
    if not days:
        canvas.text(frame.left, 120, "No forecast has been made: there is no strike day.", size=13)
        return canvas.svg()
    first, last = days[0] - _MARGIN, days[-1] + _MARGIN
    top = _ceiling([c.high for f in by_day.values() for c in f.chances if c.days in horizons])
    across, up = frame.days(first, last), frame.y(0, top)
    ticks = [(top * n / 4, f"{100 * top * n / 4:g} %") for n in range(5)]
    value_axis(canvas, frame, ticks, up, name="chance, with 95 % interval")
    looks = ((BLUE, "circle", ""), (VERMILLION, "square", "7 3"), (BLACK, "up", "2 2"))
    for n, (days_ahead, (colour, shape, dash)) in enumerate(zip(horizons, looks, strict=False)):
        rows = [(d, c) for d in days for c in by_day[d].chances if c.days == days_ahead]
        if not rows:
            continue
        for stretch in _unbroken(rows):
            upper = [(across(d), up(min(c.high, top))) for d, c in stretch]
            lower = [(across(d), up(c.low)) for d, c in reversed(stretch)]
            canvas.area([*upper, *lower], colour=colour, opacity=0.18)
            canvas.path([(across(d), up(c.chance)) for d, c in stretch], colour=colour, width=2, dash=dash)
        for d, c in rows if len(rows) <= _MOST_MARKS else rows[-1:]:
            about = f"{d}: within {days_ahead} days {c.chance:.1%} ({c.low:.1%} to {c.high:.1%})"
            canvas.line(across(d), up(c.low), across(d), up(min(c.high, top)), colour=colour)
            canvas.mark(across(d), up(c.chance), shape=shape, colour=colour, size=3.5, about=about)
        base = [(across(d), up(c.chance)) for d in days for c in by_day[d].base if c.days == days_ahead]
        if len(base) == 1:
            base = [(base[0][0] - 12, base[0][1]), (base[0][0] + 12, base[0][1])]
        canvas.path(base, colour=colour, width=1, dash="1 3")
        height = frame.top + 14 + 34 * n
        canvas.path([(frame.right + 12, height), (frame.right + 36, height)], colour=colour, width=2, dash=dash)
        canvas.mark(frame.right + 24, height, shape=shape, colour=colour, size=3.5)
        canvas.text(frame.right + 12, height + 16, f"within {days_ahead} days", size=11)
    canvas.path([(frame.right + 12, frame.top + 84), (frame.right + 36, frame.top + 84)], dash="1 3", width=1)
    canvas.text(frame.right + 12, frame.top + 100, "base rate alone", size=11)
    strip = Frame(frame.left, frame.bottom + 8, frame.right, frame.bottom + 8 + _STRIP)
    _phases(canvas, strip, spans, first, last)
    day_axis(canvas, Frame(frame.left, frame.top, frame.right, strip.bottom + 2), first, last)
    return canvas.svg()


def _unbroken(rows: Sequence[tuple[date, HorizonChance]]) -> list[list[tuple[date, HorizonChance]]]:
    """Runs of days without a gap of more than a month, over which no line is drawn."""
    out: list[list[tuple[date, HorizonChance]]] = []
    for row in rows:
        if out and (row[0] - out[-1][-1][0]).days <= 31:
            out[-1].append(row)
        else:
            out.append([row])
    return out


def _phases(canvas: Canvas, strip: Frame, spans: Sequence[StandingInterval], first: date, last: date) -> None:
    across = strip.days(first, last)
    canvas.bar(
        strip.left, strip.top, strip.right - strip.left, strip.bottom - strip.top, colour=PALE, hatch="empty"
    )
    shown: list[State] = []
    for n, i in enumerate(spans):
        following = spans[n + 1].first if n + 1 < len(spans) else None
        end = following or i.last or last
        if i.first is None or i.first > last or end < first or following == first:
            continue
        left = across(max(i.first, first))
        right = min(max(across(max(min(end, last), first)), left + 2), strip.right)
        label, colour, hatch = PHASES[i.state]
        about = f"{label} from {i.first}"
        canvas.bar(
            left, strip.top, right - left, strip.bottom - strip.top, colour=colour, hatch=hatch, about=about
        )
        if i.state not in shown:
            shown.append(i.state)
    at, below = strip.left, strip.bottom + 44
    for state in shown:
        label, colour, hatch = PHASES[state]
        width = 34 + 6.4 * len(label)
        if at + width > _WIDTH - 10:
            at, below = strip.left, below + 18
        canvas.bar(at, below, 16, 11, colour=colour, hatch=hatch)
        canvas.text(at + 20, below + 9, label, size=11)
        at += width


def _ceiling(values: Sequence[float]) -> float:
    most = max(values, default=1.0)
    return next(c for c in (0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if most <= c or c == 1.0)


def _about(by_day: dict[date, Forecast], horizons: Sequence[int]) -> str:
    if not by_day:
        return "No forecast."
    last = by_day[max(by_day)]
    told = [f"within {c.days} days {c.chance:.1%}" for c in last.chances if c.days in horizons]
    return f"{len(by_day)} days. As of {last.as_of}: {', '.join(told)}."
