"""Split an article into numbered sentences, by rules alone.

A reference such as [2:14] names sentence 14 of document 2 and has to stay what it is for years, so the split
depends on the text and on nothing else: no model, no version of a model. The parser is told these boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import Block, BlockRole, Span

# The end of a sentence: stops, closing marks, space, and then something a sentence can begin with.
_END = re.compile(
    r"(?P<stop>[.!?\u2026]+)(?P<close>[\"'\u2019\u201d)\]]*)\s+(?=[\"'\u2018\u201c(\[]*[^\Wa-z_])"
    r"|\n\s*\n|\n(?=\s*(?:[-*\u2022]|\d+[.)])\s)"
)
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]|[A-Z]")
_ZONE = re.compile(r"[A-Z]{2,4}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_SPLIT_ROLES = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Sentence ``n`` (from 1) of an article, in the block ``block`` (from 0)."""

    n: int
    span: Span
    role: BlockRole
    block: int


@cache
def abbreviations() -> frozenset[str]:
    """The words after which a full stop does not end a sentence (data/abbreviations.txt)."""
    lines = files("onrecord.text").joinpath("data/abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _ends_here(text: str, begin: int, match: re.Match[str]) -> bool:
    if match["stop"] != "." or match["close"]:
        return True
    word = text[begin : match.start("stop")].rsplit(None, 1)[-1:] or [""]
    bare = word[0].lstrip("\"'\u2018\u201c([")
    if bare.lower() in abbreviations():
        return False
    if bare.lower() in ("a.m", "p.m"):
        return not _ZONE.match(text, match.end())
    # "J. Smith", "U.S. Senate": an initial or an acronym with stops may or may not end a sentence; a wrong
    # split tears a name apart, a missed one only joins two sentences.
    return not _INITIALS.fullmatch(bare) or bare == "I"


def split_text(text: str, span: Span) -> list[Span]:
    """The sentences within a span of a text, without the space around them."""
    found: list[Span] = []
    begin = span.start
    for match in _END.finditer(text, span.start, span.end):
        if match["stop"] and not _ends_here(text, begin, match):
            continue
        found += _stripped(text, begin, match.end())
        begin = match.end()
    return found + _stripped(text, begin, span.end)


def _stripped(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if start < end else []


def sentences(text: str, blocks: Iterable[Block]) -> tuple[SentenceSpan, ...]:
    """All sentences of an article in order; a block that is no prose counts as one."""
    out: list[SentenceSpan] = []
    for number, block in enumerate(blocks):
        whole = _stripped(text, block.span.start, block.span.end)
        parts = split_text(text, block.span) if block.role in _SPLIT_ROLES else whole
        for span in parts:
            out.append(SentenceSpan(len(out) + 1, span, block.role, number))
    return tuple(out)
