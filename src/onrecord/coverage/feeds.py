"""RSS, Atom and JSON feeds: a feed in its entries, and an entry as an article.

An entry is kept as a small feed of its own: the feed's first tag, its title and address, and the entry byte for
byte, so that what changes elsewhere in the feed from day to day makes no other document of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.coverage.dates import parse_date
from onrecord.coverage.decoding import declared_charset, decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import Flow, flow, fragment, plain
from onrecord.coverage.media import ATOM, JSON_FEED, RSS
from onrecord.coverage.parts import Part
from onrecord.model import Dated, Given, KnownFrom, OnrecordError

_TOKEN = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<(?P<close>/?)(?P<name>(?:[\w.-]+:)?(?:item|entry))(?=[\s>/])[^<>]*>",
    re.DOTALL,
)
_ROOT = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?P<kind>rss|feed|RDF))(?=[\s>])[^<>]*>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title(?:\s[^<>]*)?>(?:<!\[CDATA\[.*?\]\]>|[^<]*)</title>", re.DOTALL)
_LINK = re.compile(r"<link>[^<]{0,2000}</link>|<link\s[^<>]{0,2000}/>")
_LD_TEXT = ("articleBody", "text", "description")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a feed of its own, its address, its place in the feed (1 is the first), and its dates as
    written."""

    data: bytes
    place: int
    url: str | None
    changed: str | None


# ------------------------------------------------------------------------------- a feed in its entries


def entries(data: bytes, media_type: str, limits: Limits) -> Iterator[Entry]:
    """The entries of a feed in its own order, at most ``limits.max_parts``.

    Raises OnrecordError when it is no feed.
    """
    split = _json_entries if media_type == JSON_FEED else _xml_entries
    for place, (one, url, changed) in enumerate(split(data), 1):
        if place > limits.max_parts:
            raise OnrecordError(f"the feed has more than {limits.max_parts:,} entries; the rest was left")
        yield Entry(one, place, url, changed)


def _xml_entries(data: bytes) -> Iterator[tuple[bytes, str | None, str | None]]:
    # A document type can define entities that grow beyond measure; no feed needs one.
    text = _DOCTYPE.sub("", decode(data, declared_charset(data)).text)
    root = _ROOT.search(text)
    if root is None:
        raise OnrecordError("this is no feed that can be read")
    found = list(_elements(text, root.end()))
    head = text[root.end() : found[0][0] if found else len(text)]
    facts = "".join(match[0] for pattern in (_TITLE, _LINK) if (match := pattern.search(head)))
    match root["kind"]:
        case "feed":
            opening, closing = root[0] + facts, f"</{root['name']}>"
        case "rss":
            opening, closing = f"{root[0]}<channel>{facts}", f"</channel></{root['name']}>"
        case _:
            opening, closing = f"{root[0]}<channel>{facts}</channel>", f"</{root['name']}>"
    for start, end in found:
        one = f"{opening}\n{text[start:end]}\n{closing}\n"
        entry = _parsed(one.encode("utf-8", "replace"))
        yield one.encode("utf-8", "replace"), _link(entry), dict.get(entry, "updated") or entry.get("published")


def _elements(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where each item or entry starts and ends; one that is never closed ends where the next begins."""
    start: int | None = None
    name = ""
    for token in _TOKEN.finditer(text, at):
        if token["name"] is None:
            continue
        if token["close"]:
            if start is not None and token["name"] == name:
                yield start, token.end()
                start = None
        elif start is None:
            start, name = token.start(), token["name"]
        elif token["name"] == name:
            yield start, token.start()
            start = token.start()


def part(entry: Entry, kind: str) -> Part:
    """An entry as a document."""
    return Part(data=entry.data, media_type=kind, place=str(entry.place))


def read_facts(data: bytes, kind: str) -> Given:
    """What an entry says of the page that it leads to."""
    if kind == JSON_FEED:
        whole = json.loads(decode(data).text)
        item = whole["items"][0]
        return Given(
            date=_text(item.get("date_published")),
            title=_text(item.get("title")),
            outlet=_text(whole.get("title")),
        )
    entry = _parsed(data)
    return Given(date=_text(entry.get("published")), title=_text(entry.get("title")))


def _json_entries(data: bytes) -> Iterator[tuple[bytes, str | None, str | None]]:
    try:
        whole = json.loads(decode(data).text)
    except (ValueError, RecursionError):
        raise OnrecordError("the feed is no valid JSON") from None
    if not isinstance(whole, dict) or not isinstance(whole.get("items"), list):
        raise OnrecordError("the JSON feed has no items")
    facts = {k: whole[k] for k in ("version", "title", "home_page_url") if isinstance(whole.get(k), str)}
    for item in whole["items"]:
        if isinstance(item, dict):
            one = json.dumps({**facts, "items": [item]}, ensure_ascii=False, indent=1)
            changed = item.get("date_modified") or item.get("date_published")
            yield one.encode("utf-8", "replace"), _text(item.get("url")), _text(changed)


def _text(value: object) -> str | None:
    """A written value of a JSON or feed entry, on one line."""
    return plain(value.encode("utf-8", "replace").decode("utf-8")) or None if isinstance(value, str) else None


def _parsed(data: bytes) -> Any:
    import feedparser

    # Relative links and dangerous tags are our own affair; both would cost a second parse of every entry.
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    return found.entries[0] if found.entries else {}


def _link(entry: Any) -> str | None:
    link = _text(entry.get("link"))
    if link is None and re.match(r"https?://", _text(entry.get("id")) or ""):
        link = _text(entry.get("id"))
    return link if link and re.match(r"https?://", link) else None


# ------------------------------------------------------------------------------- an entry as an article


def read_entry(data: bytes, media_type: str, limits: Limits) -> Draft:
    """An entry as ``entries`` gives it: its longest text, its title, address, author and dates.

    Raises OnrecordError when it has no text.
    """
    draft = _json_entry(data, limits) if media_type == JSON_FEED else _xml_entry(data, limits)
    if not draft.text:
        raise OnrecordError("the entry has no text, only a title and an address")
    return draft


def _xml_entry(data: bytes, limits: Limits) -> Draft:
    import feedparser

    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        raise OnrecordError("the feed's entry cannot be read")
    entry = found.entries[0]
    written = [c.get("value", "") for c in entry.get("content", ())] + [entry.get("summary", "")]
    source = entry.get("source", {})
    outlet = _text(source.get("title")) if source else None
    return _draft(
        [_of_html(text, limits) for text in written if isinstance(text, str)],
        title=_of_html(entry.get("title", ""), limits).text.replace("\n", " ") or None,
        outlet=outlet or _text(found.feed.get("title")),
        byline=_text(entry.get("author")),
        url=_link(entry),
        published=entry.get("published"),
        modified=dict.get(entry, "updated"),  # feedparser's own get would give the other date for it
    )


def _json_entry(data: bytes, limits: Limits) -> Draft:
    whole = json.loads(decode(data).text)
    item = whole["items"][0]
    plain_text = item.get("content_text")
    texts = [Flow(plain_text.strip(), frozenset(), ())] if isinstance(plain_text, str) else []
    texts += [_of_html(t, limits) for k in ("content_html", "summary") if isinstance(t := item.get(k), str)]
    authors = item.get("authors") or [item.get("author")]
    names = [n for a in authors if isinstance(a, dict) and (n := _text(a.get("name")))] if authors else []
    return _draft(
        texts,
        title=_text(item.get("title")),
        outlet=_text(whole.get("title")),
        byline=", ".join(names) or None,
        url=_text(item.get("url")),
        published=item.get("date_published"),
        modified=item.get("date_modified"),
    )


def _of_html(text: str, limits: Limits) -> Flow:
    if "<" not in text and "&" not in text:
        return Flow(text.strip(), frozenset(), ())
    return fragment(text, limits)


def _draft(
    texts: list[Flow],
    *,
    title: str | None,
    outlet: str | None,
    byline: str | None,
    url: str | None,
    published: object,
    modified: object,
) -> Draft:
    best = max(texts, key=lambda t: len(t.text), default=flow(()))
    return Draft(
        text=best.text,
        headings=best.headings,
        quoted=best.quoted,
        title=title,
        outlet=outlet,
        byline=byline,
        url=url,
        published=dated(published),
        modified=dated(modified),
    )


def dated(written: object) -> Dated:
    """A date as metadata write it; unknown when it is none."""
    text = _text(written)
    found = parse_date(text, KnownFrom.METADATA) if text else Dated()
    return found if found.value else Dated()


def read_posting(data: bytes, limits: Limits) -> Draft:
    """An entry of a live blog, kept as schema.org's BlogPosting.

    Raises OnrecordError when it has no text.
    """
    try:
        post = json.loads(decode(data).text)
    except (ValueError, RecursionError):
        post = None
    if not isinstance(post, dict):
        raise OnrecordError("the entry is no JSON object")
    text = next((t for key in _LD_TEXT if isinstance(t := post.get(key), str) and t.strip()), "")
    return read_entry_of(post, _of_html(text, limits))


def read_entry_of(post: dict[str, Any], text: Flow) -> Draft:
    """A BlogPosting with its text.

    Raises OnrecordError when the text is empty.
    """
    if not text.text:
        raise OnrecordError("the entry has no text")
    publisher, author = post.get("publisher"), post.get("author")
    names = [n for a in (author if isinstance(author, list) else [author]) if (n := _named(a))]
    return Draft(
        text=text.text,
        headings=text.headings,
        quoted=text.quoted,
        title=_text(post.get("headline")),
        outlet=_named(publisher),
        byline=", ".join(names) or None,
        url=_text(post.get("url")),
        published=dated(post.get("datePublished")),
        modified=dated(post.get("dateModified")),
    )


def _named(value: object) -> str | None:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


KINDS = (RSS, ATOM, JSON_FEED)
