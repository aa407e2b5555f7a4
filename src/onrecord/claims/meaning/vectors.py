"""Vectors of sentences without a network at run time: the sum of what each word piece alone means to MiniLM.

Every word piece of the vocabulary was read by the original weights of all-MiniLM-L6-v2 by itself, the vectors
were centred and reduced to 128 principal components (the recipe of Model2Vec, Tulkens and van Dongen 2024), and
weighted by how rare the piece is in news. Looking rows up costs microseconds where the network costs
milliseconds; on the open gold set it serves this room as well (docs/method/claims.md). The vocabulary is the
attribution tagger's.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.attribution.tagger import tagger

PIECES_PER_WORD = 8  # of a longer word, an address for instance, the beginning is enough
_WORD = re.compile(r"\w+")


def vector(text: str, weight: Callable[[str], float]) -> str:
    """The direction that a text points to, as base64 of 128 signed bytes; "" when no word of it weighs anything.
    ``weight`` says how much a word counts, in lower case."""
    total = np.zeros(_table()[0].shape[1], dtype=np.float32)
    for match in _WORD.finditer(text.casefold()):
        share = weight(match.group())
        if share > 0:
            total += share * _meaning(match.group())
    largest = float(np.abs(total).max())
    if largest == 0.0:
        return ""
    return base64.b64encode(np.rint(total * (127 / largest)).astype(np.int8).tobytes()).decode("ascii")


def likeness(a: str, b: str) -> float:
    """The cosine of two vectors, 0 where one is empty."""
    return float(_unit(a) @ _unit(b)) if a and b else 0.0


@lru_cache(maxsize=20_000)
def _unit(written: str) -> NDArray[np.float32]:
    values = np.frombuffer(base64.b64decode(written), dtype=np.int8).astype(np.float32)
    unit: NDArray[np.float32] = values / np.linalg.norm(values)
    return unit


@lru_cache(maxsize=50_000)
def rarity(word: str) -> float:
    """How rare a word is in news: 0 for one in every sentence, 1 for one that is in none of the texts counted."""
    rare = _table()[1][_pieces(word)]
    return min(1.0, float(rare.sum())) if len(rare) else 0.0


@lru_cache(maxsize=50_000)
def _meaning(word: str) -> NDArray[np.float32]:
    rows, rare, scales = _table()
    pieces = _pieces(word)
    found: NDArray[np.float32] = (rows[pieces] * (scales[pieces] * rare[pieces])[:, None]).sum(axis=0)
    return found


def _pieces(word: str) -> Sequence[int]:
    ids: list[int] = _tokenizer().encode(word, add_special_tokens=False).ids
    return ids[:PIECES_PER_WORD]


@cache
def _tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(tagger.DATA / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


@cache
def _table() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """By word piece: the row, how rare it is, and the scale of the row."""
    with as_file(files("onrecord.claims.meaning").joinpath("data/pieces.npz")) as path, np.load(path) as held:
        return held["rows"], held["rare"].astype(np.float32), held["scales"].astype(np.float32)
