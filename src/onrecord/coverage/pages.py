"""Take an HTML page apart: the article's text with its structure, and what the page's metadata say of it.

The text is trafilatura's, as paragraphs parted by an empty line; list items begin with "- ". Dates in the metadata
are htmldate's. Nothing here runs a script, follows a link or trusts the size of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from onrecord.coverage.dates import parse_date
from onrecord.coverage.decoding import declared_charset, decode
from onrecord.coverage.limits import Limits
from onrecord.model import Dated, KnownFrom, OnrecordError, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

# No text of the article is in these; templates and scripts would otherwise be taken for it.
_DROPPED = ("script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "math")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DATE_NAME = re.compile(r"date|time|publi|issued|created|modif|updat|revis", re.IGNORECASE)
_MODIFIED_NAME = re.compile(r"modif|updat|revis", re.IGNORECASE)
_PUBLISHED_CLASS = re.compile(r"publi|posted|entry-date|post-date|article-date|dateline", re.IGNORECASE)
_BLOCK_TAGS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "code", "div", "ab"})
# Bounds that do not move with the calendar, so that a page is read the same in any year.
_EARLIEST, _LATEST = datetime(1900, 1, 1), datetime(2100, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as a page holds it. ``headings``: where paragraphs that are headings start; ``quoted``: stretches
    marked as quotations, lists or tables. ``outlet_from``: URL when only the address's host names the outlet."""

    text: str
    headings: frozenset[int]
    quoted: tuple[Span, ...]
    title: str | None
    outlet: str | None
    outlet_from: KnownFrom
    byline: str | None
    url: str | None
    published: Dated
    modified: Dated
    problem: str | None


def read_page(data: bytes, limits: Limits) -> Page:
    """The article of a page.

    Raises OnrecordError with a sentence when the page is too deeply nested or too large to be taken apart within
    bounded time, or holds no article.
    """
    decoded = decode(data, declared_charset(data))
    tree = _parsed(decoded.text)
    _check_size(tree, limits)
    try:
        # These libraries meet every page of the web; what they raise on a strange one is not one kind of error.
        page = _taken_apart(tree, decoded.problem)
    except OnrecordError:
        raise
    except Exception as error:
        raise OnrecordError(f"the page could not be taken apart ({type(error).__name__})") from error
    return page


def _parsed(html: str) -> HtmlElement:
    from lxml.etree import ErrorTypes, LxmlError  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring

    # Without huge_tree the parser stops at 256 levels; with it, the libraries behind it would recurse too deeply.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree: HtmlElement = document_fromstring(_NO_XML.sub("", html).encode("utf-8"), parser=parser)
    except (LxmlError, ValueError):
        raise OnrecordError("the page holds no HTML that can be read") from None
    # Past its limit the parser leaves out the rest of the page, which would be half an article without a word.
    limits = (ErrorTypes.ERR_RESOURCE_LIMIT, ErrorTypes.ERR_NAME_TOO_LONG)
    if any(entry.type in limits for entry in parser.error_log):
        raise OnrecordError("the page nests its tags more than 250 levels deep")
    return tree


def _check_size(tree: HtmlElement, limits: Limits) -> None:
    from lxml.etree import iterwalk

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


def _taken_apart(tree: HtmlElement, problem: str | None) -> Page:
    import trafilatura

    metadata = trafilatura.extract_metadata(
        tree, date_config={"extensive_search": False, "original_date": True, "max_date": _LATEST}
    )
    published, modified = _dates(tree)
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    body = getattr(document, "body", None)
    text, headings, quoted = _text_of(body) if body is not None else ("", frozenset(), ())
    if not text:
        raise OnrecordError("the page holds no article that could be found")
    host_only = metadata.sitename is not None and metadata.sitename == metadata.hostname
    return Page(
        text=text,
        headings=headings,
        quoted=quoted,
        title=metadata.title or None,
        outlet=metadata.sitename or None,
        outlet_from=KnownFrom.URL if host_only else KnownFrom.METADATA,
        byline=metadata.author or None,
        url=metadata.url or None,
        published=published,
        modified=modified,
        problem=problem,
    )


# ------------------------------------------------------------------------------- dates


def _dates(tree: HtmlElement) -> tuple[Dated, Dated]:
    """When the page was published and modified, by its metadata alone: a date in the prose is not the page's."""
    published = _found(_head(tree, modified=False), original=True)
    modified = _found(_head(tree, modified=True), original=False)
    return (published if published.value else _time_element(tree)), modified


def _head(tree: HtmlElement, *, modified: bool) -> HtmlElement:
    """A page with the metadata of one kind and nothing else, since htmldate takes the one for want of the other,
    and a date in the text for want of both."""
    from lxml.html import Element

    page: HtmlElement = Element("html")
    head = Element("head")
    page.append(head)
    page.append(Element("body"))
    for meta in tree.iter("meta"):
        name = " ".join(meta.get(key, "") for key in ("name", "property", "itemprop", "http-equiv", "pubdate"))
        if "copyright" in name.lower() or not _DATE_NAME.search(name):
            continue
        if bool(_MODIFIED_NAME.search(name)) is modified:
            head.append(Element("meta", dict(meta.attrib)))
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            copy = Element("script", {"type": "application/ld+json"})
            copy.text = script.text
            head.append(copy)
    return page


def _found(page: HtmlElement, *, original: bool) -> Dated:
    from htmldate import find_date

    found = find_date(
        page, extensive_search=False, original_date=original, url="", min_date=_EARLIEST, max_date=_LATEST
    )
    return parse_date(found, KnownFrom.METADATA) if found else Dated()


def _time_element(tree: HtmlElement) -> Dated:
    """The page's time element: one that says it is the date of publication, or the only day there is."""
    marked: list[Dated] = []
    others: list[Dated] = []
    for element in tree.iter("time"):
        dated = parse_date(element.get("datetime") or "".join(element.itertext()), KnownFrom.METADATA)
        if dated.value is None:
            continue
        name = " ".join(element.get(key, "") for key in ("itemprop", "class", "id"))
        if _MODIFIED_NAME.search(name):
            continue
        (marked if "pubdate" in element.attrib or _PUBLISHED_CLASS.search(name) else others).append(dated)
    if marked:
        return marked[0]
    return others[0] if len({dated.value for dated in others}) == 1 else Dated()


# ------------------------------------------------------------------------------- text


def _text_of(body: Any) -> tuple[str, frozenset[int], tuple[Span, ...]]:
    parts: list[str] = []
    headings: set[int] = set()
    quoted: list[Span] = []
    length = 0
    for kind, chunk in _chunks(body, "text"):
        gap = (
            ""
            if not parts
            else "\n"
            if kind in ("item", "row") and quoted and quoted[-1].end == length
            else "\n\n"
        )
        start = length + len(gap)
        parts += (gap, chunk)
        length = start + len(chunk)
        if kind == "heading":
            headings.add(start)
        elif kind != "text":
            quoted.append(Span(start, length))
    return "".join(parts), frozenset(headings), tuple(quoted)


_KINDS = {"head": "heading", "quote": "quote", "item": "item", "row": "row", "code": "quote"}


def _chunks(element: Any, kind: str) -> Iterator[tuple[str, str]]:
    """The stretches of text of an extracted body, each with its kind: text, heading, quote, item, row."""
    kind = _KINDS.get(element.tag, kind)
    if kind == "row":
        cells = (_plain(" ".join(cell.itertext())) for cell in element)
        if row := " | ".join(cell for cell in cells if cell):
            yield kind, row
        return
    run = [_spaced(element.text)]
    for child in element:
        if child.tag in _BLOCK_TAGS:
            yield from _flushed(kind, run)
            yield from _chunks(child, kind)
            run = []
        elif child.tag == "lb":
            run.append("\n")
        else:
            run.append(_spaced("".join(child.itertext())))
        run.append(_spaced(child.tail))
    yield from _flushed(kind, run)


def _flushed(kind: str, run: list[str]) -> Iterator[tuple[str, str]]:
    lines = (_plain(line) for line in "".join(run).strip().split("\n"))
    if chunk := re.sub(r"\n{3,}", "\n\n", "\n".join(lines)):
        yield kind, f"- {chunk}" if kind == "item" else chunk


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _plain(text: str) -> str:
    return " ".join(text.split())
