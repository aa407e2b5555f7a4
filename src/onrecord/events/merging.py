"""All mentions of one event in a document become one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import EventStatus, EventType, Participant, Size, Span

_ALIKE = (
    frozenset({EventStatus.HAPPENED, EventStatus.ONGOING}),
    frozenset({EventStatus.PLANNED, EventStatus.POSSIBLE}),
)
# Two of these by different people are two events even on the same day.
_BY_ACTOR = frozenset(
    {
        EventType.PROPOSAL_MADE,
        EventType.COUNTERPROPOSAL_MADE,
        EventType.PROPOSAL_REJECTED,
        EventType.ECONOMIC_EFFECT,
        EventType.MEETING_REQUESTED,
        EventType.STRIKE_START,
        EventType.STRIKE_END,
        EventType.SANCTION_OR_LEGAL,
        EventType.DEADLINE_SET,
        EventType.DIVISION_REPORTED,
        EventType.MEETING_HELD,
    }
)
# Of two types that one clause yields, the second says less and is dropped.
_OUTWEIGHS: dict[EventType, frozenset[EventType]] = {
    EventType.TALKS_SCHEDULED: frozenset({EventType.MEETING_HELD, EventType.TALKS_RESUMED}),
    EventType.TALKS_RESUMED: frozenset({EventType.MEETING_HELD}),
    EventType.TALKS_BROKEN_OFF: frozenset({EventType.MEETING_HELD, EventType.STRIKE_START}),
    EventType.REJECTED_BY_MEMBERS: frozenset(
        {
            EventType.PROPOSAL_REJECTED,
            EventType.RATIFICATION_VOTE,
            EventType.TENTATIVE_AGREEMENT,
            EventType.PROPOSAL_MADE,
        }
    ),
    EventType.COUNTERPROPOSAL_MADE: frozenset({EventType.PROPOSAL_MADE}),
    EventType.PROPOSAL_REJECTED: frozenset({EventType.PROPOSAL_MADE}),
    EventType.STRIKE_AUTHORIZED: frozenset({EventType.STRIKE_START, EventType.RATIFICATION_VOTE}),
    EventType.STRIKE_END: frozenset({EventType.STRIKE_START}),
    EventType.RATIFIED: frozenset(
        {EventType.TENTATIVE_AGREEMENT, EventType.RATIFICATION_VOTE, EventType.PROPOSAL_MADE}
    ),
    EventType.RATIFICATION_VOTE: frozenset({EventType.TENTATIVE_AGREEMENT}),
    EventType.MEETING_REQUESTED: frozenset(
        {EventType.MEETING_HELD, EventType.TALKS_RESUMED, EventType.TALKS_SCHEDULED}
    ),
    EventType.SOLIDARITY_ACTION: frozenset({EventType.PICKET_OR_RALLY, EventType.STRIKE_START}),
    EventType.JOINT_STATEMENT: frozenset(),
    EventType.LEAK_REPORTED: frozenset({EventType.PROPOSAL_MADE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One mention of an event."""

    type: EventType
    status: EventStatus
    participants: tuple[Participant, ...]
    evidence: Span
    anchor: int
    when: str | None
    when_span: Span | None
    statement: str | None
    place: str | None
    size: Size | None
    lockout: bool
    in_title: bool
    finite: bool

    @property
    def names(self) -> frozenset[str]:
        return frozenset(p.name for p in self.participants)


def strongest(found: Sequence[Sighting]) -> list[Sighting]:
    """The sightings of one clause, without those that another type outweighs and with each type once."""
    out: list[Sighting] = []
    if any(s.type is EventType.STRIKE_START and s.status is EventStatus.DENIED for s in found):
        found = [s for s in found if s.type is not EventType.STRIKE_END]  # called off before it began
    dropped = {weaker for s in found for weaker in _OUTWEIGHS.get(s.type, frozenset())}
    for sighting in found:
        if sighting.type not in dropped and all(o.type is not sighting.type for o in out):
            out.append(sighting)
    return out


def merged(found: Sequence[Sighting]) -> list[Sighting]:
    """One entry for all mentions of the same event: the same type, a like status, dates and participants that do
    not exclude each other. The mention that says most lends its evidence."""
    clusters: list[list[Sighting]] = []
    for sighting in [s for s in found if not s.in_title] + [s for s in found if s.in_title]:
        home = next((c for c in reversed(clusters) if all(_same(sighting, other) for other in c)), None)
        if home is None:
            clusters.append([sighting])
        else:
            home.append(sighting)
    return sorted((_best(c) for c in clusters), key=lambda s: (s.evidence, s.type))


def _same(one: Sighting, two: Sighting) -> bool:
    if one.type is not two.type or one.lockout != two.lockout:
        return False
    if one.status is not two.status and not any({one.status, two.status} <= alike for alike in _ALIKE):
        return False
    if one.when is not None and two.when is not None and one.when != two.when:
        return False
    if one.type is EventType.ECONOMIC_EFFECT and not (one.names and two.names):
        return False  # who bears a cost is half of what is told
    if one.type in _BY_ACTOR and one.names and two.names:
        return bool(one.names & two.names)
    return True


def _best(cluster: list[Sighting]) -> Sighting:
    best = max(
        cluster,
        key=lambda s: (
            not s.in_title,
            s.finite,
            any(p.role == "waits_for" for p in s.participants),
            s.when is not None,
            len(s.participants),
            s.size is not None,
            -s.evidence.start,
        ),
    )
    first = min(cluster, key=lambda s: s.evidence)
    told = next(
        (s for s in sorted(cluster, key=lambda s: s.evidence) if s.statement is None and not s.in_title), best
    )
    return Sighting(
        type=best.type,
        status=told.status if told.when == best.when else best.status,
        participants=best.participants,
        evidence=best.evidence,
        anchor=best.anchor,
        when=best.when,
        when_span=best.when_span,
        statement=best.statement if told is best or told.when != best.when else None,
        place=best.place or first.place,
        size=best.size or next((s.size for s in cluster if s.size is not None), None),
        lockout=best.lockout,
        in_title=best.in_title,
        finite=best.finite,
    )
