"""Whether a time expression looks back or ahead, by the clause it stands in: the news sense of "on Wednesday"."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.dating.words import words

BACK, OPEN, AHEAD = -1, 0, 1

_LIMIT = 40  # steps up a tree; a parse has no cycles, and no clause is that deep
_VERBS = frozenset({"VERB", "AUX"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_FUTURE_SIGNAL = re.compile(
    r"\b(?:as\s+(?:early|soon|late)\s+as|no\s+later\s+than|effective|ahead\s+of|starting|beginning|in\s+time\s+for"
    r"|looming|upcoming|scheduled\s+for|set\s+for|due)\s+(?:on\s+|the\s+)?\Z"
)
_PAST_SIGNAL = re.compile(r"\b(?:since|following|as\s+of\s+last|in\s+the\s+wake\s+of)\s+\Z")
# What is there once it is announced: "announced a deal on Friday" was then, unlike "announced a rally on Friday".
_DONE = frozenset({"agreement", "deal", "settlement", "accord", "pact", "result", "contract", "offer"})
_PERFECT = frozenset({"have", "'ve", "has", "had", "having"})


def toward(doc: Doc, first: int, last: int, before: str, *, headline: bool) -> int:
    """-1 when the tokens ``[first, last)`` look back, +1 when they look ahead, 0 when nothing tells.

    ``before`` is the lower-case text in front of them; ``headline`` tells that the present tense there is
    historic.
    """
    if _FUTURE_SIGNAL.search(before, max(0, len(before) - 40)):
        return AHEAD
    if _PAST_SIGNAL.search(before, max(0, len(before) - 40)):
        return BACK
    root = _root(doc, first, last)
    path = _path_to_verb(root)
    verb = path[-1]
    if any(t.lower_ in {"after", "since", "following"} and t.dep_ in {"prep", "mark", "pcomp"} for t in path):
        return BACK
    if any(t.lower_ == "ahead" for t in path):
        return AHEAD
    if len(path) > 2 and path[1].lower_ == "of":  # "the offer of Aug. 11" is dated by no verb
        return AHEAD if path[2].lemma_ == "deadline" else OPEN
    if verb.pos_ not in _VERBS:
        return _by_preposition(path)
    verb = _governor(doc, first, verb)
    if _lies_ahead(path, verb):
        return AHEAD
    if verb.lemma_ == "follow" and any(t.dep_ == "dobj" for t in path):
        return BACK
    found = tense(verb, headline=headline)
    return found if found else _by_preposition(path)


def _root(doc: Doc, first: int, last: int) -> Token:
    """The token of the expression whose head lies outside it."""
    for token in doc[first:last]:
        if not first <= token.head.i < last or token.head.i == token.i:
            return token
    return doc[last - 1]


def _path_to_verb(token: Token) -> list[Token]:
    """The token, and its heads up to the first verb (or the root)."""
    path = [token]
    while path[-1].head.i != path[-1].i and len(path) < _LIMIT:
        path.append(path[-1].head)
        if path[-1].pos_ in _VERBS:
            break
    return path


def _governor(doc: Doc, first: int, verb: Token) -> Token:
    """The verb found, or the one before the expression where the parser hung it on a tag behind a comma:
    "plans to return Wednesday, the union said"."""
    if verb.i < first or verb.lemma_ not in words().saying:
        return verb
    if not any(t.text in {",", "\u201d", '"'} for t in doc[first : verb.i]):
        return verb
    for i in range(first - 1, max(first - _LIMIT, verb.sent.start) - 1, -1):
        if doc[i].pos_ in _VERBS and doc[i].dep_ not in _AUXILIARIES:
            return doc[i]
    return verb


def _lies_ahead(path: list[Token], verb: Token) -> bool:
    """ "announced plans for a strike on Friday", "called them to talks on Monday", "scheduled for Friday"; but
    what stands directly by the verb dates the verb: "called on Monday"."""
    if verb.lemma_ not in words().ahead:
        return False
    between = path[1:-1]
    if any(t.lower_ == "for" for t in between):
        return True
    return any(
        t.pos_ in {"NOUN", "PROPN"}
        and (t.dep_ in {"dobj", "attr", "nsubjpass"} or t.head.lower_ == "to")
        and t.lemma_ not in _DONE
        for t in between
    )


def _by_preposition(path: list[Token]) -> int:
    if any(t.lower_ in {"by", "until", "till"} for t in path[1:-1] or path):
        return AHEAD
    return OPEN


def tense(verb: Token, *, headline: bool = False, depth: int = 0) -> int:
    """-1 for a verb told in the past or the perfect, +1 for the future, 0 when it does not say."""
    if depth > _LIMIT:
        return OPEN
    helpers = [c for c in verb.children if c.dep_ in _AUXILIARIES]
    perfect = any(h.lower_ in _PERFECT for h in helpers)
    if any(h.tag_ == "MD" for h in helpers):
        if _within_past_perfect(verb):
            return OPEN  # "hopes had grown that Friday could bring a deal"
        return BACK if perfect and not any(h.lower_ in {"will", "'ll"} for h in helpers) else AHEAD
    if any(h.tag_ == "TO" for h in helpers):
        head = verb.head
        if perfect or (head.i != verb.i and head.lemma_ in words().implicative):
            return BACK if perfect else tense(head, headline=headline, depth=depth + 1)
        return OPEN if _within_past_perfect(verb) or _was_due(verb) else AHEAD
    if verb.lemma_ in words().ahead and verb.tag_ == "VBN" and verb.dep_ in {"acl", "ROOT"} and not perfect:
        return OPEN  # "talks planned Friday"
    if perfect or verb.tag_ == "VBD" or any(h.tag_ == "VBD" for h in helpers):
        return BACK
    return _tense_of_form(verb, helpers, headline=headline, depth=depth)


def _within_past_perfect(verb: Token) -> bool:
    return verb.dep_ in {"ccomp", "xcomp", "acl", "advcl"} and any(
        c.lower_ in {"had", "'d"} and c.dep_ == "aux" for c in verb.head.children
    )


def _was_due(verb: Token) -> bool:
    """ "were due to meet on Monday": on one to come, or on one that has passed without it."""
    head = verb.head
    if head.i == verb.i or head.lower_ not in {"due", "supposed", "meant", "scheduled", "slated"}:
        return False
    return any(t.lower_ in {"was", "were"} for t in [head.head, *head.children])


def _tense_of_form(verb: Token, helpers: list[Token], *, headline: bool, depth: int) -> int:
    inherits = verb.head.i != verb.i and verb.dep_ in {"conj", "advcl", "acl", "xcomp", "pcomp", "ccomp", "dep"}
    match verb.tag_:
        case "VBN":
            return BACK if not helpers else OPEN
        case "VBG":
            if any(h.tag_ in {"VBZ", "VBP"} for h in helpers):
                return AHEAD  # "are meeting on Friday"
            governing = next((t for t in verb.ancestors if t.pos_ in _VERBS), None) if inherits else None
            return tense(governing, headline=headline, depth=depth + 1) if governing is not None else OPEN
        case "VB":
            if inherits and verb.dep_ == "conj":
                return tense(verb.head, headline=headline, depth=depth + 1)
            return AHEAD
        case "VBZ" | "VBP":
            if headline or verb.lemma_ in words().saying:
                return OPEN
            return AHEAD
        case _:
            return OPEN


def firmly_ahead(verb: Token) -> bool:
    """Whether a verb tells, from the day of writing, what is still to come: "will meet", "are to meet". The future
    in the past ("would meet", "was to meet") is not."""
    helpers = [c for c in verb.children if c.dep_ in _AUXILIARIES]
    if any(h.tag_ == "MD" for h in helpers):
        return any(h.lower_ in {"will", "'ll", "shall"} for h in helpers) and not any(
            h.lower_ in _PERFECT for h in helpers
        )
    if any(h.tag_ == "TO" for h in helpers) and verb.head.i != verb.i:
        head = verb.head
        finite = (
            head
            if head.tag_ in {"VBZ", "VBP"}
            else next((c for c in [head.head, *head.children] if c.pos_ == "AUX"), head)
        )
        looks_ahead = head.lemma_ in words().ahead | {"be", "intend"} or head.lower_ in {"due", "set", "scheduled"}
        return finite.tag_ in {"VBZ", "VBP"} and looks_ahead
    return False


def governing_verb(doc: Doc, first: int, last: int) -> Token | None:
    """The verb of the clause that the tokens ``[first, last)`` stand in, None in a clause without one."""
    verb = _path_to_verb(_root(doc, first, last))[-1]
    return _governor(doc, first, verb) if verb.pos_ in _VERBS else None
