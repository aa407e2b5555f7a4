"""Agency credit lines: "HARBOUR CITY (AP) — ", "By the Associated Press", "with reporting by Reuters"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from onrecord.model import Article

_HEAD = 400  # characters from the beginning within which a dateline or byline stands
_TAIL = 300  # characters before the end within which a credit stands


def agency(article: Article) -> str | None:
    """The agency to which a text credits itself, None when it shows no credit line. A mention in the prose ("told
    Reuters") is none."""
    text = article.text
    for name, credit in _credits():
        if credit.search(text, 0, min(len(text), _HEAD)) or credit.search(text, max(0, len(text) - _TAIL)):
            return name
        if article.byline is not None and re.search(rf"\b{re.escape(name)}\b", article.byline, re.IGNORECASE):
            return name
    return None


@cache
def _credits() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = files("onrecord.claims").joinpath("data/agencies.txt").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if line.startswith("#") or "=" not in line:
            continue
        name, short = (part.strip() for part in line.split("="))
        forms = "|".join(re.escape(form) for form in (name, *(s.strip() for s in short.split(","))))
        found.append(
            (
                name,
                re.compile(
                    rf"\((?:{forms})\)\s*[—–-]"
                    rf"|^\s*(?:by |from )(?:the )?(?:{forms})\s*$"
                    rf"|(?:additional |with )reporting by (?:the )?(?:{forms})\b"
                    rf"|©\s*(?:\d{{4}} )?(?:the )?(?:{forms})\b",
                    re.MULTILINE | re.IGNORECASE,
                ),
            )
        )
    return tuple(found)
