"""The propositions of a document: the clauses of what is said and of what it asserts itself, that matter.

A clause matters when it is the content of a statement, runs ahead of the record, reports an event or an effect
of the dispute, or asserts something with a figure or in words enough that bear on a party. The tag of a statement
("she said on Friday") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.claims.clauses import LEAST, WORD, clauses, trimmed
from onrecord.claims.words import words
from onrecord.model import Ahead, BlockRole, Event, ReadArticle, Span, Statement
from onrecord.text.sentences import SentenceSpan, sentences

_SHORT = 3  # words of a clause of a statement; what is shorter stays with the clause before it
_BARE = 5  # words of a clause without event or figure
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A clause: where it stands, in which sentence (its number and span), the ``setting`` (that sentence with the
    one before it), in whose statement, and what of the reading falls within it."""

    span: Span
    sentence: int
    within: Span
    setting: Span
    statement: Statement | None
    ahead: Ahead | None
    events: tuple[Event, ...]


def propositions(document: ReadArticle) -> Iterator[Proposition]:
    """The propositions of a document's prose in text order."""
    article, reading = document.article, document.reading
    said = [s for s in reading.statements if s.content and not s.missing and not s.in_title]
    before: SentenceSpan | None = None
    for sentence in sentences(article.text, article.blocks):
        if sentence.role is not BlockRole.PARAGRAPH:
            continue
        here = [s for s in said if any(c.overlaps(sentence.span) for c in s.content)]
        start = before.span.start if before is not None and before.block == sentence.block else sentence.span.start
        for span, statement in _cut(article.text, sentence.span, here):
            ahead = next((a for a in reading.ahead if not a.in_title and _mostly(a.span, span)), None)
            events = tuple(e for e in reading.events if not e.in_title and e.evidence.overlaps(span))
            if ahead is None and not _matters(document, span, statement, here, bool(events)):
                continue
            yield Proposition(
                span=span,
                sentence=sentence.n,
                within=sentence.span,
                setting=Span(start, sentence.span.end),
                statement=statement,
                ahead=ahead,
                events=events,
            )
        before = sentence


def _cut(text: str, sentence: Span, said: Sequence[Statement]) -> Iterator[tuple[Span, Statement | None]]:
    """The clauses of a sentence, cut also where what is said begins and ends, each with its statement."""
    cuts = {sentence.start, sentence.end}
    for clause in clauses(text, sentence):
        cuts |= {clause.start}
    for statement in said:
        for content in statement.content:
            cuts |= {at for at in (content.start, content.end) if sentence.start < at < sentence.end}
    ordered = sorted(cuts)
    found: list[tuple[Span, Statement | None]] = []
    for start, end in pairwise(ordered):
        span = trimmed(text, start, end)
        if span is None:
            continue
        holder = _holder(span, said)
        short = len(WORD.findall(span.of(text))) < _SHORT
        if short and holder is not None and found and found[-1][1] is holder:
            found[-1] = (Span(found[-1][0].start, span.end), holder)
        else:
            found.append((span, holder))
    yield from found


def _holder(span: Span, said: Sequence[Statement]) -> Statement | None:
    """The statement in whose content most of a clause stands: the innermost, if there are several."""
    holding = [(c.end - c.start, s.id, s) for s in said for c in s.content if _mostly(span, c)]
    return min(holding, key=lambda h: h[:2])[2] if holding else None


def _mostly(one: Span, other: Span) -> bool:
    """Whether more than half of a stretch, or of the other one, is common to both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return 2 * common > min(one.end - one.start, other.end - other.start)


def _matters(
    document: ReadArticle, span: Span, statement: Statement | None, said: Sequence[Statement], event: bool
) -> bool:
    text, reading = document.article.text, document.reading
    own = span.of(text)
    for mention in (m for s in said for m in (s.source.span, s.cue) if m is not None and m.overlaps(span)):
        own = own.replace(mention.of(text), " ")
    telling = sum(1 for root, _ in words(own).weights if not root[0].isdigit())
    if statement is not None:
        return telling >= 1 and len(WORD.findall(span.of(text))) >= 2
    if telling < 2:
        return False
    if event or _NUMBER.search(own) or any(e.evidence.overlaps(span) for e in reading.effects):
        return True
    enough = telling >= (LEAST if said else LEAST - 1) and len(WORD.findall(own)) >= _BARE
    return enough and any(m.party is not None and m.span.overlaps(span) for m in reading.mentions)
