"""Which rules find something in a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.events.clauses import Clause
from onrecord.events.lexicon import Element, Rule, rules
from onrecord.events.tagging import Tags

# A pronoun, or a proper name of unknown side, may stand for any party of the dispute.
_PARTIES = frozenset({"labour", "management", "members", "party"})
_SPOKEN_OF = frozenset({"labour", "management", "party"})  # "they" are not known to be the members
_KNOWN = frozenset({"labour", "management", "outlet", "thirdparty", "court"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERB_GAP = 8  # words between a verb and the next literal word of its pattern
_NOUN_GAP = 4  # words between the parts of a noun pattern

Pattern = tuple[Element, ...]
Terms = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that found something: the clause (its number in the sentence), the token it hangs on, and the tokens
    that its pattern named."""

    rule: Rule
    clause: int
    anchor: int
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Rules by the lemma of their verb, and by the last word or class of their noun phrase."""

    verbs: Mapping[str, tuple[tuple[Rule, Pattern], ...]]
    nouns: Mapping[str, tuple[tuple[Rule, Pattern], ...]]


def rulebook(chosen: Iterable[Rule]) -> Rulebook:
    """An index of rules; their order is kept."""
    verbs: dict[str, list[tuple[Rule, Pattern]]] = {}
    nouns: dict[str, list[tuple[Rule, Pattern]]] = {}
    for rule in chosen:
        for pattern in rule.verb:
            for lemma in pattern[0]:
                verbs.setdefault(lemma, []).append((rule, pattern))
        for pattern in rule.noun:
            for word in pattern[-1]:
                nouns.setdefault(word, []).append((rule, pattern))
    return Rulebook({k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()})


@cache
def all_rules() -> Rulebook:
    """The rules of this room (data/rules)."""
    return rulebook(rules())


@dataclass(frozen=True, slots=True)
class _View:
    """The words of a clause as rules name them: lemmas, forms, "<class>", "#date"; ``wide`` adds its
    complements."""

    own: frozenset[str]
    wide: frozenset[str]
    text: str


def matches(doc: Doc, found: Sequence[Clause], tags: Tags, words: Terms, book: Rulebook) -> Iterator[Match]:
    """Every rule that holds in one of the clauses of a sentence, clause by clause; each rule once a clause."""
    present = frozenset().union(*(words[i] for clause in found for i in clause.tokens))
    end = max((clause.last for clause in found), default=0)
    for number, clause in enumerate(found):
        candidates = [
            *_verb_candidates(doc, clause, words, book, present, end),
            *_noun_candidates(doc, clause, words, book, present),
        ]
        if not candidates:
            continue
        view = _view(doc, clause, words)
        seen: set[int] = set()
        for rule, pattern, anchor, hits in candidates:
            if id(rule) not in seen and _holds(doc, clause, rule, pattern, anchor, tags, view):
                seen.add(id(rule))
                yield Match(rule, number, anchor, hits)


_Candidate = tuple[Rule, Pattern, int, tuple[int, ...]]


def terms(doc: Doc, tags: Tags) -> Terms:
    """What each token is to a rule: its lemma and form, its classes in angle brackets, its marks ("#date")."""
    return tuple(
        frozenset(
            (token.lemma_.lower(), token.lower_, *(t if t.startswith("#") else f"<{t}>" for t in tags[token.i]))
        )
        for token in doc
    )


def _is(i: int, element: Element, words: Terms) -> bool:
    return not words[i].isdisjoint(element)


def _verb_candidates(
    doc: Doc, clause: Clause, words: Terms, book: Rulebook, present: frozenset[str], end: int
) -> Iterator[_Candidate]:
    head = doc[clause.head]
    for rule, pattern in (pair for form in _forms(head) for pair in book.verbs.get(form, ())):
        if any(present.isdisjoint(element) for element in pattern[1:]):
            continue
        hits = _follows(doc, clause, pattern[1:], words, end)
        if hits is not None:
            yield rule, pattern, clause.head, hits


def _forms(verb: Token) -> dict[str, None]:
    """A verb's lemma, and what may be meant where the lemmatizer leaves a rare participle as it is ("deadlocked")
    or cuts too much ("stag" of "staged")."""
    lemma = verb.lemma_.lower()
    cut = {lemma + "e": None} if verb.tag_ in ("VBD", "VBN", "VBG") else {}
    return {lemma: None, verb.lower_: None} | cut


def _noun_candidates(
    doc: Doc, clause: Clause, words: Terms, book: Rulebook, present: frozenset[str]
) -> Iterator[_Candidate]:
    for i in clause.tokens:
        for word in sorted(words[i] & book.nouns.keys()):
            for rule, pattern in book.nouns[word]:
                if any(present.isdisjoint(element) for element in pattern[:-1]):
                    continue
                if len(pattern) == 1 and doc[i].pos_ in ("VERB", "AUX"):
                    continue
                # "a strike ballot": the noun that only describes another is not the event.
                if doc[i].dep_ in ("compound", "amod", "nmod") and doc[i].head.i == i + 1 and word != "jointly":
                    continue
                before = _precedes(doc, i, pattern[:-1], words)
                if before is not None:
                    yield rule, pattern, i, (*before, i)


def _follows(doc: Doc, clause: Clause, rest: Pattern, words: Terms, end: int) -> tuple[int, ...] | None:
    """The tokens that the elements after the verb stand for: in order, within the clause; a class may also be the
    verb's object, and a literal may stand in an infinitive or gerund that follows at once ("voted to accept")."""
    at, hits = clause.head, list[int]()
    for element in rest:
        hit: int | None = None
        if element[0].startswith("<"):
            hit = next((p for p in clause.patients if _is(p, element, words)), None)
            if hit is None:
                reach = range(at + 1, min(at + 2 * _VERB_GAP, end))
                hit = next(
                    (i for i in reach if _is(i, element, words) and _governed(doc, i, clause.head, hits)), None
                )
        else:
            hit = next((i for i in range(at + 1, min(at + _VERB_GAP, end)) if _is(i, element, words)), None)
            if hit is not None and any(t.pos_ == "VERB" or t.tag_ in _FINITE for t in doc[at + 1 : hit]):
                return None
        if hit is None:
            return None
        hits.append(hit)
        at = max(at, hit)
    return tuple(hits)


def _governed(doc: Doc, i: int, head: int, hits: list[int]) -> bool:
    """Whether a word hangs on the verb, or on a word that the pattern has named already, with nothing between but
    the other members of a coordination ("plans for the risk of a stoppage" plans no stoppage)."""
    token = doc[i]
    for _ in range(4):
        parent = token.head
        if parent.i == head and token.dep_ in ("prep", "pobj", "advmod", "nsubj"):
            return token.i in hits
        if parent.i == head or parent.i in hits:
            return True
        if token.dep_ != "conj" and token.lemma_.lower() not in ("number", "series", "round", "kind"):
            return False
        token = parent
    return False


def _precedes(doc: Doc, at: int, before: Pattern, words: Terms) -> tuple[int, ...] | None:
    first, hits = doc[at].sent.start, list[int]()
    for element in reversed(before):
        low = max(first, at - 1 - _NOUN_GAP)
        hit = next((i for i in range(at - 1, low - 1, -1) if _is(i, element, words)), None)
        between = doc[hit + 1 : at] if hit is not None else ()
        if hit is not None and doc[hit].dep_ == "compound" and doc[hit].head.i == hit + 1 != at:
            return None
        if hit is None or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.text in ",;:" for t in between):
            return None
        hits.append(hit)
        at = hit
    return tuple(reversed(hits))


def _holds(doc: Doc, clause: Clause, rule: Rule, pattern: Pattern, anchor: int, tags: Tags, view: _View) -> bool:
    if (rule.intransitive and clause.patients) or (rule.passive and not clause.passive):
        return False
    if rule.active and clause.passive:
        return False
    if rule.agent and not _agent_holds(clause, rule, pattern, tags):
        return False
    if rule.not_agent and any(tags[a] & rule.not_agent and "name" not in tags[a] for a in clause.agents):
        return False
    if rule.patient and not any(_passes(tags[p], rule.patient) for p in clause.patients):
        return False
    if rule.with_any and not any(_has(doc, word, anchor, tags, view, wide=True) for word in rule.with_any):
        return False
    return not any(_has(doc, word, anchor, tags, view, wide=False) for word in rule.without)


def _agent_holds(clause: Clause, rule: Rule, pattern: Pattern, tags: Tags) -> bool:
    if "any" in rule.agent:
        return True
    candidates = (*clause.agents, *clause.patients) if rule.patient_as_agent else clause.agents
    if any(_passes(tags[a], rule.agent) for a in candidates):
        return True
    # "The strike was authorised": a passive need not say by whom, if its object is of the right kind.
    objective = bool(rule.patient) or any(e[0].startswith("<") for e in pattern[1:])
    return clause.passive and not clause.agents and bool(rule.agent & _PARTIES) and objective


def _passes(found: frozenset[str], wanted: frozenset[str]) -> bool:
    if found & wanted:
        return True
    return bool(wanted & _SPOKEN_OF) and bool(found & {"pronoun", "name"}) and not found & _KNOWN


def _has(doc: Doc, word: str, anchor: int, tags: Tags, view: _View, *, wide: bool) -> bool:
    if word == "#on-date":
        after = range(anchor + 1, min(anchor + 10, len(doc)))
        starts = anchor + 1 < len(doc) and doc[anchor + 1].lower_ in ("on", "from", "for", "between", "starting")
        return starts and any("#date" in tags[i] for i in after)
    if " " in word:
        return f" {word} " in view.text
    return word in (view.wide if wide else view.own)


def _view(doc: Doc, clause: Clause, words: Terms) -> _View:
    own: set[str] = set()
    for i in clause.tokens:
        own |= words[i]
    wide = set(own)
    for i in (*clause.agents, *clause.patients):
        wide |= words[i]
    for child in doc[clause.head].children:
        if child.dep_ in ("xcomp", "prep", "acl", "ccomp", "advcl", "dobj"):
            for token in child.subtree:
                wide |= words[token.i]
    text = " ".join(doc[i].lower_ for i in clause.tokens)
    return _View(frozenset(own), frozenset(wide), f" {text} ")
