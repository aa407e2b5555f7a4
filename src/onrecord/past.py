"""The record as it stood on an earlier day: derived anew from what had been published by then, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord import claims, synthesis
from onrecord.model import Dispute, Finding, ReadArticle
from onrecord.standing.placing import known_on, placed
from onrecord.synthesis import Rulings


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A dispute on an earlier day: the documents that counted by then, and what followed from them."""

    as_of: date
    dispute: Dispute
    documents: tuple[ReadArticle, ...]
    findings: tuple[Finding, ...]


def past(
    documents: Sequence[ReadArticle], rulings: Rulings, *, dispute: str, members: frozenset[str], as_of: date
) -> Past | None:
    """The dispute as it stood on a day; None when nothing on it had been published by then.

    ``documents`` are all of the record. A document counts from the day on which it was published; an undated one
    from the latest day that its text allows, by bounds or by its count of the strike's days, or else not at all.
    Disputes are derived anew from the documents that count; it is the one with the id ``dispute``, else the one
    that holds most of ``members``, the dispute's documents of today. Documents that count later change nothing but
    which dispute is meant.
    """
    dated = [d for d in documents if (day := known_on(d)) is not None and day <= as_of]
    first = _chosen(dated, rulings, dispute, members)
    if first is None:
        return None
    found, held = first
    undated = [d for d in documents if known_on(d) is None]
    counting = {p.read.article.id for p in placed([*held, *undated], as_of=as_of) if p.known is not None}
    more = [d for d in undated if d.article.id in counting]
    if more:
        found, held = _chosen([*dated, *more], rulings, found.id, members) or first
    counted = tuple(d for d in held if d.article.id in counting)
    return Past(
        as_of=as_of,
        dispute=found,
        documents=counted,
        findings=_findings(found.id, counted, as_of),
    )


def _findings(dispute: str, documents: tuple[ReadArticle, ...], as_of: date) -> tuple[Finding, ...]:
    found = tuple(synthesis.findings(dispute, documents, as_of=as_of))
    fated = synthesis.told(claims.cluster(documents), documents, found)
    return (*found, *(synthesis.claim_finding(dispute, c) for c in fated))


def _chosen(
    documents: Sequence[ReadArticle], rulings: Rulings, dispute: str, members: frozenset[str]
) -> tuple[Dispute, list[ReadArticle]] | None:
    """The dispute that is meant among those of some documents, with its documents by id."""
    signals = [s for d in documents for s in synthesis.signals(d, rulings)]
    disputes, assignments = synthesis.disputes(signals, rulings)
    of_dispute: dict[str, set[str]] = {d.id: set() for d in disputes}
    for a in assignments:
        of_dispute[a.dispute].add(a.document)
    ranked = sorted(disputes, key=lambda d: (d.id != dispute, -len(of_dispute[d.id] & members), d.id))
    if not ranked or (ranked[0].id != dispute and not of_dispute[ranked[0].id] & members):
        return None
    best = ranked[0]
    return best, sorted((d for d in documents if d.article.id in of_dispute[best.id]), key=lambda d: d.article.id)
