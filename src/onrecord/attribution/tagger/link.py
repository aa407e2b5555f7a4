"""Which source, cue and contents belong together.

An attribution is anchored by its cue: the cue has one source or none, and every content belongs to one cue, while
a source may serve several. Arc scores say how well two words go together (``network.py``): a dot product of two
vectors, and biases for how the words stand to each other. A softmax over all the words around, in a span or not,
makes them probabilities; a span goes by the mean over its words. Since vectors of words are all it takes, a
content may belong to a cue of the window before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.tagger.decode import Floats, Run
from onrecord.attribution.tagger.relations import relations
from onrecord.attribution.tagger.windows import Ints, Words

ARC = 64  # length of an arc vector
Table = NDArray[np.float64]
ASKED = 8  # words of a span that are asked where they belong
REACH = 200  # words between a cue and what may belong to it

SOURCE, CUE, CONTENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Biases:
    """What the relation of two words adds to the score of an arc, by ``relations``."""

    source: Floats
    content: Floats


@dataclass(frozen=True, slots=True)
class Readout:
    """What the network says of every word of a text."""

    emissions: Floats
    none: Floats
    arcs: Floats


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution as spans of words."""

    source: Run | None
    cue: Run
    contents: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Probabilities of links. ``source``: of a cue (rows) with each source, the last column for none. ``cue``: of
    a content (rows) with each cue. ``seeks_source`` and ``seeks_cue``: for each cue and each content the word to
    which it points most, and with what probability; it need not be in a span."""

    sources: tuple[Run, ...]
    cues: tuple[Run, ...]
    contents: tuple[Run, ...]
    source: Table
    cue: Table
    seeks_source: tuple[tuple[int, float], ...]
    seeks_cue: tuple[tuple[int, float], ...]


def links_of(words: Words, readout: Readout, runs: Sequence[Run], biases: Biases) -> Links:
    """The probabilities of all links between spans of a text that are within reach."""
    sources, cues, contents = (tuple(r for r in runs if r.role == role) for role in (SOURCE, CUE, CONTENT))
    query, key, back, anchor = np.split(readout.arcs, 4, axis=1)
    source_edges, cue_edges = _edges(sources), _edges(cues)
    source = np.zeros((len(cues), len(sources) + 1))
    seeks_source = []
    for n, run in enumerate(cues):
        low, shares = _shares(words, run, query, key, biases.source, readout.none)
        source[n] = [*_held(shares, low, source_edges), shares[-1]]
        seeks_source.append(_peak(low, shares[:-1]))
    cue = np.zeros((len(contents), len(cues)))
    seeks_cue = []
    for n, run in enumerate(contents):
        low, shares = _shares(words, run, back, anchor, biases.content, None)
        cue[n] = _held(shares, low, cue_edges)
        seeks_cue.append(_peak(low, shares))
    return Links(sources, cues, contents, source, cue, tuple(seeks_source), tuple(seeks_cue))


def _shares(
    words: Words, run: Run, query: Floats, key: Floats, bias: Floats, none: Floats | None
) -> tuple[int, Table]:
    """With what probability a span points to each word around it, and last to none; the mean over its words,
    of a long span over some of them."""
    low, high = max(0, run.first - REACH), min(len(words), run.last + REACH)
    asked = min(ASKED, run.last - run.first)
    own = run.first + np.arange(asked) * (run.last - run.first - 1) // max(1, asked - 1)
    scores = query[own] @ (key[low:high].T * np.float32(ARC**-0.5))
    rows = relations(words, own, np.arange(low, high))
    scores += bias[rows[..., 0]] + bias[rows[..., 1]] + bias[rows[..., 2]]
    if none is not None:
        scores = np.concatenate([scores, none[own, None]], axis=1)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return low, (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0, dtype=np.float64)


def _held(shares: Table, low: int, runs: Ints) -> Table:
    """The probability that falls on each span, a row of first and last word."""
    total = np.concatenate([[0.0], np.cumsum(shares)])
    edges = np.minimum(np.maximum(runs - low, 0), len(shares))
    return np.asarray(total[edges[:, 1]] - total[edges[:, 0]], dtype=np.float64)


def _edges(runs: Sequence[Run]) -> Ints:
    return np.array([[run.first, run.last] for run in runs], dtype=np.int64).reshape(-1, 2)


def _peak(low: int, shares: Table) -> tuple[int, float]:
    at = int(shares.argmax())
    return low + at, float(shares[at])


def missing(links: Links, *, least: float) -> list[tuple[int, int]]:
    """Words, with their role, to which a span points with probability ``least`` or more, and that stand in no
    span: a source or a cue that the labels left out."""
    spans = [*links.sources, *links.cues, *links.contents]
    taken = {n for run in spans for n in range(run.first, run.last)}
    wanted = [(SOURCE, *seek) for seek in links.seeks_source] + [(CUE, *seek) for seek in links.seeks_cue]
    return sorted({(word, role) for role, word, share in wanted if share >= least and word not in taken})


def linked(links: Links, sources: Table, cues: Table) -> list[Linked]:
    """The likeliest cue of each content and source of each cue, by ``choices``; the last columns are none. A
    content without cue, and a cue without content, are no attribution."""
    contents: dict[int, list[Run]] = {}
    for m, content in enumerate(links.contents):
        best = int(cues[m].argmax())
        if best < len(links.cues):
            contents.setdefault(best, []).append(content)
    out: list[Linked] = []
    for n in sorted(contents):
        best = int(sources[n].argmax())
        source = links.sources[best] if best < len(links.sources) else None
        out.append(Linked(source, links.cues[n], tuple(contents[n])))
    return out
