from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.parties.names import Index, key, slug, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Port Pilots' Guild", ["the", "port", "pilots", "guild"]),
        ("O\u2019Brien\u2019s offer", ["obrien", "offer"]),
        ("W.G.A. members", ["wga", "members"]),
        ("Warner Bros. Discovery", ["warner", "bros", "discovery"]),
        ("AFL-CIO", ["afl", "cio"]),
        ("Sean M. Fell left. He", ["sean", "m", "fell", "left", ".", "he"]),
        ("Pratt & Hume", ["pratt", "and", "hume"]),
    ],
)
def test_words_are_compared_without_what_only_joins(text: str, expected: list[str]) -> None:
    assert [w.norm for w in words(text, 0, len(text))] == expected


@pytest.mark.parametrize("name", ["the Port Pilots' Guild", "Port Pilots Guild", "PORT PILOTS\u2019 GUILD"])
def test_a_name_has_one_slug_however_it_is_written(name: str) -> None:
    assert slug(name) == "port-pilots-guild"


def test_a_slug_has_no_accents() -> None:
    assert slug("Café Workers' Union of Málaga") == "cafe-workers-union-of-malaga"


def test_an_acronym_matches_capitals_only() -> None:
    index = Index([("UPS", "ups", False), ("Unite the Union", "unite", False)])
    for text, expected in [("UPS said", ("ups",)), ("ups and downs", None), ("unite the union", None)]:
        found = index.at(words(text, 0, len(text)), 0)
        assert (None if found is None else found.ids) == expected


@given(st.text())
def test_words_slice_the_text_and_cut_no_word(text: str) -> None:
    for word in words(text, 0, len(text)):
        assert text[word.start : word.end] == word.text or text[word.start : word.end].startswith(word.text)
        cut_before = word.start and (text[word.start - 1].isalnum() and text[word.start].isalnum())
        cut_after = word.end < len(text) and (text[word.end - 1].isalnum() and text[word.end].isalnum())
        assert not cut_before and not cut_after
    assert slug(text) == slug(text) and isinstance(key(text), tuple)
