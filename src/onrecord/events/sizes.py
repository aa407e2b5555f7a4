"""How many take part: "hundreds" is 200 to 999, "about 11,500" is 11,500, "97.85% of ballots" a share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import EventType, Size, Span
from onrecord.text.parse import Parsed

_VAGUE = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 99.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2000.0, 9999.0),
    "tens of thousands": (20000.0, 99999.0),
    "hundreds of thousands": (200000.0, 999999.0),
}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VAGUE_RE = re.compile(
    r"\b(tens of thousands|hundreds of thousands|dozens|scores|hundreds|thousands)(?: of)? (?:\w+ ){0,2}?(\w+)",
    re.I,
)
_PERCENT_RE = re.compile(rf"\b({_NUMBER})\s?(?:%|per ?cent\b)", re.I)
_COUNT_RE = re.compile(rf"(?<![$£€\d.,])\b({_NUMBER})\s+((?:[a-z][\w'-]*\s+){{0,2}}?[a-z][\w'-]*)")
_VOTES = frozenset(
    {
        EventType.STRIKE_AUTHORIZED,
        EventType.RATIFIED,
        EventType.REJECTED_BY_MEMBERS,
        EventType.RATIFICATION_VOTE,
    }
)
_PEOPLED = frozenset(
    {
        EventType.STRIKE_START,
        EventType.PICKET_OR_RALLY,
        EventType.STRIKE_END,
        EventType.SOLIDARITY_ACTION,
        EventType.ECONOMIC_EFFECT,
    }
)
# Words that may not stand between a number and the people it counts ("400 of the nurses" is a share of them).
_BETWEEN = frozenset(
    {"of", "to", "and", "or", "on", "in", "at", "for", "from", "by", "with", "per", "a", "until", "days"}
)


def size(parsed: Parsed, type: EventType, evidence: Span, people: Sequence[str]) -> Size | None:
    """The number of people or the share of votes that the evidence of an event gives (of "more than 500" the
    figure told); None when it gives none, or more than one that could be meant. ``people`` are the nouns that may
    be counted."""
    text = evidence.of(parsed.text)
    if type in _VOTES:
        shares = [m for m in _PERCENT_RE.finditer(text) if not _of_pay(text, m)]
        if len(shares) == 1:
            value = float(shares[0][1].replace(",", ""))
            return Size(
                low=value, high=value, unit="percent", span=_span(evidence, shares[0].start(), shares[0].end())
            )
        return None
    if type not in _PEOPLED:
        return None
    found = [*_vague(text, evidence, people), *_counted(text, evidence, people)]
    return found[0] if len(found) == 1 else None


def _of_pay(text: str, share: re.Match[str]) -> bool:
    """Whether a share is one of pay: "raise pay by 9 percent", "a 4 per cent offer"."""
    before, after = text[max(0, share.start() - 30) : share.start()], text[share.end() : share.end() + 25]
    return _PAY_BEFORE.search(before) is not None or _PAY_AFTER.match(after) is not None


_PAY_BEFORE = re.compile(r"\b(?:raise|rise|increase|wages?|pay|bonus|worth|offer)\b[^,;]*\Z", re.I)
_PAY_AFTER = re.compile(r"\s*(?:annual |yearly )?(?:pay|wage|raise|rise|increase|offer|deal|bonus)", re.I)


def _vague(text: str, evidence: Span, people: Sequence[str]) -> list[Size]:
    out: list[Size] = []
    for match in _VAGUE_RE.finditer(text):
        if not _counts_people(match[2], people):
            continue
        low, high = _VAGUE[match[1].lower()]
        out.append(
            Size(low=low, high=high, unit=match[2].lower(), span=_span(evidence, match.start(), match.end()))
        )
    return out


def _counted(text: str, evidence: Span, people: Sequence[str]) -> list[Size]:
    out: list[Size] = []
    for match in _COUNT_RE.finditer(text):
        noun = next((w for w in match[2].split() if _counts_people(w, people)), None)
        if noun is None or any(w.lower() in _BETWEEN for w in match[2].split()[: match[2].split().index(noun)]):
            continue
        end = match.start(2) + match[2].index(noun) + len(noun)
        value = float(match[1].replace(",", ""))
        out.append(Size(low=value, high=value, unit=noun.lower(), span=_span(evidence, match.start(), end)))
    return out


def _counts_people(noun: str, people: Sequence[str]) -> bool:
    lower = noun.lower()
    return any(lower in (p, p + "s", p + "es") for p in people)


def _span(evidence: Span, start: int, end: int) -> Span:
    return Span(evidence.start + start, evidence.start + end)
