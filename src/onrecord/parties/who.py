"""Who is who in one document."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from onrecord.model import Mention, Party, PartyKind, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The parties of a document and where it mentions them.

    ``mentions`` are in text order and do not overlap. ``workers`` and ``employers`` are the ids of the party
    that leads each side in this document, None where none does. ``groups`` are the spans of mentions that speak
    of the people or companies of their party rather than of the body ("the nurses", "the studios")."""

    parties: tuple[Party, ...] = ()
    mentions: tuple[Mention, ...] = ()
    workers: str | None = None
    employers: str | None = None
    groups: frozenset[Span] = frozenset()

    def at(self, span: Span) -> Mention | None:
        """The mention that a stretch of text is about: of those that share a character with it a person before an
        organisation ("WGA negotiator Ann Lee" is Lee), then the one with the greatest overlap, then the first."""
        found: list[tuple[bool, int, int]] = []
        start = max(0, bisect_right(self.mentions, span.start, key=lambda m: m.span.start) - 1)
        for i in range(start, len(self.mentions)):
            mention = self.mentions[i]
            if mention.span.start >= span.end:
                break
            shared = min(mention.span.end, span.end) - max(mention.span.start, span.start)
            if shared > 0:
                party = None if mention.party is None else self.party(mention.party)
                found.append((party is not None and party.kind is PartyKind.PERSON, shared, -i))
        return self.mentions[-max(found)[2]] if found else None

    def party(self, id: str) -> Party | None:
        """The party with an id, if this document has it."""
        return next((p for p in self.parties if p.id == id), None)

    def resolve(self, span: Span) -> Party | None:
        """The party that a stretch of text names; None when it names none or cannot be resolved."""
        mention = self.at(span)
        return None if mention is None or mention.party is None else self.party(mention.party)

    def is_group(self, span: Span) -> bool:
        """Whether a stretch speaks of the people or companies of a party ("the nurses") rather than the body."""
        mention = self.at(span)
        return mention is not None and mention.span in self.groups

    def both_sides(self, span: Span) -> tuple[str, ...]:
        """The ids of both leading parties, workers first, where a stretch says "both sides", "the parties" and the
        like; empty when not exactly two are known."""
        mention = self.at(span)
        if mention is None or not mention.why.startswith(BOTH) or self.workers is None or self.employers is None:
            return ()
        return self.workers, self.employers

    @property
    def persons(self) -> tuple[Party, ...]:
        """The persons named."""
        return tuple(p for p in self.parties if p.kind is PartyKind.PERSON)


BOTH = "both sides"
