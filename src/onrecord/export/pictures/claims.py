"""The tree of origins of a claim: who told it, and who copied or cited whom."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export import words
from onrecord.export.pictures.drawing import BLACK, BLUE, GREY, VERMILLION, Canvas
from onrecord.model import Hedge, Relation
from onrecord.record.tellings import ClaimView, TellingRow

_ROW, _STEP, _LEFT, _TOP, _WIDTH = 30.0, 26.0, 26.0, 64.0, 860.0
_SHAPES = {
    Relation.INDEPENDENT: "square",
    Relation.CITES: "diamond",
    Relation.COPIED: "down",
    Relation.UNKNOWN: "circle",
}


def tree(found: ClaimView) -> str:
    """A claim as SVG: a line a telling, under the one that it copies or cites; origins are filled."""
    rows = list(_rows(found))
    title = " ".join(found.row.claim.text.split())
    told = ", ".join(
        (
            words.count(found.row.origins, "origin"),
            words.count(found.row.outlets, "outlet"),
            words.count(len(found.tellings), "telling"),
        )
    )
    canvas = Canvas(
        _WIDTH,
        _TOP + _ROW * len(rows) + 34,
        f"Who told it: {title}",
        f"{told}, each under the one that it copies or cites.",
    )
    canvas.text(_LEFT, 24, f"“{title}”", size=14, bold=True, room=_WIDTH - 2 * _LEFT)
    canvas.text(
        _LEFT,
        44,
        told,
        colour=GREY,
    )
    for at, (telling, name, depth, parent) in enumerate(rows):
        x, y = _LEFT + depth * _STEP, _TOP + at * _ROW
        if parent is not None:
            above = _TOP + parent * _ROW
            canvas.path([(x - _STEP, above + 6), (x - _STEP, y), (x - 6, y)], colour=GREY, width=1)
        if telling is None:
            canvas.text(x + 12, y + 4, f"{name}, outside the record", colour=GREY, room=_WIDTH - x - 30)
            canvas.mark(x, y, shape="up", colour=GREY, filled=False)
        else:
            _draw(canvas, x, y, telling)
    y = _TOP + len(rows) * _ROW + 10
    canvas.text(
        _LEFT,
        y,
        "filled: origin   square: own source   diamond: cites   triangle: copied   circle: no source shown",
        size=11,
        colour=GREY,
    )
    return canvas.svg()


def _draw(canvas: Canvas, x: float, y: float, t: TellingRow) -> None:
    colour = BLUE if t.telling.origin else VERMILLION if t.telling.hedge in _CHANGED else BLACK
    canvas.mark(x, y, shape=_SHAPES[t.telling.relation], colour=colour, filled=t.telling.origin, about=t.words)
    hedge = f", hedge {t.telling.hedge.value}" if t.telling.hedge in _CHANGED else ""
    text = f"{t.reference} {words.day(t.day)}, {t.outlet or t.title}{hedge}: “{t.words}”"
    canvas.text(x + 12, y + 4, text, room=_WIDTH - x - 30)


_CHANGED = frozenset(Hedge) - {Hedge.ORIGIN, Hedge.KEPT}


def _rows(found: ClaimView) -> Iterator[tuple[TellingRow | None, str, int, int | None]]:
    """The lines from top to bottom: a telling or the name of an outlet outside, how deep, and under which line."""
    at = 0

    def branch(n: int, depth: int, parent: int | None) -> Iterator[tuple[TellingRow | None, str, int, int | None]]:
        nonlocal at
        here = at
        at += 1
        yield found.tellings[n], "", depth, parent
        for m, t in enumerate(found.tellings):
            if t.after == n:
                yield from branch(m, depth + 1, here)

    for name in sorted({t.outside for t in found.tellings if t.outside}):
        here = at
        at += 1
        yield None, name, 0, None
        for n, t in enumerate(found.tellings):
            if t.outside == name:
                yield from branch(n, 1, here)
    for n, t in enumerate(found.tellings):
        if t.after is None and t.outside is None:
            yield from branch(n, 0, None)
