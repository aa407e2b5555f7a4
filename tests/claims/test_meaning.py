import pytest

from onrecord.claims.meaning import likeness, rarity, vector


def meaning(text):
    return vector(text, lambda word: 1.0)


def test_a_paraphrase_is_closer_than_another_subject():
    told = meaning("the walkout may last until the new year")
    again = meaning("the strike could drag on to the end of the year")
    other = meaning("the museum bought three clocks")
    assert likeness(told, again) > likeness(told, other) + 0.2


def test_the_same_words_are_the_same_direction_and_none_is_none():
    assert likeness(meaning("ferries"), meaning("ferries")) == pytest.approx(1.0)
    assert meaning("… — !") == ""
    assert likeness("", meaning("ferries")) == 0.0


def test_a_word_of_grammar_is_common_and_a_rare_one_rare():
    assert rarity("the") < rarity("talks") < rarity("chandlery")
