"""The forecasts that were made: kept as they were, never changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from onrecord.model import Forecast, content_id
from onrecord.record import codec
from onrecord.record.store import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A forecast of the ledger. ``looking_back``: made for a day before the record's latest document of that time;
    ``run`` was the latest run when it was made."""

    dispute: str
    forecast: Forecast
    looking_back: bool
    run: int


def keep(db: sqlite3.Connection, dispute: str, forecast: Forecast, *, looking_back: bool, run: int) -> None:
    """Add a forecast; the same one is kept once. The passages it rests on are left out: documents can be
    forgotten, the ledger cannot."""
    bare = replace(forecast, shifts=tuple(replace(s, evidence=()) for s in forecast.shifts))
    body = codec.dump(Forecast, bare)
    with transaction(db):
        db.execute(
            "INSERT INTO forecast_made VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (content_id("forecast", dispute, body), dispute, bare.as_of.isoformat(), body, looking_back, run),
        )


def made(db: sqlite3.Connection, dispute: str | None = None) -> tuple[Made, ...]:
    """The ledger, in the order of days and runs; of one dispute, or all."""
    rows = db.execute(
        "SELECT * FROM forecast_made WHERE ?1 IS NULL OR dispute = ?1 ORDER BY as_of, run, id", (dispute,)
    )
    return tuple(
        Made(
            dispute=r["dispute"],
            forecast=codec.load(Forecast, r["body"]),
            looking_back=bool(r["looking_back"]),
            run=r["run"],
        )
        for r in rows
    )


def before(db: sqlite3.Connection, dispute: str, forecast: Forecast) -> Forecast | None:
    """The last forecast made for an earlier day, or else the last other one made for the same day."""
    bare = replace(forecast, shifts=tuple(replace(s, evidence=()) for s in forecast.shifts))
    known = [m.forecast for m in made(db, dispute) if m.forecast.as_of <= forecast.as_of and m.forecast != bare]
    return known[-1] if known else None
