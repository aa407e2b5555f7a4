"""Clauses: who does what to whom, out of the dependency parse, with passives turned round and subjects shared.

A clause is a verb with what belongs to it, without the clauses inside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

_VERBAL = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "csubj", "csubjpass", "parataxis", "dep"}
)
_OF_WHAT = frozenset(
    [
        "hundred",
        "thousand",
        "dozen",
        "score",
        "number",
        "majority",
        "most",
        "some",
        "many",
        "group",
        "member",
        "all",
        "several",
        "handful",
        "couple",
        "lot",
        "few",
        "percent",
        "%",
        "leader",
        "cent",
        "half",
        "round",
        "both",
        "each",
        "none",
        "one",
        "neither",
        "either",
        "day",
        "week",
        "hour",
    ]
)
# Who does the deed of an infinitive: the object of these verbs, the subject of all others.
_OBJECT_CONTROL = frozenset(
    [
        "ask",
        "urge",
        "order",
        "tell",
        "invite",
        "force",
        "allow",
        "call",
        "press",
        "push",
        "want",
        "expect",
        "lead",
        "compel",
        "permit",
        "help",
    ]
)
# "accused the company of leaving": the company left.
_BLAMING = frozenset(
    {"accuse", "blame", "suspect", "criticise", "criticize", "condemn", "praise", "thank", "fault"}
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens by number: the verb, all that belongs to it in order, its logical subjects and objects, and the
    clause that governs it (an index into the list, None at the top)."""

    head: int
    tokens: tuple[int, ...]
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    passive: bool
    governor: int | None

    @property
    def first(self) -> int:
        return self.tokens[0]

    @property
    def last(self) -> int:
        return self.tokens[-1] + 1


def clauses(doc: Doc, first: int, last: int) -> tuple[Clause, ...]:
    """The clauses of one sentence, outer before inner. A sentence without a verb is one clause around its root."""
    tokens = [doc[i] for i in range(first, last)]
    heads = [t for t in tokens if _is_head(t, first, last)]
    if not heads:
        roots = [t for t in tokens if t.head.i == t.i or not first <= t.head.i < last]
        heads = roots[:1] or tokens[:1]
    depth = {t.i: sum(1 for _ in t.ancestors) for t in heads}
    heads.sort(key=lambda t: (depth[t.i], t.i))
    number = {t.i: n for n, t in enumerate(heads)}
    owned: dict[int, list[int]] = {t.i: [] for t in heads}
    for token in tokens:
        owned[_owner(token, number, heads[0].i)].append(token.i)
    out: list[Clause] = []
    for head in heads:
        governor = None
        for ancestor in head.ancestors:
            if ancestor.i in number:
                governor = number[ancestor.i]
                break
        passive = _passive(head)
        subjects, objects = _subjects(head), _objects(head)
        by = [p for c in head.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        if passive:
            agents, patients = by, subjects + objects
        else:
            agents, patients = subjects, objects
        if not subjects and governor is not None and governor < len(out):
            agents, patients, passive = _shared(doc, head, out[governor], agents, patients, passive)
        out.append(
            Clause(
                head.i,
                tuple(sorted(owned[head.i])),
                _spread(agents),
                _spread(patients),
                passive,
                governor,
            )
        )
    return tuple(out)


def core(token: Token) -> Token:
    """What a phrase is about: "nurses" in "hundreds of nurses"."""
    for _ in range(3):
        if token.lemma_.lower() not in _OF_WHAT and token.pos_ != "NUM":
            break
        inner = [
            p
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in ("of", "among")
            for p in c.children
            if p.dep_ == "pobj"
        ]
        if not inner:
            break
        token = inner[0]
    return token


def _is_head(token: Token, first: int, last: int) -> bool:
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
        return False
    if token.dep_ == "amod" or token.dep_ == "compound":
        return False
    inside = first <= token.head.i < last and token.head.i != token.i
    return not inside or token.dep_ in _VERBAL or token.pos_ == "VERB"


def _owner(token: Token, heads: dict[int, int], default: int) -> int:
    if token.i in heads:
        return token.i
    for ancestor in token.ancestors:
        if ancestor.i in heads:
            return ancestor.i
    return default


def _passive(head: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children):
        return True
    return (
        head.tag_ == "VBN"
        and (
            head.dep_ in ("acl", "relcl", "amod") or any(c.lower_ in ("if", "once", "when") for c in head.children)
        )
        and not any(c.dep_ in ("aux", "nsubj") for c in head.children)
    )


def _subjects(head: Token) -> list[Token]:
    found = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")]
    if any(c.dep_ == "expl" for c in found):
        found += [c for c in head.children if c.dep_ in ("attr", "dobj")]
        found = [c for c in found if c.dep_ != "expl"]
    if head.dep_ in ("relcl", "acl") and head.head.i != head.i:
        antecedent = _antecedent(head)
        if head.dep_ == "relcl":
            found = [antecedent if c.lower_ in _RELATIVE else c for c in found]
        if not found:
            found = [antecedent]
    return found


def _objects(head: Token) -> list[Token]:
    found = [c for c in head.children if c.dep_ in ("dobj", "dative", "oprd")]
    # "voted down the offer": the parser takes the particle for a preposition.
    found += [
        p
        for c in head.children
        if c.dep_ == "prep" and c.lower_ in ("down", "off", "out", "on", "over")
        for p in c.children
        if p.dep_ == "pobj"
    ]
    found += [p for c in head.children if c.dep_ == "dative" for p in c.children if p.dep_ == "pobj"]
    relative = [c for c in found if c.lower_ in _RELATIVE]
    if head.dep_ == "relcl" and (relative or (_own_subject(head) and not found)):
        found = [c for c in found if c not in relative] + [_antecedent(head)]
    return found


def _antecedent(head: Token) -> Token:
    """What a relative clause is about: "an offer on Friday, which ..." hangs on the day in the parse alone."""
    noun = head.head
    if noun.ent_type_ not in ("DATE", "TIME") or noun.dep_ != "pobj":
        return noun
    return next((c for c in noun.head.head.children if c.dep_ == "dobj"), noun)


def _own_subject(head: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in _RELATIVE for c in head.children)


def _shared(
    doc: Doc, head: Token, governor: Clause, agents: list[Token], patients: list[Token], passive: bool
) -> tuple[list[Token], list[Token], bool]:
    """The subject that a clause without one of its own has from the clause above it."""
    if head.dep_ not in ("xcomp", "conj", "advcl", "pcomp", "acl", "ccomp", "dep"):
        return agents, patients, passive
    above = doc[governor.head]
    controlled = (head.dep_ == "xcomp" and above.lemma_ in _OBJECT_CONTROL) or (
        head.dep_ == "pcomp" and above.lemma_ in _BLAMING
    )
    if (controlled and governor.patients and not governor.passive) or governor.passive:
        source = governor.patients
    else:
        source = governor.agents
    borrowed = [doc[i] for i in source]
    active = any(c.lower_ in ("have", "has", "had", "'ve") for c in head.children if c.dep_ == "aux")
    if head.dep_ == "conj" and governor.passive and head.tag_ == "VBN" and not active:
        return agents, patients + borrowed, True
    if passive:
        return agents, patients + borrowed, True
    return agents + borrowed, patients, False


def _spread(tokens: list[Token]) -> tuple[int, ...]:
    """Coordinated phrases one by one, each by its core."""
    out: list[int] = []
    for token in tokens:
        for one in (token, *token.conjuncts):
            if one.pos_ in ("VERB", "AUX") and one is not token:
                continue
            for kept in {core(one).i, one.i}:
                if kept not in out:
                    out.append(kept)
    return tuple(sorted(out))
