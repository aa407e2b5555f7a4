"""Where names of an index stand in a document, with care for those that are ordinary words too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Party, PartyKind
from onrecord.parties.chunks import opens
from onrecord.parties.lines import Hit, Line, traps, vocabulary
from onrecord.parties.names import Alias, Index, slug
from onrecord.parties.presets import Presets


def sightings(read: Sequence[Line], indexes: Sequence[Index]) -> tuple[list[Hit], list[set[int]]]:
    """All names in order, the longest first; and by line the words taken by a name or a phrase that names none.

    A name that several parties share is resolved when exactly one of them is named otherwise."""
    taken: list[set[int]] = [set() for _ in read]
    found: list[tuple[int, int, Alias, bool]] = []
    for n, line in enumerate(read):
        i = 0
        while i < len(line.words):
            alias = _longest(line, i, indexes)
            if alias is None or (alias.ids and _part_of_another(line, i, i + len(alias.key))):
                i += 1
                continue
            end = i + len(alias.key)
            if alias.ids:
                found.append((n, i, alias, not alias.plain or _capital_counts(line, i, end)))
            taken[n].update(range(i, end))
            i = end
    return _resolved(found, taken), taken


def _longest(line: Line, i: int, indexes: Sequence[Index]) -> Alias | None:
    best = traps().at(line.words, i)
    for index in indexes:
        alias = index.at(line.words, i)
        if alias is not None and (best is None or len(alias.key) > len(best.key)):
            best = alias
    return best


def _part_of_another(line: Line, first: int, last: int) -> bool:
    """ "Ford Foundation", "Gerald Ford": the name is part of another."""
    following = line.words[last] if last < len(line.words) else None
    if (
        following is not None
        and following.capital
        and not line.words[last - 1].possessive
        and following.norm in vocabulary().single["organisations.tail"]
    ):
        return True
    before = line.words[first - 1] if first else None
    return (
        before is not None
        and before.capital
        and last - first == 1
        and line.entity[first] == "PERSON"
        and line.entity[first - 1] == "PERSON"
        and not before.possessive
        and before.norm not in vocabulary().single["persons.role"] | vocabulary().single["persons.title"]
    )


def _capital_counts(line: Line, first: int, last: int) -> bool:
    if not line.prose:
        return False
    if not opens(line, first):
        return True
    following = line.words[last] if last < len(line.words) else None
    return line.words[last - 1].possessive or (
        following is not None and following.norm in vocabulary().single["grammar.says"]
    )


def _resolved(found: Sequence[tuple[int, int, Alias, bool]], taken: list[set[int]]) -> list[Hit]:
    sure = {alias.ids[0] for _, _, alias, counts in found if counts and len(alias.ids) == 1}
    hits: list[Hit] = []
    for n, first, alias, counts in found:
        last = first + len(alias.key)
        fitting = [id for id in alias.ids if id in sure]
        if not counts and not fitting:
            taken[n].difference_update(range(first, last))
        elif len(alias.ids) == 1:
            hits.append(Hit(n, first, last, alias.ids[0], "named"))
        elif len(fitting) == 1:
            hits.append(Hit(n, first, last, fitting[0], "the only one of that name in the document"))
        else:
            hits.append(Hit(n, first, last, None, "may be any of " + ", ".join(alias.ids)))
    return hits


def with_locals(
    read: Sequence[Line], hits: Sequence[Hit], taken: list[set[int]], presets: Presets
) -> tuple[list[Hit], dict[str, Party]]:
    """ "Teamsters Local 12": the local of a known union, a party of its own."""
    out: list[Hit] = []
    found: dict[str, Party] = {}
    for hit in hits:
        line = read[hit.line].words
        union = None if hit.party is None else presets.party(hit.party)
        numbered = (
            union is not None
            and union.kind is PartyKind.UNION
            and hit.last + 1 < len(line)
            and line[hit.last].text == "Local"
            and line[hit.last + 1].text.isdigit()
        )
        if union is None or not numbered:
            out.append(hit)
            continue
        number = line[hit.last + 1].text
        id = slug(f"{union.id} local {number}")
        found[id] = Party(
            id=id,
            name=f"{union.name} Local {number}",
            kind=PartyKind.UNION,
            side=union.side,
            aliases=(f"Local {number}",),
            parent=union.id,
        )
        taken[hit.line].update((hit.last, hit.last + 1))
        out.append(replace(hit, last=hit.last + 2, party=id))
    return out, found
