"""What is new since the reader's last visit, kept in a cookie that names nobody: two run numbers and a minute."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

COOKIE = "onrecord_visit"
KEPT_SECONDS = 90 * 24 * 3600
_PAUSE_MINUTES = 30  # a reload within one sitting is no new visit


@dataclass(frozen=True, slots=True)
class Visit:
    """``seen``: the last run whose results the reader had before this visit, None on the first."""

    seen: int | None
    text: str


def of(cookie: str | None, latest_run: int, *, minute: int | None = None) -> Visit:
    """This visit, from the cookie of the last one; a cookie that is none of ours counts as no visit."""
    now = int(time.time() // 60) if minute is None else minute
    match = re.fullmatch(r"(\d{1,9}|-)\.(\d{1,9})\.(\d{1,10})", cookie or "")
    if match is None:
        return Visit(None, f"-.{latest_run}.{now}")
    before = None if match[1] == "-" else int(match[1])
    seen = before if now - int(match[3]) < _PAUSE_MINUTES else int(match[2])
    return Visit(seen, f"{'-' if seen is None else seen}.{latest_run}.{now}")
