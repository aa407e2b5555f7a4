"""Who is who in a record, as the documents name them and as people ruled."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from onrecord.model import OnrecordError, Party
from onrecord.record import ruled
from onrecord.record.queries import documents
from onrecord.text.names import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party as the documents name it and as people ruled: ``met`` are the numbers of the documents that have it,
    ``members`` the ids of the parties that belong to it, ``found_as`` the ids under which the reader has it."""

    id: str
    name: str
    kind: str
    side: str | None
    parent: str | None
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    met: tuple[int, ...]
    mentions: int
    found_as: tuple[str, ...]

    @property
    def documents(self) -> int:
        """How many documents have it."""
        return len(self.met)


def parties(db: sqlite3.Connection, dispute: str | None = None) -> tuple[PartyRow, ...]:
    """Parties by number of documents, most first."""
    numbers = {d.id: d.number for d in documents(db, dispute)}
    seen: dict[str, list[tuple[int, Party, int]]] = defaultdict(list)
    as_found: dict[str, set[str]] = defaultdict(set)
    for document, party, mentions, found_as in ruled.parties(db, dispute):
        if document in numbers:
            seen[party.id].append((numbers[document], party, mentions))
            as_found[party.id].update(found_as)
    parent = {id: next((p.parent for _, p, _ in rows if p.parent), None) for id, rows in seen.items()}
    out = []
    for id, rows in seen.items():
        rows.sort(key=lambda row: row[0])
        out.append(
            PartyRow(
                id=id,
                name=rows[0][1].name,
                kind=rows[0][1].kind,
                side=next((p.side for _, p, _ in rows if p.side), None),
                parent=parent[id],
                aliases=tuple(dict.fromkeys(a for _, p, _ in rows for a in p.aliases)),
                members=tuple(sorted(m for m, of in parent.items() if of == id)),
                met=tuple(number for number, _, _ in rows),
                mentions=sum(n for _, _, n in rows),
                found_as=tuple(sorted(as_found[id])),
            )
        )
    return tuple(sorted(out, key=lambda p: (-p.documents, -p.mentions, p.id)))


def find_party(db: sqlite3.Connection, name: str, dispute: str | None = None) -> PartyRow:
    """The one party that goes by an id or a name; of several with that name as an alias the one that has it as its
    own.

    Raises OnrecordError when there is none or more than one.
    """
    rows = parties(db, dispute)
    wanted = slug(name)
    for fits in (
        [p for p in rows if p.id == name.strip()],
        [p for p in rows if wanted in (p.id, slug(p.name))],
        [p for p in rows if wanted in map(slug, p.aliases)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            ids = ", ".join(p.id for p in fits)
            raise OnrecordError(f"{name!r} is the name of several parties: {ids}; name one by its id")
    raise OnrecordError(f"the record knows no party {name!r}; list them with: onrecord parties")


def names_of(db: sqlite3.Connection, id: str) -> tuple[str, ...]:
    """The names under which the reader has a party, as ids are made of them."""
    party = ruled.corrections(db).known.get(id)
    return () if party is None else tuple(slug(n) for n in (party.name, *party.aliases))
