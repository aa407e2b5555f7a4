"""How two words stand to each other: the rows of the tables of biases that the arc scores add up."""

from __future__ import annotations

import numpy as np

from onrecord.attribution.tagger.windows import Ints, Words

_EDGES = np.array([1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 29, 38, 50, 66, 87, 115, 152, 200], dtype=np.int64)
_FAR = int(_EDGES[-1])
_APART = np.arange(-_FAR, _FAR + 1)
_ROW = np.sign(_APART) * np.searchsorted(_EDGES, np.abs(_APART), side="right") + len(_EDGES)
DISTANCES = 2 * len(_EDGES) + 1
PARAGRAPHS = 9
QUOTED = 4
RELATIONS = DISTANCES + PARAGRAPHS + QUOTED


def relations(words: Words, queries: Ints, keys: Ints) -> Ints:
    """For every pair of a query and a key word three rows of the table: distance in words on a scale that
    widens, distance in paragraphs, and which of the two stand in quotation marks. Shape (queries, keys, 3)."""
    distance = _ROW[np.minimum(np.maximum(keys[None, :] - queries[:, None], -_FAR), _FAR) + _FAR]
    paragraphs = words.paragraph[keys][None, :] - words.paragraph[queries][:, None]
    half = PARAGRAPHS // 2
    paragraph = np.minimum(np.maximum(paragraphs, -half), half) + half + DISTANCES
    quoted = words.quoted[keys][None, :] + 2 * words.quoted[queries][:, None] + DISTANCES + PARAGRAPHS
    return np.stack([distance, paragraph, quoted], axis=-1)
