"""Commands that keep a record: disputes, forget."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.text import Text

from onrecord.api import Record
from onrecord.cli.common import (
    console,
    dispute_option,
    errors_as_sentences,
    json_option,
    opened,
    print_json,
    record_option,
    some_dispute,
    user,
    within,
)
from onrecord.export import words
from onrecord.model import Judgement, OnrecordError
from onrecord.record import findings, judgements, queries
from onrecord.record import forget as forgetting

# ------------------------------------------------------------------------------- disputes


@click.command(
    epilog="""\b
Examples:
  onrecord disputes                                  the disputes and their documents
  onrecord disputes --assign 7 wga-amptp-2023        document 7 belongs to this dispute
  onrecord disputes --take-out 7 wga-amptp-2023      it does not
"""
)
@record_option
@dispute_option
@json_option
@click.option("--assign", nargs=2, metavar="DOC ID", help="Say that a document belongs to a dispute.")
@click.option("--take-out", nargs=2, metavar="DOC ID", help="Say that it does not.")
@click.option("--who", default=user, help="Who says so (default: the user).")
@click.option("--why", default="", help="Why.")
@errors_as_sentences
def disputes(
    path: Path,
    dispute: str | None,
    as_json: bool,
    assign: tuple[str, str] | None,
    take_out: tuple[str, str] | None,
    who: str,
    why: str,
) -> None:
    """The disputes of the record, which documents belong to each, and why; corrected with --assign, --take-out."""
    with opened(path) as record:
        for ruling, verdict in ((assign, "accept"), (take_out, "reject")):
            if ruling:
                _rule(record, ruling[0], ruling[1], verdict=verdict, who=who, why=why)
        _list_disputes(record, some_dispute(record, dispute), as_json=as_json)


def _rule(record: Record, document: str, dispute: str, *, verdict: str, who: str, why: str) -> None:
    from onrecord import pipeline

    found = queries.find_document(record.db, document)
    known = [d.id for d in findings.disputes(record.db)]
    if dispute not in known and verdict == "reject":
        raise OnrecordError(f"there is no dispute {dispute!r}; the record holds: {', '.join(known) or 'none'}")
    if not any(c.isalnum() for c in dispute):
        raise OnrecordError(f"{dispute!r} is no name for a dispute; use letters or digits")
    judgements.add(
        record.db,
        Judgement(
            target=found.id,
            verdict=verdict,
            field="dispute",
            value=dispute,
            who=who,
            when=datetime.now(UTC).replace(microsecond=0),
            why=why,
        ),
    )
    pipeline.refresh(record.db)


def _list_disputes(record: Record, chosen: str | None, *, as_json: bool) -> None:
    shown = [d for d in findings.disputes(record.db) if chosen is None or d.id == chosen]
    numbers = {d.id: d.number for d in queries.documents(record.db)}
    assignments = findings.assignments(record.db)
    if as_json:
        print_json(
            [
                {
                    "id": d.id,
                    "name": d.name,
                    "workers": d.workers,
                    "employers": d.employers,
                    "start": d.start,
                    "end": d.end,
                    "documents": [
                        {
                            "number": numbers[a.document],
                            "document": a.document,
                            "given": a.given,
                            "score": a.score.value,
                            "why": [p.why for p in a.score.parts],
                        }
                        for a in assignments
                        if a.dispute == d.id
                    ],
                }
                for d in shown
            ]
        )
        return
    out = console()
    for d in shown:
        out.print(Text(d.id, style="bold").append(f"  {d.name}, {words.window(d.start, d.end)}", style="not bold"))
        for a in assignments:
            if a.dispute == d.id:
                why = "; ".join(p.why for p in a.score.parts)
                out.print(f"  [{numbers[a.document]}] {'said by a person' if a.given else why}")
    if not shown:
        out.print("No document in the record is about a labour dispute with two sides.")
    assigned = {a.document for a in assignments}
    rest = [f"[{n}]" for d, n in sorted(numbers.items(), key=lambda item: item[1]) if d not in assigned]
    if rest and chosen is None:
        out.print(f"Of no dispute: {' '.join(rest)}")


# ------------------------------------------------------------------------------- forget


@click.command(
    epilog="""\b
Examples:
  onrecord forget 7 --why 'asked by the author'
  onrecord forget notes/letter.txt --yes
"""
)
@click.argument("source")
@record_option
@dispute_option
@click.option("--why", default="", help="Why; kept with the tombstone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@errors_as_sentences
def forget(source: str, path: Path, dispute: str | None, why: str, yes: bool) -> None:
    """Remove a document for good: its bytes, its text, and what was derived from it alone.

    SOURCE is its number, path, URL or id. A tombstone stays (the SHA-256 of the bytes and the number), so that the
    same bytes are not taken up again unasked. There is no undo.
    """
    from onrecord import pipeline

    reference = queries.parse_reference(source)
    if reference is not None and reference.sentence is not None:
        raise OnrecordError(
            f"{reference} is a sentence; only a whole document can be forgotten: [{reference.number}]"
        )
    with opened(path) as record:
        found = queries.find_document(record.db, source)
        within(record, dispute, found.number)
        if not yes and sys.stdin.isatty():
            click.confirm(f"Forget [{found.number}] {found.title or found.name} for good?", abort=True)
        elif not yes:
            raise OnrecordError("forgetting cannot be undone; confirm it with --yes")
        numbers = forgetting.forget(record.db, found.id, why=why)
        pipeline.refresh(record.db)
        forgetting.compact(record.db)
        click.echo(f"Forgotten: {', '.join(f'[{n}]' for n in numbers)}")
