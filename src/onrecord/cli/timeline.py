"""onrecord timeline: the chronology for a terminal, a story, a spreadsheet, a calendar and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from onrecord.cli.common import (
    DAY,
    as_of_option,
    console,
    dispute_option,
    echo_json,
    errors_as_sentences,
    json_option,
    one_dispute,
    opened,
    record_option,
)
from onrecord.cli.printing import print_line
from onrecord.export import chronology, report
from onrecord.export.pictures import png
from onrecord.export.pictures.phases import phases
from onrecord.model import EventStatus, EventType, OnrecordError
from onrecord.record.status import CitedEntry, Status

FORMATS = ("text", "md", "csv", "ics", "svg", "png", "json")


@click.command(
    epilog="""\b
Examples:
  onrecord timeline
  onrecord timeline --as md --since 2024-05-01       to paste into a story
  onrecord timeline --as svg -o dispute.svg          phases and turns as a picture
  onrecord timeline --as ics -o dispute.ics          for a calendar (pip install 'onrecord[calendar]')
  onrecord timeline --party guild --type meeting_held --type proposal_made
  onrecord timeline --as-of 2024-06-05               as it stood on that day
"""
)
@record_option
@dispute_option
@as_of_option
@json_option
@click.option("--as", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The format.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file to write.")
@click.option(
    "--since", metavar="YYYY-MM-DD", type=DAY, help="What happened, or is to happen, on or after this day."
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([t.value for t in EventType]),
    metavar="TYPE",
    help="Only this type of event, such as meeting_held; may be given again.",
)
@click.option("--party", metavar="TEXT", help="Only what involves a party whose name holds this text.")
@click.option("--status", "statuses", multiple=True, type=click.Choice([s.value for s in EventStatus]))
@click.option("--established", is_flag=True, help="Only what the record bears out.")
@click.option(
    "--all", "everything", is_flag=True, help="Also what is no turn of the dispute by itself, or denied."
)
@errors_as_sentences
def timeline(
    path: Path,
    dispute: str | None,
    as_of: date | None,
    as_json: bool,
    form: str,
    output: Path | None,
    since: date | None,
    types: tuple[str, ...],
    party: str | None,
    statuses: tuple[str, ...],
    established: bool,
    everything: bool,
) -> None:
    """The chronology: what happened or is planned, when, on whose authority.

    Each act stands once, however many documents tell it, on the day most of them give. Without --all, --type or
    --status it holds the turns of the dispute: no effects, routine pickets, or next sessions of a round.
    """
    with opened(path) as record:
        found = record.status(one_dispute(record, dispute).id, as_of=as_of)
        entries = [
            e
            for e in found.chronology
            if (everything or types or statuses or _is_turn(e))
            and (not types or e.entry.type in types)
            and (not statuses or e.entry.status in statuses)
            and (not party or any(party.casefold() in name.casefold() for name in e.entry.participants))
            and (not established or e.entry.established)
            and (since is None or _last(e) >= since)
        ]
        if as_json:
            echo_json(entries, list[CitedEntry])
        elif form == "text" and output is None:
            _print(entries)
        else:
            _write(form, output, found, entries)


def _is_turn(e: CitedEntry) -> bool:
    return not e.entry.minor and (e.entry.first is not None or e.told is not None)


def _last(e: CitedEntry) -> date:
    return e.entry.last or e.entry.first or e.told or date.max


def _print(entries: Sequence[CitedEntry]) -> None:
    out = console()
    if not entries:
        out.print("No such event was found in the documents; --all shows also what is no turn of the dispute.")
    for entry in entries:
        print_line(report.entry_line(entry), out)


def _write(form: str, output: Path | None, found: Status, entries: Sequence[CitedEntry]) -> None:
    if form == "png":
        if output is None:
            raise OnrecordError("PNG is no text; name a file for it with -o dispute.png")
        output.write_bytes(png(phases(found, entries)))
        return
    text = chronology.FORMS[form](found, entries)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8", newline="")
