"""The events of a dispute that one document tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from spacy.tokens import Token

from onrecord.events.clauses import Clause, clauses
from onrecord.events.gate import concerns_labour
from onrecord.events.lexicon import Rule, words
from onrecord.events.matching import Match, Rulebook, all_rules, matches, terms
from onrecord.events.merging import Sighting, merged, strongest
from onrecord.events.others import of_another_time
from onrecord.events.places import place
from onrecord.events.roles import participants, waiting
from onrecord.events.sizes import size
from onrecord.events.status import bare, status
from onrecord.events.tagging import Tags, tags
from onrecord.events.when import by_date, event_time, of_what_follows, over, per_day, value_of
from onrecord.model import (
    BlockRole,
    Event,
    EventStatus,
    EventType,
    Participant,
    Span,
    Statement,
    TimeExpression,
    content_id,
)
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed, Sentence

_READ = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})
_UNDER_WAY = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})


def read(
    parsed: Parsed,
    who: Who,
    times: tuple[TimeExpression, ...],
    statements: tuple[Statement, ...],
    *,
    book: Rulebook | None = None,
) -> tuple[Event, ...]:
    """The events of the dispute in a document, in text order, one entry for all mentions of the same event.

    A document with neither the vocabulary of a labour dispute nor its two sides has none. Questions, suppositions
    and past disputes named for comparison are no events. ``book`` is a choice of rules, all of them unless given.
    """
    if not concerns_labour(parsed.text) and not (who.workers and who.employers):
        return ()
    found = tuple(_sightings(parsed, who, times, statements, book or all_rules()))
    return tuple(_event(parsed, s) for s in merged(_in_context(found)))


def _sightings(
    parsed: Parsed, who: Who, times: tuple[TimeExpression, ...], statements: tuple[Statement, ...], book: Rulebook
) -> Iterator[tuple[Sighting, bool]]:
    tagged = tags(parsed, who)
    named = terms(parsed.doc, tagged)
    for sentence in parsed.sentences:
        if sentence.role not in _READ:
            continue
        found = clauses(parsed.doc, sentence.first, sentence.last)
        for _, own in groupby(matches(parsed.doc, found, tagged, named, book), key=lambda m: m.clause):
            seen = [s for m in own if (s := _sighting(parsed, who, times, statements, sentence, found, m, tagged))]
            kept = strongest([s for s, _ in seen])
            yield from ((s, conditional) for s, conditional in seen if s in kept)


def _sighting(
    parsed: Parsed,
    who: Who,
    times: tuple[TimeExpression, ...],
    statements: tuple[Statement, ...],
    sentence: Sentence,
    found: Sequence[Clause],
    match: Match,
    tagged: Tags,
) -> tuple[Sighting, bool] | None:
    """The event that a match tells of, and whether it counts only in a text that tells of a strike; None when it
    tells of nothing."""
    rule, clause = match.rule, found[match.clause]
    told = status(parsed.doc, found, match, tagged)
    if told is None:
        return None
    evidence = _evidence(parsed, found, match)
    time = event_time(parsed, times, found, match.clause, evidence, type=rule.type, told=told)
    if of_what_follows(parsed, told, time, rule.type):
        time = None
    when = value_of(time)
    told = by_date(parsed, told, when, rule.type)
    rate = rule.type is EventType.ECONOMIC_EFFECT and per_day(evidence.of(parsed.text))
    if rate and told is EventStatus.HAPPENED:
        told = EventStatus.ONGOING
    perfect = any(c.lower_ in ("have", "has") for c in parsed.doc[clause.head].children)
    if told is EventStatus.POSSIBLE and rule.type in _SESSIONS and over(parsed, when) and not perfect:
        return None  # "the talks, which began on March 20, may go on": the day is not that of what may be
    if not _tells(parsed, clause, rule, told, when) or of_another_time(parsed, sentence, clause, when):
        return None
    lemmas = frozenset(parsed.doc[i].lemma_.lower() for i in clause.tokens)
    around = frozenset(t.lemma_.lower() for t in parsed.doc[sentence.first : sentence.last])
    statement = _statement(statements, parsed.span(match.anchor, match.anchor + 1))
    people = participants(parsed, who, clause, match.anchor, rule, tagged, _speaker(statement))
    lockout = rule.type in (EventType.STRIKE_START, EventType.STRIKE_END) and "lockout" in lemmas
    sighting = Sighting(
        type=rule.type,
        status=told,
        participants=waiting(people, rule.type, around),
        evidence=evidence,
        anchor=match.anchor,
        when=when,
        when_span=time.span if time is not None else None,
        statement=statement.id if statement is not None else None,
        place=place(parsed, clause, rule.type),
        size=size(parsed, rule.type, evidence, words("classes")["counted"]),
        lockout=rule.lockout or lockout,
        in_title=sentence.role is not BlockRole.PARAGRAPH,
        finite=parsed.doc[clause.head].pos_ in ("VERB", "AUX"),
    )
    return sighting, rule.after_start


_ONLY_TOLD = frozenset({EventType.LEAK_REPORTED, EventType.JOINT_STATEMENT})
_SESSIONS = frozenset({EventType.TALKS_SCHEDULED, EventType.MEETING_HELD})
_ONLY_DATED = frozenset({EventType.MEETING_HELD})
_UNCALLED = frozenset(
    {
        EventType.TALKS_SCHEDULED,
        EventType.PROPOSAL_MADE,
        EventType.COUNTERPROPOSAL_MADE,
        EventType.MEETING_REQUESTED,
        EventType.LEAK_REPORTED,
        EventType.ECONOMIC_EFFECT,
        EventType.RATIFICATION_VOTE,
    }
)


def _yet(parsed: Parsed, clause: Clause) -> bool:
    """ "has yet to make an offer": worth telling that it has not."""
    return any(c.lower_ == "yet" for c in parsed.doc[clause.head].head.children)


def _tells(parsed: Parsed, clause: Clause, rule: Rule, told: EventStatus, when: str | None) -> bool:
    """Whether a sighting says enough to be told: no bare wish for a deal, no leak that may come one day."""
    ahead = told in (EventStatus.PLANNED, EventStatus.POSSIBLE)
    if (rule.future and not ahead) or (rule.told and ahead):
        return False
    if told is EventStatus.DENIED and rule.type in _UNCALLED and not _yet(parsed, clause):
        return False
    if ahead and rule.type in _ONLY_TOLD:
        return False
    if told is EventStatus.DENIED and bare(parsed.doc, clause):
        return False
    if rule.type is EventType.ECONOMIC_EFFECT:
        return True
    if ahead and when is None and (rule.type in _ONLY_DATED or bare(parsed.doc, clause)):
        return rule.status is not None
    return True


def _in_context(found: Sequence[tuple[Sighting, bool]]) -> list[Sighting]:
    """Talks that "open" are a resumption only where the stoppage has begun; before it, on a day told, the first
    session."""
    starts = {s.status for s, _ in found if s.type is EventType.STRIKE_START}
    before = starts - _UNDER_WAY or any(s.type is EventType.STRIKE_AUTHORIZED for s, _ in found)
    under_way = bool(starts & _UNDER_WAY) or not before
    out: list[Sighting] = []
    for sighting, conditional in found:
        if under_way or not conditional:
            out.append(sighting)
        elif sighting.type is EventType.TALKS_RESUMED and sighting.status in _UNDER_WAY and sighting.when:
            out.append(replace(sighting, type=EventType.MEETING_HELD))
    return out


def _evidence(parsed: Parsed, found: Sequence[Clause], match: Match) -> Span:
    """The clause in whole words, up to the first clause inside it that is not its complement, and at least what
    the rule named; a dateline ("PARIS, June 4 -") is left out."""
    doc, clause, anchor = parsed.doc, found[match.clause], match.anchor
    first = clause.first
    for i in range(clause.first, anchor):
        if doc[i].text in ("-", "\u2013", "\u2014") and doc[i].whitespace_ and i - clause.first < 15:
            first = i + 1
    own = set(clause.tokens)
    for inner in found:
        if inner.governor == match.clause and doc[inner.head].dep_ == "xcomp":
            own |= set(inner.tokens)
    last = max(anchor, clause.head, *match.hits) + 1
    while last in own or (last < clause.last and doc[last].is_space):
        last += 1
    while first < anchor and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in ("cc", "mark")):
        first += 1
    while last > anchor + 1 and last - 1 not in match.hits and _dangles(doc[last - 1]):
        last -= 1
    return parsed.span(min(first, anchor), last)


def _dangles(token: Token) -> bool:
    """Whether a stretch should not end in this token: a comma, an "and", a "with" whose object was left out."""
    return token.is_punct or token.is_space or token.dep_ == "cc" or token.lower_ in ("with", "after", "as")


def _statement(statements: tuple[Statement, ...], anchor: Span) -> Statement | None:
    """The statement in whose content the event stands, the innermost where several do."""
    holding = [(c.end - c.start, s.id, s) for s in statements for c in s.content if c.holds(anchor)]
    return min(holding, key=lambda h: h[:2])[2] if holding else None


def _speaker(statement: Statement | None) -> Participant | None:
    """Who "we" is in the words of a party."""
    if statement is None or statement.source.name is None or statement.source.party is None:
        return None
    return Participant(name=statement.source.name, role="actor", party=statement.source.party)


def _event(parsed: Parsed, s: Sighting) -> Event:
    return Event(
        id=content_id("event", parsed.article.id, s.type, s.evidence),
        document=parsed.article.id,
        type=s.type,
        status=s.status,
        participants=s.participants,
        evidence=s.evidence,
        when=s.when,
        when_span=s.when_span,
        statement=s.statement,
        place=s.place,
        size=s.size,
        lockout=s.lockout,
        in_title=s.in_title,
    )
