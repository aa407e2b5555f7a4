"""Bring together what tells the same claim, find who told it first, and say what changed on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import combinations_with_replacement

from onrecord.claims.components import Edges, Links, components, links
from onrecord.claims.copied import copied
from onrecord.claims.tellable import Tellable, tellables
from onrecord.claims.wording import digest, edges, elsewhere, key_numbers, within, wording
from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    Fate,
    Hedge,
    Part,
    ReadArticle,
    Relation,
    Score,
    Span,
    Telling,
    content_id,
)

_STRENGTH = {Certainty.POSSIBLE: 1, Certainty.PROBABLE: 2, Certainty.CERTAIN: 3}
_OWN_SOURCE = frozenset({Authority.JOINT, Authority.PARTY, Authority.NAMED, Authority.UNNAMED})
_RANK = {None: 6, Authority.JOINT: 0, Authority.PARTY: 1, Authority.NAMED: 2, Authority.UNNAMED: 3}
_COPY = "same wording"
_COPY_WORDS = 8  # shorter stretches come out alike by chance

Passages = Callable[[str, str], Sequence[Span]]
"""By a document and another one: the stretches of the first that stand in the other too."""
_ALONE = Score(1.0, (Part("alone", 1.0, "the only telling in the record"),))


def cluster(documents: Sequence[ReadArticle]) -> tuple[Claim, ...]:
    """The claims that two or more stretches tell, and those ahead of the record that one alone tells.

    Stretches are linked two at a time (``link``), whatever else is in the record; a claim is what hangs together.
    The order of the documents does not matter. Fate is always open here: what became of a claim is judged against
    the timeline, by the rooms that follow.
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
    told: Sequence[Tellable], worded: Sequence[str], between: Edges, inside: Links, passages: Passages
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
        made = _claim(here, links(here, names, held, own, _when), passages)
        if made is not None:
            found.append(made)
    return tuple(sorted(found, key=lambda c: c.id))


def place(t: Tellable) -> tuple[str, int, int, str]:
    """Where a telling stands, to sort by."""
    return (t.document, t.span.start, t.span.end, t.statement or "")


def _claim(told: Sequence[Tellable], links: Links, passages: Passages) -> Claim | None:
    if len(told) == 1 and not told[0].ahead:
        return None
    near: list[list[tuple[int, Score]]] = [[] for _ in told]
    for (a, b), score in sorted(links.items(), key=lambda item: item[0]):
        near[a].append((b, score))
        near[b].append((a, score))
    relations = [_relation(t, [(told[m], s) for m, s in near[n]], passages) for n, t in enumerate(told)]
    first, outside = _origin(told, relations)
    lead = told[first] if first is not None else min(told, key=_when)
    order = sorted(range(len(told)), key=lambda n: (n != first, *_when(told[n])))
    return Claim(
        id=content_id("claim", lead.document, lead.span.start, lead.span.end),
        text=lead.text,
        tellings=tuple(
            Telling(
                document=told[n].document,
                span=told[n].span,
                statement=told[n].statement,
                hedge=Hedge.ORIGIN if n == first else _hedge(told[n], told[first] if first is not None else None),
                relation=relations[n],
                origin=n == first,
                match=max((s for _, s in near[n]), key=lambda s: s.value, default=_ALONE),
            )
            for n in order
        ),
        fate=Fate.OPEN,
        fate_why="not yet held against the timeline",
        origin_outside=outside,
    )


def _when(t: Tellable) -> tuple[bool, date, int, tuple[str, int, int, str]]:
    return (t.published is None, t.published or date.max, _RANK.get(t.authority, 5), place(t))


def _relation(t: Tellable, near: Sequence[tuple[Tellable, Score]], passages: Passages) -> Relation:
    """Where a telling has its claim from: an earlier document's own words, an outlet that it names, its own
    source; unknown when it shows none."""
    if any(_earlier(other, t) and _is_copy(t, other, score, passages) for other, score in near):
        return Relation.COPIED
    if t.cites:
        return Relation.CITES
    if t.authority in _OWN_SOURCE and t.source is not None:
        return Relation.INDEPENDENT
    return Relation.UNKNOWN


def _earlier(a: Tellable, b: Tellable) -> bool:
    return a.published is not None and b.published is not None and a.published < b.published


def _is_copy(t: Tellable, other: Tellable, score: Score, passages: Passages) -> bool:
    if t.document == other.document or t.outlet in other.cites:
        return False
    if score.parts[0].name == _COPY and t.plain.count(" ") >= _COPY_WORDS - 1:
        return True
    return any(p.holds(t.span) for p in passages(t.document, other.document))


def _origin(told: Sequence[Tellable], relations: Sequence[Relation]) -> tuple[int | None, str | None]:
    """The telling that comes first, or the outlet outside the record that all lead to; neither when it cannot be
    told. A telling that cites or copies is no origin, nor is one of several that are undated."""
    own = [n for n, r in enumerate(relations) if r not in (Relation.CITES, Relation.COPIED)]
    cited = Counter(c for t in told for c in t.cites)
    at_home = [n for n in own if told[n].outlet in cited]
    if at_home:
        return min(at_home, key=lambda n: _when(told[n])), None
    if own and not cited:
        dated = [n for n in own if told[n].published is not None]
        if dated or len(own) == 1:
            return min(dated or own, key=lambda n: _when(told[n])), None
        return None, None
    earlier = [n for n in own if _before_all(told[n], [t for t in told if t.cites])]
    if earlier:
        return min(earlier, key=lambda n: _when(told[n])), None
    outside = sorted(cited, key=lambda c: (-cited[c], c))
    return None, outside[0] if outside else None


def _before_all(t: Tellable, citing: list[Tellable]) -> bool:
    """Whether a telling with a source of its own is dated before all that cite an outlet not in the record."""
    if t.published is None or t.authority not in _OWN_SOURCE:
        return False
    return all(c.published is not None and t.published < c.published for c in citing)


def _hedge(t: Tellable, origin: Tellable | None) -> Hedge:
    """A telling's certainty held against the origin's; kept where either is unknown."""
    if origin is None or t.certainty is None or origin.certainty is None:
        return Hedge.KEPT
    if t.denied != origin.denied:
        return Hedge.CONTESTED
    here, there = _STRENGTH.get(t.certainty), _STRENGTH.get(origin.certainty)
    if here is None or there is None or here == there:
        return Hedge.KEPT
    if here < there:
        return Hedge.WEAKENED
    return Hedge.DROPPED if here == _STRENGTH[Certainty.CERTAIN] else Hedge.STRENGTHENED
