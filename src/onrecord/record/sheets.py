"""Sheets of adjudicated events: each row is held against the record, and becomes rulings or one sentence.

A row names an event by its id (that of what one document tells, or that of an entry of the timeline, which rules
on all that is told of it), or by document, type and day. Cells that say what the record says already rule nothing,
so a sheet that was exported and not changed changes nothing. Nothing is written here but by ``take``.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from onrecord.model import Event, OnrecordError, ReadArticle, TimelineEntry
from onrecord.record import findings, judgements, load, queries, review
from onrecord.record.judgements import Fate
from onrecord.record.rows import UNKNOWN, Variable, checked


class Field(StrEnum):
    """What a column of a sheet can hold."""

    ID = "id"
    DOCUMENT = "document"
    TYPE = "type"
    STATUS = "status"
    DAY = "day"
    LAST = "last"  # of several days
    VERDICT = "verdict"  # accept or reject
    WHO = "who"
    WHY = "why"


ALSO: Mapping[str, Field] = {"when": Field.DAY, "date": Field.DAY, "first": Field.DAY}
"""Names that a column can have beside those of the fields: those of the exports."""
_VARIABLES = {Field.TYPE: Variable.TYPE, Field.STATUS: Variable.STATUS, Field.DAY: Variable.WHEN}
# Days between the two origins from which spreadsheets count days: 1900-01-00 and 1904-01-01.
_EPOCH = timedelta(days=1462)
_INTERVAL = re.compile(r"([\d-]{4,10}|\.\.)/([\d-]{4,10}|\.\.)")
_NEAR = timedelta(days=31)  # of the day of publication, where the event itself has no day


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it stands in the sheet; ``number`` counts from 1 with the header, as spreadsheets do."""

    number: int
    cells: Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken, and in a sentence why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a row rules on one event."""

    number: int
    event: str
    verdict: str
    variable: Variable
    value: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sheet held against the record: what it rules, its bad rows, and how many rows say nothing new."""

    rulings: tuple[Ruling, ...]
    bad: tuple[Bad, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Target:
    """The events that a row is on, with the values against which its cells count as new."""

    events: tuple[Event, ...]
    values: Mapping[Field, str]
    type: str  # of what was named: an entry can follow from an event of another type


@dataclass(slots=True)
class _Known:
    """What rows can be on: the events as the machine has them, the entries, and the rulings in force."""

    events: dict[str, tuple[ReadArticle, Event]]
    entries: dict[str, TimelineEntry]
    ruled: dict[tuple[str, str], str]
    seen: dict[str, tuple[int, Mapping[Field, str]]] = field(default_factory=dict)
    made: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)


def weigh(db: sqlite3.Connection, rows: Iterable[SheetRow], *, dispute: str | None = None) -> Weighed:
    """Hold the rows of a sheet against the record, or against one dispute of it. Nothing is written."""
    numbers = queries.documents(db, dispute)
    known = _Known(
        events={e.id: (d, e) for d in load.read_articles(db, [n.id for n in numbers]) for e in d.reading.events},
        entries={
            e.id: e for d in findings.disputes(db) if dispute in (None, d.id) for e in queries.timeline(db, d.id)
        },
        ruled={
            (r.judgement.target, r.judgement.field or ""): r.judgement.value or r.judgement.verdict
            for r in judgements.ledger(db)
            if r.fate is Fate.STANDS
        },
    )
    rulings: list[Ruling] = []
    bad: list[Bad] = []
    unchanged = 0
    for row in rows:
        try:
            made = _rulings(db, row, known)
        except OnrecordError as error:
            bad.append(Bad(row.number, str(error)))
            continue
        rulings += made
        unchanged += not made
    return Weighed(tuple(rulings), tuple(bad), unchanged)


def take(db: sqlite3.Connection, weighed: Weighed, *, when: datetime) -> tuple[int, ...]:
    """Record the rulings and return the numbers of the judgements; the caller derives the findings anew."""
    return tuple(
        review.rule(
            db,
            review.row(db, r.event),
            verdict=r.verdict,
            variable=r.variable,
            value=r.value,
            who=r.who,
            when=when,
            why=r.why,
        )
        for r in weighed.rulings
    )


# ------------------------------------------------------------------------------- one row


def _rulings(db: sqlite3.Connection, row: SheetRow, known: _Known) -> list[Ruling]:
    """What a row rules. Raises OnrecordError with the sentence to report."""
    cells = {f: c.strip() for f, c in row.cells.items() if c.strip()}
    _days_in_order(cells)
    by_id = Field.ID in cells
    target = _by_id(cells[Field.ID], known) if by_id else _by_place(db, cells, known)
    named = cells.get(Field.ID, target.events[0].id if target.events else "")
    number, before = known.seen.setdefault(named, (row.number, cells))
    if before != cells:
        raise OnrecordError(f"it is on {named} again, as row {number} is; keep one of them")
    changes = _changes(cells, target, known)
    verdict = cells.get(Field.VERDICT, "" if by_id or changes else "accept").casefold()
    if verdict not in ("", "accept", "reject"):
        raise OnrecordError(f"verdict cannot be {verdict!r}; it is accept or reject, or empty")
    if verdict == "reject" and changes:
        raise OnrecordError("it rejects the event and changes it as well; do one of the two")
    wanted = [*([(verdict, Variable.ROW, "")] if verdict else []), *(("set", v, x) for v, x in changes)]
    return [
        Ruling(row.number, event.id, what, variable, value, cells.get(Field.WHO, ""), cells.get(Field.WHY, ""))
        for event in target.events
        for what, variable, value in wanted
        if _now(event, variable, known) != (value or what) and _alone(event, variable, value or what, row, known)
    ]


def _alone(event: Event, variable: Variable, value: str, row: SheetRow, known: _Known) -> bool:
    """Whether no row before ruled this. Raises OnrecordError when one ruled otherwise."""
    number, before = known.made.setdefault((event.id, variable), (row.number, value))
    if before != value:
        raise OnrecordError(f"it says {value} of {event.id}, and row {number} says {before}; keep one of them")
    return number == row.number


def _days_in_order(cells: dict[Field, str]) -> None:
    """Split an interval into its days, and check that they are days in order."""
    if Field.LAST not in cells and (told := _INTERVAL.fullmatch(cells.get(Field.DAY, ""))):
        cells[Field.DAY], cells[Field.LAST] = told.groups()
    first, last = _day(cells.get(Field.DAY, "")), _day(cells.get(Field.LAST, ""))
    if first is not None and last is not None and last < first:
        raise OnrecordError(f"it ends on {last}, before it begins on {first}")


def _day(told: str) -> date | None:
    """A day; None where there is none, or a month or a year alone. Raises OnrecordError."""
    if told in ("", "..", UNKNOWN) or (len(told) in (4, 7) and told.replace("-", "").isdigit()):
        return None
    try:
        if len(told) == 10 and "W" not in told:  # other forms of ISO 8601 would stand in the record as they are
            return date.fromisoformat(told)
    except ValueError:
        pass
    if told.replace(".", "", 1).isdigit():
        raise OnrecordError(f"{told!r} is a day as spreadsheets count them; format the column as 2023-09-20")
    raise OnrecordError(f"{told!r} is no day; write it as 2023-09-20")


def _by_id(id: str, known: _Known) -> _Target:
    if id in known.events:
        event = known.events[id][1]
        values = {f: _now(event, v, known) for f, v in _VARIABLES.items()}
        first, slash, last = values[Field.DAY].partition("/")
        values = {**values, Field.DAY: first, Field.LAST: last if slash else first}
        return _Target((event,), values, values[Field.TYPE])
    if id in known.entries:
        entry = known.entries[id]
        first_day, last_day = (d.isoformat() if d else UNKNOWN for d in (entry.first, entry.last))
        values = {Field.TYPE: entry.type, Field.STATUS: entry.status, Field.DAY: first_day, Field.LAST: last_day}
        return _Target(tuple(known.events[e][1] for e in entry.events if e in known.events), values, entry.type)
    raise OnrecordError(f"the record holds no event {id!r}; export the ids with: onrecord export --as events")


def _by_place(db: sqlite3.Connection, cells: Mapping[Field, str], known: _Known) -> _Target:
    if not cells.get(Field.DOCUMENT) or not cells.get(Field.TYPE):
        raise OnrecordError("it names no event; it needs an id, or a document, a type and a day")
    document = queries.find_document(db, cells[Field.DOCUMENT])
    type = checked(Variable.TYPE, cells[Field.TYPE])
    day = _day(cells.get(Field.DAY, ""))
    found = [
        e
        for d, e in known.events.values()
        if d.article.id == document.id and _now(e, Variable.TYPE, known) == type
    ]
    on = [e for e in found if day is None or _within(day, _now(e, Variable.WHEN, known))]
    if len(on) == 1:
        values = {Field.TYPE: type, Field.DAY: cells.get(Field.DAY, ""), Field.LAST: cells.get(Field.LAST, "")}
        return _Target((on[0],), {**values, Field.STATUS: _now(on[0], Variable.STATUS, known)}, type)
    where = f"document {document.number}" + (f" on {day}" if day else "")
    if on:
        raise OnrecordError(
            f"{where} tells several of {type}: {', '.join(sorted(e.id for e in on))}; name one by its id"
        )
    if day is not None:
        _no_slip(day, _Target(tuple(found), {}, type), known)
    raise OnrecordError(f"{where} tells of no {type}; see: onrecord export --as crosswalk")


def _changes(cells: Mapping[Field, str], target: _Target, known: _Known) -> list[tuple[Variable, str]]:
    """The variables that the cells give another value than the record has."""
    out = []
    for name, variable in _VARIABLES.items():
        if name not in cells or cells[name] == target.values[name]:
            continue
        value = checked(variable, cells[name])
        if variable is Variable.WHEN:
            _no_slip(_day(value), target, known)
        out.append((variable, value))
    days = [cells[f] for f in (Field.DAY, Field.LAST) if f in cells]
    moved = any(f in cells and cells[f] != target.values[f] for f in (Field.DAY, Field.LAST))
    other = next((e for e in target.events if _now(e, Variable.TYPE, known) != target.type), None)
    if out and other is not None:
        raise OnrecordError(f"it follows from {other.id}, which tells of {other.type}; rule on that one")
    if moved and len(set(days)) > 1:
        raise OnrecordError(f"a ruling sets one day, and this row has two ({' and '.join(days)}); leave one empty")
    return out


# ------------------------------------------------------------------------------- values and days


def _now(event: Event, variable: Variable, known: _Known) -> str:
    """The value of an event as ruled, else as the machine has it; "" where nobody ruled on the row as a whole."""
    machine = {Variable.TYPE: event.type, Variable.STATUS: event.status, Variable.WHEN: event.when or UNKNOWN}
    return known.ruled.get((event.id, variable), machine.get(variable, ""))


def _within(day: date, when: str) -> bool:
    """Whether a day lies in an ISO day, month, year or interval; never in one that is open or unknown."""
    first, slash, last = when.partition("/")
    last, told = last if slash else first, day.isoformat()
    return first <= told[: len(first)] and told[: len(last)] <= last


def _no_slip(day: date | None, target: _Target, known: _Known) -> None:
    """Raises OnrecordError when a day is as far off as the two origins of spreadsheets are from each other."""
    if day is None:
        return
    for event in target.events:
        when = _now(event, Variable.WHEN, known)
        published = known.events[event.id][0].reading.published.value
        if when == UNKNOWN and published is not None:
            when = f"{published - _NEAR}/{published + _NEAR}"
        if date.min + _EPOCH <= day <= date.max - _EPOCH and any(
            _within(day + by, when) for by in (_EPOCH, -_EPOCH)
        ):
            raise OnrecordError(_slip(day))


def _slip(day: date) -> str:
    return (
        f"{day} is 1,462 days from where the record has it: a sheet that counts days from 1904 was read as if "
        "it counted from 1900, or the other way round; convert the column"
    )
