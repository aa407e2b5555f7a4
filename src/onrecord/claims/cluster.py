"""Bring together what tells the same claim, find who told it first, and say what changed on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations_with_replacement

from onrecord.claims.claim import claims_of
from onrecord.claims.components import Edges, Links, components, links
from onrecord.claims.copied import copied
from onrecord.claims.groups import Ruled
from onrecord.claims.origin import Passages, place, when
from onrecord.claims.tellable import Tellable, tellables
from onrecord.claims.wording import digest, edges, elsewhere, key_numbers, within, wording
from onrecord.model import Claim, ReadArticle, Score, Span


def cluster(documents: Sequence[ReadArticle]) -> tuple[Claim, ...]:
    """The claims of a dispute: every proposition that is told, with all its tellings.

    Stretches are linked two at a time (``link``), whatever else is in the record; what hangs together is parted
    again where a chain has drawn several claims into one (``groups``). The order of the documents does not matter.
    Fate is always open here: what became of a claim is judged against the timeline, by the rooms that follow.
    """
    by_document = [list(tellables(d)) for d in documents]
    told = [t for of_one in by_document for t in of_one]
    worded = [digest(wording(t)) for t in told]
    said = {name: wording(t) for name, t in zip(worded, told, strict=True)}
    filed: dict[int, list[str]] = defaultdict(list)
    for name in sorted(said):
        for key in key_numbers(said[name]):
            filed[key].append(name)
    candidates = {pair for names in filed.values() for pair in combinations_with_replacement(names, 2)}
    between = {(a, b): found for a, b in sorted(candidates) if (found := edges(said[a], elsewhere(said[b])))}
    by_id = {d.article.id: d.article for d in documents}

    @cache
    def passages(document: str, other: str) -> Sequence[Span]:
        return [found.a.span for found in copied(by_id[document], by_id[other])]

    inside: dict[tuple[int, int], Score] = {}
    at = 0
    for of_one in by_document:
        inside |= {(at + n, at + m): score for (n, m), score in within(of_one).items()}
        at += len(of_one)
    return claims(told, worded, between, inside, passages)


def claims(
    told: Sequence[Tellable],
    worded: Sequence[str],
    between: Edges,
    inside: Links,
    passages: Passages,
    ruled: Mapping[tuple[str, str], Score | None] | None = None,
) -> tuple[Claim, ...]:
    """The claims that tellings make, by id, from the links between their wordings (``worded`` names that of each)
    and ``inside`` their documents. Nothing else bears on them, so the claims of one component may be derived
    without the others."""
    order = sorted(range(len(told)), key=lambda n: place(told[n]))
    rank = {n: at for at, n in enumerate(order)}
    ordered, names_of = [told[n] for n in order], [worded[n] for n in order]
    held_inside = {(min(rank[a], rank[b]), max(rank[a], rank[b])): score for (a, b), score in inside.items()}
    linked_to: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in between:
        linked_to[pair[0]].append(pair)
    found: list[Claim] = []
    inside_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n, m in held_inside:
        inside_of[n].append((n, m))
    for group in components(ordered, names_of, between, held_inside):
        here = [ordered[n] for n in group]
        names = [names_of[n] for n in group]
        held = {pair: between[pair] for name in sorted(set(names)) for pair in linked_to[name]}
        at = {n: position for position, n in enumerate(group)}
        own = {(at[a], at[b]): held_inside[a, b] for n in group for a, b in inside_of[n]}
        found += claims_of(here, links(here, names, held, own, when), passages, Ruled(names, ruled or {}))
    return tuple(sorted(found, key=lambda c: c.id))
