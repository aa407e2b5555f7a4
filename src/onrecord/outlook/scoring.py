"""Score forecasts that were made, once the record shows what came: Brier score, log score, calibration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from onrecord.model import Forecast, HorizonChance, StandingInterval, State

_OVER = (State.STRIKE_ENDED, State.RATIFIED)
BINS = (0.0, 0.05, 0.2, 0.5, 0.8, 1.0)


class Target(StrEnum):
    """What a forecast is of."""

    END = "end"
    DEAL = "deal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One chance that was told: by which day, and whether it came (None: not known yet, or not any more)."""

    dispute: str
    as_of: date
    target: Target
    days: int
    chance: float
    base: float | None
    came: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The scores of the chances told for one target and horizon. ``brier`` is the mean squared gap (0 is perfect),
    ``log_score`` the mean surprise at what came in bits; ``base_brier`` is what the base rate alone would have
    scored on the same cases. None where nothing is known yet."""

    target: Target
    days: int
    known: int
    pending: int
    disputes: int
    told: float | None
    came: float | None
    brier: float | None
    base_brier: float | None
    log_score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Calibration: chances told between ``low`` and ``high``, how many, their mean, and how often it came."""

    low: float
    high: float
    cases: int
    told: float
    came: float


def score(
    forecasts: Iterable[tuple[str, Forecast]],
    *,
    intervals: dict[str, Sequence[StandingInterval]],
    known_until: dict[str, date],
) -> tuple[Scored, ...]:
    """Each chance of each forecast, held against what the record of its dispute shows by ``known_until``.

    A forecast made for a day on which, as the record shows by now, the stoppage was over already is not scored.
    """
    out: list[Scored] = []
    for dispute, made in forecasts:
        states, until = intervals.get(dispute, ()), known_until.get(dispute)
        base = {c.days: c.chance for c in made.base}
        for target, chances in ((Target.END, made.chances), (Target.DEAL, made.deal)):
            for c in chances:
                came = _came(states, target=target, as_of=made.as_of, by=c, until=until)
                row = Scored(
                    dispute=dispute,
                    as_of=made.as_of,
                    target=target,
                    days=c.days,
                    chance=c.chance,
                    base=base.get(c.days) if target is Target.END else None,
                    came=came,
                )
                out.append(row)
    return tuple(out)


def _came(
    states: Sequence[StandingInterval], *, target: Target, as_of: date, by: HorizonChance, until: date | None
) -> bool | None:
    wanted = _OVER if target is Target.END else (State.TENTATIVE_AGREEMENT, *_OVER)
    due = as_of + timedelta(days=by.days)
    reached = [i for i in states if i.state in wanted and i.first is not None]
    if any(i.first is not None and i.first <= as_of for i in reached):
        return None  # it had come before, or has been undone since: no case
    first = min(reached, key=lambda i: i.first or date.max, default=None)
    if first is not None and first.first is not None:
        if first.first <= due:
            return True
        return False if first.since_known else None  # it may have come before the day on which it is first told
    return False if until is not None and until > due else None


def tally(scored: Sequence[Scored]) -> tuple[Tally, ...]:
    """Scores by target and horizon."""
    keys = sorted({(s.target, s.days) for s in scored})
    out = []
    for target, days in keys:
        rows = [s for s in scored if (s.target, s.days) == (target, days)]
        known = [(s, float(s.came)) for s in rows if s.came is not None]
        held = [(s.base, came) for s, came in known if s.base is not None]
        out.append(
            Tally(
                target=target,
                days=days,
                known=len(known),
                pending=len(rows) - len(known),
                disputes=len({s.dispute for s, _ in known}),
                told=_mean([s.chance for s, _ in known]),
                came=_mean([came for _, came in known]),
                brier=_mean([(s.chance - came) ** 2 for s, came in known]),
                base_brier=_mean([(base - came) ** 2 for base, came in held]),
                log_score=_mean([-math.log2(_told(s.chance, came)) for s, came in known]),
            )
        )
    return tuple(out)


def calibration(scored: Sequence[Scored]) -> tuple[Bin, ...]:
    """How often it came, by how likely it was told to be; bins with no case are left out."""
    known = [s for s in scored if s.came is not None]
    out = []
    for low, high in pairwise(BINS):
        rows = [s for s in known if low <= s.chance < high or s.chance == high == 1.0]
        if rows:
            told, came = sum(s.chance for s in rows), sum(bool(s.came) for s in rows)
            out.append(Bin(low=low, high=high, cases=len(rows), told=told / len(rows), came=came / len(rows)))
    return tuple(out)


def _told(chance: float, came: float) -> float:
    """The chance that was given to what came; never 0, so that the score stays finite."""
    return max(chance if came else 1.0 - chance, 1e-6)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The ledger: how many forecasts of how many disputes, what may be read from that, scores and calibration."""

    forecasts: int
    disputes: int
    about: str
    tallies: tuple[Tally, ...]
    bins: tuple[Bin, ...]


ENOUGH_DISPUTES = 20


def scores(scored: Sequence[Scored], *, forecasts: int) -> Scores:
    """All scores, with a sentence that says how little they are worth where the disputes are few: forecasts of one
    dispute share its one outcome, however many they are."""
    ended = len({s.dispute for s in scored if s.came is not None and s.target is Target.END})
    disputes = len({s.dispute for s in scored})
    what = (
        f"{forecasts} forecast{'' if forecasts == 1 else 's'} of {disputes} dispute{'' if disputes == 1 else 's'}"
    )
    if not any(s.came is not None for s in scored):
        about = f"{what}; no outcome is known yet, so nothing is scored."
    elif ended < ENOUGH_DISPUTES:
        about = (
            f"{what}, {ended} with an outcome. Forecasts of one dispute share its outcome: these are {ended} "
            f"case{'' if ended == 1 else 's'}, too few to tell a good forecaster from a lucky one (at least "
            f"{ENOUGH_DISPUTES} disputes are wanted)."
        )
    else:
        about = f"{what}, {ended} with an outcome. Forecasts of one dispute share its outcome."
    return Scores(
        forecasts=forecasts, disputes=disputes, about=about, tallies=tally(scored), bins=calibration(scored)
    )
