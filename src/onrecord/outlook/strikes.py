"""Read a folder of strike tables, and make of them the person-days that the hazard is fitted on.

The tables are CSV files with the columns ``employer, union, union_family, industry_group, workers, start, end,
duration_days, censor_date`` (others are left alone; all but start and end may be missing). Files whose name begins
with ``fmcs`` are Federal Mediation and Conciliation Service work stoppages; files that begin with ``lat_strikes``
are Labor Action Tracker strikes; a table of any other name is read like the tracker's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from onrecord.model import OnrecordError
from onrecord.outlook.hazard import LAST_DAY, Profile

FMCS, TRACKER = "fmcs", "lat_strikes"
POSTED = "lat_asof_end_posted.csv"
# Where the table of postings does not hold a strike, the medians of those that it holds.
LAG, LAG_OF_END = timedelta(days=9), timedelta(days=13)
# FMCS lists stoppages by the fiscal year of their end, from this day on: earlier days were not under watch.
FMCS_FROM = date(1983, 10, 1)
# The tracker posts an end 13 days late at the median; an old row that never got one is unknown, not ongoing.
OPEN_FOR = timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One row: elapsed days ``entry`` to ``last`` were under watch, and ``ended`` says whether it ended on the
    last of them. Rows of one dispute share a ``cluster``. ``posted`` and ``end_posted`` are the days on which the
    source first told of the strike and of its end; None where they are that of the event itself."""

    profile: Profile
    entry: int
    last: int
    ended: bool
    cluster: int
    posted: date | None = None
    end_posted: date | None = None


def read_strikes(source: Path) -> list[Strike]:
    """All usable strikes of a table, or of a folder of tables in the order of the files' names.

    Left out: rows with neither an end nor a credible date until which they were still out, rows that end before
    they begin, and rows that end on the day they begin (their length is nearly always announced).

    Raises OnrecordError when there is no table of strikes, or a row cannot be read.
    """
    paths = [source]
    if source.is_dir():
        paths = sorted(p for p in source.glob("*.csv") if p.name.startswith((FMCS, TRACKER)))
    if not paths:
        raise OnrecordError(f"{source} holds no {FMCS}*.csv or {TRACKER}*.csv; name the folder of strike tables")
    rows: list[tuple[dict[str, str], bool]] = []
    for path in paths:
        rows += [(row, not path.name.startswith(FMCS)) for row in _table(path)]
    posted = _posted(source / POSTED) if source.is_dir() else {}
    clusters = _clusters([row for row, _ in rows])
    made = [_strike(row, tracker, cluster, posted) for (row, tracker), cluster in zip(rows, clusters, strict=True)]
    return [strike for strike in made if strike is not None]


def _table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise OnrecordError(f"{path} is no table that can be read ({error}); save it as CSV in UTF-8") from error
    missing = [name for name in ("start", "end") if rows and name not in rows[0]]
    if missing or not rows:
        what = f"has no column {missing[0]!r}" if missing else "holds no row"
        raise OnrecordError(
            f"{path} {what}; a table of strikes needs the columns start and end, days as 2024-06-20"
        )
    for n, row in enumerate(rows, 2):
        for name in ("start", "end", "censor_date"):
            try:
                if row.get(name):
                    date.fromisoformat(row[name])
            except ValueError:
                raise OnrecordError(f"{path}, line {n}: {row[name]!r} is no day; write it as 2024-06-20") from None
        if not row["start"]:
            raise OnrecordError(f"{path}, line {n}: the day on which the strike began is missing")
        if row.get("workers") and not _number(row["workers"]):
            raise OnrecordError(f"{path}, line {n}: {row['workers']!r} is no number of workers; write it as 1200")
    return rows


def _number(text: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", text.strip()) is not None


Posted = dict[tuple[str, str, str], tuple[date, date | None]]


def _posted(path: Path) -> Posted:
    """When the tracker first told of a strike and of its end, by employer, day and city."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["employer_lc"], row["start"], row["city_lc"]): (
                date.fromisoformat(row["first_seen"]),
                date.fromisoformat(row["first_end_seen"]) if row["first_end_seen"] else None,
            )
            for row in csv.DictReader(file)
        }


def known_by(strikes: Iterable[Strike], cutoff: date) -> list[Strike]:
    """The strikes as they stood on a day: none that its source had not told of, and no end that it had not told
    of. One that was over by then without its source saying so is known to have been out on the day it was first
    told."""
    out: list[Strike] = []
    for s in strikes:
        if s.posted is not None and s.posted > cutoff:
            continue
        watched = (cutoff - s.profile.start).days
        if (
            s.ended
            and s.end_posted is not None
            and s.end_posted > cutoff >= s.profile.start + timedelta(days=s.last)
        ):
            told = s.posted or s.profile.start
            watched = min(watched, s.last - 1, max((told - s.profile.start).days, 0))
        if watched < s.entry:
            continue
        out.append(s if s.last <= watched else replace(s, last=watched, ended=False))
    return out


def _strike(row: dict[str, str], tracker: bool, cluster: int, posted: Posted) -> Strike | None:
    start = date.fromisoformat(row["start"])
    if row["end"]:
        last, ended = (date.fromisoformat(row["end"]) - start).days, True
    elif row.get("censor_date"):
        still_out = date.fromisoformat(row["censor_date"])
        if tracker and still_out - start > OPEN_FOR:
            return None
        last, ended = (still_out - start).days, False
    else:
        return None
    entry = max(1, (FMCS_FROM - start).days) if not tracker else 1
    if last < entry or entry > LAST_DAY:
        return None
    workers = round(float(row["workers"])) if row.get("workers") else 0
    profile = Profile(
        start=start,
        workers=workers or None,
        industry=_known(row.get("industry_group") or ""),
        family=_known(row.get("union_family") or ""),
        tracker=tracker,
    )
    told: date | None = None
    end_told: date | None = None
    if tracker and posted:
        key = ((row.get("employer") or "").lower(), row["start"], (row.get("city") or "").lower())
        told, end_told = posted.get(key, (start + LAG, None))
        end_told = end_told or start + timedelta(days=last) + LAG_OF_END
    return Strike(
        profile=profile,
        entry=entry,
        last=min(last, LAST_DAY),
        ended=ended and last <= LAST_DAY,
        cluster=cluster,
        posted=told,
        end_posted=end_told if ended else None,
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
            name = re.sub(r"[^a-z0-9]", "", (row.get(field) or "").lower())
            if name:
                first = seen.setdefault((field, name, row["start"]), n)
                parent[root(n)] = root(first)
    return [root(n) for n in range(len(rows))]
