"""Names as they are compared: words without case, possessive, apostrophes and hyphens, and an index of names.

The words of a sentence carry offsets of the cleaned text; punctuation that only joins (a hyphen, an apostrophe,
the stop of an abbreviation) is left out, so that "Writers' Guild", "Writers Guild" and "WRITERS’ GUILD" are two
words each, and "Warner Bros. Discovery" three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_WORD = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?!\w)|\w+(?:['\u2019]\w+)*|\S")
_POSSESSIVE = re.compile(r"['\u2019][sS]$")
_ABBREVIATED = re.compile(
    r"bros|co|corp|inc|ltd|st|dr|mr|mrs|ms|jr|sr|capt|gen|sen|rep|gov|prof|no|sgt|rev", re.IGNORECASE
)
_JOINS = frozenset("-\u2010\u2011'\u2019.")
_DASHES = frozenset("\u2013\u2014-")


class Word(NamedTuple):
    """A word of a sentence: as written, as compared, and its ``[start, end)`` in the cleaned text.

    ``possessive`` when a possessive mark follows, which is not part of the word."""

    text: str
    norm: str
    start: int
    end: int
    possessive: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]`` with what punctuation parts them."""
    out: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        found, at = match.group(), match.start()
        if (
            out
            and not (found[0].isalnum() or found[0] == "_")
            and at == out[-1].end
            and _joins(found, out[-1].text)
        ):
            if found in "'\u2019" and out[-1].norm.endswith("s"):
                out[-1] = out[-1]._replace(possessive=True)
            continue
        bare = _POSSESSIVE.sub("", found)
        out.append(Word(bare, norm(bare), at, at + len(bare), bare != found))
    return out


def _joins(mark: str, before: str) -> bool:
    if mark in _DASHES:
        return True
    if mark == ".":
        return _ABBREVIATED.fullmatch(before) is not None or (
            len(before) == 1 and before.isupper() and before != "I"
        )
    return mark in _JOINS


def norm(word: str) -> str:
    """A word as it is compared: "O'Brien" and "OBRIEN", "W.G.A." and "WGA", "&" and "and" are the same."""
    if word == "&":
        return "and"
    bare = _POSSESSIVE.sub("", word)
    kept = bare.replace("'", "").replace("\u2019", "").replace(".", "")
    return (kept or word).casefold()


def key(name: str) -> tuple[str, ...]:
    """A name as it is compared: its words without "the"."""
    found = tuple(w.norm for w in words(name, 0, len(name)))
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def slug(name: str) -> str:
    """The id of a name: the same for each way to write it ("the Port Pilots' Guild", "Port Pilots Guild")."""
    plain = unicodedata.normalize("NFKD", " ".join(key(name)))
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "-".join(kept.casefold().split())


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in an index. ``ids`` has several where parties share it; none for a phrase that names no party.

    ``plain``: an ordinary word or common surname too, which counts only with a capital that the beginning of the
    sentence does not explain."""

    key: tuple[str, ...]
    capitals: tuple[bool, ...]
    acronym: bool
    plain: bool
    ids: tuple[str, ...]

    def fits(self, found: Sequence[Word]) -> bool:
        """Whether words with the same key have capitals where the alias has them."""
        if self.acronym:
            return all(w.text.isupper() or not w.text[0].isalpha() for w in found)
        return all(w.capital for w, capital in zip(found, self.capitals, strict=True) if capital)


class Index:
    """Names by their first word, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str | None, bool]]) -> None:
        """``entries`` are (name, id or None, plain)."""
        merged: dict[tuple[tuple[str, ...], bool], Alias] = {}
        for name, id, plain in entries:
            found = words(name, 0, len(name))
            if len(found) > 1 and found[0].norm == "the":
                found = found[1:]
            letters = "".join(w.text for w in found if w.text.isalnum())
            # "iPad", "Equity UK": only a name all in capitals is an acronym.
            acronym = len(letters) > 1 and letters.isupper()
            this = tuple(w.norm for w in found)
            if not this:
                continue
            before = merged.get((this, acronym))
            capitals = tuple(w.capital for w in found)
            ids: tuple[str, ...] = () if id is None else (id,)
            if before is not None:
                ids = tuple(dict.fromkeys(before.ids + ids))
                plain = plain and before.plain
                capitals = tuple(a and b for a, b in zip(capitals, before.capitals, strict=True))
            merged[this, acronym] = Alias(this, capitals, acronym, plain, ids)
        self._by_first: dict[str, list[Alias]] = {}
        for alias in merged.values():
            self._by_first.setdefault(alias.key[0], []).append(alias)
        for aliases in self._by_first.values():
            aliases.sort(key=lambda a: (-len(a.key), a.acronym, a.key))

    def at(self, sentence: Sequence[Word], i: int) -> Alias | None:
        """The longest name that begins at word ``i``."""
        for alias in self._by_first.get(sentence[i].norm, ()):
            end = i + len(alias.key)
            found = sentence[i:end]
            if tuple(w.norm for w in found) == alias.key and alias.fits(found):
                return alias
        return None
