"""Score the outlook on held-out strikes, and check the reference figures.

    nice env OMP_NUM_THREADS=1 python benchmarks/outlook.py ../shared/strikes
    nice env OMP_NUM_THREADS=1 python benchmarks/outlook.py ../shared/strikes --choose

The half-life and the ridge of each fit are chosen on its own training strikes, by ``--choose``, which prints the
trials: for the first test fitted to 1992 and tried on 1993 to 2004 (as far ahead as the test lies), for the second
fitted to 2021 and tried on the tracker's strikes of 2022. The tests have no say. For the parameters that ship,
which no test scores, the trial is fitted to 2023 and tried on the tracker's strikes of 2024 and 2025.

The fit of the first test is then corrected in three figures (level, spread, slope in log day) by what the fit to
1992 told of the strikes of 1993 to 2004; --choose prints what that gains in log score on strikes that it was not
made from. The second is left as it is: its trial has 196 strikes.

Landmarks are strikes still on after d elapsed days; the outcome is an end within h days; the Brier skill score is
taken over one constant rate per horizon: the rate among the training landmarks, and, harder, among the test ones.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np

from onrecord.outlook import forecast
from onrecord.outlook.fit import HALF_LIFE_YEARS, RIDGE, newton, person_days, terms_for
from onrecord.outlook.hazard import Terms, chance_within, design
from onrecord.outlook.strikes import Strike, known_by, read_strikes

LANDMARKS = (1, 7, 14, 30, 60, 100, 140)
HORIZONS = (1, 7, 14, 30, 60, 90)
BIN_CASES = 200
REFERENCE = (0.009, 0.024, 0.060, 0.115, 0.23)


def fitted(
    strikes: list[Strike], *, half_life: float = HALF_LIFE_YEARS, ridge: float = RIDGE
) -> tuple[Terms, np.ndarray]:
    terms = terms_for(strikes)
    data = person_days(strikes, terms, half_life=half_life, ridge=ridge)
    return terms, newton(data, start=np.zeros(data.rows.shape[1]))


def told_days(strikes: list[Strike], terms: Terms, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each day of each strike: (constant, log odds told, scaled log day), whether it ended, its year."""
    told, ended, years = [], [], []
    for s in strikes:
        rows = design(s.profile, first=s.entry, last=s.last, terms=terms)
        told.append(np.column_stack([np.ones(len(rows)), rows @ theta, rows[:, 1]]))
        ended.append(np.append(np.zeros(len(rows) - 1), float(s.ended)))
        years.append(np.full(len(rows), s.profile.start.year))
    return np.concatenate(told), np.concatenate(ended), np.concatenate(years)


AS_TOLD = np.array([0.0, 1.0, 0.0])


def correction(told: np.ndarray, ended: np.ndarray) -> np.ndarray:
    """Level, spread and slope in log day that fit the days best, by Newton's method, held to "as told" by a prior
    of standard deviation 1 (Cox 1958, Biometrika 45, on level and spread)."""
    found = AS_TOLD.copy()
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-(told @ found)))
        curve = (told.T * (chance * (1.0 - chance))) @ told + np.eye(3)
        found = found + np.linalg.solve(curve, told.T @ (ended - chance) - (found - AS_TOLD))
    return found


def corrected(theta: np.ndarray, by: np.ndarray) -> np.ndarray:
    """The parameters that give the corrected log odds: the correction is linear in columns that they have."""
    level, spread, slope = by
    found = spread * theta
    found[0] += level
    found[1] += slope
    return found


def log_score(log_odds: np.ndarray, ended: np.ndarray) -> float:
    return float((ended * log_odds - np.logaddexp(0.0, log_odds)).sum())


def outcomes(strikes: list[Strike], terms: Terms, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Chances and outcomes, each (landmark cases, horizons); an outcome that was not watched is NaN."""
    chances, ends = [], []
    for s in strikes:
        for day in LANDMARKS:
            if s.entry > day + 1 or s.last <= day:
                continue
            rows = design(s.profile, first=day + 1, last=day + max(HORIZONS), terms=terms)
            within = chance_within(rows, theta[None, :])[0]
            chances.append([within[h - 1] for h in HORIZONS])
            ends.append([float(s.last <= day + h) if s.ended or s.last > day + h else np.nan for h in HORIZONS])
    return np.array(chances), np.array(ends)


def skill(chances: np.ndarray, ends: np.ndarray, constant: np.ndarray) -> float:
    return 1.0 - np.nanmean((chances - ends) ** 2) / np.nanmean((constant - ends) ** 2)


def worst_bin(chances: np.ndarray, ends: np.ndarray) -> tuple[float, str]:
    """The largest gap between forecast and outcome over tenths of chance that hold enough cases."""
    known = ~np.isnan(ends)
    p, y = chances[known], ends[known]
    gaps = []
    for n in range(10):
        inside = (p >= n / 10) & (p < (n + 1) / 10)
        if inside.sum() >= BIN_CASES:
            gaps.append(
                (
                    abs(p[inside].mean() - y[inside].mean()),
                    f"{p[inside].mean():.3f} told, {y[inside].mean():.3f} seen",
                )
            )
    return max(gaps)


def report(
    name: str, train: list[Strike], test: list[Strike], *, half_life: float, by: np.ndarray = AS_TOLD
) -> None:
    terms, theta = fitted(train, half_life=half_life)
    theta = corrected(theta, by)
    chances, ends = outcomes(test, terms, theta)
    _, train_ends = outcomes(train, terms, theta)
    gap, where = worst_bin(chances, ends)
    print(f"{name}: trained on {len(train)}, tested on {len(test)} strikes")
    print(f"  BSS over the training rate {skill(chances, ends, np.nanmean(train_ends, axis=0)):.3f}, "
          f"over the test rate {skill(chances, ends, np.nanmean(ends, axis=0)):.3f}")  # fmt: skip
    print(f"  worst calibration of a bin of {BIN_CASES} and more: {gap:.3f} ({where})")


def reference_case() -> None:
    """A writers' strike as of 20 September 2023, with the parameters that ship."""
    found = forecast(elapsed=141, as_of=date(2023, 9, 20), workers=11_500, industry="arts_entertainment")
    for chance, told in zip(found.chances, REFERENCE, strict=True):
        ratio = max(chance.chance / told, told / chance.chance)
        print(f"within {chance.days:2d} days {chance.chance:.2%} ({chance.low:.2%} to {chance.high:.2%}), "
              f"reference {told:.1%}, a factor of {ratio:.2f}")  # fmt: skip


EARLY_HALF_LIFE, LATE_HALF_LIFE = 2.0, 10.0  # the choices for the two tests; the ridge is 30 in all


def early_trial(fmcs: list[Strike]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the fit to 1992 told of the days of the strikes of 1993 to 2004."""
    trial = [s for s in known_by(fmcs, date(2004, 12, 31)) if 1993 <= s.profile.start.year <= 2004]
    terms, theta = fitted(known_by(fmcs, date(1992, 12, 31)), half_life=EARLY_HALF_LIFE)
    return told_days(trial, terms, theta)


def choose_correction(fmcs: list[Strike]) -> None:
    """What corrections made on the first years of the trial gain on the others."""
    told, ended, years = early_trial(fmcs)
    for year in (1996, 1999, 2002):
        held = years >= year
        for what, kept in (("level and spread", [0, 1]), ("and slope", [0, 1, 2])):
            part = np.where(np.isin(range(3), kept), told, 0.0)
            by = correction(part[~held], ended[~held])
            gain = log_score(part[held] @ by, ended[held]) - log_score(told[held, 1], ended[held])
            print(f"corrected by 1993-{year - 1} in {what}: {gain:+.1f} in log score on {year}-2004", flush=True)


def choose(strikes: list[Strike]) -> None:
    """Skill of settings on strikes that no test holds."""
    fmcs = [s for s in strikes if not s.profile.tracker]
    choose_correction(fmcs)
    early = [s for s in known_by(fmcs, date(2004, 12, 31)) if 1993 <= s.profile.start.year <= 2004]
    newest = [s for s in strikes if s.profile.tracker and s.profile.start.year in (2024, 2025)]
    late = [s for s in known_by(strikes, date(2022, 12, 31)) if s.profile.tracker and s.profile.start.year == 2022]
    for name, train, trial, ridges in (
        ("1993-2004", known_by(fmcs, date(1992, 12, 31)), early, (10.0, 30.0, 100.0)),
        ("tracker 2022", known_by(strikes, date(2021, 12, 31)), late, (30.0,)),
        ("tracker 2024-25", known_by(strikes, date(2023, 12, 31)), newest, (30.0,)),
    ):
        for half_life in (2.0, 3.0, 5.0, 10.0, 20.0):
            for ridge in ridges:
                terms, theta = fitted(train, half_life=half_life, ridge=ridge)
                chances, ends = outcomes(trial, terms, theta)
                _, train_ends = outcomes(train, terms, theta)
                told = skill(chances, ends, np.nanmean(train_ends, axis=0))
                print(f"half-life {half_life:6g} years, ridge {ridge:5g}: BSS {told:.4f} on {name}", flush=True)


def main() -> None:
    strikes = read_strikes(Path(sys.argv[1]))
    fmcs = [s for s in strikes if not s.profile.tracker]
    if "--choose" in sys.argv:
        choose(strikes)
        return
    reference_case()
    report(
        "FMCS to 2004, tested 2005-16",
        known_by(fmcs, date(2004, 12, 31)),
        [s for s in fmcs if 2005 <= s.profile.start.year <= 2016],
        half_life=EARLY_HALF_LIFE,
        by=correction(*early_trial(fmcs)[:2]),
    )
    report(
        "FMCS and tracker before 2023, tested on later tracker strikes",
        known_by(strikes, date(2022, 12, 31)),
        [s for s in strikes if s.profile.tracker and s.profile.start.year >= 2023],
        half_life=LATE_HALF_LIFE,
    )


if __name__ == "__main__":
    main()
