"""What kind of document it is, by features that a reader can check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.attribution.lexicon import table, words
from onrecord.attribution.names import is_own
from onrecord.attribution.quotations import quotations
from onrecord.attribution.tree import tree
from onrecord.attribution.voice import speaks_as_party
from onrecord.model import Authority, BlockRole, Kind, PartyKind, Quote, Statement
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed, Sentence

_QUESTION_LINE = re.compile(r"^\s*Q\s*[:.)]", re.MULTILINE)
_I = re.compile(r"\b(?:I|me|my)\b(?:['\u2019]\w+)?")
_QUOTED = re.compile('[\u201c"][^\u201c\u201d"]*[\u201d"]')
_CLOCK = re.compile(r"\s*\d{1,2}[.:]\d\d\s*(?:[ap]\.?m\b|:|-|\u2013|\u2014|[A-Z])", re.IGNORECASE)
_MANY_QUESTIONS = 3
_MANY_ENTRIES = 4
_SENTENCES_A_CREDIT = 8
_UNQUOTED = 3  # as many sentences a credit reaches over where nobody is quoted
_LAST = 3  # sentences in which a document says what it was made from


def kind(parsed: Parsed, who: Who, statements: Sequence[Statement]) -> Kind | None:
    """The kind of a document; None when the features do not tell.

    - statement: an organisation speaks in it in its own name
    - explainer: three printed questions with answers, or more
    - opinion: the author says "I" at least twice outside quotation marks
    - aggregation: it says what it was made from ("based on a story by"), is a digest of timed entries, or credits
      other outlets at least once in eight sentences (in twenty-four where nobody is quoted), and nobody spoke to
      this one
    - news: one attributed statement at least, and none of the above
    """
    if speaks_as_party(parsed, tree(parsed), who, quotations(parsed)) is not None:
        return Kind.STATEMENT
    if _questions(parsed) >= _MANY_QUESTIONS:
        return Kind.EXPLAINER
    sentences = parsed.prose()
    prose = " ".join(s.span.of(parsed.text) for s in sentences)
    if len(_I.findall(_QUOTED.sub(" ", prose))) > 1:
        return Kind.OPINION
    attributed = [s for s in statements if s.authority is not Authority.AUTHOR and not s.in_title]
    if _made_from_others(parsed, sentences) or _timed_entries(parsed) >= _MANY_ENTRIES:
        return Kind.AGGREGATION
    if _retells(parsed, who, attributed, sentences):
        return Kind.AGGREGATION
    return Kind.NEWS if attributed else None


def _retells(parsed: Parsed, who: Who, attributed: Sequence[Statement], sentences: Sequence[Sentence]) -> bool:
    own = parsed.article.outlet
    if own and any(own in s.via for s in attributed):
        return False
    credited = _credits(parsed, who, attributed)
    quoted = any(s.quote is Quote.DIRECT and not s.via for s in attributed)
    reach = _SENTENCES_A_CREDIT * (1 if quoted else _UNQUOTED)
    return credited * reach >= len(sentences) > 0


def _credits(parsed: Parsed, who: Who, attributed: Sequence[Statement]) -> int:
    """How many sentences of the prose credit another outlet; a named person who spoke to one is no credit."""
    own = parsed.article.outlet
    outlets = {p.id for p in who.parties if p.kind is PartyKind.OUTLET and not is_own(own, (p.name, *p.aliases))}
    named = {
        s.n for m in who.mentions if m.party in outlets and (s := parsed.sentence_at(m.span.start)) is not None
    }
    spoken = {
        sentence.n
        for s in attributed
        if s.authority is Authority.NAMED and s.via and s.cue is not None
        if (sentence := parsed.sentence_at(s.cue.start)) is not None
    }
    return len((named - spoken) & {s.n for s in parsed.prose()})


@cache
def _making() -> re.Pattern[str]:
    listed = sorted(words(table("voice")["made_from"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(w) for w in listed)})\b", re.IGNORECASE)


def _made_from_others(parsed: Parsed, sentences: Sequence[Sentence]) -> bool:
    """Whether a line at either end says so: "Based on a story by", "With agency material"."""
    ends = [*sentences[:1], *sentences[-_LAST:]]
    credits = [s for s in parsed.sentences if s.role in {BlockRole.CREDIT, BlockRole.BOILERPLATE}]
    return any(_making().search(s.span.of(parsed.text)) for s in (*ends, *credits))


def _timed_entries(parsed: Parsed) -> int:
    """Paragraphs that open with a time of day: the entries of a live blog."""
    return sum(
        bool(_CLOCK.match(b.span.of(parsed.text)))
        for b in parsed.article.blocks
        if b.role in {BlockRole.PARAGRAPH, BlockRole.HEADING}
    )


def _questions(parsed: Parsed) -> int:
    """Questions marked "Q:", or those that are headings or paragraphs of their own."""
    marked = len(_QUESTION_LINE.findall(parsed.text))
    alone = 0
    for block in parsed.article.blocks:
        text = block.span.of(parsed.text).strip()
        short = block.role is BlockRole.HEADING or (block.role is BlockRole.PARAGRAPH and len(text) < 120)
        alone += short and text.endswith("?")
    return max(marked, alone)
