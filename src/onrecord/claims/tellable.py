"""The stretches of a document that may tell a claim, with all that linking and weighing them needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from onrecord.claims.credits import agency
from onrecord.claims.meaning import vector
from onrecord.claims.propositions import Proposition, propositions
from onrecord.claims.words import Words, overlap, stems, weight, words
from onrecord.dating import interval
from onrecord.model import (
    Authority,
    Certainty,
    Event,
    EventStatus,
    EventType,
    Kind,
    PartyKind,
    ReadArticle,
    Side,
    Span,
    Statement,
    TimeType,
)

_QUOTED = re.compile(r"[“\"]([^“”\"]{5,200})[”\"]|(?<!\w)[‘']([^‘’']{5,100})[’'](?!\w)")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_COUNTS = frozenset({"a", "an", "another", "one", "two", "three", "several", "some", "many", "multiple"})
_LIKE = 0.15  # share of common words from which the other side's version is of the same thing
_NEAR = 2  # sentences over which an answer reaches back

_BODIES = frozenset(PartyKind) - {PartyKind.PERSON, PartyKind.OUTLET, PartyKind.THIRD_PARTY}

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellable:
    """One proposition as a document tells it: a clause of a statement or of the document's own narration.

    ``ahead`` is the direction of a claim that a settlement is near, else 0, and ``by`` its horizon. ``meaning``
    and ``around`` are vectors of the clause and of the sentence with the one before it. ``days`` are those that it
    names or that its events are dated to. ``cites`` are the outlets that it has it from, in lower case, ``agency``
    the one to which its document credits itself. ``certainty`` is None when nobody is said to say it. ``contests``
    when it denies or corrects; ``answers`` are then the words, as ``plain``, of what it answers. ``report`` and
    ``utterance`` when its sentence speaks of a report, or of what a party put out. Where a stretch stands
    (``document``, ``span``) has no part in what it is linked to.
    """

    document: str
    span: Span
    text: str
    words: Words
    sentence: Words
    plain: str
    quoted: frozenset[str]
    meaning: str
    around: str
    days: tuple[Days, ...]
    events: frozenset[EventType]
    statuses: frozenset[EventStatus]
    ahead: int
    by: Days | None
    statement: str | None
    source: str | None
    authority: Authority | None
    certainty: Certainty | None
    cites: tuple[str, ...]
    outlet: str | None
    published: date | None
    kind: Kind | None
    contests: bool
    side: Side | None = None
    report: bool = False
    utterance: bool = False
    answers: str = ""
    agency: str | None = None

    @property
    def denied(self) -> bool:
        return self.certainty is Certainty.DENIED


def tellables(document: ReadArticle) -> Iterator[Tellable]:
    """All propositions of a document that may be told elsewhere too, in text order. Headlines and missing wordings
    tell nothing."""
    told: list[tuple[Proposition, Tellable]] = []
    for proposition in propositions(document):
        found = _tellable(document, proposition)
        told.append((proposition, replace(found, answers=_answered(proposition, found, told))))
    yield from (t for _, t in told)


def _answered(here: Proposition, tellable: Tellable, before: Sequence[tuple[Proposition, Tellable]]) -> str:
    """What a clause answers that denies or corrects, or gives the other side's version: of the things that
    somebody else said shortly before, the one in the most like words, else the last."""
    near = [
        other
        for proposition, other in before
        if here.sentence - proposition.sentence <= _NEAR
        and (other.source != tellable.source or other.source is None)
        and not other.contests
    ]
    if not tellable.contests:
        near = [
            o for o in near if opposed(o.side, tellable.side) and overlap(o.words, tellable.words).dice >= _LIKE
        ]
    if not near:
        return ""
    likeliest = max(
        enumerate(near), key=lambda n: (overlap(n[1].words, tellable.words).dice, n[1].statement is not None, n[0])
    )
    return likeliest[1].plain


def opposed(one: Side | None, other: Side | None) -> bool:
    """Whether two sides are those that bargain with each other."""
    return {one, other} == {Side.WORKERS, Side.EMPLOYERS}


def _tellable(document: ReadArticle, here: Proposition) -> Tellable:
    article, reading = document.article, document.reading
    span, statement, ahead = here.span, here.statement, here.ahead
    told = span.of(article.text)
    times = [t for t in reading.times if span.holds(t.span) and t.type in (TimeType.DATE, TimeType.TIME)]
    timeless = told
    for time in times:
        timeless = timeless.replace(time.span.of(article.text), " ")
    light = _bodies(document, here.setting)
    setting = here.setting.of(article.text)
    sentence = here.within.of(article.text)

    def counts(word: str) -> float:
        return weight(word, light)

    return Tellable(
        document=article.id,
        span=span,
        text=told,
        words=words(timeless, light=light),
        sentence=words(sentence, light=light),
        plain=" ".join(_WORD.findall(told.casefold())),
        quoted=_quoted(told),
        meaning=vector(told, counts),
        around=vector(setting, counts),
        days=_days([t.value for t in times], here.events),
        events=frozenset(e.type for e in here.events),
        statuses=frozenset(e.status for e in here.events),
        ahead=ahead.direction if ahead is not None else 0,
        by=interval(ahead.horizon)
        if ahead is not None and ahead.horizon is not None and not ahead.horizon.startswith("P")
        else None,
        statement=statement.id if statement is not None else None,
        source=statement.source.name if statement is not None else None,
        authority=statement.authority if statement is not None else None,
        certainty=statement.certainty if statement is not None else None,
        cites=_cites(statement, document),
        outlet=outlet_key(article.outlet),
        published=reading.published.value,
        kind=reading.kind,
        agency=outlet_key(agency(article)),
        contests=_contests(statement, _worded(here, article.text)),
        side=statement.source.side if statement is not None else None,
        report=_says("report").search(sentence) is not None,
        utterance=_says("utterance").search(sentence) is not None,
    )


def _days(values: Sequence[str | None], events: Sequence[Event]) -> tuple[Days, ...]:
    named = [v for v in (*values, *(e.when for e in events)) if v is not None]
    return tuple(interval(v) for v in dict.fromkeys(named))


def _worded(here: Proposition, text: str) -> str:
    """The words of a clause with the cue of its statement."""
    cue = here.statement.cue if here.statement is not None else None
    return here.span.of(text) if cue is None else f"{cue.of(text)} {here.span.of(text)}"


def _contests(statement: Statement | None, worded: str) -> bool:
    if statement is not None and statement.certainty is Certainty.DENIED:
        return True
    return _says("contest").search(worded) is not None


@cache
def _says(name: str) -> re.Pattern[str]:
    """Any of the ways listed in ``data/NAME.txt``."""
    lines = files("onrecord.claims").joinpath(f"data/{name}.txt").read_text("utf-8").splitlines()
    ways = "|".join(line for line in lines if line and not line.startswith("#"))
    return re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])", re.IGNORECASE)


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


def _cites(statement: Statement | None, document: ReadArticle) -> tuple[str, ...]:
    """The outlets that a statement has it from; a digest of one outlet has all it tells from that."""
    found = tuple(_carriers(statement, document)) if statement is not None else ()
    if not found and document.reading.kind is Kind.AGGREGATION:
        every = dict.fromkeys(c for s in document.reading.statements for c in _carriers(s, document))
        found = tuple(every) if len(every) == 1 else ()
    return tuple(dict.fromkeys(found))


def _carriers(statement: Statement, document: ReadArticle) -> Iterator[str]:
    """The outlets among those that relay a statement; a party or a person that relays is none."""
    own = outlet_key(document.article.outlet)
    others = {
        outlet_key(name)
        for party in document.reading.parties
        if party.kind is not PartyKind.OUTLET
        for name in (party.name, *party.aliases)
    }
    outlets = {outlet_key(party.name) for party in document.reading.parties if party.kind is PartyKind.OUTLET}
    names = list(statement.via)
    if statement.authority is Authority.OUTLET and statement.source.name is not None:
        names.append(statement.source.name)
    if outlet_key(statement.source.affiliation) in outlets - {None}:
        names.append(statement.source.affiliation or "")
    for name in names:
        key = outlet_key(name)
        named = (name[:1].isupper() and name.split()[0].casefold() not in _COUNTS) or _says("report").search(
            name
        ) is not None
        if key is not None and key != own and named and (key in outlets or key not in others):
            yield key


def outlet_key(name: str | None) -> str | None:
    """An outlet's name without "the", case, punctuation and what stands in brackets."""
    if name is None:
        return None
    plain = " ".join(_WORD.findall(re.sub(r"\([^)]*\)", " ", name).casefold()))
    return plain.removeprefix("the ") or None
