"""Look across documents: which dispute each belongs to, where the talks stand, which claims are one. Pure:
the same readings and judgements, in any order, give the same findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from onrecord import claims, outlook, weighing
from onrecord.model import (
    Assignment,
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
)
from onrecord.parties import disputes as assigning
from onrecord.standing.clock import strike_clock
from onrecord.standing.intervals import intervals as intervals_of
from onrecord.standing.timeline import timeline

Rulings = Mapping[str, Mapping[str, bool]]
"""By document: the disputes that a person put it into (True) or took it out of (False)."""


def disputes(
    documents: Sequence[ReadArticle], rulings: Rulings
) -> tuple[tuple[Dispute, ...], tuple[Assignment, ...]]:
    """The disputes of a record and the documents assigned to each."""
    signals = []
    for d in documents:
        put = sorted(name for name, accepted in rulings.get(d.article.id, {}).items() if accepted)
        found = assigning.signals(d.article, d.reading)
        signals += [replace(found, given=name) for name in put] or [found]
    derived, assignments = assigning.assign(signals)
    ids = {d.article.id for d in documents}
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


def findings(dispute: str, documents: Sequence[ReadArticle]) -> Iterator[Finding]:
    """All findings on one dispute from the documents assigned to it."""
    entries = timeline(documents)
    for entry in entries:
        yield Finding(dispute, entry.id, entry, entry.evidence)
    intervals = intervals_of(documents)
    for interval in intervals:
        key = content_id(interval.state, interval.first, interval.last, interval.since_known, *interval.evidence)
        yield Finding(dispute, key, interval, interval.evidence)
    clock = strike_clock(documents)
    if clock is not None:
        yield Finding(dispute, content_id("clock", clock), clock, (*clock.evidence, *clock.contradicted_by))
    for claim in weighing.fates(claims.cluster(documents), documents, entries):
        yield Finding(dispute, claim.id, claim, tuple(Evidence(t.document, t.span) for t in claim.tellings))
    yield from _outlook(dispute, documents, clock, intervals, entries)


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
        intervals=intervals_of(by_then),
        entries=timeline(by_then),
        horizons=horizons,
        kind=kind,
        fitted=fitted,
    )
    return outlook.View(forecast=found, why=outlook.why_none(clock, day) if found is None else "")
