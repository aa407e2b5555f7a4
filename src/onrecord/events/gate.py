"""A cheap gate: is there anything of a labour dispute in this text?

It sees words and nothing else, so that a text about something else costs next to nothing. Passing it proves
nothing: every event is still tested by its own rule.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.events.lexicon import words


def concerns_labour(text: str) -> bool:
    """Whether a text has the vocabulary of a labour dispute (data/gate.toml)."""
    aside, sure, conflict, people = _patterns()
    lower = aside.sub(" ", text.lower().replace("\u2019", "'"))
    if sure.search(lower):
        return True
    return conflict.search(lower) is not None and people.search(lower) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = words("gate")
    trades = set(words("classes")["labour"]) - set(data["not_people"])
    people = {*data["people"], *(form for word in trades for form in (word, word + "s"))}
    return (*(_any(data[name]) for name in ("aside", "sure", "conflict")), _any(sorted(people)))


def _any(entries: list[str]) -> re.Pattern[str]:
    parts = [re.escape(e.rstrip("*")) + (r"\w*" if e.endswith("*") else "") for e in sorted(entries)]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
