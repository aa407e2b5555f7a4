"""Find the paragraphs of a text: parted by empty lines, one a line, or wrapped at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Span

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LIST_ITEM = re.compile(r"(?:[-*•·‣▪–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S|>")
_STOPPED = re.compile(r"[.!?…:][\"'’”)\]]*$")
_LABEL = re.compile(
    r"(?:by|published|updated|posted|date|dateline|photo|image|credit|q|a)\b(?:\s*:|\s+[A-Z])", re.IGNORECASE
)
_WIDEST_WRAP = 120  # mails and wires wrap at 65 to 100; longer lines are whole paragraphs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text, without the space around it.

    ``empty_before``: how many empty lines stand before it. ``lines``: of how many lines it is made.
    ``indented``: it begins with space or a mark of quotation (">"), so that it may be quoted matter.
    """

    span: Span
    empty_before: int
    lines: int
    indented: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    empty_before: int
    text: str


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs in order; every character that is no space is in exactly one."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    found: list[list[_Line]] = []
    for line in lines:
        if found and _continues(found[-1][-1], line, width):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(
        Paragraph(
            span=Span(group[0].start, group[-1].end),
            empty_before=group[0].empty_before,
            lines=len(group),
            indented=group[0].indent >= 2 or group[0].text.startswith(">"),
        )
        for group in found
    )


def is_list_item(paragraph: str) -> bool:
    """Whether a paragraph begins as an item of a list does."""
    return _LIST_ITEM.match(paragraph) is not None


def _lines(text: str) -> Iterator[_Line]:
    empty, at = 0, 0
    for match in [*_LINE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        raw = text[at:end]
        bare = raw.strip()
        if bare:
            start = at + len(raw) - len(raw.lstrip())
            yield _Line(start, start + len(bare), len(raw[: start - at].expandtabs(4)), empty, bare)
            empty = 0
        else:
            empty += 1
        at = match.end() if match else end


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which a text is wrapped, None when it is not.

    A line is wrapped where the next word would not have fitted; in a wrapped text most lines are, and many of them
    end within a sentence, as lines that are paragraphs do not.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.empty_before]
    if not pairs:
        return None
    lengths = sorted(len(line.text) + line.indent for pair in pairs for line in pair)
    width = lengths[min(len(lengths) - 1, round(0.9 * len(lengths)))]
    if width > _WIDEST_WRAP or width < 30:
        return None
    full = [(a, b) for a, b in pairs if _is_full(a, b, width)]
    within = sum(1 for a, _ in full if not _STOPPED.search(a.text))
    return width if len(full) >= 0.5 * len(pairs) and within >= max(1, 0.4 * len(full)) else None


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    next_word = len(following.text.split(None, 1)[0])
    return line.indent + len(line.text) + 1 + next_word > width - 4


def _continues(line: _Line, following: _Line, width: int | None) -> bool:
    if following.empty_before or is_list_item(following.text) or _LABEL.match(following.text):
        return False
    if width is None:
        return following.text[0].islower() and not _STOPPED.search(line.text)
    if following.indent >= line.indent + 2 and not is_list_item(line.text):
        return False
    return following.text[0].islower() or _is_full(line, following, width)
