"""Who sits on which side: by what the words around a name say; and who leads each side of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.model import Party, PartyKind, Side
from onrecord.parties.lines import Hit
from onrecord.parties.naming import Named
from onrecord.parties.rendering import Rendered, evidence, marked

_BODIES = frozenset({PartyKind.UNION, PartyKind.EMPLOYERS_BODY, PartyKind.EMPLOYER, PartyKind.COMMITTEE})


def with_sides(
    rendered: Sequence[Rendered], hits: Sequence[Hit], parties: Mapping[str, Party], found: Named
) -> tuple[dict[str, Party], Counter[str]]:
    """The parties with the sides that the text supports, without those that nothing bears out; and how often the
    text puts each employer across the table."""
    across: Counter[str] = Counter()
    striking: Counter[str] = Counter()
    for line in rendered:
        for mark in marked(evidence().employer, line):
            if mark.hit is not None and (id := hits[mark.hit].party) is not None:
                across[id] += 1
        for mark in marked(evidence().weak, line):
            if mark.hit is not None and (id := hits[mark.hit].party) is not None and id not in found.placelike:
                across[id] += 1
        for mark in marked(evidence().workers, line):
            if mark.hit is not None and (id := hits[mark.hit].party) is not None:
                striking[id] += 1
    out: dict[str, Party] = {}
    for id, party in parties.items():
        open_side = party.side is None and party.kind in _BODIES
        if id in found.tentative and not across[id]:
            continue
        if id in found.vague and striking[id] > across[id]:
            out[id] = replace(party, kind=PartyKind.UNION, side=Side.WORKERS)
        elif open_side and across[id]:
            out[id] = replace(party, side=Side.EMPLOYERS)
        elif id in found.vague:
            out[id] = replace(party, kind=PartyKind.THIRD_PARTY)
        else:
            out[id] = party
    the_company = sum("generic.employer" in m.lists for line in rendered for m in line.marks)
    only = _only_counterparty(out, Counter(h.party for h in hits if h.party in out), the_company)
    if only is not None:
        out[only] = replace(out[only], side=Side.EMPLOYERS)
        across[only] += 1
    return out, across


# A company named so often in a document with one union, and no other, is the one that it faces.
_OFTEN = 3


def _only_counterparty(
    parties: Mapping[str, Party], counts: Mapping[str | None, int], the_company: int
) -> str | None:
    """The one company or public employer of a document that has a union and nobody on the other side; what the
    document says of "the company" is of it where it names no other."""
    if any(p.side is Side.EMPLOYERS for p in parties.values()):
        return None
    unions = [p.id for p in parties.values() if p.side is Side.WORKERS and p.kind is PartyKind.UNION]
    firms = [p.id for p in parties.values() if p.kind is PartyKind.EMPLOYER and p.side is None]
    said = {id: counts.get(id, 0) + (the_company if len(firms) == 1 else 0) for id in firms}
    often = [id for id in firms if said[id] >= _OFTEN]
    named = max((counts.get(id, 0) for id in unions), default=0)
    return often[0] if named and len(often) == 1 and 2 * said[often[0]] >= named else None


def places(rendered: Sequence[Rendered], hits: Sequence[Hit]) -> set[int]:
    """The hits that name a place where people gather ("they rallied outside Acme") and no more."""
    return {mark.hit for line in rendered for mark in marked(evidence().place, line) if mark.hit is not None}


def affiliations(
    rendered: Sequence[Rendered], hits: Sequence[Hit], generic: Mapping[tuple[int, int], str | None]
) -> dict[str, str]:
    """The body that each person speaks for, where the text says so: the first that it gives."""
    out: dict[str, str] = {}
    for n, line in enumerate(rendered):
        if "<p" not in line.text:
            continue
        for pattern in evidence().affiliation:
            for match in pattern.finditer(line.text):
                person = hits_party(line, int(match["p"]), hits, generic)
                body = hits_party(line, int(match["o"]), hits, generic)
                if person is not None and body is not None:
                    out.setdefault(person, body)
        for pattern in evidence().pronoun:
            for match in pattern.finditer(line.text):
                person = hits_party(line, int(match["p"]), hits, generic)
                near = _bodies(rendered[max(0, n - 1)], hits, generic) if n else set()
                near |= _bodies(line, hits, generic)
                if person is not None and len(near) == 1:
                    out.setdefault(person, next(iter(near)))
    return out


def hits_party(
    line: Rendered, mark: int, hits: Sequence[Hit], generic: Mapping[tuple[int, int], str | None]
) -> str | None:
    """The party that a mark stands for: that of its hit, or what a generic mention was resolved to."""
    found = line.marks[mark]
    return hits[found.hit].party if found.hit is not None else generic.get((line.line, found.first))


def _bodies(line: Rendered, hits: Sequence[Hit], generic: Mapping[tuple[int, int], str | None]) -> set[str]:
    ids = {
        hits_party(line, i, hits, generic)
        for i, mark in enumerate(line.marks)
        if mark.sign in ("u", "x", "t", "o")
    }
    return {id for id in ids if id is not None}


def leading(
    side: Side, parties: Mapping[str, Party], counts: Mapping[str, int], across: Mapping[str, int]
) -> str | None:
    """The party that leads a side in a document: the one it puts across the table and names most often, members
    counted with the body that is named; the first in the order of ``parties`` if several do."""
    total: Counter[str] = Counter()
    table: Counter[str] = Counter()
    for id, party in parties.items():
        if party.side is side and party.kind in (*_BODIES, PartyKind.GROUP, PartyKind.FACTION):
            top = head(party, parties).id
            total[top] += counts.get(id, 0)
            table[top] += across.get(id, 0)
    order = list(parties)
    bodies = [id for id in total if parties[id].kind in _BODIES] or list(total)
    best = [id for id in bodies if total[id]]
    if not best:
        return None
    return min(best, key=lambda id: (-min(table[id], 1), -total[id], order.index(id)))


def head(party: Party, parties: Mapping[str, Party]) -> Party:
    """The body that a branch, committee or member belongs to, as far as this document has it."""
    seen = {party.id}
    while party.parent is not None and party.parent in parties and party.parent not in seen:
        if parties[party.parent].side is not party.side:
            break
        party = parties[party.parent]
        seen.add(party.id)
    return party
