"""Capture: from the sources a person names to the bytes of each document, as they came."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import BinaryIO, cast

from onrecord.coverage import archives, containers, media
from onrecord.coverage.fields import Names
from onrecord.coverage.limits import Limits
from onrecord.coverage.manifest import Manifest, merged
from onrecord.coverage.parts import Part
from onrecord.coverage.paths import Found, expand, refusal
from onrecord.coverage.rows import JSON, NDJSON, TABLES, NoText, Row, csv_rows, json_file, json_lines
from onrecord.coverage.sniffing import HEAD, Sniffed, by_content, by_name, is_binary
from onrecord.model import Capture, Container, Given, OnrecordError, Problem, Stage

_TAKEN_APART = TABLES | {"text/html", "application/xhtml+xml", media.RSS, media.ATOM, media.JSON_FEED}
_WITH_CHARSET = frozenset({"text/html", "text/plain"})
MAX_SERIES = 30  # pages of one article
_GIVE_UP = 100  # rows without a text before a table of which none was good is left


def captures(
    sources: Sequence[str],
    *,
    manifest: Manifest | None = None,
    given: Given = Given(),
    retrieved_at: datetime,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    stdin: BinaryIO | None = None,
    names: Names = MappingProxyType({}),
) -> Iterator[Capture | Problem]:
    """The documents of some sources: files, folders, globs, and "-" for standard input, which comes first. All
    others are sorted by path, whatever order was given, so that the same sources give the same captures.

    A table (JSON lines, CSV, JSON) gives a capture a row; a feed, mailbox, web archive, export or live blog one
    for each of its parts. What cannot be read gives one problem each and stops nothing else. ``given`` holds for
    all; of a table's rows only its date, outlet and dispute. The manifest is more specific and goes before it.
    ``names`` names columns or fields of tables where the usual names (data/fields.toml) do not, field to column;
    it is kept in the media type, as ``text/csv; map=text=NAME``.
    """
    leave_out = frozenset({os.path.realpath(manifest.path)} if manifest else ())
    found = expand([source for source in sources if source != "-"], leave_out=leave_out)
    by_address = {_address(f.path): f.path for f in found if not f.wrong}
    job = Job(manifest, given, retrieved_at, limits, names, by_address)
    if "-" in sources:
        stream = stdin if stdin is not None else sys.stdin.buffer
        yield from job.read(stream, "stdin", Where(), size=None)
    for file in found:
        yield from job.file(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where bytes come from: a file, or an address with what named it said of them; and of a part its place in its
    container. ``charset`` as a server declared it."""

    path: str | None = None
    url: str | None = None
    at: datetime | None = None
    told: Given = Given()
    name: str = "stdin"
    place: str = ""
    charset: str | None = None
    container: Container | None = None

    @property
    def exact(self) -> str | None:
        """The path with the place behind it."""
        return None if self.path is None else f"{self.path}#{self.place}" if self.place else self.path


@dataclass(frozen=True, slots=True)
class Job:
    """One run of capturing: what holds for all that it takes in."""

    manifest: Manifest | None
    given: Given
    retrieved_at: datetime
    limits: Limits
    names: Names
    by_address: Mapping[str, str] = field(default_factory=dict)  # the files of this run, by file: address

    def file(self, found: Found) -> Iterator[Capture | Problem]:
        source = _printable(found.path)
        if found.wrong:
            yield problem(source, found.wrong, found.hint)
            return
        if wrong := refusal(found.path):
            yield problem(source, wrong, "give the text itself as a file")
            return
        with ExitStack() as stack:
            try:
                stream = stack.enter_context(open(found.path, "rb"))  # noqa: PTH123 (paths may be no valid Unicode)
                size = os.fstat(stream.fileno()).st_size
            except OSError as error:
                yield problem(source, f"the file cannot be read ({error.strerror})", "check its permissions")
                return
            where = Where(path=found.path, name=PurePath(found.path).stem)
            yield from self.read(stream, source, where, size=size)

    def read(
        self, stream: BinaryIO, source: str, where: Where, *, size: int | None
    ) -> Iterator[Capture | Problem]:
        """The documents of an open file, of standard input, or of bytes that were fetched."""
        try:
            yield from self._read(stream, source, where, size)
        except OSError as error:
            yield problem(source, f"reading stopped ({error.strerror})", "check the disk or the connection")

    def _read(self, stream: BinaryIO, source: str, where: Where, size: int | None) -> Iterator[Capture | Problem]:
        named = by_name(where.path) if where.path is not None else None
        if size == 0:
            yield problem(source, "the file is empty")
            return
        if named is not None and named.refused:
            yield problem(source, named.refused)
            return
        any_size = named is not None and named.media_type in TABLES | containers.STREAMED.keys()
        if size is not None and size > self.limits.max_bytes and not any_size:
            yield self._too_large(source, size)
            return
        head = _read_up_to(stream, min(HEAD, self.limits.max_bytes + 1))
        if not head.strip():
            yield problem(source, "standard input is empty" if where == Where() else "the file is empty")
            return
        # Of a table a NUL byte spoils one line, not the others; each line is judged by itself.
        lines = named is not None and named.media_type == NDJSON
        sniffed = Sniffed(NDJSON) if lines else by_content(head, named.media_type if named else None)
        kind = sniffed.media_type
        if sniffed.refused:
            yield problem(source, sniffed.refused)
        elif kind in containers.STREAMED:
            whole = _rewound(head, stream)
            empty = True
            for part in containers.streamed(whole, kind, self.limits):
                empty = False
                yield from self.part(part, source, where)
            if empty:
                yield problem(source, f"the {containers.STREAMED[kind]} holds no document")
        elif kind in TABLES and kind != JSON:
            yield from self._table(_rewound(head, stream), source, where, kind)
        else:
            rest = _read_up_to(stream, self.limits.max_bytes + 1 - len(head))
            data = head + rest
            if len(data) > self.limits.max_bytes:
                yield self._too_large(source, size)
            elif b"\0" in data and kind.startswith("text/") and is_binary(data):
                yield problem(source, "it holds NUL bytes, which no text has", "save it again as plain text")
            else:
                charset = f"; charset={where.charset}" if where.charset and kind in _WITH_CHARSET else ""
                yield from self._content(data, kind + charset, source, where)

    def _content(self, data: bytes, media_type: str, source: str, where: Where) -> Iterator[Capture | Problem]:
        """The documents in some bytes of one type: their rows, their parts, or they themselves."""
        kind = media.kind_of(media_type)
        if kind == JSON:
            yield from self._rows(json_file(data, names=self.names), source, where, JSON)
            return
        if kind in TABLES:
            yield from self._table(io.BytesIO(data), source, where, kind)
            return
        if kind in containers.LISTS:
            hint = f"to fetch what it lists, read @{source}" if where.path else ""
            yield problem(source, containers.LISTS[kind], hint)
            return
        if kind == "text/html" and where.path is not None and not where.place:
            following = self._series(data, where.path)
            if following is None:
                return
            if len(following) > 1:
                data, media_type = archives.joined(following), media.PAGES
        any_part = False
        try:
            for part in containers.parts(data, media_type, self.limits):
                if not any_part and kind in containers.CONVERTED:
                    whole = Container(data, hashlib.sha256(data).hexdigest(), media_type)
                    where = replace(where, container=whole)
                any_part = True
                yield from self.part(part, source, where)
        except OnrecordError as error:
            yield problem(source, str(error))
            return
        if not any_part:
            if media.kind_of(media_type) in (media.RSS, media.ATOM, media.JSON_FEED):
                yield problem(source, "the feed has no entry")
                return
            yield self._document(data, media_type, source, where)

    def part(self, part: Part, source: str, where: Where) -> Iterator[Capture | Problem]:
        """The documents in a part of a container."""
        place = f"{source}#{_printable(part.place)}" if part.place else source
        if part.wrong:
            yield problem(place, part.wrong, part.hint)
            return
        number = part.place if len(part.place) < 12 else ""
        inner = Where(
            path=where.path,
            url=part.url or (f"{where.url}#{part.place}" if where.url and not part.place.isdigit() else None),
            at=part.at or where.at,
            told=merged(part.told, where.told),
            name=part.name or (f"{where.name}-{number}" if number else part.place or where.name),
            place=part.place,
            container=where.container,
        )
        # A page of a web archive may itself be a live blog, a feed or a table; parts of others are documents.
        if not where.place and media.kind_of(part.media_type) in _TAKEN_APART and part.at is not None:
            yield from self._content(part.data, part.media_type, place, inner)
        else:
            yield self._document(part.data, part.media_type, place, inner)

    def _series(self, data: bytes, path: str) -> list[tuple[str, bytes]] | None:
        """The pages of an article that lie in several files beside each other; None for a page that belongs to an
        earlier one."""
        address = _address(path)
        before = self.by_address.get(archives.neighbour(data, address, "prev") or "")
        if before is not None and archives.same_article(self._page(before), data):
            return None
        pages = [(address, data)]
        while len(pages) < MAX_SERIES:
            to = archives.neighbour(pages[-1][1], pages[-1][0], "next")
            if to is None or to not in self.by_address or to in dict(pages):
                break
            page = self._page(self.by_address[to])
            if not archives.same_article(data, page):
                break
            pages.append((to, page))
        return pages

    def _page(self, path: str) -> bytes:
        try:
            with open(path, "rb") as file:  # noqa: PTH123 (paths may be no valid Unicode)
                return file.read(self.limits.max_bytes)
        except OSError:
            return b""

    def _table(self, stream: BinaryIO, source: str, where: Where, media_type: str) -> Iterator[Capture | Problem]:
        rows = json_lines if media_type == NDJSON else csv_rows
        found = rows(stream, names=self.names, max_bytes=self.limits.max_bytes)
        yield from self._rows(found, source, where, media_type)

    def _rows(
        self, rows: Iterator[Row] | Iterator[Row | NoText], source: str, where: Where, media_type: str
    ) -> Iterator[Capture | Problem]:
        bad, any_good = 0, False
        for row in rows:
            if isinstance(row, NoText):
                yield self._no_text(row, source)
                return
            if row.fields is not None:
                any_good = True
                yield self._row(row, source, where, media_type)
                continue
            bad += 1
            yield problem(f"{source}#{row.place}" if row.place else source, row.wrong, row.hint)
            if bad == _GIVE_UP and not any_good:
                yield problem(source, f"none of the first {bad} rows can be read; the rest was left")
                return
        if not bad and not any_good:
            yield problem(source, "the table has no row")

    def _row(self, row: Row, source: str, where: Where, media_type: str) -> Capture:
        if row.fields is None:
            raise OnrecordError("a row without fields is no document")
        place = f"#{row.place}" if row.place else ""
        of_all = Given(date=self.given.date, outlet=self.given.outlet, dispute=self.given.dispute)
        if self.manifest:
            path = where.exact
            exact = Path(f"{path}{place}") if path is not None else None
            table = self.manifest.given_for(Path(path), None) if path is not None and place else Given()
            table = Given(date=table.date, outlet=table.outlet, dispute=table.dispute)
            of_all = merged(self.manifest.given_for(exact, row.fields.url), table, of_all)
        name = of_all.name or row.fields.name or (f"{where.name}-{row.place}" if row.place else where.name)
        return self._capture(
            row.data, media.with_names(media_type, self.names), source + place, name, of_all, where
        )

    def _document(self, data: bytes, media_type: str, source: str, where: Where) -> Capture:
        given = self.given
        if self.manifest:
            exact = Path(where.exact) if where.exact is not None else None
            of_all = self.manifest.given_for(Path(where.path), None) if where.path and where.place else Given()
            of_all = Given(date=of_all.date, outlet=of_all.outlet, dispute=of_all.dispute)
            given = merged(self.manifest.given_for(exact, given.url or where.url), of_all, given)
        return self._capture(data, media_type, source, given.name or where.name, given, where)

    def _capture(
        self, data: bytes, media_type: str, source: str, name: str, given: Given, where: Where
    ) -> Capture:
        return Capture(
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=media_type,
            source=source,
            name=_printable(name),
            retrieved_at=where.at or self.retrieved_at,
            given=replace(given, name=name) if given.name else given,
            url=where.url,
            told=where.told,
            container=where.container,
        )

    def _no_text(self, table: NoText, source: str) -> Problem:
        columns = ", ".join(repr(name[:40]) for name in table.columns[:20]) or "none"
        if "text" in self.names:
            wrong = f"the table has no column {self.names['text']!r}; its columns are {columns}"
        else:
            wrong = f"the table has no column with a text; its columns are {columns}"
        return problem(source, wrong, "name the column with --text-field NAME")

    def _too_large(self, source: str, size: int | None) -> Problem:
        is_large = f"it has {size:,} bytes" if size is not None else "it is too long"
        return problem(
            source, f"{is_large}; one document has at most {self.limits.max_bytes:,}", "split it into its articles"
        )


def problem(source: str, message: str, hint: str = "") -> Problem:
    return Problem(stage=Stage.CAPTURE, source=source, message=message, hint=hint)


def _address(path: str) -> str:
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 (links are not followed)


def _rewound(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream of which the first bytes were read already, as if they were not."""
    if stream.seekable():
        stream.seek(0)
        return stream
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), 1 << 16))


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
