"""What a telling changed of the claim: its hedge, its figures, who is said to say it, how far things are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.claims.origin import when
from onrecord.claims.tellable import Tellable, opposed
from onrecord.claims.words import overlap
from onrecord.model import Authority, Bearing, Certainty, Change, ChangeKind, EventStatus, Hedge, Kind, Side

_STRENGTH = {Certainty.POSSIBLE: 1, Certainty.PROBABLE: 2, Certainty.CERTAIN: 3}
_PLAIN = _STRENGTH[Certainty.CERTAIN]
_SIDES = (Side.WORKERS, Side.EMPLOYERS)
_OPEN = frozenset({EventStatus.PLANNED, EventStatus.POSSIBLE})
_DONE = frozenset({EventStatus.HAPPENED, EventStatus.ONGOING})
_ALIKE = 0.2  # share of common words from which another figure or day is a slip and not another matter
_NEARLY = 0.6  # share from which one figure among several is
_SOURCED = frozenset({Authority.PARTY, Authority.NAMED, Authority.UNNAMED, Authority.OUTLET})
_MANY = re.compile(r"\b(?:sources|insiders|executives|officials|people|analysts|others|reports)\b", re.IGNORECASE)
_ONE = re.compile(r"(?:one|an?|another|somebody|someone)\b", re.IGNORECASE)  # "one of the executives"


def contests(t: Tellable) -> bool:
    """Whether a telling denies or corrects what somebody else said."""
    return t.contests or bool(t.answers)


def leading_side(told: Sequence[Tellable]) -> Side | None:
    """The side whose version a claim is: that of most tellings, of as many the one told first."""
    sides = [t.side for t in sorted(told, key=when) if t.side in _SIDES and not contests(t)]
    return max(sides, key=lambda side: (sides.count(side), -sides.index(side)), default=None)


def hedge(t: Tellable, before: Tellable | None, first: Tellable, leading: Side | None) -> Hedge:
    """A telling's hedge held against ``before``, the earlier telling closest to it; ``first`` is the claim's
    first. What denies or corrects is contested, and so is the other side's version."""
    if t is not first and contests(t) and not contests(first):
        return Hedge.CONTESTED
    if opposed(t.side, leading):
        return Hedge.CONTESTED
    if before is None:
        return Hedge.DROPPED if second_hand(t) else Hedge.KEPT
    if contests(before):
        return Hedge.KEPT
    if number_slipped(t, before) or day_slipped(t, before) or voided(t, before) or turned(t, before):
        return Hedge.INVERTED
    if became_several(t, before) or became_several(t, first):
        return Hedge.WEAKENED
    if any(finished(t, o) for o in (before, first)) or unsourced(t, before, first):
        return Hedge.DROPPED
    here, there = strength(t), strength(before)
    if here is None or there is None or here == there:
        return Hedge.KEPT
    if here < there:
        return Hedge.ADDED if there == _PLAIN and before.statement is None else Hedge.WEAKENED
    return Hedge.DROPPED if here == _PLAIN else Hedge.STRENGTHENED


def strength(t: Tellable) -> int | None:
    """How surely it is told: as surely as its speaker is, and no surer than its own words. Narration is plain."""
    said = _PLAIN if t.certainty is None else _STRENGTH.get(t.certainty)
    if said is None:
        return None
    worded = [_STRENGTH[level] for level, ways in _hedges() if ways.search(t.text)]
    return min(said, *worded) if worded else said


def number_slipped(t: Tellable, before: Tellable) -> bool:
    """Whether like words have another figure: none in common, or one of several in nearly the same words."""
    here, there = t.words.numbers, before.words.numbers
    if not here - there or not there - here:
        return False
    if misprinted(t, before):
        return True
    if all(any(_rounded(x, y) for y in there) for x in here):
        return False
    return overlap(t.words, before.words).dice >= (_NEARLY if here & there else _ALIKE)


def misprinted(t: Tellable, before: Tellable) -> bool:
    """Whether like words have a figure with two neighbouring digits swapped, or without its decimal point."""
    here, there = t.words.numbers - before.words.numbers, before.words.numbers - t.words.numbers
    return overlap(t.words, before.words).dice >= _ALIKE and any(_typo(x, y) for x in here for y in there)


def _typo(x: str, y: str) -> bool:
    if ("." in x) != ("." in y):
        return len(x) > 1 and len(y) > 1 and x.replace(".", "") == y.replace(".", "")
    off = [n for n, (a, b) in enumerate(zip(x, y, strict=False)) if a != b]
    swapped = len(off) == 2 and off[1] == off[0] + 1 and (x[off[0]], x[off[1]]) == (y[off[1]], y[off[0]])
    return swapped and len(x) == len(y)


def _rounded(x: str, y: str) -> bool:
    """Whether two figures are one, told to more digits or to fewer: 97.85 and 97.8 are."""
    short, long = sorted((x, y), key=len)
    if x == y:
        return True
    try:
        one, other = Decimal(short), Decimal(long)
    except InvalidOperation:
        return False
    return "." in long and abs(one - other) < Decimal(1).scaleb(-len(short.partition(".")[2]))


def day_slipped(t: Tellable, before: Tellable) -> bool:
    """Whether like words on the same kind of event name other days."""
    if not t.events & before.events or not t.days or not before.days:
        return False
    ends = [
        (first, last) for first, last in (*t.days, *before.days) if first and last and (last - first).days <= 1
    ]
    if len(ends) < len(t.days) + len(before.days) or set(t.days) & set(before.days):
        return False
    return overlap(t.words, before.words).dice >= _ALIKE


def turned(t: Tellable, before: Tellable) -> bool:
    """Whether nearly the same words are negated in one of two stretches and not in the other."""
    return t.words.negated != before.words.negated and overlap(t.words, before.words).dice >= _NEARLY


def voided(t: Tellable, before: Tellable) -> bool:
    """Whether what was to be is told as called off."""
    void = _ways("void")
    return void.search(t.text) is not None and void.search(before.text) is None


def became_several(t: Tellable, before: Tellable) -> bool:
    """Whether one unnamed source is told as several."""
    return t.authority is Authority.UNNAMED is before.authority and _many(t) and not _many(before)


def own_voice(t: Tellable) -> bool:
    """Whether the document tells it itself, and its sentence does not speak of what a party put out."""
    return (t.statement is None or t.authority is Authority.AUTHOR) and not t.utterance


def source_gone(t: Tellable, before: Tellable) -> bool:
    """Whether what somebody told, other than the parties jointly, is told in the document's own voice."""
    return own_voice(t) and before.authority in _SOURCED and t.document != before.document


def unsourced(t: Tellable, before: Tellable, first: Tellable) -> bool:
    """Whether a source is gone that the telling before or the claim's first has; what the parties told jointly may
    be told plainly."""
    if Authority.JOINT in (before.authority, first.authority):
        return False
    return source_gone(t, before) or source_gone(t, first)


def second_hand(t: Tellable) -> bool:
    """Whether a document tells plainly, with no source, what it can only have from somebody: a digest whatever it
    tells, others what they assert of how the talks stand."""
    if not own_voice(t) or strength(t) != _PLAIN:
        return False
    if t.kind is Kind.AGGREGATION:
        return True
    return t.authority is Authority.AUTHOR and t.kind not in (Kind.STATEMENT, Kind.OPINION)


def finished(t: Tellable, before: Tellable) -> bool:
    """Whether a tentative agreement is told as a settled one."""
    tentative = _ways("tentative")
    if tentative.search(before.text) is None or tentative.search(t.text) is not None:
        return False
    return _ways("settled").search(t.text) is not None


def _many(t: Tellable) -> bool:
    return t.source is not None and _MANY.search(t.source) is not None and _ONE.match(t.source) is None


@cache
def _held() -> dict[str, Any]:
    return tomllib.loads(files("onrecord.claims").joinpath("data/hedges.toml").read_text("utf-8"))


@cache
def _hedges() -> tuple[tuple[Certainty, re.Pattern[str]], ...]:
    return tuple((Certainty(row["conveys"]), _pattern(row["ways"])) for row in _held()["hedge"])


@cache
def _ways(name: str) -> re.Pattern[str]:
    return _pattern(_held()[name]["ways"])


def _pattern(ways: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


def bearing(t: Tellable, before: Tellable | None, first: Tellable, leading: Side | None) -> Bearing:
    """How a telling stands to the claim as it was told before."""
    if t is first:
        return Bearing.TELLS
    if hedge(t, before, first, leading) is Hedge.CONTESTED:
        own = t.outlet is not None and t.outlet == first.outlet and t.document != first.document
        return Bearing.CORRECTS if own and contests(t) else Bearing.CONTRADICTS
    if before is None:
        return Bearing.TELLS
    if voided(t, before):
        return Bearing.SUPERSEDES
    if number_slipped(t, before) or day_slipped(t, before) or turned(t, before):
        return Bearing.CONTRADICTS
    if t.events & before.events and before.statuses <= _OPEN and before.statuses and t.statuses & _DONE:
        return Bearing.UPDATES
    return Bearing.TELLS


def changes(t: Tellable, before: Tellable | None) -> tuple[Change, ...]:
    """What a telling changed of the earlier one, each with what stood before and after."""
    return () if before is None or contests(t) or contests(before) else tuple(_changes(t, before))


def _changes(t: Tellable, before: Tellable) -> Iterator[Change]:
    here, there = strength(t), strength(before)
    if here is not None and there is not None and here != there:
        why = "told more surely than before" if here > there else "told less surely than before"
        yield Change(kind=ChangeKind.HEDGE, before=_level(there), after=_level(here), why=why)
    if number_slipped(t, before):
        yield Change(
            kind=ChangeKind.NUMBER,
            before=", ".join(sorted(before.words.numbers - t.words.numbers)),
            after=", ".join(sorted(t.words.numbers - before.words.numbers)),
            why="like words with another figure",
        )
    if day_slipped(t, before):
        yield Change(kind=ChangeKind.DATE, before=_days(before), after=_days(t), why="like words with another day")
    if t.authority is Authority.JOINT and before.authority in (Authority.PARTY, Authority.NAMED):
        yield _authority(t, before, "one party's word is told as joint")
    elif became_several(t, before):
        yield _authority(t, before, "one unnamed source is told as several")
    elif source_gone(t, before):
        yield _authority(t, before, "the source is gone: the document tells it in its own voice")
    if t.authority is Authority.NAMED and before.authority is Authority.UNNAMED:
        yield Change(
            kind=ChangeKind.SPEAKER,
            before=before.source or "",
            after=t.source or "",
            why="what somebody unnamed said is told as a named person's own word",
        )
    if voided(t, before) or finished(t, before):
        why = "what was to be is called off" if voided(t, before) else "what was tentative is told as settled"
        yield Change(kind=ChangeKind.STAGE, before=before.text, after=t.text, why=why)


def _level(strength: int) -> str:
    return next(level.value for level, value in _STRENGTH.items() if value == strength)


def _days(t: Tellable) -> str:
    return ", ".join(f"{first}" if first == last else f"{first}/{last}" for first, last in t.days)


def _authority(t: Tellable, before: Tellable, why: str) -> Change:
    return Change(
        kind=ChangeKind.AUTHORITY, before=before.authority or "none", after=t.authority or "none", why=why
    )
