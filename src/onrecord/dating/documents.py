"""What a document's own text says about the day on which it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from onrecord.dating import calendar as cal
from onrecord.dating.expressions import written_between
from onrecord.dating.tense import BACK, firmly_ahead, governing_verb, toward
from onrecord.dating.words import lowered, words
from onrecord.model import Anchor, BlockRole, Dated, TimeExpression, TimeType
from onrecord.text.parse import Parsed

_FIRST_PUBLISHED = re.compile(
    r"\b(?:first|originally)\s+(?:published|appeared|posted|printed|aired|ran|run)\b[^.;]{0,40}\Z"
)

# "booked through October 31" is told in the past of a day that may be still to come.
_TOWARDS_AN_END = re.compile(
    r"\b(?:through|until|till|by|for|before|to|up\s+to|from|ahead\s+of|starting|beginning)\s+(?:the\s+)?\Z"
)


def bounded(parsed: Parsed, published: Dated, times: Iterable[TimeExpression]) -> Dated:
    """The document's date with what its prose says about it.

    An undated document gets bounds from full dates (with a year): what it tells in the past tense cannot have
    happened after it was written, which gives ``earliest``; what it tells as still to come ("will meet on
    September 20, 2023") gives ``latest``, the weaker bound, since a text may repeat an old announcement. Bounds
    that were known before are only narrowed. A dated document keeps its value; ``why`` then says where the text
    contradicts it: something told in the past on a later day (an update, or a wrong page date), something still to
    come that lay before (a stale copy), or a day of first publication that is another one. ``why`` is unchanged
    when nothing is found.
    """
    told = [_Tell(t, parsed) for t in times if t.value and t.type in {TimeType.DATE, TimeType.TIME}]
    notes = _contradictions(told, published) if published.value else []
    if published.value is not None:
        return replace(published, why="; ".join([published.why, *notes] if published.why else notes))
    return _with_bounds([t for t in told if t.time.anchor is Anchor.EXPLICIT], published)


class _Tell:
    """A time expression and how the text tells it: in the past, or firmly as still to come."""

    def __init__(self, time: TimeExpression, parsed: Parsed) -> None:
        self.time = time
        self.first, self.last = cal.interval(time.value or "P0D")
        sentence, tokens = parsed.sentence_at(time.span.start), parsed.tokens(time.span)
        self.past = self.ahead = self.first_published = False
        names_month = any(
            w in words().months or w in words().month_abbreviations for w in _words(time.span.of(parsed.text))
        )
        self.named = time.anchor is Anchor.EXPLICIT or names_month
        if sentence is None or sentence.role is not BlockRole.PARAGRAPH or not len(tokens):
            return
        verb = governing_verb(parsed.doc, tokens.start, tokens.end)
        before = lowered(parsed.text[sentence.span.start : time.span.start])
        if verb is not None and not _TOWARDS_AN_END.search(before):
            looks = toward(parsed.doc, tokens.start, tokens.end, before, headline=False)
            told_as_past = looks == BACK and verb.tag_ in {"VBD", "VBN"}
            self.past = told_as_past and not _hypothetical(parsed, sentence.span.start)
            self.ahead = firmly_ahead(verb)
        self.first_published = _FIRST_PUBLISHED.search(before) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _hypothetical(parsed: Parsed, start: int) -> bool:
    return parsed.text[start : start + 3].lower() == "if "


def _with_bounds(told: list[_Tell], published: Dated) -> Dated:
    back = [t for t in told if t.past and t.first]
    ahead = [t for t in told if t.ahead and t.last]
    earliest = max((t.first for t in back if t.first), default=None)
    latest = min((t.last for t in ahead if t.last), default=None)
    notes: list[str] = []
    if earliest and (published.earliest is None or earliest > published.earliest):
        notes.append(f"it tells of {earliest} in the past tense")
    else:
        earliest = published.earliest
    if latest and earliest and latest < earliest:
        notes.append(f"it speaks of {latest} as still to come, which lies before, so that no last day is set")
        latest = published.latest
    elif latest and (published.latest is None or latest < published.latest):
        notes.append(f"it speaks of {latest} as still to come (weak: it may repeat an old announcement)")
    else:
        latest = published.latest
    if not notes:
        return published
    why = "; ".join([published.why, *notes] if published.why else notes)
    return replace(published, earliest=earliest, latest=latest, why=why)


def _contradictions(told: list[_Tell], published: Dated) -> list[str]:
    first, last = written_between(published)
    if first is None or last is None:
        return []
    notes: list[str] = []
    after = [t.first for t in told if t.past and _full_day(t) and t.first and t.first > last]
    if after:
        notes.append(
            f"the text tells of {max(after)} in the past tense, after the page's date: an update or a wrong date"
        )
    # Yesterday's "will meet today" is how news ages; only an older one marks a stale copy.
    before = [t.last for t in told if t.ahead and _full_day(t) and t.last and t.last < first - timedelta(days=1)]
    if before:
        notes.append(f"the text speaks of {min(before)} as still to come, before the page's date: an old text")
    for tell in told:
        if tell.first_published and tell.first and not _overlaps(tell.first, tell.last, first, last):
            notes.append(f"the text says it was first published on {tell.time.value}")
    return notes


def _full_day(tell: _Tell) -> bool:
    """A day that was not itself reckoned from the page's date in news sense ("on Monday")."""
    return tell.first is not None and tell.first == tell.last and tell.named


def _overlaps(a: date, b: date | None, first: date, last: date) -> bool:
    return a <= last and (b or a) >= first
