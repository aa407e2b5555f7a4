"""Which time expression governs a stretch of text."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.dating.tense import governing_verb
from onrecord.dating.words import words
from onrecord.model import Span, TimeExpression, TimeType
from onrecord.text.parse import Parsed

_VERBS = frozenset({"VERB", "AUX"})


def when_of(times: Iterable[TimeExpression], parsed: Parsed, span: Span) -> TimeExpression | None:
    """The time at which a stretch of text sets what it tells: the expression of its own clause, else that of the
    verb it is joined to ("met on Monday and issued a statement"), else the only one of its sentence, unless that
    belongs to a verb of saying over it. None when there is none, or several that differ.

    Only DATE and TIME expressions govern; the one found may have no value (an undated document).
    """
    sentence = parsed.sentence_at(span.start)
    event = parsed.tokens(span)
    if sentence is None or not len(event):
        return None
    near = [t for t in times if t.type in {TimeType.DATE, TimeType.TIME} and sentence.span.holds(t.span)]
    if not near:
        return None
    clause = _clause(event.root)
    homes = [(t, _home(t, parsed)) for t in near]
    inside = [t for t, _ in homes if span.holds(t.span)]
    same = [t for t, home in homes if home is not None and home.i == clause.i]
    hung = [t for t in near if _hangs_on(t, parsed, event.start, event.end)]
    joined = _first_conjunct(clause)
    shared = [t for t, home in homes if home is not None and home.i == joined.i and joined.i != clause.i]
    for candidates in (inside, hung, same, shared):
        if candidates:
            return _only(candidates, parsed)
    if any(_is_open(t) or (home is not None and _says(home, clause)) for t, home in homes):
        return None
    return near[0] if len({t.value for t in near}) == 1 else None


def _clause(token: Token) -> Token:
    while token.pos_ not in _VERBS and token.head.i != token.i:
        token = token.head
    return token


def _home(time: TimeExpression, parsed: Parsed) -> Token | None:
    tokens = parsed.tokens(time.span)
    return governing_verb(parsed.doc, tokens.start, tokens.end) if len(tokens) else None


def _hangs_on(time: TimeExpression, parsed: Parsed, first: int, last: int) -> bool:
    """Whether the expression hangs on a word of the stretch ("the meeting | on Wednesday"), with no verb
    between."""
    tokens = parsed.tokens(time.span)
    if not len(tokens):
        return False
    token = tokens.root
    while token.head.i != token.i and token.pos_ not in _VERBS:
        token = token.head
        if first <= token.i < last:
            return True
    return False


def _first_conjunct(verb: Token) -> Token:
    while verb.dep_ == "conj" and verb.head.pos_ in _VERBS:
        verb = verb.head
    return verb


def _says(home: Token, clause: Token) -> bool:
    """Whether the time's verb only says what the clause tells."""
    return home.lemma_ in words().saying and home.i != clause.i


def _is_open(time: TimeExpression) -> bool:
    return time.value is not None and ".." in time.value


def _only(candidates: list[TimeExpression], parsed: Parsed) -> TimeExpression | None:
    """The one that stands highest in the tree ("bargained on Monday over the offer of April 9"); one with
    two ends goes before one that is open ("a single offer since May 2, on August 11")."""
    closed = [t for t in candidates if not _is_open(t)] or candidates
    depths = [(_depth(t, parsed), t) for t in closed]
    least = min(depth for depth, _ in depths)
    highest = [t for depth, t in depths if depth == least]
    return highest[0] if len({t.value for t in highest}) == 1 else None


def _depth(time: TimeExpression, parsed: Parsed) -> int:
    """Steps from the expression up to the root of its sentence."""
    token, steps = parsed.tokens(time.span).root, 0
    while token.head.i != token.i:
        token, steps = token.head, steps + 1
    return steps
