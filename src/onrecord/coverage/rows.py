"""Tables of documents, row by row and as streams: JSON lines, CSV, and JSON files.

A row keeps its bytes exactly as they came; a broken row is told with its line, and its neighbours go on.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.coverage.decoding import decode
from onrecord.coverage.fields import Fields, Names, fields_of, text_column

NDJSON, JSON = "application/x-ndjson", "application/json"
CSV, TSV = "text/csv", "text/tab-separated-values"
TABLES = frozenset({NDJSON, JSON, CSV, TSV})

_DELIMITERS = ",;\t|"
_SPACE = re.compile(r"[ \t\r\n]*")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its bytes, where it stands ("L12", "3"), and its fields or, in ``wrong``, why it has none."""

    data: bytes
    place: str
    fields: Fields | None = None
    wrong: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NoText:
    """A table of which no row has a text, by its header."""

    columns: tuple[str, ...]


# ------------------------------------------------------------------------------- lines of bytes


@dataclass(frozen=True, slots=True)
class _Line:
    n: int
    data: bytes
    too_long: bool = False


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[_Line]:
    """Numbered lines with their ends; of one above the limit nothing is kept. UTF-16 is turned into lines of
    UTF-8, since its line ends cannot be told byte by byte."""
    if (head := stream.readline(max_bytes + 1)).startswith(_WIDE_MARKS):
        rest = stream.read(max_bytes + 1 - len(head))
        if len(head) + len(rest) > max_bytes:
            yield _Line(1, b"", too_long=True)
            return
        stream = io.BytesIO(decode(head + rest).text.encode("utf-8", "surrogatepass"))
        head = stream.readline(max_bytes + 1)
    n = 0
    while head:
        n += 1
        if len(head) > max_bytes:
            while head and not head.endswith(b"\n"):
                head = stream.readline(1 << 20)
            yield _Line(n, b"", too_long=True)
        else:
            yield _Line(n, head)
        head = stream.readline(max_bytes + 1)


def _too_long(place: str, max_bytes: int) -> Row:
    return Row(b"", place, wrong=f"it is longer than {max_bytes:,} bytes", hint="split it, or raise the limit")


# ------------------------------------------------------------------------------- JSON lines


def json_lines(stream: BinaryIO, *, names: Names, max_bytes: int) -> Iterator[Row]:
    """One row a line; empty lines are skipped."""
    for line in _lines(stream, max_bytes):
        place = f"L{line.n}"
        if line.too_long:
            yield _too_long(place, max_bytes)
        elif line.data.strip():
            yield _json_row(line.data, place, names)


def _json_row(data: bytes, place: str, names: Names) -> Row:
    try:
        fields = json_fields(data, names)
    except ValueError as error:
        return Row(data, place, wrong=str(error), hint="mend the line; the other lines are read")
    return Row(data, place, fields)


def json_fields(data: bytes, names: Names) -> Fields:
    """The fields of a JSON object.

    Raises ValueError with a sentence when it is none, or has no text.
    """
    try:
        row = json.loads(decode(data).text)
    except json.JSONDecodeError as error:
        raise ValueError(f"no valid JSON ({error.msg}, character {error.pos + 1})") from None
    except (ValueError, RecursionError):
        raise ValueError("no valid JSON (nested too deeply, or a number too long)") from None
    if not isinstance(row, dict):
        raise ValueError("no JSON object but " + type(row).__name__)
    if fields := fields_of(row, names):
        return fields
    raise ValueError(_no_text(row, names))


def _no_text(row: Mapping[str, object], names: Names) -> str:
    wanted = f"no text in the field {names['text']!r}" if "text" in names else "no text"
    return f"{wanted}; its fields are {_listed(tuple(row))} (name the one with --text-field)"


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(name[:40] for name in names[:12])
    return (shown or "none") + (", ..." if len(names) > 12 else "")


# ------------------------------------------------------------------------------- JSON files


def json_file(data: bytes, *, names: Names) -> Iterator[Row]:
    """An object with a text is one row, with the place "". An array of objects, or an object with one array of
    objects ({"articles": [...]}), gives a row each, with places "1", "2" ..."""
    text = decode(data).text
    try:
        at = _skip(text, 0)
        if text[at : at + 1] == "{":
            members = list(_members(text, at))
            row = {key: _value(text, where) for key, where in members}
            if fields_of(row, names) is None:
                lists = [where for key, where in members if _is_rows(row[key])]
                if len(lists) == 1:
                    yield from _elements_as_rows(text, lists[0][0], names)
                    return
            yield _json_row(data, "", names)
        elif text[at : at + 1] == "[":
            yield from _elements_as_rows(text, at, names)
        else:
            yield _json_row(data, "", names)
    except json.JSONDecodeError as error:
        wrong = f"no valid JSON ({error.msg}, line {error.lineno})"
        yield Row(data, "", wrong=wrong, hint="mend the file, or give one object a line as .jsonl")
    except (ValueError, RecursionError):
        yield Row(data, "", wrong="no valid JSON (nested too deeply, or a number too long)")


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _elements_as_rows(text: str, at: int, names: Names) -> Iterator[Row]:
    for n, (start, end) in enumerate(_elements(text, at), 1):
        yield _json_row(text[start:end].encode("utf-8", "surrogatepass"), str(n), names)


_DECODER = json.JSONDecoder()


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, where: tuple[int, int]) -> object:
    return _DECODER.raw_decode(text, where[0])[0]


def _end_of(text: str, at: int) -> int:
    return _DECODER.raw_decode(text, at)[1]


def _elements(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The start and end of each element of the array at ``at``."""
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        end = _end_of(text, at)
        yield at, end
        at = _after_comma(text, end, "]")


def _members(text: str, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each key of the object at ``at`` with the start and end of its value."""
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        key, end = _DECODER.raw_decode(text, at)
        at = _skip(text, end)
        if text[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", text, at)
        at = _skip(text, at + 1)
        end = _end_of(text, at)
        yield str(key), (at, end)
        at = _after_comma(text, end, "}")


def _after_comma(text: str, at: int, close: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] == close:
        return at
    if text[at : at + 1] != ",":
        raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    return _skip(text, at + 1)


# ------------------------------------------------------------------------------- CSV


def delimiter_of(header: str) -> str:
    """The delimiter of a table, by its header line: the one that occurs most often there."""
    return max(_DELIMITERS, key=header.count)


def header_columns(header: str, delimiter: str) -> tuple[str, ...]:
    """The column names of a header line."""
    try:
        return tuple(name.strip() for name in _parsed(header, delimiter))
    except ValueError:
        return ()


def csv_rows(stream: BinaryIO, *, names: Names, max_bytes: int) -> Iterator[Row | NoText]:
    """A row for each row of the table, its data being the header line and the row's own bytes; NoText alone when
    no column is the text. Rows of a table are named by the line on which they begin."""
    lines = _lines(stream, max_bytes)
    header = next((line for line in lines if line.too_long or line.data.strip()), None)
    if header is None or header.too_long:
        yield NoText(())
        return
    first = decode(header.data).text
    delimiter = delimiter_of(first)
    columns = header_columns(first, delimiter)
    if text_column(columns, names) is None:
        yield NoText(columns)
        return
    head = header.data if header.data.endswith(b"\n") else header.data + b"\n"
    for line, complete in _records(lines, delimiter.encode(), max_bytes):
        place = f"L{line.n}"
        if line.too_long:
            yield _too_long(place, max_bytes)
        elif not complete:
            yield Row(line.data, place, wrong="a quotation mark is opened and never closed")
        elif line.data.strip():
            yield _csv_row(head + line.data, place, names)


def _csv_row(data: bytes, place: str, names: Names) -> Row:
    try:
        return Row(data, place, csv_fields(data, names))
    except ValueError as error:
        return Row(data, place, wrong=str(error), hint="mend the row; the other rows are read")


def csv_fields(data: bytes, names: Names) -> Fields:
    """The fields of a table of one header line and one row.

    Raises ValueError with a sentence when the row does not fit its header or has no text.
    """
    header, _, body = decode(data).text.partition("\n")
    delimiter = delimiter_of(header)
    columns = header_columns(header, delimiter)
    cells = _parsed(body, delimiter)
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise ValueError(
            f"{len(cells)} cells under {len(columns)} columns; a text with {delimiter!r} needs quotation marks"
        )
    row = dict(zip(columns, cells, strict=False))
    if fields := fields_of(row, names):
        return fields
    raise ValueError(f"no text in the column {text_column(columns, names)!r}")


def _parsed(record: str, delimiter: str) -> list[str]:
    # The limit is the process's own: it is put back, since it is not ours to change.
    limit = csv.field_size_limit(len(record) + 1)
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error as error:
        raise ValueError(f"no valid CSV ({error})") from None
    finally:
        csv.field_size_limit(limit)


def _records(lines: Iterator[_Line], delimiter: bytes, max_bytes: int) -> Iterator[tuple[_Line, bool]]:
    """The records of a table, each under the number of its first line, and whether its quotation marks are closed.
    Of one that is not closed only the first line is given, and reading goes on behind that line."""
    waiting: deque[_Line] = deque()

    def next_line() -> _Line | None:
        return waiting.popleft() if waiting else next(lines, None)

    while (first := next_line()) is not None:
        record, size = [first], len(first.data)
        inside = not first.too_long and _open_after(first.data, delimiter, inside=False)
        while inside and size <= max_bytes and (line := next_line()) is not None:
            record.append(line)
            size += len(line.data)
            inside = line.too_long or _open_after(line.data, delimiter, inside=True)
            if line.too_long:
                break
        if inside:
            waiting.extendleft(reversed(record[1:]))
            yield first, False
        else:
            data = first.data if len(record) == 1 else b"".join(line.data for line in record)
            yield _Line(first.n, data, first.too_long), True


def _open_after(line: bytes, delimiter: bytes, *, inside: bool) -> bool:
    """Whether a quotation is open at the end of a line. A quotation mark opens one only at the start of a cell."""
    at = line.find(b'"')
    while at >= 0:
        if not inside:
            inside = at == 0 or line[at - 1 : at] == delimiter
            at += 1
        elif line[at + 1 : at + 2] == b'"':
            at += 2
        else:
            inside = False
            at += 1
        at = line.find(b'"', at)
    return inside
