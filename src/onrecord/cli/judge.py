"""onrecord judge: rule on a statement, an event, an effect or a document."""

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
    one_dispute,
    opened,
    print_json,
    record_option,
    user,
    within,
)
from onrecord.model import OnrecordError
from onrecord.record import review
from onrecord.record.rows import Variable

_SHOWN = 20


@click.command(
    epilog="""\b
Examples:
  onrecord judge                                            what to look at first
  onrecord judge 3f9ac01b --reject --why 'a headline'       this statement is none
  onrecord judge 3f9ac01b --set certainty=possible
  onrecord judge 3f9ac01b --set source='Ann Lee' --set authority=named
  onrecord judge 4 --set published=2023-09-15               document 4
  onrecord judgements --undo 12                             take one back
"""
)
@click.argument("target", required=False)
@record_option
@dispute_option
@json_option
@click.option("--accept", is_flag=True, help="It is right as it stands.")
@click.option("--reject", is_flag=True, help="There is no such statement, event or effect.")
@click.option(
    "--set", "settings", multiple=True, metavar="VARIABLE=VALUE", help="It has another value; repeatable."
)
@click.option("--who", default=user, help="Who says so (default: the user).")
@click.option("--why", default="", help="Why.")
@errors_as_sentences
def judge(
    target: str | None,
    path: Path,
    dispute: str | None,
    as_json: bool,
    accept: bool,
    reject: bool,
    settings: tuple[str, ...],
    who: str,
    why: str,
) -> None:
    """Rule on a row by its id, or on a document; without TARGET list what to look at first.

    The machine's row stays as it is; what you rule is laid over it everywhere, and can be taken back.
    """
    from onrecord import pipeline

    if accept and reject:
        raise OnrecordError("a row is accepted or rejected, not both")
    with opened(path) as record:
        if target is None:
            _queue(review.queue(record.db, one_dispute(record, dispute).id), as_json=as_json)
            return
        row = review.row(record.db, target)
        within(record, dispute, row.reference.number)
        rulings = [("accept", Variable.ROW, "")] if accept else [("reject", Variable.ROW, "")] if reject else []
        rulings += [("set", *_setting(row.kind, s)) for s in settings]
        when = datetime.now(UTC).replace(microsecond=0)
        for verdict, variable, value in rulings:
            number = review.rule(
                record.db, row, verdict=verdict, variable=variable, value=value, who=who, when=when, why=why
            )
            click.echo(f"judgement {number}: {row.reference} {verdict} {variable} {value}".rstrip())
        if rulings:
            pipeline.refresh(record.db)
        else:
            _show(review.row(record.db, target), as_json=as_json)


def _setting(kind: str, text: str) -> tuple[Variable, str]:
    name, equals, value = text.partition("=")
    known = {v.value.removeprefix(f"{kind}."): v for v in Variable if v.value.startswith(f"{kind}.")}
    if not equals or name.strip() not in known:
        listed = ", ".join(n for n in known if n not in ("statement", "event")) or "nothing"
        a = "an" if kind[0] in "aeiou" else "a"
        raise OnrecordError(f"cannot set {text!r}; write VARIABLE=VALUE, of {a} {kind} one can set: {listed}")
    return known[name.strip()], value


def _queue(found: tuple[review.Queued, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "id": q.id,
                    "kind": q.kind,
                    "reference": str(q.reference),
                    "words": q.words,
                    "score": q.score.value,
                    "why": [p.name for p in q.score.parts],
                }
                for q in found
            ]
        )
        return
    out = console()
    for q in found[:_SHOWN]:
        why = ", ".join(p.name for p in q.score.parts)
        line = Text().append(f"{q.id}  {q.reference}  ", style="dim").append(f"{q.kind} ({why})  ")
        out.print(line.append(f"\u201c{q.words}\u201d"))
    if len(found) > _SHOWN:
        out.print(f"\u2026 and {len(found) - _SHOWN} more: onrecord judge --json")
    if not found:
        out.print("Nothing waits for a look.")


def _show(row: review.Row, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "id": row.id,
                "kind": row.kind,
                "reference": str(row.reference),
                "words": row.words,
                "values": {v.value: value for v, value in row.values},
                "judgements": [r.number for r in row.rulings],
            }
        )
        return
    out = console()
    out.print(f"{row.reference}  {row.kind} {row.id}")
    out.print(f"\u201c{row.words}\u201d")
    for variable, value in row.values:
        out.print(f"  {variable.value.partition('.')[2]}: {value}")
    for r in row.rulings:
        j = r.judgement
        said = f"{j.verdict} {j.field} {j.value or ''}".rstrip()
        out.print(f"  judgement {r.number} ({r.fate.value}): {said} ({j.who}{f': {j.why}' if j.why else ''})")
