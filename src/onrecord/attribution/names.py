"""What a noun phrase stands for: a person, an organisation, an outlet, a document, or nobody by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.attribution.lexicon import source_words
from onrecord.attribution.tree import Range, Tree
from onrecord.model import Party, PartyKind, Span
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed


class Nature(StrEnum):
    """What a source is."""

    PERSON = "person"  # with a name
    UNNAMED = "unnamed"  # people without one
    ORGANISATION = "organisation"
    SPOKESPERSON = "spokesperson"
    OUTLET = "outlet"
    DOCUMENT = "document"
    PRONOUN = "pronoun"
    THING = "thing"


_ORGANISED = frozenset(
    {PartyKind.UNION, PartyKind.EMPLOYERS_BODY, PartyKind.EMPLOYER, PartyKind.COMMITTEE, PartyKind.THIRD_PARTY}
)
# "People quoted by the Ledger" are people.
APPROACHED = frozenset({"quoted", "cited", "reached", "asked", "contacted", "interviewed", "told"})
_BESIDE = re.compile(r"(?P<name>[^()]+) \((?P<beside>[^()]+)\)")
_LONGEST_ROLE = 20  # words
_FEW = 8  # names that end alike: with more of them it is open which is meant
_FROM = re.compile(r"(?:via|from|quoted|copied|translated)\b", re.IGNORECASE)
_POSSESSIVE = frozenset({"'s", "\u2019s", "'", "\u2019"})


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a document: what a token or phrase stands for, and the full form of a surname."""

    parsed: Parsed
    grid: Tree
    who: Who
    persons: dict[int, str] = field(default_factory=dict)  # token -> full name of the person it is part of
    labels: dict[int, str] = field(default_factory=dict)  # token -> entity label
    bodies: dict[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # last word of bodies' names -> one end of each
    roles: dict[str, tuple[tuple[int, frozenset[str]], ...]] = field(
        default_factory=dict
    )  # noun -> bearers, roles

    def span(self, token: int) -> Span:
        return self.parsed.span(token, token + 1)

    def party(self, token: int) -> Party | None:
        """The party that the mention at a token names, if it is resolved."""
        return self.who.resolve(self.span(token))

    def nature(self, token: int) -> Nature:
        """What the phrase with this head stands for."""
        grid, words = self.grid, source_words()
        party = self.party(token)
        lemma = grid.lemmas[token]
        if grid.pos[token] == "PRON" and grid.words[token] not in words.people:
            return Nature.PRONOUN
        if lemma in words.spokespeople or grid.words[token] in words.spokespeople:
            return Nature.SPOKESPERSON
        if party is not None:
            return _nature_of(party)
        if self.own_outlet(token):
            return Nature.OUTLET
        if grid.pos[token] == "PROPN":
            return self._nature_of_name(token)
        if lemma in words.documents or (lemma in words.outlet_items and lemma not in words.people):
            return Nature.DOCUMENT
        if lemma in words.organisations:
            return Nature.ORGANISATION
        if grid.words[token] in words.people or words.is_person(lemma):
            return Nature.UNNAMED
        if grid.pos[token] in {"NUM", "DET", "ADJ"}:
            return Nature.UNNAMED
        return Nature.THING

    def _nature_of_name(self, token: int) -> Nature:
        words = source_words()
        text = [self.parsed.doc[i].text for i in range(self.grid.left[token], token + 1) if self._named(i)]
        whole = [self.parsed.doc[i].text for i in range(*self.grid.subtree(token))]
        if any(w in words.organisation_names for w in (text[-1], *whole[: len(text) + 2])):
            return Nature.ORGANISATION
        if text[-1] in words.outlet_names:
            return Nature.OUTLET
        label = self.labels.get(token)
        if token in self.persons or label == "PERSON":
            return Nature.PERSON
        if label in {"DATE", "TIME", "EVENT", "WORK_OF_ART", "LAW", "MONEY"}:
            return Nature.THING
        if label in {"ORG", "GPE", "NORP", "FAC"} or text[-1].isupper():
            return Nature.ORGANISATION
        return Nature.PERSON if len(text) > 1 else Nature.THING

    def _named(self, token: int) -> bool:
        return self.grid.pos[token] == "PROPN" or self.parsed.doc[token].text[:1].isupper()

    def own_outlet(self, token: int) -> bool:
        """Whether a name with a capital is a short form of this document's outlet ("the Sentinel")."""
        outlet = self.parsed.article.outlet
        word = self.parsed.doc[token].text
        if outlet is None or not word[:1].isupper() or len(word) < 4:
            return False
        return (
            any(word in form.split() for form in own_forms(outlet))
            and self.grid.pos[token] == "PROPN"
            and token not in self.persons
        )

    def full_form(self, token: int, found: Range) -> int | None:
        """The one name of an organisation here that "the committee" shortens; None unless there is one."""
        if self.grid.words[found[0]] != "the" or found[1] - found[0] != 2:
            return None
        told = self.bodies.get(self.grid.words[token], ())
        named = {self.name(t): t for t in told} if len(told) <= _FEW else {}
        return next(iter(named.values())) if len(named) == 1 else None

    def name(self, token: int) -> str:
        """The canonical name of a phrase's head: the party's, the person's in full, or the words of the name."""
        party = self.party(token)
        if party is not None:
            return party.name
        if self.own_outlet(token) and self.parsed.article.outlet:
            return self.parsed.article.outlet
        if token in self.persons:
            return self.persons[token]
        first = token
        while (
            first > 0
            and first <= self.grid.heads[first - 1] <= token
            and self.grid.deps[first - 1] in {"compound", "amod", "nmod"}
        ):
            first -= 1
        last = token + 1
        for kid in self.grid.kids[token]:
            if kid == last and self.grid.deps[kid] == "prep" and self.grid.words[kid] in {"of", "for"}:
                last = self.grid.right[kid]
        return self.text((first, last))

    def text(self, found: Range) -> str:
        """The words of a phrase on one line, without article and possessive."""
        first, last = found
        if self.grid.words[first] in {"a", "an", "the"} and last - first > 1:
            first += 1
        if self.grid.words[last - 1] in _POSSESSIVE and last - first > 1:
            last -= 1
        return " ".join(self.parsed.span(first, last).of(self.parsed.text).split())

    def description(self, token: int, found: Range) -> str:
        """A phrase for people without a name, up to the first comma or relative clause."""
        first, last = found
        for at in range(token + 1, last):
            if self.grid.tags[at] == "VBN" and self.grid.words[at] in APPROACHED:
                last = at
                break
            if self.grid.words[at] in {",", ";", "\u2014", "\u2013", "("} or self.grid.tags[at] in {
                "WP",
                "WDT",
                "WP$",
            }:
                last = at
                break
        return self.text((first, max(last, token + 1)))


def own_forms(outlet: str | None) -> tuple[str, ...]:
    """The names in an outlet's name: "IndieWire (on Yahoo)" has both, "The Post (via ABC)" only the Post."""
    if not outlet:
        return ()
    match = _BESIDE.fullmatch(outlet)
    if match is None:
        return (outlet,)
    beside = re.sub(r"^(?:re-?post(?:ed)? )?(?:on|at|in) ", "", match["beside"])
    return (match["name"],) if _FROM.match(match["beside"]) else (match["name"], beside)


def is_own(outlet: str | None, forms: Iterable[str]) -> bool:
    """Whether one of the names of a party is the document's own outlet."""
    own = {f.casefold().removeprefix("the ") for f in own_forms(outlet)}
    return any(f.casefold().removeprefix("the ") in own for f in forms)


def names(parsed: Parsed, grid: Tree, who: Who) -> Names:
    """The names of a document. A surname takes the full name of the one person who bears it there."""
    found = [e for e in parsed.doc.ents if e.label_ == "PERSON"]
    full: dict[str, set[str]] = {}
    clean: list[tuple[int, int, str]] = []
    for entity in found:
        first, last = entity.start, entity.end
        while first < last and (grid.words[first] in source_words().titles or grid.pos[first] != "PROPN"):
            first += 1
        while last > first and (grid.words[last - 1] in _POSSESSIVE or grid.pos[last - 1] != "PROPN"):
            last -= 1
        if first < last:
            text = " ".join(parsed.span(first, last).of(parsed.text).split())
            clean.append((first, last, text))
            if last - first > 1:
                full.setdefault(grid.words[last - 1], set()).add(text)
    told = [*_apposed(parsed, grid, who), *_shortened(parsed, grid, who, clean)]
    for first, last, text in told:
        clean.append((first, last, text))
        full.setdefault(grid.words[last - 1], set()).add(text)
    persons: dict[int, str] = {}
    for first, last, text in clean:
        bearers = full.get(grid.words[last - 1], set())
        name = next(iter(bearers)) if last - first == 1 and len(bearers) == 1 else text
        persons.update((i, name) for i in range(first, last))
    # A surname that the entity recogniser missed or took for a place.
    for i, word in enumerate(grid.words):
        if i not in persons and grid.pos[i] == "PROPN" and len(full.get(word, ())) == 1:
            before_is_name = i > 0 and grid.pos[i - 1] == "PROPN" and grid.heads[i - 1] == i
            if not before_is_name and parsed.doc[i].text[:1].isupper():
                persons[i] = next(iter(full[word]))
    labels = {t.i: e.label_ for e in parsed.doc.ents for t in e}
    return Names(parsed, grid, who, persons, labels, _bodies(parsed, grid), _roles(grid, persons))


def _apposed(parsed: Parsed, grid: Tree, who: Who) -> list[tuple[int, int, str]]:
    """Names of persons that an apposition tells to be such, whatever the entity recogniser took them for: "its
    director, Ann Lee", "Ann Lee, the president of the local"."""
    words = source_words()
    out: list[tuple[int, int, str]] = []
    for token, dep in enumerate(grid.deps):
        if dep != "appos":
            continue
        pair = (token, grid.heads[token])
        name = next((t for t in pair if grid.pos[t] == "PROPN"), None)
        role = next((t for t in pair if grid.pos[t] == "NOUN"), None)
        if name is None or role is None:
            continue
        first = name
        while first > 0 and grid.pos[first - 1] == "PROPN" and grid.heads[first - 1] == name:
            first -= 1
        while first < name and grid.words[first] in words.titles:
            first += 1
        lemma = grid.lemmas[role]
        human = words.is_person(lemma) and lemma not in words.organisations
        party = who.resolve(parsed.span(name, name + 1))
        text = " ".join(parsed.span(first, name + 1).of(parsed.text).split())
        organised = any(w in words.organisation_names or w in words.outlet_names for w in text.split())
        if human and name - first == 1 and not organised and (party is None or party.kind is PartyKind.PERSON):
            out.append((first, name + 1, text))
    return out


def _shortened(
    parsed: Parsed, grid: Tree, who: Who, known: Iterable[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Names of two or three words that the text later shortens to the last of them, or takes up by "who": so it
    treats persons, whatever the entity recogniser took them for."""
    words = source_words()
    taken = {i for first, last, _ in known for i in range(first, last)}
    alone = {
        grid.words[i]
        for i, pos in enumerate(grid.pos)
        if pos == "PROPN"
        and grid.deps[i] in {"nsubj", "nsubjpass"}
        and grid.left[i] == i
        and (i == 0 or grid.pos[i - 1] not in {"PROPN", "DET", "ADJ", "NOUN"})
    }
    out: list[tuple[int, int, str]] = []
    for name, pos in enumerate(grid.pos):
        first = name
        while first > 0 and grid.pos[first - 1] == "PROPN" and grid.heads[first - 1] == name:
            first -= 1
        if pos != "PROPN" or not 1 <= name - first <= 2 or taken & set(range(first, name + 1)):
            continue
        plain = [parsed.doc[i].text for i in range(first, name + 1)]
        organised = any(w in words.organisation_names or w in words.outlet_names or not w.istitle() for w in plain)
        human = any(grid.deps[k] == "relcl" and _by_who(grid, k) for k in grid.kids[name])
        if organised or (first > 0 and grid.pos[first - 1] == "DET") or not (human or grid.words[name] in alone):
            continue
        party = who.resolve(parsed.span(name, name + 1))
        if party is None or party.kind is PartyKind.PERSON:
            out.append((first, name + 1, " ".join(parsed.span(first, name + 1).of(parsed.text).split())))
    return out


def _by_who(grid: Tree, clause: int) -> bool:
    return any(grid.words[k] == "who" for k in grid.kids[clause])


def _bodies(parsed: Parsed, grid: Tree) -> dict[str, tuple[int, ...]]:
    """Where names of bodies end, each name once, by the noun that they end in ("WGA Negotiating Committee")."""
    out: dict[str, dict[str, int]] = {}
    for i, word in enumerate(grid.words):
        after_name = i > 0 and grid.pos[i - 1] == "PROPN" and grid.heads[i - 1] == i
        if grid.pos[i] == "PROPN" and after_name and word in source_words().organisations:
            out.setdefault(word, {}).setdefault(parsed.span(i - 1, i + 1).of(parsed.text), i)
    return {word: tuple(found.values()) for word, found in out.items()}


def _roles(grid: Tree, persons: dict[int, str]) -> dict[str, tuple[tuple[int, frozenset[str]], ...]]:
    """The roles told beside names, as their nouns: "Ann Lee, the president of the local", "mediator Ann Lee"; by
    each of their nouns, with a token of the name."""
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for name, full in persons.items():
        beside = [k for k in grid.kids[name] if grid.deps[k] in {"appos", "compound"} and grid.pos[k] == "NOUN"]
        if grid.deps[name] == "appos" and grid.pos[grid.heads[name]] == "NOUN":
            beside.append(grid.heads[name])
        for role in beside:
            first, last = grid.subtree(role)
            nouns = {
                grid.lemmas[i]
                for i in range(first, min(last, first + _LONGEST_ROLE))
                if grid.pos[i] in {"NOUN", "PROPN"} and i not in persons
            }
            seen.setdefault((full, frozenset(nouns | {grid.lemmas[role]})), name)
    out: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for (_, nouns_), name in seen.items():
        for noun in sorted(nouns_):
            out.setdefault(noun, []).append((name, nouns_))
    return {noun: tuple(found) for noun, found in out.items()}


def _nature_of(party: Party) -> Nature:
    if party.kind is PartyKind.OUTLET:
        return Nature.OUTLET
    if party.kind is PartyKind.PERSON:
        return Nature.PERSON
    if party.kind in _ORGANISED:
        return Nature.ORGANISATION
    return Nature.UNNAMED
