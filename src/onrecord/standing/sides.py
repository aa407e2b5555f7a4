"""Whose event it is: the unions and the employers behind its participants, across the documents of a dispute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from onrecord.model import Event, Party, PartyKind, ReadArticle, Side

_T = TypeVar("_T", bound=str)
_BODIES = frozenset({PartyKind.UNION, PartyKind.EMPLOYER, PartyKind.EMPLOYERS_BODY})
_DEEPEST = 4  # a local of a branch of a union of a federation


@dataclass(frozen=True, slots=True)
class Pair:
    """The unions and the employers (or their bodies) of an event, by id; empty where the words name none."""

    workers: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()

    @property
    def both(self) -> frozenset[str]:
        return self.workers | self.employers

    def __or__(self, other: Pair) -> Pair:
        return Pair(self.workers | other.workers, self.employers | other.employers)


class Sides:
    """What the documents together know of the parties: their names, their sides and the bodies they belong to.

    A local, a committee, a faction, a member company and a person count as the body they belong to. Where
    documents differ the majority counts, of equals the first by name.
    """

    def __init__(self, documents: Iterable[ReadArticle]) -> None:
        seen: dict[str, list[Party]] = {}
        for document in documents:
            for party in document.reading.parties:
                seen.setdefault(party.id, []).append(party)
        self._parent = {id: _most(p.parent for p in found) for id, found in seen.items()}
        self._side = {id: _most(p.side for p in found) for id, found in seen.items()}
        self._kind = {id: _most(p.kind for p in found) for id, found in seen.items()}
        self._name = {id: _most(p.name for p in found) for id, found in seen.items()}
        self._whole = _whole_names(self._kind)
        self._documents = {id: len(found) for id, found in seen.items()}
        self.workers = self._leading(Side.WORKERS)
        self.employers = self._leading(Side.EMPLOYERS)

        self.principal = self._principal()

    def _principal(self) -> frozenset[str]:
        """The unions that the documents are about: the leading one, and those that a third as many name."""
        counts: Counter[str] = Counter()
        for id, documents in self._documents.items():
            if self._side[id] is Side.WORKERS and self.is_body(self.root(id)):
                counts[self.root(id)] = max(counts[self.root(id)], documents)
        most = max(counts.values(), default=0)
        return frozenset(id for id, n in counts.items() if 3 * n >= most)

    def _leading(self, side: Side) -> str | None:
        """The body that most documents name on a side."""
        counts: Counter[str] = Counter()
        for id, documents in self._documents.items():
            if self._side[id] is side and self.is_body(self.root(id)):
                counts[self.root(id)] = max(counts[self.root(id)], documents)
        return min(counts, key=lambda id: (-counts[id], id)) if counts else None

    def root(self, party: str) -> str:
        """The body that a party belongs to in the end; itself where it belongs to none."""
        for _ in range(_DEEPEST):
            party = self._whole.get(party, party)
            above = self._parent.get(party)
            if above is None or above == party:
                return party
            party = above
        return party

    def name(self, party: str) -> str:
        return self._name.get(party) or party

    def side(self, party: str) -> Side | None:
        return self._side.get(party)

    def is_body(self, party: str) -> bool:
        """Whether it is a union, an employer or a body of employers, rather than people or somebody outside."""
        return self._kind.get(party) in _BODIES and self._side.get(party) in (Side.WORKERS, Side.EMPLOYERS)

    def pair(self, event: Event) -> Pair:
        """The bodies on both sides of an event."""
        roots = {self.root(p.party) for p in event.participants if p.party is not None}
        bodies = [r for r in roots if self.is_body(r)]
        return Pair(
            frozenset(b for b in bodies if self._side[b] is Side.WORKERS),
            frozenset(b for b in bodies if self._side[b] is Side.EMPLOYERS),
        )


def meet(one: Pair, two: Pair) -> bool:
    """Whether two events can be of the same parties: on each side they share a body, or one names none there."""
    return _touch(one.workers, two.workers) and _touch(one.employers, two.employers)


def _touch(one: frozenset[str], two: frozenset[str]) -> bool:
    return not one or not two or bool(one & two)


def _most(values: Iterable[_T | None]) -> _T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _whole_names(kinds: dict[str, PartyKind | None]) -> dict[str, str]:
    """Short names of companies ("orrin") to the only longer one that begins with them ("orrin-microdevices").
    Unions are not shortened so: Unite and Unite Here are two."""
    companies = sorted(id for id, kind in kinds.items() if kind is PartyKind.EMPLOYER)
    longer: dict[str, list[str]] = {}
    for id in companies:
        for at in (i for i, c in enumerate(id) if c == "-"):
            longer.setdefault(id[:at], []).append(id)
    return {short: longer[short][0] for short in companies if len(longer.get(short, ())) == 1}
