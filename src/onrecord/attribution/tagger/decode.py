"""From label scores to spans of words: a Viterbi pass over seven BIO labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
FORBIDDEN = tuple(
    tuple(after.startswith("I-") and before[1:] != after[1:] for after in LABELS) for before in LABELS
)


@dataclass(frozen=True, slots=True)
class Chain:
    """The scores of a label after another and of a label at the start of a window."""

    transitions: Floats
    starts: Floats


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Words ``[first, last)`` of one role, an index into ``ROLES``."""

    first: int
    last: int
    role: int


def best_labels(emissions: Sequence[Floats], chain: Chain) -> list[list[int]]:
    """The best sequence of labels of each window; the first of equals. All windows go side by side."""
    order = sorted(range(len(emissions)), key=lambda n: (-len(emissions[n]), n))
    lengths = np.array([len(emissions[n]) for n in order])
    longest = int(lengths.max(initial=0))
    table = np.zeros((longest, len(order), len(LABELS)), dtype=np.float32)
    for row, n in enumerate(order):
        table[: lengths[row], row] = emissions[n]
    back = np.zeros(table.shape, dtype=np.int8)
    score = chain.starts + table[:1]
    score = score[0] if longest else np.zeros((len(order), len(LABELS)), dtype=np.float32)
    for n in range(1, longest):
        still = int(np.searchsorted(-lengths, -n))  # windows that reach this word
        paths = score[:still, :, None] + chain.transitions
        back[n, :still] = paths.argmax(axis=1)
        score[:still] = paths.max(axis=1) + table[n, :still]
    best = score.argmax(axis=1)
    out: list[list[int]] = [[] for _ in order]
    for row, n in enumerate(order):
        label, steps = int(best[row]), back[:, row].tolist()
        labels = [label][: lengths[row]]
        for at in range(int(lengths[row]) - 1, 0, -1):
            label = steps[at][label]
            labels.append(label)
        out[n] = labels[::-1]
    return out


def runs_of(labels: list[int]) -> list[Run]:
    """The spans that the labels spell."""
    runs: list[Run] = []
    first = 0
    for n in range(1, len(labels) + 1):
        if n == len(labels) or labels[n] == 0 or labels[n] % 2 == 1 or labels[n - 1] == 0:
            if labels[first] and first < n:
                runs.append(Run(first, n, (labels[first] - 1) // 2))
            first = n
    return runs
