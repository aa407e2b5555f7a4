"""The parts of a phrase that stands for a source: its head, name, owner, affiliation."""

from __future__ import annotations

from onrecord.attribution.lexicon import source_words
from onrecord.attribution.names import Names, Nature
from onrecord.attribution.tree import Range
from onrecord.model import Party, Side

_OF = frozenset({"of", "for", "from", "by", "at", "in", "on", "with"})
# Of "a note that members got" the members are no issuers.
_RECEIVING = frozenset({"get", "receive", "see", "obtain", "read", "view", "have", "review"})
_MEMBERS = frozenset({"member", "staff", "worker", "employee"})
_BACK = 4  # sentences in which a document was mentioned that is taken up
_REACH = 300  # words back to it
_FEW = 50  # bearers of a role: in a longer list a description means nobody
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


def head_of(names: Names, found: Range) -> int:
    """The token on which a phrase hangs."""
    grid = names.grid
    for token in range(*found):
        outside = not found[0] <= grid.heads[token] < found[1] or grid.heads[token] == token
        if outside and grid.pos[token] not in {"PUNCT", "SPACE", "ADP", "CCONJ"}:
            return token
    return found[1] - 1


def apposed(names: Names, head: int, found: Range) -> int | None:
    """The name that stands beside a role: "its director, Ann Lee"."""
    grid = names.grid
    for kid in grid.kids[head]:
        within = grid.deps[kid] == "appos" and found[0] <= kid < found[1]
        if within and names.nature(kid) is Nature.PERSON:
            return kid
    return None


def owner_of(names: Names, head: int, found: Range) -> Range | None:
    """Whose spokesperson, whose letter: a possessive, "of X", "issued by X", "that X sent", "X spokesman"."""
    grid = names.grid
    for kid in grid.kids[head]:
        if grid.deps[kid] == "poss":
            return grid.subtree(kid)
    for kid in grid.kids[head]:
        if grid.deps[kid] == "prep" and grid.words[kid] in _OF:
            named = grid.child(kid, "pobj")
            if named is not None and names.nature(named) not in {Nature.THING, Nature.DOCUMENT}:
                return grid.subtree(named)
            if named is not None and apposed(names, named, grid.subtree(named)) is not None:
                return grid.subtree(named)
        if grid.deps[kid] in {"acl", "relcl"} and kid > head:
            if grid.lemmas[kid] in _RECEIVING and grid.child(kid, "agent") is None:
                continue
            by = grid.child(kid, "agent")
            named = grid.child(by, "pobj") if by is not None else grid.child(kid, "nsubj")
            if named is not None and grid.words[named] not in RELATIVE:
                return grid.subtree(named)
    for kid in grid.kids[head]:
        if grid.deps[kid] in {"compound", "nmod", "amod"} and (
            grid.pos[kid] == "PROPN" or names.nature(kid) is Nature.ORGANISATION
        ):
            return grid.left[kid], kid + 1
    return None


def affiliation_of(names: Names, found: Range, named: int) -> Party | None:
    """The one organisation that a person's phrase names."""
    parties = {
        p.id: p
        for i in range(*_with_apposition(names, found, named))
        if (p := names.party(i)) is not None and names.nature(i) in {Nature.ORGANISATION, Nature.OUTLET}
    }
    return next(iter(parties.values())) if len(parties) == 1 else None


def _with_apposition(names: Names, found: Range, named: int) -> Range:
    grid = names.grid
    last = max([found[1], *(grid.right[k] for k in grid.kids[named] if grid.deps[k] == "appos")])
    return found[0], last


def side_of(names: Names, found: Range, head: int) -> Side | None:
    """The side of "a studio executive": that of the one party named in the phrase."""
    sides = {p.side for i in range(*found) if i != head and (p := names.party(i)) is not None}
    return next(iter(sides)) if len(sides) == 1 else None


def gender_of(names: Names, found: Range, head: int) -> str | None:
    """The pronoun ("he", "she") that the noun of a phrase, its titles and its apposition go with, None when they
    do not tell."""
    grid = names.grid
    beside = [
        k for k in grid.kids[head] if grid.deps[k] in {"compound", "appos", "nmod"} and found[0] <= k < found[1]
    ]
    titles = range(max(0, grid.left[head] - 1), head)
    if grid.deps[head] == "appos":
        beside.append(grid.heads[head])
    told = {source_words().gender.get(grid.words[i]) for i in (head, *beside, *titles)} - {None}
    return next(iter(told)) if len(told) == 1 else None


def outlet_of(names: Names, head: int, found: Range) -> str | None:
    """The outlet of "the Ledger's sources", "the Ledger has a source"."""
    grid = names.grid
    governor = grid.heads[head]
    if grid.deps[head] == "dobj" and grid.lemmas[governor] in {"have", "quote", "cite", "reach", "find"}:
        teller = grid.child(governor, "nsubj")
        if teller is not None and names.nature(teller) is Nature.OUTLET and not names.own_outlet(teller):
            return names.name(teller)
    whose = next((k for k in names.grid.kids[head] if names.grid.deps[k] == "poss" and k >= found[0]), None)
    if whose is None or names.nature(whose) is not Nature.OUTLET:
        return None
    return names.name(whose)


def bearer_of(names: Names, head: int, found: Range) -> int | None:
    """The name of the one person whose role the text has told by the words of a description: "the mediator" where
    it has "Ann Lee, the mediator"."""
    grid = names.grid
    if grid.words[found[0]] != "the":
        return None
    nouns = {grid.lemmas[i] for i in range(*found) if grid.pos[i] in {"NOUN", "PROPN"}}
    told = names.roles.get(grid.lemmas[head], ())
    if len(told) > _FEW:
        return None
    bearers = {names.persons[name]: name for name, role in told if nouns <= role}
    return next(iter(bearers.values())) if len(bearers) == 1 else None


def issued_before(names: Names, head: int) -> Range | None:
    """Who issued the document that "the letter" takes up, by its nearest mention in the sentences before: its
    owner, the one who sent it or said something in it, or the one whose members got it."""
    grid = names.grid
    here = names.parsed.sentence_of(head)
    if here is None:
        return None
    first = max(names.parsed.sentences[max(0, here.n - 1 - _BACK)].first, head - _REACH)
    for token in range(head - 1, first - 1, -1):
        if grid.lemmas[token] == grid.lemmas[head] and grid.pos[token] == "NOUN":
            return (
                owner_of(names, token, grid.subtree(token)) or sender_of(names, token) or _of_members(names, token)
            )
    return None


def sender_of(names: Names, token: int) -> Range | None:
    """The subject of the verb by which a document is sent, or in which it is said."""
    grid = names.grid
    verb = grid.heads[token]
    if grid.deps[token] == "pobj" and grid.words[verb] in {"in", "by", "through", "with"}:
        verb = grid.heads[verb]
    elif grid.deps[token] != "dobj":
        return None
    subject = grid.child(verb, "nsubj")
    if subject is None or grid.pos[verb] != "VERB" or grid.lemmas[verb] in _RECEIVING:
        return None
    return grid.subtree(subject) if names.nature(subject) in {Nature.ORGANISATION, Nature.PERSON} else None


def _of_members(names: Names, token: int) -> Range | None:
    """Of "a note that guild members got": the guild."""
    grid = names.grid
    for clause in grid.kids[token]:
        who = grid.child(clause, "nsubj") if grid.deps[clause] in {"relcl", "acl"} else None
        if who is None or grid.lemmas[clause] not in _RECEIVING or grid.lemmas[who] not in _MEMBERS:
            continue
        body = next((k for k in grid.kids[who] if grid.deps[k] in {"compound", "poss", "nmod"}), None)
        if body is not None and names.nature(body) is Nature.ORGANISATION:
            return body, body + 1
    return None
