"""What a file holds, told by its extension and its first bytes."""

from __future__ import annotations

import json
import re
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from onrecord.coverage import media
from onrecord.coverage.decoding import decode, unmarked_utf16
from onrecord.coverage.fields import text_column
from onrecord.coverage.rows import CSV, JSON, NDJSON, TSV, delimiter_of, header_columns

TEXT, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"
HEAD = 65_536  # bytes that are enough to tell

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_HTML_TAGS = re.compile(r"\s*<(?:head|body|div|p|article|main|section|h1|meta|title|table)[\s>]", re.I)
_XML_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<root>rss|feed|RDF|opml|urlset|sitemapindex)[\s>]", re.I)
_ROOTS = {"rss": media.RSS, "rdf": media.RSS, "feed": media.ATOM, "opml": media.OPML}
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3}", re.MULTILINE)
_MAIL_ONLY = re.compile(rb"^(?:Received|Message-ID|MIME-Version|Return-Path):", re.MULTILINE | re.IGNORECASE)
_RELATED = re.compile(rb"^Content-Type:\s*multipart/related", re.MULTILINE | re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Formats that are no text: where the name says one of them and the bytes do not, the file is broken.
_NO_TEXT = frozenset(
    {media.PDF, media.DOCX, media.RTF, media.WEBARCHIVE, media.WARC, media.MAIL, media.MBOX, media.MHTML}
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The media type, or in ``refused`` what it is that is not read ("a spreadsheet; save it as .csv")."""

    media_type: str
    refused: str | None = None


@cache
def _table(section: str) -> Mapping[str, str]:
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/media_types.toml").read_text("utf-8"))
    return dict(table[section])


def by_name(name: str) -> Sniffed | None:
    """What the extension says, None when it says nothing."""
    lower = PurePath(name).name.lower()
    extension = "warc" if lower.endswith(".warc.gz") else PurePath(lower).suffix[1:]
    if media_type := _table("read").get(extension):
        return Sniffed(media_type)
    if what := _table("not_read").get(extension):
        return Sniffed("application/octet-stream", f"this is {what}")
    return None


def by_content(head: bytes, named: str | None) -> Sniffed:
    """What the first bytes say, ``named`` being what the extension or a server said."""
    if known := _by_magic(head, named):
        return Sniffed(known)
    for magic, what in _table("magic").items():
        if head.startswith(magic.encode("latin-1")):
            return Sniffed("application/octet-stream", f"this is {what}")
    start = decode(head[:4096]).text
    if named in _NO_TEXT:
        return Sniffed(HTML if _HTML_START.match(start) else str(named))
    if is_binary(head):
        return Sniffed("application/octet-stream", "this is binary data, no text")
    if named == JSON and b"jsonfeed.org/version" in head:
        return Sniffed(media.JSON_FEED)
    if named not in (None, TEXT):
        return Sniffed(str(named))
    if _HTML_START.match(start) or (named is None and _HTML_TAGS.match(start)):
        return Sniffed(HTML)
    if named == TEXT:
        return Sniffed(TEXT)
    if start.lstrip().startswith("<") and (root := _XML_ROOT.search(start)):
        return Sniffed(_ROOTS.get(root["root"].lower(), media.SITEMAP))
    if (found := _table_type(head)) == JSON and b"jsonfeed.org/version" in head:
        return Sniffed(media.JSON_FEED)
    return Sniffed(found or TEXT)


def _by_magic(head: bytes, named: str | None) -> str | None:
    """A format that its first bytes give away."""
    if head.startswith(b"%PDF-"):
        return media.PDF
    if head.startswith(b"PK\x03\x04") and (named == media.DOCX or b"word/document.xml" in head):
        return media.DOCX
    if head.startswith(b"{\\rtf"):
        return media.RTF
    if head.startswith(b"bplist00") and (named == media.WEBARCHIVE or b"WebMainResource" in head):
        return media.WEBARCHIVE
    if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and _unpacked(head).startswith(b"WARC/")):
        return media.WARC
    if named is None and head.startswith(b"From ") and _MAIL.match(head, head.find(b"\n") + 1):
        return media.MBOX
    if named is None and _MAIL.match(head) and _MAIL_ONLY.search(head):
        return media.MHTML if _RELATED.search(head) else media.MAIL
    return None


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return b""


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
    if len(columns) > 1 and all(len(c) <= 40 for c in columns) and text_column(columns, {}):
        return TSV if delimiter == "\t" else CSV
    return None
