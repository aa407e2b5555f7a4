"""How far the source commits itself to the content, as told (FactBank, Sauri and Pustejovsky 2009).

Read from the whole clause: what the cue commits to, negation of the cue, modals and hedges over the clause that
is said, its negation, and whether it is a question or a condition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.attribution.lexicon import cues, table, tables, words
from onrecord.attribution.tree import Tree, tokens_of
from onrecord.model import Certainty, Span
from onrecord.text.parse import Parsed

_NEGATIVE = frozenset(
    {"no", "not", "n't", "never", "neither", "nor", "none", "nobody", "nothing", "hardly", "no-one"}
)
_OPINION = frozenset({"think", "believe", "expect", "imagine", "claim", "agree", "accept", "suggest", "mean"})
# "We cannot fly in fog", "they must not walk out": a fact or a norm asserted, no claim denied.
_INABILITY = frozenset({"can", "must", "will", "shall", "should"})
_DENIES = re.compile(
    r"\b(?:no such|nothing of the kind|not true|untrue|not so|no truth|baseless|unfounded|far from|no sign of|"
    r"let['\u2019]?s not|let us not)\b",
    re.IGNORECASE,
)
_LETS = re.compile(r"\blet['\u2019]?s\b|\blet us\b", re.IGNORECASE)
_FALSE = frozenset({"false", "wrong", "mistaken", "incorrect", "inaccurate"})
_NOBODY = frozenset({"nobody", "none", "neither", "hardly"})
_TOLD_TO = frozenset({"tell", "advise", "order", "instruct", "warn", "remind", "ask"})
_ESTIMATE = re.compile(r"[$\u00a3\u20ac]|\d")
_CONDITION = re.compile(r"\b(?:if|unless|provided|as long as)\b", re.IGNORECASE)
_ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Hedges:
    modals: dict[str, Certainty]
    words: dict[str, Certainty]
    verbs: dict[str, Certainty]
    nouns: dict[str, Certainty]
    stances: dict[str, Certainty]
    phrases: tuple[tuple[re.Pattern[str], Certainty], ...]


@cache
def _hedges() -> _Hedges:
    data = table("certainty")

    def group(name: str) -> dict[str, Certainty]:
        return {word: Certainty(value) for value, listed in tables(data[name]) for word in words(listed)}

    phrases = tuple((re.compile(rf"\b{re.escape(p)}\b", re.IGNORECASE), c) for p, c in group("phrases").items())
    return _Hedges(group("modals"), group("words"), group("verbs"), group("nouns"), group("stances"), phrases)


def certainty(parsed: Parsed, grid: Tree, cue: tuple[Span, ...], content: tuple[Span, ...]) -> Certainty:
    """The source's commitment to the content of one attribution."""
    head = _content_head(parsed, grid, content)
    text = " ".join(s.of(parsed.text) for s in content)
    by_cue = _of_cue(parsed, grid, cue)
    if by_cue in {Certainty.DENIED, Certainty.UNKNOWN}:
        return by_cue
    if text.rstrip(" \"'\u2019\u201d").endswith("?") or head is None:
        return Certainty.UNKNOWN
    hedge = _of_content(parsed, grid, head, text, content)
    if hedge is Certainty.UNKNOWN or _demanded(grid, head, text) or _told_to(parsed, grid, cue, content):
        return Certainty.UNKNOWN
    if hedge is Certainty.CERTAIN and _would(grid, head) and not _shifted(parsed, grid, cue, head):
        hedge = Certainty.PROBABLE if _ESTIMATE.search(text) else Certainty.POSSIBLE
    if _denied(grid, head, text) and by_cue is Certainty.CERTAIN and hedge is Certainty.CERTAIN:
        return Certainty.DENIED
    return max(by_cue, hedge, key=_ORDER.index)


def _content_head(parsed: Parsed, grid: Tree, content: tuple[Span, ...]) -> int | None:
    """The token that governs what is said: the verb of its main clause where it has one."""
    found: list[int] = []
    for span in content:
        tokens = parsed.tokens(span)
        inside = range(tokens.start, tokens.end)
        found += [
            i
            for i in inside
            if (grid.heads[i] not in inside or grid.heads[i] == i) and grid.pos[i] not in {"PUNCT", "SPACE"}
        ]
    verbs = [
        i for i in found if grid.pos[i] in {"VERB", "AUX"} and grid.deps[i] not in {"aux", "auxpass", "advcl"}
    ]
    return (verbs or found or [None])[0]  # type: ignore[list-item]


def _of_cue(parsed: Parsed, grid: Tree, cue: tuple[Span, ...]) -> Certainty:
    if not cue:
        return Certainty.CERTAIN
    tokens = tokens_of(parsed, cue)
    known = cues()
    plain = [grid.words[i] for i in tokens]
    negated = any(w in _NEGATIVE for w in plain) or _nobody(grid, tokens)
    lemmas = [grid.lemmas[i] for i in tokens]
    passive = any(grid.deps[k] == "auxpass" for i in tokens for k in grid.kids[i])
    verb = next((known.verbs[k] for k in _verb_keys(lemmas, plain) if k in known.verbs), None)
    if "declined" in plain or "refused" in plain or "comment" in plain:
        return Certainty.UNKNOWN
    if negated:
        return Certainty.DENIED if any(x in _OPINION for x in lemmas) else Certainty.UNKNOWN
    if passive:
        by_passive = next((known.passives[x] for x in lemmas if x in known.passives), None)
        if by_passive is not None and not any(grid.deps[k] == "agent" for i in tokens for k in grid.kids[i]):
            return by_passive
    if verb is not None:
        voiced = [known.nouns[grid.lemmas[k]] for k in _objects(grid, tokens) if grid.lemmas[k] in known.nouns]
        return max((verb.certainty, *voiced), key=_ORDER.index) if verb.certainty in _ORDER else verb.certainty
    stance = [c for x in plain if (c := _hedges().stances.get(x)) is not None]
    if stance:
        return stance[0]
    for word, lemma in zip(plain, lemmas, strict=True):
        found = known.adverbs.get(word) or known.nouns.get(lemma) or known.holdings.get(lemma)
        if found is not None:
            return found
    return Certainty.CERTAIN


def _nobody(grid: Tree, tokens: list[int]) -> bool:
    """ "Nobody believes that", "hardly anyone expects it"."""
    subjects = (k for i in tokens for k in grid.kids[i] if grid.deps[k] == "nsubj")
    return any(grid.words[i] in _NOBODY for k in subjects for i in (k, *grid.kids[k]))


def _objects(grid: Tree, tokens: list[int]) -> list[int]:
    """ "Voiced the hope that": the objects of a cue that are its own words or govern a clause."""
    return [
        k for i in tokens for k in grid.kids[i] if grid.deps[k] == "dobj" and (k in tokens or _governs(grid, k))
    ]


def _governs(grid: Tree, noun: int) -> bool:
    return grid.child(noun, "acl", "ccomp") is not None


def _verb_keys(lemmas: list[str], plain: list[str]) -> list[str]:
    pairs = [f"{a} {b}" for a, b in zip(lemmas, plain[1:], strict=False)]
    return pairs + lemmas


def _of_content(parsed: Parsed, grid: Tree, head: int, text: str, content: tuple[Span, ...]) -> Certainty:
    hedges = _hedges()
    found: list[Certainty] = [Certainty.CERTAIN]
    for kid in (head, *grid.kids[head]):
        word = grid.words[kid]
        if (
            kid != head
            and grid.deps[kid] in {"aux", "auxpass"}
            and word in hedges.modals
            and not _barred(grid, head)
        ):
            found.append(hedges.modals[word])
        if grid.deps[kid] in {"advmod", "acomp", "oprd", "attr", "ROOT", "amod", "intj"} and word in hedges.words:
            found.append(hedges.words[word])
    if grid.lemmas[head] in hedges.verbs and grid.pos[head] == "VERB":
        found.append(hedges.verbs[grid.lemmas[head]])
    subject = grid.child(head, "nsubj")
    if subject is not None and grid.lemmas[head] == "be" and grid.lemmas[subject] in hedges.nouns:
        found.append(hedges.nouns[grid.lemmas[subject]])
    for kid in grid.kids[head]:
        if grid.deps[kid] == "xcomp" and grid.words[kid] in hedges.words:
            found.append(hedges.words[grid.words[kid]])
    found += [c for pattern, c in hedges.phrases if pattern.search(text)]
    if _conditional(grid, head, text):
        found.append(Certainty.POSSIBLE)
    return max(found, key=_ORDER.index)


def _told_to(parsed: Parsed, grid: Tree, cue: tuple[Span, ...], content: tuple[Span, ...]) -> bool:
    """ "Members were told to wait": an order."""
    first = tokens_of(parsed, content[:1])
    told = any(grid.lemmas[i] in _TOLD_TO for i in tokens_of(parsed, cue))
    return told and len(first) > 1 and grid.words[first[0]] == "to" and grid.tags[first[1]] == "VB"


def _would(grid: Tree, head: int) -> bool:
    return any(grid.deps[k] == "aux" and grid.words[k] in {"would", "'d"} for k in grid.kids[head]) and not any(
        grid.words[k] in {"rather", "like"} for k in (head, *grid.kids[head])
    )


def _shifted(parsed: Parsed, grid: Tree, cue: tuple[Span, ...], head: int) -> bool:
    """Whether "would" is "will" in reported speech ("it said it would answer") or may be, and so no condition."""
    tags = {grid.tags[i] for i in tokens_of(parsed, cue)}
    present = bool(tags & {"VBZ", "VBP"}) and not tags & {"VBD", "VBN"}
    return bool(cue) and not present and not _unverbal(parsed, grid, cue)


def _unverbal(parsed: Parsed, grid: Tree, cue: tuple[Span, ...]) -> bool:
    """A cue without a verb ("according to", "by an estimate") shifts no tense."""
    return not any(grid.pos[i] in {"VERB", "AUX"} and grid.tags[i] != "VBG" for i in tokens_of(parsed, cue))


def _barred(grid: Tree, head: int) -> bool:
    """ "Nobody may sail" forbids, and leaves nothing open."""
    subject = grid.child(head, "nsubj", "nsubjpass")
    barred = subject is not None and grid.words[subject] in {"nobody", "none"}
    return barred and any(grid.words[k] == "may" for k in grid.kids[head])


def _demanded(grid: Tree, head: int, text: str) -> bool:
    """ "Ask them", "give us a date": what is demanded, not claimed."""
    plain = grid.tags[head] == "VB" and grid.deps[head] in {"ROOT", "ccomp"} and not _LETS.search(text)
    return plain and not any(
        grid.deps[k] in {"nsubj", "nsubjpass", "aux", "expl", "csubj"} for k in grid.kids[head]
    )


def _conditional(grid: Tree, head: int, text: str) -> bool:
    """A condition on the main clause, not one within a clause of it."""
    if not _CONDITION.search(text):
        return False
    for kid in grid.kids[head]:
        if grid.deps[kid] == "advcl":
            mark = grid.child(kid, "mark")
            if mark is not None and grid.words[mark] in {"if", "unless", "provided"}:
                return True
    return False


def _denied(grid: Tree, head: int, text: str) -> bool:
    """Whether the main clause negates a claim: "we did not walk out", "there is no offer", "that is wrong"."""
    kids = grid.kids[head]
    if _DENIES.search(text) or any(grid.deps[k] in {"acomp", "attr"} and grid.words[k] in _FALSE for k in kids):
        return True
    modal = any(grid.lemmas[k] in _INABILITY for k in kids if grid.deps[k] == "aux")
    if any(grid.words[k] == "since" for k in (*kids, *(g for k in kids for g in grid.kids[k]))):
        return False  # "has not been this good since May"
    contrast = any(grid.words[k] == "but" for k in (*kids, *(g for k in kids for g in grid.kids[k])))
    if any(grid.deps[k] == "neg" for k in kids) and not modal and not contrast:
        return True
    there = any(grid.deps[k] == "expl" for k in kids)
    return there and any(
        grid.deps[k] in {"attr", "nsubj", "dobj"} and any(grid.words[d] == "no" for d in grid.kids[k])
        for k in kids
    )
