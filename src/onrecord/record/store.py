"""Open a record: the file, its version, its transactions, and the errors that a person can act on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from onrecord.model import OnrecordError

APPLICATION_ID = 0x6F6E7263  # "onrc": tells a record from any other SQLite file
BUSY_SECONDS = 120.0

Connection = sqlite3.Connection
"""An open record, for those who pass it on and know no SQL."""


class RecordError(OnrecordError):
    """The record cannot be opened, is of a newer version, is full, or is locked for too long."""


def migrations() -> list[tuple[int, str]]:
    """The numbered SQL files that make a record, in order; the last number is the schema version."""
    folder = files("onrecord.record").joinpath("migrations")
    found = [(int(f.name[:4]), f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".sql")]
    return sorted(found)


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection to the record at ``path``, carried forward to this version's schema.

    Raises RecordError when there is no record (and ``create`` is False), when the file is something else or when
    a newer version of onrecord wrote it.
    """
    if not create and not path.is_file():
        raise RecordError(f"there is no record at {path}; make one with: onrecord read SOURCE --record {path}")
    with explained(path):
        connection = _opened(path, writable=create or writable(path))
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def writable(path: Path) -> bool:
    """Whether a record at a path may be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _opened(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A record that nobody may write to is opened as it lies, without the log that SQLite would make beside it."""
    if writable:
        return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # forgotten text must not linger in free pages
    steps = migrations()
    version = _version(connection, path)
    if version > steps[-1][0]:
        raise RecordError(
            f"{path} was written by a newer onrecord (schema {version}, this one knows {steps[-1][0]}); "
            "upgrade with: pip install --upgrade onrecord"
        )
    if version == steps[-1][0]:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    for number, script in steps:
        if number <= version:
            continue
        with transaction(connection):
            if _version(connection, path) >= number:
                continue  # another process was faster
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")


def path_of(connection: sqlite3.Connection) -> Path | None:
    """The file behind a connection; None for a record in memory."""
    file = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    return Path(file) if file else None


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise RecordError(
            f"{path} is a database of another program, not a record; name another file with --record"
        )
    return version


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script (executescript would commit in the middle)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection, *, write: bool = True) -> Iterator[None]:
    """All or nothing. One that writes takes the write lock at once, so that two processes queue instead of failing
    midway; one that reads sees one state of the record. A transaction within a transaction joins it."""
    if _under_way(connection):
        yield
        return
    connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
    except BaseException:
        if _under_way(connection):  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _under_way(connection: sqlite3.Connection) -> bool:
    return connection.in_transaction


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "full" in text:
            raise RecordError(
                f"the disk is full: {path} could not grow; what was recorded before is safe. "
                "Free some space and run the same command again"
            ) from error
        if "locked" in text or "busy" in text:
            raise RecordError(
                f"{path} has been locked by another process for {BUSY_SECONDS:.0f} s; try again when it is done"
            ) from error
        if "unable to open" in text or "readonly" in text or "disk I/O" in text:
            raise RecordError(
                f"{path} cannot be opened or written ({text}); check the folder and its rights"
            ) from error
        raise
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise RecordError(
                f"{path} is not a record, or is damaged ({error}); name another file with --record"
            ) from (error)
        raise
