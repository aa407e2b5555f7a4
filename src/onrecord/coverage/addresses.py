"""Lists of addresses: text files, tables (Media Cloud, GDELT), OPML, sitemaps and feeds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.coverage import feeds, media
from onrecord.coverage.decoding import decode
from onrecord.coverage.fields import Names, facts_of
from onrecord.coverage.limits import Limits
from onrecord.coverage.rows import delimiter_of, header_columns
from onrecord.coverage.sniffing import by_content
from onrecord.model import Given, OnrecordError

_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
# Exports of GDELT without a header line: the number of columns, and which hold the address and the outlet.
# http://data.gdeltproject.org/documentation: events 1.0 (58), events 2.0 (61), knowledge graph 2.1 (27).
_GDELT = {58: (57, None), 61: (60, None), 27: (4, 3)}


@dataclass(frozen=True, slots=True)
class Address:
    """An address with what its list says of it. ``changed``: when, as the list writes it."""

    url: str
    told: Given = Given()
    changed: str | None = None


def is_address(source: str) -> bool:
    """Whether a source is an address to fetch or a list of them (``@FILE``)."""
    return source.startswith("@") or re.match(r"(?:https?|ftp|feed)://", source, re.IGNORECASE) is not None


def listed(data: bytes, limits: Limits, names: Names) -> list[Address]:
    """The addresses in a list of any of the kinds, each once, in its order.

    Raises OnrecordError when it holds none, or more than the limit.
    """
    kind = by_content(data[:65_536], None).media_type
    if kind in (media.OPML, media.SITEMAP):
        found: Iterator[Address] = _of_xml(data)
    elif kind in feeds.KINDS:
        found = of_feed(data, kind, limits)
    else:
        found = _of_text(decode(data).text, names)
    out: dict[str, Address] = {}
    for address in found:
        out.setdefault(address.url, address)
        if len(out) > limits.max_parts:
            raise OnrecordError(f"the list has more than {limits.max_parts:,} addresses; split it")
    if not out:
        raise OnrecordError("there is no address in it; give one a line, or a table with a column url")
    return list(out.values())


def of_feed(data: bytes, kind: str, limits: Limits) -> Iterator[Address]:
    """The addresses of a feed's entries."""
    for entry in feeds.entries(data, kind, limits):
        if entry.url is not None:
            told = feeds.read_facts(entry.data, kind)
            yield Address(entry.url, told, entry.changed)


def of_sitemap(data: bytes) -> tuple[list[Address], list[str]]:
    """The pages of a sitemap, the last changed first, and the sitemaps that an index of them names."""
    pages, inner = [], []
    for element in _elements(data):
        name = _local(element)
        if name == "url" and (address := _page(element)):
            pages.append(address)
        elif name == "sitemap" and (loc := _child(element, "loc")):
            inner.append(loc)
    return sorted(pages, key=lambda a: a.changed or "", reverse=True), inner


def _of_xml(data: bytes) -> Iterator[Address]:
    for element in _elements(data):
        name = _local(element)
        if name == "outline" and _URL.fullmatch(feed := (element.get("xmlUrl") or "").strip()):
            yield Address(feed)
        elif name == "url" and (address := _page(element)):
            yield address
        elif name == "sitemap" and (loc := _child(element, "loc")):
            yield Address(loc)


def _elements(data: bytes) -> Iterator[Any]:
    from lxml.etree import LxmlError, XMLParser, fromstring  # type: ignore[import-untyped]

    parser = XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = fromstring(data, parser=parser)
    except (LxmlError, ValueError):
        root = None
    if root is None:
        raise OnrecordError("the list is no XML that can be read")
    yield from (e for e in root.iter() if isinstance(e.tag, str))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Any, name: str) -> str | None:
    found = next((c.text for c in element.iter() if isinstance(c.tag, str) and _local(c) == name and c.text), None)
    return " ".join(found.split()) if found else None


def _page(element: Any) -> Address | None:
    """A page of a sitemap. When it was last changed dates no article; the news extension says when it appeared."""
    loc = _child(element, "loc")
    if loc is None or not _URL.fullmatch(loc):
        return None
    given = Given(
        outlet=_child(element, "name"), date=_child(element, "publication_date"), title=_child(element, "title")
    )
    return Address(loc, given, _child(element, "lastmod") or given.date)


def _of_text(text: str, names: Names) -> Iterator[Address]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = delimiter_of(first)
    columns = header_columns(first, delimiter)
    if len(columns) in _GDELT and delimiter == "\t" and not facts_of(dict.fromkeys(columns, "x"), names).url:
        yield from _gdelt(text)
    elif len(columns) > 1 and facts_of(dict.fromkeys(columns, "x"), names).url:
        yield from _table(text, delimiter, columns, names)
    else:
        for line in text.splitlines():
            if not line.lstrip().startswith("#") and (match := _URL.search(line)):
                yield Address(match[0])


def _table(text: str, delimiter: str, columns: Sequence[str], names: Names) -> Iterator[Address]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    # GDELT's "Date" is when its crawler saw a page, which dates no article.
    seen_only = {"mobileurl", "documentidentifier"} & {c.lower() for c in columns}
    try:
        for cells in rows:
            facts = facts_of(dict(zip(columns, cells, strict=False)), names)
            if facts.url and (match := _URL.match(facts.url)):
                date = None if seen_only else facts.date
                yield Address(match[0], Given(date=date, outlet=facts.outlet, title=facts.title))
    except csv.Error as error:
        raise OnrecordError(f"the list is no valid CSV ({error}, line {rows.line_num})") from None


def _gdelt(text: str) -> Iterator[Address]:
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) in _GDELT:
            at, outlet = _GDELT[len(cells)]
            if match := _URL.match(cells[at].strip()):
                yield Address(
                    match[0], Given(outlet=cells[outlet].strip() or None if outlet is not None else None)
                )
