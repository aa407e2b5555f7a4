"""Clean a text for the parser, and map every offset back.

The parser trips over soft hyphens, zero-width characters, exotic spaces and line breaks within a paragraph.
All are replaced one for one, or left out and accounted for, so that a span found in the cleaned text leads
back to the exact characters of the captured one (the idea of eyecite's ``SpanUpdater``).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.model import Span

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_SPACE = re.compile(r"[^\S ]")
# A closing single quote between letters is an apostrophe; elsewhere it may close a British quotation.
_APOSTROPHE = re.compile(r"(?<=\w)\u2019(?=\w)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text; ``kept[i]`` is the offset in the captured text of character ``i`` (None: the same)."""

    text: str
    kept: array[int] | None

    def to_source(self, start: int, end: int) -> Span:
        """The span of the captured text that ``[start, end)`` of the cleaned one came from."""
        if self.kept is None:
            return Span(start, end)
        return Span(self.kept[start], self.kept[end - 1] + 1)

    def from_source(self, span: Span) -> tuple[int, int]:
        """The range of the cleaned text that holds a span of the captured one (empty if all was left out)."""
        if self.kept is None:
            return span.start, span.end
        return bisect_left(self.kept, span.start), bisect_left(self.kept, span.end)


def clean(text: str) -> Cleaned:
    """The text as the parser should see it. The length changes only by invisible characters."""
    same_length = _APOSTROPHE.sub("'", _SPACE.sub(" ", text))
    if not _INVISIBLE.search(same_length):
        return Cleaned(same_length, None)
    kept: array[int] = array("L")
    pieces: list[str] = []
    at = 0
    for match in [*_INVISIBLE.finditer(same_length), None]:
        end = match.start() if match else len(same_length)
        pieces.append(same_length[at:end])
        kept.extend(range(at, end))
        at = match.end() if match else end
    return Cleaned("".join(pieces), kept)
