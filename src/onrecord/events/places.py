"""Where an event took place: the proper name after "at", "in", "outside" and the like in its clause."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.events.clauses import Clause
from onrecord.model import EventType
from onrecord.text.parse import Parsed

_PLACED = frozenset(
    {
        EventType.PICKET_OR_RALLY,
        EventType.MEETING_HELD,
        EventType.STRIKE_START,
        EventType.SOLIDARITY_ACTION,
        EventType.TALKS_SCHEDULED,
        EventType.TALKS_RESUMED,
    }
)
_WHERE = frozenset({"at", "in", "outside", "near", "on"})
_NO_PLACE = frozenset({"DATE", "TIME", "PERSON", "MONEY", "PERCENT", "CARDINAL", "ORDINAL"})


def place(parsed: Parsed, clause: Clause, type: EventType) -> str | None:
    """The words that name the place, as they stand in the text; None when none does."""
    if type not in _PLACED:
        return None
    head = parsed.doc[clause.head]
    nodes = [head, *[parsed.doc[i] for i in (*clause.patients, *clause.agents) if i > clause.head]]
    for node in nodes:
        for prep in node.children:
            if prep.dep_ != "prep" or prep.lower_ not in _WHERE:
                continue
            for noun in prep.children:
                if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.ent_type_ not in _NO_PLACE:
                    return parsed.span(noun.left_edge.i, _end(noun)).of(parsed.text)
    return None


def _end(noun: Token) -> int:
    """The end of a name, with a further "in ..." that places it."""
    end = noun.i + 1
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "at") and prep.i == end:
            for inner in prep.children:
                if inner.dep_ == "pobj" and inner.pos_ == "PROPN" and inner.ent_type_ not in _NO_PLACE:
                    return inner.i + 1
    return end
