"""Statements, sources, parties, effects, outlook, problems, search."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.export import words
from onrecord.export.report import Line
from onrecord.model import Authority, Certainty
from onrecord.record import pages, passages, queries
from onrecord.record import parties as who_is_who
from onrecord.record.pages import StatementRow, Wanted
from onrecord.record.queries import ProblemRow, Reference
from onrecord.record.status import CitedEffect
from onrecord.web.pages.base import PAGE_ROWS, Asked, Page, Turn, tables_of, turn
from onrecord.web.pages.claims import Lines, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements(Page):
    rows: tuple[StatementRow, ...]
    chosen: Wanted
    turn: Turn
    authorities: tuple[str, ...] = (*(a.value for a in Authority), "unknown")
    certainties: tuple[str, ...] = tuple(c.value for c in Certainty)


def statements(asked: Asked) -> Statements:
    """Who says what, filtered as on the command line."""
    dispute = asked.dispute
    wanted = Wanted(
        dispute=dispute.id,
        speaker=asked.text("speaker"),
        about=asked.text("about"),
        authority=asked.text("authority"),
        certainty=asked.text("certainty"),
    )
    found = pages.statement_page(asked.db, wanted, limit=PAGE_ROWS + 1, offset=(asked.page - 1) * PAGE_ROWS)
    return Statements(
        template="statements.html",
        title="Statements",
        dispute=dispute,
        here="statements",
        data=tables_of(dispute, "statements"),
        rows=found[:PAGE_ROWS],
        chosen=wanted,
        turn=turn(asked, len(found) > PAGE_ROWS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Page):
    """A plain table; the first column is text, the others are as ``right`` says."""

    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[str]
    turn: Turn


def sources(asked: Asked) -> Table:
    """Outlets, and on whose authority what they tell stands."""
    dispute = asked.dispute
    columns = ("documents", "statements", *(a.value for a in Authority), "unknown")
    counts = asked.room.kept(asked.db, f"outlets {dispute.id}", lambda: pages.outlets(asked.db, dispute.id))
    start = (asked.page - 1) * PAGE_ROWS
    return Table(
        template="table.html",
        title="Sources",
        dispute=dispute,
        here="sources",
        data=tables_of(dispute, "documents"),
        intro="Each outlet's documents, and on whose authority the statements in them stand. Counts, not ratings.",
        columns=("outlet", *columns),
        rows=tuple(
            (c.outlet or "(outlet not known)", *(str(dict(c.counts).get(name, 0)) for name in columns))
            for c in counts[start : start + PAGE_ROWS]
        ),
        right=frozenset(columns),
        turn=turn(asked, start + PAGE_ROWS < len(counts)),
    )


def parties(asked: Asked) -> Table:
    """The parties, by how many documents name them."""
    dispute = asked.dispute
    found = asked.room.kept(asked.db, f"parties {dispute.id}", lambda: who_is_who.parties(asked.db, dispute.id))
    start = (asked.page - 1) * PAGE_ROWS
    names = {p.id: p.name for p in found}
    return Table(
        template="table.html",
        title="Parties",
        dispute=dispute,
        here="parties",
        data=tables_of(dispute, "parties"),
        intro="Who is named, on which side, and of which body.",
        columns=("name", "kind", "side", "of", "documents", "mentions"),
        rows=tuple(
            (
                p.name,
                p.kind.replace("_", " "),
                p.side or "",
                names.get(p.parent or "", p.parent or ""),
                str(p.documents),
                str(p.mentions),
            )
            for p in found[start : start + PAGE_ROWS]
        ),
        right=frozenset(("documents", "mentions")),
        turn=turn(asked, start + PAGE_ROWS < len(found)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects(Page):
    effects: tuple[CitedEffect, ...]
    turn: Turn


def effects(asked: Asked) -> Effects:
    """Who else bears the cost."""
    s = asked.report
    start = (asked.page - 1) * PAGE_ROWS
    return Effects(
        template="effects.html",
        title="Who pays",
        dispute=s.dispute,
        here="effects",
        data=tables_of(s.dispute, "effects"),
        effects=s.effects[start : start + PAGE_ROWS],
        turn=turn(asked, start + PAGE_ROWS < len(s.effects)),
    )


def outlook(asked: Asked) -> Lines:
    """The base-rate chance that the stoppage ends."""
    s = asked.report
    f = s.forecast
    told = (
        [
            Line(f"As of {words.day(f.as_of)}, {words.days(f.elapsed)} elapsed, the stoppage ends"),
            *(Line(words.chance(c)) for c in f.chances),
            Line(f"Class: {f.reference} ({f.cases} strikes). 95 % intervals."),
        ]
        if f
        else [Line("No forecast: " + ("the strike is over." if s.clock else "no document says when it began."))]
    )
    return lines(
        asked,
        told,
        title="Outlook",
        here="outlook",
        intro="How often stoppages that have lasted this long end within some days. A deal comes earlier, a vote "
        "later.",
        table="standing",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems(Page):
    problems: tuple[ProblemRow, ...]
    turn: Turn


def problems(asked: Asked) -> Problems:
    """What could not be read or interpreted."""
    found = queries.problems(asked.db)
    start = (asked.page - 1) * PAGE_ROWS
    return Problems(
        template="problems.html",
        title="Problems",
        problems=found[start : start + PAGE_ROWS],
        turn=turn(asked, start + PAGE_ROWS < len(found)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Page):
    query: str
    found: tuple[tuple[Reference, str], ...]


def search(asked: Asked) -> Search:
    """Sentences that hold all the words."""
    query = asked.text("q")
    dispute = asked.dispute if asked.text("dispute") else None
    return Search(
        template="search.html",
        title=f"Search: {query}" if query else "Search",
        dispute=dispute,
        query=query,
        found=passages.search(asked.db, query, dispute=dispute.id if dispute else None, limit=PAGE_ROWS),
    )
