"""Text that two documents share: reprints, wire copy, paragraphs passed on.

Two documents are held against each other as soon as tellings of theirs are linked, and no sooner: a passage that
holds a telling of both gives them the same words, and the same words are linked. So a record needs no index of
fingerprints, and whether a passage is found depends on the two documents alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from onrecord.model import Article, BlockRole, Evidence, Span

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


def copied(a: Article, b: Article) -> tuple[Copied, ...]:
    """The passages that two documents share, of ``LEAST`` words and more, in the order of the first one's text.

    The same are found from either side.
    """
    if b.id < a.id:
        return tuple(sorted(Copied(p.b, p.a, p.words) for p in copied(b, a)))
    one, other = _tokens(a), _tokens(b)
    places = _runs(other)
    shared = [(at, there) for run, found in _runs(one).items() for at in found for there in places.get(run, ())]
    return tuple(sorted(_passages(one, other, sorted(shared))))


def _runs(text: _Tokens) -> dict[tuple[str, ...], list[int]]:
    """Where the runs of a text begin, the first ``REPEATED`` places of each."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(text.words) - RUN + 1):
        found = places[text.words[at : at + RUN]]
        if len(found) < REPEATED:
            found.append(at)
    return places


@lru_cache(maxsize=256)
def _tokens(article: Article) -> _Tokens:
    words: list[str] = []
    spans: list[Span] = []
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
