"""Figures of offers and demands: "4 % a year for three years", "$3 an hour", "14 more pilots"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import Figure, Span

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,9}}(?:\.\d{{1,4}})?|\b(?:{'|'.join(_WORDS)})\b)"
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3}
_TO = r"\s?(?:to|and|or|-|\u2013)\s?"
_PERCENT = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s?(?:%|per ?cent))?(?:{_TO}(?P<high>{_NUMBER}))?\s?(?:%|per ?cent\b)",
    re.I,
)
_MONEY = re.compile(
    rf"(?P<unit>[$\u00a3\u20ac])\s?(?P<low>\d[\d,]{{0,14}}(?:\.\d+)?)"
    rf"(?:{_TO}[$\u00a3\u20ac]?(?P<high>\d[\d,]{{0,14}}(?:\.\d+)?))?(?:\s?(?P<scale>thousand|million|billion|bn|m|k)\b)?",
    re.I,
)
_COUNT = re.compile(
    rf"(?<![\w.,$\u00a3\u20ac])(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\s+"
    r"(?:(?:more|extra|additional|new|consecutive|fewer|paid|full-time|working)\s+){0,2}"
    r"(?P<unit>patients|nurses|pilots|drivers|writers|teachers|staff|workers|jobs|posts|crew|guards|hours|days|nights"
    r"|weeks|shifts|rest days|sick days)\b",
    re.I,
)
_PER = re.compile(
    r"\s?(?:an?|per|each|every|to (?:a|one|each))\s"
    r"(?P<per>year|hour|week|month|shift|day|nurse|episode|worker|driver|show)\b|\s(?P<adverb>annually|hourly|weekly|monthly)\b",
    re.I,
)
_OVER = re.compile(
    r"(?:,?\s(?:more|pay|rises?|raises?|wages?|increases?|in pay|on pay))?\s?(?:,\s)?(?:over|for|across)\s"
    rf"(?:the next\s)?(?P<n>{_NUMBER})[\s-](?P<unit>years?|months?)\b",
    re.I,
)
_ADVERBS = {"annually": "year", "hourly": "hour", "weekly": "week", "monthly": "month"}


def figures(text: str, span: Span) -> tuple[Figure, ...]:
    """The figures of a stretch of text, in text order; spans slice the text. Years and dates are none."""
    found = sorted(_found(text, span), key=lambda f: (f.span.start, -f.span.end))
    out: list[Figure] = []
    for figure in found:
        if not out or figure.span.start >= out[-1].span.end:
            out.append(figure)
    return tuple(out)


def _found(text: str, span: Span) -> Iterator[Figure]:
    for pattern, unit in ((_PERCENT, "%"), (_MONEY, None), (_COUNT, None)):
        for match in pattern.finditer(text, span.start, span.end):
            groups = match.groupdict()
            low, high = _value(match["low"]), _value(groups["high"] or match["low"])
            scale = _SCALES.get((groups.get("scale") or "").lower(), 1.0)
            per, over, end = _rates(text, match.end(), span.end)
            if low <= high:
                yield Figure(
                    low=low * scale,
                    high=high * scale,
                    unit=unit or match["unit"].lower(),
                    span=Span(match.start(), end),
                    per=per,
                    over=over,
                )


def _rates(text: str, at: int, end: int) -> tuple[str | None, str | None, int]:
    """ "a year", "over three years" after a figure, in either order; and where they end."""
    per = over = None
    for _ in range(2):
        if per is None and (match := _PER.match(text, at, end)):
            per = _ADVERBS[match["adverb"].lower()] if match["adverb"] else match["per"].lower()
            at = match.end()
        elif over is None and (match := _OVER.match(text, at, end)):
            n = _value(match["n"])
            unit = match["unit"].lower().rstrip("s")
            over = f"{n:g} {unit}" + ("" if n == 1 else "s")
            at = match.end()
    return per, over, at


def _value(words: str) -> float:
    lower = words.lower()
    return float(_WORDS.index(lower) + 1) if lower in _WORDS else float(lower.replace(",", ""))
