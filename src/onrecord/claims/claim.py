"""From the tellings of one component of links to its claims: who told each first, and what changed on the way."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.claims.changes import bearing, changes, contests, hedge, leading_side, misprinted
from onrecord.claims.groups import Links, Ruled, groups
from onrecord.claims.origin import Passages, may_be, origin, relation, when
from onrecord.claims.tellable import Tellable
from onrecord.model import Claim, Fate, Hedge, Part, Relation, Score, Telling, content_id

HELD_AGAINST = 48  # tellings of a claim, the earliest, that each is held against
_ALONE = Score(1.0, (Part("alone", 1.0, "the only telling in the record"),))


def claims_of(
    told: Sequence[Tellable], links: Links, passages: Passages, ruled: Ruled = Ruled()
) -> tuple[Claim, ...]:
    """The claims of one component, by the positions of its tellings that ``links`` are given by, and as people
    ruled on links."""
    parted = groups(told, links, ruled)
    return tuple(_claim([told[n] for n in group], passages, ruled.of(group)) for group in parted)


def _claim(told: Sequence[Tellable], passages: Passages, ruled: Ruled) -> Claim:
    first_told_first = sorted(range(len(told)), key=lambda n: when(told[n]))[:HELD_AGAINST]
    earliest = [told[n] for n in first_told_first]
    near = [
        [(told[m], s) for m in first_told_first if m != n and (s := ruled.match(n, m, told)) is not None]
        for n in range(len(told))
    ]
    relations = [relation(t, found, passages) for t, found in zip(told, near, strict=True)]
    first, outside = origin(told, relations)
    reference = told[first] if first is not None else _reference(earliest)
    first_told = {
        n
        for n, t in enumerate(told)
        if first is not None
        and may_be(t, relations[n], copied=Relation.COPIED in relations)
        and t.document == told[first].document
    }
    leading = leading_side(told)
    held = [_held_against(t, reference, found) for t, found in zip(told, near, strict=True)]
    order = sorted(range(len(told)), key=lambda n: (n != first, *when(told[n])))
    return Claim(
        id=content_id("claim", reference.document, reference.span.start, reference.span.end),
        text=reference.text,
        tellings=tuple(
            Telling(
                document=told[n].document,
                span=told[n].span,
                statement=told[n].statement,
                hedge=Hedge.ORIGIN if n in first_told else hedge(told[n], held[n], reference, leading),
                relation=relations[n],
                origin=n in first_told,
                match=max((s for _, s in near[n]), key=lambda s: s.value, default=_ALONE),
                bearing=bearing(told[n], held[n], reference, leading),
                changes=changes(told[n], held[n]),
            )
            for n in order
        ),
        fate=Fate.OPEN,
        fate_why="not yet held against the timeline",
        origin_outside=outside,
        origins=_origins(told, relations),
        outlets=len({t.outlet or t.document for t in told}),
    )


def _held_against(t: Tellable, reference: Tellable, near: Sequence[tuple[Tellable, Score]]) -> Tellable | None:
    """What a telling's changes are read off: of the tellings before it in other documents the closest, or one of
    which it misprints a figure that nobody has told so before."""
    before = [
        (s.value, n, o)
        for n, (o, s) in enumerate(near)
        if o.document != t.document and when(o) < when(t) and not contests(o)
    ]
    known = frozenset().union(*(o.words.numbers for _, _, o in before))
    if t.words.numbers - known:
        before = [b for b in before if misprinted(t, b[2])] or before
    if before:
        return max(before, key=lambda b: (b[0], -b[1]))[2]
    return reference if reference.document != t.document and when(reference) < when(t) else None


def _reference(earliest: Sequence[Tellable]) -> Tellable:
    """What tellings are held against where the origin is unknown: the earliest that does not contest."""
    return next((t for t in earliest if not contests(t)), earliest[0])


def _origins(told: Sequence[Tellable], relations: Sequence[Relation]) -> int:
    """How many tellings rest on a source of their own, each source counted once, and each outlet cited that is not
    among those who tell it."""
    own = {t.source or t.document for t, r in zip(told, relations, strict=True) if r is Relation.INDEPENDENT}
    at_home = {t.outlet for t in told}
    cited = {c for t in told for c in (*t.cites, t.agency) if c is not None} - at_home
    return len(own | cited)
