"""Captures as a WARC file: each a resource record with its address, its instant and its bytes as they came.

What was read from a file has no address; it gets one that says so (``urn:onrecord:``), and WARC-Filename its name.
"""

from __future__ import annotations

import io
import sqlite3
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import quote

from onrecord import __version__
from onrecord.record import evidence


def write(db: sqlite3.Connection, stream: BinaryIO, dispute: str | None = None) -> int:
    """Write the captures of a dispute, or all, compressed record by record; returns how many there were.

    The same record gives the same bytes: instants are those of the captures, ids follow from the content.
    """
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(stream, gzip=True)
    n = 0
    for capture, at in evidence.captures(db, dispute):
        if n == 0:
            about = {"software": f"onrecord {__version__}", "format": "WARC File Format 1.0"}
            info = writer.create_warcinfo_record("onrecord.warc.gz", about)
            _fix(info.rec_headers, "info", at)
            writer.write_record(info)
        url = capture.url or capture.given.url or f"urn:onrecord:{quote(capture.source, safe='/#')}"
        headers = {"WARC-Filename": quote(capture.name, safe=" ,;()-")}
        record = writer.create_warc_record(
            url,
            "resource",
            payload=io.BytesIO(capture.data),
            warc_content_type=capture.media_type,
            warc_headers_dict=headers,
        )
        _fix(record.rec_headers, capture.document_id, at)
        writer.write_record(record)
        n += 1
    for capture, whole, at in evidence.containers(db, dispute):
        place = (capture.url or capture.source).partition("#")[0]
        record = writer.create_warc_record(
            place if capture.url else f"urn:onrecord:{quote(place, safe='/')}",
            "resource",
            payload=io.BytesIO(whole.data),
            warc_content_type=whole.media_type.partition(";")[0].strip().lower(),
        )
        _fix(record.rec_headers, whole.sha256, at)
        writer.write_record(record)
    return n


def _fix(headers: object, name: str, at: datetime) -> None:
    """Let nothing in a record depend on when it is written."""
    headers.replace_header("WARC-Record-ID", f"<urn:onrecord:record:{name}>")  # type: ignore[attr-defined]
    headers.replace_header("WARC-Date", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))  # type: ignore[attr-defined]
