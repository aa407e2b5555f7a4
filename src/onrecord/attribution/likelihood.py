"""The probability that a wording conveys, with its source, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.attribution.lexicon import table, tables, words
from onrecord.model import Likelihood, Span, TimeExpression
from onrecord.text.parse import Parsed


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording and the interval it conveys (both in 0..1); ``source`` says on whose word."""

    words: str
    low: float
    high: float
    source: str


@cache
def wordings() -> dict[str, Wording]:
    """What data/likelihood.toml holds, by wording."""
    data = table("likelihood")
    sources = dict(tables(data["sources"]))
    rows = data["wording"]
    out: dict[str, Wording] = {}
    for row in rows if isinstance(rows, list) else []:
        for wording in words(row["words"]):
            low, high = float(row["low"]), float(row["high"])
            out[wording] = Wording(wording, low, high, str(sources[row["source"]]))
    return out


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(wordings(), key=lambda w: (-len(w), w))
    parts = (re.escape(w).replace("\\ ", r"\s+") for w in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def likelihood(parsed: Parsed, within: Sequence[Span], times: Sequence[TimeExpression] = ()) -> Likelihood | None:
    """The likelihood that stretches of a text convey, None when they use no such wording.

    Where several wordings stand together the one that conveys least counts ("expected ... if it could"). The
    horizon is the value of the one time expression within the stretches, None when there is none or several.
    """
    found: list[tuple[Wording, Span]] = []
    for span in within:
        for match in _pattern().finditer(parsed.text, span.start, span.end):
            if match.group() == "May" and not _is_modal(parsed, match):
                continue
            key = " ".join(match.group().casefold().split())
            found.append((wordings()[key], Span(match.start(), match.end())))
    if not found:
        return None
    wording, at = min(found, key=lambda f: (f[0].low, f[0].high, f[1]))
    return Likelihood(
        low=wording.low, high=wording.high, source=wording.source, span=at, horizon=horizon(within, times)
    )


def horizon(within: Sequence[Span], times: Sequence[TimeExpression]) -> str | None:
    """The ISO day or interval by which something is said to come true, None when no single one is named."""
    values = {
        t.value
        for t in times
        if t.value is not None and not t.value.startswith("P") and any(s.holds(t.span) for s in within)
    }
    return next(iter(values)) if len(values) == 1 else None


def _is_modal(parsed: Parsed, match: re.Match[str]) -> bool:
    """ "May" with a capital is a verb only where it opens a sentence and no name follows."""
    sentence = parsed.sentence_at(match.start())
    opens = sentence is not None and sentence.span.start == match.start()
    return opens and parsed.text[match.end() : match.end() + 2].strip().islower()
