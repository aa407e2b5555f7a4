"""What kind of document it is, by features that a reader can check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attribution.quotations import quotations
from onrecord.attribution.tree import tree
from onrecord.attribution.voice import speaks_as_party
from onrecord.model import Authority, BlockRole, Kind, PartyKind, Statement
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed

_QUESTION_LINE = re.compile(r"^\s*Q\s*[:.)]", re.MULTILINE)
_I = re.compile(r"\b(?:I|me|my)\b(?:['\u2019]\w+)?")
_QUOTED = re.compile('[\u201c"][^\u201c\u201d"]*[\u201d"]')
_MANY_QUESTIONS = 3
_SENTENCES_A_CREDIT = 8


def kind(parsed: Parsed, who: Who, statements: Sequence[Statement]) -> Kind | None:
    """The kind of a document; None when the features do not tell.

    - statement: an organisation speaks in it in its own name
    - explainer: three printed questions with answers, or more
    - opinion: the author says "I" at least twice outside quotation marks
    - aggregation: it credits other outlets at least once in eight sentences, and nobody spoke to this one
    - news: two attributed statements at least, and none of the above
    """
    if speaks_as_party(parsed, tree(parsed), who, quotations(parsed)) is not None:
        return Kind.STATEMENT
    if _questions(parsed) >= _MANY_QUESTIONS:
        return Kind.EXPLAINER
    prose = " ".join(s.span.of(parsed.text) for s in parsed.prose())
    if len(_I.findall(_QUOTED.sub(" ", prose))) > 1:
        return Kind.OPINION
    attributed = [s for s in statements if s.authority is not Authority.AUTHOR and not s.in_title]
    told_here = any(parsed.article.outlet in s.via for s in attributed if parsed.article.outlet)
    if not told_here and _credits(parsed, who) * _SENTENCES_A_CREDIT >= len(parsed.prose()) > 0:
        return Kind.AGGREGATION
    return Kind.NEWS if len(attributed) > 1 else None


def _credits(parsed: Parsed, who: Who) -> int:
    """How many sentences name another outlet."""
    own = (parsed.article.outlet or "").casefold()
    outlets = {p.id for p in who.parties if p.kind is PartyKind.OUTLET and p.name.casefold() != own}
    found = {
        s.n for m in who.mentions if m.party in outlets and (s := parsed.sentence_at(m.span.start)) is not None
    }
    return len(found & {s.n for s in parsed.prose()})


def _questions(parsed: Parsed) -> int:
    """Questions marked "Q:", or those that are headings or paragraphs of their own."""
    marked = len(_QUESTION_LINE.findall(parsed.text))
    alone = 0
    for block in parsed.article.blocks:
        text = block.span.of(parsed.text).strip()
        short = block.role is BlockRole.HEADING or (block.role is BlockRole.PARAGRAPH and len(text) < 120)
        alone += short and text.endswith("?")
    return max(marked, alone)
