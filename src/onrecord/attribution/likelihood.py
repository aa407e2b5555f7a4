"""The probability that a wording conveys, with its source, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    """The hedges that data/likelihood.toml holds, by wording."""
    return _held("wording")


@cache
def unhedged() -> dict[str, Wording]:
    """The wordings by which something is said to come without a hedge."""
    return _held("unhedged")


def _held(name: str) -> dict[str, Wording]:
    data = table("likelihood")
    sources = dict(tables(data["sources"]))
    rows = data[name]
    out: dict[str, Wording] = {}
    for row in rows if isinstance(rows, list) else []:
        source = str(sources[row["source"]])
        if "readers" in row:
            low, high = (100 * float(end) for end in row["readers"])
            source = f"{source}; {sources['survey']}: {low:g}-{high:g} %"
        for wording in words(row["words"]):
            out[wording] = Wording(wording, float(row["low"]), float(row["high"]), source)
    return out


@cache
def _pattern(name: str) -> re.Pattern[str]:
    longest_first = sorted(_held(name), key=lambda w: (-len(w), w))
    parts = (
        ("" if w[0] in "'\u2019" else r"(?<![\w-])") + re.escape(w).replace("\\ ", r"\s+") for w in longest_first
    )
    return re.compile(rf"(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_REFUSED = re.compile(r"\s*(?:n[o']t|not|never|no longer)\b", re.IGNORECASE)
_ASIDE = frozenset({"relcl", "advcl", "acl", "csubj"})


def likelihood(
    parsed: Parsed, within: Sequence[Span], times: Sequence[TimeExpression] = (), *, plain: bool = True
) -> Likelihood | None:
    """The likelihood that stretches of a text convey, None when they use no such wording.

    Where several wordings stand together the one that conveys least counts ("expected ... if it could"). Where
    none does and ``plain`` is true, what is said to come all the same ("will") conveys that of ``unhedged``. The
    horizon is the day or interval by which it is said to come, None when no single one is named.
    """
    found: list[tuple[Wording, Span]] = []
    for span in within:
        for match in _pattern("wording").finditer(parsed.text, span.start, span.end):
            if match.group() == "May" and not _is_modal(parsed, match):
                continue
            found.append((wordings()[_key(match)], Span(match.start(), match.end())))
    if not found and plain:
        found = [
            (unhedged()[_key(match)], Span(match.start(), match.end()))
            for span in within
            for match in _pattern("unhedged").finditer(parsed.text, span.start, span.end)
            if _is_said(parsed, match)
        ]
    if not found:
        return None
    wording, at = min(found, key=lambda f: (f[0].low, f[0].high, f[1]))
    by = horizon(within, times, parsed.article.published.value)
    return Likelihood(low=wording.low, high=wording.high, source=wording.source, span=at, horizon=by)


def _is_said(parsed: Parsed, match: re.Match[str]) -> bool:
    """Whether "will" stands in what is said itself: not denied, no name, not in a clause beside it ("members, who
    will march, are angry")."""
    if match.group() == "Will" or _REFUSED.match(parsed.text, match.end()):
        return False
    tokens = parsed.tokens(Span(match.start(), match.end()))
    token = parsed.doc[tokens.start]
    verb = token.head if token.dep_ in {"aux", "auxpass"} else token
    return verb.dep_ not in _ASIDE


def is_plain(parsed: Parsed, span: Span) -> bool:
    """Whether a stretch is a wording by which something is said to come without a hedge."""
    return " ".join(span.of(parsed.text).casefold().split()) in unhedged()


def _key(match: re.Match[str]) -> str:
    return " ".join(match.group().casefold().split())


def horizon(within: Sequence[Span], times: Sequence[TimeExpression], published: date | None = None) -> str | None:
    """The ISO day or interval by which something is said to come true, None when no single one is named. What is
    past on the day of publication is no horizon ("after Monday's session a deal could come by Friday")."""
    values = {
        t.value
        for t in times
        if t.value is not None
        and t.value[0] in "0123456789."
        and any(s.holds(t.span) for s in within)
        and not _past(t.value, published)
    }
    return next(iter(values)) if len(values) == 1 else None


def _past(value: str, published: date | None) -> bool:
    """Whether an ISO day, month, year or interval has ended before a day. ISO dates compare as texts."""
    end = value.rpartition("/")[2].partition("T")[0]
    return published is not None and end[:1].isdigit() and end < published.isoformat()[: len(end)]


def _is_modal(parsed: Parsed, match: re.Match[str]) -> bool:
    """ "May" with a capital is a verb only where it opens a sentence and no name follows."""
    sentence = parsed.sentence_at(match.start())
    opens = sentence is not None and sentence.span.start == match.start()
    return opens and parsed.text[match.end() : match.end() + 2].strip().islower()
