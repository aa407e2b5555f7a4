"""Whether content is told in the source's own words."""

from __future__ import annotations

from onrecord.attribution.quotations import Quotation, around
from onrecord.attribution.tree import Tree, tokens_of
from onrecord.model import Quote, Span
from onrecord.text.parse import Parsed


def quote_of(parsed: Parsed, grid: Tree, content: tuple[Span, ...], quoted: tuple[Quotation, ...]) -> Quote:
    """Direct when all words stand within quotation marks, mixed when some do, else indirect."""
    words = [i for i in tokens_of(parsed, content) if grid.pos[i] not in {"PUNCT", "SPACE"}]
    within = sum(1 for i in words if around(quoted, i))
    if not within:
        return Quote.INDIRECT
    # "He said “...”": an "and" or "that" before the marks is no paraphrase.
    loose = [i for i in words if not around(quoted, i) and grid.pos[i] not in {"SCONJ", "CCONJ"}]
    return Quote.DIRECT if not loose else Quote.MIXED
