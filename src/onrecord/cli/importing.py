"""onrecord import: take the rulings of an adjudicated sheet."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from onrecord.cli.common import (
    dispute_option,
    errors_as_sentences,
    json_option,
    opened,
    print_json,
    record_option,
    some_dispute,
    user,
)
from onrecord.export.words import plain
from onrecord.model import OnrecordError
from onrecord.record import sheets
from onrecord.record.sheets import ALSO, Field, SheetRow, Weighed

_MOST = 50_000_000  # bytes of a sheet


@click.command(
    "import",
    epilog="""\b
Examples:
  onrecord export --as events -o events.csv            a sheet to adjudicate
  onrecord import events.csv --check                   what it would rule, and its bad rows
  onrecord import events.csv --who Ann --why 'second pass'
  onrecord import hpsd.csv --map event_no=id --map startdate=day --map enddate=last
  onrecord import coded.csv --map article=document --map code=type
""",
)
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@record_option
@dispute_option
@json_option
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=FIELD", help=f"Which column is what: {', '.join(Field)}."
)
@click.option("--check", is_flag=True, help="Say what it would rule, and change nothing.")
@click.option("--who", default=user, help="Who ruled, where the sheet does not say (default: the user).")
@click.option("--why", default="", help="Why, where the sheet does not say (default: the sheet and the row).")
@errors_as_sentences
def import_(
    sheet: Path,
    path: Path,
    dispute: str | None,
    as_json: bool,
    maps: tuple[str, ...],
    check: bool,
    who: str,
    why: str,
) -> None:
    """Take the rulings of SHEET, a CSV file with a row an event, as judgements.

    A row names an event by its id, or by document, type and day. Columns are known by the names of the fields and
    of the exports; name others with --map. Good rows are taken; bad ones are named, and the exit code is 3.
    """
    from onrecord import pipeline

    rows = _rows(sheet, _mapping(maps))
    with opened(path) as record:
        found = sheets.weigh(record.db, rows, dispute=some_dispute(record, dispute))
        found = replace(
            found,
            rulings=tuple(
                replace(r, who=r.who or who, why=r.why or why or f"{sheet.name}, row {r.number}")
                for r in found.rulings
            ),
        )
        if not check and found.rulings:
            sheets.take(record.db, found, when=datetime.now(UTC).replace(microsecond=0))
            pipeline.refresh(record.db)
    _report(found, taken=not check, as_json=as_json)
    if found.bad:
        sys.exit(3)


def _mapping(maps: tuple[str, ...]) -> dict[str, Field]:
    out = {}
    for text in maps:
        column, equals, name = text.rpartition("=")
        if not equals or name not in set(Field):
            raise OnrecordError(f"cannot map {text!r}; write COLUMN=FIELD, a field is one of: {', '.join(Field)}")
        out[column] = Field(name)
    return out


def _rows(sheet: Path, mapping: Mapping[str, Field]) -> list[SheetRow]:
    """The rows of a sheet by field. Raises OnrecordError when it cannot be read as one."""
    if sheet.stat().st_size > _MOST:
        raise OnrecordError(f"{sheet} has more than 50 MB; split it")
    try:
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error):
        raise OnrecordError(f"{sheet} is no CSV file in UTF-8; save the sheet as CSV UTF-8") from None
    header = [name.strip() for name in lines[0]] if lines else []
    columns = _columns(sheet, header, mapping)
    return [
        SheetRow(number, {f: _cell(line[at]) for at, f in columns.items() if at < len(line)})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def _columns(sheet: Path, header: list[str], mapping: Mapping[str, Field]) -> dict[int, Field]:
    missing = [c for c in mapping if c not in header]
    if missing:
        raise OnrecordError(f"{sheet} has no column {missing[0]!r}; it has: {', '.join(header) or 'none'}")
    known = {**{str(f): f for f in Field}, **ALSO}
    columns: dict[int, Field] = {}
    for at, name in enumerate(header):
        what = mapping.get(name) or (None if known.get(name) in mapping.values() else known.get(name))
        if what is not None and what in columns.values():
            raise OnrecordError(f"two columns of {sheet} are {what}; say with --map which one counts")
        if what is not None:
            columns[at] = what
    if not {Field.ID, Field.DOCUMENT} & set(columns.values()):
        raise OnrecordError(f"{sheet} has no column for id or document; name it with --map COLUMN=id")
    return columns


def _cell(text: str) -> str:
    """A cell without the quote that the exports put before what a spreadsheet would run."""
    return text[1:] if text[:1] == "'" and text[1:].lstrip(" ")[:1] in tuple("=+-@") else text


def _report(found: Weighed, *, taken: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "taken": taken,
                "rulings": [
                    {
                        "row": r.number,
                        "event": r.event,
                        "verdict": r.verdict,
                        "variable": r.variable,
                        "value": r.value or None,
                        "who": r.who,
                        "why": r.why,
                    }
                    for r in found.rulings
                ],
                "bad": [{"row": b.number, "why": b.why} for b in found.bad],
                "unchanged": found.unchanged,
            }
        )
        return
    for r in found.rulings if not taken else ():
        click.echo(plain(f"row {r.number}: {r.event} {r.verdict} {r.variable} {r.value}".rstrip()))
    for b in found.bad:
        click.echo(plain(f"row {b.number}: {b.why}"), err=True)
    rows = len({r.number for r in found.rulings})
    said = "taken" if taken else "would be taken"
    click.echo(
        f"{rows} rows {said} as {len(found.rulings)} judgements, {found.unchanged} say nothing new, "
        f"{len(found.bad)} bad"
    )
