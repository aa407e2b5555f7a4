"""What a clause does not tell, whatever its words: what is asked for, supposed or wondered about."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.events.lexicon import Rule
from onrecord.model import EventType

_OFFERS = frozenset({EventType.PROPOSAL_MADE, EventType.COUNTERPROPOSAL_MADE})
_MEETINGS = frozenset({EventType.TALKS_SCHEDULED, EventType.TALKS_RESUMED, EventType.MEETING_HELD})
_REQUESTING = frozenset({"ask", "urge", "invite", "request", "beg", "press", "implore"})
_ASKING = frozenset({"know", "say", "ask", "tell", "clear", "see", "wonder", "announce", "decide"})


def untold(head: Token, rule: Rule, conditional: frozenset[str]) -> bool:
    """Whether a clause names an event without telling it: "until a fair offer is made", "have asked them to meet",
    "had talks resumed, they would", "nobody can say when they will meet". ``conditional`` are the words that mark
    a condition."""
    if rule.type in _OFFERS and _marked(head, conditional):
        return True
    return sought(head, rule) or _unreal(head) or _asked(head)


def sought(head: Token, rule: Rule) -> bool:
    """ "have asked the company to meet again": the request is told, not the meeting."""
    return rule.type in _MEETINGS and head.dep_ in ("xcomp", "ccomp") and head.head.lemma_.lower() in _REQUESTING


def _marked(head: Token, marks: frozenset[str]) -> bool:
    """ "until a fair offer is made", "unless they table a proposal": asked for, not told."""
    return any(c.dep_ == "mark" and c.lower_ in marks for c in head.children)


def _unreal(head: Token) -> bool:
    """ "would have begun", "had talks resumed, they would": what did not come to pass."""
    helpers = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    forms = {c.lower_ for c in helpers}
    if "would" in forms and "have" in forms:
        return True
    had = next((c.i for c in helpers if c.lower_ == "had"), None)
    supposed = any(c.lower_ == "if" and c.dep_ == "mark" for c in head.children)
    before = any(c.dep_ in ("nsubj", "nsubjpass") and had is not None and c.i > had for c in head.children)
    return had is not None and (supposed or before) and head.dep_ == "advcl"


def _asked(head: Token) -> bool:
    """ "Nobody can say when they will meet", "asked whether they had met": an indirect question."""
    if head.dep_ not in ("ccomp", "advcl") or head.head.lemma_.lower() not in _ASKING:
        return False
    if head.head.lemma_.lower() == "ask" and any(c.lower_ in ("whether", "if") for c in head.children):
        return True
    return any(c.lower_ in ("when", "how", "why", "where") for c in head.children)
