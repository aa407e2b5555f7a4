"""onrecord sources: what outlets and speakers did with claims, and the documents."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.api import Record
from onrecord.cli.common import (
    console,
    dispute_option,
    echo_json,
    errors_as_sentences,
    json_option,
    opened,
    record_option,
    row,
    some_dispute,
    table,
)
from onrecord.export import words
from onrecord.record import queries
from onrecord.record import sources as counted
from onrecord.record.sources import LEAST, Share, SourceRow


@click.command(
    epilog="\b\nExamples:\n  onrecord sources\n  onrecord sources --json\n  onrecord sources --documents"
)
@record_option
@dispute_option
@json_option
@click.option("--documents", "only_documents", is_flag=True, help="List the documents instead.")
@errors_as_sentences
def sources(path: Path, dispute: str | None, as_json: bool, only_documents: bool) -> None:
    """Outlets and speakers: how often first, how often of their own knowledge, hedges dropped, claims borne out.

    Shares come with how many cases they rest on and a 95 % interval, from five cases on; --json names each case.
    People are not counted one by one. Or the documents, with --documents.
    """
    with opened(path) as record:
        chosen = some_dispute(record, dispute)
        if only_documents:
            _list_documents(record, chosen, as_json=as_json)
            return
        found = counted.rows(record.db, chosen)
        if as_json:
            echo_json(found, tuple[SourceRow, ...])
            return
        _list_sources(found)


def _list_sources(found: tuple[SourceRow, ...]) -> None:
    columns = (
        "documents",
        "tellings",
        "first",
        "own source",
        "hedge dropped",
        "corrections",
        "unnamed",
        "confirmed",
        "contradicted",
    )
    out = console()
    for kind, title in (("outlet", "outlet"), ("speaker", "speaker")):
        rows = [r for r in found if r.kind == kind]
        if not rows:
            continue
        made = table(title, *columns, right=columns)
        for r in rows:
            shares = (r.first, r.independent, r.dropped, r.corrected, r.unnamed, r.confirmed, r.contradicted)
            row(made, r.name, str(r.documents), str(r.tellings), *(_share(s) for s in shares))
        out.print(made)
    if found:
        out.print(
            f"A share as cases of all, per cent and 95 % interval; none from fewer than {LEAST}. First, own "
            "source, hedge dropped and corrections: of tellings of claims that several documents tell. Confirmed, "
            "contradicted: of the claims told first that are settled."
        )
    else:
        out.print("No document in the record could be read.")


def _share(s: Share) -> str:
    if s.value is None or s.low is None or s.high is None:
        return "-" if s.of == 0 else f"{s.n} of {s.of}"
    return f"{s.n} of {s.of}, {100 * s.value:.0f} % ({100 * s.low:.0f}-{100 * s.high:.0f})"


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
