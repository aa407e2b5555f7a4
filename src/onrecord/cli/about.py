"""onrecord profile and onrecord positions: what a dispute is about, and who stands where on it."""

from __future__ import annotations

from itertools import groupby
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
    record_option,
)
from onrecord.cli.printing import print_line
from onrecord.export import words
from onrecord.export.report import Line
from onrecord.model import Figure, Side, Stance
from onrecord.record.about import About, CitedFact, CitedPosition, CitedShift, about

_STANCES = {
    Stance.DEMAND: "wants",
    Stance.OFFER: "offers",
    Stance.ACCEPTS: "accepts",
    Stance.REFUSES: "refuses",
    Stance.RESERVATION: "has reservations",
}


@click.command(epilog="\b\nExamples:\n  onrecord profile\n  onrecord profile --dispute ferry --json")
@record_option
@dispute_option
@json_option
@errors_as_sentences
def profile(path: Path, dispute: str | None, as_json: bool) -> None:
    """What the dispute is about: who, where, how many, until when the contract ran, and the issues.

    Each line is what documents say, with how many do; what contradicts stands side by side.
    """
    with opened(path) as record:
        found = about(record.db, one_dispute(record, dispute))
        if as_json:
            echo_json(found.profile, tuple[CitedFact, ...])
            return
        out = console()
        out.print(Text(found.dispute.name, style="bold"))
        for field, facts in groupby(found.profile, key=lambda f: f.fact.field):
            out.print(Text(field, style="bold cyan"))
            for f in facts:
                number = f"{f.fact.documents} document{'' if f.fact.documents == 1 else 's'}"
                print_line(Line(f"{f.fact.value}  ({number})", f.references), out, indent=2)
        if not found.profile:
            out.print("The documents say nothing of it.")


@click.command(
    epilog="""\b
Examples:
  onrecord positions
  onrecord positions --issue pay
  onrecord positions --side employers --moved
"""
)
@record_option
@dispute_option
@json_option
@click.option(
    "--issue", metavar="TEXT", help="Only issues whose name holds this text: pay, staffing, pensions ..."
)
@click.option("--side", type=click.Choice([Side.WORKERS.value, Side.EMPLOYERS.value]), help="Only this side.")
@click.option("--moved", is_flag=True, help="Only what has moved: both statements side by side.")
@errors_as_sentences
def positions(
    path: Path, dispute: str | None, as_json: bool, issue: str | None, side: str | None, moved: bool
) -> None:
    """Each side's offers and demands by issue and over time, with figures, and what has moved.

    A position is one that a document tells in so many words: who, what, on which issue. Who says so stands beside
    it.
    """
    with opened(path) as record:
        every = about(record.db, one_dispute(record, dispute))
        held = [p for p in every.positions if _fits(p, issue, side)]
        shifts = [s for s in every.shifts if _fits(s.before, issue, side)]
        if as_json:
            found = About(dispute=every.dispute, profile=(), positions=tuple(held), shifts=tuple(shifts))
            echo_json(found, About)
            return
        out = console()
        if shifts:
            out.print(Text("WHAT HAS MOVED", style="bold cyan"))
        for s in shifts:
            _print_shift(s)
        if moved and not shifts:
            out.print("No party is told to have moved.")
        for name, of_issue in groupby([] if moved else held, key=lambda p: p.position.issue):
            out.print(Text(name.upper(), style="bold cyan"))
            for p in of_issue:
                print_line(_line(p), out, indent=2)
        if not held and not moved:
            out.print("No position is told in so many words; see: onrecord profile, onrecord statements")


def _fits(p: CitedPosition, issue: str | None, side: str | None) -> bool:
    return (issue is None or issue.casefold() in p.position.issue.casefold()) and (
        side is None or side == p.position.side
    )


def _print_shift(s: CitedShift) -> None:
    out = console()
    out.print(Text(f"  {s.shift.name}, on {s.shift.issue}:", style="bold"))
    print_line(Line(f"before  {_said(s.before)}", (s.before.reference,)), out, indent=4)
    print_line(Line(f"after   {_said(s.after)}", (s.after.reference,)), out, indent=4)


def _line(p: CitedPosition) -> Line:
    return Line(f"{p.position.name} {_said(p)}", (p.reference,))


def _said(p: CitedPosition) -> str:
    figures = "; ".join(figure(f) for f in p.position.figures)
    by = f", says {p.position.source}" if p.position.source else ""
    what = f"{_STANCES[p.position.stance]}{': ' + figures if figures else ''}"
    return f"{words.day(p.position.day)}  {what}{by}: \u201c{p.words}\u201d"


def figure(f: Figure) -> str:
    """ "7.5 % over 3 years", "$3 per hour"."""
    money = f.unit in ("$", "\u00a3", "\u20ac")
    amount = f"{f.low:,g}" if f.low == f.high else f"{f.low:,g} to {f.high:,g}"
    said = f"{f.unit}{amount}" if money else f"{amount} {f.unit}"
    return said + (f" per {f.per}" if f.per else "") + (f" over {f.over}" if f.over else "")
