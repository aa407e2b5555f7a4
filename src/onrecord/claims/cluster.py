"""Bring together what tells the same claim, find who told it first, and say what changed on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import combinations

from onrecord.claims.copied import copied
from onrecord.claims.link import keys, link
from onrecord.claims.tellable import Tellable, tellables
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

Passages = dict[tuple[str, str], list[Span]]
"""By a document and another one: the stretches of the first that stand in the other too."""
_ALONE = Score(1.0, (Part("alone", 1.0, "the only telling in the record"),))


def cluster(documents: Sequence[ReadArticle]) -> tuple[Claim, ...]:
    """The claims that two or more stretches tell, and those ahead of the record that one alone tells.

    Stretches are linked two at a time (``link``), whatever else is in the record; a claim is what hangs together.
    The order of the documents does not matter. Fate is always open here: what became of a claim is judged against
    the timeline, by the rooms that follow.
    """
    told = sorted((t for d in documents for t in tellables(d)), key=_place)
    links = _links(told)
    passages: Passages = defaultdict(list)
    for found in copied(documents):
        passages[found.a.document, found.b.document].append(found.a.span)
        passages[found.b.document, found.a.document].append(found.b.span)
    claims = [
        _claim([told[n] for n in group], group, links, passages) for group in _groups(len(told), links) if group
    ]
    return tuple(sorted((c for c in claims if c is not None), key=lambda c: c.id))


def _place(t: Tellable) -> tuple[str, int, int, str]:
    return (t.document, t.span.start, t.span.end, t.statement or "")


def _links(told: Sequence[Tellable]) -> dict[tuple[int, int], Score]:
    filed: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, t in enumerate(told):
        for key in keys(t):
            filed[key].append(n)
    candidates = {pair for numbers in filed.values() for pair in combinations(numbers, 2)}
    scores = {pair: link(told[pair[0]], told[pair[1]]) for pair in sorted(candidates)}
    return {pair: score for pair, score in scores.items() if score is not None}


def _groups(count: int, links: dict[tuple[int, int], Score]) -> list[list[int]]:
    parent = list(range(count))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in links:
        parent[root(b)] = root(a)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(count):
        groups[root(n)].append(n)
    return list(groups.values())


def _claim(
    told: list[Tellable], numbers: list[int], links: dict[tuple[int, int], Score], passages: Passages
) -> Claim | None:
    if len(told) == 1 and not told[0].ahead:
        return None
    relations = [_relation(t, n, told, numbers, links, passages) for t, n in zip(told, numbers, strict=True)]
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
                match=_match(numbers[n], [m for m in numbers if m != numbers[n]], links),
            )
            for n in order
        ),
        fate=Fate.OPEN,
        fate_why="not yet held against the timeline",
        origin_outside=outside,
    )


def _when(t: Tellable) -> tuple[bool, date, int, tuple[str, int, int, str]]:
    return (t.published is None, t.published or date.max, _RANK.get(t.authority, 5), _place(t))


def _match(n: int, others: list[int], links: dict[tuple[int, int], Score]) -> Score:
    """The strongest link of a telling to another one of its claim."""
    found = [links[min(n, m), max(n, m)] for m in others if (min(n, m), max(n, m)) in links]
    return max(found, key=lambda s: s.value) if found else _ALONE


def _relation(
    t: Tellable,
    at: int,
    told: list[Tellable],
    numbers: list[int],
    links: dict[tuple[int, int], Score],
    passages: Passages,
) -> Relation:
    """Where a telling has its claim from: an earlier document's own words, an outlet that it names, its own
    source; unknown when it shows none."""
    for other, n in zip(told, numbers, strict=True):
        score = links.get((min(at, n), max(at, n)))
        if score is not None and _earlier(other, t) and _is_copy(t, other, score, passages):
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
    if any(p.holds(t.span) for p in passages.get((t.document, other.document), ())):
        return True
    return score.parts[0].name == _COPY and t.plain.count(" ") >= _COPY_WORDS - 1


def _origin(told: list[Tellable], relations: list[Relation]) -> tuple[int | None, str | None]:
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
