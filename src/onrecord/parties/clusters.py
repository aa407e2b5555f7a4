"""The documents of one workers' organisation, parted by employer and by time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

from onrecord.model import Part, Score

# The longest silence within a dispute; a longer one parts two. Strikes of over a year have coverage in between.
GAP = timedelta(days=270)


class Signals(Protocol):
    """What a cluster needs to know of a document (``DisputeSignals``)."""

    @property
    def document(self) -> str: ...
    @property
    def given(self) -> str | None: ...
    @property
    def workers(self) -> tuple[str, ...]: ...
    @property
    def employers(self) -> tuple[str, ...]: ...
    @property
    def groups(self) -> tuple[str, ...]: ...
    @property
    def others(self) -> tuple[str, ...]: ...
    @property
    def also(self) -> tuple[str, ...]: ...
    @property
    def months(self) -> tuple[int, ...]: ...
    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...
    @property
    def counts(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def names(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(slots=True)
class Cluster:
    """A dispute in the making: the documents that make it, and those that joined it since."""

    worker: str | None
    documents: tuple[Signals, ...]
    given: str | None = None
    joined: list[Signals] = field(default_factory=list)
    _employers: frozenset[str] = frozenset()
    _others: frozenset[str] = frozenset()
    _groups: frozenset[str] = frozenset()
    _period: tuple[date | None, date | None] = (None, None)

    @classmethod
    def of(cls, documents: Iterable[Signals], *, worker: str | None, given: str | None = None) -> Cluster:
        members = tuple(documents)
        dated = [d for d in members if d.first is not None and d.last is not None]
        return cls(
            worker,
            members,
            given,
            _employers=frozenset(e for d in members for e in d.employers),
            _others=frozenset(o for d in members for o in (*d.others, *d.employers)),
            _groups=frozenset(g for d in members for g in d.groups),
            _period=(
                min((d.first for d in dated if d.first), default=None),
                max((d.last for d in dated if d.last), default=None),
            ),
        )

    def employers(self) -> frozenset[str]:
        return self._employers

    def groups(self) -> frozenset[str]:
        return self._groups

    def others(self) -> frozenset[str]:
        return self._others

    def period(self) -> tuple[date | None, date | None]:
        """The first and last day on which a document of it was written."""
        return self._period

    def trade(self) -> str | None:
        """The group of workers that most of its documents speak of first."""
        said = Counter(d.groups[0] for d in self.documents if d.groups)
        return min(said, key=lambda g: (-said[g], g)) if said else None

    def leading_employers(self) -> tuple[str, ...]:
        """The employers that more than a third of the documents have as principals, or of the documents that have
        any (then two at least), the most frequent first: one that is only named in passing here and there is no
        party to the dispute."""
        named: Counter[str] = Counter()
        mentions: Counter[str] = Counter()
        for document in self.documents:
            counts = dict(document.counts)
            for employer in document.employers:
                named[employer] += 1
                mentions[employer] += counts.get(employer, 0)
        naming = sum(1 for d in self.documents if d.employers)
        often = [e for e, n in named.items() if 3 * n > len(self.documents) or (n > 1 and 3 * n > naming)]
        return tuple(sorted(often, key=lambda e: (-named[e], -mentions[e], e)))

    def months(self) -> frozenset[int]:
        """The months of the year in which its documents were written."""
        return frozenset(d.month for document in self.documents for d in (document.first, document.last) if d)

    def fits_in_time(self, document: Signals) -> bool:
        """Whether a document may have been written in the period, a gap on both sides allowed."""
        start, end = self._period
        early = start is None or document.last is None or document.last >= start - GAP
        late = end is None or document.first is None or document.first <= end + GAP
        return early and late


def clusters(worker: str, documents: Sequence[Signals]) -> list[Cluster]:
    """The disputes of one workers' organisation, and in each the documents that fit no other."""
    tables = _tables(documents)
    several = len(set(tables.values())) > 1
    at_table: dict[str, list[Signals]] = {}
    open_ones: list[Signals] = []
    for document in documents:
        if document.first is None or document.last is None or (several and not document.employers):
            open_ones.append(document)
        else:
            table = tables[document.employers[0]] if document.employers else next(iter(tables.values()), "")
            at_table.setdefault(table, []).append(document)
    found = [Cluster.of(run, worker=worker) for table in sorted(at_table) for run in _runs(at_table[table])]
    left: list[Signals] = []
    for document in open_ones:
        allowed = [c for c in found if _same_table(document, c, tables)]
        fits = fitting(document, allowed)
        if len(fits) == 1:
            fits[0].joined.append(document)
        elif not allowed:
            left.append(document)
    by_table: dict[str, list[Signals]] = {}
    for document in left:
        by_table.setdefault(tables[document.employers[0]] if document.employers else "", []).append(document)
    return found + [Cluster.of(by_table[table], worker=worker) for table in sorted(by_table)]


def _tables(documents: Sequence[Signals]) -> dict[str, str]:
    """Which employers sit at one table with the union; each table is named by the least of its ids. They do when a
    document has both as principals, when at least half of the documents on the one name the other too, or when one
    name is the beginning of the other ("acme", "acme-machines")."""
    table: dict[str, str] = {}

    def top(id: str) -> str:
        while table.setdefault(id, id) != id:
            table[id] = table[table[id]]
            id = table[id]
        return id

    def link(one: str, other: str) -> None:
        a, b = sorted((top(one), top(other)))
        table[b] = a

    on: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for employer in document.employers:
            link(document.employers[0], employer)
            on[employer] += 1
            together.update((employer, other) for other in document.also)
    for (one, other), n in together.items():
        if other in on and 2 * n >= on[one]:
            link(one, other)
    ids = sorted(on)
    for before, id in pairwise(ids):
        if id.startswith(before + "-"):
            link(before, id)
    return {id: top(id) for id in sorted(table)}


def _runs(documents: Sequence[Signals]) -> list[list[Signals]]:
    """Documents in order of time, parted where the silence is longer than GAP."""
    runs: list[list[Signals]] = []
    until: date | None = None
    for document in sorted(documents, key=lambda d: (d.first or date.min, d.document)):
        if until is None or document.first is None or document.first - until > GAP:
            runs.append([])
            until = document.last
        runs[-1].append(document)
        if document.last is not None and (until is None or document.last > until):
            until = document.last
    return runs


def _same_table(document: Signals, cluster: Cluster, tables: dict[str, str]) -> bool:
    if not document.employers or not cluster.employers():
        return True
    return any(tables.get(e) == tables.get(o) for e in document.employers for o in cluster.employers())


def fitting(document: Signals, candidates: Sequence[Cluster]) -> list[Cluster]:
    """The disputes that a document may belong to by its date. Where several are left: the one in whose period it
    was written, those that alone share further names with it, the one whose months it speaks of."""
    fits = [c for c in candidates if c.fits_in_time(document)]
    if len(fits) < 2:
        return fits
    within = [c for c in fits if _within(document, c)]
    if len(within) == 1:
        return within
    named = set(document.others) | set(document.employers)
    shared = Counter(o for c in fits for o in c.others() & named)
    telling = [c for c in fits if any(shared[o] == 1 for o in c.others() & named)]
    if len(telling) == 1 or not document.months:
        return telling or fits
    # "on 21 September": written about the months of one of them
    spoken = set(document.months)
    of_season = [c for c in telling or fits if spoken <= c.months()]
    return of_season if len(of_season) == 1 else fits


def _within(document: Signals, cluster: Cluster) -> bool:
    start, end = cluster.period()
    if start is None or end is None or document.first is None or document.last is None:
        return False
    return start <= document.first and document.last <= end


def score(document: Signals, cluster: Cluster) -> Score:
    """How well a document fits a dispute, 0 to 1, with what it rests on."""
    counts, names = dict(document.counts), dict(document.names)
    parts: list[Part] = []
    if cluster.worker in document.workers and cluster.worker is not None:
        n = counts.get(cluster.worker, 0)
        parts.append(Part("workers", 0.4, f"names {names.get(cluster.worker, cluster.worker)} {_times(n)}"))
    common = [e for e in document.employers if e in cluster.employers()]
    if common:
        n = counts.get(common[0], 0)
        parts.append(Part("employers", 0.3, f"names {names.get(common[0], common[0])} {_times(n)}"))
    trades = [g for g in document.groups if g in cluster.groups()]
    if trades:
        parts.append(Part("groups", 0.1, f"speaks of {trades[0]}, as other documents on it do"))
    start, end = cluster.period()
    if document.first is not None and document.last is not None and start is not None and end is not None:
        if start <= document.first and document.last <= end:
            parts.append(Part("date", 0.2, f"dated within the period of the coverage, {start} to {end}"))
        else:
            parts.append(Part("date", 0.1, f"dated within {GAP.days} days of the coverage, {start} to {end}"))
    elif shared := [o for o in document.others if o in cluster.others()]:
        parts.append(
            Part("others", 0.1, f"undated, names {names.get(shared[0], shared[0])} as other documents do")
        )
    else:
        parts.append(Part("date", 0.0, "undated; the only dispute that it fits"))
    return Score(round(sum(p.value for p in parts), 3), tuple(parts))


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"
