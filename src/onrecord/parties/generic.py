"""Generic mentions: "the guild", "the company", "the studios", "the nurses", "both sides".

Each is resolved when exactly one candidate remains: of those that the noun fits, then of those named so far, then
of those named in the same sentence before it or in the one before. Otherwise it stays unresolved and says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.model import Party, PartyKind, Side
from onrecord.parties.lines import Hit, Line, vocabulary
from onrecord.parties.names import Word, key, slug
from onrecord.parties.rendering import Mark, Rendered
from onrecord.parties.sides import head
from onrecord.parties.who import BOTH

_BODIES = frozenset({PartyKind.UNION, PartyKind.EMPLOYERS_BODY, PartyKind.EMPLOYER, PartyKind.THIRD_PARTY})
# "The union said ... The dockers' federation has ...": how many sentences later the name may come.
_AHEAD = 3


@dataclass(slots=True)
class Context:
    """What a document has named, for one document."""

    read: Sequence[Line]
    parties: dict[str, Party]
    hits: Sequence[Hit]
    labour: bool
    named_at: dict[str, list[int]] = field(default_factory=dict)  # lines, in order
    said: Counter[str] = field(default_factory=Counter)  # how often each group of workers is spoken of

    def __post_init__(self) -> None:
        for hit in self.hits:
            if hit.party is not None:
                self.named_at.setdefault(hit.party, []).append(hit.line)

    def often(self, party: Party) -> int:
        """How often a body or one of its branches is named."""
        return sum(
            len(at) for id, at in self.named_at.items() if id == party.id or self.parties[id].parent == party.id
        )

    def first_named(self, party: Party) -> int:
        """The line that first names a body or one of its branches; beyond the last line if none does."""
        lines = [
            at[0] for id, at in self.named_at.items() if id == party.id or self.parties[id].parent == party.id
        ]
        return min(lines, default=len(self.read) + _AHEAD + 1)


def generic_hits(
    rendered: Sequence[Rendered], context: Context
) -> tuple[list[Hit], set[tuple[int, int]], list[Party]]:
    """The generic mentions of a document in order, which of them speak of a group (by line and first word), and
    the groups that are parties of their own since the document names no body for them."""
    licensed = _licensed(rendered, context)
    for line in rendered:
        for mark in line.marks:
            if "generic.occupations" in mark.lists:
                words = context.read[line.line].words[mark.first : mark.last]
                context.said[" ".join(w.norm for w in words)] += 1
    hits: list[Hit] = []
    groups: set[tuple[int, int]] = set()
    created: dict[str, Party] = {}
    for line in rendered:
        for i, mark in enumerate(line.marks):
            if mark.hit is not None or mark.sign == "r":
                continue
            hit = _resolved(line, i, mark, context, licensed, created)
            if hit is not None:
                hits.append(hit)
                if mark.lists[0] in ("generic.occupations", "generic.companies"):
                    groups.add((hit.line, hit.first))
    return hits, groups, list(created.values())


def own_nouns(
    read: Sequence[Line], hits: Sequence[Hit], taken: Sequence[set[int]], parties: Mapping[str, Party]
) -> list[Hit]:
    """ "the authority", "the hospital group", "the federation": mentions by the noun of a name, where one body
    named in the document has it."""
    heads: dict[tuple[str, ...], set[str]] = {}
    for party in parties.values():
        if party.kind in _BODIES:
            for noun in _heads(party):
                if noun[-1] in _nouns():
                    heads.setdefault(noun, set()).add(party.id)
    out: list[Hit] = []
    for n, line in enumerate(read):
        for i, word in enumerate(line.words[1:], start=1):
            if i in taken[n] or word.norm not in _nouns() or line.words[i - 1].norm in ("a", "an"):
                continue
            for length in (3, 2, 1):
                first = i + 1 - length
                noun = tuple(w.norm for w in line.words[max(first, 0) : i + 1])
                ids = heads.get(noun, set())
                if first < 1 or not ids or not taken[n].isdisjoint(range(first, i + 1)):
                    continue
                if line.words[first - 1].norm in ("the", "its", "that", "this") and len(ids) == 1:
                    id = next(iter(ids))
                    text = " ".join(noun)
                    if i + 1 < len(line.words) and line.words[i + 1].norm == "of":
                        break  # "the council of the association"
                    out.append(Hit(n, first, i + 1, id, f"{text!r}: the only one named that is called so"))
                break
    return out


@cache
def _nouns() -> frozenset[str]:
    """The nouns by which a body is called for short; "the union" and "the company" can be any, and stand apart."""
    return vocabulary().single["generic.own"]


def _resolved(
    line: Rendered, i: int, mark: Mark, context: Context, licensed: set[str], created: dict[str, Party]
) -> Hit | None:
    words = context.read[line.line].words
    text = " ".join(w.norm for w in words[mark.first : mark.last])
    lists = mark.lists
    determined = _determined(words, mark.first)
    if "generic.both" in lists:
        return Hit(line.line, mark.first, mark.last, None, BOTH)
    if "generic.occupations" in lists:
        if not (text in licensed or determined) or _partial(words, mark):
            return None
        return _workers(line.line, mark, text, context, created if text in licensed else None)
    if "generic.companies" in lists:
        if not (text in licensed or determined):
            return None
        return _companies(line.line, mark, text, context, created if text in licensed else None)
    if not determined and "generic.workers_people" not in lists and "generic.employers_people" not in lists:
        return None
    if "generic.workers_committee" in lists:
        return _committee(line.line, mark, text, context, created)
    if not {"generic.union", "generic.workers_people"}.isdisjoint(lists):
        return _choose(line.line, mark, text, context, _fitting(context, text, words, mark, Side.WORKERS))
    return _choose(line.line, mark, text, context, _fitting(context, text, words, mark, Side.EMPLOYERS))


def _determined(words: Sequence[Word], at: int) -> bool:
    """Whether "the", "its" and the like stand before, or a possessor, with up to two words between."""
    for back in range(1, 4):
        if at - back < 0:
            return False
        word = words[at - back]
        if word.norm in vocabulary().single["grammar.determiners"] or word.possessive:
            return True
        if not word.text[0].isalpha() or word.norm in vocabulary().single["grammar.connectors"]:
            return False
    return False


def _partial(words: Sequence[Word], mark: Mark) -> bool:
    """ "some nurses", "14 more pilots", "writers rooms": not the group."""
    before = words[mark.first - 1] if mark.first else None
    after = words[mark.last] if mark.last < len(words) else None
    return (
        before is not None and (before.norm in vocabulary().single["grammar.partial"] or before.text[0].isdigit())
    ) or (after is not None and after.norm in vocabulary().single["grammar.not_people"])


def _licensed(rendered: Sequence[Rendered], context: Context) -> set[str]:
    """The groups that the document shows to be in the dispute ("the striking writers", "nurses' strike"); their
    bare mentions count too."""
    after = vocabulary().single["generic.strike_after"]
    before = vocabulary().single["generic.striking"]
    out: set[str] = set()
    for line in rendered:
        words = context.read[line.line].words
        for mark in line.marks:
            if not {"generic.occupations", "generic.companies"} & set(mark.lists):
                continue
            previous = words[mark.first - 1] if mark.first else None
            following = words[mark.last] if mark.last < len(words) else None
            if (
                (previous is not None and (previous.norm in before or previous.possessive))
                or (following is not None and following.norm in after)
                or re.search(
                    rf"<[uwx]\d+> (?:and|or|with|against) (?:the )?<{mark.sign}{line.marks.index(mark)}>",
                    line.text,
                )
            ):
                out.add(" ".join(w.norm for w in words[mark.first : mark.last]))
    return out if context.labour else set()


# ------------------------------------------------------------------------------- candidates


def _heads(party: Party) -> set[tuple[str, ...]]:
    """What a body may be called by its own name: "Salt Bay Port Authority" is an authority and a port authority,
    the "Alliance of Mine Operators" an alliance."""
    out: set[tuple[str, ...]] = set()
    for name in (party.name, *party.aliases):
        keys = key(name)
        for of in ("of", "for"):
            if of in keys[1:]:
                keys = keys[: keys.index(of, 1)]
        if "local" in keys:
            out.add(("local",))
        for n in range(1, min(3, len(keys)) + 1):
            if n < len(keys) or n == 1:
                out.add(keys[-n:])
    return out


def _fitting(context: Context, text: str, words: Sequence[Word], mark: Mark, side: Side) -> list[Party]:
    noun = tuple(text.split())
    modifier = words[mark.first - 1].norm if mark.first else ""
    kinds = (PartyKind.UNION,) if side is Side.WORKERS else (PartyKind.EMPLOYER, PartyKind.EMPLOYERS_BODY)
    ours = [p for p in context.parties.values() if p.side is side and p.kind in kinds]
    tops = list({head(p, context.parties).id: head(p, context.parties) for p in ours}.values())
    if side is Side.WORKERS and modifier not in vocabulary().single["grammar.determiners"] and modifier:
        # "the writers' union" with several unions named
        of_trade = [p for p in tops if _shares(modifier, p)]
        if of_trade:
            return of_trade
    if side is Side.WORKERS and noun in (("guild",), ("local",), ("brotherhood",)):
        return [p for p in ours if noun in _heads(p)]
    if (
        side is Side.EMPLOYERS
        and "generic.employer" in mark.lists
        and any(p.kind is not PartyKind.EMPLOYER for p in ours)
    ):
        return []  # one of the companies of a body, and nobody says which
    return tops


def _choose(
    n: int, mark: Mark, text: str, context: Context, candidates: Sequence[Party], *, anywhere: bool = False
) -> Hit:
    if not candidates:
        return Hit(n, mark.first, mark.last, None, f"{text!r}: nobody is named whom it could mean")
    if len(candidates) == 1:
        if not anywhere and context.first_named(candidates[0]) > n + _AHEAD:
            return Hit(n, mark.first, mark.last, None, f"{text!r}: nobody is named yet whom it could mean")
        return Hit(n, mark.first, mark.last, candidates[0].id, f"{text!r}: the only one named whom it could mean")
    ids = {p.id for p in candidates}
    so_far = [id for id in ids if context.named_at.get(id, [n + 1])[0] <= n and _before(context, id, n, mark)]
    if len(so_far) == 1:
        return Hit(n, mark.first, mark.last, so_far[0], f"{text!r}: the only one named so far whom it could mean")
    for near in (n, n - 1):
        here = {
            h.party
            for h in context.hits
            if h.line == near and h.party in ids and (near < n or h.last <= mark.first)
        }
        if len(here) == 1:
            return Hit(
                n, mark.first, mark.last, next(iter(here)), f"{text!r}: the only one just named whom it could mean"
            )
        if here:
            break
    return Hit(n, mark.first, mark.last, None, f"{text!r}: may be any of " + ", ".join(sorted(ids)))


def _before(context: Context, id: str, n: int, mark: Mark) -> bool:
    return any(h.party == id and (h.line < n or (h.line == n and h.last <= mark.first)) for h in context.hits)


def _shares(occupation: str, party: Party) -> bool:
    """Whether a trade is in the name of a body: "writers" in Writers Guild, "pilots" in Pilots' Association."""
    stem = occupation.removesuffix("s")
    return any(k.removesuffix("s") == stem for name in (party.name, *party.aliases) for k in key(name))


def _workers(n: int, mark: Mark, text: str, context: Context, created: dict[str, Party] | None) -> Hit | None:
    unions = [p for p in context.parties.values() if p.side is Side.WORKERS and p.kind is PartyKind.UNION]
    tops = list({head(p, context.parties).id: head(p, context.parties) for p in unions}.values())
    anyone = tuple(text.split()) in vocabulary().sets["grammar.anyone"]
    last = text.split()[-1]
    of_trade = tops if anyone else [p for p in tops if _shares(last, p) and last != "workers"]
    if not of_trade and not anyone:
        # A union whose name tells no trade ("Local 12 of the Amalgamated Workers") may be that of any.
        of_trade = [p for p in tops if not _trades(p) and context.often(p) * 2 >= context.said[text]]
    if anyone or of_trade:
        named_for = not anyone and all(_shares(last, p) for p in of_trade)
        return _choose(n, mark, text, context, of_trade, anywhere=named_for) if tops else None
    return _group(n, mark, text, Side.WORKERS, context, created)


def _trades(party: Party) -> set[str]:
    known = {k[-1] for k in vocabulary().sets["generic.occupations"]} - {
        "workers",
        "employees",
        "staff",
        "members",
    }
    return {k for name in (party.name, *party.aliases) for k in key(name) if k in known or k + "s" in known}


def _companies(n: int, mark: Mark, text: str, context: Context, created: dict[str, Party] | None) -> Hit | None:
    ours = [p for p in context.parties.values() if p.side is Side.EMPLOYERS]
    bodies = [p for p in ours if p.kind is PartyKind.EMPLOYERS_BODY]
    if bodies:
        return _choose(n, mark, text, context, bodies, anywhere=True)
    if any(p.kind is PartyKind.EMPLOYER for p in ours):
        return Hit(n, mark.first, mark.last, None, f"{text!r}: companies of which the document names no body")
    return _group(n, mark, text, Side.EMPLOYERS, context, created)


def _group(
    n: int, mark: Mark, text: str, side: Side, context: Context, created: dict[str, Party] | None
) -> Hit | None:
    """A group of which the document names no body is a party of its own where it is shown to be in the dispute."""
    if created is None:
        return None
    id = slug(text)
    party = Party(id=id, name=text, kind=PartyKind.GROUP, side=side)
    if id in context.parties:
        return Hit(n, mark.first, mark.last, id, f"{text!r}: a group")
    created.setdefault(id, party)
    return Hit(n, mark.first, mark.last, id, f"{text!r}: a group of which the document names no body")


def _committee(n: int, mark: Mark, text: str, context: Context, created: dict[str, Party]) -> Hit | None:
    known = [p for p in context.parties.values() if p.kind is PartyKind.COMMITTEE and p.side is Side.WORKERS]
    if len(known) == 1:
        return Hit(n, mark.first, mark.last, known[0].id, f"{text!r}: the only one named")
    unions = [p for p in context.parties.values() if p.side is Side.WORKERS and p.kind is PartyKind.UNION]
    tops = list({head(p, context.parties).id: head(p, context.parties) for p in unions}.values())
    choice = _choose(n, mark, text, context, tops)
    if known or choice.party is None:
        return choice
    union = context.parties[choice.party]
    id = slug(f"{union.id} {text}")
    created.setdefault(
        id,
        Party(
            id=id,
            name=f"{union.name} {text}",
            kind=PartyKind.COMMITTEE,
            side=Side.WORKERS,
            parent=union.id,
        ),
    )
    return Hit(n, mark.first, mark.last, id, f"{text!r}: that of the only union it could be")


def counted(hits: Sequence[Hit]) -> Counter[str]:
    """How often each party is mentioned."""
    return Counter(h.party for h in hits if h.party is not None)


def by_place(hits: Sequence[Hit]) -> Mapping[tuple[int, int], str | None]:
    """The party of each hit by its line and first word."""
    return {(h.line, h.first): h.party for h in hits}
