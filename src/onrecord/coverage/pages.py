"""Take an HTML page apart: the article's text with its structure, and what the page's metadata say of it.

The text is trafilatura's, as paragraphs parted by an empty line; list items begin with "- ". Dates in the metadata
are htmldate's. Nothing here runs a script, follows a link or trusts the size of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.coverage.dates import parse_date
from onrecord.coverage.decoding import declared_charset, decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import DROPPED, flow, parsed, plain, spaced
from onrecord.model import Dated, KnownFrom, OnrecordError

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_DATE_NAME = re.compile(r"date|time|publi|issued|created|modif|updat|revis", re.IGNORECASE)
_MODIFIED_NAME = re.compile(r"modif|updat|revis", re.IGNORECASE)
_PUBLISHED_CLASS = re.compile(r"publi|posted|entry-date|post-date|article-date|dateline", re.IGNORECASE)
_BLOCK_TAGS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "code", "div", "ab"})
# Bounds that do not move with the calendar, so that a page is read the same in any year.
_EARLIEST, _LATEST = datetime(1900, 1, 1), datetime(2100, 1, 1)


def read_page(data: bytes, limits: Limits, charset: str | None = None) -> Draft:
    """The article of a page; ``charset`` as the server declared it.

    Raises OnrecordError with a sentence when the page is too deeply nested or too large to be taken apart within
    bounded time, or holds no article.
    """
    decoded = decode(data, charset or declared_charset(data))
    tree = parsed(decoded.text, limits)
    try:
        # These libraries meet every page of the web; what they raise on a strange one is not one kind of error.
        page = _taken_apart(tree, decoded.problem)
    except OnrecordError:
        raise
    except Exception as error:
        raise OnrecordError(f"the page could not be taken apart ({type(error).__name__})") from error
    return page


def _taken_apart(tree: HtmlElement, problem: str | None) -> Draft:
    import trafilatura

    metadata = _metadata(tree)
    published, modified = _dates(tree)
    credit = _credit(tree)
    for element in list(tree.iter(*DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    document = trafilatura.bare_extraction(tree, options=_options())
    body = getattr(document, "body", None)
    found = flow(_chunks(body, "text")) if body is not None else None
    if found is None or not found.text:
        raise OnrecordError("the page holds no article that could be found")
    return Draft(
        text=found.text,
        headings=found.headings,
        quoted=found.quoted,
        title=metadata.title,
        outlet=metadata.outlet,
        outlet_from=KnownFrom.URL if metadata.host_only else KnownFrom.METADATA,
        byline=metadata.author,
        credit=credit,
        url=metadata.url,
        published=published,
        modified=modified,
        problem=problem,
    )


@cache
def _options() -> Any:
    """How the article is taken out of the page; made once, since making it costs as much as a small page's
    dates."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", comments=False)


# ------------------------------------------------------------------------------- metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class _Metadata:
    """What a page's metadata say; ``host_only``: the outlet is but the host of the address."""

    title: str | None
    author: str | None
    url: str | None
    outlet: str | None
    host_only: bool


def _metadata(tree: HtmlElement) -> _Metadata:
    """Title, author, address and outlet, in the order in which ``trafilatura.extract_metadata`` looks for them.

    That function also looks for categories, tags and a licence in every link of the page and for a date in the
    whole of it, which are not used here and take an eighth of the time of an extraction."""
    from trafilatura import metadata as steps

    found = steps.examine_meta(tree)
    if found.author and " " not in found.author:
        found.author = None
    # The step raises on malformed JSON-LD what it likes; the page's other metadata hold all the same.
    with suppress(Exception):
        found = steps.extract_meta_json(tree, found)
    found.title = found.title or steps.extract_title(tree)
    found.author = found.author or steps.extract_author(tree)
    found.url = found.url or steps.extract_url(tree)
    outlet = (found.sitename or steps.extract_sitename(tree) or "").lstrip("@")
    if outlet and "." not in outlet and not outlet[0].isupper():
        outlet = outlet.title()
    match = steps.META_URL.match(found.url) if found.url else None
    host = match[1] if match else None
    found.sitename = outlet or host
    found.clean_and_trim()
    return _Metadata(
        title=found.title or None,
        author=found.author or None,
        url=found.url or None,
        outlet=found.sitename or None,
        host_only=host is not None and found.sitename == host,
    )


_SOURCE_NAMES = frozenset(
    {"syndication-source", "original-source", "dc.source", "dcterms.source", "article:source"}
)
_SOURCE_KEYS = re.compile(
    r'"(?:sourceOrganization|creditText)"\s*:\s*(?:\{[^{}]{0,300}?"name"\s*:\s*)?"([^"\\{}]{2,80})"'
)


def _credit(tree: HtmlElement) -> str | None:
    """The agency or outlet that the page's metadata credit with the article."""
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        content = plain(meta.get("content") or "")
        if name in _SOURCE_NAMES and content and "://" not in content:
            return content[:80]
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and (match := _SOURCE_KEYS.search(script.text or "")):
            return plain(match[1])
    return None


# ------------------------------------------------------------------------------- dates


def _dates(tree: HtmlElement) -> tuple[Dated, Dated]:
    """When the page was published and modified, by its metadata alone: a date in the prose is not the page's.
    Each is sought in a page with the metadata of its own kind and nothing else, since htmldate takes the one for
    want of the other, and a date in the text for want of both."""
    from lxml.html import Element

    pages: dict[bool, HtmlElement] = {}
    for modified in (False, True):
        pages[modified] = Element("html")
        pages[modified].append(Element("head"))
        pages[modified].append(Element("body"))
    for meta in tree.iter("meta"):
        name = " ".join(meta.get(key, "") for key in ("name", "property", "itemprop", "http-equiv", "pubdate"))
        if "copyright" not in name.lower() and _DATE_NAME.search(name):
            pages[bool(_MODIFIED_NAME.search(name))][0].append(Element("meta", dict(meta.attrib)))
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            for modified, page in pages.items():
                if not modified or "dateModified" in script.text:
                    copy = Element("script", {"type": "application/ld+json"})
                    copy.text = script.text
                    page[0].append(copy)
    published, modified_on = _found(pages[False], original=True), _found(pages[True], original=False)
    return (published if published.value else _time_element(tree)), modified_on


def _found(page: HtmlElement, *, original: bool) -> Dated:
    from htmldate import find_date

    if not len(page[0]):
        return Dated()
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


_KINDS = {"head": "heading", "quote": "quote", "item": "item", "row": "row", "code": "quote"}


def _chunks(element: Any, kind: str) -> Iterator[tuple[str, str]]:
    """The stretches of text of an extracted body, each with its kind: text, heading, quote, item, row."""
    kind = _KINDS.get(element.tag, kind)
    if kind == "row":
        cells = (plain(" ".join(cell.itertext())) for cell in element)
        if row := " | ".join(cell for cell in cells if cell):
            yield kind, row
        return
    run = [spaced(element.text)]
    for child in element:
        if child.tag in _BLOCK_TAGS:
            yield from _flushed(kind, run)
            yield from _chunks(child, kind)
            run = []
        elif child.tag == "lb":
            run.append("\n")
        else:
            run.append(spaced("".join(child.itertext())))
        run.append(spaced(child.tail))
    yield from _flushed(kind, run)


def _flushed(kind: str, run: list[str]) -> Iterator[tuple[str, str]]:
    lines = (plain(line) for line in "".join(run).strip().split("\n"))
    if chunk := re.sub(r"\n{3,}", "\n\n", "\n".join(lines)):
        yield kind, f"- {chunk}" if kind == "item" else chunk
