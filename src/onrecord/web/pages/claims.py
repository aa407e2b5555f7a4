"""Claims: those ahead of the record, those that several tell, and one with its tellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.export import report, words
from onrecord.export.report import Line
from onrecord.model import Claim, OnrecordError
from onrecord.record import load, queries
from onrecord.record.status import CitedClaim
from onrecord.web.pages.base import PAGE_ROWS, Asked, Page, Turn, tables_of, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Page):
    """A page of lines with references."""

    intro: str
    lines: tuple[Line, ...]
    turn: Turn


def ahead(asked: Asked) -> Lines:
    """Claims that run ahead of the record, the furthest first."""
    s = asked.report
    return lines(
        asked,
        report.ahead_lines(s),
        title="Ahead of the record",
        here="ahead",
        intro="Claims that a settlement or a turn is near: the likelihood that the words convey, held against how "
        "often strikes of this age end in that time. One bit ahead means odds twice those of the base rate.",
        table="claims",
    )


def lines(asked: Asked, found: Sequence[Line], *, title: str, here: str, intro: str, table: str) -> Lines:
    dispute = asked.dispute
    start = (asked.page - 1) * PAGE_ROWS
    return Lines(
        template="lines.html",
        title=title,
        dispute=dispute,
        here=here,
        data=tables_of(dispute, table),
        intro=intro,
        lines=tuple(found[start : start + PAGE_ROWS]),
        turn=turn(asked, start + PAGE_ROWS < len(found)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims(Page):
    claims: tuple[CitedClaim, ...]
    turn: Turn


def claims(asked: Asked) -> Claims:
    """Claims that several documents tell, those with most outlets first."""
    s = asked.report
    several = [c for c in s.claims if len({t.document for t in c.claim.tellings}) > 1]
    several.sort(key=lambda c: (-c.outlets, -len(c.claim.tellings), c.claim.id))
    start = (asked.page - 1) * PAGE_ROWS
    return Claims(
        template="claims.html",
        title="Claims",
        dispute=s.dispute,
        here="claims",
        data=tables_of(s.dispute, "claims"),
        claims=tuple(several[start : start + PAGE_ROWS]),
        turn=turn(asked, start + PAGE_ROWS < len(several)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingLine:
    reference: str
    outlet: str
    day: str
    words: str
    hedge: str
    relation: str
    origin: bool
    why: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(Page):
    claim: Claim
    outlets: int
    tellings: tuple[TellingLine, ...]


def claim(asked: Asked) -> ClaimPage:
    """One claim: its tellings in order, what changed, and why each was matched. Raises OnrecordError."""
    s = asked.report
    wanted = str(asked.path["claim"])
    found = next((c for c in s.claims if c.claim.id == wanted), None)
    if found is None:
        raise OnrecordError(f"This dispute has no claim {wanted!r}; a later reading may have merged it.")
    documents = {d.id: d for d in s.documents}
    read = {
        d.article.id: d for d in load.read_articles(asked.db, sorted({t.document for t in found.claim.tellings}))
    }
    references = queries.References(asked.db)
    return ClaimPage(
        template="claim.html",
        title="Claim",
        dispute=s.dispute,
        here="claims",
        data=tables_of(s.dispute, "claims"),
        claim=found.claim,
        outlets=found.outlets,
        tellings=tuple(
            TellingLine(
                reference=str(references.of(t.document, t.span)),
                outlet=documents[t.document].outlet or documents[t.document].name,
                day=words.dated(documents[t.document].published, documents[t.document].precision),
                words=queries.words_of(read[t.document].article.text, [t.span]),
                hedge=t.hedge.value,
                relation=t.relation.value,
                origin=t.origin,
                why=tuple((p.name, p.value, p.why) for p in t.match.parts),
            )
            for t in found.claim.tellings
        ),
    )
