"""Small makers of read documents, so that a test reads as: these tellings in, this record out."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import (
    Authority,
    Certainty,
    Counting,
    CountUnit,
    Dated,
    Event,
    EventStatus,
    EventType,
    Participant,
    Party,
    PartyKind,
    Quote,
    ReadArticle,
    Reading,
    Side,
    Source,
    Span,
    State,
    Statement,
    StrikeCount,
    content_id,
)
from tests.factories import article, dated

UNION = Participant(name="Dockers' Union", role="actor", party="union")
PORT = Participant(name="Port", role="actor", party="port")
BOTH = (UNION, PORT)
EMPLOYERS = ("port", "ferries", "rail")


def event(
    type: EventType,
    when: str | None,
    *,
    status: EventStatus = EventStatus.HAPPENED,
    who: tuple[Participant, ...] = BOTH,
    by: Authority | None = None,
    side: Side = Side.WORKERS,
    lockout: bool = False,
) -> tuple[Event, Statement | None]:
    """An event and the statement in which it stands; without ``by`` the document asserts it."""
    at = Span(0, 10)
    key = content_id(type, when, status, by)
    statement = None
    if by is not None:
        statement = Statement(
            id=f"s{key}",
            document="",
            source=Source(name="x", party="union" if side is Side.WORKERS else "port", side=side),
            cue=None,
            content=(at,),
            quote=Quote.INDIRECT,
            authority=by,
            certainty=Certainty.CERTAIN,
        )
    made = Event(
        id=f"e{key}",
        document="",
        type=type,
        status=status,
        participants=who,
        evidence=at,
        when=when,
        statement=statement.id if statement else None,
        lockout=lockout,
    )
    return made, statement


def document(
    id: str,
    published: str | None,
    *told: tuple[Event, Statement | None],
    state: State | None = None,
    counts: tuple[StrikeCount, ...] = (),
    bounds: Dated | None = None,
) -> ReadArticle:
    """A read document; each has its own outlet."""

    made = article(f"text of {id} " * 3, published=published, id=id, outlet=f"outlet {id}")
    when = bounds if bounds is not None else dated(published)
    return ReadArticle(
        article=made,
        reading=Reading(
            document=id,
            reader="test",
            kind=None,
            published=when,
            parties=tuple(
                Party(
                    id=id,
                    name=name,
                    kind=PartyKind.EMPLOYER if id in EMPLOYERS else PartyKind.UNION,
                    side=Side.EMPLOYERS if id in EMPLOYERS else Side.WORKERS,
                )
                for id, name in sorted({(p.party, p.name) for e, _ in told for p in e.participants if p.party})
            ),
            events=tuple(replace(e, document=id, id=f"{id}-{e.id}") for e, _ in told),
            statements=tuple(replace(s, document=id) for _, s in told if s is not None),
            counts=counts,
            state=state,
            state_evidence=(Span(0, 4),) if state is not None else (),
        ),
    )


def count(n: int, unit: CountUnit, counting: Counting = Counting.ORDINAL) -> StrikeCount:
    return StrikeCount(span=Span(0, 4), n=n, unit=unit, counting=counting)
