"""Whether two stretches tell the same proposition, explained, from the two alone.

What breaks sameness: numbers that differ, days that differ, one denying by its own words what the other asserts.
What makes it: the same words (weighted Dice and containment), the same quoted fragment, the same kind of event.
Claims that a settlement is near are of few words; they are the same when they name overlapping days for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from onrecord.claims.tellable import Days, Tellable
from onrecord.model import Certainty, Part, Score

THRESHOLD = 0.55
SAME_WORDING = 0.9
_QUOTE, _EVENT, _CITED = 0.25, 0.05, 0.1


def keys(a: Tellable) -> Iterator[tuple[str, ...]]:
    """The keys under which a stretch is filed: ``link`` is None for two that share none, so filing is exact."""
    for pair in combinations(sorted(a.words.strong), 2):
        yield ("words", *pair)
    for quoted in a.quoted:
        yield ("quoted", quoted)
    yield ("plain", a.plain)
    if a.ahead:
        yield ("ahead", str(a.ahead))


def link(a: Tellable, b: Tellable) -> Score | None:
    """The match of two stretches with its parts, None when they are not the same claim. Symmetric."""
    if not _compatible(a, b):
        return None
    parts = _ahead(a, b) if a.ahead and b.ahead else _told(a, b)
    value = min(sum(p.value for p in parts), 1.0)
    return Score(value, parts) if value >= THRESHOLD else None


def _compatible(a: Tellable, b: Tellable) -> bool:
    if a.document == b.document and a.span.overlaps(b.span):
        return False
    if not _same_numbers(a.words.numbers, b.words.numbers):
        return False
    if a.days and b.days and not any(_overlap(x, y) for x in a.days for y in b.days):
        return False
    if a.ahead != b.ahead and -1 in (a.ahead, b.ahead):
        return False
    if a.certainty is b.certainty is Certainty.UNKNOWN and a.source != b.source:
        return False  # two who decline to comment, or ask for the same, make two claims
    if a.denied or b.denied:
        # A denial may be told by the negative sentence or by the claim denied: its own words do not decide.
        return (a.denied or not a.words.negated) and (b.denied or not b.words.negated)
    return a.words.negated == b.words.negated


def _same_numbers(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether the figures agree. One within several is no agreement: a correction has the old and the new."""
    if not a or not b or a == b:
        return True
    fewer, more = sorted((a, b), key=len)
    return len(fewer) > 1 and fewer <= more


def _overlap(a: Days, b: Days) -> bool:
    starts_in_time = a[0] is None or b[1] is None or a[0] <= b[1]
    ends_in_time = b[0] is None or a[1] is None or b[0] <= a[1]
    return starts_in_time and ends_in_time


def _ahead(a: Tellable, b: Tellable) -> tuple[Part, ...]:
    parts = list(_told(a, b))
    if a.by is not None and b.by is not None and _exact(a.by) and _exact(b.by) and _overlap(a.by, b.by):
        parts.append(Part("horizon", THRESHOLD, "both say that the end is near and by the same days"))
    return tuple(parts)


def _exact(days: Days) -> bool:
    """Whether a horizon is a day or two: weeks and months overlap too easily."""
    first, last = days
    return first is not None and last is not None and (last - first).days < 2


def _told(a: Tellable, b: Tellable) -> tuple[Part, ...]:
    if a.plain == b.plain or (
        min(len(a.plain), len(b.plain)) > 30 and fuzz.ratio(a.plain, b.plain) >= 100 * SAME_WORDING
    ):
        return (Part("same wording", 1.0, "the two stretches are the same but for small edits"),)
    parts: list[Part] = []
    alike, shared = _words(a, b)
    strong = len(a.words.strong & b.words.strong)
    quoted = a.quoted & b.quoted
    if strong >= 2 or quoted:
        parts.append(Part("words", alike, f"they share {', '.join(shared)}"))
    if quoted:
        parts.append(Part("quotation", _QUOTE, f"both quote “{min(quoted)}”"))
    if parts and a.events & b.events:
        kinds = ", ".join(sorted(e.value.replace("_", " ") for e in a.events & b.events))
        parts.append(Part("event", _EVENT, f"both are about: {kinds}"))
    if parts and _same_carrier(a, b):
        parts.append(Part("carrier", _CITED, "both lead to the same outlet"))
    return tuple(parts)


def _same_carrier(a: Tellable, b: Tellable) -> bool:
    return bool(set(a.cites) & set(b.cites)) or a.outlet in b.cites or b.outlet in a.cites


def _words(a: Tellable, b: Tellable) -> tuple[float, list[str]]:
    """Likeness of words: the mean of weighted Dice and containment in the shorter one; and the words shared."""
    of_a, of_b = dict(a.words.weights), dict(b.words.weights)
    shared = sorted(set(of_a) & set(of_b))
    weight = sum(of_a[s] for s in shared)
    whole_a, whole_b = sum(of_a.values()), sum(of_b.values())
    if not shared:
        return 0.0, []
    return (2 * weight / (whole_a + whole_b) + weight / min(whole_a, whole_b)) / 2, shared
