"""Capture: from the sources a person names to the bytes of each document, as they came."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from onrecord.coverage.limits import Limits
from onrecord.coverage.manifest import Manifest, merged
from onrecord.coverage.paths import Found, expand, refusal
from onrecord.coverage.rows import JSON, NDJSON, TABLES, NoText, Row, csv_rows, json_file, json_lines
from onrecord.coverage.sniffing import HEAD, Sniffed, by_content, by_name, is_binary
from onrecord.model import Capture, Given, OnrecordError, Problem, Stage

_GIVE_UP = 100  # rows without a text before a table of which none was good is left


def captures(
    sources: Sequence[str],
    *,
    manifest: Manifest | None = None,
    given: Given = Given(),
    retrieved_at: datetime,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    stdin: BinaryIO | None = None,
    text_field: str | None = None,
) -> Iterator[Capture | Problem]:
    """The documents of some sources: files, folders, globs, and "-" for standard input, which comes first. All
    others are sorted by path, whatever order was given, so that the same sources give the same captures.

    A table (JSON lines, CSV, JSON) gives a capture a row. What cannot be read gives one problem each and stops
    nothing else. ``given`` holds for all; of a table's rows only its date, outlet and dispute. The manifest is
    more specific and goes before it. ``text_field`` names the column or field with the text where the usual names
    (data/fields.toml) do not; it is kept in the media type, as ``text/csv; text-field=NAME``.
    """
    job = _Job(manifest, given, retrieved_at, limits, text_field)
    if "-" in sources:
        stream = stdin if stdin is not None else sys.stdin.buffer
        yield from job.read(stream, "stdin", None, size=None)
    leave_out = frozenset({os.path.realpath(manifest.path)} if manifest else ())
    for found in expand([source for source in sources if source != "-"], leave_out=leave_out):
        yield from job.file(found)


@dataclass(frozen=True, slots=True)
class _Job:
    manifest: Manifest | None
    given: Given
    retrieved_at: datetime
    limits: Limits
    text_field: str | None

    def file(self, found: Found) -> Iterator[Capture | Problem]:
        source = _printable(found.path)
        if found.wrong:
            yield _problem(source, found.wrong, found.hint)
            return
        if wrong := refusal(found.path):
            yield _problem(source, wrong, "give the text itself as a file")
            return
        with ExitStack() as stack:
            try:
                stream = stack.enter_context(open(found.path, "rb"))  # noqa: PTH123 (paths may be no valid Unicode)
                size = os.fstat(stream.fileno()).st_size
            except OSError as error:
                yield _problem(source, f"the file cannot be read ({error.strerror})", "check its permissions")
                return
            yield from self.read(stream, source, found.path, size=size)

    def read(
        self, stream: BinaryIO, source: str, path: str | None, *, size: int | None
    ) -> Iterator[Capture | Problem]:
        """The documents of an open file, or of standard input when ``path`` is None."""
        try:
            yield from self._read(stream, source, path, size)
        except OSError as error:
            yield _problem(source, f"reading stopped ({error.strerror})", "check the disk or the connection")

    def _read(
        self, stream: BinaryIO, source: str, path: str | None, size: int | None
    ) -> Iterator[Capture | Problem]:
        named = by_name(path) if path is not None else None
        if size == 0:
            yield _problem(source, "the file is empty")
            return
        if named is not None and named.refused:
            yield _problem(source, named.refused)
            return
        if size is not None and size > self.limits.max_bytes and (named is None or named.media_type not in TABLES):
            yield self._too_large(source, size)
            return
        head = _read_up_to(stream, min(HEAD, self.limits.max_bytes + 1))
        if not head.strip():
            yield _problem(source, "the file is empty" if path else "standard input is empty")
            return
        # Of a table a NUL byte spoils one line, not the others; each line is judged by itself.
        lines = named is not None and named.media_type == NDJSON
        sniffed = Sniffed(NDJSON) if lines else by_content(head, named.media_type if named else None)
        if sniffed.refused:
            yield _problem(source, sniffed.refused)
        elif sniffed.media_type in TABLES and sniffed.media_type != JSON:
            whole = cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), 1 << 16))
            yield from self._table(whole, source, path, sniffed.media_type)
        else:
            rest = _read_up_to(stream, self.limits.max_bytes + 1 - len(head))
            data = head + rest
            if len(data) > self.limits.max_bytes:
                yield self._too_large(source, size)
            elif sniffed.media_type == JSON:
                yield from self._rows(json_file(data, text_field=self.text_field), source, path, JSON)
            elif b"\0" in data and is_binary(data):
                yield _problem(source, "it holds NUL bytes, which no text has", "save it again as plain text")
            else:
                yield self._document(data, sniffed.media_type, source, path)

    def _table(
        self, stream: BinaryIO, source: str, path: str | None, media_type: str
    ) -> Iterator[Capture | Problem]:
        rows = json_lines if media_type == NDJSON else csv_rows
        found = rows(stream, text_field=self.text_field, max_bytes=self.limits.max_bytes)
        yield from self._rows(found, source, path, media_type)

    def _rows(
        self, rows: Iterator[Row] | Iterator[Row | NoText], source: str, path: str | None, media_type: str
    ) -> Iterator[Capture | Problem]:
        bad, any_good = 0, False
        for row in rows:
            if isinstance(row, NoText):
                yield self._no_text(row, source)
                return
            if row.fields is not None:
                any_good = True
                yield self._row(row, source, path, media_type)
                continue
            bad += 1
            where = f"{source}#{row.place}" if row.place else source
            yield _problem(where, row.wrong, row.hint)
            if bad == _GIVE_UP and not any_good:
                yield _problem(source, f"none of the first {bad} rows can be read; the rest was left")
                return
        if not bad and not any_good:
            yield _problem(source, "the table has no row")

    def _row(self, row: Row, source: str, path: str | None, media_type: str) -> Capture:
        if row.fields is None:
            raise OnrecordError("a row without fields is no document")
        place = f"#{row.place}" if row.place else ""
        stem = PurePath(path).stem if path is not None else "stdin"
        of_all = Given(date=self.given.date, outlet=self.given.outlet, dispute=self.given.dispute)
        if self.manifest:
            exact = Path(f"{path}{place}") if path is not None else None
            table = self.manifest.given_for(Path(path), None) if path is not None and place else Given()
            table = Given(date=table.date, outlet=table.outlet, dispute=table.dispute)
            of_all = merged(self.manifest.given_for(exact, row.fields.url), table, of_all)
        name = of_all.name or row.fields.name or (f"{stem}-{row.place}" if row.place else stem)
        if self.text_field:
            media_type = f"{media_type}; text-field={self.text_field}"
        return self._capture(row.data, media_type, source + place, name, of_all)

    def _document(self, data: bytes, media_type: str, source: str, path: str | None) -> Capture:
        given = self.given
        if self.manifest and path is not None:
            given = merged(self.manifest.given_for(Path(path), self.given.url), given)
        stem = PurePath(path).stem if path is not None else "stdin"
        return self._capture(data, media_type, source, given.name or stem, given)

    def _capture(self, data: bytes, media_type: str, source: str, name: str, given: Given) -> Capture:
        return Capture(
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=media_type,
            source=source,
            name=_printable(name),
            retrieved_at=self.retrieved_at,
            given=replace(given, name=name) if given.name else given,
        )

    def _no_text(self, table: NoText, source: str) -> Problem:
        columns = ", ".join(repr(name[:40]) for name in table.columns[:20]) or "none"
        if self.text_field:
            wrong = f"the table has no column {self.text_field!r}; its columns are {columns}"
        else:
            wrong = f"the table has no column with a text; its columns are {columns}"
        return _problem(source, wrong, "name the column with --text-field NAME")

    def _too_large(self, source: str, size: int | None) -> Problem:
        is_large = f"it has {size:,} bytes" if size is not None else "it is too long"
        return _problem(
            source, f"{is_large}; one document has at most {self.limits.max_bytes:,}", "split it into its articles"
        )


def _problem(source: str, message: str, hint: str = "") -> Problem:
    return Problem(stage=Stage.CAPTURE, source=source, message=message, hint=hint)


def _printable(name: str) -> str:
    """A name that can be printed and stored; bytes of a file name that are no UTF-8 are shown as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    """``size`` bytes, or fewer at the end: a pipe may give less than asked for long before its end."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class _Rejoined(io.RawIOBase):
    """A stream of which the first bytes were read already, as if they were not."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
