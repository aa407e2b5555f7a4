"""Captures and articles in one call."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.coverage import captures, extract
from onrecord.model import Article, Capture, Given, Problem

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def captured(*sources: str | Path, **options: Any) -> list[Capture | Problem]:
    return list(captures([str(s) for s in sources], retrieved_at=NOW, **options))


def read(*sources: str | Path, **options: Any) -> tuple[list[Article], list[Problem]]:
    """The articles and the problems of some sources."""
    found = [c if isinstance(c, Problem) else extract(c) for c in captured(*sources, **options)]
    return [a for a in found if isinstance(a, Article)], [p for p in found if isinstance(p, Problem)]


def capture(data: bytes, media_type: str = "text/plain", given: Given = Given()) -> Capture:
    return Capture(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        source="a.txt",
        name="a",
        retrieved_at=NOW,
        given=given,
    )


def article(data: bytes | str, media_type: str = "text/plain", given: Given = Given()) -> Article:
    found = extract(capture(data.encode() if isinstance(data, str) else data, media_type, given))
    assert isinstance(found, Article), found
    return found


def problem(data: bytes | str, media_type: str = "text/plain") -> Problem:
    found = extract(capture(data.encode() if isinstance(data, str) else data, media_type))
    assert isinstance(found, Problem), found
    return found


def roles(found: Article, leave_out: Sequence[str] = ("paragraph",)) -> list[tuple[str, str]]:
    """Role and text of each block that is no paragraph."""
    return [(b.role.value, b.span.of(found.text)) for b in found.blocks if b.role.value not in leave_out]
