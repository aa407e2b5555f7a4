"""What a dispute is about, in the fields that strike trackers code: who, where, how many, the contract, the
issues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.model import (
    BlockRole,
    EventStatus,
    EventType,
    Evidence,
    PartyKind,
    ProfileFact,
    ReadArticle,
    Side,
    Span,
)
from onrecord.standing.clock import window
from onrecord.standing.issues import issues, rows
from onrecord.standing.sides import Sides
from onrecord.text.sentences import sentences

FIELDS = (
    *("union", "local", "employer", "employers' body", "industry", "place"),
    *("workers", "contract expiry", "issue"),
)
_LOCAL = re.compile(r"\b(?:local|branch|lodge|chapter|district)\b", re.I)
_PEOPLE = (
    r"workers|nurses|pilots|drivers|writers|actors|performers|teachers|members|employees|doctors|dockers|crew|staff"
    r"|machinists|guards|lecturers|attendants"
)
_OUT = (
    r"represented by|at the (?:plant|company|hospital)|locked out|on strike|walked out|covered"
    r"|in the (?:union|bargaining unit)"
)
_ABOUT = r"about |some |nearly |more than |over |around "
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{2,7}"
_UNIT = re.compile(
    rf"\b(?P<n>{_NUMBER})\s+(?:[a-z-]+\s){{0,3}}?(?:{_PEOPLE})\b(?=[^.]{{0,60}}?\b(?:{_OUT}))"
    rf"|\b(?:represents?|representing|locked out|speaks for)\s+(?:{_ABOUT})?(?P<m>{_NUMBER})\b"
    rf"|\bof whom (?P<k>{_NUMBER}) are represented",
    re.I,
)
_CONTRACT = re.compile(r"\b(?:contract|agreement|pay deal)\b", re.I)
_MOST = 8  # values of a field; the rest is in the documents


def profile(documents: Sequence[ReadArticle]) -> tuple[ProfileFact, ...]:
    """The facts of a dispute's profile by field, in each those of most documents first.

    ``union`` and ``employer`` are bodies, ``local`` their branches, ``place`` where documents are dated from or
    events take place, ``workers`` numbers told of the bargaining unit or of those who are out, ``contract expiry``
    days told, ``issue`` the issues that documents name. Nothing is added up and contradictions stand side by side.
    The order of the documents changes nothing.
    """
    ordered = sorted(documents, key=lambda d: d.article.id)
    sides = Sides(ordered)
    found: dict[tuple[str, str], list[Evidence]] = {}
    for document in ordered:
        for field, value, span in (*_parties(document, sides), *_prose(document), *_events(document)):
            found.setdefault((field, value), []).append(Evidence(document.article.id, span))
    facts = [
        ProfileFact(
            field=field, value=value, documents=len({e.document for e in evidence}), evidence=_one_each(evidence)
        )
        for (field, value), evidence in found.items()
    ]
    facts.sort(key=lambda f: (FIELDS.index(f.field), -f.documents, f.value))
    return tuple(f for field in FIELDS for f in _kept(field, [f for f in facts if f.field == field]))


def _kept(field: str, facts: Sequence[ProfileFact]) -> Sequence[ProfileFact]:
    if field == "industry":
        clear = facts and (len(facts) == 1 or facts[0].documents >= 2 * facts[1].documents)
        return facts[:1] if clear else ()
    return facts[:_MOST]


def _one_each(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The first stretch of each document."""
    first: dict[str, Evidence] = {}
    for e in sorted(evidence):
        first.setdefault(e.document, e)
    return tuple(first.values())


def _parties(document: ReadArticle, sides: Sides) -> Iterator[tuple[str, str, Span]]:
    at: dict[str, Span] = {}
    for mention in document.reading.mentions:
        if mention.party is not None:
            at.setdefault(mention.party, mention.span)
    for party in document.reading.parties:
        span, side = at.get(party.id), sides.side(party.id)
        if span is None or side not in (Side.WORKERS, Side.EMPLOYERS):
            continue
        root = sides.root(party.id)
        if party.kind is PartyKind.UNION and root != party.id and _LOCAL.search(party.name):
            yield "local", party.name, span
        elif root == party.id and party.kind is PartyKind.UNION and side is Side.WORKERS:
            yield "union", sides.name(root), span
        elif party.kind is PartyKind.EMPLOYERS_BODY and side is Side.EMPLOYERS:
            yield "employers' body", sides.name(root), span
        elif party.kind is PartyKind.EMPLOYER and side is Side.EMPLOYERS:
            yield "employer", party.name, span


def _prose(document: ReadArticle) -> Iterator[tuple[str, str, Span]]:
    """Industry, issues and numbers of workers, from the sentences."""
    article = document.article
    for sentence in sentences(article.text, article.blocks):
        if sentence.role is not BlockRole.PARAGRAPH:
            continue
        text = sentence.span.of(article.text)
        lower = text.lower()
        if len(lower) != len(text):
            continue
        for name, pattern in _industries():
            if pattern.search(lower):
                yield "industry", name, sentence.span
        for name, pattern in issues():
            if name != "meeting" and (match := pattern.search(lower)):
                yield "issue", name, _whole(article.text, sentence.span.start + match.start(), sentence.span)
        for match in _UNIT.finditer(text):
            number = match["n"] or match["m"] or match["k"]
            yield "workers", number, Span(sentence.span.start + match.start(), sentence.span.start + match.end())


def _whole(text: str, start: int, within: Span) -> Span:
    """The clause around a word, up to commas."""
    before = max(text.rfind(", ", within.start, start) + 1, within.start)
    after = text.find(", ", start, within.end)
    end = after if after >= 0 else within.end
    stretch = text[before:end]
    return Span(before + len(stretch) - len(stretch.lstrip()), end)


def _events(document: ReadArticle) -> Iterator[tuple[str, str, Span]]:
    text = document.article.text
    for event in document.reading.events:
        if event.place:
            yield "place", event.place, event.evidence
        days = window(event)
        if (
            event.type is EventType.DEADLINE_SET
            and event.status is not EventStatus.DENIED
            and days is not None
            and days[0] == days[1]
            and _CONTRACT.search(event.evidence.of(text))
        ):
            yield "contract expiry", days[0].isoformat(), event.evidence


@cache
def _industries() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["pattern"])) for row in rows("industries", "industry"))
