"""Which documents are on which dispute.

A dispute is a workers' organisation facing an employer (or several that the documents put at one table) over a
stretch of time. What a person says of a document holds; the others are sorted by whom they name and when they were
written, and a document that fits no dispute, or several equally, belongs to none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.model import (
    Article,
    Assignment,
    BlockRole,
    Dated,
    Dispute,
    Party,
    PartyKind,
    Precision,
    Reading,
    Score,
    Side,
)
from onrecord.parties.clusters import Cluster, clusters, fitting, score
from onrecord.parties.lines import vocabulary
from onrecord.parties.names import key, slug
from onrecord.parties.sides import head
from onrecord.parties.vocabulary import about_labour

# Beyond this share of the mentions of the leading party another one of its side is a principal too.
_PRINCIPAL_EMPLOYER = 0.5
_PRINCIPAL_UNION = 0.75
_BODIES = frozenset({PartyKind.UNION, PartyKind.EMPLOYERS_BODY, PartyKind.EMPLOYER, PartyKind.COMMITTEE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSignals:
    """What a document shows of the dispute that it is on.

    ``workers`` and ``employers`` are the principal bodies of each side, the leading one first; ``groups`` the
    groups of workers or companies spoken of ("nurses"); ``others`` whoever else is named; ``also`` the further
    employers named, and the bodies of which those named are members; ``first`` and ``last`` bound the
    document's date (None: not known on that end); ``months`` are the months of which it speaks; ``about``
    whether it has the vocabulary of a labour dispute; ``counts`` how often each id is mentioned, members
    counted with their body; ``names`` the names of the ids.
    """

    document: str
    given: str | None = None
    workers: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    about: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def signals(article: Article, reading: Reading) -> DisputeSignals:
    """The signals of a document, from its reading."""
    parties = {p.id: p for p in reading.parties}
    counts: Counter[str] = Counter()
    weights: Counter[str] = Counter()
    trades: Counter[str] = Counter()
    unresolved = 0
    lead = _lead(article)
    for mention in reading.mentions:
        said = key(mention.span.of(article.text))
        if said in _trades():
            trades[said[-1]] += 1
        if mention.party is None or mention.party not in parties:
            unresolved += said in _UNION_NOUNS
            continue
        top = head(parties[mention.party], parties).id
        counts[top] += 1
        weights[top] += 2 if mention.span.start < lead else 1
    workers = _principals(Side.WORKERS, parties, weights, share=_PRINCIPAL_UNION, least=4)
    if workers and (
        unresolved > counts[workers[0]] or _another_trade(parties[workers[0]], counts[workers[0]], trades)
    ):
        workers = ()
    employers = _principals(Side.EMPLOYERS, parties, weights, share=_PRINCIPAL_EMPLOYER, least=2)
    first, last = _bounds(reading.published)
    named = [p.id for p in parties.values() if p.side is Side.EMPLOYERS and p.kind in _BODIES]
    bodies = [parent for id in (*employers, *named) if (parent := parties[id].parent) is not None]
    return DisputeSignals(
        document=article.id,
        given=article.dispute,
        workers=workers,
        employers=employers,
        groups=tuple(sorted(trades, key=lambda t: (-trades[t], t))),
        others=tuple(id for id in parties if id not in workers and id not in employers),
        also=tuple(dict.fromkeys(id for id in (*named, *bodies) if id not in employers)),
        months=_months(article.text),
        first=first,
        last=last,
        about=about_labour(article.text),
        counts=tuple(counts.items()),
        names=tuple((p.id, p.name) for p in parties.values()),
    )


# "the guild" in a document that names another kind of union: the one on strike goes unnamed.
_UNION_NOUNS = frozenset({("guild",), ("union",), ("local",)})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)? )?"
    r"\b(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?(?: \d{1,2})?\b"
)


def _months(text: str) -> tuple[int, ...]:
    """The months of which a text speaks with a day ("21 September"); "may" alone is mostly the verb."""
    found = {m["m"] for m in _MONTH.finditer(text) if any(c.isdigit() for c in m.group())}
    return tuple(sorted(_MONTHS.index(m.casefold()) + 1 for m in found))


@cache
def _trades() -> frozenset[tuple[str, ...]]:
    known = vocabulary().sets["generic.occupations"]
    return frozenset(
        k for k in known if k[-1] not in ("workers", "employees", "staff", "strikers", "members", "crew")
    )


def _lead(article: Article) -> int:
    """Where the title and the first paragraph end: whom a document is about stands there."""
    prose = [b.span.end for b in article.blocks if b.role is BlockRole.PARAGRAPH]
    return prose[0] if prose else 0


def _another_trade(union: Party, mentions: int, trades: Counter[str]) -> bool:
    """Whether a document on the strike of one trade only touches on a union, that of another ("the writers" twenty
    times, the actors' union once)."""
    if not trades:
        return False
    trade, times = min(trades.items(), key=lambda item: (-item[1], item[0]))
    own = {k.removesuffix("s") for name in (union.name, *union.aliases) for k in key(name)}
    return trade.removesuffix("s") not in own and times > 2 * mentions


def _principals(
    side: Side, parties: dict[str, Party], counts: Counter[str], *, share: float, least: int
) -> tuple[str, ...]:
    order = list(parties)
    ours = [id for id in counts if parties[id].side is side and parties[id].kind in _BODIES]
    ours.sort(key=lambda id: (-counts[id], order.index(id)))
    if not ours:
        return ()
    leader = counts[ours[0]]
    return (ours[0], *(id for id in ours[1:] if counts[id] >= max(least, share * leader)))


def _bounds(published: Dated) -> tuple[date | None, date | None]:
    value = published.value
    if value is None:
        return published.earliest, published.latest
    match published.precision:
        case Precision.YEAR:
            return date(value.year, 1, 1), date(value.year, 12, 31)
        case Precision.MONTH:
            following = date(value.year + value.month // 12, value.month % 12 + 1, 1)
            return date(value.year, value.month, 1), following - timedelta(days=1)
        case Precision.DAY | Precision.NONE:
            return value, value


def assign(documents: Sequence[DisputeSignals]) -> tuple[tuple[Dispute, ...], tuple[Assignment, ...]]:
    """The disputes of a record and which documents belong to which, both in the order of their ids. The order in
    which the documents come makes no difference. A document given to the dispute "none" belongs to none."""
    ordered = sorted((d for d in documents if slug(d.given or "") != "none"), key=lambda d: d.document)
    given = [d for d in ordered if d.given is not None and slug(d.given)]
    given_names = {d.document for d in given}
    free = [d for d in ordered if d.document not in given_names and (d.about or (d.workers and d.employers))]
    found = _given(given)
    free = [d for d in free if not _joins_given(d, found)]
    found += _of_unions(free)
    assigned = {d.document for c in found for d in c.documents}
    rest = [d for d in free if d.document not in assigned]
    _join_the_rest(rest, found)
    return _written(found)


def _given(documents: Sequence[DisputeSignals]) -> list[Cluster]:
    by_id: dict[str, list[DisputeSignals]] = {}
    for document in documents:
        by_id.setdefault(slug(document.given or ""), []).append(document)
    return [
        Cluster.of(members, worker=_commonest(d.workers[:1] for d in members), given=id)
        for id, members in sorted(by_id.items())
    ]


def _commonest(ids: Iterable[Sequence[str]]) -> str | None:
    counted = Counter(id for some in ids for id in some)
    return min(counted, key=lambda id: (-counted[id], id)) if counted else None


def _joins_given(document: DisputeSignals, found: Sequence[Cluster]) -> bool:
    """A dispute that a person named takes in what clearly belongs to it, so that no twin of it arises."""
    fits = fitting(document, [c for c in found if c.worker in document.workers])
    if len(fits) == 1:
        fits[0].joined.append(document)
    return len(fits) == 1


def _of_unions(documents: Sequence[DisputeSignals]) -> list[Cluster]:
    by_worker: dict[str, list[DisputeSignals]] = {}
    for document in documents:
        for worker in document.workers:
            by_worker.setdefault(worker, []).append(document)
    return [c for worker, members in sorted(by_worker.items()) for c in clusters(worker, members)]


def _join_the_rest(documents: Sequence[DisputeSignals], found: list[Cluster]) -> None:
    """Documents that name no union of a dispute: by the employer, else by the groups they speak of. Those that fit
    no dispute and name two sides all the same make one of their own, by the group ("dockers")."""
    by_group: dict[str, list[DisputeSignals]] = {}
    profiles = [(c, c.employers(), c.trade()) for c in found]
    for document in documents:
        if document.workers:
            continue  # it names a union, and more than one of its disputes may be meant
        trade = document.groups[0] if document.groups else None
        by_trade = [c for c, _, of in profiles if trade is not None and of == trade]
        by_employer = [
            c for c, employers, _ in profiles if not employers.isdisjoint((*document.employers, *document.also))
        ]
        both = [c for c in by_employer if c in by_trade]
        fits = fitting(document, both or (by_employer if document.employers else by_trade))
        if len(fits) == 1:
            fits[0].joined.append(document)
        elif not fits and trade is not None and document.employers:
            by_group.setdefault(trade, []).append(document)
    for group, members in sorted(by_group.items()):
        found.extend(clusters(group, members))


def _written(found: Sequence[Cluster]) -> tuple[tuple[Dispute, ...], tuple[Assignment, ...]]:
    disputes: dict[str, Dispute] = {}
    assignments: dict[tuple[str, str], Assignment] = {}
    for cluster in found:
        dispute = _dispute(cluster)
        if dispute.id in disputes:
            earlier = disputes[dispute.id]
            dispute = Dispute(
                id=dispute.id,
                name=earlier.name,
                workers=tuple(dict.fromkeys((*earlier.workers, *dispute.workers))),
                employers=tuple(dict.fromkeys((*earlier.employers, *dispute.employers))),
                start=min((d for d in (earlier.start, dispute.start) if d), default=None),
                end=max((d for d in (earlier.end, dispute.end) if d), default=None),
            )
        disputes[dispute.id] = dispute
        for document in (*cluster.documents, *cluster.joined):
            given = cluster.given is not None and document.given is not None
            row = Assignment(
                document=document.document,
                dispute=dispute.id,
                given=given,
                score=Score(1.0) if given else score(document, cluster),
            )
            assignments.setdefault((dispute.id, document.document), row)
    return (
        tuple(disputes[id] for id in sorted(disputes)),
        tuple(assignments[key] for key in sorted(assignments)),
    )


def _dispute(cluster: Cluster) -> Dispute:
    names = dict(sorted((id, name) for d in cluster.documents for id, name in d.names))
    worker = cluster.worker
    employers = cluster.leading_employers()
    start, end = cluster.period()
    sides = [id for id in (worker, *employers[:1]) if id is not None]
    year = "" if start is None else str(start.year)
    label = " and ".join(names.get(id, id) for id in sides)
    return Dispute(
        id=cluster.given or slug(" ".join((*sides, year))),
        name=", ".join(part for part in (label, year) if part) or (cluster.given or ""),
        workers=() if worker is None else (worker,),
        employers=employers,
        start=start,
        end=end,
    )
