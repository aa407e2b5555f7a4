"""Windows, labels and links by themselves, without the network."""

from __future__ import annotations

from itertools import pairwise, product
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from onrecord.attribution.tagger.choose import FEATURES, choices, features
from onrecord.attribution.tagger.decode import FORBIDDEN, LABELS, Chain, Run, best_labels, runs_of
from onrecord.attribution.tagger.link import ARC, Biases, Linked, Links, Readout, linked, links_of
from onrecord.attribution.tagger.relations import RELATIONS, relations
from onrecord.attribution.tagger.windows import Pieces, Words, paragraphs_of, windows_of, words_of

TOKENIZER = Tokenizer(WordLevel({"[UNK]": 1}, unk_token="[UNK]"))
PIECES = Pieces(TOKENIZER)
SYMBOLS = st.sampled_from(["talks", " ", ".", "“", "”", '"', "\n", "Ms", "12", "’"])
TEXTS = st.lists(SYMBOLS, max_size=80).map("".join)


def words(text: str) -> Words:
    return words_of(text, paragraphs_of(text), PIECES)


@given(TEXTS, st.integers(min_value=4, max_value=40))
def test_windows_cover_every_word_once_and_are_no_longer_than_said(text: str, size: int) -> None:
    of_text = words(text)
    windows = windows_of(of_text, size=size)
    assert [n for w in windows for n in range(w.first, w.last)] == list(range(len(of_text)))
    assert all(len(w.ids) <= size and len(w.heads) == w.last - w.first for w in windows)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“a b” c", "1111 0"),
        ('x "a" y', "0 111 0"),
        ("“a\n\nb", "11 0"),  # an open quotation ends with its paragraph
        ("a ” b", "0 1 0"),
    ],
)
def test_words_know_whether_they_are_quoted(text: str, quoted: str) -> None:
    assert "".join(str(int(q)) for q in words(text).quoted) == quoted.replace(" ", "")


def test_windows_break_between_paragraphs() -> None:
    text = "\n\n".join(["one two three four"] * 6)
    assert [(w.first, w.last) for w in windows_of(words(text), size=10)] == [(0, 8), (8, 16), (16, 24)]


@given(st.lists(st.integers(0, 5), min_size=0, max_size=4), st.integers(0, 2**32 - 1))
def test_the_best_labels_are_the_best_of_all(lengths: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = len(LABELS)
    transitions = rng.normal(size=(size, size)).astype(np.float32)
    transitions[np.array(FORBIDDEN)] = -1e4
    starts = np.where(np.array(FORBIDDEN[0]), -1e4, 0).astype(np.float32)
    chain = Chain(transitions, starts)
    windows = [rng.normal(size=(min(n, 3), size)).astype(np.float32) for n in lengths]
    for window, labels in zip(windows, best_labels(windows, chain), strict=True):

        def score(path: tuple[int, ...], window: np.ndarray = window) -> float:
            total = sum(float(window[n, label]) for n, label in enumerate(path))
            return total + sum(float(transitions[a, b]) for a, b in pairwise(path)) + float(starts[path[0]])

        assert len(labels) == len(window)
        if labels:
            best = max(score(path) for path in product(range(size), repeat=len(window)))
            assert score(tuple(labels)) == pytest.approx(best, abs=1e-3)
            assert not any(FORBIDDEN[a][b] for a, b in pairwise([0, *labels]))


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 2, 3, 0, 5, 6, 6], [(0, 2, 0), (2, 3, 1), (4, 7, 2)]),
        ([5, 5, 6], [(0, 1, 2), (1, 3, 2)]),
        ([0, 1], [(1, 2, 0)]),
    ],
)
def test_labels_spell_spans(labels: list[int], runs: list[tuple[int, int, int]]) -> None:
    assert [(r.first, r.last, r.role) for r in runs_of(labels)] == runs


def test_relations_are_rows_of_the_table_and_tell_directions_apart() -> None:
    of_text = words("a “b” c\n" * 200)
    rows = relations(of_text, np.arange(0, 900, 90), np.arange(900))
    assert rows.min() >= 0 and rows.max() < RELATIONS
    assert rows[5, 449, 0] != rows[5, 451, 0]


def _linked(of_text: Words, links: Links) -> list[Linked]:
    weights = np.zeros(len(FEATURES) + 2)
    weights[0], weights[-2] = 1.0, -9.0
    table = features(of_text, links.contents, links.cues, links.cue)
    return linked(links, links.source, choices(table, 1 - links.cue.sum(axis=1), weights))


@pytest.mark.parametrize(
    ("text", "content", "cue", "holds"),
    [
        (
            "“a b,” they said",
            (0, 5),
            (6, 7),
            {"comma_then_cue", "same_paragraph", "same_sentence", "touches", "near"},
        ),
        (
            "they said “a b.”",
            (2, 7),
            (1, 2),
            {"cue_before", "quoted_continues", "same_paragraph", "touches", "near"},
        ),
        ("they said\n“a b.”", (2, 7), (1, 2), {"cue_before", "quoted_paragraph_back", "touches", "near"}),
    ],
)
def test_how_a_content_and_a_cue_stand_is_seen(
    text: str, content: tuple[int, int], cue: tuple[int, int], holds: set[str]
) -> None:
    table = features(words(text), [Run(*content, 2)], [Run(*cue, 1)], np.zeros((1, 1)))[0, 0]
    flags = {name for name, value in zip(FEATURES, table, strict=True) if value == 1.0}
    assert holds <= flags | {"same_sentence"} and flags - {"same_sentence"} <= holds


def test_a_cue_without_content_is_none_and_a_source_serves_two_cues() -> None:
    of_text = words("they said a and added b while noting")
    arcs = np.zeros((len(of_text), 4 * ARC), dtype=np.float32)
    runs = [Run(0, 1, 0), Run(1, 2, 1), Run(2, 3, 2), Run(4, 5, 1), Run(5, 6, 2), Run(7, 8, 1)]
    near = np.zeros(RELATIONS, dtype=np.float32)
    near[:39] = -np.abs(np.arange(39) - 19) + (np.arange(39) > 19) * -3.0  # what precedes, the nearer the better
    none = np.full(len(of_text), -50, dtype=np.float32)
    readout = Readout(np.zeros((len(of_text), 7), dtype=np.float32), none, arcs)
    found = _linked(of_text, links_of(of_text, readout, runs, Biases(near, near)))
    assert [(x.cue.first, cast(Run, x.source).first, [c.first for c in x.contents]) for x in found] == [
        (1, 0, [2]),
        (4, 0, [5]),
    ]
