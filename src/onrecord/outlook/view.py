"""The outlook of a dispute as of a day, from what its documents tell: the base rate of its kind and age, moved by
the state of the talks and what is announced."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from onrecord.model import (
    EventStatus,
    EventType,
    Forecast,
    HorizonChance,
    PartyKind,
    ReadArticle,
    Side,
    StandingInterval,
    State,
    StrikeClock,
    TimelineEntry,
)
from onrecord.outlook import talks
from onrecord.outlook.chances import HORIZONS, Parameters, forecast, industries
from onrecord.outlook.lengths import announced_end

_OVER = (State.STRIKE_ENDED, State.RATIFIED)
_SIZED = (EventType.STRIKE_START, EventType.STRIKE_AUTHORIZED)
_MOST_APART = 1.5  # two sizes that differ by more than this factor are not of the same stoppage


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sort of strike it is; None is unknown. ``why`` says it in words, with where it is from."""

    workers: int | None = None
    industry: str | None = None
    union: str | None = None
    why: str = ""


AS_TOLD = Kind()
"""Nothing given: size and industry as the documents tell them."""


def outlook(
    documents: Sequence[ReadArticle],
    *,
    as_of: date,
    clock: StrikeClock | None,
    intervals: Sequence[StandingInterval],
    entries: Sequence[TimelineEntry],
    horizons: Sequence[int] = HORIZONS,
    kind: Kind = AS_TOLD,
    fitted: Parameters | None = None,
) -> Forecast | None:
    """The forecast for a dispute as of a day; None before the stoppage began, when it has ended, and when no
    document says when it began. Where the start is a window its latest day counts, which makes the strike no older
    than it is known to be.

    ``documents``, ``intervals`` and ``entries`` must hold nothing that was not known on that day. What ``kind``
    leaves open is taken from the documents where they agree. Once a deal is established, the chances are
    those of past strikes with a deal: the base rate knows nothing of it.
    """
    if clock is None or clock.elapsed(as_of)[0] < 0:
        return None
    standing = talks.standing_on(intervals, as_of)
    if standing is not None and standing.state in _OVER:
        return None
    known = told_kind(documents, kind)
    found = forecast(
        elapsed=clock.elapsed(as_of)[0],
        as_of=as_of,
        workers=known.workers,
        industry=known.industry,
        union=known.union,
        horizons=horizons,
        shifts=talks.shifts(intervals, entries, as_of, told=announced_end(documents, clock)),
        fitted=fitted,
    )
    found = replace(found, state=standing.state if standing else None, profile=known.why)
    if standing is None or standing.state is not State.TENTATIVE_AGREEMENT or not standing.established:
        return found
    if standing.first is None:
        return found
    chances, left = talks.after_a_deal((as_of - standing.first).days, horizons)
    gaps = len(talks.talks().gaps)
    return replace(
        found,
        chances=chances,
        deal=(),
        shifts=(),
        reference=f"{gaps} Hollywood strikes 1960-2023, those still on as long after their tentative agreement",
        cases=left,
    )


def told_kind(documents: Sequence[ReadArticle], given: Kind = AS_TOLD) -> Kind:
    """The size and the industry of a stoppage as its documents tell them, unless given."""
    said = []
    workers = given.workers
    if workers is not None:
        said.append(f"{workers:,} workers (given)")
    elif (workers := _workers(documents)) is not None:
        said.append(f"{workers:,} workers (as the documents tell)")
    industry = given.industry
    if industry is not None:
        said.append(f"{industry.replace('_', ' ')} (given)")
    elif (industry := _industry(documents)) is not None:
        said.append(f"{industry.replace('_', ' ')} (by the names of the parties)")
    if given.union is not None:
        said.append(f"union family {given.union} (given)")
    return Kind(workers=workers, industry=industry, union=given.union, why=", ".join(said))


def _workers(documents: Sequence[ReadArticle]) -> int | None:
    """The size that most documents give of those on strike; None where the sizes told do not agree."""
    sizes: Counter[int] = Counter()
    for d in documents:
        told = {
            round((e.size.low * e.size.high) ** 0.5)
            for e in d.reading.events
            if e.type in _SIZED and e.status is not EventStatus.DENIED and e.size is not None and e.size.low > 0
        }
        sizes.update(told)
    if not sizes:
        return None
    most, _ = min(sizes.items(), key=lambda item: (-item[1], item[0]))
    near = sum(n for size, n in sizes.items() if 1 / _MOST_APART <= size / most <= _MOST_APART)
    return most if 2 * near > sizes.total() else None


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    held = tomllib.loads(files("onrecord.outlook").joinpath("data/industries.toml").read_text("utf-8"))
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)", re.IGNORECASE))
        for name, words in held["words"].items()
        if name in industries()
    )


def _industry(documents: Sequence[ReadArticle]) -> str | None:
    """The industry that the names of the parties on both sides speak for; two in three of the votes, one vote a
    document for each party."""
    votes: Counter[str] = Counter()
    for d in documents:
        for party in d.reading.parties:
            if party.side in (Side.WORKERS, Side.EMPLOYERS) and party.kind is not PartyKind.PERSON:
                names = " ".join((party.name, *party.aliases))
                votes.update(name for name, pattern in _words() if pattern.search(names))
    if not votes:
        return None
    first, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return first if 3 * count >= 2 * votes.total() else None


# ------------------------------------------------------------------------------- what moved it


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The outlook as it is shown: the forecast, or ``why`` there is none, and in sentences what ``moved`` it since
    the one made ``before``."""

    forecast: Forecast | None
    why: str = ""
    before: Forecast | None = None
    moved: tuple[str, ...] = ()


def why_none(clock: StrikeClock | None, as_of: date | None) -> str:
    """Why there is no forecast, in words that end a sentence."""
    if as_of is None:
        return "no document carries a date"
    if clock is None:
        return "no document says when the strike began"
    if clock.elapsed(as_of)[0] < 0:
        return "the strike had not begun on that day"
    return "the strike is over"


def moved(before: Forecast | None, now: Forecast) -> tuple[str, ...]:
    """What moved the chance since an earlier forecast, in bits of odds at the middle horizon both have: time and
    the class, then the talks."""
    if before is None:
        return ()
    common = sorted({c.days for c in before.chances} & {c.days for c in now.chances})
    if not common:
        return ()
    days = common[len(common) // 2]
    total = _bits(now.chances, days) - _bits(before.chances, days)
    since = f"Since the reading of {before.as_of}"
    if not before.base or not now.base:
        return (f"{since}: {total:+.1f} bits at {days} days.",)
    base = _bits(now.base, days) - _bits(before.base, days)
    lines = [
        f"{since}, at {days} days: {total:+.1f} bits; {base:+.1f} by age, calendar and what is known of the "
        f"strike, {total - base:+.1f} by the talks."
    ]
    if before.state is not now.state:
        was, is_now = (s.value.replace("_", " ") if s else "not known" for s in (before.state, now.state))
        lines.append(f"The talks were {was} and are {is_now}.")
    gone = {s.name for s in before.shifts} - {s.name for s in now.shifts}
    new = {s.name for s in now.shifts} - {s.name for s in before.shifts}
    if gone or new:
        told = [f"+ {n}" for n in sorted(new)] + [f"- {n}" for n in sorted(gone)]
        lines.append(f"Rules: {', '.join(t.replace('_', ' ') for t in told)}.")
    return tuple(lines)


def _bits(chances: Sequence[HorizonChance], days: int) -> float:
    chance = next(c.chance for c in chances if c.days == days)
    inside = min(max(chance, 1e-6), 1.0 - 1e-6)
    return math.log2(inside / (1.0 - inside))
