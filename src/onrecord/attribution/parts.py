"""The parts of a phrase that stands for a source: its head, name, owner, affiliation."""

from __future__ import annotations

from onrecord.attribution.lexicon import source_words
from onrecord.attribution.names import Names, Nature
from onrecord.attribution.tree import Range
from onrecord.model import Party, Side

_OF = frozenset({"of", "for", "from", "by", "at", "in", "on", "with"})
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


def gender_of(names: Names, found: Range) -> str | None:
    """The pronoun ("he", "she") that titles and nouns of a phrase go with, None when they do not tell."""
    told = {source_words().gender.get(names.grid.words[i]) for i in range(*found)} - {None}
    return next(iter(told)) if len(told) == 1 else None


def outlet_of(names: Names, head: int, found: Range) -> str | None:
    """The outlet of "the Ledger's sources"."""
    whose = next((k for k in names.grid.kids[head] if names.grid.deps[k] == "poss" and k >= found[0]), None)
    if whose is None or names.nature(whose) is not Nature.OUTLET:
        return None
    return names.name(whose)
