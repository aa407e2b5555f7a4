"""Read a folder of strike tables, and make of them the person-days that the hazard is fitted on.

The tables are CSV files with the columns ``employer, union, union_family, industry_group, workers, start, end,
duration_days, censor_date`` (others are left alone). Files whose name begins with ``fmcs`` are Federal Mediation
and Conciliation Service work stoppages; files that begin with ``lat_strikes`` are Labor Action Tracker strikes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from onrecord.model import OnrecordError
from onrecord.outlook.hazard import LAST_DAY, Profile

FMCS, TRACKER = "fmcs", "lat_strikes"
# FMCS lists stoppages by the fiscal year of their end, from this day on: earlier days were not under watch.
FMCS_FROM = date(1983, 10, 1)
# The tracker posts an end 13 days late at the median; an old row that never got one is unknown, not ongoing.
OPEN_FOR = timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One row: elapsed days ``entry`` to ``last`` were under watch, and ``ended`` says whether it ended on the
    last of them. Rows of one dispute share a ``cluster``."""

    profile: Profile
    entry: int
    last: int
    ended: bool
    cluster: int


def read_strikes(folder: Path) -> list[Strike]:
    """All usable strikes of a folder, in the order of the files' names.

    Left out: rows with neither an end nor a credible date until which they were still out, rows that end before
    they begin, and rows that end on the day they begin (their length is nearly always announced).

    Raises OnrecordError when the folder holds no table of strikes.
    """
    paths = sorted(p for p in folder.glob("*.csv") if p.name.startswith((FMCS, TRACKER)))
    if not paths:
        raise OnrecordError(f"{folder} holds no {FMCS}*.csv or {TRACKER}*.csv; name the folder of strike tables")
    rows: list[tuple[dict[str, str], bool]] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows += [(row, path.name.startswith(TRACKER)) for row in csv.DictReader(file)]
    clusters = _clusters([row for row, _ in rows])
    made = [_strike(row, tracker, cluster) for (row, tracker), cluster in zip(rows, clusters, strict=True)]
    return [strike for strike in made if strike is not None]


def known_by(strikes: Iterable[Strike], cutoff: date) -> list[Strike]:
    """The strikes as they stood on a day: none that began later, and later ends not yet known."""
    out: list[Strike] = []
    for s in strikes:
        watched = (cutoff - s.profile.start).days
        if watched < s.entry:
            continue
        if s.last <= watched:
            out.append(s)
        else:
            out.append(Strike(profile=s.profile, entry=s.entry, last=watched, ended=False, cluster=s.cluster))
    return out


def _strike(row: dict[str, str], tracker: bool, cluster: int) -> Strike | None:
    start = date.fromisoformat(row["start"])
    if row["end"]:
        last, ended = (date.fromisoformat(row["end"]) - start).days, True
    elif row["censor_date"]:
        still_out = date.fromisoformat(row["censor_date"])
        if tracker and still_out - start > OPEN_FOR:
            return None
        last, ended = (still_out - start).days, False
    else:
        return None
    entry = max(1, (FMCS_FROM - start).days) if not tracker else 1
    if last < entry or entry > LAST_DAY:
        return None
    workers = round(float(row["workers"])) if row["workers"] else 0
    profile = Profile(
        start=start,
        workers=workers or None,
        industry=_known(row["industry_group"]),
        family=_known(row["union_family"]),
        tracker=tracker,
    )
    return Strike(
        profile=profile, entry=entry, last=min(last, LAST_DAY), ended=ended and last <= LAST_DAY, cluster=cluster
    )


def _known(value: str) -> str | None:
    return None if value in ("", "unknown") else value


def _clusters(rows: Sequence[dict[str, str]]) -> list[int]:
    """One number for the rows of one dispute: same employer or same union local, same day of start."""
    parent = list(range(len(rows)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    seen: dict[tuple[str, str, str], int] = {}
    for n, row in enumerate(rows):
        for field in ("employer", "union"):
            name = re.sub(r"[^a-z0-9]", "", row[field].lower())
            if name:
                first = seen.setdefault((field, name, row["start"]), n)
                parent[root(n)] = root(first)
    return [root(n) for n in range(len(rows))]
