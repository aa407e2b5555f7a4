"""HTML within bounds: a page or a fragment as a tree, and a fragment's text as stretches with their kinds.

Nothing here runs a script, follows a link or trusts the size or the depth of what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coverage.limits import Limits
from onrecord.model import OnrecordError, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

# No text of the article is in these; templates and scripts would otherwise be taken for it.
DROPPED = ("script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "math")
_DEEPEST = 256  # levels of tags, at which the parser stops
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_KINDS = dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading") | {
    "blockquote": "quote",
    "pre": "quote",
    "li": "item",
}


@dataclass(frozen=True, slots=True)
class Flow:
    """Stretches joined into one text. ``headings``: where headings start; ``quoted``: quotations, lists, rows."""

    text: str
    headings: frozenset[int]
    quoted: tuple[Span, ...]


def parsed(html: str, limits: Limits) -> HtmlElement:
    """The tree of a page or a fragment.

    Raises OnrecordError when it holds no HTML, or is too deeply nested or too large to be taken apart within
    bounded time.
    """
    from lxml.etree import ErrorTypes, LxmlError  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring

    # Without huge_tree the parser stops at 256 levels; with it, the libraries behind it would recurse too deeply.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree: HtmlElement = document_fromstring(_NO_XML.sub("", html).encode("utf-8"), parser=parser)
    except (LxmlError, ValueError):
        raise OnrecordError("the page holds no HTML that can be read") from None
    # Past its limit the parser leaves out the rest of the page, which would be half an article without a word.
    stops = (ErrorTypes.ERR_RESOURCE_LIMIT, ErrorTypes.ERR_NAME_TOO_LONG)
    if any(entry.type in stops for entry in parser.error_log):
        raise OnrecordError("the page nests its tags more than 250 levels deep")
    _check_size(tree, limits)
    return tree


def _check_size(tree: HtmlElement, limits: Limits) -> None:
    from lxml.etree import iterwalk

    if tree.xpath("count(//*)") * _DEEPEST <= limits.max_tree:
        return
    depth = total = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        total += depth
        if total > limits.max_tree:
            raise OnrecordError(
                f"the page has too many nested elements (their depths add up to over {total - depth:,})"
            )


def flow(chunks: Iterable[tuple[str, str]]) -> Flow:
    """Stretches of a text, each with its kind (text, heading, quote, item, row), as one text: paragraphs are
    parted by an empty line, items and rows of one list by a line end, items begin with "- "."""
    parts: list[str] = []
    headings: set[int] = set()
    quoted: list[Span] = []
    length = 0
    for kind, chunk in chunks:
        together = kind in ("item", "row") and quoted and quoted[-1].end == length
        gap = "" if not parts else "\n" if together else "\n\n"
        start = length + len(gap)
        parts += (gap, chunk)
        length = start + len(chunk)
        if kind == "heading":
            headings.add(start)
        elif kind != "text":
            quoted.append(Span(start, length))
    return Flow("".join(parts), frozenset(headings), tuple(quoted))


def fragment(html: str, limits: Limits) -> Flow:
    """All the visible text of a fragment that is an article as it stands (a feed's entry, a mail, an export): no
    stretch of it is judged to be boilerplate. Empty when there is none.

    Raises OnrecordError as ``parsed`` does.
    """
    if not html.strip():
        return Flow("", frozenset(), ())
    return flow(chunks(parsed(html, limits)))


def chunks(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The stretches of visible text under an element, each with its kind."""
    return _chunks(tree, "text")


def _chunks(element: HtmlElement, kind: str) -> Iterator[tuple[str, str]]:
    kind = _KINDS.get(element.tag, kind)
    if element.tag == "tr" and (row := _row(element)):
        yield "row", row
        return
    run = [spaced(element.text)]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in (*DROPPED, "head", "title") or _hidden(child):
            pass
        elif child.tag in _BLOCKS or child.find(".//p") is not None or child.find(".//table") is not None:
            yield from flushed(kind, run)
            yield from _chunks(child, kind)
            run = []
        elif child.tag == "br":
            run.append("\n")
        else:
            run.append(_inline(child))
        run.append(spaced(child.tail))
    yield from flushed(kind, run)


def _row(element: HtmlElement) -> str | None:
    """The cells of a row of data; None where the table only lays out a page (one cell, or blocks in its cells)."""
    cells = [c for c in element if c.tag in ("td", "th")]
    if len(cells) < 2 or any(
        c.find(f".//{tag}") is not None for c in cells for tag in ("table", "p", "div", "h1")
    ):
        return None
    return " | ".join(text for c in cells if (text := plain(_inline(c)))) or None


def _inline(element: HtmlElement) -> str:
    """The text of an inline element, with its line breaks."""
    if _hidden(element):
        return ""
    parts = [spaced(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in DROPPED:
            parts.append("\n" if child.tag == "br" else _inline(child))
        parts.append(spaced(child.tail))
    return "".join(parts)


def _hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def flushed(kind: str, run: list[str]) -> Iterator[tuple[str, str]]:
    """A run of text as one stretch with its lines trimmed; nothing when it is empty. Two and more line breaks part
    two stretches, since many pages write paragraphs so."""
    for part in re.split(r"\n\s*\n", "".join(run)):
        chunk = "\n".join(line for line in map(plain, part.strip().split("\n")) if line)
        if chunk:
            yield kind, f"- {chunk}" if kind == "item" else chunk


def spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def plain(text: str) -> str:
    """A text on one line, without space around it."""
    return " ".join(text.split())
