"""What a dispute is about: its profile and the sides' positions, with references."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Dispute, Evidence, Position, ProfileFact, StanceChange
from onrecord.record import findings, queries
from onrecord.record.queries import References, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFact:
    """A line of the profile; ``words`` are those of the first document that tells it."""

    fact: ProfileFact
    references: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPosition:
    position: Position
    reference: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedShift:
    """A change of stance, both statements side by side."""

    shift: StanceChange
    before: CitedPosition
    after: CitedPosition


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The profile by field, the positions by issue and day, and the changes of stance and figures."""

    dispute: Dispute
    profile: tuple[CitedFact, ...]
    positions: tuple[CitedPosition, ...]
    shifts: tuple[CitedShift, ...]


def about(db: sqlite3.Connection, dispute: Dispute) -> About:
    """Gather what a dispute is about. Cost grows with its documents; no model is loaded."""
    texts = {d.article.id: d.article.text for d in queries.read_articles(db, dispute.id)}
    references = References(db)

    def words(evidence: Sequence[Evidence]) -> str:
        return words_of(texts[evidence[0].document], [evidence[0].span]) if evidence else ""

    def position(p: Position) -> CitedPosition:
        reference = references.of(p.evidence.document, p.evidence.span)
        return CitedPosition(position=p, reference=str(reference), words=words([p.evidence]))

    facts = [b for b in findings.bodies(db, ProfileFact, dispute.id) if isinstance(b, ProfileFact)]
    held = [b for b in findings.bodies(db, Position, dispute.id) if isinstance(b, Position)]
    moved = [b for b in findings.bodies(db, StanceChange, dispute.id) if isinstance(b, StanceChange)]
    return About(
        dispute=dispute,
        profile=tuple(
            CitedFact(
                fact=f,
                references=tuple(str(r) for r in references.all_of(f.evidence)),
                words=words(f.evidence),
            )
            for f in facts
        ),
        positions=tuple(position(p) for p in held),
        shifts=tuple(CitedShift(shift=s, before=position(s.before), after=position(s.after)) for s in moved),
    )
