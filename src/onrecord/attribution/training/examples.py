"""Annotated texts as the training reads them: words with labels, and attributions as words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.attribution.tagger.decode import ROLES
from onrecord.attribution.tagger.windows import Ints, Pieces, Words, paragraphs_of, words_of
from onrecord.model import OnrecordError


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its labels, and its attributions as words: (source, cue, content)."""

    words: Words
    labels: Ints
    attributions: tuple[tuple[Ints, Ints, Ints], ...]


def read_rows(path: Path) -> list[dict[str, object]]:
    """The annotated texts of a file. Raises OnrecordError where a line is none."""
    rows: list[dict[str, object]] = []
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            if line.strip():
                rows.append(_row(line, f"{path}, line {n}"))
    return rows


def _row(line: str, place: str) -> dict[str, object]:
    try:
        row = json.loads(line)
        size = len(row["text"])
        given = [span for attribution in row["attributions"] for role in ROLES for span in attribution[role]]
        sound = all(0 <= start < end <= size for start, end in given)
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise OnrecordError(
            f"{place} is no annotated text; it takes text, and attributions with source, cue and content, each a "
            "list of [start, end) within the text"
        )
    return dict(row)


def example_of(row: dict[str, object], pieces: Pieces) -> Example:
    """Gold spans as words. A later attribution, and a cue over a source over a content, takes a shared word."""
    text = str(row["text"])
    words = words_of(text, paragraphs_of(text), pieces)
    labels = np.zeros(len(words), dtype=np.int64)
    attributions: list[tuple[Ints, Ints, Ints]] = []
    given: list[dict[str, list[list[int]]]] = row["attributions"]  # type: ignore[assignment]
    covered = [{role: [_covered(words, a, b) for a, b in g[role]] for role in ROLES} for g in given]
    for role in ("content", "source", "cue"):
        label = 2 * ROLES.index(role) + 1
        for spans in covered:
            for first, last in spans[role]:
                labels[first:last] = label + 1
                labels[first : min(first + 1, last)] = label
    # What a later span cut in two begins anew.
    for n in range(len(labels)):
        if labels[n] and labels[n] % 2 == 0 and (n == 0 or labels[n - 1] not in (labels[n], labels[n] - 1)):
            labels[n] -= 1
    for spans in covered:
        parts = [np.concatenate([np.arange(0), *(np.arange(a, b) for a, b in spans[role])]) for role in ROLES]
        attributions.append((parts[0], parts[1], parts[2]))
    return Example(words, labels, tuple(attributions))


def _covered(words: Words, start: int, end: int) -> tuple[int, int]:
    first, last = np.searchsorted(words.end, start, side="right"), np.searchsorted(words.start, end)
    return int(first), int(last)


def examples_of(rows: Iterable[dict[str, object]], pieces: Pieces) -> list[Example]:
    return [example_of(row, pieces) for row in rows]
