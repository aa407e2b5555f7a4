"""The words that attribute (data/cues.toml), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import Certainty


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A verb, the forms its content takes, and what its source commits himself to by it."""

    lemma: str
    frames: frozenset[str]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Cues:
    """All that data/cues.toml holds. Phrases are tuples of words."""

    verbs: dict[str, CueVerb]
    passives: dict[str, Certainty]
    adverbs: dict[str, Certainty]
    nouns: dict[str, Certainty]
    holdings: dict[str, Certainty]
    phrases: tuple[tuple[str, ...], ...]
    silence: frozenset[str]


def table(name: str) -> dict[str, object]:
    """A data file of this room as it stands."""
    return tomllib.loads(files("onrecord.attribution").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def cues() -> Cues:
    """The lexicon of cues."""
    data = table("cues")
    verbs = {
        lemma: CueVerb(lemma, frozenset(frames.split()), Certainty(commitment))
        for commitment, group in tables(data["verbs"])
        for lemma, frames in tables(group)
        if isinstance(frames, str)
    }
    return Cues(
        verbs=verbs,
        passives=_committed(data["passives"]),
        adverbs=_committed(data["adverbs"]),
        nouns=_committed(data["nouns"]),
        holdings=_committed(data["holdings"]),
        phrases=tuple(tuple(p.split()) for _, ps in tables(data["phrases"]) for p in words(ps)),
        silence=frozenset(w for _, listed in tables(data["silence"]) for w in words(listed)),
    )


def tables(value: object) -> list[tuple[str, object]]:
    """The entries of a table of a data file."""
    return list(value.items()) if isinstance(value, dict) else []


def words(value: object) -> list[str]:
    """The words of a list of a data file."""
    return [str(v) for v in value] if isinstance(value, list) else []


def _committed(group: object) -> dict[str, Certainty]:
    return {word: Certainty(commitment) for commitment, listed in tables(group) for word in words(listed)}


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What data/sources.toml holds; ``gender`` maps titles and nouns to "he" or "she"."""

    spokespeople: frozenset[str]
    documents: frozenset[str]
    outlet_items: frozenset[str]
    organisations: frozenset[str]
    people: frozenset[str]
    informants: frozenset[str]
    people_endings: tuple[str, ...]
    things: frozenset[str]
    outlet_names: frozenset[str]
    organisation_names: frozenset[str]
    titles: frozenset[str]
    gender: dict[str, str]

    def is_person(self, lemma: str) -> bool:
        """Whether a noun stands for people."""
        return lemma in self.people or (lemma.endswith(self.people_endings) and lemma not in self.things)


@cache
def source_words() -> SourceWords:
    """The words that stand for sources."""
    data = table("sources")
    titles = {w: pronoun for pronoun, ws in tables(data["titles"]) for w in words(ws)}
    nouns = {w: pronoun for pronoun, ws in tables(data["gender"]) for w in words(ws)}

    def listed(key: str) -> frozenset[str]:
        return frozenset(words(data[key]))

    return SourceWords(
        spokespeople=listed("spokespeople"),
        documents=listed("documents"),
        outlet_items=listed("outlet_items"),
        organisations=listed("organisations"),
        people=listed("people"),
        informants=listed("informants"),
        people_endings=tuple(words(data["people_endings"])),
        things=listed("things"),
        outlet_names=listed("outlet_names"),
        organisation_names=listed("organisation_names"),
        titles=frozenset(titles),
        gender={w: p for w, p in {**titles, **nouns}.items() if p != "either"},
    )
