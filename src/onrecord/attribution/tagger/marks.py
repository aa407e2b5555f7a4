"""Which parts of a paragraph stand in quotation marks, whatever marks its publisher prints.

Double marks are ``"``, typographic ones, guillemets, and the two apostrophes or backticks of wire copy. Single
marks, the first choice of British papers, are apostrophes too: they quote only where a closing one is found that
can be told from a possessive or an elision. A quotation that is not closed goes on to the end of its paragraph, as
it does where the next paragraph continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOUBLE = re.compile(r"''|``|[\"“”„«»]")
_OPENS, _CLOSES = frozenset({"“", "„", "«", "``"}), frozenset({"”", "»"})
_BEFORE_OPENING = frozenset("([{—–-‘'/")
_SINGLE_OPENING = re.compile(r"(?<![\w'’])['‘`](?=[\w“\"(])(?!\d0s|(?i:em|til|tis|twas|cause|n|bout|round)\b)")
_SINGLE_CLOSING = re.compile(r"(?<=[^\s(\[])['’](?![\w'’])")
_STOPS = frozenset(".,!?…;:—")

Quote = tuple[int, int, int]


def quotes(text: str, begin: int, end: int) -> list[Quote]:
    """The quotations of a paragraph ``text[begin:end]`` in their order, apart from each other, as (start, start of
    the closing mark, end); marks are included, and without closing mark the last two are the same."""
    doubles = list(_double(text, begin, end))
    singles: list[Quote] = []
    at = begin
    for start, _, stop in [*doubles, (end, end, end)]:
        singles += _single(text, at, start)
        at = stop
    return sorted([*doubles, *singles])


def _double(text: str, begin: int, end: int) -> Iterator[Quote]:
    opened = -1
    for match in _DOUBLE.finditer(text, begin, end):
        if opened < 0 and _opens(text, match, begin, end):
            opened = match.start()
        elif opened >= 0 and not _opens(text, match, begin, end, inside=True):
            yield opened, match.start(), match.end()
            opened = -1
        elif opened < 0:
            yield match.start(), match.start(), match.end()
    if opened >= 0:
        yield opened, end, end


def _opens(text: str, mark: re.Match[str], begin: int, end: int, *, inside: bool = False) -> bool:
    """Whether a mark opens a quotation; one that looks the same on both sides by the space around it, and where
    that does not tell by whether one is open."""
    if mark.group() in _OPENS or mark.group() in _CLOSES:
        return mark.group() in _OPENS
    before = mark.start() == begin or text[mark.start() - 1].isspace() or text[mark.start() - 1] in _BEFORE_OPENING
    after = mark.end() == end or not text[mark.end()].isalnum()
    if before and not after:
        return True
    if after and not before:
        return False
    return not inside


def _single(text: str, begin: int, end: int) -> Iterator[Quote]:
    """Quotations in single marks. Of the marks that may close, one after a stop does so before one after a letter:
    "‘The dockers’ pay is low,’ he said"."""
    at = begin
    while opening := _SINGLE_OPENING.search(text, at, end):
        following = _SINGLE_OPENING.search(text, opening.end(), end)
        closings = list(_SINGLE_CLOSING.finditer(text, opening.end() + 1, following.start() if following else end))
        after_stop = [m for m in closings if text[m.start() - 1] in _STOPS]
        closing = next(iter(after_stop or [m for m in closings if text[m.start() - 1] != "s"] or closings), None)
        if closing is None:
            at = opening.end()
            continue
        yield opening.start(), closing.start(), closing.end()
        at = closing.end()
