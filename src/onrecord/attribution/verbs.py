"""Attributions made by a verb: "X said that", '"...," said X', "X criticised Y", "X vowed to"."""

from __future__ import annotations

from onrecord.attribution.draft import Draft, inverted, noun_phrase, subject, verb_group
from onrecord.attribution.lexicon import CueVerb, cues
from onrecord.attribution.tree import MARKS, Range, Tree
from onrecord.text.parse import Sentence

_CLAUSES = ("ccomp",)
_NO_PREPOSITIONS = frozenset({"clause", "object", "small", "quote", "whole", "at"})
_NOBODY = frozenset({"you", "one", "whoever"})  # "you know", "one might say"
_BESIDE = frozenset({"parataxis", "ccomp", "conj", "advcl", "dep", "relcl"})


def by_verb(grid: Tree, sentence: Sentence) -> list[Draft]:
    """The attributions that the verbs of a sentence make. A verb that can carry a quotation gives a draft even
    without content: the quotation may stand elsewhere."""
    out: list[Draft] = []
    for token in range(sentence.first, sentence.last):
        if grid.pos[token] not in {"VERB", "AUX"}:
            continue
        verb = _cue_verb(grid, token)
        if verb is not None:
            draft = _draft(grid, sentence, token, verb)
            if draft is not None:
                out.append(draft)
    return out


def _cue_verb(grid: Tree, token: int) -> CueVerb | None:
    verbs = cues().verbs
    lemma = grid.lemmas[token]
    following = grid.words[token + 1] if token + 1 < len(grid.words) else ""
    return verbs.get(f"{lemma} {following}") or verbs.get(lemma)


def _draft(grid: Tree, sentence: Sentence, token: int, verb: CueVerb) -> Draft | None:
    source = subject(grid, token)
    if source is None and "clause" in verb.frames:
        source = inverted(grid, token, sentence.last)
    draft = Draft(anchor=token, source=source, cue=verb_group(grid, token))
    draft.speech = bool(verb.frames & {"clause", "quote"})
    if " " in verb.lemma:
        draft.cue.add(token + 1)
    passive = grid.child(token, "auxpass") is not None
    if _only_meant(grid, token):
        return None
    if (
        source is None
        or draft.cue & set(range(*source))
        or (source[1] - source[0] == 1 and grid.words[source[0]] in _NOBODY)
    ):
        return None
    draft.content = _content(grid, sentence, token, verb, draft, passive=passive)
    draft.content -= draft.tag()
    return draft if draft.content or draft.speech else None


def _only_meant(grid: Tree, token: int) -> bool:
    """An infinitive reports what was said only after a few verbs: "went on to say", not "called to confirm"."""
    if grid.tags[token] != "VB" or grid.child(token, "nsubj") is not None:
        return False
    if not any(grid.words[k] == "to" for k in grid.kids[token] if k < token):
        return False
    return grid.lemmas[grid.heads[token]] not in {"go", "continue", "begin", "hasten", "use", "appear", "seem"}


def _content(
    grid: Tree, sentence: Sentence, token: int, verb: CueVerb, draft: Draft, *, passive: bool
) -> set[int]:
    frames = verb.frames
    if "clause" in frames:
        clause = _clause(grid, sentence, token, draft)
        if clause:
            return clause
    if "to" in frames or "clause" in frames:
        wanted = _infinitive(grid, token, questions_only="to" not in frames)
        if wanted:
            return wanted
    if passive:
        return _passive_object(grid, token) if frames & {"object", "small", "as"} and draft.source else set()
    if " " in verb.lemma:
        content = _prepositional(grid, token, frozenset({verb.lemma.split()[1]}), draft)
        asked = grid.child(token, "xcomp")
        return content | set(range(*grid.subtree(asked))) if content and asked and asked > token else content
    if "at" in frames and not any(grid.words[k] in {"at", "as"} for k in grid.kids[token] if k > token):
        return set()
    if frames & {"object", "small", "as", "at"}:
        found = _object(grid, token, frames)
        if found:
            return found
    return _prepositional(grid, token, frames - _NO_PREPOSITIONS, draft)


def _clause(grid: Tree, sentence: Sentence, token: int, draft: Draft) -> set[int]:
    """The clause a verb of speech governs, before or after it, or the sentence into which it is put."""
    found = next(
        (k for k in grid.kids[token] if grid.deps[k] in _CLAUSES and grid.right[k] - grid.left[k] > 0), None
    )
    tag = draft.tag()
    if found is not None:
        content = set(range(*grid.subtree(found)))
        if found < token:
            return _before(grid, sentence, content, tag, token)
        # A conjunct on the far side of the clause ("said A and B") is the parser's, an adverbial is not ours.
        return content - _later_tags(grid, found, tag)
    head = grid.heads[token]
    if draft.source is None or head == token or grid.deps[token] not in _BESIDE:
        return set()
    own = {i for i in range(*grid.subtree(token)) if i >= min(tag)} | tag
    if grid.deps[token] == "advcl" and grid.words[grid.left[token]] == "as":
        return set(range(*grid.subtree(head))) - own
    thing = grid.child(token, "dobj")
    if not _set_off(grid, sentence, tag) or (thing is not None and grid.words[thing] in {"that", "it", "this"}):
        return set()
    return set(range(*grid.subtree(head))) - own


def _set_off(grid: Tree, sentence: Sentence, tag: set[int]) -> bool:
    """Whether the tag stands between commas, quotation marks or the ends of the sentence."""
    first, last = min(tag), max(tag) + 1
    if last - first > 40:
        return False
    before = grid.words[first - 1] if first > sentence.first else ","
    after = grid.words[last] if last < sentence.last else "."
    marks = {
        ",",
        '"',
        "\u201c",
        "\u201d",
        "\u2019",
        "'",
        "''",
        "\u2014",
        "\u2013",
        "-",
        ";",
        "(",
        ")",
        ".",
        "!",
        "?",
        ":",
    }
    return before in marks and (after in marks or grid.pos[last] in {"ADP", "ADV", "NOUN", "PROPN"})


def _before(grid: Tree, sentence: Sentence, content: set[int], tag: set[int], token: int) -> set[int]:
    """A clause before its tag ("..., he said") begins where the sentence begins, adverbials included."""
    content = {i for i in content if i not in tag}
    first = min(content)
    start = sentence.first
    if grid.deps[token] == "ROOT" and grid.pos[start] == "CCONJ":
        start += 1
    if all(grid.clause(i) in {token, first} or grid.heads[i] == token for i in range(start, first)):
        content |= set(range(start, first)) - tag
    return content


def _later_tags(grid: Tree, clause: int, tag: set[int]) -> set[int]:
    return {i for i in tag if i > clause}


def _infinitive(grid: Tree, token: int, *, questions_only: bool) -> set[int]:
    found = grid.child(token, "xcomp")
    if found is None or found < token or grid.pos[found] not in {"VERB", "AUX"}:
        return set()
    first = grid.left[found]
    if grid.tags[first] in {"WRB", "WP", "WDT"}:
        return set(range(*grid.subtree(found)))
    if questions_only or "to" not in grid.words[first : found + 1]:
        return set()
    return set(range(*grid.subtree(found)))


def _object(grid: Tree, token: int, frames: frozenset[str]) -> set[int]:
    """The object with what is said of it: "called the offer an insult", "accused the union of lying"."""
    kids = [k for k in grid.kids[token] if k > token]
    objects = [k for k in kids if grid.deps[k] in {"dobj", "oprd", "attr"}]
    if not objects:
        small = (
            [k for k in kids if grid.deps[k] in {"ccomp", "xcomp"}] if "small" in frames or "as" in frames else []
        )
        return set(range(*grid.subtree(small[0]))) if small else set()
    quoted = any(grid.words[i] in MARKS for k in objects for i in range(*grid.subtree(k)))
    if not frames & {"object", "at"} and not quoted and not _complement(grid, kids):
        return set()
    last = max(grid.right[k] for k in objects)
    if frames & {"whole", "at"}:
        last = max(grid.right[k] for k in kids if grid.deps[k] in {"dobj", "oprd", "prep", "attr"})
    complements = [
        k
        for k in kids
        if grid.deps[k] in {"oprd", "xcomp", "ccomp"}
        or (grid.deps[k] == "prep" and grid.words[k] in {"as", "of", "for"})
    ]
    last = max([last, *(grid.right[k] for k in complements)])
    first = grid.left[objects[0]]
    return set(range(first, last)) if first > token else set()


def _complement(grid: Tree, kids: list[int]) -> bool:
    return any(
        grid.deps[k] in {"oprd", "xcomp", "ccomp"} or (grid.deps[k] == "prep" and grid.words[k] == "as")
        for k in kids
    )


def _passive_object(grid: Tree, token: int) -> set[int]:
    patient = grid.child(token, "nsubjpass")
    if patient is None or grid.pos[patient] == "PRON":
        return set()
    return set(range(*noun_phrase(grid, patient, stop=token)))


def _prepositional(grid: Tree, token: int, frames: frozenset[str], draft: Draft) -> set[int]:
    for kid in grid.kids[token]:
        if kid > token and grid.deps[kid] == "prep" and grid.words[kid] in frames:
            draft.cue.add(kid)
            content = set(range(*grid.subtree(kid))) - {kid}
            return _unpassed(content, draft.source)
    return set()


def _unpassed(content: set[int], source: Range | None) -> set[int]:
    return content - set(range(*source)) if source else content
