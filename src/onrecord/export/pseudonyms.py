"""Personal names taken out of an export: each person becomes "Person 7", the same one everywhere in that record.

What is replaced are the names of people whom the record knows: persons among the parties with their aliases, and
speakers who are named individuals; by full name, and by surname alone. A person whom no row names stays in the
words of a document, so this makes an export safer and not anonymous (docs/exports.md).
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable

from onrecord.model import Authority, PartyKind
from onrecord.record import queries

_LEAST = 3  # letters of a surname that is replaced alone


def people(db: sqlite3.Connection) -> dict[str, str]:
    """By every name of a person in the record, the full name."""
    found: dict[str, str] = {}
    bodies: set[str] = set()
    for d in queries.read_articles(db):
        for p in d.reading.parties:
            if p.kind is PartyKind.PERSON:
                found |= dict.fromkeys((p.name, *p.aliases), p.name)
            else:
                bodies |= {p.name, *p.aliases}
        for s in d.reading.statements:
            if s.authority is Authority.NAMED and s.source.name is not None:
                found.setdefault(s.source.name, s.source.name)
    return {name: full for name, full in found.items() if name not in bodies}


class Pseudonyms:
    """Replaces names in text. Numbers follow the digests of the names and tell nothing of their order."""

    def __init__(self, names: dict[str, str]) -> None:
        full = sorted(set(names.values()), key=lambda n: hashlib.sha256(n.encode()).hexdigest())
        number = {name: f"Person {n}" for n, name in enumerate(full, 1)}
        self._by_name = {name: number[person] for name, person in names.items()}
        for name in sorted(full, reverse=True):
            surname = name.split()[-1]
            if len(surname) >= _LEAST and surname[0].isupper():
                self._by_name.setdefault(surname, number[name])
        longest_first = sorted(self._by_name, key=lambda n: (-len(n), n))
        words = "|".join(re.escape(n) for n in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None

    def __call__(self, lines: Iterable[str]) -> Iterable[str]:
        """The lines with every name replaced."""
        for line in lines:
            yield self._pattern.sub(lambda m: self._by_name[m.group()], line) if self._pattern else line
