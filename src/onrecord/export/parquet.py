"""Tables as Parquet, written by DuckDB (extra ``[parquet]``)."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from onrecord.export import tables
from onrecord.model import OnrecordError

# The types of a table's columns as their dataclass gives them, in DuckDB's names.
_TYPES = {"int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN", "date": "DATE"}


def parquet(db: sqlite3.Connection, table: str, output: Path, dispute: str | None = None) -> None:
    """Write a table to ``output`` with typed columns; unknown is NULL.

    Raises OnrecordError when duckdb is not installed or the file cannot be written.
    """
    try:
        import duckdb
    except ImportError:
        raise OnrecordError("Parquet needs duckdb; install it with: pip install 'onrecord[parquet]'") from None
    columns = {name: _type(kind) for name, kind in tables.columns(table).items()}
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "rows.jsonl"
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in tables.as_jsonl(db, table, dispute))
        try:
            with duckdb.connect() as made:
                made.execute(
                    f"COPY (SELECT * FROM read_json(?, format = 'newline_delimited', columns = {columns!r})) "
                    "TO '" + str(output).replace("'", "''") + "' (FORMAT parquet)",
                    [str(lines)],
                )
        except duckdb.Error as error:
            raise OnrecordError(f"{output} cannot be written: {error}") from error


def _type(annotation: str) -> str:
    return _TYPES.get(annotation.split(" | ")[0], "VARCHAR")
