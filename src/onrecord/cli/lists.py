"""Commands that list what a record holds. None of them loads a model."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from onrecord.cli.common import (
    console,
    dispute_option,
    echo_json,
    errors_as_sentences,
    json_option,
    one_dispute,
    opened,
    print_json,
    record_option,
    some_dispute,
)
from onrecord.record import passages, queries
from onrecord.record.status import (
    CitedEffect,
)


@click.command(epilog="\b\nExamples:\n  onrecord effects")
@record_option
@dispute_option
@json_option
@errors_as_sentences
def effects(path: Path, dispute: str | None, as_json: bool) -> None:
    """Who else bears the cost of the dispute, as told."""
    with opened(path) as record:
        found = record.status(one_dispute(record, dispute).id)
        if as_json:
            echo_json(found.effects, tuple[CitedEffect, ...])
            return
        out = console()
        for e in found.effects:
            amount = f": {e.effect.amount}" if e.effect.amount else ""
            out.print(
                Text()
                .append(f"{e.reference}  ", style="dim")
                .append(e.effect.bearer, style="bold")
                .append(f"{amount} ({e.effect.kind})  \u201c{e.words}\u201d")
            )
        if not found.effects:
            out.print("No effect on others was found in the documents.")


@click.command(epilog="\b\nExamples:\n  onrecord problems\n  onrecord problems --json")
@record_option
@dispute_option
@json_option
@errors_as_sentences
def problems(path: Path, dispute: str | None, as_json: bool) -> None:
    """What could not be read or interpreted, and what to try.

    With --dispute those of its documents, and those of sources of which nothing is known.
    """
    with opened(path) as record:
        rows = queries.problems(record.db)
        if chosen := some_dispute(record, dispute):
            of_it = {d.number for d in queries.documents(record.db, chosen)}
            rows = tuple(p for p in rows if p.reference is None or p.reference.number in of_it)
        if as_json:
            echo_json(rows, tuple[queries.ProblemRow, ...])
            return
        out = console()
        for p in rows:
            hint = f" ({p.hint})" if p.hint else ""
            out.print(Text(f"{p.reference or '-'}  {p.source}: {p.message}{hint}"))
        if not rows:
            out.print("No problem: everything that was named could be read.")


@click.command(epilog="\b\nExamples:\n  onrecord search counteroffer\n  onrecord search 'joint statement' --json")
@click.argument("query")
@record_option
@dispute_option
@json_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@errors_as_sentences
def search(query: str, path: Path, dispute: str | None, as_json: bool, limit: int) -> None:
    """Sentences of the record that hold all the words of QUERY, best first."""
    with opened(path) as record:
        found = passages.search(record.db, query, dispute=some_dispute(record, dispute), limit=limit)
        if as_json:
            print_json([{"reference": str(r), "text": text} for r, text in found])
            return
        out = console()
        for reference, text in found:
            out.print(Text().append(f"{reference}  ", style="dim").append(" ".join(text.split())))
        if not found:
            out.print(f"No sentence of the record holds {query!r}; try fewer words.")
