"""Find the parties of a document and what it says of their sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.model import Mention, Party, PartyKind, Side
from onrecord.parties.generic import Context, by_place, counted, generic_hits, own_nouns
from onrecord.parties.lines import Hit, Line, lines, span
from onrecord.parties.names import Index
from onrecord.parties.naming import Named, named
from onrecord.parties.presets import Presets
from onrecord.parties.rendering import render
from onrecord.parties.sides import affiliations, leading, places, with_sides
from onrecord.parties.sightings import sightings, with_locals
from onrecord.parties.vocabulary import about_labour
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed


def find(parsed: Parsed, presets: Presets) -> Who:
    """Who is who in a document: known parties by their names, organisations and persons that the text itself
    introduces, and generic mentions where one candidate remains."""
    read = lines(parsed)
    known, taken = sightings(read, [presets.index])
    known, local = with_locals(read, known, taken, presets)
    found = named(read, known, taken, parsed.article.outlet, presets.by_id)
    found.parties.update(local)
    hits, taken = sightings(read, [Index(found.aliases), presets.index])
    hits, _ = with_locals(read, hits, taken, presets)
    parties = _parties(hits, found, presets)
    hits = sorted((*hits, *own_nouns(read, hits, taken, parties)), key=lambda h: (h.line, h.first))

    rendered = render(read, hits, parties)
    parties, across = with_sides(rendered, hits, parties, found)
    hits = _borne_out(hits, parties, places(rendered, hits))
    rendered = render(read, hits, parties)

    context = Context(read, parties, hits, about_labour(parsed.text))
    generic, groups, created = generic_hits(rendered, context)
    parties.update((p.id, p) for p in created)
    spoken_for = affiliations(rendered, hits, by_place(generic))
    for person, body in spoken_for.items():
        party = parties.get(person)
        if party is not None and party.kind is PartyKind.PERSON:
            parties[person] = replace(party, parent=body, side=_side(parties.get(body)))

    every = sorted((*hits, *generic), key=lambda h: (h.line, h.first))
    counts = counted(every)
    return Who(
        parties=tuple(p for p in parties.values() if counts[p.id] or _is_parent(p, parties, counts)),
        mentions=tuple(
            Mention(span=span(parsed, read[h.line], h.first, h.last), party=h.party, why=h.why) for h in every
        ),
        workers=leading(Side.WORKERS, parties, counts, across),
        employers=leading(Side.EMPLOYERS, parties, counts, across),
        groups=frozenset(
            span(parsed, read[h.line], h.first, h.last) for h in generic if (h.line, h.first) in groups
        ),
    )


def _parties(hits: Sequence[Hit], found: Named, presets: Presets) -> dict[str, Party]:
    """The parties named, in the order of their first mention, with the union of a local and the like."""
    out: dict[str, Party] = {}
    for hit in hits:
        at = hit.party
        while at is not None and at not in out:
            party = found.parties.get(at) or presets.party(at)
            if party is None:
                break
            out[at] = _with_aliases(party, found)
            # Only a branch brings in its body; a company says nothing of the alliance that it is a member of.
            at = party.parent if party.kind in (PartyKind.UNION, PartyKind.COMMITTEE) else None
    return out


def _with_aliases(party: Party, found: Named) -> Party:
    if party.id not in found.parties:
        return party
    names = dict.fromkeys(
        (*party.aliases, *(n for n, id, _ in found.aliases if id == party.id and n != party.name))
    )
    return replace(party, aliases=tuple(names))


def _borne_out(hits: Sequence[Hit], parties: Mapping[str, Party], place: set[int]) -> list[Hit]:
    out: list[Hit] = []
    for i, hit in enumerate(hits):
        if i in place:
            out.append(replace(hit, party=None, why="a place here"))
        elif hit.party is None or hit.party in parties:
            out.append(hit)
    return out


def _is_parent(party: Party, parties: Mapping[str, Party], counts: Mapping[str, int]) -> bool:
    return any(p.parent == party.id and counts.get(p.id, 0) for p in parties.values())


def _side(party: Party | None) -> Side | None:
    return None if party is None else party.side


__all__ = ["Line", "find"]
