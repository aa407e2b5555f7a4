"""Find the time expressions of a document and resolve them, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from spacy.tokens import Token

from onrecord.dating import calendar as cal
from onrecord.dating import meaning as m
from onrecord.dating.counts import strike_counts
from onrecord.dating.grammar import rules, trigger
from onrecord.dating.joining import joined
from onrecord.dating.resolve import Frame, clock_text, resolve
from onrecord.dating.tense import toward
from onrecord.dating.words import lowered
from onrecord.model import Anchor, BlockRole, Dated, Precision, StrikeCount, TimeExpression, TimeType
from onrecord.text.parse import Parsed, Sentence

READ_ROLES = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})

# A heading such as "WEDNESDAY (DAY 142)" or "Thursday, 9.15 a.m.": what stands around the day.
_HEADING_REST = re.compile(r"(?:\(?\s*day\s+\d+\s*\)?|updated?|posted|at|[\s\W])*\Z")
_HEADING_LENGTH = 48
_CONTEXT = 80  # characters before an expression in which its preposition stands


def read(parsed: Parsed, published: Dated) -> tuple[tuple[TimeExpression, ...], tuple[StrikeCount, ...]]:
    """The time expressions and the strike counts of a document's prose, titles and headings, in text order.

    Relative expressions are resolved against ``published``: its day, or the range of days that its precision or
    its bounds leave; where days of that range give different values, or there is none, the value is None and
    ``why`` says so. The notions are TIMEX3's (Pustejovsky et al. 2003); weeks are Monday to Friday, weekends
    Saturday and Sunday.
    """
    counts = strike_counts(parsed)
    return _Reader(parsed, published).times(counts), counts


@dataclass(slots=True)
class _Told:
    """A day that the text has told: where, and which, and whether it lay ahead."""

    sentence: Sentence
    day: date
    ahead: bool


class _Reader:
    def __init__(self, parsed: Parsed, published: Dated) -> None:
        self.parsed = parsed
        self.original = parsed.cleaned.text
        self.low = lowered(self.original)
        self.written = self.first, self.last = written_between(published)
        self.anchor = Anchor.PUBLISHED
        self.told: list[_Told] = []

    def times(self, counts: tuple[StrikeCount, ...]) -> tuple[TimeExpression, ...]:
        counted = [c.span for c in counts]
        out: list[TimeExpression] = []
        for sentence in self.parsed.sentences:
            if sentence.role not in READ_ROLES:
                continue
            found = self._found(sentence)
            if found and self._heads_a_day(sentence, found):
                self._turn_to(found[0])
            for one in found:
                expression = self._resolved(one, sentence)
                if expression.type is TimeType.DURATION and any(s.overlaps(expression.span) for s in counted):
                    continue  # "after 141 days on strike" is a count
                out.append(expression)
        return tuple(out)

    # ---------------------------------------------------------------- finding

    def _found(self, sentence: Sentence) -> list[m.Found]:
        doc = self.parsed.doc
        start, end = doc[sentence.first].idx, doc[sentence.last - 1].idx + len(doc[sentence.last - 1])
        kinds = {match.lastgroup for match in trigger().finditer(self.low, start, end)}
        if not kinds:
            return []
        candidates: list[m.Found] = []
        for rule in rules():
            if kinds.isdisjoint(rule.triggers):
                continue
            for match in rule.pattern.finditer(self.low, start, end):
                built = rule.build(match, self.original)
                if built is None:
                    continue
                meaning, clock = built if isinstance(built, tuple) else (built, None)
                found = m.Found(match.start(), match.end(), meaning, clock, rule.name)
                if found.start < found.end and self._is_time(found, sentence):
                    candidates.append(found)
        return joined(_longest(candidates), self.low, start, end)

    def _is_time(self, found: m.Found, sentence: Sentence) -> bool:
        """Whether the parse allows a match to be a time: no person, no verb, no count of things."""
        match found.rule:
            case "month":
                token = self._token(found.end - 1, sentence)
                return token.ent_type_ != "PERSON" and not self._names_a_person(token)
            case "day of the month":
                following = self._following(found, sentence)
                return following is None or following.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
            case "year":
                following = self._following(found, sentence)
                return (
                    following is None or following.tag_ != "NNS" or self.low[found.start - 2 : found.start] == "s "
                )
            case "in units":
                return self._toward(found, sentence) > 0
            case "window" if self.low.startswith("within", found.start):
                return self._toward(found, sentence) >= 0
            case _:
                return True

    def _names_a_person(self, token: Token) -> bool:
        """ "June Harlow", "Ms. May": a name stands directly on either side."""
        doc = self.parsed.doc
        return any(
            0 <= i < len(doc) and doc[i].ent_type_ == "PERSON" and doc[i].text[:1].isupper()
            for i in (token.i - 1, token.i + 1)
        )

    def _token(self, offset: int, sentence: Sentence) -> Token:
        doc = self.parsed.doc
        at = bisect_right(range(sentence.first, sentence.last), offset, key=lambda i: doc[i].idx) - 1
        return doc[sentence.first + max(at, 0)]

    def _following(self, found: m.Found, sentence: Sentence) -> Token | None:
        token = self._token(found.end - 1, sentence)
        return self.parsed.doc[token.i + 1] if token.i + 1 < sentence.last else None

    def _toward(self, found: m.Found, sentence: Sentence) -> int:
        first, last = self._token(found.start, sentence).i, self._token(found.end - 1, sentence).i + 1
        begin = self.parsed.doc[sentence.first].idx
        headline = sentence.role is not BlockRole.PARAGRAPH
        return toward(
            self.parsed.doc,
            first,
            last,
            self.low[max(begin, found.start - _CONTEXT) : found.start],
            headline=headline,
        )

    # ---------------------------------------------------------------- resolving

    def _heads_a_day(self, sentence: Sentence, found: list[m.Found]) -> bool:
        """Whether a sentence is the heading of a day in a live blog or a diary."""
        whole = self.parsed.article.blocks[sentence.block].span
        if (
            sentence.role is BlockRole.TITLE
            or len(found) != 1
            or sentence.span.end - sentence.span.start > _HEADING_LENGTH
        ):
            return False
        if self.parsed.text[whole.start : whole.end].strip() != sentence.span.of(self.parsed.text):
            return False
        doc = self.parsed.doc
        start, end = doc[sentence.first].idx, doc[sentence.last - 1].idx + len(doc[sentence.last - 1])
        rest = self.low[start : found[0].start] + " " + self.low[found[0].end : end]
        return _HEADING_REST.match(rest) is not None and not isinstance(found[0].meaning, m.ClockOnly)

    def _turn_to(self, found: m.Found) -> None:
        """What follows a day's heading was written on that day."""
        value = resolve(found.meaning, Frame(*self.written, Anchor.PUBLISHED, -1)).value
        day = _single_day(value)
        if day:
            self.first = self.last = day
            self.anchor = Anchor.TEXT

    def _resolved(self, found: m.Found, sentence: Sentence) -> TimeExpression:
        leaning = self._toward(found, sentence) if _leans(found.meaning) else 0
        frame = Frame(self.first, self.last, self.anchor, leaning, self._prior(found.meaning, sentence))
        resolved = resolve(found.meaning, frame)
        day = _single_day(resolved.value)
        kind = _type(found)
        if day and kind in {TimeType.DATE, TimeType.TIME}:
            self.told.append(_Told(sentence, day, leaning > 0))
        return TimeExpression(
            span=self.parsed.cleaned.to_source(found.start, found.end),
            type=kind,
            value=resolved.value,
            anchor=resolved.anchor,
            precision=cal.precision_of(resolved.value),
            why=resolved.why,
            clock=clock_text(found.clock, resolved.value) if found.clock else None,
        )

    def _prior(self, meaning: m.Meaning, sentence: Sentence) -> date | None:
        """The day told before, to which "the next day" or "at 9 p.m." belong: the last one of the same sentence,
        or the only one of the sentence before. A time of day may look back over its paragraph."""
        last = self.told[-1] if self.told else None
        if last is None:
            return None
        if last.sentence is sentence:
            return last.day
        if isinstance(meaning, m.ClockOnly) and last.sentence.block == sentence.block:
            return last.day
        if last.sentence.n != sentence.n - 1:
            return None
        before = {(t.day, t.ahead) for t in takewhile(lambda t: t.sentence is last.sentence, reversed(self.told))}
        day, ahead = before.pop() if len(before) == 1 else (None, True)
        return None if ahead else day


def written_between(published: Dated) -> tuple[date | None, date | None]:
    """The first and the last day on which a document may have been written."""
    if published.value is None:
        return published.earliest, published.latest
    value = published.value.isoformat()
    match published.precision:
        case Precision.YEAR:
            return cal.interval(value[:4])
        case Precision.MONTH:
            return cal.interval(value[:7])
        case Precision.DAY | Precision.NONE:
            return published.value, published.value


def _longest(candidates: list[m.Found]) -> list[m.Found]:
    """The longest matches that do not overlap, in text order; of equal ones that of the earlier rule."""
    begin = min((one.start for one in candidates), default=0)
    covered = bytearray(max((one.end for one in candidates), default=0) - begin)
    taken: list[m.Found] = []
    for one in sorted(candidates, key=lambda f: f.start - f.end):
        where = slice(one.start - begin, one.end - begin)
        if not any(covered[where]):
            covered[where] = b"\x01" * (one.end - one.start)
            taken.append(one)
    return sorted(taken, key=lambda f: f.start)


def _leans(meaning: m.Meaning) -> bool:
    """Whether tense has a say in what is meant."""
    match meaning:
        case m.NamedWeekday(shift=None | 0, week=None, weeks=0) | m.YearlessDay() | m.DayOfMonth() | m.QuarterOf():
            return True
        case m.YearlessMonth(shift=None) | m.SeasonOf(shift=None) | m.HolidayOf(year=None, shift=None):
            return True
        case (
            m.UnitShift(unit="weekend", shift=None | 0) | m.UnitShift(unit="week", shift=0) | m.NthWeek(year=None)
        ):
            return True
        case m.Between(first) | m.WeekOf(first) | m.Since(first) | m.ShiftFrom(_, _, first):
            return _leans(first)
        case _:
            return False


def _type(found: m.Found) -> TimeType:
    match found.meaning:
        case m.Lasting():
            return TimeType.DURATION
        case m.Repeated():
            return TimeType.SET
        case m.Between() | m.Since():
            return TimeType.DATE
        case m.ClockOnly():
            return TimeType.TIME
        case _:
            return TimeType.TIME if found.clock else TimeType.DATE


def _single_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
