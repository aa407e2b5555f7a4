"""Whose talks: unions, employers or locals of one dispute stand apart where the coverage tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import EventStatus, EventType, ReadArticle, TimelineEntry
from onrecord.standing.placing import Placed
from onrecord.standing.sides import Pair, Sides

# What one union or employer can reach while another does not.
_APART = frozenset(
    {
        EventType.STRIKE_START,
        EventType.STRIKE_END,
        EventType.TENTATIVE_AGREEMENT,
        EventType.RATIFIED,
        EventType.REJECTED_BY_MEMBERS,
        EventType.TALKS_RESUMED,
        EventType.TALKS_BROKEN_OFF,
    }
)
_DONE = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})


@dataclass(frozen=True, slots=True)
class Line:
    """One pair of parties with the entries and documents that are about it. ``parties`` holds its names where
    there are several lines."""

    parties: tuple[str, ...]
    entries: frozenset[str]
    documents: frozenset[str]

    def holds(self, entry: TimelineEntry) -> bool:
        return entry.id in self.entries

    def sees(self, document: Placed) -> bool:
        return document.read.article.id in self.documents


def lines(documents: Sequence[Placed], entries: Sequence[TimelineEntry]) -> tuple[Line, ...]:
    """The leading pair of a dispute, and after it each union and each employer that has acts of its own.

    An entry that names nobody on a side counts for the leading pair; that a strike began counts for all employers
    of the union. A document counts for the bodies that its acts name, or for the leading pair where they name
    none.
    """
    reads = [d.read for d in documents]
    sides = Sides(reads)
    pairs = _pairs(reads, entries, sides)
    main = Pair(
        frozenset({sides.workers} if sides.workers else ()),
        frozenset({sides.employers} if sides.employers else ()),
    )
    unions = _apart(entries, {id: p.workers for id, p in pairs.items()}) - main.workers
    employers = _apart(entries, {id: p.employers for id, p in pairs.items()})
    several = len(employers | main.employers) > 1 and bool(employers - main.employers)
    others = [Pair(frozenset({u}), frozenset()) for u in sorted(unions)]
    others += [Pair(main.workers, frozenset({e})) for e in sorted(employers - main.employers)] if several else []
    seen = {d.article.id: _of_document(d, sides) for d in reads}
    leading = Line(
        _names(main, sides) if others else (),
        frozenset(e.id for e in entries if _is_main(pairs[e.id], main, several=several)),
        frozenset(id for id, p in seen.items() if _is_main(p, main, several=several)),
    )
    return (leading, *(_other(p, main, entries, pairs, seen, sides) for p in others))


def _other(
    pair: Pair,
    main: Pair,
    entries: Sequence[TimelineEntry],
    pairs: dict[str, Pair],
    seen: dict[str, Pair],
    sides: Sides,
) -> Line:
    def own(p: Pair) -> bool:
        if pair.employers:
            return p.employers == pair.employers and (not p.workers or bool(p.workers & main.workers))
        return p.workers == pair.workers

    def shared(e: TimelineEntry) -> bool:
        p = pairs[e.id]
        return (
            bool(pair.employers)
            and e.type is EventType.STRIKE_START
            and not p.employers
            and p.workers == main.workers
        )

    return Line(
        _names(pair, sides),
        frozenset(e.id for e in entries if own(pairs[e.id]) or shared(e)),
        frozenset(id for id, p in seen.items() if own(p)),
    )


def _pairs(reads: Sequence[ReadArticle], entries: Sequence[TimelineEntry], sides: Sides) -> dict[str, Pair]:
    """The bodies that each entry names, on each side those that most of its tellings do."""
    events = {e.id: sides.pair(e) for d in reads for e in d.reading.events}
    out: dict[str, Pair] = {}
    for entry in entries:
        told = [events[id] for id in entry.events if id in events]
        out[entry.id] = Pair(_most([p.workers for p in told]), _most([p.employers for p in told]))
    return out


def _most(named: Sequence[frozenset[str]]) -> frozenset[str]:
    counts = Counter(n for n in named if n)
    return min(counts, key=lambda n: (-counts[n], sorted(n))) if counts else frozenset()


def _apart(entries: Sequence[TimelineEntry], named: dict[str, frozenset[str]]) -> frozenset[str]:
    """The bodies of one side that have a dated act of their own."""
    return frozenset(
        body
        for e in entries
        if e.type in _APART and e.status in _DONE and (e.first or e.told) and len(named[e.id]) == 1
        for body in named[e.id]
    )


def _of_document(document: ReadArticle, sides: Sides) -> Pair:
    out = Pair()
    for event in document.reading.events:
        out |= sides.pair(event)
    return out


def _is_main(pair: Pair, main: Pair, *, several: bool) -> bool:
    if pair.workers and not pair.workers & main.workers:
        return False
    return not several or not pair.employers or bool(pair.employers & main.employers)


def _names(pair: Pair, sides: Sides) -> tuple[str, ...]:
    return tuple(sides.name(id) for id in (*sorted(pair.workers), *sorted(pair.employers)))
