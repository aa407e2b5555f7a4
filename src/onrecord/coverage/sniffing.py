"""What a file holds, told by its extension and its first bytes."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from onrecord.coverage.decoding import decode, unmarked_utf16
from onrecord.coverage.fields import text_column
from onrecord.coverage.rows import CSV, JSON, NDJSON, TSV, delimiter_of, header_columns

TEXT, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"
HEAD = 65_536  # bytes that are enough to tell

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_HTML_TAGS = re.compile(r"\s*<(?:head|body|div|p|article|main|section|h1|meta|title|table)[\s>]", re.I)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex)[\s>]", re.I)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The media type, or in ``refused`` what it is that is not read ("a PDF; save its text as .txt")."""

    media_type: str
    refused: str | None = None


@cache
def _table(section: str) -> Mapping[str, str]:
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/media_types.toml").read_text("utf-8"))
    return dict(table[section])


def by_name(name: str) -> Sniffed | None:
    """What the extension says, None when it says nothing."""
    extension = PurePath(name).suffix[1:].lower()
    if media_type := _table("read").get(extension):
        return Sniffed(media_type)
    if what := _table("not_read").get(extension):
        return Sniffed("application/octet-stream", f"this is {what}")
    return None


def by_content(head: bytes, named: str | None) -> Sniffed:
    """What the first bytes say, ``named`` being what the extension said."""
    for magic, what in _table("magic").items():
        if head.startswith(magic.encode("latin-1")):
            return Sniffed("application/octet-stream", f"this is {what}")
    if is_binary(head):
        return Sniffed("application/octet-stream", "this is binary data, no text")
    if named not in (None, TEXT):
        return Sniffed(str(named))
    start = decode(head[:4096]).text
    if _HTML_START.match(start) or (named is None and _HTML_TAGS.match(start)):
        return Sniffed(HTML)
    if named == TEXT:
        return Sniffed(TEXT)
    if start.lstrip().startswith("<") and _FEED.search(start):
        return Sniffed("application/octet-stream", "this is a feed or a list of pages; save its articles as .html")
    return Sniffed(_table_type(head) or TEXT)


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text: NUL bytes that no UTF-16 explains, or many control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or unmarked_utf16(head[: len(head) // 2 * 2]):
        return False
    return b"\0" in head or len(_CONTROLS.findall(head)) > 0.02 * len(head)


def _table_type(head: bytes) -> str | None:
    first, newline, _ = decode(head).text.lstrip().partition("\n")
    if first.startswith("{"):
        try:
            return NDJSON if isinstance(json.loads(first), dict) and newline else JSON
        except (ValueError, RecursionError):
            return JSON if '"' in first[:200] or not first.strip("{ \r") else None
    if first.startswith("[") and first[1:].lstrip()[:1] in ("{", ""):
        return JSON
    delimiter = delimiter_of(first)
    columns = header_columns(first, delimiter)
    if len(columns) > 1 and all(len(c) <= 40 for c in columns) and text_column(columns, None):
        return TSV if delimiter == "\t" else CSV
    return None
