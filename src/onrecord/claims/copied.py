"""Text that two documents share: reprints, wire copy, paragraphs passed on.

Two documents are held against each other when they share a run of eight words; the runs are found by their hash,
exactly, so that whether a passage is found depends on the two documents alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import BlockRole, Evidence, ReadArticle, Span

RUN = 8  # words that must agree in a row
LEAST = 12  # words of a passage; a long name alone may have eight
GAP = 3  # words an edit may change between two runs
REPEATED = 10  # a run that one text repeats more often is no passage of it
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True, order=True)
class Copied:
    """A passage that stands in two documents, with or without small edits: where, and how many words agree."""

    a: Evidence
    b: Evidence
    words: int


@dataclass(frozen=True, slots=True)
class _Tokens:
    document: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def copied(documents: Sequence[ReadArticle]) -> tuple[Copied, ...]:
    """The passages that two documents share, of ``LEAST`` words and more, in the order of the documents' ids."""
    texts = sorted((_tokens(d) for d in documents), key=lambda t: t.document)
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(texts):
        seen: Counter[tuple[str, ...]] = Counter()
        for at in range(len(text.words) - RUN + 1):
            run = text.words[at : at + RUN]
            seen[run] += 1
            if seen[run] <= REPEATED:
                places[run].append((number, at))
    shared: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        for n, (a, at_a) in enumerate(found):
            for b, at_b in found[n + 1 :]:
                if a != b:
                    shared[a, b].append((at_a, at_b))
    out: list[Copied] = []
    for (a, b), runs in shared.items():
        out += _passages(texts[a], texts[b], sorted(runs))
    return tuple(sorted(out))


def _tokens(document: ReadArticle) -> _Tokens:
    words: list[str] = []
    spans: list[Span] = []
    article = document.article
    for block in article.blocks:
        if block.role is BlockRole.PARAGRAPH:
            for match in _WORD.finditer(article.text, block.span.start, block.span.end):
                words.append(match.group().casefold().replace("’", "'"))
                spans.append(Span(match.start(), match.end()))
    return _Tokens(article.id, tuple(words), tuple(spans))


def _passages(a: _Tokens, b: _Tokens, runs: list[tuple[int, int]]) -> list[Copied]:
    """Join runs that follow one another in both texts, with at most ``GAP`` words between them."""
    joined: list[list[int]] = []  # first and end in a, first and end in b, words that agree
    near: list[list[int]] = []  # those that a run can still join
    for at_a, at_b in runs:
        near = [p for p in near if p[1] + GAP >= at_a]
        for passage in reversed(near):
            step_a, step_b = at_a - passage[1], at_b - passage[3]
            if -RUN < step_a <= GAP and -RUN < step_b <= GAP and at_a > passage[0] and at_b > passage[2]:
                passage[4] += RUN + min(step_a, step_b, 0)
                passage[1], passage[3] = at_a + RUN, at_b + RUN
                break
        else:
            near.append([at_a, at_a + RUN, at_b, at_b + RUN, RUN])
            joined.append(near[-1])
    return [
        Copied(
            Evidence(a.document, Span(a.spans[p[0]].start, a.spans[p[1] - 1].end)),
            Evidence(b.document, Span(b.spans[p[2]].start, b.spans[p[3] - 1].end)),
            p[4],
        )
        for p in joined
        if p[4] >= LEAST
    ]
