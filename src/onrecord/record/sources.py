"""What outlets and organisations did with claims: counts with the rows they rest on, and intervals.

Nothing is said from fewer than ``LEAST`` cases, and nothing of a person: named people count together, and so do
unnamed sources, which are never taken for one another.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from onrecord.model import Authority, Bearing, Claim, Evidence, Fate, Hedge, Relation, Telling
from onrecord.record import codec, findings, queries
from onrecord.record.queries import DocumentRow, References

LEAST = 5
_Z = 1.959964  # 95 %
NAMED, UNNAMED = "named people, together", "unnamed sources, together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``n`` of ``of`` cases. ``low`` and ``high`` are the 95 % interval of Wilson (1927), None with fewer than
    five cases, of which no share is told; ``references`` are the ``n``."""

    n: int
    of: int
    low: float | None
    high: float | None
    references: tuple[str, ...]

    @property
    def value(self) -> float | None:
        """The share, None with fewer than five cases."""
        return None if self.low is None else self.n / self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """An outlet or a speaker. Of its tellings of claims that several tell: how many come first, have a source of
    their own, drop the hedge of the first telling, correct what the outlet told itself (``corrected``).
    ``unnamed``: of its statements, how many rest on unnamed sources. ``confirmed`` and ``contradicted``: of the
    claims that it told first and that are settled."""

    name: str
    kind: str  # "outlet" or "speaker"
    documents: int
    tellings: int
    first: Share
    independent: Share
    dropped: Share
    corrected: Share
    unnamed: Share
    confirmed: Share
    contradicted: Share


@dataclass(slots=True)
class _Cases:
    """Cases in favour and all cases, as references."""

    of: int = 0
    found: list[str] | None = None

    def add(self, reference: str, *, counts: bool) -> None:
        self.of += 1
        if counts:
            self.found = [*(self.found or ()), reference]

    def share(self) -> Share:
        n = len(self.found or ())
        low, high = wilson(n, self.of) if self.of >= LEAST else (None, None)
        return Share(n=n, of=self.of, low=low, high=high, references=tuple(self.found or ()))


def wilson(n: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    p, z2 = n / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


_FIELDS = ("first", "independent", "dropped", "corrected", "unnamed", "confirmed", "contradicted")


def rows(db: sqlite3.Connection, dispute: str | None = None) -> tuple[SourceRow, ...]:
    """Outlets, then speakers, those with most tellings first."""
    cases: dict[tuple[str, str], dict[str, _Cases]] = defaultdict(lambda: {f: _Cases() for f in _FIELDS})
    tellings: dict[tuple[str, str], int] = defaultdict(int)
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    known = {d.id: d for d in queries.documents(db, dispute)}
    speakers = {
        (s.document, s.id): (s.reference, s.name, s.authority) for s in _statements(db, References(db), known)
    }
    for (document, _), (reference, name, authority) in speakers.items():
        for who in _who(known[document], name, authority):
            documents[who].add(document)
            if who[0] == "outlet":
                unnamed = authority == Authority.UNNAMED
                cases[who]["unnamed"].add(reference, counts=unnamed)
    references = References(db)
    for claim in _told_by_several(db, dispute):
        for t in claim.tellings:
            if t.document not in known:
                continue
            reference = str(references.of(t.document, t.span))
            _, name, authority = speakers.get((t.document, t.statement or ""), ("", None, None))
            for who in _who(known[t.document], name, authority):
                tellings[who] += 1
                _count(cases[who], claim, t, reference)
    found = [
        SourceRow(
            kind=who[0],
            name=who[1],
            documents=len(documents[who]),
            tellings=tellings[who],
            **{f: made.share() for f, made in cases[who].items()},
        )
        for who in {**cases, **tellings}
    ]
    return tuple(sorted(found, key=lambda r: (r.kind != "outlet", -r.tellings, -r.documents, r.name)))


def _count(cases: dict[str, _Cases], claim: Claim, t: Telling, reference: str) -> None:
    origin = any(o.origin for o in claim.tellings)
    if origin:
        cases["first"].add(reference, counts=t.origin)
    if t.relation is not Relation.UNKNOWN:
        cases["independent"].add(reference, counts=t.relation is Relation.INDEPENDENT)
    if origin and not t.origin:
        cases["dropped"].add(reference, counts=t.hedge is Hedge.DROPPED)
    cases["corrected"].add(reference, counts=t.bearing is Bearing.CORRECTS)
    if t.origin and claim.fate in (Fate.CONFIRMED, Fate.CONTRADICTED):
        cases["confirmed"].add(reference, counts=claim.fate is Fate.CONFIRMED)
        cases["contradicted"].add(reference, counts=claim.fate is Fate.CONTRADICTED)


def _told_by_several(db: sqlite3.Connection, dispute: str | None) -> Iterator[Claim]:
    for d in findings.disputes(db):
        if dispute in (None, d.id):
            yield from (c for c in queries.claims(db, d.id) if len({t.document for t in c.tellings}) > 1)


def _who(document: DocumentRow, name: str | None, authority: str | None) -> Iterator[tuple[str, str]]:
    """Whom a telling counts for: the outlet, and the organisation that speaks, or people together."""
    yield "outlet", document.outlet or "(outlet not known)"
    if authority == Authority.UNNAMED:
        yield "speaker", UNNAMED
    elif authority == Authority.NAMED:
        yield "speaker", NAMED
    elif authority in (Authority.PARTY, Authority.JOINT) and name:
        yield "speaker", name


@dataclass(frozen=True, slots=True)
class _Statement:
    document: str
    id: str
    reference: str
    name: str | None
    authority: str | None


def _statements(
    db: sqlite3.Connection, references: References, known: dict[str, DocumentRow]
) -> Iterator[_Statement]:
    for r in db.execute(
        "SELECT c.id AS document, s.id, s.source, s.authority, s.content FROM current_document c "
        "CROSS JOIN statement s ON s.reading = c.reading ORDER BY c.number, s.id"
    ):
        if r["document"] in known:
            at = Evidence(r["document"], codec.spans_of(r["content"])[0])
            yield _Statement(
                r["document"], r["id"], str(references.of(at.document, at.span)), r["source"], r["authority"]
            )
