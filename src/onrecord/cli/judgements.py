"""onrecord judgements: what people ruled, and taking it back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.text import Text

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
)
from onrecord.cli.parties import said
from onrecord.model import Judgement
from onrecord.record import findings
from onrecord.record import judgements as ruling
from onrecord.record.corrections import Matter
from onrecord.record.judgements import TAKING_BACK, Fate, Ruled


@click.command(
    epilog="""\b
Examples:
  onrecord judgements                                 all, with what became of each
  onrecord judgements --undo 12 --why 'wrong union'   take one back
  onrecord judgements --json
"""
)
@record_option
@dispute_option
@json_option
@click.option(
    "--undo", type=int, multiple=True, metavar="N", help="Take a judgement back; undoing that restores it."
)
@click.option("--who", default=user, help="Who takes it back (default: the user).")
@click.option("--why", default="", help="Why.")
@errors_as_sentences
def judgements(path: Path, dispute: str | None, as_json: bool, undo: tuple[int, ...], who: str, why: str) -> None:
    """What people ruled on documents and parties: who, when, why, and whether it stands.

    Of two judgements on one matter the later stands; both stay listed. With --dispute those made for that dispute.
    """
    from onrecord import pipeline

    with opened(path) as record:
        chosen = some_dispute(record, dispute)
        when = datetime.now(UTC).replace(microsecond=0)
        for number in undo:
            made = ruling.take_back(record.db, number, who=who, when=when, why=why)
            click.echo(f"judgement {made}: takes back {number}")
        if undo:
            pipeline.refresh(record.db)
            return
        rows = [r for r in ruling.ledger(record.db) if chosen is None or _dispute_of(r.judgement) == chosen]
        if as_json:
            print_json([_json(r) for r in rows])
            return
        out = console()
        known = {d.id for d in findings.disputes(record.db)}
        for r in rows:
            line = _line(r)
            if r.judgement.dispute and r.judgement.dispute not in known:
                line.append("  no dispute of the record has that id now", style="bold")
            out.print(line)
        if not rows:
            out.print("No judgement was made; see: onrecord parties --help, onrecord disputes --help")


def _dispute_of(judgement: Judgement) -> str | None:
    return judgement.value if judgement.field == "dispute" else judgement.dispute


def _line(r: Ruled) -> Text:
    j = r.judgement
    became = "" if r.fate is Fate.STANDS else f"  {r.fate.value} by {r.by}"
    why = f": {j.why}" if j.why else ""
    style = "" if r.fate is Fate.STANDS else "dim"
    line = Text(f"{r.number:>4}  ", style="dim").append(_said(j), style=style)
    return line.append(f"  ({j.who}, {j.when:%Y-%m-%d %H:%M}{why})", style="dim").append(became, style="bold")


def _said(j: Judgement) -> str:
    if j.field in set(Matter):
        return said(j)
    if j.field == TAKING_BACK:
        return f"takes back {j.target.partition(':')[2]}"
    value = f" {j.value}" if j.value is not None else ""
    return f"{j.target}: {j.verdict} {j.field or ''}{value}".rstrip()


def _json(r: Ruled) -> dict[str, object]:
    j = r.judgement
    return {
        "number": r.number,
        "target": j.target,
        "verdict": j.verdict,
        "field": j.field,
        "value": j.value,
        "dispute": _dispute_of(j),
        "who": j.who,
        "when": j.when.isoformat(),
        "why": j.why,
        "fate": r.fate,
        "by": r.by,
    }
