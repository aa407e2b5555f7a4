"""The command that writes a record in other formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from onrecord.api import Record
from onrecord.cli.common import (
    dispute_option,
    errors_as_sentences,
    one_dispute,
    opened,
    record_option,
    some_dispute,
)
from onrecord.export import annotation, coded, linked, quotations, readings, tables, trackers, warc
from onrecord.export.parquet import parquet
from onrecord.export.pseudonyms import Pseudonyms, people
from onrecord.model import OnrecordError

Lines = Callable[[Record, str | None, str], Iterable[str]]
"""Called with the record, a dispute's id or None, and the table; gives the lines of a format."""


def _one(record: Record, chosen: str | None) -> str:
    return one_dispute(record, chosen).id


LINES: dict[str, Lines] = {
    "readings": lambda record, chosen, _: readings.readings(record.db, chosen),
    "polnear": lambda record, chosen, _: readings.polnear(record.db, chosen),
    "record": lambda record, chosen, _: [readings.record(record.db, _one(record, chosen))],
    "csv": lambda record, chosen, table: [tables.as_csv(record.db, table, chosen).removesuffix("\n")],
    "jsonl": lambda record, chosen, table: tables.as_jsonl(record.db, table, chosen),
    "quotations": lambda record, chosen, _: quotations.quotations(record.db, chosen),
    "claims": lambda record, chosen, _: [linked.claims(record.db, one_dispute(record, chosen))],
    "prov": lambda record, chosen, _: [linked.provenance(record.db, chosen)],
    "conll": lambda record, chosen, _: annotation.conll(record.db, chosen),
    "lat": lambda record, chosen, _: trackers.as_csv(record.db, "lat", chosen),
    "bls": lambda record, chosen, _: trackers.as_csv(record.db, "bls", chosen),
    "fmcs": lambda record, chosen, _: trackers.as_csv(record.db, "fmcs", chosen),
    "events": lambda record, chosen, _: coded.events(record.db, chosen),
    "crosswalk": lambda record, chosen, _: coded.crosswalk(record.db, chosen),
    "plover": lambda record, chosen, _: coded.plover(record.db, chosen),
}
OTHERS = ("brat", "parquet", "warc")  # a folder, and bytes
# Other names would break their offsets, types or checksums.
WITH_OFFSETS = ("brat", "conll", "parquet", "polnear", "warc")


@click.command(
    epilog="""\b
Examples:
  onrecord export --as readings -o readings.jsonl      one JSON line a document
  onrecord export --as record -o record.json           claims, timeline and standing of a dispute
  onrecord export --as csv --table statements          a table for a spreadsheet
  onrecord export --as csv --table statements --pseudonymise -o safer.csv
  onrecord export --as lat -o stoppages.csv            in the columns of the Labor Action Tracker
  onrecord export --as events -o events.csv            a row an event, with CAMEO and PLOVER codes
  onrecord export --as parquet --table timeline -o timeline.parquet
  onrecord export --as brat -o annotation/             a folder for annotators
  onrecord export --as warc -o coverage.warc.gz        the captured bytes as a web archive
"""
)
@record_option
@dispute_option
@click.option("--as", "form", type=click.Choice([*LINES, *OTHERS]), required=True)
@click.option(
    "--table", "table_name", type=click.Choice(list(tables.TABLES)), default="statements", show_default=True
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File (brat: folder); else standard output.")
@click.option("--pseudonymise", is_flag=True, help="Write Person 7 for the name of a person.")
@errors_as_sentences
def export(
    path: Path, dispute: str | None, form: str, table_name: str, output: Path | None, pseudonymise: bool
) -> None:
    """Write the record in another format. --table is for csv, jsonl and parquet."""
    if pseudonymise and form in WITH_OFFSETS:
        raise OnrecordError(
            f"{form} carries offsets, types or checksums that other names would break; use csv or jsonl"
        )
    with opened(path) as record:
        chosen = some_dispute(record, dispute)
        if form == "brat":
            _write_folder(annotation.brat(record.db, chosen), _needed(output, form))
        elif form == "parquet":
            parquet(record.db, table_name, _needed(output, form), chosen)
        elif form == "warc":
            _write_warc(record, chosen, output)
        else:
            lines = LINES[form](record, chosen, table_name)
            _write(Pseudonyms(people(record.db))(lines) if pseudonymise else lines, output)


def _needed(output: Path | None, form: str) -> Path:
    if output is None:
        raise OnrecordError(f"{form} does not go to a terminal; name a place with -o")
    return output


def _write(lines: Iterable[str], output: Path | None) -> None:
    if output is None:
        sys.stdout.writelines(line + "\n" for line in lines)
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)
    except OSError as error:
        raise OnrecordError(f"{output} cannot be written ({error.strerror}); name another file with -o") from None


def _write_warc(record: Record, dispute: str | None, output: Path | None) -> None:
    if output is None and not sys.stdout.isatty():
        warc.write(record.db, sys.stdout.buffer, dispute)
        return
    place = _needed(output, "warc")
    try:
        with place.open("wb") as file:
            warc.write(record.db, file, dispute)
    except OSError as error:
        raise OnrecordError(f"{place} cannot be written ({error.strerror}); name another file with -o") from None


def _write_folder(files: Iterable[annotation.File], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            # newline="": a text with \\r\\n must keep every character, offsets count them
            with (folder / file.name).open("w", encoding="utf-8", newline="", errors="surrogatepass") as out:
                out.write(file.text)
    except OSError as error:
        raise OnrecordError(
            f"{folder} cannot be written ({error.strerror}); name another folder with -o"
        ) from None
