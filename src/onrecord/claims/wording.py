"""Tellings that are worded alike are one when it comes to links: two thousand reprints are compared once.

Whether tellings of two documents are linked hangs on what they say, not on where they stand (``link``), save that
the outlet of one counts where the other names it. So what they say, the *wording*, is compared, and the result
holds for every telling in those words. Tellings of one document are held against each other as they stand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import combinations
from typing import Any, get_origin, get_type_hints

from pydantic import TypeAdapter

from onrecord.claims.link import keys, link
from onrecord.claims.tellable import Tellable
from onrecord.model import Score, Span

Wording = Tellable
"""A telling without the place where it stands: what ``wording`` gives."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two wordings. Where an outlet is given it holds only for tellings of that outlet."""

    score: Score
    a_outlet: str | None = None
    b_outlet: str | None = None

    def turned(self) -> Edge:
        """The same link, told from the other side."""
        return Edge(self.score, self.b_outlet, self.a_outlet)

    def holds(self, a: Tellable, b: Tellable) -> bool:
        """Whether tellings of two documents in these wordings are linked by it."""
        return self.a_outlet in (None, a.outlet) and self.b_outlet in (None, b.outlet) and a.document != b.document


_NOWHERE: dict[str, Any] = {"document": "", "span": Span(0, 1), "statement": None, "outlet": None, "answers": ""}
"""What of a telling says where it stands and not what it says."""


def wording(told: Tellable) -> Wording:
    """What a telling says, without document, place and outlet."""
    return replace(told, **_NOWHERE)


def place(told: Tellable) -> str:
    """What ``wording`` leaves out, as JSON."""
    row = _adapter().dump_python((told,), mode="json", include={0: set(_NOWHERE)})[0]
    return json.dumps(row, separators=(",", ":"))


def stands(said: Wording, at: str) -> Tellable:
    """The telling of a wording at a place."""
    return from_json(f"[{json.dumps(json.loads(as_json([said]))[0] | json.loads(at))}]")[0]


def elsewhere(said: Wording) -> Wording:
    """A wording as that of another document."""
    return replace(said, document="elsewhere")


def edges(a: Wording, b: Wording) -> tuple[Edge, ...]:
    """All links between two wordings, of which the second is ``elsewhere``: the one that always holds, and those
    that hold for an outlet which the other wording names; none when they are not the same claim."""
    always = link(a, b)
    found = [] if always is None else [Edge(always)]
    for outlet in b.cites:
        score = link(replace(a, outlet=outlet), b)
        if score is not None and score != always:
            found.append(Edge(score, a_outlet=outlet))
    for outlet in a.cites:
        score = link(a, replace(b, outlet=outlet))
        if score is not None and score != always:
            found.append(Edge(score, b_outlet=outlet))
    return tuple(found)


def within(told: Sequence[Tellable]) -> dict[tuple[int, int], Score]:
    """The links between tellings of one document, by their positions, the smaller first."""
    pairs = ((n, m, link(told[n], told[m])) for n, m in combinations(range(len(told)), 2))
    return {(n, m): score for n, m, score in pairs if score is not None}


def key_numbers(said: Wording, scope: str = "") -> tuple[int, ...]:
    """The keys of a wording as 63-bit numbers, within a scope, that of its document apart. A clash of two keys
    only adds a candidate."""
    own = ("document", said.document)
    found = {int.from_bytes(_hashed((scope, *key)), "big") >> 1 for key in keys(said) if key != own}
    return tuple(sorted(found))


def _hashed(parts: Sequence[str]) -> bytes:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()


# ------------------------------------------------------------------------------- as text


def as_json(told: Sequence[Tellable]) -> str:
    """Tellings as JSON; equal tellings give the same text, whatever the order of their sets."""
    rows = _adapter().dump_python(tuple(told), mode="json")
    for row in rows:
        _in_order(row, Tellable)
    return json.dumps(rows, separators=(",", ":"))


def _in_order(row: dict[str, Any], kind: type) -> None:
    """Put what were sets into an order of their own."""
    sets, inner = _shape(kind)
    for name in sets:
        row[name].sort(key=str)
    for name, of in inner:
        _in_order(row[name], of)


@cache
def _shape(kind: type) -> tuple[tuple[str, ...], tuple[tuple[str, type], ...]]:
    """The fields of a dataclass that are sets, and those that are dataclasses."""
    hints = get_type_hints(kind)
    return (
        tuple(name for name, hint in hints.items() if get_origin(hint) is frozenset),
        tuple((name, hint) for name, hint in hints.items() if isinstance(hint, type) and is_dataclass(hint)),
    )


def digest(said: Wording) -> str:
    """The name of a wording: equal wordings have the same, here and in another process."""
    return blake2b(as_json([said]).encode(), digest_size=16).hexdigest()


def from_json(text: str) -> tuple[Tellable, ...]:
    """The tellings that ``as_json`` wrote."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[tuple[Tellable, ...]]:
    return TypeAdapter(tuple[Tellable, ...])
