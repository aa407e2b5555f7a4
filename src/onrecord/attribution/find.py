"""Find attributions by rules over the parse: who is said to say what, and by which words.

A cue opens a draft, the parse gives its source and content, and quotation marks have the last word on where
content begins and ends. What the rules cannot tell apart they leave out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from onrecord.attribution.draft import Draft, noun_phrase
from onrecord.attribution.phrases import by_phrase
from onrecord.attribution.quotations import Quotation, quotations
from onrecord.attribution.quotations import around as quotation_around
from onrecord.attribution.tags import answers, signed
from onrecord.attribution.tree import Tree, ranges, spans, tree
from onrecord.attribution.verbs import by_verb
from onrecord.model import Attribution, BlockRole
from onrecord.text.parse import Parsed, Sentence

_READ = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})
_LONGEST = 1000  # words: a longer sentence is a table or a list, and work on it grows with its square
_REACH = 150  # words between a quotation and what attributes it
_FIRST_PERSON = frozenset({"i", "we"})


def find(parsed: Parsed) -> tuple[Attribution, ...]:
    """The attributions of an article in text order. They may nest: what one source is told to have said of
    another's words gives two."""
    return find_in(parsed, tree(parsed), quotations(parsed))


def find_in(parsed: Parsed, grid: Tree, quoted: tuple[Quotation, ...]) -> tuple[Attribution, ...]:
    """As ``find``, with the tree and the quotations at hand."""
    drafts: list[Draft] = []
    for sentence in parsed.sentences:
        if sentence.role in _READ and sentence.last - sentence.first <= _LONGEST:
            drafts += _of_sentence(grid, sentence, quoted)
    drafts = _with_layout(parsed, grid, drafts, quoted)
    drafts = _with_quotations(grid, parsed, drafts, quoted)
    return tuple(_finished(grid, parsed, drafts))


def _with_layout(parsed: Parsed, grid: Tree, drafts: list[Draft], quoted: tuple[Quotation, ...]) -> list[Draft]:
    """With those whom the layout names as speakers, where no verb does; "I think" in an answer is part of it."""
    out = list(drafts)
    for draft in (*signed(parsed, grid, quoted), *answers(parsed, grid)):
        if any(d.content & draft.content for d in drafts if d.anchor not in draft.content):
            continue
        out = [d for d in out if d.anchor not in draft.content or not _first_person(grid, d)]
        out.append(draft)
    return out


def _first_person(grid: Tree, draft: Draft) -> bool:
    return draft.source is not None and any(grid.words[i] in _FIRST_PERSON for i in range(*draft.source))


def _of_sentence(grid: Tree, sentence: Sentence, quoted: tuple[Quotation, ...]) -> list[Draft]:
    found = by_phrase(grid, sentence)
    taken = {d.anchor for d in found}
    taken |= {i for d in found if d.silent for i in d.cue}
    found += [d for d in by_verb(grid, sentence) if d.anchor not in taken]
    _part_coordinated(grid, found)
    _after_the_colon(grid, sentence, found)
    return [d for d in found if _stays_on_its_side(grid, d, quoted)]


def _after_the_colon(grid: Tree, sentence: Sentence, drafts: list[Draft]) -> None:
    """Of "the alliance denied it: nobody had left" the content follows the colon."""
    colon = next((i for i in range(sentence.first, sentence.last - 3) if grid.words[i] == ":"), None)
    if colon is None:
        return
    for draft in drafts:
        main = grid.heads[draft.anchor] == draft.anchor or grid.heads[draft.anchor] > colon
        bare = all(grid.pos[i] in {"PRON", "PUNCT", "SPACE"} for i in draft.content)
        if draft.speech and bare and draft.anchor < colon and main:
            draft.content = set(range(colon + 1, sentence.last))


def _part_coordinated(grid: Tree, drafts: list[Draft]) -> None:
    """Of "said that A and predicted B" the parser often makes "that A and predicted B": a verb of speech without a
    subject that is joined to what was said speaks for the same source."""
    for inner in drafts:
        joined = grid.heads[inner.anchor]
        if grid.deps[inner.anchor] != "conj" or grid.child(inner.anchor, "nsubj", "nsubjpass") is not None:
            continue
        for outer in drafts:
            said = joined in outer.content and grid.heads[joined] == outer.anchor < joined and outer.speech
            finite = grid.tags[inner.anchor] in {"VBD", "VBZ"} and grid.tags[outer.anchor] in {"VBD", "VBZ", "VBP"}
            if said and finite:
                inner.source = outer.source
                outer.content = {i for i in outer.content if i < min(inner.cue) - 1}


def _stays_on_its_side(grid: Tree, draft: Draft, quoted: tuple[Quotation, ...]) -> bool:
    """A cue within a quotation attributes within it, and to somebody else than the speaker himself."""
    around = quotation_around(quoted, draft.anchor)
    if around is None:
        return True
    draft.content = {i for i in draft.content if around.holds(i)}
    if not draft.content or draft.source is None or not around.holds(draft.source[0]):
        return False
    if min(draft.content) < draft.anchor:
        return False
    return not any(grid.words[i] in _FIRST_PERSON for i in range(*draft.source))


def _with_quotations(
    grid: Tree, parsed: Parsed, drafts: list[Draft], quoted: tuple[Quotation, ...]
) -> list[Draft]:
    """Give each quotation to the draft that attributes it, or to a new one where its speaker is in a sentence
    beside it."""
    last: Draft | None = None
    out = sorted(drafts, key=_anchor)
    for quote in quoted:
        near = _near(quote, out)
        owner = _overlapping(quote, near) or _tagging(grid, parsed, quote, near)
        if owner is None and _is_speech(grid, parsed, quote):
            owner = _carried_on(grid, parsed, quote, last, near)
            if owner is not None and owner is not last and not any(owner is d for d in near):
                insort(out, owner, key=_anchor)
        if owner is not None:
            owner.content |= set(range(quote.first, quote.last)) - owner.tag()
            last = owner
    return out


def _anchor(draft: Draft) -> int:
    return draft.anchor


def _near(quote: Quotation, drafts: list[Draft]) -> list[Draft]:
    """The drafts in reach of a quotation, of those in text order."""
    first = bisect_left(drafts, quote.first - _REACH, key=_anchor)
    return drafts[first : bisect_right(drafts, quote.last + _REACH, key=_anchor)]


def _overlapping(quote: Quotation, drafts: Iterable[Draft]) -> Draft | None:
    """The draft outside the quotation whose content reaches into it (the innermost of several)."""
    found = [
        d for d in drafts if not quote.holds(d.anchor) and any(quote.holds(i) for i in d.content) and not d.silent
    ]
    return min(found, key=lambda d: (len(d.content), d.anchor)) if found else None


def _tagging(grid: Tree, parsed: Parsed, quote: Quotation, drafts: Iterable[Draft]) -> Draft | None:
    """The nearest verb of speech beside the quotation in the sentence in which it begins or ends."""
    begins, ends = parsed.sentence_of(quote.first), parsed.sentence_of(quote.last - 1)
    found = [
        (distance, d.anchor, d)
        for d in drafts
        if d.speech
        and not quote.holds(d.anchor)
        and any(s is not None and s.first <= d.anchor < s.last for s in (begins, ends))
        and (distance := _distance(grid, d, quote)) is not None
        and (not d.content or any(grid.words[i] in {'"', "\u201c", "\u201d"} for i in d.content))
    ]
    return min(found)[2] if found else None


def _distance(grid: Tree, draft: Draft, quote: Quotation) -> int | None:
    """Words between the tag and the quotation; None when a full clause or too much stands between."""
    tag = draft.tag()
    first, last = min(tag), max(tag) + 1
    between = range(last, quote.first) if last <= quote.first else range(quote.last, first)
    if len(between) > 25:
        return None
    return len(between) + (100 if grid.deps[draft.anchor] in {"relcl", "acl"} else 0)


def _is_speech(grid: Tree, parsed: Parsed, quote: Quotation) -> bool:
    """A quotation that fills its sentence; fragments and scare quotes are left to the clause around them."""
    sentence = parsed.sentence_of(quote.first)
    if sentence is None:
        return False
    rest = [
        i
        for i in range(sentence.first, sentence.last)
        if not quote.holds(i) and grid.pos[i] not in {"PUNCT", "SPACE"}
    ]
    return not rest or _after_colon(grid, sentence, quote)


def _after_colon(grid: Tree, sentence: Sentence, quote: Quotation) -> bool:
    return quote.first > sentence.first and grid.words[quote.first - 1] == ":"


def _carried_on(
    grid: Tree, parsed: Parsed, quote: Quotation, last: Draft | None, drafts: list[Draft]
) -> Draft | None:
    if quote.continues and last is not None:
        return last
    sentence = parsed.sentence_of(quote.first)
    if sentence is None:
        return None
    if quote.left_open and last is not None and _ends_before(parsed, last, sentence):
        return last
    if _after_colon(grid, sentence, quote):
        return _introduced(grid, sentence, quote)
    if sentence.n < 2:
        return None
    before = parsed.sentences[sentence.n - 2]
    if before.block == sentence.block and last is not None and _reaches(last, before):
        return last
    if grid.words[before.last - 1] == ":":
        waiting = [d for d in drafts if d.speech and not d.content and before.first <= d.anchor < before.last]
        return waiting[-1] if waiting else _introduced(grid, before, quote)
    if before.block != sentence.block:
        return None
    said = [d for d in drafts if d.source and before.first <= d.anchor < before.last and d.speech and d.content]
    return Draft(anchor=quote.first, source=said[-1].source) if said else None


def _ends_before(parsed: Parsed, draft: Draft, sentence: Sentence) -> bool:
    """Whether what somebody says, or the words that say who, end the paragraph before a sentence."""
    before = parsed.sentence_of(max((*draft.tag(), *draft.content)))
    return before is not None and before.block == sentence.block - 1


def _reaches(draft: Draft, sentence: Sentence) -> bool:
    return any(sentence.first <= i < sentence.last for i in draft.tag()) or any(
        sentence.first <= i < sentence.last for i in draft.content
    )


def _introduced(grid: Tree, sentence: Sentence, quote: Quotation) -> Draft | None:
    """The subject of the clause that a colon ends: 'The caretaker shrugged: "..."'."""
    root = next((i for i in range(sentence.first, min(sentence.last, quote.first)) if grid.heads[i] == i), None)
    if root is None:
        return None
    who = grid.child(root, "nsubj")
    colon = min(sentence.last, quote.first) - 1
    if who is None:
        whole = noun_phrase(grid, root, stop=colon) if grid.pos[root] in {"PROPN", "NOUN"} else None
        return Draft(anchor=colon, source=whole, cue={colon}) if whole and whole[0] == sentence.first else None
    return Draft(anchor=colon, source=noun_phrase(grid, who, stop=root), cue={colon})


def _finished(grid: Tree, parsed: Parsed, drafts: Iterable[Draft]) -> list[Attribution]:
    out: list[Attribution] = []
    for draft in drafts:
        content = spans(parsed, grid, draft.content)
        if not content:
            continue
        source = spans(parsed, grid, range(*draft.source)) if draft.source else ()
        cue = tuple(parsed.span(*run) for run in ranges(draft.cue))
        out.append(Attribution(source, cue, content))
    return sorted(set(out), key=lambda a: (a.start, a.content, a.cue, a.source))
