"""onrecord statements: who says what, on whose authority, and how surely."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
from rich.text import Text

from onrecord.cli.common import (
    console,
    dispute_option,
    errors_as_sentences,
    json_option,
    opened,
    record_option,
    some_dispute,
)
from onrecord.export import words
from onrecord.model import Authority, Certainty, OnrecordError, Statement
from onrecord.record import proposals, queries
from onrecord.record.queries import Told


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement, who read it, and for a second reader's whether the machine has the same words."""

    told: Told
    reader: str
    second: bool = False
    agrees: bool = False

    @property
    def statement(self) -> Statement:
        assert isinstance(self.told.row, Statement)
        return self.told.row


@click.command(
    epilog="""\b
Examples:
  onrecord statements --authority unnamed
  onrecord statements --speaker guild --certainty possible
  onrecord statements --about deal --since 2024-06-01
  onrecord statements --second            what a second reader proposed, kept apart
"""
)
@record_option
@dispute_option
@json_option
@click.option("--speaker", metavar="TEXT", help="Whose name, or another name of the party, holds this text.")
@click.option("--authority", type=click.Choice([*(a.value for a in Authority), "unknown"]))
@click.option("--certainty", type=click.Choice([c.value for c in Certainty]))
@click.option("--about", metavar="TEXT", help="Whose words hold this text.")
@click.option("--since", metavar="YYYY-MM-DD", help="In documents published on or after this day.")
@click.option("--second", is_flag=True, help="What second readers proposed instead; nothing follows from it.")
@errors_as_sentences
def statements(
    path: Path,
    dispute: str | None,
    as_json: bool,
    speaker: str | None,
    authority: str | None,
    certainty: str | None,
    about: str | None,
    since: str | None,
    second: bool,
) -> None:
    """Who says what, on whose authority, and how surely."""
    day = _day(since)
    with opened(path) as record:
        chosen = some_dispute(record, dispute)
        if second:
            rows = [
                _Row(p.told, p.reader, second=True, agrees=p.agrees)
                for p in proposals.proposals(record.db, chosen)
            ]
        else:
            rows = [_Row(t, t.document.reading.reader) for t in queries.statements(record.db, chosen)]
        found = [
            r
            for r in rows
            if (not speaker or speaker.casefold() in _names(r))
            and (not authority or authority == (r.statement.authority or "unknown"))
            and (not certainty or certainty == r.statement.certainty)
            and (not about or about.casefold() in r.told.words.casefold())
        ]
        undated = [r for r in found if r.told.document.reading.published.value is None] if day else []
        if day is not None:
            found = [r for r in found if (d := r.told.document.reading.published.value) is not None and d >= day]
        if as_json:
            for r in found:
                click.echo(json.dumps(_json(r), ensure_ascii=False, default=str))
            return
        out = console()
        for r in found:
            out.print(_line(r))
        if not found:
            out.print("No second reader has proposed such a statement." if second else "No statement fits.")
        if undated:
            out.print(f"{len(undated)} more in documents without a date, which may be before or after {since}.")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OnrecordError(f"--since needs a day such as 2024-06-01, not {text!r}") from None


def _names(row: _Row) -> str:
    """The names of a speaker, a line each, as they are compared."""
    source = row.statement.source
    party = next((p for p in row.told.document.reading.parties if p.id == source.party), None)
    others = (party.name, *party.aliases) if party is not None else ()
    return "\n".join((source.name or "", *others)).casefold()


def _line(row: _Row) -> Text:
    s, t = row.statement, row.told
    who = words.source(s.source.name, s.authority)
    how = f"{s.authority or 'authority unknown'}, {s.certainty}" + (f", via {', '.join(s.via)}" if s.via else "")
    said = f"wording missing: \u201c{t.words}\u201d" if s.missing else f"\u201c{t.words}\u201d"
    line = Text().append(f"{t.reference}  ", style="dim").append(who, style="bold").append(f" ({how})  {said}")
    if row.second:
        line.append(f"  [{row.reader}{', found by onrecord too' if row.agrees else ''}]", style="dim")
    return line


def _json(row: _Row) -> dict[str, object]:
    s, t = row.statement, row.told
    found: dict[str, object] = {
        "id": s.id,
        "reference": str(t.reference),
        "document": s.document,
        "reader": row.reader,
        "source": s.source.name,
        "party": s.source.party,
        "authority": s.authority,
        "via": s.via,
        "certainty": s.certainty,
        "likelihood": [s.likelihood.low, s.likelihood.high] if s.likelihood else None,
        "horizon": s.likelihood.horizon if s.likelihood else None,
        "quote": s.quote,
        "missing": s.missing,
        "content": t.words,
        "spans": [[c.start, c.end] for c in s.content],
    }
    return found | ({"found_by_onrecord": row.agrees} if row.second else {})
