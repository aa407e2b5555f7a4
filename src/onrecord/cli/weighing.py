"""What runs ahead of the record, what was told while silence was agreed, and who credits and blames whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

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
    table,
    write_picture,
)
from onrecord.export import report, words
from onrecord.export.pictures.ahead import ahead_picture
from onrecord.export.pictures.framing import framing_picture
from onrecord.model import Side
from onrecord.record import told
from onrecord.record.status import CitedAhead

picture_option = click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw it: a .svg or .png file."
)


@click.command(
    epilog="""\b
Examples:
  onrecord ahead                   each claim, farthest ahead first
  onrecord ahead --by outlet       the median of each outlet, and what came of it
  onrecord ahead --by day --picture ahead.svg
  onrecord ahead --headlines       headline against text
"""
)
@record_option
@dispute_option
@json_option
@click.option("--by", type=click.Choice(tuple(told.GROUPS)), help="Group the claims.")
@click.option("--gloom", is_flag=True, help="Claims that an end is far, too.")
@click.option("--headlines", is_flag=True, help="Headline against text, a document a line.")
@picture_option
@errors_as_sentences
def ahead(
    path: Path,
    dispute: str | None,
    as_json: bool,
    by: str | None,
    gloom: bool,
    headlines: bool,
    picture: Path | None,
) -> None:
    """Claims that a settlement or a turn is near, and how far each runs ahead of the base rate, in bits."""
    with opened(path) as record:
        chosen = one_dispute(record, dispute)
        claims = record.status(chosen.id).ahead
        if picture is not None:
            write_picture(picture, ahead_picture(claims, by=by or "outlet", name=chosen.name))
        if headlines:
            _print_headlines(told.headline_gaps(claims), as_json=as_json)
        elif by is not None:
            _print_groups(told.ahead_groups(claims, by), by, as_json=as_json)
        elif as_json:
            echo_json(claims, tuple[CitedAhead, ...])
        else:
            _print_claims([c for c in claims if c.direction > 0 or gloom])


def _print_claims(claims: Sequence[CitedAhead]) -> None:
    out = console()
    for c in claims:
        printing.print_line(report.ahead_line(c), out)
        for part in c.overreach.parts:
            out.print(Text(f"    {part.value:+.2f} bits  {part.name}: {part.why}", style="dim"))
    if not claims:
        out.print("No claim that a settlement or a turn is near was found.")


def _print_groups(groups: Sequence[told.AheadGroup], by: str, *, as_json: bool) -> None:
    if as_json:
        echo_json(groups, Sequence[told.AheadGroup])
        return
    columns = ["near", "far", "headlines", "with figure", "median bits", "came true", "Brier words", "Brier base"]
    made = table(by, *columns, right=columns)
    for g in groups:
        bits = "-" if g.bits is None else f"{g.bits:+.1f} ({g.low:.1f} to {g.high:.1f})"
        came = f"{g.came} of {g.known}" if g.known else "-"
        brier = ["-" if b is None else f"{b:.2f}" for b in (g.wording_brier, g.base_brier)]
        row(made, g.name, str(g.hope), str(g.gloom), str(g.titles), str(g.figures), bits, came, *brier)
    out = console()
    out.print(made)
    if groups:
        out.print(
            "Few claims tell little of whoever makes them; a claim ahead of the base rate may be well informed."
        )
    else:
        out.print("No claim that a settlement or a turn is near was found.")


def _print_headlines(gaps: Sequence[told.HeadlineGap], *, as_json: bool) -> None:
    if as_json:
        echo_json(gaps, Sequence[told.HeadlineGap])
        return
    out = console()
    for g in gaps:
        figure = f"{g.gap:+.1f} bits over the text" if g.gap is not None else g.why
        text = f"; text: \u201c{g.text.words}\u201d {g.text.reference}" if g.text else ""
        out.print(Text(f"\u201c{g.headline.words}\u201d {g.headline.reference}: {figure}{text}"))
    if not gaps:
        out.print("No headline claims that a settlement or a turn is near.")


@click.command(epilog="\b\nExamples:\n  onrecord leaks\n  onrecord leaks --json")
@record_option
@dispute_option
@json_option
@errors_as_sentences
def leaks(path: Path, dispute: str | None, as_json: bool) -> None:
    """When silence was agreed, by whose word, and what one side or unnamed insiders said of the talks then.

    It tells whose account a statement carries where the text says so; never who an unnamed source may be.
    """
    with opened(path) as record:
        chosen = one_dispute(record, dispute).id
        silences, found = told.blackouts(record.db, chosen), told.leaks(record.db, chosen)
    if as_json:
        from pydantic import TypeAdapter

        rows = (
            TypeAdapter(tuple[told.CitedBlackout, ...]).dump_python(silences, mode="json"),
            TypeAdapter(tuple[told.CitedLeak, ...]).dump_python(found, mode="json"),
        )
        print_json({"blackouts": rows[0], "leaks": rows[1]})
        return
    out = console()
    for s in silences:
        b = s.blackout
        since = (
            f"from {words.day(b.first)}"
            if b.first_known
            else f"told on {words.day(b.first)}, since when is not known"
        )
        until = f" to {words.day(b.last)}" if b.last else ""
        by = f", by the word of {', '.join(b.by)}" if b.by else ""
        out.print(Text(f"Silence agreed: {since}{until}{by} ({b.why}).  {' '.join(s.references)}", style="bold"))
    if not silences:
        out.print("No document with a date tells that silence was agreed.")
    for c in found:
        x = c.leak
        who = x.speaker or ("an unnamed source" if x.authority == "unnamed" else c.outlet or "the document")
        spin = " It is the party that calls a publication of the other side a leak." if x.spin else ""
        out.print(
            Text(f"{c.reference}  {words.day(x.day)}  ", style="dim")
            .append(who, style="bold")
            .append(f" ({x.why}): \u201c{c.words}\u201d{spin}")
        )


@click.command(
    epilog="\b\nExamples:\n  onrecord framing\n  onrecord framing --list\n  onrecord framing --picture who.png"
)
@record_option
@dispute_option
@json_option
@click.option("--list", "listed", is_flag=True, help="Each stretch, with who says so.")
@picture_option
@errors_as_sentences
def framing(path: Path, dispute: str | None, as_json: bool, listed: bool, picture: Path | None) -> None:
    """Who credits and who blames which side for what, and on whose word.

    It counts what is said of whom; it finds nobody at fault.
    """
    with opened(path) as record:
        chosen = one_dispute(record, dispute)
        rows = told.framing(record.db, chosen.id)
    counts = told.framing_counts(rows)
    if picture is not None:
        write_picture(picture, framing_picture(counts, name=chosen.name))
    if as_json:
        echo_json(rows, tuple[told.FramingRow, ...])
        return
    out = console()
    for c in counts:
        out.print(count_line(c))
    for a in told.attitudes(rows):
        if a.balance is not None:
            out.print(
                f"{a.teller}: balance towards the {a.side.value} {a.balance:+.2f} "
                f"({a.credits} credits, {a.blames} blames)."
            )
    expected = [r for r in rows if r.expectation]
    if expected:
        out.print("Where the blame is to lie if the talks fail:")
    for r in rows if listed else expected:
        out.print(_framing_line(r))
    ironic = sum(r.ironic for r in rows)
    if ironic:
        out.print(f"{ironic} meant ironically, or told as a side's story: the author's, counted for nobody.")
    if not rows:
        out.print("No credit and no blame was found in the documents.")


def count_line(c: told.FramingCount) -> str:
    """ "Movement is credited to the employers 11 times, 9 of them by unnamed or employer-side sources." """
    verb = "credited to" if c.tone > 0 else "blamed on"
    times = "once" if c.all == 1 else f"{c.all} times"
    near = c.unnamed + c.own_side if c.tone > 0 else c.unnamed + c.other_side
    side = c.side if c.tone > 0 else (Side.WORKERS if c.side is Side.EMPLOYERS else Side.EMPLOYERS)
    share = f", {near} of them by unnamed or {side.value.removesuffix('s')}-side sources" if near else ""
    return f"{c.about.value.capitalize()} is {verb} the {c.side.value} {times}{share}."


def _framing_line(r: told.FramingRow) -> Text:
    tone = "credits" if r.tone > 0 else "blames"
    marks = [m for m, on in (("ironic", r.ironic), ("expectation", r.expectation), ("headline", r.in_title)) if on]
    side = f", {r.by.value}' side" if r.by else ""
    return (
        Text(f"{r.reference}  ", style="dim")
        .append(r.teller, style="bold")
        .append(f" ({r.authority.value}{side}) {tone} the {r.side.value} ({r.about.value}): \u201c{r.words}\u201d")
        .append(f" [{', '.join(marks)}]" if marks else "", style="dim")
    )
