from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from onrecord.parties.vocabulary import about_labour, labour_weight

LEXICON = tomllib.loads(files("onrecord.parties").joinpath("data/labour.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dockers at the northern terminal walked out on Monday; the union set up picket lines.", True),
        ("The lockout enters its third week with no contract talks planned.", True),
        ("Tutors voted for industrial action after the pay offer was rejected.", True),
        ("An air strike hit the bridge, and a drone strike the depot.", False),
        ("The envoy hoped to strike a deal before the summit.", False),
        ("Lightning strikes set the hill on fire, and an earthquake struck the coast.", False),
        ("He threw a third strike in the ninth inning and the crowd rose.", False),
        ("The European Union and its members discussed the weather.", False),
        ("A striking resemblance, she thought.", False),
        ("", False),
    ],
)
def test_the_strike_of_labour_is_told_from_the_others(text: str, expected: bool) -> None:
    assert about_labour(text) is expected


def written(phrase: str) -> str:
    return phrase.replace(" * ", " some ").replace("*", "")


@pytest.mark.parametrize("phrase", LEXICON["strong"]["phrases"])
def test_each_strong_phrase_counts_two(phrase: str) -> None:
    assert labour_weight(f"Xy {written(phrase)} xy") >= 2


@pytest.mark.parametrize("phrase", LEXICON["weak"]["phrases"])
def test_each_weak_phrase_counts_one(phrase: str) -> None:
    assert labour_weight(f"Xy {written(phrase)} xy") == 1


@pytest.mark.parametrize("phrase", LEXICON["figurative"]["phrases"])
def test_each_figurative_phrase_counts_nothing(phrase: str) -> None:
    assert labour_weight(f"Xy {written(phrase)} xy") == 0


def test_length_does_not_count() -> None:
    assert labour_weight("strike " * 500) == labour_weight("strike")
