"""Commands on claims: which there are, who told each after whom and why they are one, and rulings on links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.text import Text

from onrecord.api import Record
from onrecord.cli.common import (
    console,
    dispute_option,
    echo_json,
    errors_as_sentences,
    json_option,
    one_dispute,
    opened,
    record_option,
    some_dispute,
    user,
)
from onrecord.cli.printing import print_line
from onrecord.export import report, words
from onrecord.export.pictures.claims import tree
from onrecord.export.report import Line
from onrecord.model import Evidence, Fate, Hedge, OnrecordError, Relation
from onrecord.record import judgements, queries, revisions, tellings
from onrecord.record.revisions import Withdrawn
from onrecord.record.status import CitedAhead
from onrecord.record.tellings import ClaimRow, ClaimView, LinkRow, TellingRow

# ------------------------------------------------------------------------------- the list


@click.command(
    epilog="""\b
Examples:
  onrecord claims
  onrecord claims --contested
  onrecord claims --single-origin --since 2024-06-01
  onrecord claims --ahead
  onrecord claims --withdrawn
"""
)
@record_option
@dispute_option
@json_option
@click.option("--ahead", "only_ahead", is_flag=True, help="Only claims that a settlement or a turn is near.")
@click.option("--contested", is_flag=True, help="Only those that one tells and another denies.")
@click.option("--single-origin", is_flag=True, help="Only those of several outlets that lead to one origin.")
@click.option("--withdrawn", "only_withdrawn", is_flag=True, help="Only those that a later revision says no more.")
@click.option("--since", metavar="YYYY-MM-DD", help="Only those that were first told on or after this day.")
@errors_as_sentences
def claims(
    path: Path,
    dispute: str | None,
    as_json: bool,
    only_ahead: bool,
    contested: bool,
    single_origin: bool,
    only_withdrawn: bool,
    since: str | None,
) -> None:
    """Claims that several documents tell, with their origins and outlets; claims that run ahead of the record; and
    claims that a page made and, in a later revision, makes no more.

    The origins of a claim are those who told it of their own knowledge, its outlets all that pass it on.
    """
    with opened(path) as record:
        taken_back = _withdrawn(record, dispute, since=_day(since))
        if only_withdrawn and as_json:
            echo_json(taken_back, tuple[Withdrawn, ...])
            return
        if only_withdrawn:
            _print_withdrawn(taken_back)
            if not taken_back:
                console().print("No such claim was found.")
            return
        if only_ahead:
            _ahead(record, dispute, since=_day(since), as_json=as_json)
            return
        first = _day(since)
        found = [
            r
            for r in tellings.rows(record.db, some_dispute(record, dispute))
            if len({t.document for t in r.claim.tellings}) > 1
            and (not contested or r.contested)
            and (not single_origin or (r.outlets > 1 and r.origins == 1))
            and (first is None or (r.first is not None and r.first >= first))
        ]
        if as_json:
            echo_json(tuple(found), tuple[ClaimRow, ...])
            return
        out = console()
        for row in found:
            print_line(_claim_line(row), out)
        marked = () if contested or single_origin else taken_back
        _print_withdrawn(marked)
        if not found and not marked:
            out.print("No such claim was found.")


def _withdrawn(record: Record, dispute: str | None, *, since: date | None) -> tuple[Withdrawn, ...]:
    numbers = {d.number for d in queries.documents(record.db, some_dispute(record, dispute))}
    from onrecord.weighing.revising import gone  # what it compares with loads the parser's library

    found = revisions.withdrawn(record.db, numbers, gone)
    return tuple(w for w in found if since is None or w.since.date() >= since)


def _print_withdrawn(found: tuple[Withdrawn, ...]) -> None:
    for w in found:
        who = ", ".join(x for x in (w.source, w.outlet) if x)
        said = f"withdrawn  “{_short(w.words)}”  {who}, not in the revision seen {w.since:%Y-%m-%d %H:%M} UTC"
        print_line(Line(said, (w.reference,)), console())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OnrecordError(f"{text!r} is no day; write it as YYYY-MM-DD") from None


def _ahead(record: Record, dispute: str | None, *, since: date | None, as_json: bool) -> None:
    found = record.status(one_dispute(record, dispute).id)
    if as_json:
        echo_json(found.ahead, tuple[CitedAhead, ...])
        return
    out = console()
    shown = [
        line
        for line, a in zip(report.ahead_lines(found), report.shown_ahead(found), strict=True)
        if since is None or (a.day is not None and a.day >= since)
    ]
    for line in shown:
        print_line(line, out)
    if not shown:
        out.print("No such claim was found.")


def _claim_line(row: ClaimRow) -> Line:
    c = row.claim
    said = [_origins(row), words.count(row.outlets, "outlet")]
    said.append(words.count(len(c.tellings), "telling"))
    if row.first:
        said.append(f"first {words.day(row.first)}")
    if row.contested:
        said.append("contested")
    if c.fate is not Fate.OPEN:
        said.append(c.fate.value)
    return Line(f"{c.id}  “{_short(c.text)}”  {', '.join(said)}", row.references)


def _origins(row: ClaimRow) -> str:
    if row.origins == 0:
        return "no origin shown"
    outside = f" ({row.claim.origin_outside}, outside the record)" if row.claim.origin_outside else ""
    return f"{row.origins} origin{'' if row.origins == 1 else 's'}{outside}"


def _short(text: str, most: int = 120) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + " …"


# ------------------------------------------------------------------------------- one claim


@click.command(
    epilog="""\b
Examples:
  onrecord claim 3fa2                     a part of the id is enough, if no other begins so
  onrecord claim 3fa2 --why               each link with the part of each feature
  onrecord claim 3fa2 --as svg > tree.svg
"""
)
@click.argument("claim_id", metavar="ID")
@record_option
@dispute_option
@json_option
@click.option("--why", is_flag=True, help="List the links and what each feature adds to them.")
@click.option("--as", "form", type=click.Choice(["text", "svg"]), default="text", show_default=True)
@errors_as_sentences
def claim(claim_id: str, path: Path, dispute: str | None, as_json: bool, why: bool, form: str) -> None:
    """One claim: who told it first, who copied or cited whom, what changed on the way, and what became of it."""
    with opened(path) as record:
        row = tellings.find(record.db, claim_id, some_dispute(record, dispute))
        found = tellings.view(record.db, row)
        if as_json:
            echo_json(found, ClaimView)
        elif form == "svg":
            click.echo(tree(found), nl=False)
        else:
            _show(found, why=why)


def _show(found: ClaimView, *, why: bool) -> None:
    row, out = found.row, console()
    out.print(Text(f"“{row.claim.text}”", style="bold"))
    outlets = words.count(row.outlets, "outlet")
    out.print(
        f"Claim {row.claim.id} of {row.dispute}: {_origins(row)}, {outlets}, "
        f"{words.count(len(found.tellings), 'telling')}."
    )
    because = f": {row.claim.fate_why}" if row.claim.fate_why else ""
    since = f" ({words.day(row.claim.fate_on)})" if row.claim.fate_on else ""
    out.print(f"Fate: {row.claim.fate.value}{because}{since}.")
    out.print()
    for line in _tree_lines(found):
        out.print(line, soft_wrap=True)
    if why:
        out.print()
        out.print(Text("WHY THESE ARE ONE CLAIM", style="bold cyan"))
        for link in found.links:
            _show_link(link, "made by a person" if link.ruled else f"{link.score.value:.2f}")
        for link in found.cut:
            _show_link(link, "cut by a person")
        if not found.links:
            out.print("  one telling alone; nothing is linked")


def _show_link(link: LinkRow, how: str) -> None:
    out = console()
    alike = f", and {link.alike} pairs in the same words" if link.alike else ""
    out.print(f"  {link.a} {link.b}  {how}{alike}")
    for part in link.score.parts:
        amount = "" if link.ruled else f"{part.value:+.2f}  "
        out.print(f"      {amount}{part.name}: {part.why}")


def _tree_lines(found: ClaimView) -> Iterator[Text]:
    """The tree of origins: under each telling those that copy or cite it; under an outlet outside the record those
    that cite it."""
    outside = sorted({t.outside for t in found.tellings if t.outside})
    for name in outside:
        yield Text(f"{name}, outside the record", style="italic")
        for n, t in enumerate(found.tellings):
            if t.outside == name:
                yield from _branch(found, n, 1)
    for n, t in enumerate(found.tellings):
        if t.after is None and t.outside is None:
            yield from _branch(found, n, 0)


def _branch(found: ClaimView, n: int, depth: int) -> Iterator[Text]:
    yield _telling_line(n, found.tellings[n], depth)
    for m, t in enumerate(found.tellings):
        if t.after == n:
            yield from _branch(found, m, depth + 1)


def _telling_line(n: int, t: TellingRow, depth: int) -> Text:
    lead = "   " * (depth - 1) + "└─ " if depth else ""
    who = t.outlet or t.title
    said = f", {t.speaker}" if t.speaker else ""
    line = Text(f"{lead}{n + 1}. ").append(t.reference, style="dim").append(f" {words.day(t.day)}, {who}{said}: ")
    return line.append(", ".join(_how(t)), style="bold").append(f"  “{_short(t.words)}”")


def _how(t: TellingRow) -> list[str]:
    """How a telling stands to the others, in words."""
    if t.telling.origin:
        return ["origin"]
    found = [_RELATIONS[t.telling.relation]]
    if t.telling.hedge not in (Hedge.KEPT, Hedge.ORIGIN):
        found.append("contested" if t.telling.hedge is Hedge.CONTESTED else f"hedge {t.telling.hedge.value}")
    return [*found, *(c.why for c in t.telling.changes)]


_RELATIONS = {
    Relation.COPIED: "copied",
    Relation.CITES: "cites",
    Relation.INDEPENDENT: "a source of its own",
    Relation.UNKNOWN: "no source shown",
}


# ------------------------------------------------------------------------------- rulings


_WHO = click.option("--who", default=user, help="Who says so (default: the user).")
_WHY = click.option("--why", default="", help="Why.")
_UNDO = click.option("--undo", is_flag=True, help="Take the ruling on these two back.")


@click.command(
    epilog="""\b
Examples:
  onrecord link 2:14 5:3            the telling in sentence 14 of document 2 and that in 5:3 are one claim
  onrecord link 3fa2 77b0           the first tellings of two claims
  onrecord link 3fa2 77b0.4 --undo  take it back (the fourth telling of the second claim)
"""
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@record_option
@dispute_option
@_WHO
@_WHY
@_UNDO
@errors_as_sentences
def link(a: str, b: str, path: Path, dispute: str | None, who: str, why: str, undo: bool) -> None:
    """Say that two tellings tell the same claim.

    It holds for all tellings in the same words, and for later readings.
    """
    _rule(path, dispute, a, b, same=None if undo else True, who=who, why=why)


@click.command(
    epilog="""\b
Examples:
  onrecord cut 3fa2.1 3fa2.4        the first and the fourth telling of a claim are not the same
  onrecord cut 2:14 5:3 --why 'another depot'
  onrecord cut 2:14 5:3 --undo
"""
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@record_option
@dispute_option
@_WHO
@_WHY
@_UNDO
@errors_as_sentences
def cut(a: str, b: str, path: Path, dispute: str | None, who: str, why: str, undo: bool) -> None:
    """Say that two tellings do not tell the same claim.

    It holds for all tellings in the same words, and for later readings.
    """
    _rule(path, dispute, a, b, same=None if undo else False, who=who, why=why)


def _rule(path: Path, dispute: str | None, a: str, b: str, *, same: bool | None, who: str, why: str) -> None:
    """Rule on two tellings; ``same`` None takes the ruling on them back."""
    from onrecord import pipeline

    with opened(path) as record:
        chosen = one_dispute(record, dispute).id
        one, other = (tellings.telling(record.db, name, chosen) for name in (a, b))
        if one == other:
            raise OnrecordError(f"{a} and {b} are one and the same telling; name two")
        number = judgements.link_between(record.db, one, other)
        when = datetime.now(UTC).replace(microsecond=0)
        if same is not None:
            if tellings.same_words(record.db, chosen, one, other):
                raise OnrecordError(f"{a} and {b} say it in the same words, and what does is always one claim")
            judgements.add_link(record.db, one, other, same=same, who=who, when=when, why=why)
        elif number is None:
            raise OnrecordError(f"there is no ruling on {a} and {b} to take back; see: onrecord judgements")
        else:
            judgements.take_back(record.db, number, who=who, when=when, why=why)
        pipeline.refresh(record.db)
        _report(record, chosen, one, other, cut=same is False)


def _report(record: Record, dispute: str, one: Evidence, other: Evidence, *, cut: bool) -> None:
    """Say what came of it, since a cut pair may still hang together through others."""
    claims = [tellings.claim_of(record.db, dispute, e) for e in (one, other)]
    ids = [c.id if c else None for c in claims]
    together = ids[0] is not None and ids[0] == ids[1]
    if cut and together:
        click.echo(
            f"Cut; the two still hang together through other tellings of {ids[0]}, which can be cut as well: "
            f"onrecord claim {ids[0]} --why"
        )
    elif together:
        click.echo(f"The two are told as one claim: {ids[0]}")
    else:
        click.echo(f"The two are apart: {' and '.join(i or 'told once' for i in ids)}")
