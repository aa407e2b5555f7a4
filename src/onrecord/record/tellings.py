"""Claims as people ask for them: which there are, who told each after whom, and why two tellings are one claim."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.model import Bearing, Claim, Evidence, Hedge, OnrecordError, Part, Relation, Score, Span, Telling
from onrecord.record import codec, findings, queries
from onrecord.record.queries import Reference, References


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim in a list. ``origins`` counts those who told it of their own knowledge, ``outlets`` who passed it on
    among them; ``first`` is the earliest day on which a document told it."""

    dispute: str
    claim: Claim
    references: tuple[str, ...]
    outlets: int
    origins: int
    first: date | None
    last: date | None

    @property
    def contested(self) -> bool:
        """Whether a telling of it denies what another one tells, or gives another figure or day for it."""
        return any(
            t.hedge is Hedge.CONTESTED or t.bearing in (Bearing.CONTRADICTS, Bearing.CORRECTS)
            for t in self.claim.tellings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRow:
    """A telling in its place: ``after`` is the position of the telling that it copies or cites, None when it comes
    first, has a source of its own, shows none, or cites ``outside``, an outlet that does not tell it here."""

    reference: str
    document: str
    title: str
    outlet: str | None
    day: date | None
    speaker: str | None
    words: str
    telling: Telling
    after: int | None
    outside: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link between two tellings; ``alike`` further pairs in the same words have the same. ``ruled`` when a
    person made it."""

    a: str
    b: str
    score: Score
    alike: int
    ruled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim with its tellings in order, the first of them first, and the links that hold it together; ``cut``
    are pairs that a person parted."""

    row: ClaimRow
    tellings: tuple[TellingRow, ...]
    links: tuple[LinkRow, ...]
    cut: tuple[LinkRow, ...]


def rows(db: sqlite3.Connection, dispute: str | None = None) -> tuple[ClaimRow, ...]:
    """The claims of a dispute, or of all, by the day on which they were first told."""
    references = References(db)
    known = {d.id: d for d in queries.documents(db)}
    found: list[ClaimRow] = []
    for d in findings.disputes(db):
        for claim in queries.claims(db, d.id) if dispute in (None, d.id) else ():
            days = [day for t in claim.tellings if (day := known[t.document].published)]
            found.append(
                ClaimRow(
                    dispute=d.id,
                    claim=claim,
                    references=tuple(
                        str(r) for r in references.all_of(Evidence(t.document, t.span) for t in claim.tellings)
                    ),
                    outlets=len({known[t.document].outlet or t.document for t in claim.tellings}),
                    origins=_origins(db, claim),
                    first=min(days, default=None),
                    last=max(days, default=None),
                )
            )
    return tuple(sorted(found, key=lambda r: (r.first or date.max, r.dispute, r.claim.id)))


def _origins(db: sqlite3.Connection, claim: Claim) -> int:
    """How many told a claim of their own knowledge: the sources of the independent tellings, each once, and the
    origin outside the record. Unnamed sources of two documents are never taken for one."""
    own: set[str] = set()
    for t in claim.tellings:
        if t.relation is Relation.INDEPENDENT:
            row = db.execute(
                "SELECT source, authority FROM statement WHERE id = ? LIMIT 1", (t.statement,)
            ).fetchone()
            named = row is not None and row["source"] and row["authority"] != "unnamed"
            own.add(row["source"] if named else t.document)
    return len(own) + (claim.origin_outside is not None)


def find(db: sqlite3.Connection, name: str, dispute: str | None = None) -> ClaimRow:
    """The one claim whose id begins so.

    Raises OnrecordError when there is none or more than one.
    """
    wanted = name.strip().casefold()
    ids = db.execute(
        "SELECT DISTINCT dispute, id FROM finding WHERE type = 'Claim' AND superseded_run IS NULL "
        "AND (?2 IS NULL OR dispute = ?2) AND substr(id, 1, length(?1)) = ?1 ORDER BY dispute, id",
        (wanted, dispute),
    ).fetchall()
    if not wanted or not ids:
        raise OnrecordError(f"the record holds no claim {name!r}; list them with: onrecord claims")
    if len(ids) > 1:
        some = ", ".join(f"{r['id']} ({r['dispute']})" for r in ids[:5])
        raise OnrecordError(f"{name!r} is the beginning of {len(ids)} claims: {some}; give more of it")
    return next(r for r in rows(db, ids[0]["dispute"]) if r.claim.id == ids[0]["id"])


# ------------------------------------------------------------------------------- one claim


def view(db: sqlite3.Connection, row: ClaimRow) -> ClaimView:
    """A claim with all that explains it."""
    told = _told(db, row)
    return ClaimView(row=row, tellings=told, links=_links(db, row, told), cut=_cut(db, row))


def _told(db: sqlite3.Connection, row: ClaimRow) -> tuple[TellingRow, ...]:
    references = References(db)
    known = {d.id: d for d in queries.documents(db, row.dispute)}
    filed = [_filed(db, row.dispute, t) for t in row.claim.tellings]
    out = []
    for n, t in enumerate(row.claim.tellings):
        document = known[t.document]
        after, outside = _after(db, row.claim, n, filed)
        text = db.execute(
            "SELECT substr(a.text, ? + 1, ?) FROM current_document c JOIN article a ON a.id = c.article "
            "WHERE c.id = ?",
            (t.span.start, t.span.end - t.span.start, t.document),
        ).fetchone()[0]
        speaker = db.execute(
            "SELECT s.source FROM current_document c JOIN statement s ON s.reading = c.reading "
            "WHERE c.id = ? AND s.id = ?",
            (t.document, t.statement),
        ).fetchone()
        out.append(
            TellingRow(
                reference=str(references.of(t.document, t.span)),
                document=t.document,
                title=document.title or document.name,
                outlet=document.outlet,
                day=document.published,
                speaker=speaker["source"] if speaker else None,
                words=" ".join(text.split()),
                telling=t,
                after=after,
                outside=outside,
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Filed:
    """What the index knows of a telling."""

    id: int
    wording: int
    outlet: str | None
    cites: tuple[str, ...]
    plain: str
    published: str


def _filed(db: sqlite3.Connection, dispute: str, told: Telling) -> _Filed | None:
    r = db.execute(
        "SELECT t.id, t.wording, t.place, w.body FROM telling t JOIN wording w ON w.id = t.wording "
        "WHERE t.dispute = ? AND t.document = ? AND t.start = ? AND t.end = ? ORDER BY t.id LIMIT 1",
        (dispute, told.document, told.span.start, told.span.end),
    ).fetchone()
    if r is None:
        return None  # the claim is of an earlier reading and not derived anew yet
    said, place = json.loads(r["body"])[0], json.loads(r["place"])
    return _Filed(
        r["id"], r["wording"], place["outlet"], tuple(said["cites"]), said["plain"], said["published"] or ""
    )


def _after(
    db: sqlite3.Connection, claim: Claim, n: int, filed: Sequence[_Filed | None]
) -> tuple[int | None, str | None]:
    """The telling that another one copies or cites, by position, always one before it in order, so that they make
    a tree; or the outlet outside that it cites."""
    here, told = filed[n], claim.tellings[n]
    if here is None or told.origin:
        return None, None
    others = [(m, f) for m, f in enumerate(filed) if f is not None and m != n]
    if told.relation is Relation.CITES:
        cited = [m for m, f in others if f.outlet in here.cites]
        if cited:
            return (cited[0] if cited[0] < n else None), None
        return None, claim.origin_outside or next(iter(here.cites), None)
    if told.relation is Relation.COPIED:
        earlier = [(m, f) for m, f in others if m < n and f.published and f.published < here.published]
        same = [m for m, f in earlier if f.plain == here.plain]
        shared = [m for m, _ in earlier if _shares(db, told, claim.tellings[m])]
        return next(iter((*same, *shared, *(m for m, _ in earlier))), None), None
    return None, None


def _shares(db: sqlite3.Connection, told: Telling, other: Telling) -> bool:
    """Whether a telling stands within a passage that its document shares with that of another one."""
    a, b = sorted((told.document, other.document))
    row = db.execute("SELECT spans FROM passage WHERE a = ? AND b = ?", (a, b)).fetchone()
    at = 0 if told.document == a else 2
    spans = json.loads(row["spans"]) if row else []
    return any(Span(s[at], s[at + 1]).holds(told.span) for s in spans)


def _links(db: sqlite3.Connection, row: ClaimRow, told: Sequence[TellingRow]) -> tuple[LinkRow, ...]:
    """The links among the tellings of a claim: for each pair of wordings one, with how many have the same; and
    those within a document."""
    filed = [(t, f) for t, f in ((t, _filed(db, row.dispute, t.telling)) for t in told) if f is not None]
    of: dict[int, list[tuple[TellingRow, _Filed]]] = {}
    for t, f in filed:
        of.setdefault(f.wording, []).append((t, f))
    ruled = {(r["a"], r["b"]): r for r in _of_wordings(db, "wording_ruling", sorted(of))}
    out: list[LinkRow] = []
    for r in _of_wordings(db, "wording_link", sorted(of)):
        pairs = [
            (x, y)
            for x, fx in of[r["a"]]
            for y, fy in of[r["b"]]
            if x.document != y.document
            and (r["a"] != r["b"] or x.reference < y.reference)
            and r["a_outlet"] in ("", fx.outlet)
            and r["b_outlet"] in ("", fy.outlet)
        ]
        if pairs and (r["a"], r["b"]) not in ruled:
            out.append(_link(pairs[0], _score(r), len(pairs) - 1))
    for (a, b), r in ruled.items():
        if r["same"]:
            pair = (of[a][0][0], of[b][0][0])
            made = Score(1.0, (Part("judgement", 1.0, r["why"]),))
            out.append(_link(pair, made, len(of[a]) * len(of[b]) - 1, ruled=True))
    by_id = {f.id: (t, f) for t, f in filed}
    for number, (t, f) in by_id.items():
        for r in db.execute("SELECT * FROM telling_link WHERE a = ? ORDER BY b", (number,)):
            if r["b"] in by_id and tuple(sorted((f.wording, by_id[r["b"]][1].wording))) not in ruled:
                out.append(_link((t, by_id[r["b"]][0]), _score(r), 0))
    return tuple(sorted(out, key=lambda x: (-x.score.value, x.a, x.b)))


def _of_wordings(db: sqlite3.Connection, table: str, numbers: Sequence[int]) -> list[sqlite3.Row]:
    """The rows of a table of pairs of which both are among these wordings."""
    wanted = set(numbers)
    found = (
        r for n in numbers for r in db.execute(f"SELECT * FROM {table} WHERE a = ? ORDER BY b", (n,)).fetchall()
    )
    return [r for r in found if r["b"] in wanted]


def _score(r: sqlite3.Row) -> Score:
    return Score(r["score"], codec.load(tuple[Part, ...], r["parts"]))


def _link(pair: tuple[TellingRow, TellingRow], score: Score, alike: int, *, ruled: bool = False) -> LinkRow:
    a, b = sorted(pair, key=lambda t: (t.day or date.max, t.reference))
    return LinkRow(a=a.reference, b=b.reference, score=score, alike=alike, ruled=ruled)


def _cut(db: sqlite3.Connection, row: ClaimRow) -> tuple[LinkRow, ...]:
    """The pairs that a person parted, of which one is told here."""
    references = References(db)
    out: list[LinkRow] = []
    here = {f.wording for t in row.claim.tellings if (f := _filed(db, row.dispute, t)) is not None}
    for r in db.execute("SELECT * FROM wording_ruling WHERE NOT same ORDER BY a, b").fetchall():
        if here & {r["a"], r["b"]}:
            one = "SELECT * FROM telling WHERE wording = ? ORDER BY document LIMIT 1"
            ends = [db.execute(one, (r[side],)).fetchone() for side in ("a", "b")]
            a, b = (str(references.of(e["document"], Span(e["start"], e["end"]))) for e in ends)
            why = Score(0.0, (Part("judgement", 0.0, r["why"]),))
            out.append(LinkRow(a=a, b=b, score=why, alike=0, ruled=True))
    return tuple(out)


# ------------------------------------------------------------------------------- naming a telling


def telling(db: sqlite3.Connection, name: str, dispute: str) -> Evidence:
    """The telling that a person names: ``2:14`` the one in that sentence, ``3fa2`` the first of that claim,
    ``3fa2.3`` its third.

    Raises OnrecordError when there is none or more than one.
    """
    reference = queries.parse_reference(name)
    if reference is not None and reference.sentence is not None:
        return _in_sentence(db, reference, dispute)
    claim, _, number = name.strip().partition(".")
    row = find(db, claim, dispute)
    position = int(number) if number.isdecimal() else 1
    if (number and not number.isdecimal()) or not 0 < position <= len(row.claim.tellings):
        raise OnrecordError(
            f"the claim {row.claim.id} has tellings 1 to {len(row.claim.tellings)}, not {number!r}; "
            f"see: onrecord claim {row.claim.id}"
        )
    told = row.claim.tellings[position - 1]
    return Evidence(told.document, told.span)


def _in_sentence(db: sqlite3.Connection, reference: Reference, dispute: str) -> Evidence:
    document = queries.find_document(db, str(reference.number))
    references = References(db)
    found = [
        Evidence(document.id, Span(r["start"], r["end"]))
        for r in db.execute(
            "SELECT DISTINCT start, end FROM telling WHERE dispute = ? AND document = ? ORDER BY start, end",
            (dispute, document.id),
        )
        if references.of(document.id, Span(r["start"], r["end"])) == reference
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise OnrecordError(f"{reference} tells nothing of {dispute} that could be a claim; see: onrecord claims")
    raise OnrecordError(
        f"{reference} holds {len(found)} tellings; name one as CLAIM.NUMBER, as onrecord claim lists them"
    )


def same_words(db: sqlite3.Connection, dispute: str, a: Evidence, b: Evidence) -> bool:
    """Whether two tellings are in the same words, so that no ruling can part them."""
    wordings = [
        db.execute(
            "SELECT wording FROM telling WHERE dispute = ? AND document = ? AND start = ? AND end = ?",
            (dispute, e.document, e.span.start, e.span.end),
        ).fetchone()["wording"]
        for e in (a, b)
    ]
    return bool(wordings[0] == wordings[1])


def claim_of(db: sqlite3.Connection, dispute: str, place: Evidence) -> Claim | None:
    """The claim that a telling is of."""
    told = (place.document, place.span)
    found = (c for c in queries.claims(db, dispute) if any((t.document, t.span) == told for t in c.tellings))
    return next(found, None)
