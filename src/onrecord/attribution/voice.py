"""An organisation's own document: who says "we" in it, and what it claims in its own name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.attribution.cover import Cover
from onrecord.attribution.lexicon import source_words, table, words
from onrecord.attribution.quotations import Quotation, around
from onrecord.attribution.tree import Tree, spans
from onrecord.model import Party, PartyKind, Span
from onrecord.parties.names import slug
from onrecord.parties.presets import load
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed

_WE = frozenset({"we", "us", "our", "ours"})
_PUBLISHED_AS = re.compile(r"\s(?:\(|letter\b|statement\b|press release\b|website\b)", re.IGNORECASE)
_BODIES = frozenset(
    {PartyKind.UNION, PartyKind.EMPLOYERS_BODY, PartyKind.EMPLOYER, PartyKind.COMMITTEE, PartyKind.THIRD_PARTY}
)


@dataclass(frozen=True, slots=True)
class _Wordings:
    greetings: re.Pattern[str]
    letter: re.Pattern[str]


@cache
def _wordings() -> _Wordings:
    data = table("voice")

    def pattern(*keys: str) -> re.Pattern[str]:
        listed = [w for key in keys for w in words(data[key])]
        parts = (
            re.escape(w).replace(r"\*", r"\w*").replace("'", "['\u2019]")
            for w in sorted(listed, key=len, reverse=True)
        )
        return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)

    return _Wordings(pattern("greetings"), pattern("letter"))


def speaks_as_party(parsed: Parsed, grid: Tree, who: Who, quoted: Sequence[Quotation]) -> Party | None:
    """The organisation that issued the document and says "we" in it; None when it is no such document, or when
    it cannot be told which organisation it is."""
    article = parsed.article
    says_we = _we(parsed, grid, quoted) >= 2
    for name in (article.outlet, article.byline):
        publisher = _publisher(name, who, by_its_words=says_we)
        if publisher is not None:
            return publisher
    if not says_we or not _wordings().letter.search(parsed.text):
        return None
    return _signature(parsed, who) or _we_the(parsed, grid, who)


def _we(parsed: Parsed, grid: Tree, quoted: Sequence[Quotation]) -> int:
    return sum(
        grid.words[i] in _WE for s in parsed.prose() for i in range(s.first, s.last) if around(quoted, i) is None
    )


def _publisher(name: str | None, who: Who, *, by_its_words: bool) -> Party | None:
    """The organisation that a publisher's name is, or begins with ("Port Pilots' Guild (pilots.example)")."""
    if not name:
        return None
    plain = _PUBLISHED_AS.split(name, maxsplit=1)[0].strip()
    plain = plain[4:] if plain[:4].lower() == "the " else plain
    for party in who.parties:
        if party.kind in _BODIES and plain.casefold() in {n.casefold() for n in (party.name, *party.aliases)}:
            return party
    if plain.casefold() in _known():
        return _known()[plain.casefold()]
    if by_its_words and any(word in source_words().organisation_names for word in plain.split()):
        return Party(id=slug(plain), name=plain, kind=PartyKind.THIRD_PARTY)
    return None


@cache
def _known() -> dict[str, Party]:
    """The bodies of the presets by each of their names; of two with one name the first."""
    out: dict[str, Party] = {}
    for preset in load().by_id.values():
        for name in (preset.party.name, *preset.party.aliases):
            if preset.party.kind in _BODIES:
                out.setdefault(name.casefold(), preset.party)
    return out


def _signature(parsed: Parsed, who: Who) -> Party | None:
    """The one organisation that the last lines of a letter name."""
    last = parsed.prose()[-4:]
    lines = [s for s in last if s.last - s.first <= 16 and not s.span.of(parsed.text).endswith((".", "!", "?"))]
    found = {
        p.id: p
        for m in who.mentions
        if any(s.span.holds(m.span) for s in lines)
        and m.party is not None
        and (p := who.party(m.party)) is not None
        and p.kind in _BODIES
    }
    if len(found) > 1:
        found = {i: p for i, p in found.items() if p.parent not in found}
    return next(iter(found.values())) if len(found) == 1 else None


def _we_the(parsed: Parsed, grid: Tree, who: Who) -> Party | None:
    """ "We, the Pilots' Guild" and "we at Acme"."""
    found: dict[str, Party] = {}
    for sentence in parsed.prose():
        for i in range(sentence.first, sentence.last - 2):
            if grid.words[i] == "we" and grid.words[i + 1] in {",", "at", "the"}:
                party = who.resolve(parsed.span(i + 1, min(i + 6, sentence.last)))
                if party is not None and party.kind in _BODIES:
                    found[party.id] = party
    return next(iter(found.values())) if len(found) == 1 else None


def party_claims(parsed: Parsed, grid: Tree, taken: Cover) -> list[Span]:
    """The sentences of an organisation's own document that claim something and are not told of others."""
    out: list[Span] = []
    for sentence in parsed.prose():
        text = sentence.span.of(parsed.text)
        content = [i for i in range(sentence.first, sentence.last) if grid.pos[i] not in {"PUNCT", "SPACE"}]
        has_verb = any(grid.pos[i] in {"VERB", "AUX"} for i in content)
        if len(content) < 4 or not has_verb or text.endswith("?") or _wordings().greetings.match(text):
            continue
        if not taken.mostly(sentence.span):
            out += spans(parsed, grid, range(sentence.first, sentence.last))
    return out
