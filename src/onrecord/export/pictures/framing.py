"""Who credits and who blames whom: counts by side and matter, split by who says so."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.export.pictures.drawing import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PALE,
    SKY,
    VERMILLION,
    Canvas,
    Frame,
)
from onrecord.model import Side
from onrecord.record.told import FramingCount

_TELLERS = (
    ("own_side", "its own side", BLUE, "solid"),
    ("other_side", "the other side", VERMILLION, "rising"),
    ("unnamed", "unnamed sources", ORANGE, "dots"),
    ("own_voice", "the outlet itself", GREY, "level"),
    ("others", "others", SKY, "falling"),
)
_WIDTH, _ROW = 820.0, 26.0


def framing_picture(counts: Sequence[FramingCount], *, name: str) -> str:
    """SVG: one row a side and matter, credit to the right, blame to the left, split by whose word it is."""
    rows = sorted({(c.side, c.about) for c in counts})
    height = 150 + (_ROW * len(rows) if rows else 40) + 24 * len({side for side, _ in rows})
    canvas = Canvas(_WIDTH, height, f"Credit and blame: {name}", _about(counts))
    canvas.text(
        16, 26, f"Who is credited and who is blamed, and by whom: {name}", size=15, bold=True, room=_WIDTH - 32
    )
    if not rows:
        canvas.text(64, 100, "No credit and no blame was found.", size=13)
        return canvas.svg()
    at = 16.0
    for _, label, colour, hatch in _TELLERS:
        canvas.bar(at, 42, 16, 11, colour=colour, hatch=hatch)
        canvas.text(at + 21, 51, f"by {label}", size=11)
        at += 52 + 6.3 * len(label)
    most = max(c.all for c in counts)
    frame = Frame(150, 92, _WIDTH - 30, height - 30)
    across = frame.x(-1.08 * most, 1.08 * most)
    canvas.text(across(0) - 10, 80, "blamed for", size=12, anchor="end", bold=True)
    canvas.text(across(0) + 10, 80, "credited with", size=12, bold=True)
    y = frame.top
    for side in (Side.WORKERS, Side.EMPLOYERS):
        of_side = [about for s, about in rows if s is side]
        if not of_side:
            continue
        canvas.text(16, y + 14, side.value, size=12, bold=True)
        y += 24
        for about in of_side:
            canvas.text(frame.left - 10, y + 13, about.value, size=12, anchor="end")
            canvas.line(frame.left, y + _ROW - 4, frame.right, y + _ROW - 4, colour=PALE)
            for c in counts:
                if (c.side, c.about) == (side, about):
                    _row(canvas, c, y, across(0), across(1) - across(0))
            y += _ROW
    canvas.line(across(0), frame.top, across(0), y, colour=BLACK, width=1.2)
    return canvas.svg()


def _row(canvas: Canvas, c: FramingCount, y: float, zero: float, unit: float) -> None:
    done = 0.0
    for field, label, colour, hatch in _TELLERS:
        n = getattr(c, field)
        if not n:
            continue
        left = zero + done if c.tone > 0 else zero - done - n * unit
        what = "credited" if c.tone > 0 else "blamed"
        canvas.bar(left, y, n * unit, _ROW - 9, colour=colour, hatch=hatch, about=f"{what} {n} times by {label}")
        done += n * unit
    x = zero + done + 5 if c.tone > 0 else zero - done - 5
    canvas.text(x, y + 13, str(c.all), size=11, anchor="start" if c.tone > 0 else "end")


def _about(counts: Sequence[FramingCount]) -> str:
    told = [
        f"{c.side.value} {'credited with' if c.tone > 0 else 'blamed for'} {c.about.value} {c.all}" for c in counts
    ]
    return "; ".join(told) or "Nothing found."
