"""How far the telling of an event can be relied on.

What has *established* an event (docs/method/standing.md): a text of both sides; or the word of a party to the
dispute about its own act, or about talks it took part in; or the plain assertion of at least two independent
documents. What only unnamed people or other outlets say is *reported*, however many repeat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Authority, Event, EventType, ReadArticle, Side, Statement

# An act of one side; of all others both sides can speak.
_WORKERS_ACTS = frozenset(
    {
        EventType.STRIKE_AUTHORIZED,
        EventType.STRIKE_START,
        EventType.STRIKE_END,
        EventType.PICKET_OR_RALLY,
        EventType.RATIFIED,
        EventType.RATIFICATION_VOTE,
        EventType.REJECTED_BY_MEMBERS,
    }
)
_AROUND = 30  # characters on both sides of the evidence
_RANK = (
    Authority.JOINT,
    Authority.PARTY,
    Authority.NAMED,
    Authority.AUTHOR,
    Authority.OUTLET,
    Authority.UNNAMED,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One document's telling of an event, and on whose authority it stands there."""

    read: ReadArticle
    event: Event

    @property
    def statement(self) -> Statement | None:
        """The statement in whose content the event stands; None when the document asserts it itself."""
        wanted = self.event.statement
        return next((s for s in self.read.reading.statements if s.id == wanted), None) if wanted else None

    @property
    def authority(self) -> Authority | None:
        """The authority of the telling; None when it cannot be told."""
        if self.event.statement is None:
            return Authority.AUTHOR
        statement = self.statement
        return statement.authority if statement is not None else None


def best(tellings: Sequence[Telling]) -> Authority | None:
    """The strongest authority among the tellings of an event; None when none is known."""
    found = {t.authority for t in tellings}
    return next((a for a in _RANK if a in found), None)


def established(tellings: Sequence[Telling]) -> bool:
    """Whether the tellings of one event establish it."""
    if any(t.authority is Authority.JOINT for t in tellings):
        return True
    if any(t.authority is Authority.PARTY and _may_speak(t) for t in tellings):
        return True
    return len(_independent(tellings)) >= 2


def _may_speak(telling: Telling) -> bool:
    statement, event = telling.statement, telling.event
    if statement is None or statement.source.side not in (Side.WORKERS, Side.EMPLOYERS):
        return False
    if event.type in _WORKERS_ACTS:
        return (statement.source.side is Side.WORKERS) != event.lockout
    named = {p.party for p in event.participants if p.party is not None}
    return not named or statement.source.party in named or len(named) > 1


def _independent(tellings: Sequence[Telling]) -> set[str]:
    """The documents, one an outlet, that assert the event themselves or have it from a named person or a party.
    Two documents of the same text count once: the same words with the same ones around them ("the strike began"
    alone is anybody's)."""
    seen: dict[str, str] = {}
    for telling in tellings:
        if telling.authority in (Authority.AUTHOR, Authority.NAMED, Authority.PARTY):
            article = telling.read.article
            span = telling.event.evidence
            around = article.text[max(0, span.start - _AROUND) : span.end + _AROUND]
            words = " ".join(around.lower().split())
            seen.setdefault(words, article.outlet or article.id)
    return set(seen.values())
