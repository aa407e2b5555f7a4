"""Framing, leaks and claims ahead of the record as rows and counts, for people and for machines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from onrecord.model import About, Authority, Blackout, Kind, Leak, Side
from onrecord.record import findings, queries
from onrecord.record.queries import References, words_of
from onrecord.record.status import CitedAhead

FEW = 5  # below this many an attitude is no figure


# ------------------------------------------------------------------------------- framing


@dataclass(frozen=True, slots=True, kw_only=True)
class FramingRow:
    """Who credits (``tone`` 1) or blames (-1) which side for what. ``teller`` is who says so in words; ``by``
    their side where it is told."""

    reference: str
    outlet: str | None
    day: date | None
    opinion: bool
    teller: str
    authority: Authority
    by: Side | None
    target: str
    side: Side
    tone: int
    about: About
    expectation: bool
    ironic: bool
    in_title: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FramingCount:
    """How often a side is credited with or blamed for one thing; how often by its own side, by the other side, by
    unnamed sources (whatever their side), by the documents' own voice, and by others."""

    side: Side
    tone: int
    about: About
    all: int
    own_side: int
    other_side: int
    unnamed: int
    own_voice: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attitude:
    """The balance of one teller towards one side: credits less blames over their sum, from -1 to 1; None below
    ``FEW`` of them."""

    teller: str
    side: Side
    credits: int
    blames: int
    balance: float | None


def framing(db: sqlite3.Connection, dispute: str | None = None) -> tuple[FramingRow, ...]:
    """All framings in force, in the order of documents and text."""
    references = References(db)
    out: list[FramingRow] = []
    for d in queries.read_articles(db, dispute):
        said = {s.id: s for s in d.reading.statements}
        for f in d.reading.framing:
            s = said.get(f.statement or "")
            authority = (s.authority if s else Authority.AUTHOR) or Authority.OUTLET
            named = s.source.name if s else None
            out.append(
                FramingRow(
                    reference=str(references.of(d.article.id, f.span)),
                    outlet=d.article.outlet,
                    day=d.reading.published.value,
                    opinion=d.reading.kind is Kind.OPINION,
                    teller=named or f"{d.article.outlet or d.article.name}, own voice",
                    authority=authority,
                    by=f.by,
                    target=f.target,
                    side=f.side,
                    tone=f.tone,
                    about=f.about,
                    expectation=f.expectation,
                    ironic=f.ironic,
                    in_title=f.in_title,
                    words=words_of(d.article.text, [f.span]),
                )
            )
    return tuple(out)


def framing_counts(rows: Sequence[FramingRow]) -> tuple[FramingCount, ...]:
    """Counts by side, tone and matter, most first; what is meant ironically counts for nobody."""
    meant = [r for r in rows if not r.ironic]
    out = []
    for side, tone, about in sorted({(r.side, r.tone, r.about) for r in meant}):
        these = [r for r in meant if (r.side, r.tone, r.about) == (side, tone, about)]
        kinds = [_kind(r) for r in these]
        out.append(
            FramingCount(
                side=side,
                tone=tone,
                about=about,
                all=len(these),
                own_side=kinds.count("own"),
                other_side=kinds.count("other"),
                unnamed=kinds.count("unnamed"),
                own_voice=kinds.count("voice"),
                others=kinds.count("others"),
            )
        )
    return tuple(sorted(out, key=lambda c: (-c.all, c.side, -c.tone, c.about)))


def _kind(row: FramingRow) -> str:
    if row.by is row.side:
        return "own"
    if row.by in (Side.WORKERS, Side.EMPLOYERS):
        return "other"
    if row.authority is Authority.UNNAMED:
        return "unnamed"
    return "voice" if row.authority is Authority.AUTHOR else "others"


def attitudes(rows: Sequence[FramingRow]) -> tuple[Attitude, ...]:
    """The balance of each outlet's own voice towards each side. It counts words of credit and blame and nothing
    else: an outlet that quotes one side more often is not in it."""
    own = [r for r in rows if r.authority is Authority.AUTHOR and r.by is None and not r.ironic]
    out = []
    for teller, side in sorted({(r.teller, r.side) for r in own}):
        tones = [r.tone for r in own if (r.teller, r.side) == (teller, side)]
        up, down = tones.count(1), tones.count(-1)
        balance = (up - down) / len(tones) if len(tones) >= FEW else None
        out.append(Attitude(teller=teller, side=side, credits=up, blames=down, balance=balance))
    return tuple(out)


# ------------------------------------------------------------------------------- leaks


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBlackout:
    blackout: Blackout
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLeak:
    leak: Leak
    reference: str
    outlet: str | None
    words: str


def blackouts(db: sqlite3.Connection, dispute: str) -> tuple[CitedBlackout, ...]:
    """The times of agreed silence, with references."""
    references = References(db)
    return tuple(
        CitedBlackout(blackout=b, references=tuple(str(r) for r in references.all_of(b.evidence)))
        for b in findings.bodies(db, Blackout, dispute)
        if isinstance(b, Blackout)
    )


def leaks(db: sqlite3.Connection, dispute: str) -> tuple[CitedLeak, ...]:
    """What was said in them all the same, and charges of leaking, with references."""
    references = References(db)
    by_id = {d.article.id: d for d in queries.read_articles(db, dispute)}
    return tuple(
        CitedLeak(
            leak=x,
            reference=str(references.of(x.evidence.document, x.evidence.span)),
            outlet=by_id[x.evidence.document].article.outlet,
            words=words_of(by_id[x.evidence.document].article.text, [x.evidence.span]),
        )
        for x in findings.bodies(db, Leak, dispute)
        if isinstance(x, Leak)
    )


# ------------------------------------------------------------------------------- ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadGroup:
    """Claims that a settlement is near (``hope``) or far (``gloom``) of one outlet, speaker, side or day. ``bits``
    is the median of the hopeful claims that have a figure (``figures``), ``low`` and ``high`` the least and the
    greatest of them. Of the claims whose outcome is known, ``came`` came true; ``wording_brier`` scores what
    their words conveyed (the middle in log odds), ``base_brier`` what the base rate said instead."""

    name: str
    hope: int
    gloom: int
    titles: int
    figures: int
    bits: float | None
    low: float | None
    high: float | None
    known: int
    came: int
    wording_brier: float | None
    base_brier: float | None


GROUPS: dict[str, Callable[[CitedAhead], str]] = {
    "outlet": lambda a: a.outlet or "(outlet not known)",
    "speaker": lambda a: a.source or (f"{a.outlet}, own voice" if a.outlet else "(own voice)"),
    "side": lambda a: a.side.value if a.side else "(no side told)",
    "day": lambda a: a.day.isoformat() if a.day else "(undated)",
}


def ahead_groups(rows: Sequence[CitedAhead], by: str) -> tuple[AheadGroup, ...]:
    """Claims grouped by one of ``GROUPS``; days in their order, other groups with the farthest ahead first."""
    name = GROUPS[by]
    out = [_group(key, [r for r in rows if name(r) == key]) for key in sorted({name(r) for r in rows})]
    if by == "day":
        return tuple(out)
    return tuple(sorted(out, key=lambda g: (g.bits is None, -(g.bits or 0.0), -g.hope, g.name)))


def _group(name: str, rows: Sequence[CitedAhead]) -> AheadGroup:
    hope = [r for r in rows if r.direction > 0]
    bits = [r.overreach.bits for r in hope if r.overreach.bits is not None]
    known = [r.overreach for r in rows if r.overreach.came is not None and r.overreach.conveyed is not None]
    return AheadGroup(
        name=name,
        hope=len(hope),
        gloom=len(rows) - len(hope),
        titles=sum(r.in_title for r in rows),
        figures=len(bits),
        bits=median(bits) if bits else None,
        low=min(bits, default=None),
        high=max(bits, default=None),
        known=len(known),
        came=sum(bool(o.came) for o in known),
        wording_brier=_brier([(o.conveyed, o.came) for o in known]),
        base_brier=_brier([(o.base, o.came) for o in known]),
    )


def _brier(pairs: Sequence[tuple[float | None, bool | None]]) -> float | None:
    held = [(chance - bool(came)) ** 2 for chance, came in pairs if chance is not None]
    return sum(held) / len(held) if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineGap:
    """A document whose headline runs ahead of, or behind, what its own text conveys: in bits of log odds between
    the middles of what the two wordings convey, the text's strongest claim taken."""

    headline: CitedAhead
    text: CitedAhead | None
    gap: float | None
    why: str


def headline_gaps(rows: Sequence[CitedAhead]) -> tuple[HeadlineGap, ...]:
    """Headline against body, a document a row, for documents whose headline is a claim that a settlement is
    near."""
    out: list[HeadlineGap] = []
    documents = sorted({r.overreach.evidence.document for r in rows})
    for document in documents:
        of_it = [r for r in rows if r.overreach.evidence.document == document and r.direction > 0]
        titles = [r for r in of_it if r.in_title]
        body = [r for r in of_it if not r.in_title]
        if not titles:
            continue
        headline = max(titles, key=lambda r: (_middle(r) or 0.0, r.reference))
        if not body:
            out.append(HeadlineGap(headline=headline, text=None, gap=None, why="the text makes no such claim"))
            continue
        strongest = max(body, key=lambda r: (_middle(r) or float("-inf"), r.reference))
        one, other = _middle(headline), _middle(strongest)
        if one is None or other is None:
            why = "the headline has no hedge" if one is None and other is not None else "no likelihood is conveyed"
            out.append(HeadlineGap(headline=headline, text=strongest, gap=None, why=why))
        else:
            out.append(HeadlineGap(headline=headline, text=strongest, gap=one - other, why=""))
    return tuple(out)


def _middle(row: CitedAhead) -> float | None:
    return row.conveyed_bits
