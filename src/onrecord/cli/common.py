"""What the commands share: the record option, consoles, and errors as one line."""

from __future__ import annotations

import functools
import getpass
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.api import DEFAULT_RECORD, Record
from onrecord.export.pictures import png
from onrecord.export.words import plain
from onrecord.model import Dispute, OnrecordError
from onrecord.record import findings, queries, store

F = TypeVar("F", bound=Callable[..., Any])


def record_option(command: F) -> F:
    """--record, also from the environment."""
    return click.option(
        "--record",
        "-r",
        "path",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_RECORD,
        show_default=True,
        envvar="ONRECORD_RECORD",
        show_envvar=True,
        help="The record's file.",
    )(command)


def dispute_option(command: F) -> F:
    return click.option("--dispute", "-d", metavar="ID", help="The dispute; not needed when there is one.")(
        command
    )


def as_of_option(command: F) -> F:
    """--as-of: the record as it stood on an earlier day."""
    return click.option(
        "--as-of",
        metavar="YYYY-MM-DD",
        type=DAY,
        help="As it stood on this day, from what had been published by then; nothing later is used.",
    )(command)


class _Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD, such as 2023-09-15", param, ctx)


DAY = _Day()


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="JSON for machines.")(command)


def user() -> str:
    """Who is at the keyboard, for judgements."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class PlainConsole(Console):
    """A console that takes no markup from what it prints and lets no control character through."""

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*(_printable(o) for o in objects), **options)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Text):
        value.plain = plain(value.plain)  # as long as before, so styles stay where they were
    if isinstance(value, Padding):
        value.renderable = _printable(value.renderable)
    return value


def console(*, stderr: bool = False) -> Console:
    """A console that colours only a terminal and heeds NO_COLOR; a pipe gets lines that are not cut."""
    shared: dict[str, Any] = {"stderr": stderr, "highlight": False, "markup": False, "emoji": False}
    out: Console = PlainConsole(**shared)
    if not out.is_terminal:
        out = PlainConsole(**shared, width=max(out.width, 200), soft_wrap=True, color_system=None)
    return out


def table(*columns: str, right: Sequence[str] = ()) -> Table:
    """An empty table; fill it with ``row``."""
    made = Table(box=None, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold", justify="right" if column in right else "left")
    return made


def row(made: Table, *cells: str) -> None:
    """Add a row of plain text."""
    made.add_row(*(Text(plain(cell)) for cell in cells))


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Record]:
    """The record at a path; SQLite's errors become sentences."""
    with store.explained(path), Record.open(path, create=create) as record:
        yield record


def one_dispute(record: Record, name: str | None) -> Dispute:
    """The dispute named, or the only one.

    Raises OnrecordError which lists the disputes when one has to be named.
    """
    found = queries.choose_dispute(record.db, name)
    if found is not None:
        return found
    ids = [d.id for d in findings.disputes(record.db)]
    if ids:
        raise OnrecordError(f"the record holds {len(ids)} disputes; name one with --dispute: {', '.join(ids)}")
    raise OnrecordError(
        "no document in the record is about a labour dispute with two sides; see: onrecord sources"
    )


def some_dispute(record: Record, name: str | None) -> str | None:
    """The id of the dispute named; None when none is named (then all documents are meant)."""
    found = queries.choose_dispute(record.db, name) if name else None
    return found.id if found else None


def within(record: Record, name: str | None, number: int) -> None:
    """Check that a document is of the dispute named, if one is.

    Raises OnrecordError when it is not.
    """
    chosen = some_dispute(record, name)
    if chosen is not None and number not in {d.number for d in queries.documents(record.db, chosen)}:
        raise OnrecordError(f"document {number} is not of the dispute {chosen}; see: onrecord disputes")


def write_picture(target: Path, svg: str) -> None:
    """Write a picture; the name's ending says as what.

    Raises OnrecordError when it ends in neither .svg nor .png, or when the extra for PNG is not there.
    """
    kind = target.suffix.lower()
    if kind == ".svg":
        target.write_text(svg, encoding="utf-8")
    elif kind == ".png":
        target.write_bytes(png(svg))
    else:
        raise OnrecordError(f"{target} is no name of a picture; let it end in .svg or .png")
    click.echo(f"{target} written", err=True)


def print_json(value: object) -> None:
    """A value as indented JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def echo_json(value: object, kind: Any) -> None:
    """A value of a type of the model as indented JSON."""
    from pydantic import TypeAdapter

    click.echo(TypeAdapter(kind).dump_json(value, indent=1).decode("utf-8"))


def errors_as_sentences(command: F) -> F:
    """An OnrecordError becomes one line on stderr and exit code 1; a closed pipe ends quietly."""

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except OnrecordError as error:
            click.echo(plain(f"onrecord: {error}"), err=True)
            sys.exit(1)
        except UnicodeEncodeError as error:
            click.echo(
                f"onrecord: {error.object!r} holds characters that are no text; write it otherwise", err=True
            )
            sys.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            click.echo(f"onrecord: {error.strerror or error}{where}; check the disk and its rights", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("onrecord: interrupted; what was captured is kept, run the same command to go on", err=True)
            sys.exit(130)

    return wrapped  # type: ignore[return-value]
