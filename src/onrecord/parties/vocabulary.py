"""Is a text about a labour dispute? A cheap test by a lexicon (data/labour.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Lexicon:
    threshold: float
    figurative: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("onrecord.parties").joinpath("data/labour.toml").read_text("utf-8"))
    return _Lexicon(
        float(data["threshold"]), *(_pattern(data[name]["phrases"]) for name in ("figurative", "strong", "weak"))
    )


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """The phrases as one pattern, the longest first; a star alone is one word, at the end of a word any ending."""

    def one(phrase: str) -> str:
        parts = [r"\w+" if word == "*" else re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
        return r"\s+".join(parts)

    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(one(p) for p in longest_first) + r")\b")


def labour_weight(text: str) -> float:
    """How much of the vocabulary of strikes and bargaining a text has: 2 for each strong word, 1 for each weak
    one, figurative uses aside. Each different word counts once, so that length does not."""
    lexicon = _lexicon()
    plain = lexicon.figurative.sub(" ", text.casefold().replace("\u2019", "'"))
    strong = set(lexicon.strong.findall(plain))
    weak = set(lexicon.weak.findall(lexicon.strong.sub(" ", plain)))
    return 2.0 * len(strong) + len(weak)


def about_labour(text: str) -> bool:
    """Whether a text has enough of that vocabulary to be about a labour dispute."""
    return labour_weight(text) >= _lexicon().threshold
