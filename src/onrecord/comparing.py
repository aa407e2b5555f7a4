"""Look across documents, a little at a time: what is new is compared with what it can bear on, and with no more.

Each step commits what it has done and what is due after it, so a killed run is taken up where it stopped, and two
processes share the work. The result depends on the readings in force and the judgements alone, not on the order in
which they came: documents of a family are assigned to disputes together, tellings are linked two at a time, and a
claim is derived from what hangs together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from onrecord import __version__, claims, synthesis
from onrecord.claims.origin import Passages
from onrecord.claims.tellable import Tellable, tellables
from onrecord.claims.wording import (
    Edge,
    Wording,
    as_json,
    digest,
    edges,
    elsewhere,
    from_json,
    key_numbers,
    place,
    stands,
    within,
    wording,
)
from onrecord.model import Article, Claim, Finding, ReadArticle, Score, Span, content_id
from onrecord.parties.disputes import DisputeSignals
from onrecord.parties.families import ties
from onrecord.record import codec, findings, index, judgements, load, store
from onrecord.record import ruled as rulings
from onrecord.record import wordings as filed
from onrecord.record.corrections import Corrections, corrected, facing
from onrecord.record.wordings import Linked, Placed
from onrecord.text.names import slug

Progress = Callable[[str, int, int | None], None]
VERSION = f"{__version__} 3"
"""Which program built an index; another one builds it anew. Raise the number when tellings or links change."""
_BATCH = 100  # documents a transaction
Known = tuple[str, Wording, Wording]
"""A wording with its name before it, and as that of another document."""
_SIGNALS = tuple[DisputeSignals, ...]
_INSIDE = list[tuple[int, int, Score]]


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What people ruled, as of one moment (``state``)."""

    state: tuple[int, int]
    assigned: synthesis.Rulings
    corrections: Corrections

    def stands(self, db: sqlite3.Connection) -> bool:
        """Whether nobody has ruled since."""
        return judgements.state(db) == self.state


def compare(db: sqlite3.Connection, *, run: int, progress: Progress) -> None:
    """Do all that is due. No model is loaded but the one that claims are told apart with."""
    while True:
        ruled = _rulings(db)
        _prepare(db, ruled)
        if findings.up_to_date(db):
            return
        _digest(db, ruled, run, progress)
        _assign(db, ruled, run)
        disputes = index.disputes_due(db)
        for n, dispute in enumerate(disputes):
            progress("compare", n, len(disputes))
            _file(db, ruled, dispute)
            _claims(db, dispute, run)
            _findings(db, ruled, dispute, run)
        progress("compare", len(disputes), len(disputes))


def _rulings(db: sqlite3.Connection) -> _Ruled:
    with store.transaction(db, write=False):
        return _Ruled(judgements.state(db), judgements.assigned(db), rulings.corrections(db))


def _prepare(db: sqlite3.Connection, ruled: _Ruled) -> None:
    """Begin anew where the index is lost or another program's; where people ruled otherwise on parties, or the
    parties that they ruled on are otherwise, all documents are due."""
    named = {word for c in ruled.corrections.made for word in (c.party, c.value, slug(c.value))}
    known = [
        p for p in ruled.corrections.known.values() if named & {p.id, slug(p.name), *(slug(a) for a in p.aliases)}
    ]
    parties = content_id(ruled.corrections.made, sorted(known, key=lambda p: p.id))
    with store.transaction(db):
        built = index.version(db)
        if built is None or built.partition("; ")[0] != VERSION:
            index.reset(db)
        if built != f"{VERSION}; {parties}":
            index.set_version(db, f"{VERSION}; {parties}")


# ------------------------------------------------------------------------------- one document


def _digest(db: sqlite3.Connection, ruled: _Ruled, run: int, progress: Progress) -> None:
    """Take up what comparing needs of each new document; the work is done outside the write lock."""
    everywhere = ruled.corrections.within()
    total = len(index.due(db, "digest"))
    progress("index", 0, total)
    while waiting := index.due(db, "digest", limit=_BATCH):
        with store.transaction(db, write=False):
            readings = index.readings(db, waiting)
            documents = list(load.read_articles(db, sorted(readings)))
        seen = [corrected(d, everywhere) for d in documents]
        made = {d.article.id: _digested(d, ruled.assigned) for d in seen}
        with store.transaction(db):
            if not ruled.stands(db):
                return
            now = index.readings(db, waiting)
            rulings.keep(db, "", seen, documents)
            for document in waiting:
                if now.get(document) != readings.get(document):
                    continue  # read anew by another process; still due
                if document in made:
                    signals, told, tied = made[document]
                    index.add_digest(db, document, readings[document], signals=signals, tellings=told, ties=tied)
                else:
                    index.drop_digest(db, document)
                    index.leave(db, document, run)
                index.done(db, "digest", [document])
        progress("index", total - len(index.due(db, "digest")), total)


def _digested(document: ReadArticle, assigned: synthesis.Rulings) -> tuple[str, str, tuple[str, ...]]:
    found = synthesis.signals(document, assigned)
    tied = tuple(dict.fromkeys(tie for s in found for tie in ties(s)))
    return codec.dump(_SIGNALS, found), _told(document), tied


def _told(document: ReadArticle) -> str:
    """What a document may tell, and the links within it: two lines of JSON."""
    told = list(tellables(document))
    inside = [(n, m, score) for (n, m), score in within(told).items()]
    return f"{as_json(told)}\n{codec.dump(_INSIDE, inside)}"


# ------------------------------------------------------------------------------- disputes


def _assign(db: sqlite3.Connection, ruled: _Ruled, run: int) -> None:
    """Derive the disputes of the families to which something was added, or from which something went."""
    while waiting := index.due(db, "assign", limit=1):
        with store.transaction(db):
            if not ruled.stands(db):
                return
            if waiting[0] not in index.due(db, "assign"):
                continue  # another process was faster
            family = int(waiting[0])
            known = [s for row in index.signals(db, family) for s in codec.load(_SIGNALS, row)]
            disputes, assignments = synthesis.disputes(known, ruled.assigned)
            index.done(db, "assign", waiting)
            if index.tied(db, family, [d.id for d in disputes]):
                continue  # another family makes a dispute of that name: the two are one now, and due
            shown = [facing(d, ruled.corrections.within(d.id)) for d in disputes]
            for dispute, document in sorted(
                findings.assign(db, family, disputes=shown, assignments=assignments, run=run)
            ):
                index.touch(db, dispute, document)


# ------------------------------------------------------------------------------- claims


def _file(db: sqlite3.Connection, ruled: _Ruled, dispute: str) -> None:
    """Hold the tellings of new documents against those of the dispute that share a key with them."""
    known: dict[int, Known] = {}
    while waiting := index.due(db, "file", dispute=dispute, limit=_BATCH):
        with store.transaction(db):
            if not ruled.stands(db):
                return
            here = set(index.assigned(db, dispute))
            for document in waiting:
                filed.unfile(db, dispute, document)
                told = _tellings(db, ruled, dispute, document)
                if document in here and told is not None:
                    tellings, inside = told.split("\n")
                    numbers = [_file_telling(db, dispute, t, known) for t in from_json(tellings)]
                    for n, m, score in codec.load(_INSIDE, inside):
                        filed.add_link_within(db, numbers[n], numbers[m], score)
            _rule(db, dispute)
            index.done(db, "file", waiting, dispute=dispute)


def _tellings(db: sqlite3.Connection, ruled: _Ruled, dispute: str, document: str) -> str | None:
    """What a document may tell; read off anew where people ruled on parties for this dispute alone."""
    told = index.tellings_of(db, document)
    if told is None or not any(c.dispute == dispute for c in ruled.corrections.made):
        return told
    (read,) = load.read_articles(db, [document])
    return _told(corrected(read, ruled.corrections.within(dispute)))


def _file_telling(db: sqlite3.Connection, dispute: str, told: Tellable, known: dict[int, Known]) -> int:
    """File a telling under its wording and return its number; a new wording is compared with all that share a key
    with it."""
    said = wording(told)
    name = digest(said)
    number = filed.find_wording(db, dispute, name)
    if number is None:
        keys = key_numbers(said, dispute)
        candidates = filed.sharing(db, keys)
        number = filed.add_wording(db, dispute, name, body=as_json([said]), keys=keys)
        known[number] = (name, said, elsewhere(said))
        _load(db, candidates, known)
        for other in (*candidates, number):
            for link in _links(number, other, known):
                filed.add_link(db, link)
    return filed.add_telling(db, dispute, number, document=told.document, span=told.span, place=place(told))


def _load(db: sqlite3.Connection, numbers: Sequence[int], known: dict[int, Known]) -> None:
    missing = [n for n in numbers if n not in known]
    for number, (name, body) in filed.wordings(db, missing).items():
        said = from_json(body)[0]
        known[number] = (name, said, elsewhere(said))


def _links(number: int, other: int, known: Mapping[int, Known]) -> Iterator[Linked]:
    """The links of two wordings. They are always held against each other in the order of their names, so that the
    order of reading changes no digit."""
    first, second = sorted((number, other), key=lambda n: known[n][0])
    for edge in edges(known[first][1], known[second][2]):
        across = edge if first <= second else edge.turned()
        yield Linked(
            min(first, second), max(first, second), across.a_outlet or "", across.b_outlet or "", across.score
        )


def _rule(db: sqlite3.Connection, dispute: str) -> None:
    """Bring what people ruled on links in step with the tellings: the ruling names two places, and holds for the
    wordings that are told there."""
    ruled: dict[tuple[int, int], tuple[bool, str]] = {}
    for ruling in judgements.links(db):
        a = filed.telling_at(db, dispute, ruling.a.document, ruling.a.span)
        b = filed.telling_at(db, dispute, ruling.b.document, ruling.b.span)
        if a is not None and b is not None and a != b:
            ruled[min(a, b), max(a, b)] = (ruling.same, ruling.said)
    filed.rule(db, dispute, ruled)


def _claims(db: sqlite3.Connection, dispute: str, run: int) -> None:
    """Derive the claims of every component that something was added to or taken from."""
    while waiting := index.due(db, "claims", dispute=dispute, limit=_BATCH):
        with store.transaction(db):
            gone = {w.removeprefix("c:") for w in waiting if w.startswith("c:")}
            seeds = [int(w.removeprefix("w:")) for w in waiting if w.startswith("w:")]
            seeds += filed.of_claims(db, dispute, sorted(gone))
            seen: set[int] = set()
            derived: list[Finding] = []
            for seed in seeds:
                if seed not in seen:
                    component = filed.component(db, seed)
                    seen.update(component)
                    told = filed.placed(db, component)
                    gone |= filed.claims_resting_on(db, dispute, told)
                    derived += _derive(db, dispute, component, told)
            findings.replace_claims(db, dispute, derived, before=gone, run=run)
            index.mark(db, "findings", [""], dispute=dispute)  # what became of these is told by the chronology
            index.done(db, "claims", (*waiting, *(f"w:{n}" for n in sorted(seen))), dispute=dispute)


def _derive(
    db: sqlite3.Connection, dispute: str, component: Sequence[int], placed: Sequence[Placed]
) -> Iterator[Finding]:
    known: dict[int, Known] = {}
    _load(db, component, known)
    told = [stands(known[p.wording][1], p.place) for p in placed]
    ruled = filed.rulings_among(db, component)
    links = [link for link in filed.links_among(db, component) if (link.a, link.b) not in ruled]
    links += [Linked(a, b, "", "", score) for (a, b), score in sorted(ruled.items()) if score is not None]
    between: dict[tuple[str, str], list[Edge]] = {}
    for link in links:
        edge = Edge(link.score, link.a_outlet or None, link.b_outlet or None)
        a, b = known[link.a][0], known[link.b][0]
        between.setdefault((min(a, b), max(a, b)), []).append(edge if a <= b else edge.turned())
    inside = _inside(placed, filed.links_within(db, placed), ruled)
    names = [known[p.wording][0] for p in placed]
    by_name = {
        (min(x, y), max(x, y)): score for (a, b), score in ruled.items() for x, y in [(known[a][0], known[b][0])]
    }
    for claim in claims.claims(told, names, between, inside, _passages(db), by_name):
        yield synthesis.claim_finding(dispute, claim)


def _inside(
    placed: Sequence[Placed],
    links: Mapping[tuple[int, int], Score],
    ruled: Mapping[tuple[int, int], Score | None],
) -> dict[tuple[int, int], Score]:
    """The links between tellings of one document by their positions, as ruled."""
    at = {p.id: n for n, p in enumerate(placed)}
    found: dict[tuple[int, int], Score] = {}
    for (a, b), score in links.items():
        n, m = sorted((at[a], at[b]))
        pair = sorted((placed[n].wording, placed[m].wording))
        if (pair[0], pair[1]) not in ruled:
            found[n, m] = score
    for (one, other), made in ruled.items():
        if made is not None:
            of_both = product(*([n for n, p in enumerate(placed) if p.wording == w] for w in (one, other)))
            same = ((n, m) for n, m in of_both if placed[n].document == placed[m].document)
            found |= {(min(pair), max(pair)): made for pair in same}
    return found


def _passages(db: sqlite3.Connection) -> Passages:
    """The passages of one document that stand in another too, each pair looked at once for good."""

    @lru_cache(maxsize=512)
    def article(document: str) -> Article:
        return next(a for _, a in load.articles(db, [document]))

    def passages(document: str, other: str) -> Sequence[Span]:
        a, b = sorted((document, other))
        spans = filed.passages(db, a, b)
        if spans is None:
            found = claims.copied(article(a), article(b))
            spans = [[*_ends(c.a.span), *_ends(c.b.span), c.words] for c in found]
            filed.add_passages(db, a, b, spans)
        at = 0 if document == a else 2
        return [Span(s[at], s[at + 1]) for s in spans]

    return passages


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


# ------------------------------------------------------------------------------- the other findings


def _findings(db: sqlite3.Connection, ruled: _Ruled, dispute: str, run: int) -> None:
    """Derive chronology, standing, clock, forecast and overreach from all documents of the dispute; the work is
    done outside the write lock."""
    here = ruled.corrections.within(dispute)
    while index.due(db, "findings", dispute=dispute):
        with store.transaction(db, write=False):
            readings = index.readings(db, index.assigned(db, dispute))
            machine = list(load.read_articles(db, sorted(readings)))
        documents = [corrected(d, here) for d in machine]
        derived = list(synthesis.findings(dispute, documents))
        with store.transaction(db):
            if not ruled.stands(db):
                return
            if index.readings(db, index.assigned(db, dispute)) == readings:
                findings.replace(db, dispute, derived, run=run)
                held = [c for c in findings.bodies(db, Claim, dispute) if isinstance(c, Claim)]
                fated = synthesis.told(held, documents, derived)
                moved = [c for c, was in zip(fated, held, strict=True) if c != was]
                changed = [synthesis.claim_finding(dispute, c) for c in moved]
                findings.replace_claims(db, dispute, changed, before=(), run=run)
                rulings.keep(db, dispute, documents, machine)
                index.done(db, "findings", [""], dispute=dispute)
