"""What a stretch of text is made of when two are held against each other: stems, numbers, negation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.claims.meaning import rarity

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|deny|denies|denied|false|untrue|cannot)\b|n['’]t\b", re.IGNORECASE
)
# Longest first; a stem keeps at least three letters.
_ENDINGS = tuple("ations ation ements ement ings ing ies ied ers ed es er ly s y e".split())  # noqa: SIM905
# "Federation of Harbour and River Pilots" is one name, as "Maria Lopez" is: its last word stands for it.
_NAME = re.compile(r"[^\W\d_a-z][\w'’]*(?:\s+(?:(?:of|and|for|the|de|&)\s+){0,2}[^\W\d_a-z][\w'’]*)+")
_NUMBER_WORDS = (
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_NUMBERS = {word: str(n) for n, word in enumerate(_NUMBER_WORDS.split(), start=3)}
_WEAK_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Words:
    """The stems of a stretch with their weights, those that are strong, its numbers, and whether it negates."""

    weights: tuple[tuple[str, float], ...]
    strong: frozenset[str]
    numbers: frozenset[str]
    negated: bool


def words(text: str, *, light: frozenset[str] = frozenset()) -> Words:
    """Read a stretch; ``light`` are stems that count as weak ones here. A word weighs by how rare it is in news, a
    weak one less, a number 1. Numbers from three to twenty count in
    words too; one and two do not, being articles as often."""
    stems: dict[str, float] = {}
    numbers: set[str] = set()
    strong: set[str] = set()
    in_names = _weak_in_names(text)
    for match in _TOKEN.finditer(text):
        token = match.group().casefold().replace("’", "'").removesuffix("'s")
        if token[0].isdigit():
            numbers.add(token.replace(",", "").rstrip("."))
        elif token in _NUMBERS:
            numbers.add(_NUMBERS[token])
        elif token not in _listed("stop") and len(token) > 1:
            root = stem(token)
            counts_little = root in _weak() or root in light or match.start() in in_names
            if not counts_little:
                strong.add(root)
            weight = rarity(token) * (_WEAK_WEIGHT if counts_little else 1.0)
            stems[root] = max(round(weight, 3), stems.get(root, 0.0))
    for number in numbers:
        stems[number] = 1.0
    return Words(
        weights=tuple(sorted(stems.items())),
        strong=frozenset(strong | numbers),
        numbers=frozenset(numbers),
        negated=_NEGATION.search(text) is not None,
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far the words of two stretches agree: weighted Dice, containment in the shorter one, and which."""

    dice: float
    containment: float
    shared: tuple[str, ...]


def overlap(a: Words, b: Words) -> Overlap:
    """The weighted overlap of two stretches' words."""
    of_a, of_b = dict(a.weights), dict(b.weights)
    shared = tuple(sorted(of_a.keys() & of_b.keys()))
    weight = sum(of_a[s] + of_b[s] for s in shared) / 2
    whole_a, whole_b = sum(of_a.values()), sum(of_b.values())
    if not shared or not whole_a or not whole_b:
        return Overlap(0.0, 0.0, shared)
    return Overlap(2 * weight / (whole_a + whole_b), min(1.0, weight / min(whole_a, whole_b)), shared)


def stem(word: str) -> str:
    """A crude stem, without its ending: "negotiators" and "negotiating" are the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word.removesuffix("or")


def _weak_in_names(text: str) -> frozenset[int]:
    """Where the words of names begin that are not the last of their name."""
    return frozenset(
        name.start() + word.start()
        for name in _NAME.finditer(text)
        for word in list(_TOKEN.finditer(name.group()))[:-1]
    )


def weight(word: str, light: frozenset[str] = frozenset()) -> float:
    """How much a word counts for the meaning of a stretch: hardly when it is of grammar, little when weak."""
    if word in _listed("stop"):
        return 0.15
    root = stem(word)
    return 0.35 if root in _weak() or root in light else 1.0


@cache
def _weak() -> frozenset[str]:
    return frozenset(stem(w) for w in _listed("weak")) | _listed("weak")


def stems(text: str) -> frozenset[str]:
    """The stems of a text, whatever they weigh."""
    return frozenset(stem(m.group().casefold()) for m in _TOKEN.finditer(text))


@cache
def _listed(name: str) -> frozenset[str]:
    lines = files("onrecord.claims").joinpath(f"data/{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
