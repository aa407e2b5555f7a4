"""Cut a sentence into clauses, by rules alone, so that each says one thing.

A proposition is told by a clause rather than by a sentence ("an outline was there, but he had seen outlines
before"). The cuts are at semicolons, colons and dashes, and before words that open a clause. A stretch of fewer
than ``LEAST`` words stays with what it hangs on.
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.model import Span

LEAST = 4  # words of a clause
WORD = re.compile(r"\w+(?:['’.,/-]\w+)*")
_SUBJECT = (
    r"(?:he|she|they|it|we|i|you|there|this|that|these|those|the|a|an|no|nobody|none|both|each|neither|some|any|all"
    r"|its|their|his|her|our)"
)
_CLAUSE = (
    r"(?:and|but|or|while|whereas|although|though|because|since|which|who|whose|whom|after|before|until|so|yet|nor"
    r"|when|where|if|unless|with|as|adding|saying)"
)
_BORDER = re.compile(
    rf"[;:—–]\s+"
    rf"|,\s+(?={_CLAUSE}\s)(?!and\s[^\Wa-z_])"
    rf"|\s(?=(?:and|but)\s+(?:that\s+)?{_SUBJECT}\s)"
    rf"|\s(?=(?:because|while|although|whereas|unless)\s)"
    rf"|,\s+(?={_SUBJECT}\s)",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "“\"‘'$£€(", "”\"’'%)"


def clauses(text: str, span: Span) -> list[Span]:
    """The clauses of a sentence in text order; together they hold every word of it."""
    cuts = [span.start, *(m.end() for m in _BORDER.finditer(text, span.start, span.end)), span.end]
    joined: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if joined and min(_count(text, start, end), _count(text, *joined[-1])) < LEAST:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [s for start, end in joined if (s := trimmed(text, start, end)) is not None]


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for _ in WORD.finditer(text, start, end))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A stretch without the space and punctuation around it, quotation marks and signs of money kept."""
    while start < end and not (text[start].isalnum() or text[start] in _OPENING):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in _CLOSING):
        end -= 1
    return Span(start, end) if start < end and WORD.search(text, start, end) else None
