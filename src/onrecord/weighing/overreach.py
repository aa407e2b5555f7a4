"""How far a claim that a settlement is near runs ahead of the base rate, in bits.

``overreach = log2 odds(likelihood conveyed) - log2 odds(base rate over the same horizon)``. The wording conveys an
interval; the point value is its middle in log odds, and the interval of the figure runs over the wording's ends.
The base rate is that of the stoppage's end, which comes some days after a deal: a claim of a *deal* is therefore
held against a rate that is a little low for it. For gloom the wording's likelihood is that no end comes, so its
complement is what is held against the base rate, and the figure is negative where the claim runs behind.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.dating import interval
from onrecord.model import (
    Ahead,
    Evidence,
    Forecast,
    HorizonChance,
    Likelihood,
    Overreach,
    Part,
    StandingInterval,
    State,
    StrikeClock,
)

_REACHED = (State.TENTATIVE_AGREEMENT, State.STRIKE_ENDED, State.RATIFIED)


@dataclass(frozen=True, slots=True)
class _Unknown:
    why: str


def overreach(
    ahead: Ahead,
    *,
    document: str,
    clock: StrikeClock | None,
    on: date | None,
    forecast: Callable[..., Forecast],
    until: date | None = None,
) -> Overreach:
    """Weigh one claim, made on the day ``on``, against the base rate of a stoppage of its age.

    ``forecast`` is called as ``outlook.forecast``. That day itself still counts: "today" is a horizon of one day,
    of a stoppage that was still on the evening before. Where the stoppage began within a window, both its ends are
    taken: the base rate is their middle in log odds, and the interval runs over both. ``bits`` is None, with the
    reason in ``why``, where the wording's likelihood, its horizon, the day or the age is unknown. An undated
    document's "today" is a horizon of one day at some age: from one day to that on the day ``until``, the day of
    the latest dated document.
    """
    evidence = Evidence(document, ahead.span)
    rates = _rates(ahead, clock=clock, on=on, until=until, forecast=forecast)
    if isinstance(rates, _Unknown):
        return Overreach(evidence=evidence, bits=None, low=None, high=None, parts=(), why=rates.why)
    likelihood, base = rates
    ends = (likelihood.low, likelihood.high)
    if ahead.direction < 0:
        ends = (1.0 - likelihood.high, 1.0 - likelihood.low)
    conveyed = [log_odds(p) for p in ends]
    base_bits = [log_odds(b.chance) for b in base]
    middle = sum(base_bits) / len(base_bits)
    return Overreach(
        evidence=evidence,
        bits=sum(conveyed) / 2 - middle,
        low=conveyed[0] - max(base_bits),
        high=conveyed[1] - min(base_bits),
        parts=_parts(ends, base, middle),
        conveyed=_chance(sum(conveyed) / 2),
        base=_chance(middle),
    )


def scored(
    found: Overreach,
    ahead: Ahead,
    *,
    on: date | None,
    intervals: Sequence[StandingInterval],
    days: Sequence[date],
) -> Overreach:
    """The figure with what came of the claim: whether negotiators agreed or the stoppage ended within its horizon.
    None where the words do not say by when, or where the record (whose documents are of ``days``) does not show
    it.

    Hope comes true by a deal or an end, whichever is first: a claim of an end is so given the benefit of the
    doubt. Gloom comes true where neither came.
    """
    value = ahead.horizon or (ahead.likelihood.horizon if ahead.likelihood else None)
    by = interval(value)[1] if value is not None and not value.startswith("P") else None
    if on is None or by is None or by < on or not days:
        return found
    reached = [i for i in intervals if i.state in _REACHED and i.first is not None]
    first = min(reached, key=lambda i: i.first or date.max, default=None)
    if first is not None and first.first is not None and first.first < on:
        return found
    if first is not None and first.first is not None and first.first <= by:
        near: bool | None = True
    elif first is not None:
        near = False if first.since_known else None
    else:
        near = False if max(days) > by else None
    return replace(found, came=near if near is None or ahead.direction > 0 else not near)


def _chance(bits: float) -> float:
    return float(1.0 / (1.0 + 2.0**-bits))


def log_odds(chance: float) -> float:
    """Log2 odds of a chance; 0 and 1 count as one in a million, so that the figure stays finite."""
    inside = min(max(chance, 1e-6), 1.0 - 1e-6)
    return math.log2(inside / (1.0 - inside))


def _rates(
    ahead: Ahead,
    *,
    clock: StrikeClock | None,
    on: date | None,
    until: date | None,
    forecast: Callable[..., Forecast],
) -> tuple[Likelihood, tuple[HorizonChance, ...]] | _Unknown:
    if ahead.likelihood is None:
        return _Unknown("the wording conveys no likelihood that a survey or standard gives")
    value = ahead.horizon or ahead.likelihood.horizon
    if value is not None and value.startswith("P"):
        return _whatever_the_day(ahead.likelihood, int(value[1:-1]), clock=clock, until=until, forecast=forecast)
    if on is None:
        return _Unknown("the day on which it was said is unknown")
    by = interval(value)[1] if value is not None else None
    if by is None:
        return _Unknown("the words do not say by when")
    if by < on:
        return _Unknown("the horizon lies before the day on which it was said")
    if clock is None:
        return _Unknown("the day on which the stoppage began is unknown")
    if clock.latest >= on:
        return _Unknown("the stoppage may not have lasted a day yet")
    eve = on - timedelta(days=1)
    days = (by - on).days + 1
    starts = sorted({clock.earliest, clock.latest})
    told = [forecast(elapsed=(eve - start).days, as_of=eve, horizons=(days,)) for start in starts]
    return ahead.likelihood, tuple(f.chances[0] for f in told)


def _whatever_the_day(
    likelihood: Likelihood,
    days: int,
    *,
    clock: StrikeClock | None,
    until: date | None,
    forecast: Callable[..., Forecast],
) -> tuple[Likelihood, tuple[HorizonChance, ...]] | _Unknown:
    """ "Today" in an undated document: one day, whichever it was. It was said of a stoppage of some age between
    one day and the age that the record's latest dated document finds."""
    if clock is None or until is None:
        return _Unknown("the day on which the stoppage began is unknown")
    oldest = (until - clock.earliest).days
    if oldest < 1:
        return _Unknown("the stoppage may not have lasted a day yet")
    ages = sorted({1, oldest})
    told = [forecast(elapsed=a, as_of=clock.earliest + timedelta(days=a), horizons=(days,)) for a in ages]
    return likelihood, tuple(f.chances[0] for f in told)


def _parts(ends: tuple[float, float], base: tuple[HorizonChance, ...], middle: float) -> tuple[Part, ...]:
    days = base[0].days
    span = "on that day" if days == 1 else f"within {days} days"
    low, high = min(b.low for b in base), max(b.high for b in base)
    share = 1.0 / (1.0 + 2.0**-middle)
    return (
        Part("conveyed, low", log_odds(ends[0]), f"the wording conveys at least {ends[0]:.0%}"),
        Part("conveyed, high", log_odds(ends[1]), f"the wording conveys at most {ends[1]:.0%}"),
        Part(
            "base rate",
            middle,
            f"stoppages this old end {span} in {share:.1%} of cases ({low:.1%} to {high:.1%})",
        ),
    )
