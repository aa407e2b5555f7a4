"""Who else pays: the costs that a dispute puts on suppliers, customers, neighbours and others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.events.bearers import bearers, phrase
from onrecord.events.clauses import Clause, clauses
from onrecord.events.gate import concerns_labour
from onrecord.events.lexicon import words
from onrecord.events.tagging import Tags, tags
from onrecord.model import Effect, Span, Statement, content_id
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed, Sentence

_AMOUNT = re.compile(
    r"[$£€]\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|bn|m)\b)?(?:\s(?:a|per) (?:day|week|month|year))?"
    r"|\b\d[\d,.]*\s?(?:%|per ?cent\b)|\b(?:a|one|two) (?:third|quarter|half|thirds)\b|\bhalf\b"
    r"|\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:dozens|hundreds|thousands) of)(?: [a-z]+)?"
    r" (?:people|staff|workers|jobs|employees|flights|operations|appointments|shifts|days|weeks)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    bears: tuple[str, ...]
    puts: tuple[str, ...]
    told: str


def effects(parsed: Parsed, who: Who, statements: tuple[Statement, ...]) -> tuple[Effect, ...]:
    """The effects that a document tells of, one for each bearer and kind, in text order.

    The bearer is a word of the class "bearer" (data/classes.toml) that is no union's member; the kind a word of
    data/effects.toml; the amount the words that give it, where the clause has just one. What a question asks or a
    clause denies is no effect.
    """
    if not concerns_labour(parsed.text):
        return ()
    tagged: Tags | None = None
    found: dict[tuple[str, str], Effect] = {}
    for sentence in parsed.prose():
        if not any(t.lemma_.lower() in _heads() for t in parsed.doc[sentence.first : sentence.last]):
            continue
        tagged = tagged or tags(parsed, who)
        if sentence.span.of(parsed.text).rstrip("\"'\u201d\u2019 ").endswith("?"):
            continue
        for effect in _in_sentence(parsed, tagged, sentence, statements):
            found.setdefault((effect.bearer.lower(), effect.kind), effect)
    return tuple(sorted(found.values(), key=lambda e: (e.bearer_span, e.kind)))


def _in_sentence(
    parsed: Parsed, tagged: Tags, sentence: Sentence, statements: tuple[Statement, ...]
) -> Iterator[Effect]:
    doc = parsed.doc
    strike = any("strike" in tagged[i] for i in range(sentence.first, sentence.last))
    for clause in clauses(doc, sentence.first, sentence.last):
        head = doc[clause.head]
        if any(c.dep_ == "neg" for c in head.children):
            continue
        for kind, subject in _kinds(doc, clause):
            evidence = parsed.span(clause.first, clause.last)
            amounts = _AMOUNT.findall(evidence.of(parsed.text))
            if (kind.told in ("strike", "both") and not strike) or (
                kind.told in ("amount", "both") and not amounts
            ):
                continue
            for bearer in bearers(doc, clause, tagged, subject=subject):
                yield _effect(parsed, bearer, kind, evidence, amounts, statements)


def _effect(
    parsed: Parsed,
    bearer: Token,
    kind: _Kind,
    evidence: Span,
    amounts: list[str],
    statements: tuple[Statement, ...],
) -> Effect:
    span = parsed.span(bearer.i, bearer.i + 1)
    holding = [(c.end - c.start, s.id) for s in statements for c in s.content if c.holds(span)]
    return Effect(
        id=content_id("effect", parsed.article.id, kind.name, span),
        document=parsed.article.id,
        bearer=phrase(bearer),
        bearer_span=span,
        kind=kind.name,
        evidence=Span(min(evidence.start, span.start), max(evidence.end, span.end)),
        amount=amounts[0] if len(amounts) == 1 else None,
        statement=min(holding)[1] if holding else None,
    )


def _kinds(doc: Doc, clause: Clause) -> Iterator[tuple[_Kind, bool]]:
    """The kinds that a clause's verb tells of, and whether its subject (else its object) bears the cost."""
    head = doc[clause.head]
    after = {doc[i].lower_ for i in clause.tokens if clause.head < i <= clause.head + 4}
    for kind in _lexicon():
        for verbs, subject in ((kind.bears, True), (kind.puts, False)):
            for verb in verbs:
                lemma, *rest = verb.split()
                if head.lemma_.lower() == lemma and set(rest) <= after:
                    yield kind, subject
                    break


@cache
def _heads() -> frozenset[str]:
    """The lemmas without which no sentence tells of an effect."""
    return frozenset(verb.split()[0] for kind in _lexicon() for verb in (*kind.bears, *kind.puts))


@cache
def _lexicon() -> tuple[_Kind, ...]:
    data: Mapping[str, Mapping[str, object]] = words("effects")
    return tuple(
        _Kind(name, _strings(row["bears"]), _strings(row["puts"]), str(row["told"])) for name, row in data.items()
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()
