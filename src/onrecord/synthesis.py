"""Look across documents: which dispute each belongs to, where the talks stand. Pure:
the same readings and judgements, in any order, give the same findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from onrecord import outlook, weighing
from onrecord.model import (
    Assignment,
    Claim,
    Dispute,
    Evidence,
    Finding,
    Part,
    ReadArticle,
    Score,
    StandingInterval,
    StrikeClock,
    TimelineEntry,
    content_id,
    leading_pair,
)
from onrecord.parties import disputes as assigning
from onrecord.parties.disputes import DisputeSignals
from onrecord.standing.clock import strike_clock
from onrecord.standing.intervals import intervals as intervals_of
from onrecord.standing.positions import positions, shifts
from onrecord.standing.profile import profile
from onrecord.standing.timeline import timeline

Rulings = Mapping[str, Mapping[str, bool]]
"""By document: the disputes that a person put it into (True) or took it out of (False)."""


def signals(document: ReadArticle, rulings: Rulings) -> tuple[DisputeSignals, ...]:
    """What a document shows of its dispute; one for each dispute that a person put it into."""
    found = assigning.signals(document.article, document.reading)
    put = sorted(name for name, accepted in rulings.get(document.article.id, {}).items() if accepted)
    return tuple(replace(found, given=name) for name in put) or (found,)


def disputes(
    documents: Sequence[DisputeSignals], rulings: Rulings
) -> tuple[tuple[Dispute, ...], tuple[Assignment, ...]]:
    """The disputes of a record, or of a family of its documents, and the documents assigned to each."""
    derived, assignments = assigning.assign(documents)
    ids = {d.document for d in documents}
    kept = _ruled(derived, assignments, {d: r for d, r in rulings.items() if d in ids})
    held = {a.dispute for a in kept}
    return tuple(d for d in derived if d.id in held), kept


def _ruled(
    derived: Sequence[Dispute], assignments: Sequence[Assignment], rulings: Rulings
) -> tuple[Assignment, ...]:
    """The assignments without those that a person ruled out, and with all that a person ruled."""
    kept = {
        (a.document, a.dispute): a for a in assignments if rulings.get(a.document, {}).get(a.dispute) is not False
    }
    for document, ruled in rulings.items():
        for dispute in derived:
            if ruled.get(dispute.id):
                why = Score(1.0, (Part("judgement", 1.0, "a person put it here"),))
                kept[document, dispute.id] = Assignment(
                    document=document, dispute=dispute.id, given=True, score=why
                )
    return tuple(kept[key] for key in sorted(kept))


def findings(dispute: str, documents: Sequence[ReadArticle], *, as_of: date | None = None) -> Iterator[Finding]:
    """All findings on one dispute from the documents assigned to it, its claims apart (onrecord/comparing.py).

    With ``as_of`` as they were on that day; the documents are then those that count by then (onrecord/past.py).
    """
    entries = timeline(documents, as_of=as_of)
    for entry in entries:
        yield Finding(dispute, entry.id, entry, entry.evidence)
    intervals = intervals_of(documents, as_of=as_of)
    for interval in intervals:
        key = content_id(
            *interval.parties,
            interval.state,
            interval.first,
            interval.last,
            interval.since_known,
            *interval.evidence,
        )
        yield Finding(dispute, key, interval, interval.evidence)
    yield from _about(dispute, documents, as_of)
    clock = strike_clock(documents)
    if clock is not None:
        yield Finding(dispute, content_id("clock", clock), clock, (*clock.evidence, *clock.contradicted_by))
    yield from _outlook(dispute, documents, clock, leading_pair(intervals), entries)


def told(claims: Sequence[Claim], documents: Sequence[ReadArticle], found: Sequence[Finding]) -> tuple[Claim, ...]:
    """Claims of a dispute with what became of each by its chronology, which is among the other findings on it."""
    entries = [f.body for f in found if isinstance(f.body, TimelineEntry)]
    return weighing.fates(claims, documents, entries)


def claim_finding(dispute: str, claim: Claim) -> Finding:
    """A claim as a finding that rests on all its tellings."""
    return Finding(dispute, claim.id, claim, tuple(Evidence(t.document, t.span) for t in claim.tellings))


def _about(dispute: str, documents: Sequence[ReadArticle], as_of: date | None) -> Iterator[Finding]:
    """What the dispute is about: its profile, the sides' positions, and who has moved."""
    for fact in profile(documents):
        yield Finding(dispute, content_id("profile", fact.field, fact.value), fact, fact.evidence)
    held = positions(documents, as_of=as_of)
    for position in held:
        yield Finding(dispute, position.id, position, (position.evidence,))
    for shift in shifts(held):
        both = (shift.before.evidence, shift.after.evidence)
        yield Finding(dispute, content_id("shift", shift.before.id, shift.after.id), shift, both)


def _outlook(
    dispute: str,
    documents: Sequence[ReadArticle],
    clock: StrikeClock | None,
    intervals: Sequence[StandingInterval],
    entries: Sequence[TimelineEntry],
) -> Iterator[Finding]:
    """The forecast as of the latest document, how far each claim ahead of the record runs, and what was said while
    silence was agreed."""
    days = [d.reading.published.value for d in documents if d.reading.published.value]
    if days:
        found = outlook.outlook(documents, as_of=max(days), clock=clock, intervals=intervals, entries=entries)
        if found is not None:
            moved = tuple(e for s in found.shifts for e in s.evidence)
            yield Finding(
                dispute, content_id("forecast", found), found, (*(clock.evidence if clock else ()), *moved)
            )
    kind = outlook.told_kind(documents)
    base_rate = partial(outlook.forecast, workers=kind.workers, industry=kind.industry)
    for d in documents:
        for claim in d.reading.ahead:
            result = weighing.overreach(
                claim,
                document=d.article.id,
                clock=clock,
                on=d.reading.published.value,
                forecast=base_rate,
                until=max(days, default=None),
            )
            result = weighing.scored(result, claim, on=d.reading.published.value, intervals=intervals, days=days)
            key = content_id("overreach", d.article.id, claim.span)
            yield Finding(dispute, key, result, (result.evidence,))
    silences = weighing.blackouts(documents, entries, intervals)
    for silence in silences:
        yield Finding(dispute, content_id("blackout", silence), silence, silence.evidence)
    for leak in weighing.leaks(documents, silences):
        yield Finding(dispute, content_id("leak", leak), leak, (leak.evidence,))


def outlook_on(
    documents: Sequence[ReadArticle],
    day: date,
    *,
    horizons: Sequence[int] = outlook.HORIZONS,
    kind: outlook.Kind = outlook.AS_TOLD,
    fitted: outlook.Parameters | None = None,
) -> outlook.View:
    """The forecast as of a day from what was published by then; undated documents are left out. None when there is
    no strike day, before the stoppage began, and once it has ended."""
    by_then = [d for d in documents if d.reading.published.value and d.reading.published.value <= day]
    clock = strike_clock(by_then)
    found = outlook.outlook(
        by_then,
        as_of=day,
        clock=clock,
        intervals=leading_pair(intervals_of(by_then)),
        entries=timeline(by_then),
        horizons=horizons,
        kind=kind,
        fitted=fitted,
    )
    return outlook.View(forecast=found, why=outlook.why_none(clock, day) if found is None else "")
