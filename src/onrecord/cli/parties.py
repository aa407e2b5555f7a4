"""onrecord parties: who is who, and what people say about it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
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
)
from onrecord.model import Judgement, OnrecordError, PartyKind, Side
from onrecord.record import findings, judgements
from onrecord.record import parties as who_is_who
from onrecord.record.corrections import Matter
from onrecord.record.parties import PartyRow
from onrecord.text.names import slug

_SIDES = [s.value for s in Side]
_KINDS = [k.value for k in PartyKind]
Pairs = Sequence[tuple[str, str]]
Ruling = tuple[Matter, str, str, bool]
"""What it is about, the id of the party, the value, and whether it holds."""


@click.command(
    epilog="""\b
Examples:
  onrecord parties                                        who is who, dispute by dispute
  onrecord parties --all                                  persons, outlets and third parties too
  onrecord parties --merge 'Crews Union' fcu              the first is the second
  onrecord parties --split 'Crews Union' fcu              it is not: undo a merger, or take a name out
  onrecord parties --rename fcu "Ferry Crews' Union (FCU)"
  onrecord parties --side 'Strait Ferries' employers --why 'runs the boats'
  onrecord parties --alias fcu 'the crews' --member-of 'Local 12' fcu
  onrecord judgements                                     what was ruled; --undo takes back
"""
)
@record_option
@dispute_option
@json_option
@click.option("--all", "everybody", is_flag=True, help="Also list persons, outlets and third parties.")
@click.option(
    "--merge", nargs=2, multiple=True, metavar="PARTY OTHER", help="PARTY is OTHER, and goes by its name."
)
@click.option(
    "--split", nargs=2, multiple=True, metavar="PARTY OTHER", help="PARTY, or the name PARTY, is not OTHER."
)
@click.option("--rename", nargs=2, multiple=True, metavar="PARTY NAME", help="Call a party by another name.")
@click.option("--side", "sided", nargs=2, multiple=True, metavar="PARTY SIDE", help=f"One of {', '.join(_SIDES)}.")
@click.option("--kind", "kinds", nargs=2, multiple=True, metavar="PARTY KIND", help=f"One of {', '.join(_KINDS)}.")
@click.option("--alias", "aliases", nargs=2, multiple=True, metavar="PARTY NAME", help="A party goes by a name.")
@click.option("--no-alias", nargs=2, multiple=True, metavar="PARTY NAME", help="A party does not go by a name.")
@click.option(
    "--member-of",
    nargs=2,
    multiple=True,
    metavar="PARTY BODY",
    help="A local, member or person belongs to a body.",
)
@click.option("--not-of", nargs=2, multiple=True, metavar="PARTY BODY", help="It does not.")
@click.option("--who", default=user, help="Who says so (default: the user).")
@click.option("--why", default="", help="Why.")
@errors_as_sentences
def parties(
    path: Path,
    dispute: str | None,
    as_json: bool,
    everybody: bool,
    merge: Pairs,
    split: Pairs,
    rename: Pairs,
    sided: Pairs,
    kinds: Pairs,
    aliases: Pairs,
    no_alias: Pairs,
    member_of: Pairs,
    not_of: Pairs,
    who: str,
    why: str,
) -> None:
    """Who is who: organisations and groups that the documents name, with sides, members, names and where they are
    met; and corrections.

    A correction is a judgement beside what was read: it holds everywhere, or in one dispute with --dispute, it
    survives reading again, and onrecord judgements --undo takes it back. PARTY is an id or a name.
    """
    with opened(path) as record:
        chosen = some_dispute(record, dispute)
        party = functools.partial(_id, record)
        asked: list[Ruling] = [(Matter.SAME, party(a), party(b), True) for a, b in merge]
        asked += [_parted(record, a, b) for a, b in split]
        asked += [(Matter.NAME, party(p), _name(n), True) for p, n in rename]
        asked += [(Matter.SIDE, party(p), _one_of(s, _SIDES, "side"), True) for p, s in sided]
        asked += [(Matter.KIND, party(p), _one_of(k, _KINDS, "kind"), True) for p, k in kinds]
        asked += [(Matter.ALIAS, party(p), _name(n), True) for p, n in aliases]
        asked += [(Matter.ALIAS, party(p), _name(n), False) for p, n in no_alias]
        asked += [(Matter.MEMBER_OF, party(p), party(b), True) for p, b in member_of]
        asked += [(Matter.MEMBER_OF, party(p), party(b), False) for p, b in not_of]
        if asked:
            _rule(record, asked, dispute=chosen, who=who, why=why)
        else:
            _list(record, chosen, everybody=everybody, as_json=as_json)


# ------------------------------------------------------------------------------- corrections


def _id(record: Record, name: str) -> str:
    return who_is_who.find_party(record.db, name).id


def _name(name: str) -> str:
    if not slug(name):
        raise OnrecordError(f"{name!r} is no name; use letters or digits")
    return " ".join(name.split())


def _one_of(value: str, known: Sequence[str], what: str) -> str:
    if value not in known:
        raise OnrecordError(f"{value!r} is no {what}; it has to be one of {', '.join(known)}")
    return value


def _parted(record: Record, name: str, other: str) -> Ruling:
    """What --split rules: that a merged party stands for itself, or that a name is a party of its own."""
    body = who_is_who.find_party(record.db, other)
    for c in judgements.corrections(record.db):
        if c.matter is Matter.SAME and slug(name) in (c.party, *who_is_who.names_of(record.db, c.party)):
            return Matter.SAME, c.party, c.value, False
    if slug(name) not in map(slug, body.aliases):
        names = ", ".join(body.aliases) or "none"
        raise OnrecordError(f"{name!r} is no other name of {body.name}; its other names are: {names}")
    return Matter.ALIAS, slug(name), _name(name), True


_SET = frozenset({Matter.NAME, Matter.SIDE, Matter.KIND})


def _rule(record: Record, asked: Sequence[Ruling], *, dispute: str | None, who: str, why: str) -> None:
    from onrecord import pipeline

    for matter, party, value, holds in asked:
        if matter in (Matter.SAME, Matter.MEMBER_OF) and holds and party == value:
            raise OnrecordError(f"{party} is one party already; name two")
    when = datetime.now(UTC).replace(microsecond=0)
    for matter, party, value, holds in asked:
        judgement = Judgement(
            target=party,
            verdict="reject" if not holds else "set" if matter in _SET else "accept",
            field=matter,
            value=value,
            who=who,
            when=when,
            why=why,
            dispute=dispute,
        )
        number = judgements.add(record.db, judgement)
        click.echo(f"judgement {number}: {said(judgement)}")
    pipeline.refresh(record.db)


_SAID = {
    Matter.SAME: ("is", "is not"),
    Matter.NAME: ("is called", "is not called"),
    Matter.SIDE: ("is on the side of", "is not on the side of"),
    Matter.KIND: ("is of the kind", "is not of the kind"),
    Matter.ALIAS: ("goes by the name", "does not go by the name"),
    Matter.MEMBER_OF: ("belongs to", "does not belong to"),
}


def said(judgement: Judgement) -> str:
    """A ruling on a party in words."""
    yes, no = _SAID[Matter(judgement.field or "")]
    where = f", in {judgement.dispute}" if judgement.dispute else ""
    return f"{judgement.target} {no if judgement.verdict == 'reject' else yes} {judgement.value}{where}"


# ------------------------------------------------------------------------------- the list

_ASIDE = frozenset({PartyKind.PERSON.value, PartyKind.OUTLET.value, PartyKind.THIRD_PARTY.value})
_HEADINGS = (
    ("workers", "Workers"),
    ("employers", "Employers"),
    ("neither", "Neither side"),
    (None, "Side unknown"),
)
_MET = 8  # documents named on a line


def _list(record: Record, chosen: str | None, *, everybody: bool, as_json: bool) -> None:
    disputes = [d for d in findings.disputes(record.db) if chosen is None or d.id == chosen]
    if as_json:
        rows = who_is_who.parties(record.db, chosen)
        print_json([{**{f: getattr(p, f) for f in p.__slots__}, "documents": p.documents} for p in rows])
        return
    out = console()
    shown = 0
    each: list[tuple[str | None, str]] = [(d.id, d.name) for d in disputes]
    for id, name in each or [(None, "")]:
        rows = who_is_who.parties(record.db, id)
        if id is not None:
            out.print(Text(id, style="bold").append(f"  {name}", style="not bold"))
        names = {p.id: p.name for p in rows}
        for side, heading in _HEADINGS:
            here = [p for p in rows if p.side == side and (everybody or p.kind not in _ASIDE)]
            if here:
                out.print(Text(f"  {heading}", style="bold"))
            for p in _bodies_first(here):
                out.print(_line(p, names))
                shown += 1
        rest = sum(p.kind in _ASIDE for p in rows)
        if rest and not everybody:
            out.print(
                Text(f"  and {rest} persons, outlets and third parties: onrecord parties --all", style="dim")
            )
    if not shown:
        out.print("No party was found in the documents.")


def _bodies_first(rows: Sequence[PartyRow]) -> list[PartyRow]:
    """Each body with those that belong to it after it."""
    ids = {p.id for p in rows}
    out: list[PartyRow] = []

    def put(party: PartyRow) -> None:
        if party not in out:
            out.append(party)
            for member in rows:
                if member.parent == party.id:
                    put(member)

    for party in rows:
        if party.parent not in ids:
            put(party)
    return out + [p for p in rows if p not in out]


def _line(p: PartyRow, names: dict[str, str]) -> Text:
    parts = [p.kind]
    if p.parent:
        parts.append(f"of {names.get(p.parent, p.parent)}")
    others = [f for f in p.found_as if f != p.id]
    if others:
        parts.append(f"found as {', '.join(others)}")
    met = " ".join(f"[{n}]" for n in p.met[:_MET]) + (
        f" and {len(p.met) - _MET} more" if len(p.met) > _MET else ""
    )
    line = Text("    ").append(p.name, style="bold").append(f"  {p.id}", style="dim")
    if p.aliases:
        line.append(f"  also {', '.join(p.aliases)}")
    return line.append(f"  ({', '.join(parts)})  {p.mentions} in {met}")
