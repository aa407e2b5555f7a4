import pytest

from onrecord.claims.words import _listed, stem, words


@pytest.mark.parametrize(
    ("a", "b"),
    [("negotiator", "negotiating"), ("ferries", "ferry"), ("cancelled", "cancel"), ("closure", "closures")],
)
def test_forms_of_one_word_share_a_stem(a, b):
    assert stem(a) == stem(b)


def test_numbers_count_in_words_and_figures():
    assert words("twelve boats, 1,200 passengers").numbers == {"12", "1200"}


@pytest.mark.parametrize("text", ["they didn’t sail", "no boat sailed", "he denied it"])
def test_negation_is_read(text):
    assert words(text).negated


def test_a_name_counts_as_one_word():
    assert words("he asked the Federation of Harbour Pilots").strong == {stem("asked"), stem("pilots")}


@pytest.mark.parametrize("word", sorted(_listed("weak")))
def test_weak_words_never_link_by_themselves(word):
    assert words(word).strong == frozenset()


@pytest.mark.parametrize("word", sorted(_listed("stop")))
def test_function_words_are_left_out(word):
    assert dict(words(word).weights).keys() <= words(word).numbers
