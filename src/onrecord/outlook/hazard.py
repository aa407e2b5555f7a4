"""The daily hazard of the end of a stoppage: which terms it has, and the chance it gives.

A stoppage that is still on after ``t - 1`` elapsed days ends on elapsed day ``t`` with probability
``1 / (1 + exp(-x(t) . theta))``: a discrete-time survival model fitted as a logistic regression on person-days
(Allison 1982, Sociological Methodology 13; Singer and Willett 1993, J. Educ. Stat. 18). The chance of an end
within ``h`` days is one less the product of the daily chances of going on.

Terms: a restricted cubic spline of log day (Harrell 2015, section 2.4.5), with terms of its own for strikes of
the tracker; weekday, the seventh day, holiday, season; size, industry and union family, each also with log day.
There is no trend in years: it extrapolates badly. Size, industry and family are centred, so that an unknown one
is the average one and adds nothing; a family unknown in a known industry is that industry's average.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from onrecord.outlook.holidays import is_holiday

Floats = npt.NDArray[np.float64]

LAST_DAY = 730  # person-days beyond two years are neither fitted nor told apart
# In tracker data many strikes are announced to last two, three or five days.
ANNOUNCED = (1, 2, 4)
_LOG_MONTH, _LOG_SCALE = math.log(30.0), 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the columns of the design depend on: spline knots (in log days), the industries and union families
    that have a column with their share among the strikes fitted, the shares of the families within each of those
    industries, and the mean of log10(workers)."""

    knots: tuple[float, ...]
    industries: tuple[tuple[str, float], ...]
    families: tuple[tuple[str, float], ...]
    families_within: tuple[tuple[str, tuple[float, ...]], ...]
    mean_log_workers: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a strike; None is unknown."""

    start: date
    workers: int | None
    industry: str | None
    family: str | None
    tracker: bool


def columns(terms: Terms) -> tuple[str, ...]:
    """The names of the columns, in order."""
    spline = [f"log day {n}" for n in range(len(terms.knots) - 1)]
    own = ["tracker", *(f"tracker x {name}" for name in spline), *(f"tracker x day {n}" for n in ANNOUNCED)]
    weekdays = [f"weekday {n}" for n in range(7)]
    calendar = [*weekdays, *(f"tracker x {w}" for w in weekdays)]
    rhythm = ["seventh day", "seventh day x log day", "tracker x seventh day", "holiday", "after holiday"]
    season = ["season sin", "season cos"]
    size = ["workers", "workers squared", "workers x log day", "tracker x workers"]
    groups = [f"industry {name}" for name, _ in terms.industries] + [f"union {name}" for name, _ in terms.families]
    return (
        "constant",
        *spline,
        *own,
        *calendar,
        *rhythm,
        *season,
        *size,
        *groups,
        *(f"{g} x log day" for g in groups),
    )


def unpenalised(terms: Terms) -> int:
    """How many leading columns (constant and spline) the ridge penalty leaves alone."""
    return len(terms.knots)


def spline(log_day: Floats, knots: Sequence[float]) -> Floats:
    """Restricted cubic spline: log day itself and ``len(knots) - 2`` columns, linear beyond the outer knots."""

    def cubed(knot: float) -> Floats:
        result: Floats = np.clip(log_day - knot, 0.0, None) ** 3
        return result

    last, before = knots[-1], knots[-2]
    tail = (cubed(before) - cubed(last)) / (last - before)
    scale = (last - knots[0]) ** 2
    bent = [((cubed(k) - cubed(last)) / (last - k) - tail) / scale for k in knots[:-2]]
    return np.column_stack([_scaled(log_day), *bent])


def design(profile: Profile, *, first: int, last: int, terms: Terms) -> Floats:
    """The rows of elapsed days ``first`` to ``last`` (both included, from 1) of one strike."""
    days = np.arange(first, last + 1)
    count = len(days)
    log_day = np.log(np.minimum(days, LAST_DAY).astype(np.float64))
    x = _scaled(log_day)
    bent = spline(log_day, terms.knots)
    tracker = float(profile.tracker)
    dates = [profile.start + timedelta(days=int(t)) for t in days]
    weekday = np.zeros((count, 7))
    weekday[np.arange(count), (profile.start.weekday() + days) % 7] = 1.0
    seventh = (days % 7 == 0).astype(np.float64)
    angle = np.array([d.timetuple().tm_yday for d in dates]) * (2 * math.pi / 365.25)
    size = 0.0
    if profile.workers is not None:
        size = math.log10(max(profile.workers, 1)) - terms.mean_log_workers
    groups = np.array([*_centred(profile.industry, terms.industries), *_family(profile, terms)])
    repeated = np.broadcast_to(groups, (count, len(groups)))
    announced = np.column_stack([days == n for n in ANNOUNCED]).astype(np.float64)
    return np.column_stack(
        [
            np.ones(count),
            bent,
            np.full(count, tracker),
            tracker * bent,
            tracker * announced,
            weekday,
            tracker * weekday,
            seventh,
            seventh * x,
            tracker * seventh,
            [float(is_holiday(d)) for d in dates],
            [float(is_holiday(d - timedelta(days=1))) for d in dates],
            np.sin(angle),
            np.cos(angle),
            np.full(count, size),
            np.full(count, size**2 if profile.workers is not None else 0.0),
            size * x,
            np.full(count, tracker * size),
            repeated,
            repeated * x[:, None],
        ]
    )


def chance_within(rows: Floats, thetas: Floats, *, shift: Floats | None = None) -> Floats:
    """For the rows of consecutive days and parameter vectors ``(vectors, columns)``: the chance of an end
    within 1, 2, ... days, as ``(vectors, days)``. ``shift`` is added to the log odds (natural) of each day."""
    logits = thetas @ rows.T
    log_on = -np.logaddexp(0.0, logits if shift is None else logits + shift)
    result: Floats = -np.expm1(np.cumsum(log_on, axis=1))
    return result


def _scaled(log_day: Floats) -> Floats:
    result: Floats = (log_day - _LOG_MONTH) / _LOG_SCALE
    return result


def _family(profile: Profile, terms: Terms) -> list[float]:
    if profile.family is None:
        for industry, within in terms.families_within:
            if industry == profile.industry:
                return [here - share for here, (_, share) in zip(within, terms.families, strict=True)]
    return _centred(profile.family, terms.families)


def _centred(value: str | None, shares: Sequence[tuple[str, float]]) -> list[float]:
    if value is None:
        return [0.0] * len(shares)
    return [(name == value) - share for name, share in shares]
