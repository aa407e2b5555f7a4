"""An invented corpus of ready statements: disputes with wires, reprints, rewrites and retellings, from a seed.

Every name, place and sentence is made up from the word lists in
``invented.toml``. A dispute is a union against an employer over
some months. Its news comes as stories: a wire or an outlet tells a few claims first; others reprint the text
(whole, or without its end), rewrite it (the same claims, some in other words), or retell one claim with "according
to" and another hedge. A corpus of N documents has about N / 100 disputes, whose sizes are spread as those of real
coverage are: most are small, a few have hundreds of documents.
"""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from onrecord.model import (
    Article,
    Authority,
    Block,
    BlockRole,
    Capture,
    Certainty,
    Dated,
    Event,
    EventStatus,
    EventType,
    Given,
    KnownFrom,
    Mention,
    Participant,
    Party,
    PartyKind,
    Precision,
    Quote,
    Reading,
    Side,
    Source,
    Span,
    Statement,
    content_id,
    statement_id,
)

READER = "invented"
_WORDS = {
    name: tuple(words.split("|"))
    for name, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
_PLACES = _WORDS["places"]
_UNITS = ("percent", "crowns a week", "jobs", "shifts", "million crowns", "households")
_OUTLETS = tuple(f"{place} {kind}" for place in _PLACES for kind in ("Courier", "Echo", "Ledger", "Tribune"))
_WIRES = ("Meridian Wire", "Continental Press Agency", "Northern Newswire")
_HEDGED = {Certainty.CERTAIN: "", Certainty.PROBABLE: "probably ", Certainty.POSSIBLE: "possibly "}


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition, with its two wordings."""

    plain: str
    rewritten: str
    speaker: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it comes: bytes, article and reading."""

    capture: Capture
    article: Article
    reading: Reading


@dataclass(slots=True)
class _Dispute:
    number: int
    union: Party
    employer: Party
    people: tuple[str, ...]
    start: date
    size: int
    happened: tuple[tuple[EventType, date], ...]


def disputes(seed: int = 20230913) -> Iterator[list[Made]]:
    """The documents of one dispute after another, each in the order of their days; without end."""
    number = 0
    while True:
        number += 1
        yield list(_documents(_dispute(number, random.Random(seed * 1_000_003 + number))))


def _dispute(number: int, chance: random.Random) -> tuple[_Dispute, random.Random]:
    place, trade = chance.choice(_PLACES), chance.choice(_WORDS["trades"])
    owner = random.Random(number // 3)  # three unions face one employer
    employer = f"{owner.choice(_PLACES)} {owner.choice(_PLACES)} Holdings {number // 3}"
    start = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
    made = _Dispute(
        number,
        _party(f"{place} {trade.title()} Union {number}", PartyKind.UNION, Side.WORKERS),
        _party(employer, PartyKind.EMPLOYER, Side.EMPLOYERS),
        tuple(f"{chance.choice('ABCDEFGHJKLM')}. {chance.choice(_PLACES)}son" for _ in range(6)),
        start,
        max(5, min(600, round(chance.lognormvariate(4.1, 0.95)))),
        tuple(
            (chance.choice(list(EventType)), start + timedelta(days=chance.randrange(90)))
            for _ in range(chance.randrange(10, 40))
        ),
    )
    return made, chance


def _party(name: str, kind: PartyKind, side: Side) -> Party:
    return Party(id="-".join(name.casefold().split()), name=name, kind=kind, side=side)


def _claim(chance: random.Random) -> Claim:
    subject, verb = chance.choice(_WORDS["subjects"]), chance.choice(_WORDS["verbs"])
    thing = f"the {chance.choice(_WORDS['qualities'])} {chance.choice(_WORDS['objects'])}"
    where, figure = chance.choice(_WORDS["where"]), f"{chance.randrange(3, 900)} {chance.choice(_UNITS)}"
    return Claim(
        f"{subject} {verb} {thing} {where} {chance.choice(_WORDS['tails']).format(figure)}",
        f"{chance.choice(_WORDS['heads']).format(figure)} {thing} {where} had been {verb} by {subject}",
        chance.randrange(6),
        chance.choice((Certainty.CERTAIN, Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)),
    )


def _documents(of: tuple[_Dispute, random.Random]) -> Iterator[Made]:
    dispute, chance = of
    day, left = dispute.start, dispute.size
    while left > 0:
        day += timedelta(days=chance.randrange(1, 4))
        told = [_claim(chance) for _ in range(chance.randrange(3, 7))]
        first = chance.choice((*_WIRES, chance.choice(_OUTLETS)))
        yield _document(dispute, chance, told, outlet=first, day=day)
        followers = min(left - 1, int(chance.paretovariate(1.1)))
        for outlet in chance.sample(_OUTLETS, min(followers, len(_OUTLETS))):
            later = day + timedelta(days=chance.choice((0, 0, 1, 1, 2)))
            kind = chance.random()
            if kind < 0.45:
                kept = told if chance.random() < 0.6 else told[: max(2, len(told) - 2)]
                yield _document(dispute, chance, kept, outlet=outlet, day=later)
            elif kind < 0.75:
                yield _document(
                    dispute, chance, chance.sample(told, len(told) - 1), outlet=outlet, day=later, own=True
                )
            else:
                retold = [chance.choice(told), _claim(chance), _claim(chance)]
                yield _document(dispute, chance, retold, outlet=outlet, day=later, own=True, via=first)
        left -= 1 + min(followers, len(_OUTLETS))


def _document(
    dispute: _Dispute,
    chance: random.Random,
    told: list[Claim],
    *,
    outlet: str,
    day: date,
    own: bool = False,
    via: str | None = None,
) -> Made:
    """A document; ``own``: in words of its own, ``via``: its first claim according to another outlet."""
    lead = f"{dispute.union.name} and {dispute.employer.name} are at odds, {outlet} reports."
    text = lead
    statements: list[tuple[Span, Claim, Certainty, str | None]] = []
    for n, claim in enumerate(told):
        certainty = claim.certainty
        if own and chance.random() < 0.2:
            certainty = chance.choice((Certainty.CERTAIN, Certainty.POSSIBLE))
        words = claim.rewritten if own and chance.random() < 0.5 else claim.plain
        carried = via if n == 0 else None
        speaker = f"According to {carried}, " if carried else f"{dispute.people[claim.speaker]} said that "
        text += f"\n\n{speaker}"
        start = len(text)
        text += f"{_HEDGED[certainty]}{words}"
        statements.append((Span(start, len(text)), claim, certainty, carried))
        text += (
            f". It was {chance.choice(('a cold', 'a quiet', 'a long', 'a wet'))} day in {chance.choice(_PLACES)}."
        )
    return _made(dispute, text, statements, outlet=outlet, day=day)


def _made(
    dispute: _Dispute,
    text: str,
    said: list[tuple[Span, Claim, Certainty, str | None]],
    *,
    outlet: str,
    day: date,
) -> Made:
    data = text.encode()
    capture = Capture(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        source=f"{dispute.number}/{content_id(text, outlet, day)}.txt",
        name=content_id(text, outlet, day),
        retrieved_at=datetime(2024, 1, 1, tzinfo=UTC),
        given=Given(outlet=outlet, date=day.isoformat()),
    )
    id = capture.document_id
    published = Dated(value=day, precision=Precision.DAY, known_from=KnownFrom.GIVEN)
    parties = (dispute.union, dispute.employer)
    article = Article(
        id=id,
        capture_sha256=capture.sha256,
        name=capture.name,
        source=capture.source,
        text=text,
        blocks=tuple(_paragraphs(text)),
        outlet=outlet,
        published=published,
    )
    reading = Reading(
        document=id,
        reader=READER,
        kind=None,
        published=published,
        parties=parties,
        mentions=tuple(
            Mention(span=Span(at, at + len(p.name)), party=p.id) for p in parties if (at := text.find(p.name)) >= 0
        ),
        statements=tuple(_statement(id, dispute, *row) for row in said),
        events=tuple(_events(id, dispute, said)),
    )
    return Made(capture, article, reading)


def _paragraphs(text: str) -> Iterator[Block]:
    start = 0
    for paragraph in text.split("\n\n"):
        yield Block(Span(start, start + len(paragraph)), BlockRole.PARAGRAPH)
        start += len(paragraph) + 2


def _statement(
    document: str, dispute: _Dispute, span: Span, claim: Claim, certainty: Certainty, via: str | None
) -> Statement:
    return Statement(
        id=statement_id(document, None, None, [span]),
        document=document,
        source=Source(name=via or dispute.people[claim.speaker]),
        cue=None,
        content=(span,),
        quote=Quote.INDIRECT,
        authority=Authority.OUTLET if via else Authority.NAMED,
        via=(via,) if via else (),
        certainty=certainty,
    )


def _events(
    document: str,
    dispute: _Dispute,
    said: list[tuple[Span, Claim, Certainty, str | None]],
) -> Iterator[Event]:
    """An event in every other statement: one of those that happened in the dispute, which the claim fixes."""
    for span, claim, _, _ in said:
        number = int(content_id(claim.plain), 16)
        if number % 2:
            kind, when = dispute.happened[number % len(dispute.happened)]
            yield Event(
                id=content_id("event", document, span),
                document=document,
                type=kind,
                status=EventStatus.HAPPENED,
                participants=(Participant(name=dispute.union.name, role="actor", party=dispute.union.id),),
                evidence=span,
                when=when.isoformat(),
            )
