"""How far claims run ahead of the record: by day, and by outlet, speaker or side."""

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
    VERMILLION,
    Canvas,
    Frame,
    day_axis,
    value_axis,
)
from onrecord.record.status import CitedAhead
from onrecord.record.told import GROUPS, AheadGroup, ahead_groups

_LOOKS = (
    (BLUE, "circle"),
    (VERMILLION, "square"),
    (GREEN, "up"),
    (ORANGE, "diamond"),
    (PURPLE, "down"),
)
_WIDTH, _ROW = 820.0, 20.0
_MOST_ROWS = 16


def ahead_picture(rows: Sequence[CitedAhead], *, by: str, name: str) -> str:
    """SVG of overreach in bits: above, each claim that has a figure at its day with its interval (a hollow mark is
    a headline, a cross one that did not come true); below, the median of each group."""
    with_figure = [r for r in rows if r.overreach.bits is not None and r.day is not None]
    groups = [g for g in ahead_groups(rows, by) if g.figures][:_MOST_ROWS]
    height = 330 + (60 + _ROW * len(groups) if groups and by != "day" else 0)
    canvas = Canvas(_WIDTH, height, f"Ahead of the record: {name}", _about(with_figure, len(rows)))
    canvas.text(16, 26, f"How far claims run ahead of the record: {name}", size=15, bold=True, room=_WIDTH - 32)
    frame = Frame(64, 74, _WIDTH - 190, 270)
    if not with_figure:
        canvas.text(frame.left, 120, f"None of {len(rows)} claims has a figure.", size=13)
        return canvas.svg()
    key = GROUPS["outlet" if by == "day" else by]
    looks = _looks([key(r) for r in with_figure])
    _by_day(canvas, frame, with_figure, {r.reference: looks.get(key(r), (GREY, "circle")) for r in with_figure})
    others = {key(r) for r in with_figure} - set(looks)
    drawn = (*looks.items(), *((("others", (GREY, "circle")),) if others else ()))
    for n, (label, (colour, shape)) in enumerate(drawn):
        canvas.mark(frame.right + 18, frame.top + 8 + 19 * n, shape=shape, colour=colour)
        canvas.text(frame.right + 30, frame.top + 12 + 19 * n, label, size=11, room=150)
    below = frame.top + 14 + 19 * len(drawn)
    if any(r.in_title for r in with_figure):
        canvas.mark(frame.right + 18, below, shape="circle", colour=BLACK, filled=False)
        canvas.text(frame.right + 30, below + 4, "hollow: a headline", size=11)
        below += 20
    if any(r.overreach.came is False for r in with_figure):
        canvas.text(frame.right + 14, below + 4, "×  did not come true", size=11)
    if groups and by != "day":
        _by_group(canvas, Frame(200, 356, _WIDTH - 190, 356 + _ROW * len(groups)), groups, by)
    return canvas.svg()


def _looks(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """A colour and a shape for the names met most; the rest share one."""
    ranked = sorted(set(names), key=lambda n: (-names.count(n), n))
    return dict(zip(ranked, _LOOKS, strict=False))


def _by_day(canvas: Canvas, frame: Frame, rows: Sequence[CitedAhead], looks: dict[str, tuple[str, str]]) -> None:
    days = [r.day for r in rows if r.day is not None]
    first, last = min(days) - timedelta(days=1), max(days) + timedelta(days=1)
    low = min(0.0, *(r.overreach.low or 0.0 for r in rows))
    high = max(1.0, *(r.overreach.high or 0.0 for r in rows))
    step = 2 if high - low <= 14 else 4
    ticks = [
        (float(v), f"{v:+d}" if v else "0")
        for v in range(int(low // step) * step, int(high + step) // step * step + 1, step)
    ]
    across, up = frame.days(first, last), frame.y(ticks[0][0], ticks[-1][0])
    value_axis(canvas, frame, ticks, up, name="bits ahead of the base rate (0: no farther than it)")
    canvas.line(frame.left, up(0), frame.right, up(0), colour=BLACK, width=1.2)
    seen: dict[date, int] = {}
    for r in rows:
        o = r.overreach
        if r.day is None or o.bits is None or o.low is None or o.high is None:
            continue
        seen[r.day] = seen.get(r.day, 0) + 1
        x = across(r.day) + _aside(seen[r.day])
        colour, shape = looks[r.reference]
        about = f"{r.day}, {r.outlet or 'outlet not known'}: {o.bits:+.1f} bits ({o.low:.1f} to {o.high:.1f})"
        canvas.line(x, up(o.low), x, up(o.high), colour=colour, width=1.2)
        canvas.mark(x, up(o.bits), shape=shape, colour=colour, size=4.5, filled=not r.in_title, about=about)
        if o.came is False:
            canvas.text(x + 6, up(o.bits) + 4, "×", size=11)
    day_axis(canvas, frame, first, last)


def _aside(n: int) -> float:
    """Claims of one day stand beside each other, to the right and the left in turn."""
    return (n // 2) * 12.0 * (1 if n % 2 else -1)


def _by_group(canvas: Canvas, frame: Frame, groups: Sequence[AheadGroup], by: str) -> None:
    low = min(0.0, *(g.low or 0.0 for g in groups))
    high = max(1.0, *(g.high or 0.0 for g in groups))
    across = frame.x(low, high)
    canvas.text(16, frame.top - 16, f"By {by}: median, least and greatest", size=12, bold=True)
    for n, g in enumerate(groups):
        y = frame.top + _ROW * n + _ROW / 2
        if g.bits is None or g.low is None or g.high is None:
            continue
        canvas.line(frame.left, y, frame.right, y, colour=PALE)
        canvas.text(frame.left - 8, y + 4, g.name, size=11, anchor="end", room=180)
        canvas.line(across(g.low), y, across(g.high), y, colour=BLUE, width=2)
        canvas.mark(across(g.bits), y, shape="diamond", colour=BLUE, size=4.5)
        came = f", {g.came} of {g.known} came true" if g.known else ""
        told = f"{g.bits:+.1f}, {g.figures} claim{'' if g.figures == 1 else 's'}{came}"
        canvas.text(frame.right + 12, y + 4, told, size=11)
    canvas.line(across(0), frame.top, across(0), frame.bottom, colour=BLACK, width=1.2)
    canvas.text(across(0), frame.bottom + 14, "0", size=11, anchor="middle")


def _about(rows: Sequence[CitedAhead], all_of_them: int) -> str:
    if not rows:
        return f"{all_of_them} claims, none with a figure."
    farthest = max(rows, key=lambda r: r.overreach.bits or 0.0)
    return (
        f"{len(rows)} of {all_of_them} claims have a figure; the farthest ahead is {farthest.overreach.bits:+.1f} "
        f"bits, on {farthest.day}."
    )
