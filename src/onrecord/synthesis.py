"""Look across documents: which dispute each belongs to, where the talks stand, which claims are one. Pure:
the same readings and judgements, in any order, give the same findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from onrecord import claims, outlook, weighing
from onrecord.model import (
    Assignment,
    Dispute,
    Evidence,
    Finding,
    Forecast,
    Part,
    ReadArticle,
    Score,
    State,
    StrikeClock,
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
    for entry in timeline(documents):
        yield Finding(dispute, entry.id, entry, entry.evidence)
    intervals = intervals_of(documents)
    for interval in intervals:
        key = content_id(interval.state, interval.first, interval.last, interval.since_known, *interval.evidence)
        yield Finding(dispute, key, interval, interval.evidence)
    clock = strike_clock(documents)
    if clock is not None:
        yield Finding(dispute, content_id("clock", clock), clock, (*clock.evidence, *clock.contradicted_by))
    for claim in claims.cluster(documents):
        yield Finding(dispute, claim.id, claim, tuple(Evidence(t.document, t.span) for t in claim.tellings))
    yield from _outlook(dispute, documents, clock, over=any(i.state in _OVER for i in intervals[-1:]))


_OVER = (State.STRIKE_ENDED, State.RATIFIED)


def _outlook(
    dispute: str, documents: Sequence[ReadArticle], clock: StrikeClock | None, *, over: bool
) -> Iterator[Finding]:
    """The forecast as of the latest document, and how far each claim ahead of the record runs."""
    days = [d.reading.published.value for d in documents if d.reading.published.value]
    if clock is not None and days and not over:
        forecast = forecast_on(max(days), clock)
        if forecast is not None:
            yield Finding(dispute, content_id("forecast", forecast), forecast, clock.evidence)
    for d in documents:
        for claim in d.reading.ahead:
            result = weighing.overreach(
                claim,
                document=d.article.id,
                clock=clock,
                on=d.reading.published.value,
                forecast=outlook.forecast,
            )
            key = content_id("overreach", d.article.id, claim.span)
            yield Finding(dispute, key, result, (result.evidence,))


def forecast_on(day: date, clock: StrikeClock) -> Forecast | None:
    """The base-rate forecast as of a day; None before the strike began. Where the start is a window its latest day
    counts, which makes the strike no older than it is known to be."""
    elapsed, _ = clock.elapsed(day)
    return outlook.forecast(elapsed=elapsed, as_of=day) if elapsed >= 0 else None
