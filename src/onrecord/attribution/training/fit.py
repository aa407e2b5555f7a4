"""Fit the weights of the choices of cues and of sources on texts that the network was not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch.nn import functional as F

from onrecord.attribution.tagger.choose import FEATURES, Table, features
from onrecord.attribution.tagger.decode import Run
from onrecord.attribution.tagger.link import Links
from onrecord.attribution.tagger.windows import Ints, Words

Gold = Sequence[tuple[Ints, Ints, Ints]]  # (source, cue, content) as words
Case = tuple[Table, float, int]  # features of the candidates, probability of the rest, the right candidate
PENALTY = 0.0005  # of a thousand cases; the fewer there are, the less a weight may leave where it began


def cue_cases(words: Words, links: Links, gold: Gold) -> Iterable[Case]:
    """For each content the cue of the gold attribution with which it shares most words; the number of cues
    stands for none."""
    table = features(words, links.contents, links.cues, links.cue)
    for n, run in enumerate(links.contents):
        shared = [_shared(run, content) for _, _, content in gold]
        right = len(links.cues)
        if shared and 2 * max(shared) >= run.last - run.first:
            right = _most(links.cues, gold[int(np.argmax(shared))][1], right)
        yield table[n], 1 - float(links.cue[n].sum()), right


def source_cases(words: Words, links: Links, gold: Gold) -> Iterable[Case]:
    """For each cue of a gold attribution its source; the number of sources stands for none. A source that is in
    no span teaches nothing."""
    table = features(words, links.cues, links.sources, links.source[:, :-1])
    for n, run in enumerate(links.cues):
        shared = [_shared(run, cue) for _, cue, _ in gold]
        if not shared or not max(shared):
            continue
        source = gold[int(np.argmax(shared))][0]
        right = _most(links.sources, source, -1) if len(source) else len(links.sources)
        if right >= 0:
            yield table[n], float(links.source[n, -1]), right


def _shared(run: Run, words: Ints) -> int:
    return int(((words >= run.first) & (words < run.last)).sum())


def _most(runs: Sequence[Run], words: Ints, otherwise: int) -> int:
    hits = [_shared(run, words) for run in runs]
    return int(np.argmax(hits)) if any(hits) else otherwise


def fit(cases: Iterable[Case], start: Table) -> Table:
    """Weights by maximum likelihood, with a small quadratic penalty on how far they go from ``start``."""
    rows = list(cases)
    if not rows:
        return start
    began = torch.from_numpy(start.copy())
    penalty = PENALTY * max(1.0, 1000 / len(rows))
    widest = max(len(table) for table, _, _ in rows)
    inputs = torch.zeros(len(rows), widest, len(FEATURES), dtype=torch.float64)
    closed = torch.full((len(rows), widest + 1), -1e9, dtype=torch.float64)
    rest = torch.tensor([share for _, share, _ in rows], dtype=torch.float64)
    target = torch.tensor([widest if right == len(table) else right for table, _, right in rows])
    for n, (table, _, _) in enumerate(rows):
        inputs[n, : len(table)] = torch.from_numpy(table)
        closed[n, : len(table)] = closed[n, -1] = 0.0
    weights = began.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        none = weights[len(FEATURES)] + rest * weights[len(FEATURES) + 1]
        scores = torch.cat([inputs @ weights[: len(FEATURES)], none[:, None]], dim=1) + closed
        value = F.cross_entropy(scores, target) + penalty * ((weights - began) ** 2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return np.asarray(weights.detach().numpy(), dtype=np.float64)
