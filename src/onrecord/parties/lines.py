"""A document as lines of words, and the words that the room knows (data/words.toml, data/traps.txt)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import BlockRole, Span
from onrecord.parties.names import Index, Word, key, words
from onrecord.text.parse import Parsed, Sentence

_READ = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as words; ``pos`` and ``entity`` are the parser's for each word ("" where it has none)."""

    sentence: Sentence
    source: str  # the cleaned text
    words: tuple[Word, ...]
    pos: tuple[str, ...]
    entity: tuple[str, ...]

    @property
    def prose(self) -> bool:
        return self.sentence.role is BlockRole.PARAGRAPH

    def name(self, first: int, last: int) -> str:
        """Words ``[first, last)`` as written, with plain apostrophes and single spaces."""
        written = self.source[self.words[first].start : self.words[last - 1].end]
        return " ".join(written.replace("\u2019", "'").split())


@dataclass(frozen=True, slots=True)
class Hit:
    """Words ``[first, last)`` of line ``line``, and what they are: a party's id, or None and why not."""

    line: int
    first: int
    last: int
    party: str | None
    why: str


def lines(parsed: Parsed) -> tuple[Line, ...]:
    """The sentences that are read: paragraphs, titles and headings."""
    return tuple(_lines(parsed))


def _lines(parsed: Parsed) -> Iterator[Line]:
    for sentence in parsed.sentences:
        if sentence.role not in _READ:
            continue
        start, end = parsed.cleaned.from_source(sentence.span)
        found = words(parsed.cleaned.text, start, end)
        if not found:
            continue
        tags = {t.idx: (t.pos_, t.ent_type_) for t in parsed.doc[sentence.first : sentence.last]}
        known = [tags.get(w.start, ("", "")) for w in found]
        yield Line(
            sentence, parsed.cleaned.text, tuple(found), tuple(p for p, _ in known), tuple(e for _, e in known)
        )


def span(parsed: Parsed, line: Line, first: int, last: int) -> Span:
    """The span in the captured text of words ``[first, last)``."""
    return parsed.cleaned.to_source(line.words[first].start, line.words[last - 1].end)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of data/words.toml as sets of keys (tuples of compared words)."""

    sets: dict[str, frozenset[tuple[str, ...]]]
    single: dict[str, frozenset[str]]
    index: Index

    def has(self, name: str, found: tuple[str, ...]) -> bool:
        """Whether some of the words, in a row, are on a list."""
        if not self.single[name].isdisjoint(found):
            return True
        longer = [k for k in self.sets[name] if len(k) > 1]
        return any(found[i : i + len(k)] == k for k in longer for i in range(len(found) - len(k) + 1))


# The lists that stand for a party or a role in running text; the others describe names.
_RUNNING = (
    "persons.role",
    "generic.union",
    "generic.employers_body",
    "generic.employer",
    "generic.workers_people",
    "generic.employers_people",
    "generic.workers_committee",
    "generic.both",
    "generic.companies",
    "generic.occupations",
)


@cache
def vocabulary() -> Vocabulary:
    """The words of the room, read once."""
    data = tomllib.loads(files("onrecord.parties").joinpath("data/words.toml").read_text("utf-8"))
    sets = {
        f"{table}.{name}": frozenset(key(entry) for entry in entries)
        for table, lists in data.items()
        for name, entries in lists.items()
    }
    single = {name: frozenset(k[0] for k in keys if len(k) == 1) for name, keys in sets.items()}
    running = [
        (entry, name, False)
        for name in _RUNNING
        for table, _, short in [name.partition(".")]
        for entry in data[table][short]
    ]
    return Vocabulary(sets, single, Index(running))


@cache
def traps() -> Index:
    """Phrases that name no party of a dispute (data/traps.txt)."""
    rows = files("onrecord.parties").joinpath("data/traps.txt").read_text("utf-8").splitlines()
    return Index((row, None, False) for row in rows if row and not row.startswith("#"))
