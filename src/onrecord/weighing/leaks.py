"""When the parties were to say nothing of the talks, and what was said of them all the same.

A blackout runs from the day on which it was agreed, or else is first told, to the first of: the end of bargaining,
a tentative agreement, the end of the stoppage, talks broken off. Whose account a statement carries is told where
the text itself says so: by the side of its source, or by a source placed near one side. Who an unnamed source is,
is never asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from onrecord.dating import interval
from onrecord.model import (
    Authority,
    Blackout,
    BlockRole,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Leak,
    Party,
    ReadArticle,
    Side,
    Source,
    Span,
    StandingInterval,
    State,
    Statement,
    TimelineEntry,
)

_SIDES = (Side.WORKERS, Side.EMPLOYERS)
_ENDS = {
    State.NO_TALKS: "the end of bargaining",
    State.STANDSTILL: "the end of bargaining",
    State.TENTATIVE_AGREEMENT: "a tentative agreement",
    State.STRIKE_ENDED: "the end of the stoppage",
    State.RATIFIED: "ratification",
}
_HOLDS = (EventStatus.HAPPENED, EventStatus.ONGOING, EventStatus.PLANNED)


@dataclass(frozen=True, slots=True)
class Words:
    """What data/leaks.toml holds."""

    talks: re.Pattern[str]
    insider: re.Pattern[str]
    charge: re.Pattern[str]
    published: re.Pattern[str]
    rule: re.Pattern[str]


@cache
def words() -> Words:
    """The words of data/leaks.toml, as patterns."""
    held = tomllib.loads(files("onrecord.weighing").joinpath("data/leaks.toml").read_text("utf-8"))
    return Words(
        **{name: re.compile(rf"(?<![\w-])(?:{text})(?![\w-])", re.IGNORECASE) for name, text in held.items()}
    )


# ------------------------------------------------------------------------------- blackouts


@dataclass(frozen=True, slots=True)
class _Told:
    """One document's word that silence is agreed."""

    day: date
    exact: bool
    by: tuple[str, ...]
    authority: Authority | None
    evidence: Evidence


def blackouts(
    documents: Sequence[ReadArticle], entries: Sequence[TimelineEntry], intervals: Sequence[StandingInterval]
) -> tuple[Blackout, ...]:
    """The times of agreed silence, earliest first. Undated documents tell of a blackout but not when: they are
    left out."""
    told = sorted((t for d in documents for t in _told(d)), key=lambda t: (t.day, not t.exact, t.evidence))
    ends = _ends(entries, intervals)
    out: list[Blackout] = []
    while told:
        first = told[0]
        over = next(((day, why) for day, why in ends if day > first.day), None)
        members = [t for t in told if over is None or t.day <= over[0]]
        told = told[len(members) :]
        out.append(
            Blackout(
                first=first.day,
                first_known=first.exact,
                last=over[0] if over else None,
                by=tuple(sorted({name for t in members for name in t.by})),
                authority=_best([t.authority for t in members]),
                evidence=tuple(sorted({t.evidence for t in members})),
                why=f"ended by {over[1]}" if over else "nothing in the record ends it",
            )
        )
    return tuple(out)


def _told(d: ReadArticle) -> Iterator[_Told]:
    published = d.reading.published.value
    if published is None:
        return
    seen: list[Span] = []
    for event in d.reading.events:
        if event.type is not EventType.MEDIA_BLACKOUT or event.status not in _HOLDS:
            continue
        first, last = interval(event.when) if event.when else (None, None)
        exact = first is not None and first == last and first <= published
        said = next((s for s in d.reading.statements if s.id == event.statement), None)
        by = (said.source.name,) if said and said.source.name else tuple(p.name for p in event.participants)
        seen.append(event.evidence)
        yield _Told(
            first if exact and first is not None else published,
            exact,
            by,
            said.authority if said else None,
            Evidence(d.article.id, event.evidence),
        )
    for match in words().rule.finditer(d.article.text):
        span = Span(match.start(), match.end())
        if not _in_prose(d, span) or any(s.overlaps(span) for s in seen):
            continue
        said = _statement_at(d, span)
        yield _Told(
            published,
            False,
            (said.source.name,) if said and said.source.name else (),
            said.authority if said else None,
            Evidence(d.article.id, span),
        )


def _ends(entries: Sequence[TimelineEntry], intervals: Sequence[StandingInterval]) -> list[tuple[date, str]]:
    out = [(i.first, _ENDS[i.state]) for i in intervals if i.first is not None and i.state in _ENDS]
    out += [
        (e.first, "talks broken off")
        for e in entries
        if e.type is EventType.TALKS_BROKEN_OFF
        and e.established
        and e.status is EventStatus.HAPPENED
        and e.first is not None
        and e.first == e.last
    ]
    return sorted(out)


_RANK = (Authority.JOINT, Authority.PARTY, Authority.NAMED, Authority.OUTLET, Authority.UNNAMED, Authority.AUTHOR)


def _best(found: Sequence[Authority | None]) -> Authority | None:
    return next((a for a in _RANK if a in found), None)


# ------------------------------------------------------------------------------- statements and charges


def leaks(documents: Sequence[ReadArticle], silences: Sequence[Blackout]) -> tuple[Leak, ...]:
    """Statements about the talks by one side or an unnamed insider on a day of agreed silence, and charges of
    leaking on any day, in the order of days."""
    out: list[Leak] = []
    for d in documents:
        day = d.reading.published.value
        if day is None:
            continue
        charges = list(_charges(d, day))
        out += charges
        if any(s.first <= day and (s.last is None or day < s.last) for s in silences):
            taken = [c.evidence.span for c in charges]
            out += [x for x in _broken(d, day) if not any(t.overlaps(x.evidence.span) for t in taken)]
    return tuple(sorted(out, key=lambda x: (x.day, x.evidence)))


def _broken(d: ReadArticle, day: date) -> Iterator[Leak]:
    for s in d.reading.statements:
        if s.in_title or s.missing or not s.content:
            continue
        said = " ".join(c.of(d.article.text) for c in s.content)
        if not words().talks.search(said):
            continue
        side, why = _carried(d, s.source)
        if s.authority is Authority.UNNAMED:
            if not words().insider.search(s.source.name or ""):
                continue
            why = f"an unnamed insider{why}"
        elif s.authority in (Authority.PARTY, Authority.NAMED) and side is not None:
            why = f"one side's own word{why}"
        else:
            continue
        yield Leak(
            evidence=Evidence(d.article.id, s.content[0]),
            day=day,
            authority=s.authority,
            speaker=None if s.authority is Authority.UNNAMED else s.source.name,
            carries=side,
            charge=False,
            spin=False,
            why=why,
        )


def _carried(d: ReadArticle, source: Source) -> tuple[Side | None, str]:
    """The side whose account a source gives, as the text itself tells it: its own side, the side it is placed
    near, or the side of the party that its description names."""
    if source.side in _SIDES:
        return source.side, f", of the {source.side.value}' side as told"
    mentioned = {m.party for m in d.reading.mentions if source.span and m.party and source.span.holds(m.span)}
    near = {
        p.side
        for p in d.reading.parties
        if p.side in _SIDES
        and (p.id in mentioned or any(_names(text, p) for text in (source.affiliation or "", source.name or "")))
    }
    if len(near) == 1:
        side = next(iter(near))
        return side, f", placed near the {side.value} by the text" if side else ""
    return None, ", whose side the text does not tell"


def _names(text: str, party: Party) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.IGNORECASE) for n in (party.name, *party.aliases)
    )


def _charges(d: ReadArticle, day: date) -> Iterator[Leak]:
    for event in d.reading.events:
        if event.type is not EventType.LEAK_REPORTED or event.status is EventStatus.DENIED or event.in_title:
            continue
        words_here = _sentence(d, event.evidence)
        if not words().charge.search(words_here):
            continue  # an ordinary unnamed source: no charge
        said = next((s for s in d.reading.statements if s.id == event.statement), None)
        by = said.source.side if said else None
        charged = _charged(d, event, by)
        one_sided = by in _SIDES and charged is not None and charged is not by
        yield Leak(
            evidence=Evidence(d.article.id, event.evidence),
            day=day,
            authority=said.authority if said else Authority.AUTHOR,
            speaker=said.source.name if said and said.authority is not Authority.UNNAMED else None,
            carries=by,
            charge=True,
            spin=one_sided and words().published.search(words_here) is not None,
            why="a charge of leaking" + (f" against the {charged.value}' side" if charged else ""),
        )


def _charged(d: ReadArticle, event: Event, by: Side | None) -> Side | None:
    sides = {p.id: p.side for p in d.reading.parties}
    named = {sides.get(x.party) for x in event.participants if x.party} & set(_SIDES)
    named -= {by} if len(named) > 1 else set()
    return next(iter(named)) if len(named) == 1 else None


def _sentence(d: ReadArticle, span: Span) -> str:
    block = next((b for b in d.article.blocks if b.span.overlaps(span)), None)
    if block is None:
        return span.of(d.article.text)
    low = max(d.article.text.rfind(". ", block.span.start, span.start) + 2, block.span.start)
    high = d.article.text.find(". ", span.end, block.span.end)
    return d.article.text[low if low > 1 else block.span.start : high if high > 0 else block.span.end]


def _in_prose(d: ReadArticle, span: Span) -> bool:
    return any(b.role is BlockRole.PARAGRAPH and b.span.holds(span) for b in d.article.blocks)


def _statement_at(d: ReadArticle, span: Span) -> Statement | None:
    return next((s for s in d.reading.statements if any(c.overlaps(span) for c in s.content)), None)
