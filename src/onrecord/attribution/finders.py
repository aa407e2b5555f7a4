"""Find the spans of attributions: by the trained tagger, by rules over the parse, or by both.

The tagger is made for PolNeAR's notion of attribution, which counts attitudes, plans and votes; on its texts it
finds far more than the rules. Statements are narrower: somebody says something. For them the rules go first, since
they see what stands within another attribution, and the tagger adds what it finds where they found nothing and
somebody plainly speaks. docs/method/attribution.md has the figures of each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate
from pathlib import Path

from onrecord.attribution.find import find
from onrecord.attribution.lexicon import cues
from onrecord.attribution.tagger.tagger import Attribution as Tagged
from onrecord.attribution.tagger.tagger import Tagger
from onrecord.model import Attribution, BlockRole, OnrecordError, Span
from onrecord.text.parse import Parsed


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one document: ``attributions`` in the finder's own notion, and those ``to_read`` as
    statements, both in text order."""

    attributions: tuple[Attribution, ...]
    to_read: tuple[Attribution, ...]


Finder = Callable[[Sequence[Parsed]], list[Found]]

FINDERS = ("both", "tagger", "rules")
_READ = frozenset({BlockRole.TITLE, BlockRole.HEADING, BlockRole.PARAGRAPH})
_MARKS = frozenset('"\u201c\u201d')


def finder(name: str = "both") -> Finder:
    """The finder of that name; "both:FOLDER" and "tagger:FOLDER" take the tagger of a folder.

    Raises OnrecordError when there is none.
    """
    kind, _, folder = name.partition(":")
    weights = Path(folder) if folder else None
    if weights is not None and not (weights / "model.onnx").is_file():
        raise OnrecordError(f"there is no tagger in {folder}; it holds model.onnx, tokenizer.json and tagger.json")
    match kind:
        case "both":
            return partial(_by_both, weights)
        case "tagger":
            return partial(_by_tagger, weights)
        case "rules" if weights is None:
            return _by_rules
        case _:
            raise OnrecordError(f"there is no finder {name!r}; the finders are {', '.join(FINDERS)}")


def _by_rules(batch: Sequence[Parsed]) -> list[Found]:
    ruled = [find(parsed) for parsed in batch]
    return [Found(found, found) for found in ruled]


def _by_tagger(weights: Path | None, batch: Sequence[Parsed]) -> list[Found]:
    return [
        Found(tagged, tuple(near_its_cue(parsed, a) for a in tagged))
        for parsed, tagged in zip(batch, _tagged(weights, batch), strict=True)
    ]


def _by_both(weights: Path | None, batch: Sequence[Parsed]) -> list[Found]:
    return [
        Found(found.attributions, combined(parsed, tagged=found.to_read, ruled=find(parsed)))
        for parsed, found in zip(batch, _by_tagger(weights, batch), strict=True)
    ]


# ------------------------------------------------------------------------------- the tagger


@cache
def _tagger(weights: Path | None) -> Tagger:
    return Tagger.load(weights)


def _tagged(weights: Path | None, batch: Sequence[Parsed]) -> list[tuple[Attribution, ...]]:
    paragraphs = [[(b.span.start, b.span.end) for b in p.article.blocks if b.role in _READ] for p in batch]
    found = _tagger(weights).tag([parsed.text for parsed in batch], paragraphs)
    return [tuple(_spans(a) for a in of_one) for of_one in found]


def _spans(found: Tagged) -> Attribution:
    source, cue, content = (tuple(Span(*s) for s in part) for part in (found.source, found.cue, found.content))
    return Attribution(source, cue, content)


def near_its_cue(parsed: Parsed, found: Attribution) -> Attribution:
    """The attribution without the content that stands in other sentences, where some stands in the cue's own and
    the rest is in no quotation marks: there the tagger joins what does not belong together, and what a source did
    not say must not be put in its mouth."""
    home = parsed.sentence_at(found.cue[0].start) if found.cue else None
    if home is None or not any(s.overlaps(home.span) for s in found.content):
        return found
    content: list[Span] = []
    for span in found.content:
        if _quoted(parsed.text, span):
            content.append(span)
        elif span.overlaps(home.span):
            content.append(Span(max(span.start, home.span.start), min(span.end, home.span.end)))
    return Attribution(found.source, found.cue, tuple(content))


# ------------------------------------------------------------------------------- both


def combined(
    parsed: Parsed, *, tagged: Iterable[Attribution], ruled: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """The attributions of the rules, and those of the tagger that meet none of them in cue or content and in which
    somebody plainly speaks."""
    cues, contents = _Taken(s for a in ruled for s in a.cue), _Taken(s for a in ruled for s in a.content)
    extra = [
        a for a in tagged if not (cues.meets(a.cue) or contents.meets(a.content)) and _plainly_speaks(parsed, a)
    ]
    return tuple(sorted((*ruled, *extra), key=lambda a: (a.content, a.cue, a.source)))


class _Taken:
    """Spans that are taken; whether others overlap one of them is found without looking at each."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [s.start for s in ordered]
        self._reach = list(accumulate((s.end for s in ordered), max))

    def meets(self, spans: Iterable[Span]) -> bool:
        """Whether one of the spans shares a character with one that is taken."""
        before = ((s, bisect_left(self._starts, s.end)) for s in spans)
        return any(n > 0 and self._reach[n - 1] > s.start for s, n in before)


def _plainly_speaks(parsed: Parsed, found: Attribution) -> bool:
    """Quoted words, or a source and a cue with a noun of saying or a verb that takes what is said as a clause
    (data/cues.toml)."""
    if any(_quoted(parsed.text, span) for span in found.content):
        return True
    lemmas = {token.lemma_.lower() for span in found.cue for token in parsed.tokens(span)}
    return bool(found.source) and bool(lemmas & _sayings())


@cache
def _sayings() -> frozenset[str]:
    known = cues()
    say_that = {lemma for lemma, verb in known.verbs.items() if "clause" in verb.frames}
    return frozenset({*say_that, *known.nouns, "accord"})


def _quoted(text: str, span: Span) -> bool:
    return not _MARKS.isdisjoint(text[max(0, span.start - 1) : span.end + 1])
