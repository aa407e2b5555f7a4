"""The helpers all pictures share: colours, hatches, axes, and SVG as text.

Colours are those of Okabe and Ito (2008, Color Universal Design), which people with any common colour blindness
tell apart. No picture may rest on colour alone: each kind also has a hatch or a shape, and a label, so that a
picture still reads in black and white print. Lengths are in SVG user units; y grows downwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from onrecord.model import OnrecordError

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY, PALE, PAPER = "#5A5A5A", "#D8D8D8", "#FFFFFF"

HATCHES = ("solid", "rising", "falling", "dots", "level", "cross", "upright", "empty")
FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"
_STROKES = {
    "rising": "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6",
    "falling": "M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2",
    "level": "M0 4 L8 4",
    "upright": "M4 0 L4 8",
    "cross": "M0 0 L8 8 M0 8 L8 0",
}
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_WIDTH_OF_A_LETTER = 0.56  # of the font size, on average: text cannot be measured without a font
_BOLD = 1.17  # bold letters are so much wider


@dataclass(slots=True)
class Canvas:
    """A picture being drawn. ``title`` and ``about`` are read aloud by screen readers; give both."""

    width: float
    height: float
    title: str
    about: str
    _parts: list[str] = field(default_factory=list)
    _fills: dict[tuple[str, str], str] = field(default_factory=dict)

    def svg(self) -> str:
        """The picture as one SVG document."""
        size = (
            f'width="{_n(self.width)}" height="{_n(self.height)}" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        )
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}">'
            f"<title>{_clean(self.title)}</title><desc>{_clean(self.about)}</desc>"
        )
        patterns = "".join(_pattern(name, *key) for key, name in self._fills.items())
        ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        return "\n".join([head, f"<defs>{patterns}</defs>", ground, *self._parts, "</svg>"]) + "\n"

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: str = BLACK, width: float = 1, dash: str = ""
    ) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" '
            f'stroke-width="{_n(width)}"{dashes}/>'
        )

    def path(
        self, points: Sequence[tuple[float, float]], *, colour: str = BLACK, width: float = 1.5, dash: str = ""
    ) -> None:
        """A line through points."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        through = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{_n(width)}"{dashes}/>'
        )

    def area(self, points: Sequence[tuple[float, float]], *, colour: str, opacity: float = 0.25) -> None:
        """A filled area within points."""
        around = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{around}" fill="{colour}" fill-opacity="{_n(opacity)}"/>')

    def bar(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        colour: str,
        hatch: str = "solid",
        about: str = "",
    ) -> None:
        """A rectangle with one of ``HATCHES``; ``about`` is shown when a pointer rests on it."""
        fill = colour if hatch == "solid" else PAPER if hatch == "empty" else f"url(#{self._fill(colour, hatch)})"
        told = f"<title>{_clean(about)}</title>" if about else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}" '
            f'stroke="{colour}" stroke-width="1">{told}</rect>'
        )

    def mark(
        self, x: float, y: float, *, shape: str, colour: str, size: float = 5, filled: bool = True, about: str = ""
    ) -> None:
        """A point: ``circle``, ``square``, ``diamond``, ``up`` or ``down`` (triangles)."""
        look = f'fill="{colour if filled else PAPER}" stroke="{colour}" stroke-width="1.5"'
        told = f"<title>{_clean(about)}</title>" if about else ""
        if shape == "circle":
            self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}" {look}>{told}</circle>')
            return
        corners = " ".join(f"{_n(x + a * size)},{_n(y + b * size)}" for a, b in _CORNERS[shape])
        self._parts.append(f'<polygon points="{corners}" {look}>{told}</polygon>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12,
        anchor: str = "start",
        colour: str = BLACK,
        bold: bool = False,
        room: float | None = None,
    ) -> None:
        """A line of text with its baseline at ``y``; cut with an ellipsis to ``room`` units where given."""
        said = fitted(words, size=size * (_BOLD if bold else 1.0), room=room) if room is not None else words
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" text-anchor={quoteattr(anchor)} '
            f'fill="{colour}"{weight}>{_clean(said)}</text>'
        )

    def _fill(self, colour: str, hatch: str) -> str:
        return self._fills.setdefault((colour, hatch), f"hatch{len(self._fills)}")


_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "up": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    "down": ((0, 1.2), (1.1, -0.8), (-1.1, -0.8)),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle in which data are drawn."""

    left: float
    top: float
    right: float
    bottom: float

    def x(self, low: float, high: float) -> Callable[[float], float]:
        """From a value to its place from left to right."""
        return lambda v: self.left + (self.right - self.left) * (v - low) / ((high - low) or 1)

    def y(self, low: float, high: float) -> Callable[[float], float]:
        """From a value to its height; greater is higher."""
        return lambda v: self.bottom - (self.bottom - self.top) * (v - low) / ((high - low) or 1)

    def days(self, first: date, last: date) -> Callable[[date], float]:
        """From a day to its place; a single day stands in the middle."""
        if first == last:
            return lambda day: (self.left + self.right) / 2
        scale = self.x(first.toordinal(), last.toordinal())
        return lambda day: scale(day.toordinal())


def day_axis(canvas: Canvas, frame: Frame, first: date, last: date, *, size: float = 11) -> None:
    """Ticks under the frame at days that people count by (days, Mondays, months), with the year where it turns."""
    place = frame.days(first, last)
    canvas.line(frame.left, frame.bottom, frame.right, frame.bottom)
    shown: int | None = None
    for day in day_ticks(first, last):
        x = place(day)
        canvas.line(x, frame.bottom, x, frame.bottom + 4)
        canvas.text(x, frame.bottom + 5 + size, f"{day.day} {day:%b}", size=size, anchor="middle")
        if day.year != shown:
            canvas.text(x, frame.bottom + 7 + 2 * size, str(day.year), size=size, anchor="middle", colour=GREY)
            shown = day.year


def day_ticks(first: date, last: date, most: int = 10) -> list[date]:
    """At most ``most`` days from ``first`` to ``last``: each day, each second, each Monday, each second one,
    the first of each month, of each third month, or of each January."""
    return next((ticks for ticks in _choices(first, last) if len(ticks) <= most), [first, last])


def _choices(first: date, last: date) -> Iterator[list[date]]:
    span = (last - first).days
    for step in (1, 2):
        yield (
            [first + timedelta(days=n) for n in range(0, min(span, 40) + 1, step)] if span <= 40 else [first] * 99
        )
    monday = first + timedelta(days=-first.weekday() % 7)
    for step in (7, 14):
        yield [monday + timedelta(days=n) for n in range(0, (last - monday).days + 1, step)] or [first]
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    within = [day for day in months if first <= day <= last] or [first]
    for step in (1, 3, 12):
        yield [day for day in within if (day.month - 1) % step == 0] or [first]


def value_axis(
    canvas: Canvas,
    frame: Frame,
    ticks: Sequence[tuple[float, str]],
    place: Callable[[float], float],
    *,
    name: str,
    size: float = 11,
) -> None:
    """Labelled ticks to the left of the frame with faint lines across, and the axis' name above it."""
    for value, label in ticks:
        y = place(value)
        canvas.line(frame.left, y, frame.right, y, colour=PALE)
        canvas.text(frame.left - 6, y + size * 0.35, label, size=size, anchor="end")
    canvas.text(frame.left - 6, frame.top - 10, name, size=size, colour=GREY)


def fitted(words: str, *, size: float, room: float) -> str:
    """Words cut to a width, with an ellipsis where something is left out."""
    letters = max(int(room / (size * _WIDTH_OF_A_LETTER)), 1)
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """A picture as PNG, ``scale`` pixels to a unit.

    Raises OnrecordError when the extra that draws it is not installed.
    """
    try:
        import resvg_py
    except ImportError:
        raise OnrecordError(
            "a PNG needs the extra [png]: pip install 'onrecord[png]'; or name a file that ends in .svg"
        ) from None
    drawn = resvg_py.svg_to_bytes(svg_string=svg, zoom=round(scale))
    return bytes(drawn)


def _pattern(name: str, colour: str, hatch: str) -> str:
    sheet = '<rect width="8" height="8" fill='
    ground = f'{sheet}"{PAPER}"/>{sheet}"{colour}" fill-opacity="0.3"/>'
    drawn = (
        f'<circle cx="4" cy="4" r="1.6" fill="{colour}"/>'
        if hatch == "dots"
        else f'<path d="{_STROKES[hatch]}" stroke="{colour}" stroke-width="2" fill="none"/>'
    )
    return f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">{ground}{drawn}</pattern>'


def _clean(text: str) -> str:
    """Text that XML may hold: control characters, which coverage can bring along, are replaced."""
    return escape(_UNSAFE.sub("\ufffd", text))


def _n(value: float) -> str:
    """A number with at most two decimals and no trailing zeros, so that the same data give the same bytes."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if "." in f"{value:.2f}" else f"{value:.0f}"
