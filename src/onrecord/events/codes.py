"""Each event type in the vocabularies of political event codebooks, for exports (codes.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import EventType


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of an event type; "" where a codebook has none that fits."""

    cameo: str
    plover: str


def codes(type: EventType) -> Codes:
    """The CAMEO and PLOVER code of an event type."""
    return _all()[type]


@cache
def _all() -> dict[EventType, Codes]:
    rows = tomllib.loads(files("onrecord.events").joinpath("codes.toml").read_text("utf-8"))
    return {EventType(name): Codes(cameo=row["cameo"], plover=row["plover"]) for name, row in rows.items()}
