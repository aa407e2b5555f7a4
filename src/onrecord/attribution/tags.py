"""Who speaks by the layout alone: a name after a dash below a quotation, a name and a colon before an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.attribution.draft import Draft
from onrecord.attribution.quotations import Quotation
from onrecord.attribution.tree import Tree
from onrecord.model import BlockRole
from onrecord.text.parse import Parsed

_DASH = re.compile(r"\s*(?:\u2014|\u2013|--|-\s)\s*(?=[A-Z])")
_LONGEST = 16  # words of a name with its title
_ANSWER = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){0,3}(?=:\s)")
# Before a colon these name nobody.
_LABELS = frozenset(
    {"q", "a", "question", "answer", "update", "note", "correction", "photo", "image", "video", "read", "related"}
    | {"more", "sources", "source", "location", "date", "time", "today", "result", "verdict", "context"}
)
_PRONOUNS = frozenset({"i", "we", "you", "my", "our", "your", "us", "me"})


def signed(parsed: Parsed, grid: Tree, quoted: Sequence[Quotation]) -> Iterator[Draft]:
    """Quotations with the name of who speaks after a dash: "..." \u2014 Ann Lee, president."""
    text = parsed.cleaned.text
    for quote in quoted:
        if quote.last >= len(parsed.doc):
            continue
        after = parsed.doc[quote.last - 1].idx + len(parsed.doc[quote.last - 1])
        dash = _DASH.match(text, after)
        if dash is None:
            continue
        first = next((i for i in range(quote.last, len(parsed.doc)) if parsed.doc[i].idx >= dash.end()), None)
        sentence = parsed.sentence_of(first) if first is not None else None
        if first is None or sentence is None or not _is_name(parsed, first):
            continue
        last = sentence.last
        while last > first + 1 and grid.pos[last - 1] in {"PUNCT", "SPACE"}:
            last -= 1
        if last - first <= _LONGEST and not any(grid.pos[i] in {"VERB", "AUX"} for i in range(first, last)):
            yield Draft(anchor=first, source=(first, last), content=set(range(quote.first, quote.last)))


def answers(parsed: Parsed, grid: Tree) -> Iterator[Draft]:
    """Answers of an interview: a paragraph that begins with the name of a person and a colon, where another one
    does so too or a question stands before it."""
    prose = [b.span for b in parsed.article.blocks if b.role in {BlockRole.PARAGRAPH, BlockRole.HEADING}]
    begun = [(n, m) for n, s in enumerate(prose) if (m := _ANSWER.match(s.of(parsed.text))) is not None]
    for n, match in begun:
        asked = n > 0 and prose[n - 1].of(parsed.text).rstrip().endswith("?")
        if not asked and sum(other[0] == match[0] for _, other in begun) < 2:
            continue
        first, last = (tokens := parsed.tokens(prose[n])).start, tokens.end
        colon = next((i for i in range(first, last) if grid.words[i] == ":"), None)
        named = asked or parsed.doc[first].ent_type_ == "PERSON"
        if colon is None or colon + 1 >= last or match[0].casefold() in _LABELS or not named:
            continue
        if asked or any(grid.words[i] in _PRONOUNS for i in range(colon + 1, last)):
            yield Draft(anchor=colon, source=(first, colon), content=set(range(colon + 1, last)))


def _is_name(parsed: Parsed, first: int) -> bool:
    token = parsed.doc[first]
    return token.ent_type_ == "PERSON" or token.pos_ == "PROPN"
