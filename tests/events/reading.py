"""A text in, its events out, with the real rooms before this one."""

from __future__ import annotations

from onrecord import dating
from onrecord.events.matching import Rulebook
from onrecord.events.read import read
from onrecord.model import Event
from onrecord.parties import find, load
from onrecord.text.parse import Parsed
from tests.factories import parsed

# Makes a single sentence a text about a dispute, without an event of its own.
CONTEXT = "\n\nThe union and the company are in a labour dispute over pay."


def events_of(
    text: str,
    *,
    published: str | None = "2024-05-15",
    title: str | None = None,
    context: bool = True,
    book: Rulebook | None = None,
) -> tuple[Event, ...]:
    """The events of a text (Wednesday, 15 May 2024, unless said otherwise)."""
    return of(parsed(text + (CONTEXT if context else ""), published=published, title=title), book=book)


def of(given: Parsed, *, book: Rulebook | None = None) -> tuple[Event, ...]:
    """The events of a parsed article."""
    who = find(given, load())
    times, _ = dating.read(given, given.article.published)
    return read(given, who, times, (), book=book)


def told(text: str, **options: object) -> set[tuple[str, str]]:
    """(type, status) of each event of a text."""
    return {(str(e.type), str(e.status)) for e in events_of(text, **options)}  # type: ignore[arg-type]
