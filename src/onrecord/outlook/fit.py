"""Fit the daily hazard on tables of strikes and write the parameter file.

    nice env OMP_NUM_THREADS=1 python -m onrecord.outlook.fit FOLDER --out FILE

A logistic regression on person-days with a ridge penalty, by Newton's method; intervals come from refits on
disputes drawn with replacement (the bootstrap, clustered by dispute). The same data and seed give the same
file, but for the day on which it was fitted.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.model import OnrecordError
from onrecord.outlook.hazard import LAST_DAY, Terms, columns, design, unpenalised
from onrecord.outlook.strikes import FMCS, TRACKER, Strike, read_strikes

KNOT_DAYS = (1, 3, 7, 14, 30, 60, 120, 240, 480)
LEAST_STRIKES = 100
LEAST_CASES = 40  # fewer strikes than this make no column: one early case can wreck a coefficient
# For the parameters that ship: chosen by ``benchmarks/outlook.py --choose`` on a fit of what was known at the end
# of 2023, tried on the tracker's strikes of 2024 and 2025. Fits that are tested on strikes of those years or
# before use choices of their own, made on strikes before the test.
RIDGE = 30.0
RIDGE_SEASON = 300.0
HALF_LIFE_YEARS = 5.0
DRAWS = 100
SEED = 20230502
SOURCES = (
    {
        "file": FMCS,
        "name": "FMCS work stoppages 1983-2020, Federal Mediation and Conciliation Service",
        "from": "github.com/labordata/fmcs-work-stoppage",
        "terms": "US government work",
    },
    {
        "file": TRACKER,
        "name": "Labor Action Tracker strikes 2021-2026, Cornell-ILR",
        "from": "github.com/ilrWebServices/StrikeSiteTracker",
        "terms": "none stated in the repository; CC BY 4.0 is claimed elsewhere, unverified",
    },
)

Rows = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PersonDays:
    """Rows of the design, whether the stoppage ended on that day, the dispute each belongs to, and its weight: one
    a dispute, shared by its rows, halved with every half-life that a strike began before the last one."""

    rows: Rows
    ended: Rows
    cluster: npt.NDArray[np.int64]
    weight: Rows
    penalty: Rows


def terms_for(strikes: Sequence[Strike]) -> Terms:
    """The columns that these strikes can carry."""
    sizes = [np.log10(s.profile.workers) for s in strikes if s.profile.workers]
    industries = _shares([s.profile.industry for s in strikes])
    families = _shares([s.profile.family for s in strikes])
    return Terms(
        knots=tuple(float(np.log(day)) for day in KNOT_DAYS),
        industries=industries,
        families=families,
        families_within=tuple((i, _within(strikes, i, families)) for i, _ in industries),
        mean_log_workers=float(np.mean(sizes)) if sizes else 0.0,
    )


def _shares(values: Sequence[str | None]) -> tuple[tuple[str, float], ...]:
    counts = Counter(v for v in values if v is not None)
    known = sum(counts.values())
    return tuple((name, n / known) for name, n in sorted(counts.items()) if n >= LEAST_CASES)


def _within(strikes: Sequence[Strike], industry: str, families: Sequence[tuple[str, float]]) -> tuple[float, ...]:
    known = [s.profile.family for s in strikes if s.profile.industry == industry and s.profile.family is not None]
    return tuple(known.count(name) / max(len(known), 1) for name, _ in families)


def person_days(
    strikes: Sequence[Strike], terms: Terms, *, half_life: float = HALF_LIFE_YEARS, ridge: float = RIDGE
) -> PersonDays:
    """One row a day under watch. 10^5 person-days with 100 columns take about 40 MB."""
    lengths = np.array([s.last - s.entry + 1 for s in strikes])
    ends = np.cumsum(lengths)
    rows = np.empty((int(ends[-1]), len(columns(terms))), dtype=np.float32)
    ended = np.zeros(int(ends[-1]), dtype=np.float32)
    for strike, end, length in zip(strikes, ends, lengths, strict=True):
        rows[end - length : end] = design(strike.profile, first=strike.entry, last=strike.last, terms=terms)
        ended[end - 1] = strike.ended
    penalty = np.full(rows.shape[1], ridge, dtype=np.float32)
    penalty[: unpenalised(terms)] = 1e-3
    penalty[[name.startswith("season") for name in columns(terms)]] = RIDGE_SEASON
    _, cluster, members = np.unique([s.cluster for s in strikes], return_inverse=True, return_counts=True)
    newest = max(s.profile.start for s in strikes)
    age = np.array([(newest - s.profile.start).days / 365.25 for s in strikes])
    weight = np.repeat(0.5 ** (age / half_life) / members[cluster], lengths).astype(np.float32)
    return PersonDays(rows, ended, np.repeat(cluster, lengths), weight, penalty)


def newton(data: PersonDays, *, start: Floats, steps: int = 25) -> Floats:
    """Penalised maximum likelihood by Newton's method from ``start``; stops when no coefficient moves by 1e-4."""
    theta = start.copy()
    weights = data.weight
    for _ in range(steps):
        chance = 1.0 / (1.0 + np.exp(-(data.rows @ theta.astype(np.float32))))
        slope = weights * (data.ended - chance)
        curve: Rows = (weights * chance * (1.0 - chance)).astype(np.float32)
        gradient = (data.rows.T @ slope).astype(np.float64) - data.penalty * theta
        hessian = _weighted_cross(data.rows, curve) + np.diag(data.penalty.astype(np.float64))
        step = np.linalg.solve(hessian, gradient)
        theta = theta + step
        if float(np.max(np.abs(step))) < 1e-4:
            break
    return theta


def _weighted_cross(rows: Rows, curve: Rows, chunk: int = 50_000) -> Floats:
    total = np.zeros((rows.shape[1], rows.shape[1]))
    for at in range(0, len(rows), chunk):
        part = rows[at : at + chunk]
        total += part.T @ (part * curve[at : at + chunk, None])
    return total


def bootstrap(data: PersonDays, theta: Floats, *, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Estimates on disputes drawn with replacement, ``(draws, columns)``: from the full fit one Newton step each,
    with the full fit's curvature (the score bootstrap of Kline and Santos 2012, Journal of Econometric Methods
    1:23). Its cost is that of one step, however many the draws."""
    random = np.random.default_rng(seed)
    chance = 1.0 / (1.0 + np.exp(-(data.rows @ theta.astype(np.float32))))
    curve: Rows = (data.weight * chance * (1.0 - chance)).astype(np.float32)
    hessian = _weighted_cross(data.rows, curve) + np.diag(data.penalty.astype(np.float64))
    scores = _by_cluster(data, (data.weight * (data.ended - chance)).astype(np.float32))
    disputes = len(scores)
    out = np.empty((draws, len(theta)))
    for n in range(draws):
        times = np.bincount(random.integers(0, disputes, disputes), minlength=disputes)
        out[n] = theta + np.linalg.solve(hessian, times @ scores - data.penalty * theta)
    return out


def _by_cluster(data: PersonDays, slope: Rows) -> Floats:
    """The gradient of each dispute, ``(disputes, columns)``."""
    total = np.zeros((int(data.cluster.max()) + 1, data.rows.shape[1]))
    starts = np.flatnonzero(np.diff(data.cluster, prepend=-1))
    for first, last in zip(starts, np.append(starts[1:], len(data.rows)), strict=True):
        total[data.cluster[first]] += slope[first:last] @ data.rows[first:last]
    return total


def at_risk(strikes: Sequence[Strike]) -> list[int]:
    """How many strikes were still under watch after 0, 1, ... ``LAST_DAY`` elapsed days."""
    change = np.zeros(LAST_DAY + 2, dtype=np.int64)
    for s in strikes:
        change[s.entry - 1] += 1
        change[s.last] -= 1
    return [int(n) for n in np.cumsum(change)[: LAST_DAY + 1]]


def parameters(
    strikes: Sequence[Strike],
    *,
    draws: int,
    fitted: date,
    sources: Sequence[dict[str, str]],
    half_life: float = HALF_LIFE_YEARS,
) -> dict[str, object]:
    """Fit, and give what the parameter file holds.

    Raises OnrecordError when there are too few strikes.
    """
    if len(strikes) < LEAST_STRIKES:
        raise OnrecordError(f"{len(strikes)} usable strikes are too few to fit on; {LEAST_STRIKES} are wanted")
    terms = terms_for(strikes)
    data = person_days(strikes, terms, half_life=half_life)
    theta = newton(data, start=np.zeros(data.rows.shape[1]))
    drawn = bootstrap(data, theta, draws=draws)
    return {
        "about": "Daily logistic hazard of the end of a work stoppage. Written by python -m onrecord.outlook.fit",
        "fitted": fitted.isoformat(),
        "sources": list(sources),
        "strikes": len(strikes),
        "disputes": int(data.cluster.max()) + 1,
        "person_days": len(data.rows),
        "ends": int(data.ended.sum()),
        "first_start": min(s.profile.start for s in strikes).isoformat(),
        "last_start": max(s.profile.start for s in strikes).isoformat(),
        "ridge": RIDGE,
        "half_life_years": half_life,
        "seed": SEED,
        "knots": [round(k, 6) for k in terms.knots],
        "industries": [[name, round(share, 5)] for name, share in terms.industries],
        "families": [[name, round(share, 5)] for name, share in terms.families],
        "families_within": [[name, [round(v, 4) for v in within]] for name, within in terms.families_within],
        "mean_log_workers": round(terms.mean_log_workers, 5),
        "columns": columns(terms),
        "theta": [round(v, 5) for v in theta.tolist()],
        "bootstrap": [[round(v, 4) for v in row] for row in drawn.tolist()],
        "at_risk": at_risk(strikes),
    }


def _sources(source: Path) -> list[dict[str, str]]:
    """The sources of the tables of a folder that are known by name; of others the file's name."""
    tables = sorted(source.glob("*.csv")) if source.is_dir() else [source]
    known = [dict(s) for s in SOURCES if any(t.name.startswith(s["file"]) for t in tables)]
    return known or [
        {"name": t.name, "from": "the user's own table", "terms": "the user's to know"} for t in tables
    ]


def fit_to(source: Path, *, out: Path, draws: int = DRAWS, fitted: date) -> dict[str, object]:
    """Fit on a table or a folder of tables and write the parameter file; what it holds is returned.

    Raises OnrecordError when there is no table, or too few strikes to fit on.
    """
    found = parameters(read_strikes(source), draws=draws, fitted=fitted, sources=_sources(source))
    out.write_text(json.dumps(found, separators=(",", ":")).replace('],"', '],\n"') + "\n", encoding="utf-8")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    asked = argparse.ArgumentParser(prog="python -m onrecord.outlook.fit", description=__doc__)
    asked.add_argument("folder", type=Path, help="folder with the strike tables (CSV)")
    asked.add_argument("--out", type=Path, required=True, help="parameter file to write (JSON)")
    asked.add_argument("--draws", type=int, default=DRAWS, help="bootstrap refits (default %(default)s)")
    given = asked.parse_args(arguments)
    fit_to(given.folder, out=given.out, draws=given.draws, fitted=date.today())


if __name__ == "__main__":
    main()
