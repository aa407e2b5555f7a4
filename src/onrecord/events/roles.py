"""Who takes part in an event, and as what.

Roles are "actor" (who does it), "other" (to whom or with whom), "side" (one of several on an equal footing),
"waits_for" and "bearer". Names are canonical, through ``Who``; a participant without a party is known by the
words of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from spacy.tokens import Token

from onrecord.events.bearers import bearers, phrase
from onrecord.events.clauses import Clause
from onrecord.events.lexicon import Rule, words
from onrecord.events.tagging import Tags
from onrecord.model import EventType, Participant, PartyKind, Side
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed

_PEOPLE = frozenset({PartyKind.PERSON, PartyKind.GROUP, PartyKind.FACTION})
_GENERIC = frozenset(
    [
        "union",
        "member",
        "membership",
        "worker",
        "employee",
        "staff",
        "staffer",
        "striker",
        "workforce",
        "crew",
        "colleague",
        "team",
        "local",
        "people",
        "guild",
        "federation",
        "association",
        "picket",
        "picketer",
        "leader",
        "rank",
        "rank-and-file",
    ]
)
_BODIES = frozenset({PartyKind.UNION, PartyKind.EMPLOYERS_BODY, PartyKind.EMPLOYER})


def participants(
    parsed: Parsed,
    who: Who,
    clause: Clause,
    anchor: int,
    rule: Rule,
    tags: Tags,
    speaker: Participant | None = None,
) -> tuple[Participant, ...]:
    """The participants of an event, as its rule says where to look (``who``). ``speaker`` is who "we" is."""
    doc = parsed.doc
    agents = [doc[i] for i in clause.agents]
    patients = [doc[i] for i in clause.patients]
    match rule.who:
        case "both":
            found = _both(parsed, who, clause, tags)
        case "all":
            found = _all(parsed, who, clause, tags)
        case "workers":
            found = _workers(parsed, who, [*agents, *patients, *_around(doc[anchor])], clause, tags)
            if rule.lockout or "lockout" in tags[anchor] or any("lockout" in tags[i] for i in clause.agents):
                found = _lockout(who, found)
        case "workers+agent":
            found = _named(parsed, who, agents, "actor") or _workers(parsed, who, [], clause, tags)
        case "agent+patient":
            found = _named(parsed, who, agents, "actor") + _named(parsed, who, patients, "other")
            if rule.lockout:
                found = _lockout(who, found)
        case "agent+to":
            to = [
                p
                for c in doc[anchor].subtree
                if c.lower_ in ("with", "to", "of", "from")
                for p in c.children
                if p.dep_ == "pobj"
            ]
            actors = _named(parsed, who, agents, "actor")
            if not actors or any(_kind(who, p) in _PEOPLE for p in actors):
                actors += _listed(parsed, who, clause, "actor")
            found = actors + _named(parsed, who, [*patients, *to], "other")
        case "owner":
            found = _named(parsed, who, _owners(doc[anchor]), "actor") or _named(parsed, who, agents, "actor")
        case "patient":
            listed = bearers(doc, clause, tags, subject=False)
            found = _bearers(parsed, who, listed or patients or _around(doc[anchor]))
        case "bearer":
            found = _bearers(parsed, who, [t for t in agents if "strike" not in tags[t.i]] or patients)
        case "third":
            found = _third(parsed, who, agents, patients)
        case _:
            found = _named(parsed, who, agents, "actor")
    ours = any(t.lower_ == "we" for t in agents)
    if ours and not found and speaker is not None:
        found = [speaker]
    return _once(_by_local(parsed, who, p) for p in found)


def _by_local(parsed: Parsed, who: Who, participant: Participant) -> Participant:
    """ "Local 40 of the Millhands": where a text has one local of a union, the local is who acts."""
    mentions = [m for m in who.mentions if m.party is not None]
    locals_ = {
        one.party
        for one, two in pairwise(mentions)
        if two.party == participant.party != one.party
        and _LOCAL_OF.fullmatch(parsed.text[one.span.start : two.span.start])
    }
    return _of(who, locals_.pop() or "", participant.role) if len(locals_) == 1 else participant


_LOCAL_OF = re.compile(r"(?:\w+ )?(?:Local|Lodge|Branch|District|Council) \d+,? of (?:the )?", re.I)


def _named(parsed: Parsed, who: Who, tokens: Iterable[Token], role: str) -> list[Participant]:
    out: list[Participant] = []
    for token in tokens:
        span = parsed.span(token.i, token.i + 1)
        party = who.resolve(span)
        if party is not None and party.kind is not PartyKind.OUTLET:
            out.append(Participant(name=party.name, role=role, party=party.id))
            continue
        sides = who.both_sides(span)
        out += [_of(who, id, "side") for id in sides]
    return out


def _of(who: Who, id: str, role: str) -> Participant:
    party = who.party(id)
    return Participant(name=party.name if party is not None else id, role=role, party=id)


def _leaders(who: Who) -> list[Participant]:
    return [_of(who, id, "side") for id in (who.workers, who.employers) if id is not None]


def _both(parsed: Parsed, who: Who, clause: Clause, tags: Tags) -> list[Participant]:
    """The organisations that the clause names, completed to both sides of the dispute."""
    mentioned = [p for p in _mentioned(parsed, who, clause) if _kind(who, p) in _BODIES]
    sides = {_side(who, p) for p in mentioned}
    if {Side.WORKERS, Side.EMPLOYERS} <= sides:
        return mentioned
    if Side.WORKERS in sides and who.employers is not None:
        return [*mentioned, _of(who, who.employers, "side")]
    if Side.EMPLOYERS in sides and who.workers is not None:
        return [_of(who, who.workers, "side"), *mentioned]
    return _leaders(who)


def _all(parsed: Parsed, who: Who, clause: Clause, tags: Tags) -> list[Participant]:
    """Everyone the clause has meeting, persons and groups included; both sides when it names no two."""
    doc = parsed.doc
    found = _named(parsed, who, [doc[i] for i in clause.agents], "side")
    found += _listed(parsed, who, clause, "side") if any(_kind(who, p) in _PEOPLE for p in found) else []
    found += _named(parsed, who, [doc[i] for i in clause.patients], "side")
    found += _named(parsed, who, _prepositional(doc[clause.head]), "side")
    found = [p for p in _once(found) if _side(who, p) is not Side.NEITHER]
    sides = {_side(who, p) for p in found}
    if len(found) >= 2:
        return found
    if not found or sides <= {Side.WORKERS, Side.EMPLOYERS}:
        extra = [p for p in _leaders(who) if _side(who, p) not in sides]
        return [*found, *extra]
    return found


def _listed(parsed: Parsed, who: Who, clause: Clause, role: str) -> list[Participant]:
    """The persons listed before the verb ("creators, including A (of B), C and D, have sought"), which the parser
    often tears apart."""
    if clause.head == clause.first:
        return []
    before = parsed.span(clause.first, clause.head)
    out: list[Participant] = []
    for mention in who.mentions:
        if mention.party is None or not before.holds(mention.span):
            continue
        party = who.party(mention.party)
        if party is not None and party.kind is PartyKind.PERSON:
            out.append(Participant(name=party.name, role=role, party=party.id))
    return out


def _prepositional(head: Token) -> list[Token]:
    out: list[Token] = []
    for node in (head, *[c for c in head.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]):
        for prep in node.children:
            if prep.dep_ == "prep" and prep.lower_ in ("with", "between", "of", "by", "and"):
                for p in prep.children:
                    if p.dep_ == "pobj":
                        out += [p, *p.conjuncts]
    return out


def _mentioned(parsed: Parsed, who: Who, clause: Clause) -> list[Participant]:
    out: list[Participant] = []
    inside = set(clause.tokens) | set(clause.agents) | set(clause.patients)
    for mention in who.mentions:
        if mention.party is None:
            continue
        tokens = parsed.tokens(mention.span)
        if len(tokens) and (tokens.root.i in inside):
            party = who.party(mention.party)
            if party is not None:
                out.append(Participant(name=party.name, role="side", party=party.id))
    return out


def _workers(parsed: Parsed, who: Who, tokens: list[Token], clause: Clause, tags: Tags) -> list[Participant]:
    named = [
        p
        for p in _named(parsed, who, tokens, "actor")
        if _side(who, p) is Side.WORKERS and _kind(who, p) is not PartyKind.PERSON
    ]
    if named:
        return named
    mentioned = [
        p
        for p in _mentioned(parsed, who, clause)
        if _side(who, p) is Side.WORKERS and _kind(who, p) is PartyKind.UNION
    ]
    if mentioned:
        return [Participant(name=p.name, role="actor", party=p.party) for p in mentioned[:1]]
    others = [t for t in tokens if "labour" in tags[t.i] and t.lemma_.lower() not in _GENERIC and t.pos_ == "NOUN"]
    if others and not _members_of_the_only_union(who, others[0]):
        # "the actors" in a text about writers: not the leading union, and not known.
        return [Participant(name=phrase(others[0]), role="actor")]
    return [_of(who, who.workers, "actor")] if who.workers is not None else []


def _members_of_the_only_union(who: Who, trade: Token) -> bool:
    """Whether a text names one union alone, and none of another trade: "the actors" are no writers' guild."""
    unions = [p for p in who.parties if p.kind is PartyKind.UNION]
    if len(unions) != 1 or unions[0].id != who.workers:
        return False
    named = " ".join((unions[0].name, *unions[0].aliases)).lower()
    names = {w.removesuffix("s") for w in re.findall(r"\w+", named)}
    trades = {word for word in words("classes")["labour"] if word in names} - _GENERIC
    return not trades or trade.lemma_.lower() in trades


def _lockout(who: Who, found: list[Participant]) -> list[Participant]:
    sides = {_side(who, p) for p in found}
    if Side.EMPLOYERS not in sides and who.employers is not None:
        found = [_of(who, who.employers, "actor"), *found]
    if Side.WORKERS not in sides and who.workers is not None:
        found = [*found, _of(who, who.workers, "other")]
    return found


def _third(parsed: Parsed, who: Who, agents: list[Token], patients: list[Token]) -> list[Participant]:
    appointed = [t for t in patients if t.ent_type_ == "PERSON"]
    found = _named(parsed, who, appointed or agents, "actor")
    found = [p for p in found if _side(who, p) in (None, Side.NEITHER)]
    if found:
        return found
    return [
        Participant(name=phrase(t), role="actor") for t in (appointed or agents)[:1] if t.pos_ in ("NOUN", "PROPN")
    ]


_NO_BEARER = frozenset({"MONEY", "PERCENT", "CARDINAL", "QUANTITY", "DATE", "TIME"})


def _bearers(parsed: Parsed, who: Who, tokens: list[Token]) -> list[Participant]:
    out: list[Participant] = []
    for token in tokens:
        if token.ent_type_ in _NO_BEARER or token.pos_ not in ("NOUN", "PROPN"):
            continue
        if token.lemma_.lower() in ("cost", "loss", "bill", "damage", "price", "toll"):
            continue
        party = who.resolve(parsed.span(token.i, token.i + 1))
        if party is not None:
            out.append(Participant(name=party.name, role="bearer", party=party.id))
        else:
            out.append(Participant(name=phrase(token), role="bearer"))
    return out


def _around(noun: Token) -> list[Token]:
    """The nouns that go with a noun: its owner, what stands before it, its prepositions, its apposition."""
    out = [c for c in noun.children if c.dep_ in ("poss", "compound", "nmod", "appos", "amod")]
    return out + [p for c in noun.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]


def _owners(noun: Token) -> list[Token]:
    out = [c for c in noun.children if c.dep_ in ("poss", "compound")]
    return out + [
        p
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ in ("from", "by", "of")
        for p in c.children
        if p.dep_ == "pobj"
    ]


def _side(who: Who, participant: Participant) -> Side | None:
    party = who.party(participant.party) if participant.party is not None else None
    return None if party is None else party.side


def _kind(who: Who, participant: Participant) -> PartyKind | None:
    party = who.party(participant.party) if participant.party is not None else None
    return None if party is None else party.kind


def _once(found: Iterable[Participant]) -> tuple[Participant, ...]:
    out: list[Participant] = []
    for one in found:
        if all(one.name != other.name for other in out):
            out.append(one)
    return tuple(out)


def waiting(found: tuple[Participant, ...], type: EventType, words: frozenset[str]) -> tuple[Participant, ...]:
    """In a standstill in which each waits for the other, every side waits for the other one."""
    if type is EventType.STANDSTILL and words & {"wait", "await"} and len(found) == 2:
        return tuple(Participant(name=p.name, role="waits_for", party=p.party) for p in found)
    return found
