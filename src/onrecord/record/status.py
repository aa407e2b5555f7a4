"""Where the talks stand: all that the report on one dispute shows, gathered once for people and for machines."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, TypeVar

from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    Dispute,
    Effect,
    Event,
    EventType,
    Evidence,
    Finding,
    Forecast,
    Likelihood,
    Overreach,
    ReadArticle,
    Side,
    StandingInterval,
    StrikeClock,
    TimelineEntry,
    leading_pair,
)
from onrecord.record import append, findings, prospects, queries
from onrecord.record.queries import DocumentRow, ProblemRow, References, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedState:
    """A state of the talks, with references. ``age`` is the number of days since it was last borne out, ``stale``
    whether that is long for such a state; both as of the day of the report."""

    interval: StandingInterval
    references: tuple[str, ...]
    words: str
    age: int | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEntry:
    """An entry of the chronology; ``new`` when the last run added it; ``told`` the earliest day on which one of
    its documents was published, None when all are undated. ``size`` and ``place`` in the words of a document;
    ``waiting``: who waits for whom in a standstill, by name."""

    entry: TimelineEntry
    references: tuple[str, ...]
    words: str
    new: bool
    told: date | None
    size: str | None
    place: str | None
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAhead:
    """A claim that a settlement or a turn is near, with who makes it and how far it runs ahead. ``conveyed_bits``
    is the middle, in log2 odds, of what its wording alone conveys; None where that is nothing."""

    overreach: Overreach
    reference: str
    words: str
    source: str | None
    authority: Authority | None
    certainty: Certainty | None
    outlet: str | None
    day: date | None
    in_title: bool
    direction: int
    side: Side | None
    conveyed_bits: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedStatement:
    """A statement, in words."""

    id: str
    reference: str
    source: str | None
    authority: Authority | None
    certainty: Certainty
    via: tuple[str, ...]
    words: str
    missing: bool
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEffect:
    effect: Effect
    reference: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedClaim:
    claim: Claim
    references: tuple[str, ...]
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedClock:
    clock: StrikeClock
    references: tuple[str, ...]
    contradicted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEmbed:
    """Something that a document announces and does not hold."""

    reference: str
    what: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The report on one dispute. ``as_of`` is the latest day of publication among its documents, or the day asked
    for; ``new`` are the documents that the last run added, when there was a run before. ``states`` are those of
    the leading pair of parties, ``apart`` those of others where a dispute has several. ``changes`` says what would
    move the record from the state it ends with. ``left_out``: documents that nothing dates, which a report on an
    earlier day does not use. ``unassigned``: documents of the record that were read and belong to no dispute."""

    dispute: Dispute
    as_of: date | None
    documents: tuple[DocumentRow, ...]
    new: tuple[int, ...]
    outlets: int
    states: tuple[CitedState, ...]
    apart: tuple[CitedState, ...]
    changes: tuple[str, ...]
    clock: CitedClock | None
    chronology: tuple[CitedEntry, ...]
    statements: tuple[CitedStatement, ...]
    authorities: tuple[tuple[str, int], ...]
    ahead: tuple[CitedAhead, ...]
    claims: tuple[CitedClaim, ...]
    effects: tuple[CitedEffect, ...]
    forecast: Forecast | None
    missing: tuple[CitedEmbed, ...]
    problems: tuple[ProblemRow, ...]
    up_to_date: bool
    left_out: tuple[int, ...] = ()
    unassigned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """An earlier day for which the report is wanted: the documents that count by then, and what follows."""

    as_of: date
    documents: tuple[ReadArticle, ...]
    findings: tuple[Finding, ...]


_B = TypeVar("_B")


def status(db: sqlite3.Connection, dispute: Dispute, *, on: Day | None = None) -> Status:
    """Gather the report, as it is now or as it was on an earlier day. Cost grows with the documents of the
    dispute, each of which is loaded once; no model is loaded."""
    read = queries.read_articles(db, dispute.id) if on is None else on.documents
    by_id = {d.article.id: d for d in read}
    rows = queries.documents(db) if on is not None else queries.documents(db, dispute.id)
    documents = tuple(d for d in rows if on is None or d.id in by_id)
    as_of = on.as_of if on is not None else max((d.published for d in documents if d.published), default=None)

    def bodies(kind: type[_B]) -> tuple[_B, ...]:
        if on is not None:
            return tuple(f.body for f in on.findings if isinstance(f.body, kind))
        return tuple(b for b in findings.bodies(db, kind, dispute.id) if isinstance(b, kind))

    references = References(db)
    runs = [r.id for r in queries.runs(db) if r.reader != append.REFRESH]
    first_run = min((d.first_run for d in documents), default=0)
    latest = runs[-1] if on is None and runs and runs[-1] != first_run else None
    new_entries = {e.id for e in queries.timeline(db, dispute.id, runs=[latest])} if latest else set()
    chronology = bodies(TimelineEntry)

    def cited(evidence: Sequence[Evidence]) -> tuple[str, ...]:
        return tuple(str(r) for r in references.all_of(evidence))

    def words(evidence: Sequence[Evidence]) -> str:
        if not evidence:
            return ""
        return words_of(by_id[evidence[0].document].article.text, [evidence[0].span])

    def state(i: StandingInterval) -> CitedState:
        on_day = as_of or date.max
        return CitedState(
            interval=i,
            references=cited(i.evidence),
            words=words(i.evidence),
            age=prospects.age(i, on_day) if as_of else None,
            stale=as_of is not None and i.last is None and prospects.is_stale(i, on_day),
        )

    clock = next(iter(bodies(StrikeClock)), None)
    every = bodies(StandingInterval)
    states = leading_pair(every)
    now = [i for i in states if i.first is not None][-1:]
    events = {e.id: e for d in read for e in d.reading.events}
    return Status(
        dispute=dispute,
        as_of=as_of,
        documents=documents,
        new=tuple(d.number for d in documents if d.first_run == latest),
        outlets=len({d.outlet for d in documents if d.outlet}),
        states=tuple(state(i) for i in states),
        apart=tuple(state(i) for i in every if i not in states),
        changes=prospects.changes(now[0]) if now else (),
        clock=None
        if clock is None
        else CitedClock(
            clock=clock, references=cited(clock.evidence), contradicted_by=cited(clock.contradicted_by)
        ),
        chronology=_in_order(
            CitedEntry(
                entry=e,
                references=cited(e.evidence),
                words=words(e.evidence),
                new=e.id in new_entries,
                told=min(
                    (day for c in e.evidence if (day := by_id[c.document].reading.published.value)), default=None
                ),
                **_detail([events[i] for i in e.events if i in events], by_id),
            )
            for e in chronology
        ),
        statements=_statements_that_matter(read, references),
        authorities=_authorities(read),
        ahead=_ahead(bodies(Overreach), by_id, references),
        claims=tuple(
            CitedClaim(
                claim=c,
                references=cited([Evidence(t.document, t.span) for t in c.tellings]),
                outlets=len({by_id[t.document].article.outlet or t.document for t in c.tellings}),
            )
            for c in bodies(Claim)
        ),
        effects=tuple(
            CitedEffect(
                effect=e,
                reference=str(references.of(d.article.id, e.evidence)),
                words=words_of(d.article.text, [e.evidence]),
            )
            for d in read
            for e in d.reading.effects
        ),
        forecast=next(iter(bodies(Forecast)), None),
        missing=tuple(
            CitedEmbed(
                reference=str(references.of(d.article.id, e.span)),
                what=e.what,
                words=words_of(d.article.text, [e.span]),
            )
            for d in read
            for e in d.article.embeds
        ),
        problems=queries.problems(db) if on is None else (),
        up_to_date=findings.up_to_date(db),
        left_out=tuple(
            d.number for d in queries.documents(db, dispute.id) if d.id not in by_id and d.published is None
        )
        if on is not None
        else (),
        unassigned=queries.unassigned(db) if on is None else (),
    )


# Events whose telling makes a statement matter for where the talks stand.
_TALKS = frozenset(
    {
        EventType.TALKS_SCHEDULED,
        EventType.TALKS_RESUMED,
        EventType.TALKS_BROKEN_OFF,
        EventType.MEETING_HELD,
        EventType.MEETING_REQUESTED,
        EventType.STANDSTILL,
        EventType.PROPOSAL_MADE,
        EventType.COUNTERPROPOSAL_MADE,
        EventType.PROPOSAL_REJECTED,
        EventType.JOINT_STATEMENT,
        EventType.TENTATIVE_AGREEMENT,
        EventType.STRIKE_START,
        EventType.STRIKE_END,
        EventType.STRIKE_AUTHORIZED,
        EventType.RATIFIED,
        EventType.REJECTED_BY_MEMBERS,
        EventType.DEADLINE_SET,
        EventType.THIRD_PARTY_INTERVENTION,
    }
)
_RANK = {Authority.JOINT: 0, Authority.PARTY: 1, Authority.NAMED: 2, Authority.UNNAMED: 3, Authority.OUTLET: 4}


def _statements_that_matter(read: Sequence[ReadArticle], references: References) -> tuple[CitedStatement, ...]:
    """Statements on an event of the talks, and those whose wording is missing; higher authority and later day
    first."""
    found: list[tuple[tuple[int, int, str], CitedStatement]] = []
    for d in read:
        told = {e.statement for e in d.reading.events if e.type in _TALKS}
        day = d.reading.published.value
        for s in d.reading.statements:
            if s.authority is Authority.AUTHOR or s.in_title or not (s.id in told or s.missing):
                continue
            reference = references.of(d.article.id, s.content[0])
            rank = _RANK.get(s.authority, 5) if s.authority else 5
            key = (rank, -(day.toordinal() if day else 0), f"{reference.number:09}:{reference.sentence or 0:09}")
            row = CitedStatement(
                id=s.id,
                reference=str(reference),
                source=s.source.name,
                authority=s.authority,
                certainty=s.certainty,
                via=s.via,
                words=words_of(d.article.text, s.content),
                missing=s.missing,
                day=day,
            )
            found.append((key, row))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def _in_order(entries: Iterable[CitedEntry]) -> tuple[CitedEntry, ...]:
    """By the day of the event, or else the day by which it was told; what nothing dates comes last."""
    far = date.max

    def key(e: CitedEntry) -> tuple[date, date, str]:
        return (
            e.entry.first or e.entry.last or e.told or far,
            e.told or far,
            e.references[0] if e.references else "",
        )

    return tuple(sorted(entries, key=key))


class _Detail(TypedDict):
    size: str | None
    place: str | None
    waiting: tuple[str, ...]


def _detail(events: Sequence[Event], by_id: dict[str, ReadArticle]) -> _Detail:
    """Size, place and who waits, from the first of the events that tells each."""
    sized = next((e for e in events if e.size is not None), None)
    text = by_id[sized.document].article.text if sized else ""
    return _Detail(
        size=words_of(text, [sized.size.span]) if sized and sized.size else None,
        place=next((e.place for e in events if e.place), None),
        waiting=tuple(sorted({p.name for e in events for p in e.participants if p.role == "waits_for"})),
    )


def _authorities(read: Sequence[ReadArticle]) -> tuple[tuple[str, int], ...]:
    """How many statements stand on each authority, in the order of the vocabulary; those that cannot be told
    last, under "unknown"."""
    counts = Counter(s.authority for d in read for s in d.reading.statements)
    order: list[tuple[str, int]] = [(a.value, counts[a]) for a in Authority if counts[a]]
    return tuple([*order, ("unknown", counts[None])] if counts[None] else order)


def _middle(conveyed: Likelihood | None) -> float | None:
    if conveyed is None:
        return None
    return sum(math.log2(p / (1.0 - p)) for p in (conveyed.low, conveyed.high)) / 2


def _ahead(
    found: Sequence[Overreach], by_id: dict[str, ReadArticle], references: References
) -> tuple[CitedAhead, ...]:
    out: list[CitedAhead] = []
    for o in found:
        d = by_id[o.evidence.document]
        claim = next((a for a in d.reading.ahead if a.span == o.evidence.span), None)
        if claim is None:
            continue  # another reader's; the findings are not derived anew yet
        said = next((s for s in d.reading.statements if s.id == claim.statement), None)
        out.append(
            CitedAhead(
                overreach=o,
                reference=str(references.of(d.article.id, claim.span)),
                words=words_of(d.article.text, [claim.span]),
                source=said.source.name if said else None,
                authority=said.authority if said else None,
                certainty=said.certainty if said else None,
                outlet=d.article.outlet,
                day=d.reading.published.value,
                in_title=claim.in_title,
                direction=claim.direction,
                side=said.source.side if said else None,
                conveyed_bits=_middle(claim.likelihood),
            )
        )
    return tuple(sorted(out, key=lambda a: (a.overreach.bits is None, -(a.overreach.bits or 0.0), a.reference)))
