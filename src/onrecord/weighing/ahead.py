"""Find the stretches that say a settlement or a turn is near (or far), hedge included, whoever says it.

The ways of saying it are data (``data/ahead.toml``). The stretch is the clause in which the words stand, with the
verb of hope or expectation above it. What is asked, set as a condition or refused ("let's not exaggerate") is no
claim, and what has come about is an event.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from onrecord.attribution.likelihood import horizon, likelihood
from onrecord.dating import interval
from onrecord.model import Ahead, BlockRole, Likelihood, Span, Statement, TimeExpression, TimeType
from onrecord.text.parse import Parsed, Sentence

_READ = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "till", "once", "before", "after", "should", "when"})
# Verbs and nouns that carry the hedge of the clause below them.
_CARRIERS = frozenset({"hope", "expect", "predict", "anticipate", "forecast", "believe", "see", "seem", "appear"})
_ADJECTIVES = frozenset({"about", "likely", "set", "due", "poised", "close", "ready", "sure", "bound"})
_LEFT_OUT = frozenset({"advcl", "relcl", "acl", "appos", "parataxis", "conj", "cc", "mark", "punct", "dep"})
_WORD = r"\w[\w'’.-]*"
_BETWEEN = rf"(?:[\s,“”\"‘’(–—-]+{_WORD})"
_CLASS = re.compile(r"\{(\w+)\}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way of saying it: see the head of data/ahead.toml."""

    words: re.Pattern[str]
    need: re.Pattern[str] | None
    direction: int
    soon: bool
    going_on: bool
    example: str


@cache
def patterns() -> tuple[Pattern, ...]:
    """What data/ahead.toml holds, in its order."""
    held = tomllib.loads(files("onrecord.weighing").joinpath("data/ahead.toml").read_text("utf-8"))
    return tuple(
        Pattern(
            words=_compiled(row["words"], held["classes"]),
            need=_compiled(row["need"], held["classes"]) if "need" in row else None,
            direction=row["direction"],
            soon=row.get("soon", False),
            going_on=row.get("going_on", False),
            example=row["example"],
        )
        for row in held["pattern"]
    )


@cache
def _soon() -> re.Pattern[str]:
    held = tomllib.loads(files("onrecord.weighing").joinpath("data/ahead.toml").read_text("utf-8"))
    return _compiled("{soon}", held["classes"])


def _compiled(words: str, classes: dict[str, str]) -> re.Pattern[str]:
    text = words
    while _CLASS.search(text):
        text = _CLASS.sub(lambda m: classes[m[1]], text)
    text = text.replace(" ... ", rf"{_BETWEEN}{{0,4}}?[\s,“”\"‘’(–—-]+").replace(" ", r"[\s“”\"‘]+")
    text = text.replace(r"\w+", _WORD)
    return re.compile(rf"(?<![\w-])(?:{text})(?![\w-])", re.IGNORECASE)


def ahead(parsed: Parsed, statements: Sequence[Statement], times: Sequence[TimeExpression]) -> tuple[Ahead, ...]:
    """All claims that a settlement or a turn is near (``direction`` 1) or far (-1), in text order, none within
    another. A claim in a headline or a heading, a question there too, is marked ``in_title``."""
    found: list[Ahead] = []
    for sentence in parsed.sentences:
        if sentence.role in _READ:
            found += _in_sentence(parsed, sentence, statements, times)
    return tuple(_apart(found))


def _in_sentence(
    parsed: Parsed, sentence: Sentence, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> Iterator[Ahead]:
    in_title = sentence.role is not BlockRole.PARAGRAPH
    words = parsed.doc[sentence.first : sentence.last]
    offset = words.start_char
    here = [t for t in times if sentence.span.holds(t.span)]
    if words.text.rstrip(" \"'”’)").endswith("?") and not in_title:
        return
    for pattern in patterns():
        if pattern.need is not None and not pattern.need.search(words.text):
            continue
        for match in pattern.words.finditer(words.text):
            trigger = parsed.doc.char_span(offset + match.start(), offset + match.end(), alignment_mode="expand")
            if trigger is None or _refused(list(trigger), pattern.direction):
                continue
            if pattern.soon and not (_soon().search(words.text) or _to_come(here, parsed)):
                continue
            span = _clause(parsed, sentence, trigger.start, trigger.end)
            statement = _statement(statements, parsed.span_of(trigger))
            if statement is not None:
                span = _clipped(span, statement, parsed.span_of(trigger))
            tells_chance = pattern.direction > 0 or pattern.going_on
            conveyed = likelihood(parsed, (span,), here) if tells_chance else None
            yield Ahead(
                span=span,
                direction=pattern.direction,
                likelihood=conveyed,
                horizon=_horizon(span, here, conveyed) or _from_that_day(parsed, span, here),
                statement=statement.id if statement is not None else None,
                in_title=in_title,
            )


def _to_come(times: Sequence[TimeExpression], parsed: Parsed) -> bool:
    """Whether one of these expressions is a day that, as far as is known, is not past."""
    published = parsed.article.published.value
    for time in times:
        if time.type not in (TimeType.DATE, TimeType.TIME):
            continue
        if time.value is None or published is None:
            return True
        last = interval(time.value)[1]
        if last is not None and last >= published:
            return True
    return False


def _refused(trigger: list[Token], direction: int) -> bool:
    """Whether the words stand under a condition, a question word or (for hope) a negation."""
    head = min(trigger, key=lambda t: sum(1 for _ in t.ancestors))
    verbs = [head, *head.ancestors]
    clause = next((v for v in verbs if v.pos_ in ("VERB", "AUX")), head)
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS for c in clause.children):
        return True
    if any(t.lower_ == "have" and t.dep_ == "aux" and t.nbor(-1).tag_ == "MD" for t in clause.children if t.i):
        return True
    if direction < 0:
        return False
    negated = [*trigger, clause, clause.head] if clause.dep_ in ("xcomp", "ccomp", "acomp") else [*trigger, clause]
    return any(
        child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no")
        for token in negated
        for child in token.children
        if child.lower_ != "never" and child.i < trigger[-1].i
    ) or any(t.lower_ in ("no", "without", "nor", "neither", "nowhere") for t in trigger)


def _clause(parsed: Parsed, sentence: Sentence, first: int, last: int) -> Span:
    """The clause that holds tokens ``[first, last)``, without what hangs on it as another clause."""
    doc = parsed.doc
    top = min(doc[first:last], key=lambda t: (sum(1 for _ in t.ancestors), t.i))
    while top.head.i != top.i and top.pos_ not in ("VERB", "AUX") and sentence.first <= top.head.i < sentence.last:
        top = top.head
    while top.dep_ in ("xcomp", "ccomp") and top.head.lemma_ in _CARRIERS | _ADJECTIVES:
        top = top.head
    if top.dep_ == "ccomp" and top.head.lemma_ == "be" and any(c.lemma_ in _CARRIERS for c in top.head.children):
        top = top.head
    kept = {top.i, *range(first, last)}
    for child in top.children:
        if child.dep_ in _LEFT_OUT and not any(first <= t.i < last for t in child.subtree):
            continue
        kept |= {t.i for t in child.subtree if sentence.first <= t.i < sentence.last}
    # Parts cut off by what was left out are not of the clause: keep the run that holds the words themselves.
    low, high = first, last
    while low - 1 >= sentence.first and (low - 1 in kept or _bridges(doc[low - 1], kept)):
        low -= 1
    while high < sentence.last and (high in kept or _bridges(doc[high], kept)):
        high += 1
    while low < first and doc[low].is_punct and doc[low].text not in '"“‘':
        low += 1
    aside = next((i for i in range(last, high) if _absolute(doc[i])), high)
    high = max(last, aside)
    while high > last and doc[high - 1].is_punct and doc[high - 1].text not in '"”’':
        high -= 1
    return parsed.span(low, high)


def _absolute(token: Token) -> bool:
    """A ", with the company warning ..." that says something else beside the claim."""
    return token.lower_ == "with" and token.i > 0 and token.nbor(-1).text == "," and token.dep_ in ("prep", "mark")


def _bridges(token: Token, kept: set[int]) -> bool:
    return token.is_punct and token.text not in ";:–—" and token.i - 1 in kept and token.i + 1 in kept


def _statement(statements: Sequence[Statement], trigger: Span) -> Statement | None:
    """The statement in whose content the words stand: the innermost, if there are several."""
    holding = [
        (c.end - c.start, s.id, s) for s in statements for c in s.content if not s.missing and c.overlaps(trigger)
    ]
    return min(holding, key=lambda h: h[:2])[2] if holding else None


def _clipped(span: Span, statement: Statement, trigger: Span) -> Span:
    """The part of a clause that is the statement's content, where that holds the words whole."""
    for content in statement.content:
        if content.holds(trigger):
            return Span(max(span.start, content.start), min(span.end, content.end))
    return span


def _horizon(span: Span, times: Sequence[TimeExpression], conveyed: Likelihood | None) -> str | None:
    return conveyed.horizon if conveyed is not None else horizon((span,), times)


# By when, counted from the day on which it is said; that day is the first.
_FROM_THAT_DAY = {"today": "P1D", "tonight": "P1D", "this evening": "P1D", "tomorrow": "P2D"}


def _from_that_day(parsed: Parsed, span: Span, times: Sequence[TimeExpression]) -> str | None:
    """The horizon of a claim in an undated document, where its one expression of time says it without a date."""
    if parsed.article.published.value is not None:
        return None
    said = {t.span.of(parsed.text).casefold() for t in times if t.value is None and span.holds(t.span)}
    return _FROM_THAT_DAY.get(next(iter(said))) if len(said) == 1 else None


def _apart(found: list[Ahead]) -> list[Ahead]:
    """The claims without those that share a character with a longer one (of two as long, the first)."""
    kept: list[Ahead] = []
    for claim in sorted(found, key=lambda a: (a.span.start - a.span.end, a.span, -a.direction)):
        if not any(k.span.overlaps(claim.span) for k in kept):
            kept.append(claim)
    return sorted(kept, key=lambda a: a.span)
