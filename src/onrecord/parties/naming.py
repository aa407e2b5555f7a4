"""Names that no preset knows: organisations by their own words, persons, and what else may turn out a party."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from onrecord.model import Party, PartyKind, Side
from onrecord.parties.chunks import Chunk, Name, chunks, kind, opens
from onrecord.parties.lines import Hit, Line, vocabulary
from onrecord.parties.names import Word, key, slug, words

_KINDS: dict[Name, tuple[PartyKind, Side | None]] = {
    Name.UNION: (PartyKind.UNION, Side.WORKERS),
    Name.EMPLOYERS_BODY: (PartyKind.EMPLOYERS_BODY, None),
    Name.BODY: (PartyKind.EMPLOYERS_BODY, None),
    Name.COMPANY: (PartyKind.EMPLOYER, None),
    Name.PUBLIC: (PartyKind.THIRD_PARTY, None),
    Name.OUTLET: (PartyKind.OUTLET, Side.NEITHER),
    Name.OTHER: (PartyKind.EMPLOYER, None),
}
_NAME = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*\.?")


@dataclass(slots=True)
class Named:
    """The parties found in a document by id. ``tentative`` are those that are parties only if what is said of
    them bears it out; ``vague`` those whose kind their name leaves open; ``placelike`` those that the parser takes
    for places throughout."""

    parties: dict[str, Party] = field(default_factory=dict)
    aliases: list[tuple[str, str, bool]] = field(default_factory=list)  # name, id, plain
    tentative: set[str] = field(default_factory=set)
    vague: set[str] = field(default_factory=set)
    placelike: set[str] = field(default_factory=set)

    def add(self, party: Party, *names: str) -> None:
        self.parties.setdefault(party.id, party)
        self.aliases.extend((name, party.id, False) for name in names)


def named(
    read: Sequence[Line], hits: Sequence[Hit], taken: Sequence[set[int]], outlet: str | None, known: Container[str]
) -> Named:
    """The parties that a document names and no preset knows. ``outlet`` is the document's own;
    ``known`` the ids of the presets."""
    found = Named()
    runs = [c for n, line in enumerate(read) for c in chunks(n, line, taken[n])]
    _own_outlet(found, outlet, known)
    for chunk in runs:
        _organisation(found, read[chunk.line], chunk)
    _persons(found, read, runs)
    _short_names(found, read, runs)
    _acronyms_of_presets(found, read, hits)
    _locals(found, read, runs, hits)
    return found


# ------------------------------------------------------------------------------- organisations


def _organisation(found: Named, line: Line, chunk: Chunk) -> None:
    if chunk.name is Name.OTHER and not _may_be_organisation(line, chunk):
        return
    name, acronym = line.name(chunk.first, chunk.last), _acronym(line.words, chunk.last, chunk.keys)
    party_kind, side = _KINDS[chunk.name]
    id = slug(name)
    if not id:
        return
    if acronym is not None and chunk.name is Name.OTHER:
        found.vague.add(id)
    elif chunk.name is Name.OTHER:
        if id not in found.tentative and _is_place(line, chunk):
            found.placelike.add(id)
        elif not _is_place(line, chunk):
            found.placelike.discard(id)
        found.tentative.add(id)
    elif chunk.name is Name.BODY:
        found.vague.add(id)
    if id not in found.parties:
        found.add(Party(id=id, name=name, kind=party_kind, side=side), name)
    if acronym is not None:
        found.add(found.parties[id], acronym)


def _may_be_organisation(line: Line, chunk: Chunk) -> bool:
    """A run of capitals that could be a company: not a person's, not a single word that begins a sentence."""
    labels = Counter(line.entity[chunk.first : chunk.last])
    roles = vocabulary().single["persons.role"] | vocabulary().single["persons.title"]
    if labels["PERSON"] * 2 > chunk.last - chunk.first or not roles.isdisjoint(chunk.keys):
        return False
    if any(labels[x] for x in ("DATE", "TIME", "MONEY", "NORP", "LANGUAGE", "EVENT", "LAW", "WORK_OF_ART")):
        return False
    if chunk.last - chunk.first == 1:
        word = line.words[chunk.first]
        return line.prose and not opens(line, chunk.first) and len(word.text) > 2
    return True


def _is_place(line: Line, chunk: Chunk) -> bool:
    labels = line.entity[chunk.first : chunk.last]
    return sum(x in ("GPE", "LOC") for x in labels) * 2 > len(labels)


def _acronym(found: Sequence[Word], at: int, keys: Sequence[str]) -> str | None:
    """The acronym in brackets after a name, when its letters are initials of the name, in order."""
    if at + 2 >= len(found) or found[at].text != "(" or found[at + 2].text not in ("),", ")"):
        return None
    acronym = found[at + 1].text
    letters = [c for c in acronym.casefold() if c.isalpha()]
    if not (2 <= len(letters) <= 8 and acronym.isupper()):
        return None
    initials = iter(k[0] for k in keys)
    return acronym if sum(any(c == i for i in initials) for c in letters) >= len(letters) - 1 else None


def _acronyms_of_presets(found: Named, read: Sequence[Line], hits: Sequence[Hit]) -> None:
    for hit in hits:
        line = read[hit.line].words
        keys = [w.norm for w in line[hit.first : hit.last]]
        acronym = _acronym(line, hit.last, keys) if hit.party is not None and len(keys) > 1 else None
        if acronym is not None and hit.party is not None:
            found.aliases.append((acronym, hit.party, False))


def _own_outlet(found: Named, outlet: str | None, known: Container[str]) -> None:
    """The document's own outlet, by its name and, where the last word says that it is one, by that word alone."""
    if not outlet or not key(outlet) or slug(outlet) in known:
        return
    keys = key(outlet)
    if kind(keys) not in (Name.OUTLET, Name.OTHER):
        return  # a union's or a company's own page: the name is found as theirs
    found.add(Party(id=slug(outlet), name=outlet, kind=PartyKind.OUTLET, side=Side.NEITHER), outlet)
    if len(keys) > 1 and keys[-1] in vocabulary().single["organisations.outlet"]:
        found.aliases.append((outlet.split()[-1], slug(outlet), True))


def _short_names(found: Named, read: Sequence[Line], runs: Sequence[Chunk]) -> None:
    """ "Acme" for "Acme Machines Inc", "St. Ann's" for "St. Ann's Hospital Group", "the Ledger" for "Bay Ledger":
    only where that short form stands alone somewhere, and fits one of them."""
    alone = {c.keys for c in runs if c.name is Name.OTHER and not _place(read[c.line], c)}
    short: dict[str, set[str]] = {}
    for id, party in found.parties.items():
        written = words(party.name, 0, len(party.name))
        keys = tuple(w.norm for w in written)
        if party.kind is PartyKind.EMPLOYER:
            for n in range(1, len(keys)):
                # A place's name is not short for the port authority there.
                named_for = (
                    n == 1 or set(keys[n:]) <= vocabulary().single["grammar.suffixes"] or written[n - 1].possessive
                )
                if keys[:n] in alone and named_for and len("".join(keys[:n])) > 2:
                    short.setdefault(party.name[: written[n - 1].end], set()).add(id)
        if (
            party.kind is PartyKind.OUTLET
            and len(keys) > 1
            and keys[-1] in vocabulary().single["organisations.outlet"]
        ):
            short.setdefault(written[-1].text, set()).add(id)
    for name, ids in sorted(short.items()):
        found.aliases.extend((name, id, True) for id in sorted(ids))
        if slug(name) not in ids and slug(name) in found.tentative:
            found.tentative.discard(slug(name))
            found.parties.pop(slug(name), None)
            found.aliases = [a for a in found.aliases if a[1] != slug(name)]


def _place(line: Line, chunk: Chunk) -> bool:
    labels = line.entity[chunk.first : chunk.last]
    before = line.words[chunk.first - 1].norm if chunk.first else ""
    return sum(x in ("GPE", "LOC", "FAC") for x in labels) * 2 > len(labels) and before in (
        "in",
        "near",
        "from",
        "around",
    )


def _locals(found: Named, read: Sequence[Line], runs: Sequence[Chunk], hits: Sequence[Hit]) -> None:
    """ "Local 12 of the Amalgamated Glaziers Union": the local's parent."""
    begins = {(c.line, c.first): slug(read[c.line].name(c.first, c.last)) for c in runs if c.name is Name.UNION}
    begins.update({(h.line, h.first): h.party for h in hits if h.party is not None})
    for chunk in runs:
        if chunk.keys[0] != "local" or chunk.name is not Name.UNION:
            continue
        line, at = read[chunk.line].words, chunk.last
        if at < len(line) and line[at].norm in ("of", ","):
            at += 1
            at += at < len(line) and line[at].norm == "the"
            parent = begins.get((chunk.line, at))
            local = slug(read[chunk.line].name(chunk.first, chunk.last))
            if parent is not None and local in found.parties:
                was = found.parties.pop(local)
                id = f"{parent}-{local}"
                found.parties[id] = Party(
                    id=id, name=was.name, kind=PartyKind.UNION, side=Side.WORKERS, parent=parent
                )
                found.aliases = [(n, id if i == local else i, p) for n, i, p in found.aliases]


# ------------------------------------------------------------------------------- persons


def _persons(found: Named, read: Sequence[Line], runs: Sequence[Chunk]) -> None:
    places = {
        c.keys
        for c in runs
        if c.first and read[c.line].words[c.first - 1].norm in vocabulary().single["grammar.where"]
    }
    # "Salt Bay" beside the "Salt Bay Observer"
    places |= {key(p.name)[:n] for p in found.parties.values() if p.id not in found.tentative for n in (1, 2, 3)}
    for chunk in runs:
        if chunk.name is not Name.OTHER or chunk.keys in places:
            continue
        line = read[chunk.line]
        first, introduced = _after_roles(line.words, chunk)
        stretch = line.words[first : chunk.last]
        if not 2 <= len(stretch) <= 4 or not all(_NAME.fullmatch(w.text) for w in stretch):
            continue
        labels = Counter(line.entity[first : chunk.last])
        if labels["PERSON"] * 2 > len(stretch) or introduced or _role_follows(line.words, chunk.last):
            name = line.name(first, chunk.last)
            id = slug(name)
            found.tentative.discard(id)
            found.tentative.discard(slug(line.name(chunk.first, chunk.last)))
            found.parties[id] = Party(id=id, name=name, kind=PartyKind.PERSON)
            found.aliases.append((name, id, False))
    people = [p for p in found.parties.values() if p.kind is PartyKind.PERSON]
    for party in people:
        surname = party.name.split()[-1]
        if len(surname) > 1:
            found.aliases.append(
                (surname, party.id, surname.casefold() in vocabulary().single["grammar.surnames"])
            )


def _after_roles(found: Sequence[Word], chunk: Chunk) -> tuple[int, bool]:
    """Where the name begins after "Captain", "Health Secretary" and the like; and whether one stands there."""
    known = vocabulary().single
    ahead = known["persons.role"] | known["persons.title"]
    first, introduced = chunk.first, False
    for i in range(chunk.first, chunk.last - 1):
        if found[i].norm in ahead:
            first, introduced = i + 1, True
    if chunk.first and first == chunk.first and found[chunk.first - 1].norm in known["persons.role"]:
        introduced = True
    return first, introduced


def _role_follows(found: Sequence[Word], at: int) -> bool:
    """ "Ann Lee, the union's chief negotiator,"."""
    if at >= len(found) or found[at].text != ",":
        return False
    roles = vocabulary().single["persons.role"]
    for word in found[at + 1 : at + 7]:
        if not word.text[0].isalnum():
            return False
        if word.norm in roles:
            return True
    return False
