"""A dispute in one picture: the phases of the talks as bands over a time line, its turns numbered and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.export import words
from onrecord.export.pictures.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    PALE,
    PAPER,
    PURPLE,
    SKY,
    VERMILLION,
    YELLOW,
    Canvas,
    Frame,
    day_axis,
)
from onrecord.model import OnrecordError, StandingInterval, State
from onrecord.record.status import CitedEntry, Status

_WIDTH, _MARGIN = 1000.0, 40.0
_BAND, _LANE, _LINE = 34.0, 18.0, 19.0
_LETTER = 6.4  # mean width of a letter of the small type, in units
_COLUMNS = 2
_COLOURS: dict[State, str] = {
    State.PRE_STRIKE: PALE,
    State.NO_TALKS: GREY,
    State.STANDSTILL: VERMILLION,
    State.TALKS_SCHEDULED: YELLOW,
    State.IN_TALKS: SKY,
    State.TENTATIVE_AGREEMENT: GREEN,
    State.STRIKE_ENDED: PURPLE,
    State.RATIFIED: BLUE,
}
_WHITE_ON = frozenset({GREY, BLUE})
Row = tuple[str, list[StandingInterval]]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        """The left edge of a day."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return _MARGIN + share * (_WIDTH - 2 * _MARGIN)


def phases(s: Status, entries: Sequence[CitedEntry]) -> str:
    """The picture as SVG: a row of phases for each pair of parties, and the entries that have a day.

    A phase carries its letter, and its name where there is room; what is only reported is hatched, an entry's
    number is white on black where it is established, so that a print in grey says the same. Raises OnrecordError
    when nothing has a day.
    """
    listed = [e for e in entries if _first(e) is not None]
    rows = _rows(s)
    scale = _scale(s, rows, listed)
    canvas = Canvas(width=_WIDTH, height=0, title=s.dispute.name, about=_about(s, rows))
    canvas.text(_MARGIN, 36, s.dispute.name, size=20, bold=True, room=_WIDTH - 2 * _MARGIN)
    y = _bands(canvas, rows, scale, 62)
    day_axis(canvas, Frame(_MARGIN, 50, _WIDTH - _MARGIN, y), scale.first, scale.last)
    y = _marks(canvas, listed, scale, y + 40)
    y = _legend(canvas, rows, y + 18)
    y = _list(canvas, listed, y + 14)
    canvas.text(
        _MARGIN, y + 8, f"{_read(s)} Hatched, or \u201c(reported)\u201d: not established.", size=11, colour=GREY
    )
    canvas.height = y + 26
    return canvas.svg()


def _read(s: Status) -> str:
    when = f"As of {words.day(s.as_of)}. " if s.as_of else ""
    return f"{when}{words.count(len(s.documents), 'document')}, {words.count(s.outlets, 'outlet')}."


def _about(s: Status, rows: Sequence[Row]) -> str:
    """The phases in words, for a screen reader."""
    told = [f"{name + ': ' if name else ''}{_said(i)}" for name, row in rows for i in row]
    return f"{_read(s)} {'; '.join(told)}."


def _said(i: StandingInterval) -> str:
    how = "established" if i.established else "reported"
    return f"{words.STATES[i.state]}, {how}, {words.window(i.first, i.last)}"


def _rows(s: Status) -> list[Row]:
    """The dated phases, a row for each pair of parties."""
    rows: dict[tuple[str, ...], list[StandingInterval]] = {}
    for c in (*s.states, *s.apart):
        if c.interval.first is not None:
            rows.setdefault(c.interval.parties, []).append(c.interval)
    return [(" and ".join(parties), found) for parties, found in rows.items()]


def _scale(s: Status, rows: Sequence[Row], entries: Sequence[CitedEntry]) -> _Scale:
    days = [d for _, row in rows for i in row for d in (i.first, i.last) if d is not None]
    days += [d for e in entries for d in _days(e)]
    days += [s.as_of] if s.as_of and days else []
    if not days:
        raise OnrecordError("nothing in this chronology has a day to draw; see: onrecord timeline --all")
    return _Scale(min(days), max(days))


def _first(e: CitedEntry) -> date | None:
    return e.entry.days[0] if e.entry.days is not None else e.entry.first or e.entry.last


def _days(e: CitedEntry) -> tuple[date, date]:
    first = _first(e)
    if first is None:
        raise ValueError("an entry without a day is not drawn")
    last = e.entry.days[1] if e.entry.days is not None else e.entry.last
    return first, last or first


def _bands(canvas: Canvas, rows: Sequence[Row], scale: _Scale, y: float) -> float:
    for name, row in rows:
        if name:
            canvas.text(_MARGIN, y + 10, name, size=12, room=_WIDTH - 2 * _MARGIN)
            y += 16
        for i in row:
            _phase(canvas, i, scale, y)
        y += _BAND + 8
    return y


def _phase(canvas: Canvas, i: StandingInterval, scale: _Scale, y: float) -> None:
    if i.first is None:
        return
    colour = _COLOURS[i.state]
    left, right = scale.x(i.first), scale.x((i.last or scale.last) + timedelta(days=1))
    hatch = "solid" if i.established else "rising"
    canvas.bar(left, y, max(1.5, right - left), _BAND, colour=colour, hatch=hatch, about=_said(i))
    name = f"{_letter(i.state)} {_name(i.state)}"
    if right - left <= len(name) * _LETTER + 14:
        name = _letter(i.state)
    wide = len(name) * _LETTER + 6
    if right - left < wide - 2:
        return
    middle = left + 5 + wide / 2 if right - left > wide + 10 else (left + right) / 2
    if not i.established:
        canvas.bar(middle - wide / 2, y + 8, wide, 18, colour=PAPER)
    ink = PAPER if i.established and colour in _WHITE_ON else BLACK
    canvas.text(middle, y + 21, name, size=11, anchor="middle", colour=ink)


def _letter(state: State) -> str:
    return "ABCDEFGH"[list(State).index(state)]


def _name(state: State) -> str:
    return words.STATES[state].split(",")[0]


def _marks(canvas: Canvas, entries: Sequence[CitedEntry], scale: _Scale, y: float) -> float:
    """The numbers of the entries under their days, in as many lanes as it takes."""
    ends: list[float] = []
    for n, e in enumerate(entries, 1):
        first, last = _days(e)
        x = (scale.x(first) + scale.x(last + timedelta(days=1))) / 2
        half = 5 + 3.4 * len(str(n))
        lane = next((k for k, end in enumerate(ends) if x - half > end + 1), len(ends))
        ends[lane : lane + 1] = [x + half]
        top = y + lane * _LANE
        hatch, ink = ("solid", PAPER) if e.entry.established else ("empty", BLACK)
        canvas.bar(x - half, top, 2 * half, 15, colour=BLACK, hatch=hatch, about=_line(e))
        canvas.text(x, top + 11, str(n), size=10, anchor="middle", colour=ink)
    return y + max(1, len(ends)) * _LANE


def _legend(canvas: Canvas, rows: Sequence[Row], y: float) -> float:
    shown = [s for s in State if any(i.state is s for _, row in rows for i in row)]
    for n, state in enumerate(shown):
        x, at = _MARGIN + (n % 4) * (_WIDTH - 2 * _MARGIN) / 4, y + n // 4 * 18
        canvas.bar(x, at - 10, 12, 12, colour=_COLOURS[state])
        canvas.text(x + 18, at, f"{_letter(state)} {_name(state)}", size=11)
    return y + max(1, -(-len(shown) // 4)) * 18


def _list(canvas: Canvas, entries: Sequence[CitedEntry], y: float) -> float:
    """The entries in two columns, read downwards."""
    each = max(1, -(-len(entries) // _COLUMNS))
    width = (_WIDTH - 2 * _MARGIN) / _COLUMNS
    for n, e in enumerate(entries):
        column, row = divmod(n, each)
        x, at = _MARGIN + column * width, y + row * _LINE
        canvas.text(x + 18, at, str(n + 1), size=12, bold=True, anchor="end")
        canvas.text(x + 26, at, _line(e), size=12, room=width - 36)
    return y + each * _LINE


def _line(e: CitedEntry) -> str:
    first, last = _days(e)
    when = f"{first.day} {first:%b}" if first == last else f"{first.day} {first:%b} to {last.day} {last:%b}"
    what = words.event(e.entry.type, e.entry.status, lockout=e.entry.lockout)
    who = f": {', '.join(e.entry.participants[:2])}" if e.entry.participants else ""
    return f"{when}  {what}{'' if e.entry.established else ' (reported)'}{who}"
