"""The manifest: a CSV that says of documents what they do not say themselves."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.coverage.decoding import decode
from onrecord.coverage.fields import plain
from onrecord.model import Given, OnrecordError

_COLUMNS = ("path", "url", "date", "outlet", "title", "dispute", "name")
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row, on line ``line`` of the manifest. ``path`` is absolute and may end in ``#L12`` for a row of a
    table."""

    line: int
    path: str | None
    given: Given


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is given of each document, by its path or its URL."""

    path: Path
    rows: tuple[ManifestRow, ...]
    _by_path: dict[str, ManifestRow] = field(repr=False, compare=False)
    _by_url: dict[str, ManifestRow] = field(repr=False, compare=False)

    def given_for(self, path: Path | None, url: str | None) -> Given:
        """What the manifest says of a document: the row with its path, and what that leaves open from the row with
        its URL. An empty Given when no row names it."""
        found = [row.given for row in self._rows_for(path, url)]
        return merged(*found) if found else Given()

    def dangling(self) -> tuple[ManifestRow, ...]:
        """The rows whose file is not there: a slip of the pen, most often. In the order of the manifest."""
        return tuple(r for r in self.rows if r.path is not None and not _file_of(r.path).exists())

    def _rows_for(self, path: Path | None, url: str | None) -> list[ManifestRow]:
        by_path = self._by_path.get(_absolute(str(path), Path())) if path is not None else None
        by_url = self._by_url.get(_same_url(url)) if url else None
        return [row for row in (by_path, by_url) if row is not None]


def _file_of(path: str) -> Path:
    """The file of a path that may name a row of a table."""
    whole = Path(path)
    return whole if whole.exists() else Path(path.rpartition("#")[0] or path)


def load(path: Path) -> Manifest:
    """Read a manifest: a CSV (comma, semicolon or tab) with a header line and the columns path or url, and any of
    date, outlet, title, dispute, name, in any order and case. Paths are absolute or relative to its folder.

    Raises OnrecordError, naming file and line, when it cannot be read, has an unknown column, a row with neither
    path nor URL, or two rows for one document.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise OnrecordError(f"{path}: the manifest cannot be read ({error.strerror})") from None
    if len(data) > _MAX_BYTES:
        raise OnrecordError(f"{path}: a manifest has at most {_MAX_BYTES:,} bytes")
    text = decode(data).text
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    rows: list[ManifestRow] = []
    columns: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells, path, reader.line_num)
            else:
                rows.append(_row(columns, cells, path, reader.line_num))
    except csv.Error as error:
        raise OnrecordError(f"{path}, line {reader.line_num}: no valid CSV ({error})") from None
    if columns is None:
        raise OnrecordError(f"{path}: the manifest is empty; its first line names the columns ({_listed()})")
    return _indexed(path, rows)


def merged(*given: Given) -> Given:
    """What several say of one document; the first that says something of a field decides it."""
    out = given[0]
    for more in given[1:]:
        open_fields = {f: v for f in Given.__slots__ if getattr(out, f) is None and (v := getattr(more, f))}
        out = replace(out, **open_fields)
    return out


def _columns(cells: list[str], path: Path, line: int) -> list[str]:
    names = [plain(cell.strip()) for cell in cells]
    where = f"{path}, line {line}"
    unknown = [cell.strip() for cell, name in zip(cells, names, strict=True) if name and name not in _COLUMNS]
    if unknown:
        raise OnrecordError(
            f"{where}: unknown column {', '.join(map(repr, unknown))}; a manifest has the columns {_listed()}"
        )
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise OnrecordError(f"{where}: the column {twice[0]!r} is there twice; leave one out")
    if "path" not in names and "url" not in names:
        raise OnrecordError(f"{where}: no column path or url; name the document of each row by one of them")
    return names


def _listed() -> str:
    return "path or url, " + ", ".join(_COLUMNS[2:])


def _row(columns: list[str], cells: list[str], path: Path, line: int) -> ManifestRow:
    where = f"{path}, line {line}"
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise OnrecordError(
            f"{where}: {len(cells)} cells under {len(columns)} columns; a cell with a comma needs quotation marks"
        )
    cell = {name: value.strip() for name, value in zip(columns, cells, strict=False) if name and value.strip()}
    if "path" not in cell and "url" not in cell:
        raise OnrecordError(f"{where}: neither path nor url says which document is meant")
    document = _absolute(cell.pop("path"), path.parent) if "path" in cell else None
    return ManifestRow(line, document, Given(**cell))


def _indexed(path: Path, rows: list[ManifestRow]) -> Manifest:
    by_path: dict[str, ManifestRow] = {}
    by_url: dict[str, ManifestRow] = {}
    for row in rows:
        keys = [(by_path, row.path)] if row.path else [(by_url, _same_url(row.given.url or ""))]
        if row.path and row.given.url:
            by_url.setdefault(_same_url(row.given.url), row)
        for index, key in keys:
            if (other := index.setdefault(key, row)) is not row and other.path == row.path:
                raise OnrecordError(
                    f"{path}, line {row.line}: the document of line {other.line} again; keep one of the two rows"
                )
    return Manifest(path, tuple(rows), by_path, by_url)


def _absolute(name: str, folder: Path) -> str:
    # Links are not followed: the manifest names a file as its folder shows it.
    return os.path.normpath(Path.cwd() / folder / name.replace("\\", os.sep) if os.sep == "/" else folder / name)


def _same_url(url: str) -> str:
    bare = url.strip().partition("#")[0].rstrip("/")
    scheme, colon, rest = bare.partition("://")
    host, slash, tail = rest.partition("/")
    return f"{'https' if scheme.lower() in ('http', 'https') else scheme}{colon}{host.lower()}{slash}{tail}"
