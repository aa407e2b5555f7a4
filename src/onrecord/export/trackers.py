"""Stoppages in the columns of strike trackers: the Labor Action Tracker, BLS and FMCS (docs/exports.md).

Every column of the tracker is there, in its order and spelling; what the record does not tell stays empty. Beside
it stands for each column that the record can fill what it rests on, and whether it is established or reported.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping

from onrecord.export.stoppages import NOTHING, Stoppage, Value, stoppages
from onrecord.export.tables import cited, neutral
from onrecord.record import findings

Column = Callable[[Stoppage], Value]


def _own_id(s: Stoppage) -> Value:
    return Value(s.id, ())


def _action(s: Stoppage) -> Value:
    return NOTHING if s.lockout else Value("Strike", s.start.evidence, s.start.established)


def _unit(s: Stoppage) -> Value:
    return Value("days", ()) if s.days.text else NOTHING


def _affected(s: Stoppage) -> Value:
    return s.participants if s.participants.text else s.workers


# From labor_actions.csv and its maker in ilrWebServices/StrikeSiteTracker (2026). "Duration Amount" counts both
# ends there: a strike of one day has 1.
LAT: Mapping[str, Column | None] = {
    "ID": _own_id,
    "Employer": lambda s: s.employer,
    "Labor Organization": lambda s: s.union,
    "Local": lambda s: s.local,
    "Industry": lambda s: s.industry,
    "Bargaining Unit Size": lambda s: s.workers,
    "Number of Locations": None,
    "Address": None,
    "City": lambda s: s.places,
    "State": None,
    "Zip Code": None,
    "Latitude, Longitude": None,
    "Approximate Number of Participants": lambda s: s.participants,
    "Start Date": lambda s: s.start,
    "End Date": lambda s: s.end,
    "Duration Amount": lambda s: s.days,
    "Duration Unit": _unit,
    "Strike or Protest": _action,
    "Authorized": lambda s: s.authorised,
    "Worker Demands": lambda s: s.issues,
    "Source": lambda s: s.sources,
    "Notes": None,
}
# The columns of the monthly listing of 2023 (work-stoppages-2023.xlsx) as programs that read it name them, without
# footnote marks; some editions call the first one "Employers involved".
BLS: Mapping[str, Column | None] = {
    "Organizations involved": lambda s: s.employer,
    "States": None,
    "Areas": lambda s: s.places,
    "Ownership": None,
    "Industry code": None,
    "Union": lambda s: s.union,
    "Union acronym": lambda s: s.acronym,
    "Union local": lambda s: s.local,
    "Work stoppage beginning date": lambda s: s.start,
    "Work stoppage ending date": lambda s: s.end,
    "Number of workers": _affected,
    "Number of workdays": None,
    "Days idle, cumulative for this work stoppage": None,
    "Notes": None,
}
# From work_stoppages.csv of labordata/fmcs-work-stoppage. Its "Duration" is empty in nearly all rows.
FMCS: Mapping[str, Column | None] = {
    "Employer": lambda s: s.employer,
    "Union": lambda s: s.union,
    "Union Local": lambda s: s.local,
    "Case Number": None,
    "BU": None,
    "NAICS": None,
    "Industry": lambda s: s.industry,
    "City, State": lambda s: s.place,
    "# Idled": _affected,
    "Start Date": lambda s: s.start,
    "End Date": lambda s: s.end,
    "Duration": None,
}
TRACKERS: Mapping[str, Mapping[str, Column | None]] = {"lat": LAT, "bls": BLS, "fmcs": FMCS}
_OWN = frozenset({"ID", "Duration Unit"})  # nothing that a document tells


def header(form: str) -> list[str]:
    """The tracker's columns, then those of the record beside them."""
    columns = TRACKERS[form]
    told = [c for c, fill in columns.items() if fill is not None and c not in _OWN]
    return [*columns, "dispute", *(f"{c} {what}" for c in told for what in ("evidence", "standing"))]


def as_csv(db: sqlite3.Connection, form: str, dispute: str | None = None) -> Iterator[str]:
    """One line a stoppage, of one dispute or all, in the columns of a tracker ("lat", "bls", "fmcs")."""
    yield _line(header(form))
    for d in findings.disputes(db):
        if dispute is None or d.id == dispute:
            for s in stoppages(db, d):
                yield _line(_cells(form, s))


def _cells(form: str, s: Stoppage) -> list[object]:
    values = {c: fill(s) if fill is not None else NOTHING for c, fill in TRACKERS[form].items()}
    beside: list[object] = []
    for column, fill in TRACKERS[form].items():
        if fill is not None and column not in _OWN:
            value = values[column]
            said = ("established" if value.established else "reported") if value.text else ""
            beside += [cited(value.evidence) if value.text else "", said]
    return [*(v.text for v in values.values()), s.dispute.id, *beside]


def _line(cells: list[str] | list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([neutral(c) for c in cells])
    return out.getvalue()
