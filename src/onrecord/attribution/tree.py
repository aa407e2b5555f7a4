"""The parse as plain lists, so that rules read quickly and a thousand of them cost less than one parse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, LOWER, POS, TAG
from spacy.tokens import Doc

from onrecord.model import Span
from onrecord.text.parse import Parsed

Range = tuple[int, int]  # tokens [first, last) of Parsed.doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
# What the small pipeline's rules get wrong ("hopes" from "hop").
_LEMMAS = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}
_EDGE = frozenset(
    {",", ";", ":", ".", "-", "--", "\u2013", "\u2014", "\u2026", "...", "/", "|", "?", "!", "(", ")"}
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
MARKS = frozenset({'"', "\u201c", "\u201d", "''", "``", "\u2018", "\u2019", "'"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Words (lower case), lemmas, parts of speech, dependencies and heads of a parsed article, token by token.
    ``left`` and ``right`` hold the range ``[left, right)`` of each token's subtree."""

    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    kids: list[list[int]]
    left: list[int]
    right: list[int]

    def child(self, token: int, *deps: str) -> int | None:
        """The first child that stands in one of these relations, or None."""
        return next((k for k in self.kids[token] if self.deps[k] in deps), None)

    def subtree(self, token: int) -> Range:
        return self.left[token], self.right[token]

    def phrase(self, first: int, last: int) -> int | None:
        """The head of the noun phrase that begins at ``first``, or None when no phrase begins there."""
        if first >= last:
            return None
        at = first
        while self.left[up := self.heads[at]] >= first and at < up < last and self.pos[up] in _NOMINAL:
            at = up
        return at if self.pos[at] in _NOMINAL else None

    def clause(self, token: int) -> int:
        """The verb of the smallest clause that holds a token (the root when there is none)."""
        at = token
        while self.heads[at] != at and self.pos[at] not in {"VERB", "AUX"}:
            at = self.heads[at]
        return at

    def trimmed(self, first: int, last: int) -> Range | None:
        """The range without punctuation at its ends; quotation marks stay. None when nothing is left."""
        while first < last and self._is_edge(first):
            first += 1
        while last > first and self._is_edge(last - 1) and not self._closes(first, last):
            last -= 1
        if all(self._is_edge(i) or self.words[i] in MARKS for i in range(first, last)):
            return None
        return first, last

    def _is_edge(self, token: int) -> bool:
        return self.words[token] in _EDGE or self.pos[token] == "SPACE"

    def _closes(self, first: int, last: int) -> bool:
        return self.words[last - 1] == ")" and "(" in self.words[first : last - 1]


def tree(parsed: Parsed) -> Tree:
    """The tree of a parsed article; made once for each, since who speaks and what kind of document it is are read
    off the same."""
    known: Tree | None = parsed.doc.user_data.get(_KEPT)
    if known is None:
        known = _made(parsed.doc)
        parsed.doc.user_data[_KEPT] = known
    return known


_KEPT = "onrecord_tree"


def _made(doc: Doc) -> Tree:
    text = doc.vocab.strings
    rows = doc.to_array([LOWER, LEMMA, POS, TAG, DEP, HEAD])
    words = [text[w] for w in rows[:, 0].tolist()]
    heads = (np.arange(len(doc)) + rows[:, 5].astype(np.int64)).tolist()
    kids: list[list[int]] = [[] for _ in heads]
    left, right = list(range(len(heads))), list(range(1, len(heads) + 1))
    for token, head in enumerate(heads):
        if head != token:
            kids[head].append(token)
        while head != token:  # a token widens the subtree of each that it hangs on, as far as it is wider
            if left[token] >= left[head] and right[token] <= right[head]:
                break
            left[head], right[head] = min(left[head], left[token]), max(right[head], right[token])
            token, head = head, heads[head]
    return Tree(
        words,
        [_LEMMAS.get(w) or text[n].lower() for w, n in zip(words, rows[:, 1].tolist(), strict=True)],
        [text[n] for n in rows[:, 2].tolist()],
        [text[n] for n in rows[:, 3].tolist()],
        [text[n] for n in rows[:, 4].tolist()],
        heads,
        kids,
        left,
        right,
    )


def ranges(tokens: Iterable[int]) -> list[Range]:
    """Runs of neighbouring tokens."""
    out: list[Range] = []
    for i in sorted(set(tokens)):
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def spans(parsed: Parsed, grid: Tree, tokens: Iterable[int]) -> tuple[Span, ...]:
    """The spans of the captured text that hold these tokens, without punctuation at their ends."""
    found = (grid.trimmed(*run) for run in ranges(tokens))
    return tuple(parsed.span(*run) for run in found if run is not None)


def tokens_of(parsed: Parsed, found: Iterable[Span]) -> list[int]:
    """The tokens that share a character with these spans, in their order."""
    return [i for span in found for i in _token_range(parsed, span)]


def _token_range(parsed: Parsed, span: Span) -> range:
    tokens = parsed.tokens(span)
    return range(tokens.start, tokens.end)
