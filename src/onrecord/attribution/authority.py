"""On whose authority a statement stands, and who relayed it, as told in the document."""

from __future__ import annotations

from onrecord.attribution.names import APPROACHED, Names, Nature
from onrecord.attribution.spans import Attribution
from onrecord.attribution.speaker import Speaker
from onrecord.attribution.tree import tokens_of
from onrecord.model import Authority, Span

_JOINT = frozenset({"joint", "jointly"})
_RELAYING = frozenset({"told", "to", "by", "with", "in", "telling", "tells", "tell", "on", "informed", "from"})
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
    """The outlets to whom it was said ("told the Ledger", "quoted by Deadline", "in a statement to Variety")."""
    if not attribution.cue:
        return ()
    own = attribution.content
    sentence = names.parsed.sentence_at(attribution.cue[0].start)
    if sentence is None:
        return ()
    anchors = tokens_of(names.parsed, attribution.cue)
    source = tokens_of(names.parsed, attribution.source)
    out: list[str] = []
    for token in range(sentence.first, sentence.last):
        if _within(names.span(token), own) or names.grid.pos[token] != "PROPN":
            continue
        if names.nature(token) is not Nature.OUTLET:
            continue
        if _asked_by(names, token) if token in source else _hangs_on(names, token, anchors):
            name = names.name(token)
            if name not in out:
                out.append(name)
    return tuple(out)


def _hangs_on(names: Names, token: int, anchors: list[int]) -> bool:
    """Whether a name is the object of the cue, or of a preposition or participle that belongs to it."""
    grid = names.grid
    at, steps = token, 0
    relaying = False
    while steps < 8:
        if at in anchors:
            return relaying or grid.words[at] in _RELAYING
        if grid.words[at] in _RELAYING or grid.deps[at] in {"dobj", "dative", "agent"}:
            relaying = True
        if grid.heads[at] == at:
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
