"""Sentences with their names replaced by signs, and the patterns of data/evidence.toml held against them.

"Talks between the Port Pilots' Guild and Acme" becomes ``talks between the <u0> and <x1>``: u a union or what
stands for one, w a group of workers, x whoever may be an employer, t a third party, o an outlet, p a person,
r a role. The number is the place of the name in ``Sentence.marks``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import Party, PartyKind, Side
from onrecord.parties.lines import Hit, Line, vocabulary

_UNION_NOUNS = ("generic.union", "generic.workers_people", "generic.workers_committee")
_EMPLOYER_NOUNS = ("generic.employer", "generic.employers_body", "generic.employers_people", "generic.companies")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words ``[first, last)`` and what they are: a hit (its place among the hits), or words of the lists
    ``lists``."""

    first: int
    last: int
    sign: str
    hit: int | None = None
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A line as text with signs, and what the signs stand for."""

    line: int
    text: str
    marks: tuple[Mark, ...]


def render(read: Sequence[Line], hits: Sequence[Hit], parties: Mapping[str, Party]) -> list[Rendered]:
    """Every line with its hits and the words of the lists as signs."""
    by_line: dict[int, list[tuple[int, Hit]]] = {}
    for i, hit in enumerate(hits):
        by_line.setdefault(hit.line, []).append((i, hit))
    return [_rendered(n, line, by_line.get(n, []), parties) for n, line in enumerate(read)]


def _rendered(n: int, line: Line, hits: Sequence[tuple[int, Hit]], parties: Mapping[str, Party]) -> Rendered:
    index = vocabulary().index
    starts = {hit.first: (i, hit) for i, hit in hits}
    covered = {w for _, hit in hits for w in range(hit.first, hit.last)}
    pieces: list[str] = []
    marks: list[Mark] = []
    at = 0
    while at < len(line.words):
        mark: Mark | None = None
        if at in starts:
            i, hit = starts[at]
            mark = Mark(hit.first, hit.last, _sign(None if hit.party is None else parties[hit.party]), hit=i)
        elif (alias := index.at(line.words, at)) is not None and covered.isdisjoint(
            range(at, at + len(alias.key))
        ):
            mark = Mark(at, at + len(alias.key), _list_sign(alias.ids), lists=alias.ids)
        if mark is None:
            word, at = line.words[at], at + 1
            pieces.append(word.norm + ("'s" if word.possessive else ""))
            continue
        at = mark.last
        pieces.append(f"<{mark.sign}{len(marks)}>" + ("'s" if line.words[at - 1].possessive else ""))
        marks.append(mark)
    return Rendered(n, " ".join(pieces), tuple(marks))


def _sign(party: Party | None) -> str:
    if party is None:
        return "n"
    match party.kind:
        case PartyKind.PERSON:
            return "p"
        case PartyKind.OUTLET:
            return "o"
        case PartyKind.THIRD_PARTY:
            return "t"
        case (
            PartyKind.UNION
            | PartyKind.COMMITTEE
            | PartyKind.FACTION
            | PartyKind.GROUP
            | PartyKind.EMPLOYER
            | PartyKind.EMPLOYERS_BODY
        ):
            return "u" if party.side is Side.WORKERS else "x"


def _list_sign(lists: Sequence[str]) -> str:
    if "generic.occupations" in lists:
        return "w"
    if any(name in _UNION_NOUNS for name in lists):
        return "u"
    if any(name in _EMPLOYER_NOUNS for name in lists):
        return "x"
    return "r" if "persons.role" in lists else "n"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The patterns of data/evidence.toml, ready to be searched."""

    employer: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    workers: tuple[re.Pattern[str], ...]
    place: tuple[re.Pattern[str], ...]
    affiliation: tuple[re.Pattern[str], ...]
    pronoun: tuple[re.Pattern[str], ...]


@cache
def evidence() -> Evidence:
    """The patterns, read once."""
    data = tomllib.loads(files("onrecord.parties").joinpath("data/evidence.toml").read_text("utf-8"))
    leads = "|".join(sorted(" ".join(k) for k in vocabulary().sets["persons.leads"]))
    the = "(?:(?:the|its|their|striking|both) )?"
    signs = {
        "{X}": the + "<x(?P<x>\\d+)>",
        "{U}": the + "(?:[a-z]+ )?<[uw]\\d+>(?:'s)?",
        "{W}": "<w\\d+>",
        "{P}": "<p(?P<p>\\d+)>",
        "{O}": the + "<[uxto](?P<o>\\d+)>",
        "{R}": "<r\\d+>(?: (?:and|of) (?:[a-z]+ )?<r\\d+>)?",
        "{adj}": "(?:[a-z]+ ){0,2}",
        "{any}": "(?:[a-z]+ ){0,4}",
        "{leads}": f"(?:{leads})",
    }

    def compiled(table: str, name: str = "patterns") -> tuple[re.Pattern[str], ...]:
        out = []
        for pattern in data[table][name]:
            for sign, meaning in signs.items():
                pattern = pattern.replace(sign, meaning)
            out.append(re.compile(r"(?<![\w<])" + pattern))
        return tuple(out)

    return Evidence(
        compiled("employer"),
        compiled("employer", "weak"),
        compiled("workers"),
        compiled("place"),
        compiled("affiliation"),
        compiled("affiliation", "pronoun"),
    )


def marked(patterns: Sequence[re.Pattern[str]], rendered: Rendered, sign: str = "x") -> list[Mark]:
    """The marks that patterns find in a line, one for each find."""
    if f"<{sign}" not in rendered.text:
        return []
    return [rendered.marks[int(m[sign])] for p in patterns for m in p.finditer(rendered.text)]
