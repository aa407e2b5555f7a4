"""The word lists of the time grammar (data/words.toml), and the numbers they spell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of data/words.toml."""

    months: Mapping[str, int]
    month_abbreviations: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekday_abbreviations: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    tens: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts_of_day: Mapping[str, str]
    seasons: Mapping[str, int]
    zones: Mapping[str, tuple[int, ...]]
    ahead: frozenset[str]
    implicative: frozenset[str]
    saying: frozenset[str]
    stoppage: tuple[str, ...]
    state: tuple[str, ...]
    not_labour: frozenset[str]
    other: tuple[str, ...]
    approximate: tuple[str, ...]


@cache
def words() -> Words:
    """The word lists, read once."""
    data = tomllib.loads(files("onrecord.dating").joinpath("data/words.toml").read_text("utf-8"))
    tables = {
        name: MappingProxyType(data[name])
        for name in (
            "months",
            "month_abbreviations",
            "weekdays",
            "weekday_abbreviations",
            "units",
            "numbers",
            "tens",
            "ordinals",
            "parts_of_day",
            "seasons",
        )
    }
    tense, counting = data["tense"], data["counting"]
    return Words(
        **tables,
        zones=MappingProxyType({name: tuple(minutes) for name, minutes in data["zones"].items()}),
        ahead=frozenset(tense["ahead"]),
        implicative=frozenset(tense["implicative"]),
        saying=frozenset(tense["saying"]),
        stoppage=tuple(counting["stoppage"]),
        state=tuple(counting["state"]),
        not_labour=frozenset(counting["not_labour"]),
        other=tuple(counting["other"]),
        approximate=tuple(counting["approximate"]),
    )


def either(choices: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; a blank is any run of blanks."""
    ordered = sorted(set(choices), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered) + ")"


def _pieces() -> Mapping[str, str]:
    w = words()
    unit_names = list(w.units)
    small = either(n for n in w.numbers if n != "zero")
    tens = either(w.tens)
    cardinal = rf"(?:{tens}(?:[-\s]{small})?|{small})"
    ordinal = rf"(?:{tens}[-\s]{either(o for o, n in w.ordinals.items() if n < 10)}|{either(w.ordinals)})"
    return {
        "MONTH": rf"(?:{either(w.months)}\b|{either(w.month_abbreviations)}\b\.?)",
        "FULLMONTH": rf"(?:{either(w.months)}\b|(?:aug|sept|oct|nov|dec|feb|jan)\.)",
        "WEEKDAY": rf"{either(w.weekdays)}\b",
        "WEEKDAYS": rf"{either(w.weekdays)}s",
        "ANYWEEKDAY": rf"(?:{either(w.weekdays)}\b|{either(w.weekday_abbreviations)}\b\.?)",
        "UNIT": rf"{either([*unit_names, *(u + 's' for u in unit_names)])}\b",
        "ONEUNIT": rf"{either(unit_names)}\b",
        "SEASON": rf"{either(w.seasons)}\b",
        "PART": rf"{either(w.parts_of_day)}\b",
        "ZONE": rf"{either(w.zones)}(?:\s+(?:standard\s+|daylight\s+)?time)?\b",
        # A day of a month, and not the beginning of another number, a share or a time of day.
        "DOM": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.,:]\d|%|-\d*[a-z]|\s*(?:[ap]\.?m\b|per\s?cent))",
        "NTH": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b",
        "YEAR": r"(?:19|20)\d\d\b(?![.,:]\d|%)",
        "CARDINAL": cardinal,
        "ORDINAL": rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:(?:one|a)\s+)?hundred(?:\s+and)?[-\s]{ordinal}|{ordinal})\b",
        # How many units; a word that names no number ("several") is matched too, and gives none.
        "COUNT": rf"(?:\d{{1,4}}(?:\.\d)?|(?:{small}|a)\s+hundred(?:\s+and\s+{cardinal})?|{cardinal}"
        r"|half\s+an?|a\s+couple\s+of|a\s+dozen|a\s+few|a\s+number\s+of|an?|several|few|many|some|dozens\s+of)",
    }


_NAME = re.compile(r"\{([A-Z]+)\}")


@cache
def pattern(template: str) -> re.Pattern[str]:
    """A verbose regular expression over lower-case text, with the pieces named in braces filled in."""
    pieces = _pieces()
    return re.compile(_NAME.sub(lambda m: pieces[m[1]], template), re.VERBOSE)


def lowered(text: str) -> str:
    """Lower case, character for character, so that offsets stay (two capitals have longer lower forms)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def month_number(word: str) -> int:
    """The number of a month's name or abbreviation."""
    bare = word.rstrip(".")
    w = words()
    return w.months.get(bare) or w.month_abbreviations[bare]


def weekday_number(word: str) -> int:
    """Monday is 0."""
    bare = word.rstrip(".")
    w = words()
    return w.weekdays[bare] if bare in w.weekdays else w.weekday_abbreviations[bare]


def unit_code(word: str) -> str:
    """The ISO 8601 letters of a unit, singular or plural ("TH" for hours)."""
    units = words().units
    return units[word] if word in units else units[word.removesuffix("s")]


def ordinal_number(word: str) -> int:
    """ "101st", "twenty-first", "a hundred and first"."""
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits.group())
    _, hundred, rest = word.rpartition("hundred ")
    return (100 if hundred else 0) + sum(_word_value(part) for part in re.split(r"[-\s]+", rest))


def count_number(word: str) -> float | None:
    """The number that a count spells; None for "several" and its like."""
    word = re.sub(r"\s+", " ", word)
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return float(word)
    match word:
        case "a" | "an":
            return 1.0
        case "half a" | "half an":
            return 0.5
        case "a dozen":
            return 12.0
        case "a couple of":
            return 2.0
        case "several" | "few" | "a few" | "many" | "some" | "a number of" | "dozens of":
            return None
        case _:
            pass
    hundreds, _, rest = word.rpartition("hundred")
    total = 100 * (_word_value(hundreds.strip()) or 1) if "hundred" in word else 0
    return float(total + sum(_word_value(part) for part in re.split(r"[-\s]+", rest.strip()) if part))


def _word_value(word: str) -> int:
    w = words()
    return w.numbers.get(word) or w.tens.get(word) or w.ordinals.get(word) or 0
