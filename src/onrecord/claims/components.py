"""What hangs together: tellings joined by the links between their wordings.

A wording with two thousand tellings would have two million links. All that follows from them is that they hang
together, which is the strongest link of a telling, and from which earlier one it may be copied; so each telling is
shown with its links to the ``SHOWN`` earliest tellings of each wording that its own is linked to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, product
from typing import Any

from onrecord.claims.tellable import Tellable
from onrecord.claims.wording import Edge
from onrecord.model import Score

SHOWN = 8
_FEW = 64  # pairs up to which all are looked at, for want of a shortcut
Edges = Mapping[tuple[str, str], Sequence[Edge]]
"""The links between wordings, by their names in alphabetical order (a pair of equal names: within a wording)."""
Links = Mapping[tuple[int, int], Score]
"""The links between tellings, by their positions, the smaller first."""


def components(told: Sequence[Tellable], worded: Sequence[str], edges: Edges, within: Links) -> list[list[int]]:
    """The tellings that hang together, as positions in ``told``, in the order of the first of each.

    ``worded`` gives the name of each telling's wording, ``within`` the links between tellings of one document.
    Exact: the same groups as if every pair were looked at.
    """
    parent = list(range(len(told)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    def join(a: int, b: int) -> None:
        one, other = sorted((root(a), root(b)))
        parent[other] = one

    for n, m in within:
        join(n, m)
    of = _by_wording(worded)
    for (a, b), found in sorted(edges.items()):
        for edge in found:
            ones = [n for n in of.get(a, ()) if edge.a_outlet in (None, told[n].outlet)]
            others = [n for n in of.get(b, ()) if edge.b_outlet in (None, told[n].outlet)]
            _join_all(ones, others, told, join)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(told)):
        groups[root(n)].append(n)
    return [groups[first] for first in sorted(groups)]


def _join_all(
    ones: Sequence[int], others: Sequence[int], told: Sequence[Tellable], join: Callable[[int, int], None]
) -> None:
    """Join all of ``ones`` with all of ``others``, apart from those of one document.

    Among three documents or more it is enough to join each with two of the other side that stand in different
    documents.
    """
    hubs, other_hubs = _hubs(ones, told), _hubs(others, told)
    documents = {told[n].document for n in (*ones, *others)}
    pairs: Iterable[tuple[int, int]] = product(ones, others)
    if len(ones) * len(others) > _FEW and len(documents) > 2 and len(hubs) == len(other_hubs) == 2:
        pairs = chain(product(ones, other_hubs), product(others, hubs))
    for a, b in pairs:
        if told[a].document != told[b].document:
            join(a, b)


def _hubs(numbers: Sequence[int], told: Sequence[Tellable]) -> list[int]:
    """The first telling, and the first of another document."""
    first = numbers[:1]
    second = [n for n in numbers if told[n].document != told[numbers[0]].document][:1]
    return [*first, *second]


def links(
    told: Sequence[Tellable], worded: Sequence[str], edges: Edges, within: Links, order: Callable[[Tellable], Any]
) -> dict[tuple[int, int], Score]:
    """The links of each telling within its document, and to the ``SHOWN`` earliest (by ``order``) of each wording
    linked to its own, by positions in ``told``, the smaller first."""
    of = _by_wording(worded)
    earliest = {name: sorted(numbers, key=lambda n: order(told[n])) for name, numbers in of.items()}
    found = dict(within)
    for (a, b), between in sorted(edges.items()):
        sides = [(a, b, between)] if a == b else [(a, b, between), (b, a, [e.turned() for e in between])]
        for here, there, across in sides:
            for n in of.get(here, ()):
                for m in _first(n, earliest.get(there, ()), told, across):
                    pair = (min(n, m), max(n, m))
                    score = max((e.score for e in across if e.holds(told[n], told[m])), key=lambda s: s.value)
                    found[pair] = score
    return found


def _first(n: int, numbers: Iterable[int], told: Sequence[Tellable], across: Sequence[Edge]) -> list[int]:
    found: list[int] = []
    for m in numbers:
        if any(e.holds(told[n], told[m]) for e in across):
            found.append(m)
            if len(found) == SHOWN:
                break
    return found


def _by_wording(worded: Sequence[str]) -> dict[str, list[int]]:
    of: dict[str, list[int]] = defaultdict(list)
    for n, name in enumerate(worded):
        of[name].append(n)
    return of
