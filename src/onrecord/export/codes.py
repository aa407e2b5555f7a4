"""Each event type in the vocabularies of event codebooks and strike trackers, for exports (codes.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import EventType


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of an event type; "" where a codebook has none that fits. ``lat`` is the variable of the Labor
    Action Tracker that such an event fills."""

    cameo: str
    plover: str
    lat: str


def codes(type: EventType) -> Codes:
    """The codes of an event type."""
    return _all()[type]


@cache
def _all() -> dict[EventType, Codes]:
    rows = tomllib.loads(files("onrecord.export").joinpath("data", "codes.toml").read_text("utf-8"))
    return {
        EventType(name): Codes(cameo=row["cameo"], plover=row["plover"], lat=row["lat"])
        for name, row in rows.items()
    }
