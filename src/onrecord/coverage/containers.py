"""Files that hold many documents: which they are, and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.coverage import exports, feeds, liveblogs, mail, media, warc
from onrecord.coverage.decoding import declared_charset, decode
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import fragment
from onrecord.coverage.office import docx_flow, rtf_text
from onrecord.coverage.parts import Part
from onrecord.model import OnrecordError

STREAMED = {media.WARC: "web archive", media.MBOX: "mailbox"}
LISTS = {
    media.OPML: "this is a list of feeds",
    media.SITEMAP: "this is a list of a site's pages",
}
CONVERTED = frozenset({"text/html", "application/xhtml+xml", media.DOCX, media.RTF})
"""Containers of which a part's bytes are no stretch: an article's text out of a Word file, an entry of a page."""
_MARKS = (b"ProQuest", b"End of Document", b"DOCUMENTS", b"Document ")


def streamed(stream: BinaryIO, media_type: str, limits: Limits) -> Iterator[Part]:
    """The parts of a web archive or a mailbox, which may be of any size."""
    yield from warc.records(stream, limits) if media_type == media.WARC else mail.messages(stream, limits)


def parts(data: bytes, media_type: str, limits: Limits) -> Iterator[Part]:
    """The parts of a feed, a digest, a live blog or an export; nothing when the bytes are one document.

    Raises OnrecordError when a container cannot be taken apart.
    """
    match kind := media.kind_of(media_type):
        case media.RSS | media.ATOM | media.JSON_FEED:
            for entry in feeds.entries(data, kind, limits):
                yield feeds.part(entry, kind)
        case media.MAIL:
            found = list(mail.digest(data, ""))
            yield from found if len(found) > 1 or found[0].wrong else ()
        case "text/html" | "application/xhtml+xml":
            charset = media.parameters(media_type).get("charset")
            yield from liveblogs.entries(data, limits, charset) or exports.articles(
                _page_text(data, limits), limits
            )
        case media.DOCX | media.RTF | "text/plain":
            yield from exports.articles(_text(data, kind, limits), limits)


def _text(data: bytes, kind: str, limits: Limits) -> str:
    """The text of a file that may be an export, "" when it has no chance of being one or cannot be read."""
    try:
        if kind == media.DOCX:
            return docx_flow(data, limits).text
        if kind == media.RTF:
            return rtf_text(data)
    except OnrecordError:
        return ""  # told when it is extracted
    return decode(data).text.replace("\r\n", "\n") if any(mark in data for mark in _MARKS) else ""


def _page_text(data: bytes, limits: Limits) -> str:
    if not any(mark in data for mark in _MARKS):
        return ""
    try:
        return fragment(decode(data, declared_charset(data)).text, limits).text
    except OnrecordError:
        return ""
