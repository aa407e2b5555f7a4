"""Bring together what tells the same claim, find who told it first, and say what changed on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations_with_replacement

from onrecord.claims.claim import claims_of
from onrecord.claims.components import Edges, components, links
from onrecord.claims.copied import copied
from onrecord.claims.origin import Passages, place, when
from onrecord.claims.tellable import Tellable, tellables
from onrecord.claims.wording import digest, edges, key_numbers, wording
from onrecord.model import Claim, ReadArticle, Span


def cluster(documents: Sequence[ReadArticle]) -> tuple[Claim, ...]:
    """The claims of a dispute: every proposition that is told, with all its tellings.

    Stretches are linked two at a time (``link``), whatever else is in the record; what hangs together is parted
    again where a chain has drawn several claims into one (``groups``). The order of the documents does not matter.
    Fate is always open here: what became of a claim is judged against the timeline, by the rooms that follow.
    """
    told = [t for d in documents for t in tellables(d)]
    said = {digest(w): w for w in map(wording, told)}
    filed: dict[int, list[str]] = defaultdict(list)
    for name in sorted(said):
        for key in key_numbers(said[name]):
            filed[key].append(name)
    candidates = {pair for names in filed.values() for pair in combinations_with_replacement(names, 2)}
    between = {(a, b): found for a, b in sorted(candidates) if (found := edges(said[a], said[b]))}
    by_id = {d.article.id: d.article for d in documents}

    @cache
    def passages(document: str, other: str) -> Sequence[Span]:
        return [found.a.span for found in copied(by_id[document], by_id[other])]

    return claims(told, between, passages)


def claims(told: Sequence[Tellable], between: Edges, passages: Passages) -> tuple[Claim, ...]:
    """The claims that tellings make, by id, from the links between their wordings. Nothing else bears on them, so
    the claims of one component may be derived without the others."""
    ordered = sorted(told, key=place)
    worded = [digest(wording(t)) for t in ordered]
    linked_to: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in between:
        linked_to[pair[0]].append(pair)
    found: list[Claim] = []
    for group in components(ordered, worded, between):
        here = [ordered[n] for n in group]
        names = [worded[n] for n in group]
        held = {pair: between[pair] for name in sorted(set(names)) for pair in linked_to[name]}
        found += claims_of(here, links(here, names, held, when), passages)
    return tuple(sorted(found, key=lambda c: c.id))
