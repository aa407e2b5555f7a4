"""The stretches of a document that may tell a claim, with all that linking and weighing them needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.claims.words import Words, stems, words
from onrecord.dating import interval
from onrecord.model import (
    Ahead,
    Authority,
    Certainty,
    EventType,
    PartyKind,
    ReadArticle,
    Reading,
    Span,
    Statement,
    TimeType,
)

_QUOTED = re.compile(r"[“\"]([^“”\"]{5,200})[”\"]|(?<!\w)[‘']([^‘’']{5,100})[’'](?!\w)")
_WORD = re.compile(r"\w+(?:['’]\w+)*")

_BODIES = frozenset(PartyKind) - {PartyKind.PERSON, PartyKind.OUTLET, PartyKind.THIRD_PARTY}

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellable:
    """One stretch: the content of a statement, or a stretch that says a settlement is near (``ahead`` is then its
    direction, else 0). ``by`` is the ahead claim's horizon; ``days`` the days that the stretch names; ``cites``
    the outlets that it names as having it from, in lower case; ``certainty`` None when nobody is said to say
    it."""

    document: str
    span: Span
    text: str
    words: Words
    plain: str
    quoted: frozenset[str]
    days: tuple[Days, ...]
    events: frozenset[EventType]
    ahead: int
    by: Days | None
    statement: str | None
    source: str | None
    authority: Authority | None
    certainty: Certainty | None
    cites: tuple[str, ...]
    outlet: str | None
    published: date | None

    @property
    def denied(self) -> bool:
        return self.certainty is Certainty.DENIED


def tellables(document: ReadArticle) -> Iterator[Tellable]:
    """All stretches of a document, in text order. A statement within which an ahead claim stands is told by that
    claim; statements with missing content and headlines tell nothing."""
    article, reading = document.article, document.reading
    by_id = {s.id: s for s in reading.statements}
    spoken = [a for a in reading.ahead if not a.in_title]
    found = [_tellable(document, a.span, by_id.get(a.statement or ""), a) for a in spoken]
    for statement in reading.statements:
        if statement.missing or statement.in_title or not statement.content:
            continue
        if any(a.statement == statement.id for a in spoken):
            continue
        whole = Span(statement.content[0].start, statement.content[-1].end)
        text = " ".join(span.of(article.text) for span in statement.content)
        found.append(_tellable(document, whole, statement, None, text=text))
    yield from sorted(found, key=lambda t: (t.span, t.statement or ""))


def _tellable(
    document: ReadArticle, span: Span, statement: Statement | None, ahead: Ahead | None, *, text: str | None = None
) -> Tellable:
    article, reading = document.article, document.reading
    told = text if text is not None else span.of(article.text)
    times = [t for t in reading.times if span.holds(t.span) and t.type in (TimeType.DATE, TimeType.TIME)]
    timeless = told
    for time in times:
        timeless = timeless.replace(time.span.of(article.text), " ")
    return Tellable(
        document=article.id,
        span=span,
        text=told,
        words=words(timeless, light=_bodies(document, span)),
        plain=" ".join(_WORD.findall(told.casefold())),
        quoted=_quoted(told),
        days=tuple(interval(t.value) for t in times if t.value is not None),
        events=frozenset(e.type for e in reading.events if e.evidence.overlaps(span)),
        ahead=ahead.direction if ahead is not None else 0,
        by=interval(ahead.horizon)
        if ahead is not None and ahead.horizon is not None and not ahead.horizon.startswith("P")
        else None,
        statement=statement.id if statement is not None else None,
        source=statement.source.name if statement is not None else None,
        authority=statement.authority if statement is not None else None,
        certainty=statement.certainty if statement is not None else None,
        cites=_cites(statement, article.outlet, reading),
        outlet=outlet_key(article.outlet),
        published=reading.published.value,
    )


def _bodies(document: ReadArticle, span: Span) -> frozenset[str]:
    """The stems of the names of unions, employers and their groups within a stretch: nearly every claim of their
    dispute has them."""
    bodies = {p.id for p in document.reading.parties if p.kind in _BODIES}
    names = [
        m.span.of(document.article.text)
        for m in document.reading.mentions
        if m.party in bodies and span.holds(m.span)
    ]
    return stems(" ".join(names))


def _quoted(text: str) -> frozenset[str]:
    """The quoted fragments of two words and more, without case and punctuation."""
    found = (" ".join(_WORD.findall((m[1] or m[2]).casefold())) for m in _QUOTED.finditer(text))
    return frozenset(f for f in found if " " in f)


def _cites(statement: Statement | None, own: str | None, reading: Reading) -> tuple[str, ...]:
    if statement is None:
        return ()
    names = list(statement.via)
    if statement.authority is Authority.OUTLET and statement.source.name is not None:
        names.append(statement.source.name)
    keys = (outlet_key(name) for name in names)
    return tuple(dict.fromkeys(k for k in keys if k is not None and k != outlet_key(own)))


def outlet_key(name: str | None) -> str | None:
    """An outlet's name without "the", case, punctuation and what stands in brackets."""
    if name is None:
        return None
    plain = " ".join(_WORD.findall(re.sub(r"\([^)]*\)", " ", name).casefold()))
    return plain.removeprefix("the ") or None
