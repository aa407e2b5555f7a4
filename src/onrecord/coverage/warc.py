"""WARC and WARC.GZ: the pages that a crawler or an archive kept, record by record, as a stream."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from onrecord.coverage import media
from onrecord.coverage.limits import Limits
from onrecord.coverage.parts import Part

# What may hold an article; pictures, scripts and style sheets of an archive are no coverage and nothing is said.
_KINDS = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/csv", media.PDF, media.DOCX}
    | {media.RTF, media.MAIL, media.MHTML, media.PAGES, media.WEBARCHIVE, media.LD_JSON, media.RSS, media.ATOM}
    | {
        media.JSON_FEED,
        "application/json",
        "application/x-ndjson",
        "text/tab-separated-values",
        "text/x-web-markdown",
    }
)
_HTTP_MESSAGE = ("application/http",)
_MARKS = (b"\x1f\x8b\x08", b"WARC/1.")
_BLOCK = 1 << 20


def records(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The documents of an archive. Behind a broken record reading goes on at the next one, where the file can be
    searched for it; the gap is one problem."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    start = 0
    while True:
        iterator = ArchiveIterator(stream)
        end = 0  # of the last record that was whole
        try:
            for record in iterator:
                part = _part(record, start + end, limits)
                end = (
                    iterator.get_record_offset() + iterator.get_record_length()
                )  # asking reads the record to its end
                if part is not None:
                    yield part
            return
        except (
            ArchiveLoadFailed,
            zlib.error,
            EOFError,
            ValueError,
            KeyError,
            IndexError,
            AttributeError,
            TypeError,
        ):
            # warcio checks little of what a broken file says; these are what it raises then.
            bad = start + end
        yield Part(
            place=f"byte {bad}", wrong="a record of the archive is broken", hint="the records behind it are read"
        )
        following = _next_record(stream, bad + 1)
        if following is None:
            return
        start = following
        stream.seek(start)


def _next_record(stream: BinaryIO, at: int) -> int | None:
    """Where the next record begins, None when there is none, or the stream cannot be searched."""
    if not stream.seekable():
        return None
    stream.seek(at)
    kept = b""
    while block := stream.read(_BLOCK):
        window = kept + block
        found = sorted(i for mark in _MARKS for i in _all(window, mark))
        for i in found:
            if window.startswith(b"WARC/1.", i) or _opens(window[i : i + 4096]):
                return at - len(kept) + i
        kept = window[-16:]
        at += len(block)
    return None


def _all(window: bytes, mark: bytes) -> Iterator[int]:
    at = window.find(mark)
    while at >= 0:
        yield at
        at = window.find(mark, at + 1)


def _opens(data: bytes) -> bool:
    """Whether compressed bytes begin a WARC record."""
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _part(record: Any, offset: int, limits: Limits) -> Part | None:
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    url = url.strip("<>") if url else None
    if url is not None and not url.lower().startswith(("http://", "https://", "file:", "urn:")):
        return None
    headers = record.http_headers
    if headers is not None:
        if headers.get_statuscode() != "200":
            return None
        declared = headers.get_header("Content-Type") or "text/html"
    else:
        declared = record.rec_headers.get_header("Content-Type") or ""
    if media.kind_of(declared) not in _KINDS:
        return None
    place = url or f"byte {offset}"
    data = record.content_stream().read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        return Part(place=place, wrong=f"it has more than {limits.max_bytes:,} bytes", hint="raise the limit")
    if not data.strip():
        return Part(place=place, wrong="the record is empty")
    web = url if url is not None and url.startswith(("http://", "https://")) else None
    return Part(
        data=data,
        media_type=declared,
        place=place,
        name=record.rec_headers.get_header("WARC-Filename"),
        url=web,
        at=_instant(record.rec_headers.get_header("WARC-Date")),
    )


def _instant(written: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return found if found.tzinfo else None
