"""Cut texts into words, word pieces and windows: what the encoder reads and where each word of it stands.

A word is a run of letters, digits and ``_``, or any other character that is no white space, as in the scorer of
``score_attribution.py``. A window holds whole paragraphs as far as they fit; a longer paragraph is cut after a
sentence, a longer sentence after a word. No window overlaps another, so that every word is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.attribution.tagger.marks import quotes

Ints = NDArray[np.int64]

WORD = re.compile(r"\w+|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n]+")
PIECES_PER_WORD = 16  # of a longer word, a URL for instance, the encoder reads the beginning
FEATURES = 20  # five shapes, inside or outside a quotation, first word of a paragraph or not
CLS, SEP, PAD = 101, 102, 0  # of BERT's uncased vocabulary
_SENTENCE_END = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the paragraphs of one text, as columns. ``start`` and ``end`` are character offsets;
    ``paragraph`` counts from 0; ``quoted`` is true inside quotation marks, the marks included; ``comma`` is true
    of commas and of what closes a quotation after one; ``feature`` is the row of the table of word features;
    ``pieces`` are word pieces."""

    start: Ints
    end: Ints
    paragraph: Ints
    sentence: Ints
    quoted: NDArray[np.bool_]
    comma: NDArray[np.bool_]
    feature: Ints
    pieces: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``[first, last)`` of a text, with their pieces between CLS and SEP. ``heads`` are the positions of
    the first piece of each word."""

    first: int
    last: int
    ids: Ints
    features: Ints
    heads: Ints


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of like length side by side, padded. ``ids`` is 0 where nothing stands."""

    windows: tuple[int, ...]
    ids: Ints
    features: Ints


class Pieces:
    """The word pieces of single words, remembered, since half of a text is words seen before."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()

        @lru_cache(maxsize=100_000)
        def of(word: str) -> tuple[int, ...]:
            return tuple(tokenizer.encode(word, add_special_tokens=False).ids[:PIECES_PER_WORD])

        self.of = of


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """The lines of a text that hold something: the paragraphs of PolNeAR's texts."""
    return [m.span() for m in PARAGRAPH.finditer(text) if not m.group().isspace()]


def words_of(text: str, paragraphs: Sequence[tuple[int, int]], pieces: Pieces) -> Words:
    """The words of the given paragraphs. A character that leaves no word piece (a zero-width space) is none."""
    rows: list[tuple[int, int, int, int, bool, bool, int]] = []
    found: list[tuple[int, ...]] = []
    sentence = 0
    for n, (begin, stop) in enumerate(paragraphs):
        ended, comma, first = False, False, True
        marked = quotes(text, begin, stop)
        quote = 0
        for match in WORD.finditer(text, begin, stop):
            word = match.group()
            ids = pieces.of(word)
            if (
                not ids
                or (match.start() == begin and _cut(text, begin))
                or (match.end() == stop and _cut(text, stop))
            ):
                continue
            while quote < len(marked) and marked[quote][2] <= match.start():
                quote += 1
            inside = quote < len(marked) and marked[quote][0] <= match.start()
            closes = inside and marked[quote][1] <= match.start()
            if ended and not closes and word not in _SENTENCE_END:
                sentence, ended = sentence + 1, False
            comma = word == "," or (comma and closes)
            rows.append((match.start(), match.end(), n, sentence, inside, comma, _feature(word, inside, first)))
            found.append(ids)
            ended = ended or word in _SENTENCE_END
            first = False
        sentence += 1
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    start, end, paragraph, sentences, inside_of, commas, feature = table.T
    return Words(
        start, end, paragraph, sentences, inside_of.astype(bool), commas.astype(bool), feature, tuple(found)
    )


def _cut(text: str, at: int) -> bool:
    """Whether a border of a paragraph stands inside a word; no span may begin or end there."""
    return 0 < at < len(text) and _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _feature(word: str, quoted: bool, first: bool) -> int:
    if word.isdigit():
        shape = 3
    elif not word[0].isalnum():
        shape = 4
    elif word.isupper():
        shape = 2
    elif word[0].isupper():
        shape = 1
    else:
        shape = 0
    return shape * 4 + quoted * 2 + first


def windows_of(words: Words, *, size: int) -> list[Window]:
    """Windows of at most ``size`` word pieces, CLS and SEP included, of about the same length."""
    units = list(_units(words, size - 2))
    total = sum(length for _, _, length in units)
    target = total / max(1, -(-total // (size - 2)))
    windows: list[Window] = []
    begin, held, done = 0, 0, 0
    for first, last, length in units:
        due = target * (len(windows) + 1)
        full = held + length > size - 2
        if held and (full or done + length / 2 > due):
            windows.append(_window(words, begin, first))
            begin, held = first, 0
        held += length
        done += length
        if last == len(words):
            windows.append(_window(words, begin, last))
    return windows


def _units(words: Words, room: int) -> Iterator[tuple[int, int, int]]:
    """What stays together, as (first word, last word, pieces): a paragraph; of a paragraph that is too long its
    sentences; of a sentence that is too long as many words as fit."""
    lengths = [len(p) for p in words.pieces]
    for first, last in _runs(words.paragraph, 0, len(words)):
        if sum(lengths[first:last]) <= room:
            yield first, last, sum(lengths[first:last])
            continue
        for begin, end in _runs(words.sentence, first, last):
            held = 0
            for word in range(begin, end):
                if held + lengths[word] > room:
                    yield begin, word, held
                    begin, held = word, 0
                held += lengths[word]
            yield begin, end, held


def _runs(column: Ints, first: int, last: int) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(column[first:last])) + first + 1
    yield from zip([first, *edges.tolist()], [*edges.tolist(), last], strict=True) if last > first else ()


def _window(words: Words, first: int, last: int) -> Window:
    ids, features, heads = [CLS], [0], []
    for word in range(first, last):
        heads.append(len(ids))
        feature = int(words.feature[word])
        for n, piece in enumerate(words.pieces[word]):
            ids.append(piece)
            features.append(feature if n == 0 else feature & ~1)
    return Window(
        first,
        last,
        np.array([*ids, SEP], dtype=np.int64),
        np.array([*features, 0], dtype=np.int64),
        np.array(heads, dtype=np.int64),
    )


def batches_of(windows: Sequence[Window], *, pieces: int) -> Iterator[Batch]:
    """The windows, longest first, in batches of at most ``pieces`` positions with padding."""
    order = sorted(range(len(windows)), key=lambda n: (-len(windows[n].ids), n))
    at = 0
    while at < len(order):
        longest = len(windows[order[at]].ids)
        chosen = tuple(order[at : at + max(1, pieces // longest)])
        at += len(chosen)
        ids = np.full((len(chosen), longest), PAD, dtype=np.int64)
        features = np.zeros_like(ids)
        for row, n in enumerate(chosen):
            ids[row, : len(windows[n].ids)] = windows[n].ids
            features[row, : len(windows[n].ids)] = windows[n].features
        yield Batch(chosen, ids, features)
