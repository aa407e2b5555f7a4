"""Where the talks stand: all that the report on one dispute shows, gathered once for people and for machines."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    Dispute,
    Effect,
    Event,
    EventType,
    Evidence,
    Forecast,
    Likelihood,
    Overreach,
    ReadArticle,
    Side,
    StandingInterval,
    StrikeClock,
    TimelineEntry,
)
from onrecord.record import append, findings, queries
from onrecord.record.passages import embeds
from onrecord.record.queries import DocumentRow, ProblemRow, References, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedState:
    """A state of the talks, with references."""

    interval: StandingInterval
    references: tuple[str, ...]
    words: str


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
    """The report on one dispute. ``as_of`` is the latest day of publication among its documents; ``new`` are the
    documents that the last run added, when there was a run before."""

    dispute: Dispute
    as_of: date | None
    documents: tuple[DocumentRow, ...]
    new: tuple[int, ...]
    outlets: int
    states: tuple[CitedState, ...]
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


def status(db: sqlite3.Connection, dispute: Dispute) -> Status:
    """Gather the report. Cost grows with the documents of the dispute; no model is loaded."""
    read = queries.read_articles(db, dispute.id)
    by_id = {d.article.id: d for d in read}
    documents = queries.documents(db, dispute.id)
    references = References(db)
    runs = [r.id for r in queries.runs(db) if r.reader != append.REFRESH]
    first_run = min((d.first_run for d in documents), default=0)
    latest = runs[-1] if runs and runs[-1] != first_run else None
    new_entries = {e.id for e in queries.timeline(db, dispute.id, runs=[latest])} if latest else set()
    chronology = queries.timeline(db, dispute.id)

    def cited(evidence: Sequence[Evidence]) -> tuple[str, ...]:
        return tuple(str(r) for r in references.all_of(evidence))

    def words(evidence: Sequence[Evidence]) -> str:
        if not evidence:
            return ""
        return words_of(by_id[evidence[0].document].article.text, [evidence[0].span])

    clock = queries.clock(db, dispute.id)
    events = {e.id: e for d in read for e in d.reading.events}
    return Status(
        dispute=dispute,
        as_of=max((d.published for d in documents if d.published), default=None),
        documents=documents,
        new=tuple(d.number for d in documents if d.first_run == latest),
        outlets=len({d.outlet for d in documents if d.outlet}),
        states=tuple(
            CitedState(interval=i, references=cited(i.evidence), words=words(i.evidence))
            for i in queries.standing(db, dispute.id)
        ),
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
        ahead=_ahead(queries.overreach(db, dispute.id), by_id, references),
        claims=tuple(
            CitedClaim(
                claim=c,
                references=cited([Evidence(t.document, t.span) for t in c.tellings]),
                outlets=len({by_id[t.document].article.outlet or t.document for t in c.tellings}),
            )
            for c in queries.claims(db, dispute.id)
        ),
        effects=tuple(
            CitedEffect(effect=t.row, reference=str(t.reference), words=t.words)
            for t in queries.effects(db, dispute.id)
            if isinstance(t.row, Effect)
        ),
        forecast=queries.forecast(db, dispute.id),
        missing=tuple(
            CitedEmbed(reference=str(r), what=what, words=text) for r, what, text in embeds(db, dispute.id)
        ),
        problems=queries.problems(db),
        up_to_date=findings.up_to_date(db),
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
