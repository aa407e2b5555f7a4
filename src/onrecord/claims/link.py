"""Whether two stretches tell of the same thing, explained, from the two alone.

The score is the probability of a logistic rule over a few documented features (``features``); the weights are data
(``data/link.toml``), learned on disputes that the figures of docs/method/claims.md were not measured on. Two that
share no key are not linked by definition, so that filing tellings by their keys is exact.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations

from rapidfuzz import fuzz

from onrecord.claims.meaning import likeness
from onrecord.claims.tellable import Days, Tellable
from onrecord.claims.words import Words, overlap
from onrecord.model import Certainty, Part, Score

SAME_WORDING = "same wording"
LINKED = 0.73  # log odds 1
TELLING = 8  # words of a stretch or its sentence that keys are made of
ONE_SENTENCE = 0.95  # likeness of what stands around two clauses of one sentence, or of a copy of it
_LONG = 30  # characters from which the same wording is no chance
_EDITED = 90.0  # rapidfuzz ratio of a wording with small edits


def keys(a: Tellable) -> Iterator[tuple[str, ...]]:
    """The keys under which a stretch is filed, some thirty: ``link`` is None for two that share none, so filing is
    exact. None is shared by many: a pair of telling words, a quoted fragment, a figure, the words answered, or a
    word, an event or a hope together with a day."""
    yield ("plain", a.plain)
    if a.answers:
        yield ("plain", a.answers)
    for quoted in sorted(a.quoted):
        yield ("quoted", quoted)
    for number in sorted(a.words.numbers):
        if len(number) > 1:
            yield ("number", number)
    own, around = _telling(a.words), _telling(a.sentence)
    for pair in sorted({*combinations(own, 2), *combinations(around, 2)}):
        yield ("words", *pair)
    for day in sorted({d for days in a.days for d in _short(days)}):
        for what in (*sorted(a.events), *around):
            yield ("day", what, day.isoformat())
    for time in _told(a):
        for what in (*sorted(a.events), *around):
            yield ("told", what, time)
        if a.ahead:
            yield ("ahead", str(a.ahead), time)


def _telling(words: Words) -> list[str]:
    """The words of a stretch that tell most, numbers among them, in alphabetical order."""
    weights = dict(words.weights)
    return sorted(sorted(words.strong, key=lambda s: (-weights[s], s))[:TELLING])


def _told(a: Tellable) -> tuple[str, ...]:
    """Two names for the day of a document, such that two documents a day apart share one."""
    if a.published is None:
        return ()
    day = a.published.toordinal()
    return (f"even {day // 2}", f"odd {(day + 1) // 2}")


def _short(days: Days) -> tuple[date, ...]:
    """The days of an interval of two days at most: weeks and months are shared too easily."""
    first, last = days
    if first is None or last is None or (last - first).days > 1:
        return ()
    return (first,) if first == last else (first, last)


def link(a: Tellable, b: Tellable) -> Score | None:
    """The match of two stretches with its parts, None when they are not on the same. Symmetric."""
    if set(keys(a)).isdisjoint(keys(b)):
        return None
    score = match(a, b)
    return score if score is not None and score.value >= LINKED else None


def match(a: Tellable, b: Tellable) -> Score | None:
    """How likely two stretches tell of the same thing; the parts are what each feature adds in log odds. None for
    two stretches of a document that overlap, which are one stretch read twice, and for what cannot be the same."""
    if (a.document == b.document and a.span.overlaps(b.span)) or _apart(a, b):
        return None
    if _same_wording(a, b):
        return Score(0.999, (Part(SAME_WORDING, 6.9, "the two stretches are the same but for small edits"),))
    found = features(a, b)
    parts = [Part(f.name, f.weight * found[f.name], _why(f, a, b)) for f in rule() if found[f.name]]
    total = sum(p.value for p in parts)
    return Score(1.0 / (1.0 + math.exp(-total)), tuple(parts))


def _apart(a: Tellable, b: Tellable) -> bool:
    """Two who decline to comment, or ask for the same, make two claims; so do hopes for two different days."""
    if a.certainty is b.certainty is Certainty.UNKNOWN and a.source != b.source:
        return True
    if a.by is None or b.by is None or not _short(a.by) or not _short(b.by):
        return False
    return not _overlap(a.by, b.by)


def _same_wording(a: Tellable, b: Tellable) -> bool:
    """Whether the words are the same but for small edits; a few words ("declined to comment") may be by chance."""
    if min(len(a.plain), len(b.plain)) < _LONG or not a.words.strong or not b.words.strong:
        return False
    return a.plain == b.plain or fuzz.ratio(a.plain, b.plain, score_cutoff=_EDITED) > 0


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of the rule: what it adds in log odds where it is 1, and in a sentence what it says."""

    name: str
    weight: float
    why: str


@cache
def rule() -> tuple[Feature, ...]:
    """The rule as ``data/link.toml`` has it."""
    held = tomllib.loads(files("onrecord.claims").joinpath("data/link.toml").read_text("utf-8"))
    return tuple(Feature(row["name"], row["weight"], row["why"]) for row in held["feature"])


def _why(feature: Feature, a: Tellable, b: Tellable) -> str:
    shared: dict[str, Sequence[str]] = {
        "words": overlap(a.words, b.words).shared,
        "numbers": sorted(a.words.numbers & b.words.numbers),
        "quotation": [f"“{q}”" for q in sorted(a.quoted & b.quoted)],
        "event": sorted(e.value.replace("_", " ") for e in a.events & b.events),
    }
    named = ", ".join(shared.get(feature.name, ()))
    return f"{feature.why}: {named}" if named else feature.why


def features(a: Tellable, b: Tellable) -> dict[str, float]:
    """What the rule weighs, each between 0 and 1; symmetric. Their one-sentence meanings are in ``link.toml``."""
    alike = overlap(a.words, b.words)
    setting = max(0.0, likeness(a.around, b.around))
    one_sentence = setting >= ONE_SENTENCE  # read twice, or copied: what stands around tells nothing
    return {
        "always": 1.0,
        "meaning": max(0.0, likeness(a.meaning, b.meaning)),
        "setting": 0.0 if one_sentence else setting,
        "words": alike.dice,
        "sentences": 0.0 if one_sentence else overlap(a.sentence, b.sentence).containment,
        "one sentence": float(one_sentence),
        "numbers": float(bool(a.words.numbers & b.words.numbers)),
        "quotation": float(bool(a.quoted & b.quoted)),
        "event": len(a.events & b.events) / len(a.events | b.events) if a.events & b.events else 0.0,
        "other event": float(bool(a.events and b.events and not a.events & b.events)),
        "day": float(any(_overlap(x, y) for x in a.days for y in b.days)),
        "ahead": float(a.ahead == b.ahead != 0),
        "ahead differs": float(a.ahead != b.ahead),
        "answer": float(bool(a.answers or b.answers) and (a.plain == b.answers or b.plain == a.answers)),
        "told within a day": float(_within(a, b, 1)),
        "told within days": float(_within(a, b, 4)),
        "source": float(a.source is not None and a.source == b.source),
    }


def _within(a: Tellable, b: Tellable, days: int) -> bool:
    if a.published is None or b.published is None:
        return False
    return abs((a.published - b.published).days) <= days


def _overlap(a: Days, b: Days) -> bool:
    starts_in_time = a[0] is None or b[1] is None or a[0] <= b[1]
    ends_in_time = b[0] is None or a[1] is None or b[0] <= a[1]
    return starts_in_time and ends_in_time
