"""A captured text as segments, each with the rows of the record that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Likelihood, ReadArticle, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A row of the record on a stretch of text: ``kind`` is statement, event, effect, time, count, ahead or
    missing; ``spans`` all its stretches, the first of which carries the note; ``target`` the id of its row, None
    for what cannot be ruled on."""

    id: str
    kind: str
    title: str
    detail: str
    spans: tuple[Span, ...]
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the same notes on every character; ``kinds`` those of its notes."""

    text: str
    notes: tuple[str, ...]
    kinds: tuple[str, ...]


def segments(text: str, within: Span, notes: Iterable[Note]) -> tuple[Segment, ...]:
    """``within`` cut where a note begins or ends; the segments together are the text of ``within``."""
    here = [(s, n) for n in notes for s in n.spans if s.overlaps(within)]
    cuts = {within.start, within.end}
    for span, _ in here:
        cuts |= {max(span.start, within.start), min(span.end, within.end)}
    edges = sorted(cuts)
    out: list[Segment] = []
    for start, end in pairwise(edges):
        on = [n for s, n in here if s.start <= start and end <= s.end]
        out.append(
            Segment(
                text[start:end],
                tuple(sorted({n.id for n in on})),
                tuple(sorted({n.kind for n in on})),
            )
        )
    return tuple(out)


def notes(document: ReadArticle) -> tuple[Note, ...]:
    """All that the record rests on a document, in the order of the text."""
    reading = document.reading
    found = [
        *_statements(document),
        *(
            Note(
                id=f"e-{e.id}",
                target=e.id,
                kind="event",
                title=f"{e.type.value.replace('_', ' ')}, {e.status.value}",
                detail="; ".join(
                    x
                    for x in (
                        e.when or "no day given",
                        ", ".join(f"{p.name} ({p.role.replace('_', ' ')})" for p in e.participants),
                        e.place or "",
                        "as a source tells it" if e.statement else "in the document\u2019s own account",
                    )
                    if x
                ),
                spans=(e.evidence,),
            )
            for e in reading.events
        ),
        *(
            Note(
                id=f"x-{x.id}",
                target=x.id,
                kind="effect",
                title=f"{x.kind} for {x.bearer}",
                detail=x.amount or "",
                spans=(x.evidence,),
            )
            for x in reading.effects
        ),
        *(
            Note(
                id=f"t-{t.span.start}",
                kind="time",
                title=t.value or "not resolved",
                detail=t.why,
                spans=(t.span,),
            )
            for t in reading.times
        ),
        *(
            Note(
                id=f"c-{c.span.start}",
                kind="count",
                title=f"{c.unit.value} {c.n} of the strike",
                detail=f"counted {c.counting.value}",
                spans=(c.span,),
            )
            for c in reading.counts
        ),
        *(
            Note(
                id=f"a-{a.span.start}",
                kind="ahead",
                title="says that the end is near" if a.direction > 0 else "says that the end is far",
                detail=_likelihood(a.likelihood),
                spans=(a.span,),
            )
            for a in reading.ahead
        ),
        *(
            Note(
                id=f"m-{m.span.start}",
                kind="missing",
                title=f"missing: {m.what or 'something announced'}",
                detail="the text announces it, and the capture does not hold it",
                spans=(m.span,),
            )
            for m in document.article.embeds
        ),
    ]
    return tuple(sorted(found, key=lambda n: (n.spans[0], n.id)))


def _likelihood(conveyed: Likelihood | None) -> str:
    if conveyed is None:
        return ""
    return f"conveys {100 * conveyed.low:.0f} to {100 * conveyed.high:.0f} % ({conveyed.source})"


def _statements(document: ReadArticle) -> Sequence[Note]:
    out = []
    for s in document.reading.statements:
        who = s.source.name or "source not resolved"
        how = [
            s.authority.value if s.authority else "authority unknown",
            s.certainty.value,
            s.quote.value,
            f"via {', '.join(s.via)}" if s.via else "",
            "wording missing" if s.missing else "",
            _likelihood(s.likelihood),
            s.source.why,
        ]
        out.append(
            Note(
                id=f"s-{s.id}",
                target=s.id,
                kind="statement",
                title=who,
                detail="; ".join(h for h in how if h),
                spans=s.content,
            )
        )
    return out
