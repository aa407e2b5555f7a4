"""Media types with their parameters: what a capture's bytes are, and what else has to be known to read them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

RSS, ATOM, JSON_FEED = "application/rss+xml", "application/atom+xml", "application/feed+json"
LD_JSON = "application/ld+json"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RTF = "application/rtf"
MAIL, MBOX = "message/rfc822", "application/mbox"
MHTML, PAGES, WEBARCHIVE = "multipart/related", "multipart/mixed", "application/x-webarchive"
WARC = "application/warc"
OPML, SITEMAP = "text/x-opml", "application/x-sitemap"


def names_its_page(media_type: str) -> bool:
    """Whether what documents of a type say of their address is that of the article itself: of a page its canonical
    one, of a row its field, of what the user names what he says. An entry of a feed gives that of a page of which
    it may be an excerpt."""
    return kind_of(media_type) not in (RSS, ATOM, JSON_FEED, LD_JSON, MAIL)


def kind_of(media_type: str) -> str:
    """A media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def parameters(media_type: str) -> Mapping[str, str]:
    """The parameters of a media type by name in lower case."""
    out: dict[str, str] = {}
    for part in media_type.split(";")[1:]:
        name, _, value = part.partition("=")
        out[name.strip().lower()] = value.strip().strip("\"'")
    return out


def with_names(media_type: str, names: Mapping[str, str]) -> str:
    """A table's media type with the columns that the user named for its fields."""
    return f"{media_type}; map={urlencode(sorted(names.items()))}" if names else media_type


def names_of(media_type: str) -> Mapping[str, str]:
    """The columns that the user named, as ``with_names`` keeps them (records of version 0.1: the text's alone)."""
    kept = parameters(media_type)
    if "text-field" in kept:
        return {"text": kept["text-field"]}
    return dict(parse_qsl(kept.get("map", "")))
