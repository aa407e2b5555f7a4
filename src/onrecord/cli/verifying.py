"""onrecord verify."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.common import errors_as_sentences, json_option, opened, print_json, record_option
from onrecord.export import words
from onrecord.export.words import plain
from onrecord.record import evidence


@click.command(epilog="\b\nExamples:\n  onrecord verify\n  onrecord verify --record harbour.db --json")
@record_option
@json_option
@errors_as_sentences
def verify(path: Path, as_json: bool) -> None:
    """Check that the captured bytes and the texts are still what their checksums say. Exit code 1 when not."""
    with opened(path) as record:
        found = evidence.verify(record.db)
    if as_json:
        damages = [{"where": d.where, "what": d.what} for d in found.damages]
        print_json({"captures": found.captures, "texts": found.texts, "damages": damages})
    else:
        for damage in found.damages:
            click.echo(plain(f"{damage.where}: {damage.what}"))
        state = f"{len(found.damages)} damaged" if found.damages else "all as captured"
        click.echo(
            f"{words.count(found.captures, 'capture')} and {words.count(found.texts, 'text')} checked: {state}."
        )
    sys.exit(1 if found.damages else 0)
