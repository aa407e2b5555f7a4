"""Which tellings make one claim: those that links join, parted again where a chain has drawn several together.

Links alone chain: a deal hoped for is linked to talks that go on, these to who sat at the table. So a component of
the links is built up anew from its pairs, closest first, as long as two groups are alike on average (average
linkage, Sokal and Michener 1958). Both steps depend on the tellings of the component alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.link import LINKED, match
from onrecord.claims.tellable import Tellable
from onrecord.model import Score

ALIKE = -0.75  # log odds on average above which two groups are one claim; set with the weights of link.toml
MOST = 240  # tellings whose pairs are all looked at; a larger component is first parted by stronger links
_STEP = 0.5  # log odds
_STRONGEST = 8.0
_OVERLAP = -6.0
_NEVER = -99.0

Links = Mapping[tuple[int, int], Score]
"""Scores by positions, the smaller first."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What people ruled on links: by two wordings, the smaller name first, the link that they made, or None where
    they cut it; ``names`` are the wordings of the tellings at hand."""

    names: Sequence[str] = ()
    pairs: Mapping[tuple[str, str], Score | None] = field(default_factory=dict)

    def of(self, group: Sequence[int]) -> Ruled:
        """The same for some of the tellings."""
        return Ruled([self.names[n] for n in group], self.pairs) if self.pairs else self

    def match(self, n: int, m: int, told: Sequence[Tellable]) -> Score | None:
        """The match of two tellings, as ruled."""
        if self.pairs:
            a, b = self.names[n], self.names[m]
            pair = (min(a, b), max(a, b))
            if pair in self.pairs:
                return self.pairs[pair]
        return match(told[n], told[m])


def groups(told: Sequence[Tellable], links: Links, ruled: Ruled = Ruled()) -> list[list[int]]:
    """The tellings of each claim, as positions in ``told``, in the order of the first of each. What people joined
    is in one claim, what they parted in two, unless it is in the very same words."""
    strengths = {pair: log_odds(score.value) for pair, score in links.items()}
    found: list[list[int]] = []
    waiting = [(part, log_odds(LINKED)) for part in _components(range(len(told)), strengths)]
    while waiting:
        part, least = waiting.pop()
        units = _units(told, part)
        if len(units) <= MOST or least > _STRONGEST:
            found += _parted(told, units, ruled) if len(units) <= MOST else [part]
            continue
        within = set(part)
        strong = {p: s for p, s in strengths.items() if p[0] in within and p[1] in within and s >= least + _STEP}
        waiting += [(smaller, least + _STEP) for smaller in _components(part, strong)]
    return sorted(found)


def _units(told: Sequence[Tellable], part: Sequence[int]) -> list[list[int]]:
    """The tellings in the same words, of one day and with one sentence before them: two thousand reprints are held
    against others once."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n in part:
        t = told[n]
        found[t.plain, t.around, t.published, t.source, t.answers].append(n)
    return list(found.values())


def log_odds(chance: float) -> float:
    """Natural log odds of a chance, finite at 0 and 1."""
    inside = min(max(chance, 1e-9), 1.0 - 1e-9)
    return math.log(inside / (1.0 - inside))


def _components(numbers: Sequence[int], pairs: Mapping[tuple[int, int], float]) -> list[list[int]]:
    parent = {n: n for n in numbers}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        parent[root(b)] = root(a)
    found: dict[int, list[int]] = defaultdict(list)
    for n in numbers:
        found[root(n)].append(n)
    return list(found.values())


def _parted(told: Sequence[Tellable], units: Sequence[list[int]], ruled: Ruled) -> list[list[int]]:
    """The groups of one component by average linkage; of equal pairs the first in the order of the tellings."""
    members = [list(unit) for unit in units]
    if len(units) < 2:
        return members
    scores = _scores([told[unit[0]] for unit in units])
    _rule(scores, units, ruled)
    sizes = np.array([float(len(unit)) for unit in units])
    while True:
        a, b = divmod(int(scores.argmax()), len(units))
        if scores[a, b] < ALIKE:
            return [sorted(m) for m in members if m]
        joined = (scores[a] * sizes[a] + scores[b] * sizes[b]) / (sizes[a] + sizes[b])
        joined[(scores[a] == _NEVER) | (scores[b] == _NEVER)] = _NEVER
        scores[a], scores[:, a] = joined, joined
        scores[b], scores[:, b] = _NEVER, _NEVER
        sizes[a] += sizes[b]
        members[a] += members[b]
        members[b] = []


def _scores(told: Sequence[Tellable]) -> NDArray[np.float64]:
    """Log odds of all pairs; two that overlap in one document are far apart."""
    scores = np.full((len(told), len(told)), _NEVER)
    for a, one in enumerate(told):
        for b in range(a + 1, len(told)):
            score = match(one, told[b])
            scores[a, b] = scores[b, a] = log_odds(score.value) if score is not None else _OVERLAP
    return scores


def _rule(scores: NDArray[np.float64], units: Sequence[list[int]], ruled: Ruled) -> None:
    """Put what people ruled in the place of the scores: what they joined comes first, what they parted never."""
    of: dict[str, list[int]] = defaultdict(list)
    if ruled.pairs:
        for number, unit in enumerate(units):
            for name in {ruled.names[n] for n in unit}:
                of[name].append(number)
    for (one, other), score in sorted(ruled.pairs.items(), key=lambda item: item[0]):
        for a, b in product(of.get(one, ()), of.get(other, ())):
            if a != b:
                scores[a, b] = scores[b, a] = _NEVER if score is None else -_NEVER
