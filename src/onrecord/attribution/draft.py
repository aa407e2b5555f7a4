"""An attribution in the making: sets of tokens, which the rules of one another add to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.attribution.tree import Range, Tree


@dataclass(slots=True)
class Draft:
    """Tokens of source, cue and content; ``anchor`` is the token by which the rule found it. ``speech`` when a
    quotation nearby may be its content."""

    anchor: int
    source: Range | None = None
    cue: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)
    speech: bool = False
    silent: bool = False  # "declined to comment": the content is the clause that says so

    def tag(self) -> set[int]:
        return self.cue | (set(range(*self.source)) if self.source else set())


def subject(grid: Tree, verb: int) -> Range | None:
    """The noun phrase that speaks by this verb: its subject, the one it shares with a verb before it, or
    the noun that a participle modifies. Of a relative clause it is the relative pronoun, as in PolNeAR. None when
    the text leaves it out."""
    at, seen = verb, 0
    while seen < 6:
        passive = grid.child(at, "auxpass") is not None
        if passive and at == verb:
            return agent(grid, at)
        own = _own_subject(grid, at)
        if own is not None:
            return noun_phrase(grid, own, stop=at if own < at else None)
        dep = grid.deps[at]
        head = grid.heads[at]
        if dep in {"acl", "relcl"} and grid.pos[head] in {"NOUN", "PROPN", "PRON"}:
            return _issuer(grid, head)
        if dep in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep"} and head != at:
            at, seen = head, seen + 1
            continue
        return None
    return None


def _own_subject(grid: Tree, verb: int) -> int | None:
    """The subject of a verb; after it where a comma parts the verb from what stands before ("A fair wage, says the
    union, was ..."), which the parser takes for a subject too."""
    subjects = [k for k in grid.kids[verb] if grid.deps[k] in {"nsubj", "nsubjpass"}]
    if len(subjects) > 1 and subjects[-1] > verb and grid.words[verb - 1] == ",":
        return subjects[-1]
    return subjects[0] if subjects else None


def inverted(grid: Tree, verb: int, stop: int) -> Range | None:
    """The phrase right after a verb that follows a comma or a quotation ('...," said Ann Lee'), where the parser
    has hung it elsewhere."""
    before = grid.words[verb - 1] if verb else ""
    if before not in {",", "\u201d", '"', "''", "\u2019", "'"} or grid.tags[verb] not in {"VBD", "VBZ", "VBP"}:
        return None
    head = grid.phrase(verb + 1, stop)
    if head is None or grid.pos[head] not in {"PROPN", "NOUN", "PRON"} or grid.tags[head] == "WP":
        return None
    first, last = grid.subtree(head)
    cut = next((i for i in range(verb + 1, last) if grid.words[i] in {"\u201c", '"', "''", "\u2018"}), last)
    return grid.trimmed(verb + 1, min(last, cut)) if first >= verb + 1 else None


def agent(grid: Tree, verb: int) -> Range | None:
    """The phrase after "by" in a passive."""
    by = grid.child(verb, "agent")
    named = grid.child(by, "pobj") if by is not None else None
    return noun_phrase(grid, named, stop=None) if named is not None else None


def noun_phrase(grid: Tree, noun: int, *, stop: int | None) -> Range:
    """The phrase of a noun, up to ``stop`` where a verb or a quotation begins."""
    first, last = grid.subtree(noun)
    if stop is not None and stop > noun:
        last = min(last, stop)
    trimmed = grid.trimmed(first, last)
    return trimmed or (noun, noun + 1)


def _issuer(grid: Tree, noun: int) -> Range:
    """Of "the guild issued a statement saying": the guild. Of "a letter that says": the letter."""
    governor = grid.heads[noun]
    if grid.deps[noun] in {"dobj", "pobj"} and grid.pos[noun] == "NOUN":
        if grid.deps[noun] == "pobj":
            governor = grid.heads[governor]
        own = grid.child(governor, "nsubj") if grid.pos[governor] == "VERB" else None
        if own is not None and grid.deps[noun] == "dobj":
            return noun_phrase(grid, own, stop=governor if own < governor else None)
    first, last = grid.subtree(noun)
    cut = min((grid.left[k] for k in grid.kids[noun] if grid.deps[k] in {"acl", "relcl"}), default=last)
    return grid.trimmed(first, min(last, max(cut, noun + 1))) or (noun, noun + 1)


def verb_group(grid: Tree, verb: int) -> set[int]:
    """The verb with the auxiliaries, negation and adverbs that stand directly before it, and its particle."""
    out = {verb}
    before = verb - 1
    while before >= 0 and grid.heads[before] == verb and grid.deps[before] in {"aux", "auxpass", "neg", "advmod"}:
        out.add(before)
        before -= 1
    first = min(out)
    if grid.words[first] in {"as", "how", "when", "then", "so", "where", "why", "once"} and first != verb:
        out.discard(first)
    particle = grid.child(verb, "prt")
    if particle == verb + 1:
        out.add(particle)
    return out


def span_of(tokens: Iterable[int]) -> Range:
    found = sorted(tokens)
    return found[0], found[-1] + 1
