"""Every entry of the lexicons does something."""

from __future__ import annotations

import pytest

from onrecord.attribution.find import find
from onrecord.attribution.lexicon import cues
from onrecord.model import Certainty
from tests import factories
from tests.attribution.said import statement_about

FRAMES = {
    "clause": "that the strike is over",
    "object": "the strike",
    "small": "the strike a farce",
    "as": "the strike as a farce",
    "at": "the cost at two million",
    "to": "to go home",
    "whole": "a strike by Friday",
}


def third_person(lemma: str) -> str:
    verb, _, rest = lemma.partition(" ")
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        verb += "es"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        verb = verb[:-1] + "ies"
    else:
        verb += "s"
    return f"{verb} {rest}".strip()


def sentence(verb: str, frame: str) -> str:
    if frame == "quote":
        return f"“The strike is over,” the guild {verb}."
    return f"The guild {verb} {FRAMES.get(frame, f'{frame} the strike')}."


@pytest.mark.parametrize("lemma", sorted(cues().verbs))
def test_each_verb_attributes_in_one_of_its_forms(lemma: str) -> None:
    for frame in sorted(cues().verbs[lemma].frames):
        for text in (sentence(third_person(lemma), frame), sentence(f"will {lemma}", frame)):
            sources = [a.source[0].of(text) for a in find(factories.parsed(text)) if a.source]
            if {"The guild", "the guild"} & set(sources):
                return
    pytest.fail(f"{lemma}: attributes in none of its forms")


@pytest.mark.parametrize("noun", sorted(cues().nouns))
def test_each_noun_attributes(noun: str) -> None:
    texts = (
        f"The guild's {noun} that the strike is over was heard.",
        f"The guild heard the {noun} that the strike is over.",
    )
    found = [(a.source[0].of(t), a.cue[0].of(t)) for t in texts for a in find(factories.parsed(t)) if a.source]
    assert ("The guild", noun) in found


@pytest.mark.parametrize("adverb", sorted(cues().adverbs))
def test_each_adverb_reports_for_nobody(adverb: str) -> None:
    said = statement_about(f"The two sides {adverb} met on Sunday.", "met on Sunday")
    assert (said.source.name, said.certainty) == ("unnamed", Certainty.PROBABLE)


@pytest.mark.parametrize("phrase", [" ".join(p) for p in cues().phrases])
def test_each_phrase_attributes(phrase: str) -> None:
    said = statement_about(f"The strike is over, {phrase} Ann Lee.", "The strike is over")
    assert said.source.name == "Ann Lee"
