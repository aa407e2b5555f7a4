"""The chronology, filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.model import Authority, EventStatus, EventType, OnrecordError
from onrecord.record.status import CitedEntry
from onrecord.web import strip
from onrecord.web.pages.base import PAGE_ROWS, Asked, Page, Turn, tables_of, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Entries of one month; ``name`` is "September 2023", or "Undated"."""

    name: str
    entries: tuple[CitedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Page):
    strip: strip.Strip | None
    months: tuple[Month, ...]
    shown: int
    all: int
    parties: tuple[str, ...]
    chosen: Mapping[str, str]
    turn: Turn
    types: tuple[EventType, ...] = tuple(EventType)
    statuses: tuple[EventStatus, ...] = tuple(EventStatus)
    authorities: tuple[Authority, ...] = tuple(Authority)


_FILTERS = ("type", "status", "authority", "party", "record", "from", "to")


def timeline(asked: Asked) -> Timeline:
    """The chronology, filtered by type, status, authority, party, day, and whether it is established."""
    s = asked.report
    chosen = {name: asked.text(name) for name in _FILTERS}
    first, last = _day(chosen["from"]), _day(chosen["to"])
    fitting = [
        e
        for e in s.chronology
        if chosen["type"] in ("", e.entry.type)
        and chosen["status"] in ("", e.entry.status)
        and chosen["authority"] in ("", e.entry.authority or "unknown")
        and (not chosen["party"] or chosen["party"] in e.entry.participants)
        and (not chosen["record"] or (chosen["record"] == "established") is e.entry.established)
        and _within(e, first, last)
    ]
    start = (asked.page - 1) * PAGE_ROWS
    return Timeline(
        template="timeline.html",
        title="Timeline",
        dispute=s.dispute,
        here="timeline",
        data=tables_of(s.dispute, "timeline"),
        strip=strip.of(s, first=first, last=last),
        months=_months(fitting[start : start + PAGE_ROWS]),
        shown=len(fitting),
        all=len(s.chronology),
        parties=tuple(sorted({p for e in s.chronology for p in e.entry.participants})),
        chosen=chosen,
        turn=turn(asked, start + PAGE_ROWS < len(fitting)),
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OnrecordError(f"{text!r} is no day; write it as 2023-09-20.") from None


def _within(e: CitedEntry, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    day = e.entry.first or e.entry.last
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _months(entries: Sequence[CitedEntry]) -> tuple[Month, ...]:
    grouped: dict[str, list[CitedEntry]] = {}
    for e in entries:
        day = e.entry.first or e.entry.last
        grouped.setdefault(f"{day:%B %Y}" if day else "Undated", []).append(e)
    return tuple(Month(name=name, entries=tuple(found)) for name, found in grouped.items())
