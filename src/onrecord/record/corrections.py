"""What people ruled on parties, laid over a reading: who is the same, how they are called, on which side they are.

A reading stays as the machine made it; what is shown and compared is a reading seen through the rulings in force
(nomenklatura's canonical id beside the original). Rulings name parties by id. An id is made of a name, so it is
the same in every reading; where another reader or file of parties gives a party another id, its name still leads
to it. Pure: no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from onrecord.model import (
    Authority,
    Dispute,
    Event,
    Mention,
    Participant,
    Party,
    PartyKind,
    ReadArticle,
    Side,
    Source,
    Span,
    Statement,
)
from onrecord.record.rows import Rows, ruled
from onrecord.text.names import slug


class Matter(StrEnum):
    """What a ruling on a party is about."""

    SAME = "party.same"  # it is the party of that id
    NAME = "party.name"
    SIDE = "party.side"
    KIND = "party.kind"
    ALIAS = "party.alias"  # it goes by that name
    MEMBER_OF = "party.member_of"  # it belongs to the party of that id


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One ruling in force: on the party with an id, everywhere or in one dispute; ``holds`` False says that the
    value does not hold ("is not the same", "does not go by that name")."""

    number: int
    party: str
    matter: Matter
    value: str
    holds: bool = True
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """Whose a name is, by a ruling; ``theirs`` False: it is not that party's."""

    text: str
    party: str
    theirs: bool
    number: int


@dataclass(slots=True)
class Rulings:
    """The rulings that hold together in one place, by the ids that the record's readings have."""

    known: Mapping[str, Party]
    same: dict[str, tuple[str, int]] = field(default_factory=dict)
    fields: dict[Matter, dict[str, tuple[str, int]]] = field(default_factory=dict)
    names: dict[str, _Name] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)

    @classmethod
    def of(cls, corrections: Iterable[Correction], known: Mapping[str, Party]) -> Rulings:
        """The rulings of ``corrections``, later over earlier ones; ``known`` are the parties of the record."""
        found = cls(known)
        made = tuple(corrections)
        ids = _ids(known)
        for c in made:
            if c.matter is Matter.ALIAS and c.holds and c.party == slug(c.value):
                ids.pop(c.party, None)  # a name that was split off is a party of its own
        for c in made:
            party = ids.get(c.party, c.party)
            if c.matter is Matter.SAME:
                found._link(party, ids.get(c.value, c.value), c)
            elif c.matter is Matter.ALIAS:
                found.names[slug(c.value)] = _Name(c.value, party, c.holds, c.number)
            else:
                value = ids.get(c.value, c.value) if c.matter is Matter.MEMBER_OF else c.value
                ruled = found.fields.setdefault(c.matter, {})
                if c.holds or c.matter is Matter.MEMBER_OF:
                    ruled[party] = (value if c.holds else "", c.number)
                else:
                    ruled.pop(party, None)
        return found

    def _link(self, party: str, other: str, c: Correction) -> None:
        self.same.pop(party, None)
        if not c.holds or party == other:
            return
        at = other
        while at in self.same:  # "A is B" after "B is A": the later one says which name stays
            if self.same[at][0] == party:
                del self.same[at]
                break
            at = self.same[at][0]
        self.same[party] = (other, c.number)

    def __bool__(self) -> bool:
        """Whether a ruling on a party is among them."""
        return bool(self.same or self.names or any(self.fields.values()))

    def canonical(self, id: str) -> str:
        """The id under which a party goes."""
        while id in self.same:
            id = self.same[id][0]
        return id

    def ruled(self, matter: Matter, id: str) -> str | None:
        """The value that people gave a party, None when they gave none."""
        found = self.fields.get(matter, {}).get(id)
        return None if found is None else found[0]

    def why(self, *ids: str) -> str:
        """The numbers of the judgements on these parties, in words."""
        numbers = {n for id in ids for _, n in [self.same.get(id, ("", 0))] if n}
        numbers |= {r[id][1] for r in self.fields.values() for id in ids if id in r}
        numbers |= {n.number for n in self.names.values() if n.party in ids}
        return "judgement " + ", ".join(str(n) for n in sorted(numbers)) if numbers else ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All rulings on parties of a record, with the parties that its readings know; and those on rows."""

    made: tuple[Correction, ...]
    known: Mapping[str, Party]
    rows: Rows = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.made or self.rows)

    def within(self, *disputes: str) -> Rulings:
        """The rulings that hold everywhere and in these disputes."""
        scopes = {None, *disputes}
        found = Rulings.of([c for c in self.made if c.dispute in scopes], self.known)
        found.rows = self.rows
        return found


def _ids(known: Mapping[str, Party]) -> dict[str, str]:
    """The id by which a ruling's key is known today: itself, or that of the one party with that name."""
    by_name: dict[str, set[str]] = {}
    for party in known.values():
        for name in (party.name, *party.aliases):
            by_name.setdefault(slug(name), set()).add(party.id)
    return {key: next(iter(ids)) for key, ids in by_name.items() if len(ids) == 1 and key not in known}


# ------------------------------------------------------------------------------- one reading


def corrected(read: ReadArticle, rulings: Rulings) -> ReadArticle:
    """A document's reading as people ruled; the same reading where no ruling is on it."""
    read = ruled(read, rulings.rows)
    if not rulings:
        return read
    seen = _Seen(read, rulings)
    mentions = seen.mentions()
    statements = tuple(seen.statement(s) for s in read.reading.statements)
    events = tuple(seen.event(e) for e in read.reading.events)
    used = {m.party for m in mentions} | {s.source.party for s in statements}
    reading = replace(
        read.reading,
        mentions=mentions,
        parties=tuple(seen.parties[id] for id in sorted(seen.parties) if id in used or id in seen.found),
        statements=statements,
        events=events,
    )
    return replace(read, reading=reading)


class _Seen:
    """One document through the rulings."""

    def __init__(self, read: ReadArticle, rulings: Rulings) -> None:
        self.read, self.rulings = read, rulings
        self.text = read.article.text
        self.was = {p.id: p for p in read.reading.parties}
        self.now = {id: self._now(p) for id, p in self.was.items()}
        self.found = set(self.now.values())
        added = {rulings.canonical(n.party) for n in rulings.names.values() if n.theirs}
        added |= {rulings.canonical(slug(s.source.name)) for s in read.reading.statements if s.source.name}
        self.parties = {id: p for id in sorted(self.found | added) if (p := self._party(id)) is not None}
        self._inherit()
        self._renamed = self._renames()

    def _now(self, party: Party) -> str:
        name = self.rulings.names.get(slug(party.name))
        if name is not None and name.theirs:
            return self.rulings.canonical(name.party)
        return self.rulings.canonical(party.id)

    # --------------------------------------------------------------------- parties

    def _party(self, id: str) -> Party | None:
        """A party as ruled, from the document's own rows and from what the record knows of it."""
        rows = [p for was, p in self.was.items() if self.now[was] == id]
        lead = self.was.get(id) or self.rulings.known.get(id) or self._named(id, rows)
        if lead is None:
            return None
        ruled = self.rulings.ruled
        side = ruled(Matter.SIDE, id)
        told = [p.side for p in (lead, *rows) if p.side is not None]
        parent = ruled(Matter.MEMBER_OF, id)
        if parent is None and lead.parent is not None:
            parent = self.now.get(lead.parent) or self.rulings.canonical(lead.parent)
        name = ruled(Matter.NAME, id) or lead.name
        known = (a for p in (lead, *rows) for a in (p.name, *p.aliases))
        given = (n.text for n in self.rulings.names.values() if n.theirs and self.rulings.canonical(n.party) == id)
        aliases = dict.fromkeys(a for a in (*known, *given) if a != name and not self._denied(a, id))
        kind = ruled(Matter.KIND, id)
        return Party(
            id=id,
            name=name,
            kind=PartyKind(kind) if kind else lead.kind,
            side=Side(side) if side else (told[0] if told else None),
            aliases=tuple(aliases),
            parent=parent if parent and parent != id else None,
        )

    def _named(self, id: str, rows: Sequence[Party]) -> Party | None:
        """A party that no reading has: a name that people split off another one, of the same kind as that."""
        name = next((n.text for n in self.rulings.names.values() if n.theirs and n.party == id), None)
        if name is None:
            return replace(rows[0], id=id) if rows else None
        owner = next((p for p in self.rulings.known.values() if id in map(slug, p.aliases)), None)
        kind = owner.kind if owner is not None else PartyKind.GROUP
        return Party(id=id, name=name, kind=kind)

    def _denied(self, name: str, id: str) -> bool:
        """Whether a person said that a name is not this party's (or is another's)."""
        found = self.rulings.names.get(slug(name))
        if found is None:
            return False
        return (self.rulings.canonical(found.party) == id) != found.theirs

    def _inherit(self) -> None:
        """People and branches take the side of the body that a person put them in, or put on a side."""
        sides, members = (self.rulings.fields.get(m, {}) for m in (Matter.SIDE, Matter.MEMBER_OF))
        for id, party in self.parties.items():
            body = self.parties.get(party.parent or "") or self._party(party.parent or "")
            if body is None or id in sides or party.kind not in _WITH_THEIR_BODY:
                continue
            if body.id in sides or id in members:
                self.parties[id] = replace(party, side=body.side)

    # --------------------------------------------------------------------- mentions

    def mentions(self) -> tuple[Mention, ...]:
        found = [self._mention(m) for m in self.read.reading.mentions]
        for name in self.rulings.names.values():
            if name.theirs:
                found += self._unseen(name, found)
        return tuple(sorted(found, key=lambda m: m.span))

    def _mention(self, mention: Mention) -> Mention:
        name = self.rulings.names.get(slug(mention.span.of(self.text)))
        if name is None:
            return mention if mention.party is None else self._moved(mention)
        id = self.rulings.canonical(name.party)
        why = f"judgement {name.number}"
        if name.theirs:
            return replace(mention, party=id, why=f"{why}: its name")
        if mention.party is not None and self.now.get(mention.party) == id:
            return replace(mention, party=None, why=f"{why}: not a name of {self.parties[id].name}")
        return self._moved(mention)

    def _moved(self, mention: Mention) -> Mention:
        was = mention.party or ""
        now = self.now.get(was, was)
        if now == was:
            return mention
        return replace(mention, party=now, why=f"{mention.why}; {self.rulings.why(was)}".removeprefix("; "))

    def _unseen(self, name: _Name, found: Sequence[Mention]) -> list[Mention]:
        """Places where a name stands that a person gave a party and the reader did not know."""
        party = self.rulings.canonical(name.party)
        out: list[Mention] = []
        for match in _pattern(name.text).finditer(self.text):
            span = Span(match.start(), match.end())
            if not any(m.span.overlaps(span) for m in found):
                out.append(Mention(span=span, party=party, why=f"judgement {name.number}: its name"))
        return out

    # --------------------------------------------------------------------- statements and events

    def _renames(self) -> dict[str, str]:
        """What parties are called now, by each name under which the reader had them."""
        out = {}
        for was, party in self.was.items():
            now = self.parties.get(self.now[was])
            if now is not None and now.name != party.name:
                out[party.name] = now.name
        return out

    def _called(self, name: str) -> str:
        """A name, or several joined by "and", as people ruled."""
        if name in self._renamed:
            return self._renamed[name]
        parts = list(dict.fromkeys(self._renamed.get(p, p) for p in name.split(" and ")))
        return " and ".join(parts) if any(p in self._renamed for p in name.split(" and ")) else name

    def statement(self, s: Statement) -> Statement:
        source = self._source(s)
        via = tuple(dict.fromkeys(self._called(v) for v in s.via))
        authority = s.authority
        if source.party is not None and self.rulings.ruled(Matter.KIND, source.party) is not None:
            authority = _AUTHORITY.get(self.parties[source.party].kind, authority)
        if authority is Authority.JOINT and _parts(source.name) < _parts(s.source.name):
            authority = Authority.PARTY if _parts(source.name) == 1 else authority
        return replace(s, source=source, via=via, authority=authority)

    def _source(self, s: Statement) -> Source:
        source = s.source
        said = slug(source.span.of(self.text)) if source.span is not None else ""
        own = slug(source.name or "")
        name = self.rulings.names.get(said) or self.rulings.names.get(own)
        affiliation = self._called(source.affiliation) if source.affiliation else None
        if name is not None and not name.theirs and source.span is not None:
            not_its = self.parties.get(self.now.get(source.party or "", ""))
            if not_its is not None and not_its.id == self.rulings.canonical(name.party):
                why = f"judgement {name.number}: not a name of {not_its.name}"
                return Source(name=source.span.of(self.text), span=source.span, why=why)
        if name is not None and name.theirs:
            now: str | None = self.rulings.canonical(name.party)
        elif source.party is not None:
            now = self.now.get(source.party) or self.rulings.canonical(source.party)
        else:
            now = self.rulings.canonical(own) if own in self.rulings.same else None
        party = None if now is None else self.parties.get(now)
        if party is None:
            called = self._called(source.name) if source.name else None
            return replace(source, name=called, affiliation=affiliation, side=self._side_of(affiliation, source))
        before = self.was.get(source.party or "")
        described = source.name is not None and before is not None and source.name != before.name and name is None
        why = self.rulings.why(source.party or own, party.id)
        if party.kind is PartyKind.PERSON and party.parent in self.parties:
            affiliation = self.parties[party.parent].name
        return replace(
            source,
            name=self._called(source.name or "") if described else party.name,
            party=party.id,
            side=self._side(before, party, source),
            affiliation=affiliation,
            why=f"{source.why}; {why}" if why and why not in source.why else source.why,
        )

    def _side(self, before: Party | None, party: Party, source: Source) -> Side | None:
        if before is not None and before.id == party.id and before.side == party.side:
            return source.side
        return party.side

    def _side_of(self, affiliation: str | None, source: Source) -> Side | None:
        """The side of somebody who is known by the body that he or she speaks for."""
        body = next((p for p in self.parties.values() if p.name == affiliation), None)
        ruled = body is not None and self.rulings.ruled(Matter.SIDE, body.id) is not None
        return body.side if body is not None and ruled else source.side

    def event(self, e: Event) -> Event:
        people: list[Participant] = []
        for p in e.participants:
            now = self.parties.get(self.now.get(p.party or slug(p.name), ""))
            if now is not None and p.party is not None:
                p = replace(p, name=now.name, party=now.id)
            elif p.party is None and (given := self._given(p.name)) is not None:
                p = replace(p, name=given.name, party=given.id)
            people.append(replace(p, name=self._called(p.name)))
        return replace(e, participants=tuple(dict.fromkeys(people)))

    def _given(self, name: str) -> Party | None:
        """The party that a person gave a name to, or to whom a person said it belongs."""
        own = slug(name)
        ruled = self.rulings.names.get(own)
        if ruled is not None and ruled.theirs:
            return self.parties.get(self.rulings.canonical(ruled.party))
        return self.parties.get(self.rulings.canonical(own)) if own in self.rulings.same else None


_WITH_THEIR_BODY = frozenset({PartyKind.PERSON, PartyKind.COMMITTEE, PartyKind.FACTION, PartyKind.UNION})
_AUTHORITY = {
    PartyKind.PERSON: Authority.NAMED,
    PartyKind.OUTLET: Authority.OUTLET,
    PartyKind.GROUP: Authority.UNNAMED,
    PartyKind.FACTION: Authority.UNNAMED,
    PartyKind.UNION: Authority.PARTY,
    PartyKind.EMPLOYERS_BODY: Authority.PARTY,
    PartyKind.EMPLOYER: Authority.PARTY,
    PartyKind.COMMITTEE: Authority.PARTY,
    PartyKind.THIRD_PARTY: Authority.PARTY,
}


def _parts(name: str | None) -> int:
    return len((name or "").split(" and "))


def _pattern(name: str) -> re.Pattern[str]:
    """Where a name stands in a text: in lower case it is found in any case, with capitals as it is written."""
    bare = re.sub(r"(?i)^the\s+", "", name.strip())
    words = r"\s+".join(re.escape(w) for w in bare.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE if bare.islower() else 0)


# ------------------------------------------------------------------------------- a dispute


def facing(dispute: Dispute, rulings: Rulings) -> Dispute:
    """A dispute whose sides are as people ruled for it."""
    sides: dict[Side, list[str]] = {Side.WORKERS: [], Side.EMPLOYERS: [], Side.NEITHER: []}
    for side, ids in ((Side.WORKERS, dispute.workers), (Side.EMPLOYERS, dispute.employers)):
        for id in (rulings.canonical(i) for i in ids):
            ruled = rulings.ruled(Matter.SIDE, id)
            listed = sides[Side(ruled) if ruled else side]
            if id not in listed:
                listed.append(id)
    return replace(dispute, workers=tuple(sides[Side.WORKERS]), employers=tuple(sides[Side.EMPLOYERS]))
