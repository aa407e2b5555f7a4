"""Counts of a stoppage ("day 142", "its 20th week", "five weeks into the walkout") and the start that they
imply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.dating import calendar as cal
from onrecord.dating.words import count_number, either, lowered, ordinal_number, pattern, words
from onrecord.model import BlockRole, Counting, CountUnit, StrikeCount
from onrecord.text.parse import Parsed

_ROLES = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})
_TRIGGER = re.compile(r"\b(?:day|week|month)s?\b")
_OVER_OR_PLANNED = re.compile(
    r"\b(?:end(?:s|ed|ing)?|settled|called\s+off|suspended|concluded|plan(?:s|ned)?|begin(?:s|ning)?|start(?:s|ing)?"
    r"|due\s+to)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST = {CountUnit.DAY: 3000, CountUnit.WEEK: 400, CountUnit.MONTH: 100}
_NEAR = 160  # characters before a count in which what it counts is named
# An "N-day strike" is more often one of fixed length than one under way; only a long one is read as a count.
_LONG = {CountUnit.DAY: 14, CountUnit.WEEK: 2, CountUnit.MONTH: 1}


def start_window(count: StrikeCount, on: date) -> tuple[date, date]:
    """The days on which a stoppage can have begun that is counted so on a day, both included.

    The first day is day 1 and belongs to week 1 and month 1. With ordinal counts, day n began n-1 days before; in
    week n between 7(n-1) and 7n-1 days have passed, in month n at least n-1 months and less than n. Elapsed counts
    are whole units passed: n weeks stand for 7n to 7n+6 days, n months for n months and less than n+1. "After n
    days" is told of n days passed and of the nth day alike, and gives both.

    >>> week = StrikeCount(span=Span(0, 1), n=20, unit=CountUnit.WEEK, counting=Counting.ORDINAL)
    >>> start_window(week, date(2023, 9, 13))
    (datetime.date(2023, 4, 27), datetime.date(2023, 5, 3))

    Raises ValueError when the window would begin before the year 1.
    """
    n = count.n
    ordinal = count.counting is Counting.ORDINAL
    try:
        match count.unit:
            case CountUnit.DAY:
                first = n - 1 if ordinal else n
                return on - timedelta(days=first), on - timedelta(days=n - 1)
            case CountUnit.WEEK:
                most, least = (7 * n - 1, 7 * (n - 1)) if ordinal else (7 * n + 6, 7 * n)
                return on - timedelta(days=most), on - timedelta(days=least)
            case CountUnit.MONTH:
                most, least = (n, n - 1) if ordinal else (n + 1, n)
                return cal.add_months(on, -most) + timedelta(days=1), cal.add_months(on, -least)
    except OverflowError:
        raise ValueError(f"a stoppage of {n} {count.unit}s on {on} would have begun before the year 1") from None


@dataclass(frozen=True, slots=True)
class _Count:
    start: int
    end: int
    n: int
    unit: CountUnit
    counting: Counting


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns, with {STOPPAGE} (any), {THE} ("their long national strike"), {STATE} ("on strike"), {OTHER}
    (what else is counted), {NUMBER} and the pieces of ``words`` filled in."""
    w = words()
    stoppage = rf"{either(w.stoppage)}\b(?!s)"
    whose = r"(?:(?:the|their|its|his|her|our|this|a|an|[\w.]+['\u2019]s?)\s+)?"
    pieces = {
        "{STOPPAGE}": stoppage,
        "{THE}": rf"{whose}(?:(?!of\b)[\w'\u2019.-]+\s+){{0,4}}?{stoppage}",
        "{STATE}": rf"{either(w.state)}\b",
        "{OTHER}": rf"{either(w.other)}\b",
        "{APPROXIMATE}": either(w.approximate),
        "{NUMBER}": r"(?P<n>\d{1,4}|(?:{CARDINAL}|a)\s+hundred(?:\s+and\s+{CARDINAL})?|{CARDINAL})",
    }
    template = _TEMPLATES[name]
    for piece, meaning in pieces.items():
        template = template.replace(piece, meaning)
    return pattern(template)


_TEMPLATES = {
    "stoppage": r"\b{STOPPAGE}",
    "strikers": r"\b(?:{STOPPAGE}|strikers|striking|picketers|locked[-\s]out|on\s+strike)\b",
    "activity": r"""\b(?:{STOPPAGE}|strikers|striking|picketers|picketing|locked[-\s]out|on\s+strike|{OTHER})""",
    # "day 142", "week 3 on the picket line"
    "numbered": r"\b(?P<unit>day|week|month)\s+(?P<n>\d{1,4}|{CARDINAL})\b(?![.,:/]\d|-)",
    # "the 101st day", "the strike's 20th week"
    "ordinal": r"""\b(?P<of>(?:the|its|their|our|his|her|this|a|an)\s+|['\u2019]s?\s+)(?P<n>{ORDINAL})\s+
        (?:straight\s+|consecutive\s+|full\s+)?(?P<unit>day|week|month)\b(?!-)""",
    "of the stoppage": r"\s*(?:(?:of|on|in|into|since)\s+{THE}|{STATE})",
    "of something": r"\s+(?:of|in|on)\s+(?!(?:and|but|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
    "approximate": r"\b{APPROXIMATE}\s+\Z",
    # what stands between a strike and "its 20th week"
    "reaching": r"""\b(?:enter(?:s|ed|ing)?|reach(?:es|ed|ing)?|mark(?:s|ed|ing)?|beg[ia]n(?:s|ning)?
        |start(?:s|ed|ing)?|approach(?:es|ing)|complet(?:es|ed|ing)|hit(?:s|ting)?|in|into|to|through|is|was|now|on|for|of)
        (?:\s+\w+)?\s*\Z""",
    "elapsed": r"""\b{NUMBER}\s+(?P<unit>day|week|month)s?\s+(?:straight\s+|long\s+)?
        (?:{STATE}|into\s+{THE}|(?:after|since)\s+{THE}\s+(?:began|begun|started|broke\s+out)|of\s+{STOPPAGE})""",
    "on strike for": r"\b{STATE}\s+(?:now\s+)?for\s+{NUMBER}\s+(?P<unit>day|week|month)s?\b",
    "has lasted": r"""\b{STOPPAGE}(?:\s+\w+){0,4}?\s+(?:has|have)\s+(?:now\s+)?
        (?:lasted|dragged\s+on|gone\s+on|run|continued|stretched(?:\s+on)?)\s+(?:now\s+)?(?:for\s+)?
        {NUMBER}\s+(?P<unit>day|week|month)s?\b""",
    "old": r"\b{NUMBER}\s+(?P<unit>day|week|month)s?\s+old\b",
    "long": r"""\b(?:the|their|its|this|our|[\w.]+['\u2019]s?)\s+(?:\w+\s+)?
        (?P<n>\d{1,4}|{CARDINAL})-(?P<unit>day|week|month)(?:-(?:old|long))?\s+(?:[\w-]+\s+){0,2}?{STOPPAGE}""",
}


def strike_counts(parsed: Parsed) -> tuple[StrikeCount, ...]:
    """The counts of the stoppage in a document's prose, titles and headings, in text order.

    Counts of talks and of anything else, lengths of finished or planned stoppages, and numbers told as approximate
    ("nearly five months") are left out.
    """
    low = lowered(parsed.cleaned.text)
    if not _pattern("strikers").search(low):
        return ()
    out: list[StrikeCount] = []
    for sentence in parsed.sentences:
        if sentence.role not in _ROLES:
            continue
        doc = parsed.doc
        start, end = doc[sentence.first].idx, doc[sentence.last - 1].idx + len(doc[sentence.last - 1])
        if not _TRIGGER.search(low, start, end):
            continue
        for count in _apart(_in_sentence(low[start:end]), end - start):
            span = parsed.cleaned.to_source(start + count.start, start + count.end)
            out.append(StrikeCount(span=span, n=count.n, unit=count.unit, counting=count.counting))
    return tuple(out)


def _apart(counts: Iterator[_Count], length: int) -> list[_Count]:
    """The plausible counts, in text order; of two that overlap the one found first."""
    covered = bytearray(length)
    taken: list[_Count] = []
    for count in counts:
        where = slice(count.start, count.end)
        if 1 <= count.n <= _MOST[count.unit] and not any(covered[where]):
            covered[where] = b"\x01" * (count.end - count.start)
            taken.append(count)
    return sorted(taken, key=lambda c: c.start)


def _in_sentence(text: str) -> Iterator[_Count]:
    if not _YEAR.search(text):  # a sentence with a year tells of another stoppage, or of this one's past
        yield from _elapsed(text)
        yield from _ordinals(text)
    yield from _numbered(text)


def _numbered(text: str) -> Iterator[_Count]:
    """ "day 142", "now in week 12", "day 3 of the walkout"."""
    for match in _pattern("numbered").finditer(text):
        if _of_something_else(text, match.end()) or _counted_activity(text, match.start()) is False:
            continue
        n = count_number(match["n"])
        if n is not None and n == int(n):
            yield _Count(match.start(), match.end(), int(n), CountUnit(match["unit"]), Counting.ORDINAL)


def _ordinals(text: str) -> Iterator[_Count]:
    """ "the 101st day of the strike", "the walkout has entered its 20th week", "on strike for a 12th day"."""
    for match in _pattern("ordinal").finditer(text):
        before = text[max(0, match.start("of") - _NEAR) : match.start("of")]
        after = _pattern("of the stoppage").match(text, match.end())
        if after:
            counts = _is_labour(after.group())
        elif _of_something_else(text, match.end()):
            counts = False
        elif match["of"].startswith(("'", "\u2019")):
            counts = _ends_with_stoppage(before)
        else:
            counts = bool(_pattern("reaching").search(before)) and _counted_activity(text, match.start()) is True
        if counts:
            start = match.start("n") if match["of"].startswith(("'", "\u2019")) else match.start()
            yield _Count(
                start, match.end(), ordinal_number(match["n"]), CountUnit(match["unit"]), Counting.ORDINAL
            )


def _elapsed(text: str) -> Iterator[_Count]:
    """ "after 141 days on strike", "five weeks into the walkout", "the strike has lasted 100 days"."""
    for name in ("elapsed", "on strike for", "has lasted", "old", "long"):
        for match in _pattern(name).finditer(text):
            n, unit = count_number(match["n"]), CountUnit(match["unit"])
            if n is None or not _is_labour(match.group()) or _approximate(text, match.start("n")):
                continue
            if not _runs_now(name, match, text, n, unit):
                continue
            yield _Count(match.start("n"), match.end(), int(n), unit, Counting.ELAPSED)


def _runs_now(name: str, match: re.Match[str], text: str, n: float, unit: CountUnit) -> bool:
    """Whether a length is that of a stoppage under way: not one that is over ("had been on strike for"), or
    planned, or told as long ago."""
    if re.match(r"\s+(?:ago|earlier|before)\b", text[match.end() : match.end() + _NEAR]):
        return False
    if name == "on strike for":
        return (
            re.search(r"\b(?:was|were|had)\s+(?:been\s+)?\Z", text[max(0, match.start() - 16) : match.start()])
            is None
        )
    if name == "old":
        return _counted_activity(text, match.start()) is True
    if name == "long":
        told_as_running = re.search(r"\b(?:now|ongoing|current)\b", match.group()) is not None
        return not _OVER_OR_PLANNED.search(text) and (told_as_running or n >= _LONG[unit])
    return True


def _is_labour(phrase: str) -> bool:
    """Whether the strike in a phrase is one of workers and one alone ("air strike", "strikes")."""
    return not any(re.search(rf"\b{word}[-\s]?str", phrase) for word in words().not_labour)


def _approximate(text: str, at: int) -> bool:
    return _pattern("approximate").search(text, max(0, at - 24), at) is not None


def _of_something_else(text: str, end: int) -> bool:
    """ "the second day of talks", but not "day 12 of the strike"."""
    return _pattern("of something").match(text, end) is not None and not _pattern("of the stoppage").match(
        text, end
    )


def _ends_with_stoppage(before: str) -> bool:
    last = None
    for match in _pattern("stoppage").finditer(before):
        last = match
    return last is not None and last.end() == len(before.rstrip()) and _is_labour(before)


def _counted_activity(text: str, at: int) -> bool | None:
    """True when the activity named last before a count is a stoppage, False when it is something else, None when
    no activity is named before it."""
    last = None
    for match in _pattern("activity").finditer(text, max(0, at - _NEAR), at):
        last = match
    if last is None:
        return None
    return last.group() not in words().other and _is_labour(text[max(0, last.start() - 12) : last.end()])
