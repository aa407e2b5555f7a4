"""The base-rate chance that a stoppage ends, from the parameter file that ships with the package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.model import Forecast, HorizonChance, OnrecordError, Shift
from onrecord.outlook import talks
from onrecord.outlook.hazard import LAST_DAY, Floats, Profile, Terms, chance_within, columns, design

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
    return read_parameters(files("onrecord.outlook").joinpath("data/hazard.json").read_text("utf-8"))


def read_parameters(text: str) -> Parameters:
    """The parameters in the text of a file that ``onrecord outlook fit`` wrote.

    Raises OnrecordError when it is no such file, or one of another version.
    """
    try:
        held = json.loads(text)
        made = _parameters(held)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise OnrecordError("this is no file that onrecord outlook fit wrote; make one with it") from error
    if tuple(held["columns"]) != columns(made.terms):
        raise OnrecordError(
            "this file was fitted by another version of onrecord; fit it anew: onrecord outlook fit"
        )
    return made


def _parameters(held: dict[str, Any]) -> Parameters:
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
    shifts: Sequence[Shift] = (),
    fitted: Parameters | None = None,
) -> Forecast:
    """The chance that a stoppage still on after ``elapsed`` days on the day ``as_of`` ends within each of
    ``horizons`` days, with 95 % intervals from refits on disputes drawn with replacement.

    ``industry`` is one of ``industries()``, ``union`` one of ``unions()``; None is unknown and counts as the
    average. What ends is the stoppage. ``fitted`` takes the place of the parameters that ship. ``shifts`` are what
    a record adds: the interval then runs from the lowest of the fit with the lowest shift to the highest with the
    highest. ``deal`` is the chance of a tentative agreement: a stoppage without one has yet to wait out the days
    between deal and end, so it is the chance of an end read so many days further on, averaged over the gaps of
    past strikes; its interval runs over all gaps. ``cases`` counts past strikes that were still on after as many
    days (at most two years; older ones are read as two years old).

    Raises OnrecordError on a negative ``elapsed``, a horizon below one day or an unknown industry or union.
    """
    known = fitted or parameters()
    _check(elapsed, horizons, industry, union)
    profile = Profile(
        start=as_of - timedelta(days=elapsed), workers=workers, industry=industry, family=union, tracker=True
    )
    gaps = talks.talks().gaps
    rows = design(profile, first=elapsed + 1, last=elapsed + max(horizons) + gaps[-1], terms=known.terms)
    base = _within(known, rows[: max(horizons)], horizons, ())
    later = [_within(known, rows[g : g + max(horizons)], horizons, shifts) for g in gaps]
    return Forecast(
        as_of=as_of,
        elapsed=elapsed,
        chances=_within(known, rows[: max(horizons)], horizons, shifts) if shifts else base,
        reference=_reference(known, elapsed=elapsed, workers=workers, industry=industry, union=union),
        cases=known.at_risk[min(elapsed, LAST_DAY)],
        base=base,
        deal=tuple(_average(of_gaps) for of_gaps in zip(*later, strict=True)),
        shifts=tuple(shifts),
    )


def _within(
    known: Parameters, rows: Floats, horizons: Sequence[int], shifts: Sequence[Shift]
) -> tuple[HorizonChance, ...]:
    """The chances that the days of ``rows`` give."""
    point, least, most = talks.offsets(shifts, len(rows))
    middle = chance_within(rows, known.theta[None, :], shift=point)[0]
    low = np.quantile(chance_within(rows, known.drawn, shift=least), 0.025, axis=0)
    high = np.quantile(chance_within(rows, known.drawn, shift=most), 0.975, axis=0)
    return tuple(
        HorizonChance(
            days=h,
            chance=float(middle[h - 1]),
            low=float(min(low[h - 1], middle[h - 1])),
            high=float(max(high[h - 1], middle[h - 1])),
        )
        for h in horizons
    )


def _average(of_gaps: Sequence[HorizonChance]) -> HorizonChance:
    return HorizonChance(
        days=of_gaps[0].days,
        chance=sum(c.chance for c in of_gaps) / len(of_gaps),
        low=min(c.low for c in of_gaps),
        high=max(c.high for c in of_gaps),
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
