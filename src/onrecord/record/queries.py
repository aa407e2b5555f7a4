"""Named queries: all that the command line, the page and the exports read of a record."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.model import (
    Claim,
    Dispute,
    Effect,
    Event,
    Evidence,
    Forecast,
    OnrecordError,
    Overreach,
    ReadArticle,
    Span,
    StandingInterval,
    Statement,
    StrikeClock,
    TimelineEntry,
    leading_pair,
)
from onrecord.record import findings, load, ruled
from onrecord.record.rows import UNKNOWN, RowRuling, Variable

# ------------------------------------------------------------------------------- references


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """``[2:14]``: sentence 14 of document 2; ``sentence`` None: the document as a whole."""

    number: int
    sentence: int | None = None

    def __str__(self) -> str:
        return f"[{self.number}]" if self.sentence is None else f"[{self.number}:{self.sentence}]"


def parse_reference(text: str) -> Reference | None:
    """A reference as a person types it: ``2:14``, ``[2:14]``, ``2``; None when it is none."""
    match = re.fullmatch(r"\[?(\d{1,9})(?::(\d{1,9}))?\]?", text.strip())
    if match is None:
        return None
    return Reference(int(match[1]), int(match[2]) if match[2] else None)


class References:
    """Turns evidence into references; loads the sentences of a document once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[str, int] = {}
        self._sentences: dict[str, list[tuple[int, int, int]]] = {}

    def of(self, document: str, span: Span | None = None) -> Reference:
        """The reference of a stretch of a document (that of the sentence in which it begins)."""
        if document not in self._numbers:
            self._load(document)
        number = self._numbers[document]
        if span is None:
            return Reference(number)
        rows = self._sentences[document]
        at = bisect_right(rows, span.start, key=lambda r: r[0]) - 1
        return Reference(number, rows[at][2] if at >= 0 and span.start < rows[at][1] else None)

    def all_of(self, evidence: Iterable[Evidence]) -> tuple[Reference, ...]:
        """References of several stretches, each once, in order."""
        return tuple(
            sorted({self.of(e.document, e.span) for e in evidence}, key=lambda r: (r.number, r.sentence or 0))
        )

    def _load(self, document: str) -> None:
        row = self._db.execute("SELECT number FROM document WHERE id = ?", (document,)).fetchone()
        self._numbers[document] = row["number"]
        self._sentences[document] = [
            (r["start"], r["end"], r["n"])
            for r in self._db.execute(
                "SELECT s.start, s.end, s.n FROM sentence s JOIN current_document c ON c.article = s.article "
                "WHERE c.id = ? ORDER BY s.start",
                (document,),
            )
        ]


# ------------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document that counts. ``read`` is False when nothing could be read out of it."""

    number: int
    id: str
    name: str
    source: str
    title: str | None
    outlet: str | None
    published: date | None
    precision: str | None
    known_from: str | None
    earliest: date | None
    latest: date | None
    dated_why: str
    kind: str | None
    state: str | None
    read: bool
    first_run: int


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def documents(db: sqlite3.Connection, dispute: str | None = None) -> tuple[DocumentRow, ...]:
    """Documents by number; those of one dispute, or all."""
    rows = db.execute(
        "SELECT c.*, r.published_earliest, r.published_latest, r.published_why FROM current_document c "
        "LEFT JOIN reading r ON r.id = c.reading WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM assignment a "
        "WHERE a.document = c.id AND a.dispute = ?1 AND a.superseded_run IS NULL) ORDER BY c.number",
        (dispute,),
    )
    found = (
        DocumentRow(
            number=r["number"],
            id=r["id"],
            name=r["name"],
            source=r["source"],
            title=r["title"],
            outlet=r["outlet"],
            published=_day(r["published"]),
            precision=r["published_precision"],
            known_from=r["published_from"],
            earliest=_day(r["published_earliest"]),
            latest=_day(r["published_latest"]),
            dated_why=r["published_why"] or "",
            kind=r["kind"],
            state=r["state"],
            read=r["reading"] is not None,
            first_run=r["first_run"],
        )
        for r in rows
    )
    by_document = ruled.corrections(db).rows
    return tuple(_as_ruled(d, by_document.get(d.id, ())) for d in found)


def _as_ruled(d: DocumentRow, rulings: Iterable[RowRuling]) -> DocumentRow:
    """A document's row with what people ruled on its kind, date and state."""
    for r in rulings:
        value = None if r.value == UNKNOWN else r.value
        if r.variable is Variable.KIND:
            d = replace(d, kind=value)
        elif r.variable is Variable.STATE:
            d = replace(d, state=value)
        elif r.variable is Variable.PUBLISHED and value:
            why = f"judgement {r.number}"
            d = replace(d, published=_day(value), precision="day", known_from="given", dated_why=why)
    return d


def find_document(db: sqlite3.Connection, name: str) -> DocumentRow:
    """The one document that goes by a number, reference, id, name, path or URL.

    Raises OnrecordError when there is none or more than one.
    """
    reference = parse_reference(name)
    rows = [
        d
        for d in documents(db)
        if (d.number == reference.number if reference else name in (d.id, d.name, d.source))
    ]
    if not rows:
        ids = {
            r["id"]
            for r in db.execute(
                "SELECT d.id FROM document d LEFT JOIN sighting g ON g.document = d.id "
                "LEFT JOIN article a ON a.document = d.id WHERE g.source = ?1 OR a.url = ?1 OR d.given_url = ?1",
                (name,),
            )
        }
        rows = [d for d in documents(db) if d.id in ids]
    if len(rows) == 1:
        return rows[0]
    if rows:
        numbers = ", ".join(str(d.number) for d in rows)
        raise OnrecordError(f"{name!r} is the name of several documents: {numbers}; name one by its number")
    raise OnrecordError(f"the record holds no document {name!r}; list them with: onrecord sources --documents")


# ------------------------------------------------------------------------------- disputes


def _plain(name: str) -> str:
    """A name as an id writes it: "Port Strike" and "port-strike" are one."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def choose_dispute(db: sqlite3.Connection, name: str | None) -> Dispute | None:
    """The dispute a person names by id, unambiguous part of the id, or name; without a name the only one.

    None when nothing is named and there is none or more than one. Raises OnrecordError when a name fits none or
    several.
    """
    known = findings.disputes(db)
    if name is None:
        return known[0] if len(known) == 1 else None
    wanted = _plain(name)
    exact = [d for d in known if wanted in (_plain(d.id), _plain(d.name))]
    fitting = exact or [d for d in known if wanted in _plain(d.id) or wanted in _plain(d.name)]
    if len(fitting) == 1:
        return fitting[0]
    ids = ", ".join(d.id for d in (fitting or known)) or "none"
    what = "several disputes" if fitting else "no dispute"
    raise OnrecordError(f"{name!r} names {what} of this record; it holds: {ids}")


# ------------------------------------------------------------------------------- findings


def standing(db: sqlite3.Connection, dispute: str) -> tuple[StandingInterval, ...]:
    """The states of the talks, of the leading pair of parties where there are several."""
    return leading_pair(standings(db, dispute))


def standings(db: sqlite3.Connection, dispute: str) -> tuple[StandingInterval, ...]:
    """The states of the talks of all pairs of parties, the leading one first."""
    return tuple(b for b in findings.bodies(db, StandingInterval, dispute) if isinstance(b, StandingInterval))


def timeline(
    db: sqlite3.Connection, dispute: str, *, runs: Iterable[int] | None = None
) -> tuple[TimelineEntry, ...]:
    found = findings.bodies(db, TimelineEntry, dispute, runs=runs)
    return tuple(b for b in found if isinstance(b, TimelineEntry))


def claims(db: sqlite3.Connection, dispute: str) -> tuple[Claim, ...]:
    return tuple(b for b in findings.bodies(db, Claim, dispute) if isinstance(b, Claim))


def overreach(db: sqlite3.Connection, dispute: str) -> tuple[Overreach, ...]:
    return tuple(b for b in findings.bodies(db, Overreach, dispute) if isinstance(b, Overreach))


def clock(db: sqlite3.Connection, dispute: str) -> StrikeClock | None:
    found = [b for b in findings.bodies(db, StrikeClock, dispute) if isinstance(b, StrikeClock)]
    return found[0] if found else None


def forecast(db: sqlite3.Connection, dispute: str) -> Forecast | None:
    found = [b for b in findings.bodies(db, Forecast, dispute) if isinstance(b, Forecast)]
    return found[0] if found else None


# ------------------------------------------------------------------------------- what documents say


def _documents_of(db: sqlite3.Connection, dispute: str | None) -> Sequence[str] | None:
    return None if dispute is None else [d.id for d in documents(db, dispute)]


def read_articles(db: sqlite3.Connection, dispute: str | None = None) -> tuple[ReadArticle, ...]:
    """Articles with their readings as people ruled on them, by number of document."""
    order = {d.id: d.number for d in documents(db, dispute)}
    found = load.read_articles(db, _documents_of(db, dispute))
    return tuple(sorted(ruled.through(db, found, dispute=dispute), key=lambda d: order[d.article.id]))


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, event or effect with its document and its words."""

    reference: Reference
    document: ReadArticle
    row: Statement | Event | Effect
    words: str


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The characters of several spans, on one line, with an ellipsis between spans."""
    return " \u2026 ".join(" ".join(s.of(text).split()) for s in spans)


def statements(db: sqlite3.Connection, dispute: str | None = None) -> tuple[Told, ...]:
    """All statements in force, in the order of documents and text."""
    references = References(db)
    return tuple(
        Told(references.of(d.article.id, s.content[0]), d, s, words_of(d.article.text, s.content))
        for d in read_articles(db, dispute)
        for s in d.reading.statements
    )


def effects(db: sqlite3.Connection, dispute: str | None = None) -> tuple[Told, ...]:
    """All effects in force, in the order of documents and text."""
    references = References(db)
    return tuple(
        Told(references.of(d.article.id, e.evidence), d, e, words_of(d.article.text, [e.evidence]))
        for d in read_articles(db, dispute)
        for e in d.reading.effects
    )


# ------------------------------------------------------------------------------- problems and runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """An open problem; ``reference`` is that of the document, None when nothing was captured."""

    reference: Reference | None
    source: str
    stage: str
    message: str
    hint: str
    first_run: int
    last_run: int


def unassigned(db: sqlite3.Connection) -> tuple[int, ...]:
    """The numbers of the documents that were read and belong to no dispute."""
    rows = db.execute(
        "SELECT number FROM current_document c WHERE reading IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM assignment a WHERE a.document = c.id AND a.superseded_run IS NULL) ORDER BY number"
    )
    return tuple(r["number"] for r in rows)


def problems(db: sqlite3.Connection) -> tuple[ProblemRow, ...]:
    """Open problems, by document and source."""
    rows = db.execute(
        "SELECT p.*, c.source AS seen_at FROM open_problem p LEFT JOIN current_document c ON c.id = p.document "
        "ORDER BY p.number IS NULL, p.number, p.source, p.id"
    )
    return tuple(
        ProblemRow(
            reference=Reference(r["number"]) if r["number"] else None,
            source=r["seen_at"] or r["source"],
            stage=r["stage"],
            message=r["message"],
            hint=r["hint"],
            first_run=r["first_run"],
            last_run=r["last_run"],
        )
        for r in rows
    )


@dataclass(frozen=True, slots=True)
class RunRow:
    id: int
    started_at: str
    finished_at: str | None
    reader: str


def runs(db: sqlite3.Connection) -> tuple[RunRow, ...]:
    """All runs, oldest first."""
    return tuple(
        RunRow(r["id"], r["started_at"], r["finished_at"], r["reader"])
        for r in db.execute("SELECT * FROM run ORDER BY id")
    )
