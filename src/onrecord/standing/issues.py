"""The words of issues and stances (data/issues.toml, data/stances.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import Stance


@dataclass(frozen=True, slots=True)
class StanceWords:
    """``passive``: the party that is named is the one towards whom the stance is taken."""

    stance: Stance
    passive: bool
    pattern: re.Pattern[str]


@cache
def issues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The issues by name, in the order of the file, with their words."""
    return tuple((row["name"], re.compile(row["pattern"])) for row in rows("issues", "issue"))


@cache
def stances() -> tuple[StanceWords, ...]:
    """The stances in the order in which they are tried."""
    return tuple(
        StanceWords(Stance(row["name"]), bool(row.get("passive")), re.compile(row["pattern"]))
        for row in rows("stances", "stance")
    )


def rows(file: str, kind: str) -> list[dict[str, str]]:
    """The entries of a data file."""
    text = files("onrecord.standing").joinpath(f"data/{file}.toml").read_text("utf-8")
    found: list[dict[str, str]] = tomllib.loads(text)[kind]
    return found


def issues_in(text: str) -> list[tuple[str, int]]:
    """The issues that a stretch of text names, with where, in text order. That the parties meet is an issue only
    where nothing else is."""
    lower = text.lower()
    if len(lower) != len(text):
        return []
    found = [(name, match.start()) for name, pattern in issues() if (match := pattern.search(lower))]
    matter = [f for f in found if f[0] != "meeting"]
    return sorted(matter or found, key=lambda f: (f[1], f[0]))
