"""Commands that list what a record holds. None of them loads a model."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from onrecord.api import Record
from onrecord.cli import printing
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
    row,
    some_dispute,
    table,
)
from onrecord.export import report, words
from onrecord.model import Authority
from onrecord.record import passages, queries
from onrecord.record.status import (
    CitedAhead,
    CitedClaim,
    CitedEffect,
)


@click.command(epilog="\b\nExamples:\n  onrecord claims\n  onrecord claims --ahead")
@record_option
@dispute_option
@json_option
@click.option("--ahead", "only_ahead", is_flag=True, help="Only claims that a settlement or a turn is near.")
@errors_as_sentences
def claims(path: Path, dispute: str | None, as_json: bool, only_ahead: bool) -> None:
    """Claims that several documents tell, and claims that run ahead of the record."""
    with opened(path) as record:
        found = record.status(one_dispute(record, dispute).id)
        if as_json:
            if only_ahead:
                echo_json(found.ahead, tuple[CitedAhead, ...])
            else:
                echo_json(found.claims, tuple[CitedClaim, ...])
            return
        out = console()
        lines = report.ahead_lines(found) if only_ahead else report.claim_lines(found)
        for line in lines:
            printing.print_line(line, out)
        if not lines:
            out.print("No such claim was found.")


@click.command(epilog="\b\nExamples:\n  onrecord sources\n  onrecord sources --documents")
@record_option
@dispute_option
@json_option
@click.option("--documents", "only_documents", is_flag=True, help="List the documents instead.")
@errors_as_sentences
def sources(path: Path, dispute: str | None, as_json: bool, only_documents: bool) -> None:
    """Outlets and how much of what they tell is whose; or the documents, with --documents."""
    with opened(path) as record:
        chosen = some_dispute(record, dispute)
        if only_documents:
            _list_documents(record, chosen, as_json=as_json)
        else:
            _list_outlets(record, chosen, as_json=as_json)


def _list_documents(record: Record, dispute: str | None, *, as_json: bool) -> None:
    rows = queries.documents(record.db, dispute)
    if as_json:
        echo_json(rows, tuple[queries.DocumentRow, ...])
        return
    made = table("", "published", "known from", "outlet", "kind", "title or name")
    for d in rows:
        when = words.dated(d.published, d.precision)
        row(made, f"[{d.number}]", when, d.known_from or "", d.outlet or "", d.kind or "", d.title or d.name)
    console().print(made)


def _list_outlets(record: Record, dispute: str | None, *, as_json: bool) -> None:
    counts: dict[str, dict[str, int]] = {}
    for d in queries.read_articles(record.db, dispute):
        count = counts.setdefault(d.article.outlet or "(outlet not known)", {"documents": 0, "statements": 0})
        count["documents"] += 1
        for s in d.reading.statements:
            count["statements"] += 1
            count[s.authority or "unknown"] = count.get(s.authority or "unknown", 0) + 1
    if as_json:
        print_json(counts)
        return
    columns = ["documents", "statements", *(a.value for a in Authority), "unknown"]
    made = table("outlet", *columns, right=columns)
    for outlet, found in sorted(counts.items(), key=lambda item: (-item[1]["documents"], item[0])):
        row(made, outlet, *(str(found.get(c, 0)) for c in columns))
    console().print(made)


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
