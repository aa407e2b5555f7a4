"""How well attributions are found, as F1: the measures of PolNeAR's readers, over words.

``source``, ``cue`` and ``content`` count each span by itself, right when it is the same; ``found`` matches
predicted and annotated attributions one to one, those that share most of their content words first, half of them
at least; ``right`` are those of them whose source shares a word with the annotated one, or lacks where that lacks.
(Of PolNeAR's dev and test part the source's head is known, which a source must hold there; figures by that measure
are a little lower.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from onrecord.attribution.tagger.decode import ROLES
from onrecord.attribution.tagger.link import Linked
from onrecord.attribution.tagger.windows import Ints

Words = frozenset[int]
Parts = tuple[Words, Words, Words]  # source, cue, content


def score(
    gold: Sequence[Sequence[tuple[Ints, Ints, Ints]]], predicted: Sequence[Sequence[Linked]]
) -> dict[str, float]:
    """F1 by the name of the measure, over texts in the same order."""
    hits = dict.fromkeys((*ROLES, "found", "right"), 0)
    of_gold, of_predicted = dict(hits), dict(hits)
    for annotated, read in zip(gold, predicted, strict=True):
        ours, theirs = [_parts(link) for link in read], [_words(parts) for parts in annotated]
        for n, role in enumerate(ROLES):
            spans, wanted = _runs(p[n] for p in ours), _runs(p[n] for p in theirs)
            hits[role] += len(spans & wanted)
            of_gold[role] += len(wanted)
            of_predicted[role] += len(spans)
        pairs = _pairs(theirs, ours)
        hits["found"] += len(pairs)
        hits["right"] += sum(_same_source(theirs[i], ours[j]) for i, j in pairs)
        for name in ("found", "right"):
            of_gold[name] += len(theirs)
            of_predicted[name] += len(ours)
    return {name: 2 * hits[name] / max(1, of_gold[name] + of_predicted[name]) for name in hits}


def _words(parts: tuple[Ints, Ints, Ints]) -> Parts:
    source, cue, content = (frozenset(part.tolist()) for part in parts)
    return source, cue, content


def _parts(link: Linked) -> Parts:
    def words(*runs: tuple[int, int]) -> Words:
        return frozenset(n for first, last in runs for n in range(first, last))

    source = [] if link.source is None else [(link.source.first, link.source.last)]
    content = [(run.first, run.last) for run in link.contents]
    return words(*source), words((link.cue.first, link.cue.last)), words(*content)


def _runs(of_role: Iterable[Words]) -> set[tuple[int, int]]:
    runs: set[tuple[int, int]] = set()
    for words in of_role:
        places = np.array(sorted(words))
        for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
            if len(run):
                runs.add((int(run[0]), int(run[-1])))
    return runs


def _pairs(gold: Sequence[Parts], predicted: Sequence[Parts]) -> list[tuple[int, int]]:
    shares = [
        (-len(g[2] & p[2]) / len(g[2] | p[2]), not _same_source(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if 2 * len(g[2] & p[2]) >= len(g[2] | p[2]) > 0
    ]
    pairs: list[tuple[int, int]] = []
    for *_, i, j in sorted(shares):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _same_source(gold: Parts, predicted: Parts) -> bool:
    return bool(gold[0] & predicted[0]) if gold[0] else not predicted[0]
