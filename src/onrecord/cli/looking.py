"""Commands that look into a record and change nothing. None of them loads a model."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from rich.text import Text

from onrecord.api import Record
from onrecord.cli import printing
from onrecord.cli.common import (
    as_of_option,
    console,
    dispute_option,
    echo_json,
    errors_as_sentences,
    json_option,
    one_dispute,
    opened,
    print_json,
    record_option,
    within,
)
from onrecord.export import chronology, words
from onrecord.export.words import plain
from onrecord.record import evidence, findings, passages, queries
from onrecord.record.passages import Passage
from onrecord.record.queries import References
from onrecord.record.status import (
    Status,
)

# ------------------------------------------------------------------------------- status


@click.command(
    epilog="""\b
Examples:
  onrecord status
  onrecord status --as-of 2024-06-09        where the talks stood, by what was out then
  onrecord status --dispute wga --json
  onrecord status --as md > report.md       to hand on
"""
)
@record_option
@dispute_option
@as_of_option
@json_option
@click.option("--as", "form", type=click.Choice(["text", "md"]), default="text", show_default=True)
@errors_as_sentences
def status(path: Path, dispute: str | None, as_of: date | None, as_json: bool, form: str) -> None:
    """Where the talks stand: the report that read ends with.

    It says since when and on whose authority, how old the last word is, and what would change the record's mind.
    """
    with opened(path) as record:
        if form == "md" and not as_json:
            found = record.status(one_dispute(record, dispute).id, as_of=as_of)
            click.echo(chronology.markdown_report(found), nl=False)
        else:
            print_status(record, dispute, as_of=as_of, as_json=as_json)


def print_status(record: Record, dispute: str | None, *, as_of: date | None = None, as_json: bool) -> None:
    """The report on one dispute; with several and none named, a line on each."""
    chosen = one_dispute(record, dispute) if as_of else queries.choose_dispute(record.db, dispute)
    if chosen is not None:
        found = record.status(chosen.id, as_of=as_of)
        if as_json:
            echo_json(found, Status)
        else:
            printing.show(found, console())
        return
    _several(record, as_json=as_json)


def _several(record: Record, *, as_json: bool) -> None:
    known = findings.disputes(record.db)
    documents = queries.documents(record.db)
    problems = queries.problems(record.db)
    if as_json:
        print_json(
            {
                "disputes": [_dispute_row(record, d.id, d.name) for d in known],
                "documents": len(documents),
                "problems": [{"source": p.source, "message": p.message, "hint": p.hint} for p in problems],
            }
        )
        return
    out = console()
    if not documents and not problems:
        out.print("The record is empty; fill it with: onrecord read SOURCE...")
        return
    if not known:
        out.print(f"{words.count(len(documents), 'document')}, none about a labour dispute with two sides.")
    else:
        out.print(
            Text(f"{words.count(len(known), 'dispute')}, {words.count(len(documents), 'document')}", style="bold")
        )
        for d in known:
            row = _dispute_row(record, d.id, d.name)
            size = words.count(len(queries.documents(record.db, d.id)), "document")
            out.print(f"  {row['id']}  {size}  {row['state']}")
        out.print("One of them in full: onrecord status --dispute ID")
    for p in problems:
        out.print(f"  {p.reference or ''} {p.source}: {p.message}".replace("   ", "  "))


def _dispute_row(record: Record, dispute: str, name: str) -> dict[str, object]:
    states = queries.standing(record.db, dispute)
    return {
        "id": dispute,
        "name": name,
        "documents": len(queries.documents(record.db, dispute)),
        "state": words.STATES[states[-1].state] if states else "state not known",
    }


# ------------------------------------------------------------------------------- show


@click.command(
    epilog="""\b
Examples:
  onrecord show 2:14           a sentence of document 2, with its neighbours
  onrecord show 2              the whole document
  onrecord show 3f9ac01b22d4   a statement or event by its id
  onrecord show 2 --original > page.html    the bytes as they were captured
"""
)
@click.argument("reference")
@record_option
@dispute_option
@json_option
@click.option("--original", is_flag=True, help="Write the captured bytes of the document to standard output.")
@errors_as_sentences
def show(reference: str, path: Path, dispute: str | None, as_json: bool, original: bool) -> None:
    """The passage behind a REFERENCE, with the evidence marked, and what was made of it."""
    with opened(path) as record:
        wanted = queries.parse_reference(reference) or _by_id(record, reference)
        within(record, dispute, wanted.number)
        if original:
            document = queries.find_document(record.db, str(wanted.number))
            sys.stdout.buffer.write(evidence.original(record.db, document.id))
            return
        passage = passages.passage(record.db, wanted)
        if as_json:
            echo_json(_shown(passage), dict)
        else:
            _print_passage(passage)


def _by_id(record: Record, name: str) -> queries.Reference:
    references = References(record.db)
    for d in queries.read_articles(record.db):
        for s in d.reading.statements:
            if s.id == name:
                return references.of(d.article.id, s.content[0])
        for event in d.reading.events:
            if event.id == name:
                return references.of(d.article.id, event.evidence)
        for effect in d.reading.effects:
            if effect.id == name:
                return references.of(d.article.id, effect.evidence)
    return queries.Reference(queries.find_document(record.db, name).number)


def _shown(p: Passage) -> dict[str, object]:
    return {
        "reference": str(p.reference),
        "document": p.document.id,
        "source": p.document.source,
        "title": p.document.title,
        "outlet": p.document.outlet,
        "published": p.document.published,
        "published_why": p.document.dated_why,
        "span": [p.span.start, p.span.end],
        "text": p.span.of(p.text),
        "marks": [
            {"what": m.what, "span": [m.span.start, m.span.end], "text": m.span.of(p.text)} for m in p.marks
        ],
    }


def _print_passage(p: Passage) -> None:
    out = console()
    d = p.document
    name = " \u00b7 ".join(x for x in (d.title or d.name, d.outlet, words.dated(d.published, d.precision)) if x)
    out.print(Text(f"{p.reference}  {name}", style="bold"))
    out.print(Text(d.source, style="dim"))
    if d.dated_why:
        out.print(f"Its date: {plain(d.dated_why)}.", style="yellow", markup=False)
    out.print()
    text = Text(p.context.of(p.text))
    if p.context != p.span:
        text.stylize("dim", 0, p.span.start - p.context.start)
        text.stylize("dim", p.span.end - p.context.start)
    for mark in p.marks:
        low, high = max(mark.span.start, p.context.start), min(mark.span.end, p.context.end)
        text.stylize("underline", low - p.context.start, high - p.context.start)
    out.print(text)
    if p.marks:
        out.print()
    for mark in p.marks:
        out.print(Text(f"  {mark.what}: \u201c{queries.words_of(p.text, [mark.span])}\u201d"))
