"""Who has spoken, and which of them a pronoun or a description takes up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.attribution.lexicon import source_words
from onrecord.attribution.names import Names, Nature
from onrecord.attribution.tree import Range
from onrecord.model import Source

LATELY = 40  # attributions back: nobody further away is meant by a pronoun
_TAKING_UP = frozenset({"the", "that", "those", "these", "this", "same", "both"})
_PLURAL = frozenset({"NNS", "NNPS"})
_BLOCKS = 3  # paragraphs back: a description further away is another's


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved source and what it is; None when that cannot be told. ``head`` is the token it hangs on,
    ``gender`` the pronoun it answers to where known. ``parties`` has several ids when a source names several."""

    source: Source
    nature: Nature | None
    head: int | None = None
    gender: str | None = None
    parties: tuple[str, ...] = ()
    issued: bool = False  # through a document of its own, or its spokesperson
    first_person: bool = False
    pronoun: bool = False
    outlet: str | None = None  # of a reporter, or of "the Ledger's sources"
    again: bool = False  # taken up by a description ("those people")

    @property
    def name(self) -> str | None:
        return self.source.name

    def relaying(self) -> tuple[str, ...]:
        """The names to list when this speaker only relays what another said, innermost first."""
        if self.source.name is None or (self.source.span is None and self.nature is Nature.UNNAMED):
            return ()
        if self.first_person and self.nature is None:
            return ()
        return (self.source.name, *((self.outlet,) if self.outlet else ()))


NOBODY = Speaker(Source(name="unnamed", why="the text leaves the source out"), Nature.UNNAMED)


def fits(speaker: Speaker, form: str) -> bool:
    """Whether a pronoun ("he", "she", "it", "they") can stand for a speaker."""
    if form in {"he", "she"}:
        human = speaker.nature in {Nature.PERSON, Nature.UNNAMED, Nature.SPOKESPERSON} or (
            speaker.issued and speaker.gender in {"he", "she"}
        )
        return human and speaker.gender in {None, form}
    if form == "it":
        return speaker.nature in {Nature.ORGANISATION, Nature.OUTLET} and speaker.gender != "they"
    return speaker.gender == "they" or len(speaker.parties) > 1


def distinct(speakers: list[Speaker]) -> list[Speaker]:
    """The speakers with a name, each name once."""
    out: dict[str, Speaker] = {}
    for speaker in speakers:
        if speaker.source.name is not None:
            out.setdefault(speaker.source.name, speaker)
    return list(out.values())


def taken_up(names: Names, head: int, found: Range, spoken: Sequence[tuple[int, Speaker]]) -> Speaker | None:
    """Who spoke before and is meant by "those people", "the same sources", "the manager"; None unless exactly one
    can be. Of several the nearest paragraph decides: a paragraph with two of them leaves it open."""
    grid = names.grid
    first, last = found
    before = [grid.words[i] for i in range(first, head) if grid.deps[i] != "poss"]
    if last != head + 1 or not before or not _TAKING_UP.issuperset(before):
        return None
    here = names.parsed.sentence_of(head)
    near: dict[int, dict[str, Speaker]] = {}
    for at, speaker in reversed(spoken[-LATELY:]):
        sentence = names.parsed.sentence_of(at)
        if here is None or sentence is None or sentence.block < here.block - _BLOCKS or at >= head:
            continue
        if speaker.source.name is not None and _answers_to(names, head, speaker):
            near.setdefault(here.block - sentence.block, {}).setdefault(speaker.source.name, speaker)
    if near:
        nearest = near[min(near)]
        return next(iter(nearest.values())) if len(nearest) == 1 else None
    return None


def _answers_to(names: Names, head: int, speaker: Speaker) -> bool:
    grid = names.grid
    if speaker.nature is not Nature.UNNAMED or speaker.head is None:
        return False
    word, other = grid.lemmas[head], grid.lemmas[speaker.head]
    informants = source_words().informants
    same = word == other or (word in {"source", "person", "people"} and {word, other} <= informants)
    return same and (grid.tags[head] in _PLURAL) == (grid.tags[speaker.head] in _PLURAL)


def again(names: Names, found: Range, before: Speaker) -> Speaker:
    """The speaker of a description that takes up an earlier one."""
    source = replace(before.source, span=names.parsed.span(*found), why=f"taken up: {before.source.why}")
    return replace(before, source=source, again=True)
