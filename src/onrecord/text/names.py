"""Names as they are compared: words without case, possessive, apostrophes and hyphens; and the id of a name.

The words of a sentence carry offsets of the cleaned text; punctuation that only joins (a hyphen, an apostrophe,
the stop of an abbreviation) is left out, so that "Writers' Guild", "Writers Guild" and "WRITERS’ GUILD" are two
words each, and "Warner Bros. Discovery" three.
"""

from __future__ import annotations

import re
import unicodedata
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
