"""Pair quotation marks: curly, straight and British single ones, across sentences and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import BlockRole
from onrecord.text.parse import Parsed

_MARK = re.compile("[\u201c\u201d\u201e\"\u00ab\u00bb\u2018\u2019']{1,2}|``")
_OPENERS = frozenset({"\u201c", "\u201e", "\u00ab", "``"})
_CLOSERS = frozenset({"\u201d", "\u00bb"})
_STRAIGHT = frozenset({'"', "''", "\u2019\u2019", "\u2018\u2018"})
_ELISION = re.compile("['\u2018\u2019](?:em|til|tis|twas|cause|n|[0-9]0s)\\b", re.IGNORECASE)
_REACH = 2000  # characters: a longer single quotation is no quotation, and the search stays linear
_READ = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``[first, last)`` of a quotation with its marks. ``continues`` when it takes up one that the
    paragraph before left open; ``left_open`` when it begins its paragraph and the next is to take it up."""

    first: int
    last: int
    continues: bool = False
    left_open: bool = False

    def holds(self, token: int) -> bool:
        return self.first <= token < self.last


def quotations(parsed: Parsed) -> tuple[Quotation, ...]:
    """The outermost quotations of the article's prose and headlines, in order."""
    starts = [t.idx for t in parsed.doc]
    out: list[Quotation] = []
    left_open = False
    for block in parsed.article.blocks:
        if block.role not in _READ:
            continue
        begin, end = parsed.cleaned.from_source(block.span)
        found, opened = _pairs(parsed.cleaned.text, begin, end)
        for at, (a, b) in enumerate(found):
            first, last = bisect_right(starts, a) - 1, bisect_left(starts, b)
            if 0 <= first < last:
                whole = opened and a == begin and b == end
                out.append(Quotation(first, last, left_open and at == 0 and a == begin, whole))
        left_open = opened
    return tuple(out)


def around(quoted: Sequence[Quotation], token: int) -> Quotation | None:
    """The quotation that holds a token."""
    at = bisect_right(quoted, token, key=lambda q: q.first) - 1
    return quoted[at] if at >= 0 and quoted[at].holds(token) else None


def _pairs(text: str, begin: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """The quotations in a block, and whether the last one is left open at its end."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for mark in _split_marks(text, begin, end):
        if opened is None:
            kind = _opens(text, mark, begin, end)
            opened = (mark.start, kind) if kind else None
        elif opened[1] == "double" and mark.text in _OPENERS:
            opened = (mark.start, "double")  # the earlier mark was never closed
        elif _closes(text, mark, opened[1], end):
            found.append((opened[0], mark.end))
            opened = None
    if opened is not None and opened[1] == "double" and (opened[0] == begin or text[opened[0]] in _OPENERS):
        return [*found, (opened[0], end)], True
    return found, False


@dataclass(frozen=True, slots=True)
class _Mark:
    text: str
    start: int
    end: int


def _split_marks(text: str, begin: int, end: int) -> list[_Mark]:
    """Two marks side by side are one double mark ('') or a single and a double one ("'...)."""
    out: list[_Mark] = []
    for match in _MARK.finditer(text, begin, end):
        pair = match.group()
        if len(pair) == 2 and pair not in _STRAIGHT and pair != "``":
            out += [
                _Mark(pair[0], match.start(), match.start() + 1),
                _Mark(pair[1], match.start() + 1, match.end()),
            ]
        else:
            out.append(_Mark(pair, match.start(), match.end()))
    return out


def _opens(text: str, mark: _Mark, begin: int, end: int) -> str:
    """Which kind of quotation a mark opens here: double, single or "" for none."""
    before = text[mark.start - 1] if mark.start > begin else " "
    after = text[mark.end] if mark.end < end else " "
    if mark.text in _OPENERS:
        return "double"
    if mark.text in _CLOSERS or after.isspace() or before.isalnum():
        return ""
    if mark.text in _STRAIGHT:
        return "double"
    if mark.text == "\u2019" or _ELISION.match(text, mark.start) or not _single_close(text, mark.end, end):
        return ""
    return "single"


def _closes(text: str, mark: _Mark, kind: str, end: int) -> bool:
    if kind == "double":
        return mark.text in _CLOSERS or (mark.text in _STRAIGHT and not text[mark.start - 1].isspace())
    return mark.text in {"\u2019", "'"} and _closes_single(text, mark.start, end)


def _closes_single(text: str, at: int, end: int) -> bool:
    """A closing single mark, and not the apostrophe of a plural ("the drivers' union") before another one."""
    if at + 1 < end and text[at + 1].isalnum():
        return False
    if text[at - 1] in ".,!?\u2026;":
        return True
    if text[at - 1] != "s" or not (at + 2 < end and text[at + 1] == " " and text[at + 2].islower()):
        return True
    return not _single_close(text, at + 1, end)


def _single_close(text: str, begin: int, end: int) -> bool:
    """Whether a mark that could close a single quotation stands ahead in the block, before the next opening."""
    for at in range(begin, min(end, begin + _REACH)):
        if text[at] == "\u2018":
            return False
        if text[at] in "\u2019'" and not (at + 1 < end and text[at + 1].isalnum()) and not text[at - 1].isspace():
            return True
    return False
