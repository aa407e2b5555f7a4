"""On whose authority a statement stands, and who relayed it, as told in the document."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribution.lexicon import cues
from onrecord.attribution.names import APPROACHED, Names, Nature
from onrecord.attribution.spoken import Speaker
from onrecord.attribution.tree import tokens_of
from onrecord.model import Attribution, Authority, Span

_JOINT = frozenset({"joint", "jointly"})
_RELAYING = frozenset({"told", "to", "by", "with", "in", "telling", "tells", "tell", "on", "informed", "from"})
_TOLD = frozenset({"tell", "inform"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OF_NATURE = {
    Nature.PERSON: Authority.NAMED,
    Nature.UNNAMED: Authority.UNNAMED,
    Nature.ORGANISATION: Authority.PARTY,
    Nature.SPOKESPERSON: Authority.PARTY,
    Nature.OUTLET: Authority.OUTLET,
}


def authority(names: Names, attribution: Attribution, speaker: Speaker) -> Authority | None:
    """The authority of one attribution; None when it cannot be told who or what the source is."""
    if speaker.first_person and speaker.nature is None:
        return Authority.AUTHOR
    if speaker.nature is None:
        return None
    several = len(speaker.parties) > 1 or " and " in (speaker.source.name or "")
    if several and speaker.nature is Nature.ORGANISATION and _said_jointly(names, attribution):
        return Authority.JOINT
    return _OF_NATURE.get(speaker.nature)


def _said_jointly(names: Names, attribution: Attribution) -> bool:
    """Whether the sentence, outside the content, calls it joint."""
    anchor = (attribution.cue or attribution.source)[0]
    sentence = names.parsed.sentence_at(anchor.start)
    if sentence is None:
        return False
    return any(
        names.grid.words[i] in _JOINT and not _within(names.span(i), attribution.content)
        for i in range(sentence.first, sentence.last)
    )


def relays(names: Names, attribution: Attribution) -> tuple[str, ...]:
    """The outlets to whom it was said ("told the Ledger", "quoted by Deadline", "in a statement to Variety", "the
    Ledger was told by"), and those on whose word it is told ("the board, as per Variety, called")."""
    if not attribution.cue:
        return ()
    grid = names.grid
    sentence = names.parsed.sentence_at(attribution.cue[0].start)
    if sentence is None:
        return ()
    anchors = tokens_of(names.parsed, attribution.cue)
    source = tokens_of(names.parsed, attribution.source)
    content = frozenset(tokens_of(names.parsed, attribution.content))
    told = {k for i in anchors if grid.lemmas[i] in _TOLD for k in grid.kids[i] if grid.deps[k] == "nsubjpass"}
    out: list[str] = []
    for token in range(sentence.first, sentence.last):
        if grid.pos[token] != "PROPN" or (token in content and token not in told):
            continue
        if names.nature(token) is not Nature.OUTLET:
            continue
        if token in source:
            relaying = _asked_by(names, token)
        else:
            relaying = (
                token in told or _hangs_on(names, token, anchors) or _credited(names, token, anchors, content)
            )
        if relaying and (name := names.name(token)) not in out:
            out.append(name)
    return tuple(out)


def without_the_told(names: Names, attribution: Attribution) -> Attribution:
    """The attribution without the one who was told ("CNBC was told by officials") among its content."""
    grid = names.grid
    told: list[Span] = []
    for i in tokens_of(names.parsed, attribution.cue):
        if grid.lemmas[i] in _TOLD and grid.child(i, "agent") is not None:
            told += [names.parsed.span(*grid.subtree(k)) for k in grid.kids[i] if grid.deps[k] == "nsubjpass"]
    rest = tuple(c for c in attribution.content if not any(t.holds(c) for t in told))
    return replace(attribution, content=rest) if rest else attribution


def _credited(names: Names, token: int, anchors: list[int], content: frozenset[int]) -> bool:
    """Whether a name stands after "according to" and the like, beside what is attributed, and is no cue itself."""
    grid = names.grid
    first = token
    while first > 0 and (grid.words[first - 1] == "the" or grid.heads[first - 1] == token):
        first -= 1
    for words in cues().phrases:
        begin = first - len(words)
        if begin > 0 and len(words) > 1 and tuple(grid.words[begin:first]) == words:
            before = begin - 1
            while before > 0 and grid.pos[before] == "PUNCT":
                before -= 1
            beside = before in content or before in anchors or _names_source(names, before, anchors)
            return beside and not set(range(begin, first)) & set(anchors)
    return False


def _names_source(names: Names, token: int, anchors: list[int]) -> bool:
    """Whether a token is the subject of the cue."""
    grid = names.grid
    return grid.deps[token] == "nsubj" and grid.heads[token] in anchors


def _hangs_on(names: Names, token: int, anchors: list[int]) -> bool:
    """Whether a name is the object of the cue, or of a preposition or participle that belongs to it."""
    grid = names.grid
    at, steps = token, 0
    relaying = False
    while steps < 8:
        if at in anchors and at != token:
            return relaying or grid.words[at] in _RELAYING
        if grid.words[at] in _RELAYING or grid.deps[at] in {"dobj", "dative", "agent"}:
            relaying = True
        if grid.heads[at] == at or grid.tags[at] in _FINITE:
            return False
        at, steps = grid.heads[at], steps + 1
    return False


def _asked_by(names: Names, token: int) -> bool:
    """Within a source: "people quoted by Deadline"."""
    grid = names.grid
    by = grid.heads[token]
    while grid.deps[by] in {"compound", "poss", "nmod"}:
        by = grid.heads[by]
    return grid.words[by] == "by" and grid.words[grid.heads[by]] in APPROACHED


def _within(span: Span, spans: tuple[Span, ...]) -> bool:
    return any(s.holds(span) for s in spans)
