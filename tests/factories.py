"""Small makers of model objects, so that a test reads as: this text in, these objects out."""

from __future__ import annotations

import re
from datetime import date

from onrecord.model import Article, Block, BlockRole, Dated, KnownFrom, Precision, Span
from onrecord.text.parse import Parsed, parse, pipeline


def dated(value: str | None) -> Dated:
    """A document's date, given to the day; None: undated."""
    if value is None:
        return Dated()
    return Dated(value=date.fromisoformat(value), precision=Precision.DAY, known_from=KnownFrom.GIVEN)


def article(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    id: str = "doc",
) -> Article:
    """An article whose paragraphs are parted by empty lines; a title, if given, stands before the text."""
    blocks: list[Block] = []
    if title:
        blocks.append(Block(Span(0, len(title)), BlockRole.TITLE))
        text = f"{title}\n\n{text}"
    start = len(title) + 2 if title else 0
    for match in re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL).finditer(text, start):
        if match.group().strip():
            blocks.append(
                Block(Span(match.start(), match.start() + len(match.group().rstrip())), BlockRole.PARAGRAPH)
            )
    return Article(
        id=id,
        capture_sha256="0" * 64,
        name=id,
        source=f"{id}.txt",
        text=text,
        blocks=tuple(blocks),
        title=title,
        outlet=outlet,
        published=dated(published),
    )


def parsed(
    text: str, *, published: str | None = None, title: str | None = None, outlet: str | None = None
) -> Parsed:
    """A parsed article (the pipeline is loaded once a session)."""
    return next(parse([article(text, published=published, title=title, outlet=outlet)], pipeline()))
