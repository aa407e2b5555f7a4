"""The base-rate chance that a stoppage ends, from the parameter file that ships with the package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np

from onrecord.model import Forecast, HorizonChance, OnrecordError
from onrecord.outlook.hazard import LAST_DAY, Floats, Profile, Terms, chance_within, design

HORIZONS = (1, 3, 7, 14, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """A fitted hazard: its terms, coefficients ``(columns,)``, bootstrap refits ``(draws, columns)``, how many
    past strikes were under watch after 0, 1, ... elapsed days, and the years in which they began."""

    terms: Terms
    theta: Floats
    drawn: Floats
    at_risk: tuple[int, ...]
    years: tuple[int, int]


@cache
def parameters() -> Parameters:
    """What ``data/hazard.json`` holds; the file itself says from which sources it was fitted, when and how."""
    held = json.loads(files("onrecord.outlook").joinpath("data/hazard.json").read_text("utf-8"))
    terms = Terms(
        knots=tuple(held["knots"]),
        industries=tuple((name, share) for name, share in held["industries"]),
        families=tuple((name, share) for name, share in held["families"]),
        families_within=tuple((name, tuple(shares)) for name, shares in held["families_within"]),
        mean_log_workers=held["mean_log_workers"],
    )
    return Parameters(
        terms=terms,
        theta=np.array(held["theta"]),
        drawn=np.array(held["bootstrap"]),
        at_risk=tuple(held["at_risk"]),
        years=(int(held["first_start"][:4]), int(held["last_start"][:4])),
    )


def industries() -> tuple[str, ...]:
    """The industries that the hazard tells apart."""
    return tuple(name for name, _ in parameters().terms.industries)


def unions() -> tuple[str, ...]:
    """The union families that the hazard tells apart."""
    return tuple(name for name, _ in parameters().terms.families)


def forecast(
    *,
    elapsed: int,
    as_of: date,
    workers: int | None = None,
    industry: str | None = None,
    union: str | None = None,
    horizons: Sequence[int] = HORIZONS,
) -> Forecast:
    """The chance that a stoppage still on after ``elapsed`` days on the day ``as_of`` ends within each of
    ``horizons`` days, with 95 % intervals from refits on disputes drawn with replacement.

    ``industry`` is one of ``industries()``, ``union`` one of ``unions()``; None is unknown and counts as the
    average. What ends is the stoppage: a tentative deal comes days or weeks earlier. ``cases`` counts past strikes
    that were still on after as many days (at most two years; older ones are read as two years old).

    Raises OnrecordError on a negative ``elapsed``, a horizon below one day or an unknown industry or union.
    """
    known = parameters()
    _check(elapsed, horizons, industry, union)
    profile = Profile(
        start=as_of - timedelta(days=elapsed), workers=workers, industry=industry, family=union, tracker=True
    )
    rows = design(profile, first=elapsed + 1, last=elapsed + max(horizons), terms=known.terms)
    point = chance_within(rows, known.theta[None, :])[0]
    low, high = np.quantile(chance_within(rows, known.drawn), (0.025, 0.975), axis=0)
    return Forecast(
        as_of=as_of,
        elapsed=elapsed,
        chances=tuple(
            HorizonChance(
                days=h,
                chance=float(point[h - 1]),
                low=float(min(low[h - 1], point[h - 1])),
                high=float(max(high[h - 1], point[h - 1])),
            )
            for h in horizons
        ),
        reference=_reference(known, elapsed=elapsed, workers=workers, industry=industry, union=union),
        cases=known.at_risk[min(elapsed, LAST_DAY)],
    )


def _check(elapsed: int, horizons: Sequence[int], industry: str | None, union: str | None) -> None:
    if elapsed < 0:
        raise OnrecordError(f"a stoppage cannot have lasted {elapsed} days; elapsed counts from its first day, 0")
    if not horizons or min(horizons) < 1:
        raise OnrecordError("a horizon is a number of days, at least 1")
    if industry is not None and industry not in industries():
        raise OnrecordError(f"no industry {industry!r} in the outlook; it knows {', '.join(industries())}")
    if union is not None and union not in unions():
        raise OnrecordError(f"no union family {union!r} in the outlook; it knows {', '.join(unions())}")


def _reference(
    known: Parameters, *, elapsed: int, workers: int | None, industry: str | None, union: str | None
) -> str:
    first, last = known.years
    days = f"more than {elapsed} day" + ("" if elapsed == 1 else "s")
    given = [
        f"{workers:,} workers" if workers is not None else "",
        industry.replace("_", " ") if industry is not None else "",
        f"union family {union}" if union is not None else "",
    ]
    adjusted = ", ".join(g for g in given if g)
    return f"US stoppages begun {first}-{last} that lasted {days}" + (
        f", adjusted for {adjusted}" if adjusted else ""
    )
