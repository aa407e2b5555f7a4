"""Attributions made without a verb of the source: "according to X", "reportedly", "is expected to", "X's claim
that"."""

from __future__ import annotations

from functools import cache

from onrecord.attribution.draft import Draft, agent, noun_phrase, verb_group
from onrecord.attribution.lexicon import cues
from onrecord.attribution.tree import SUBJECTS, Range, Tree
from onrecord.text.parse import Sentence

_ADDRESSED = frozenset({"tell", "inform", "promise", "assure", "warn", "ask", "advise", "remind", "notify"})


def by_phrase(grid: Tree, sentence: Sentence) -> list[Draft]:
    """The attributions that phrases, adverbs, passives and nouns of a sentence make."""
    out: list[Draft] = []
    for token in range(sentence.first, sentence.last):
        draft = (
            _after_phrase(grid, sentence, token)
            or _adverb(grid, token)
            or _passive(grid, token)
            or _noun(grid, token)
            or _holding(grid, sentence, token)
            or _document_and_colon(grid, sentence, token)
            or _silence(grid, token)
        )
        if draft is not None and draft.content:
            out.append(draft)
    return out


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases that introduce a source, in their order, by the word that they begin with."""
    out: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in cues().phrases:
        out[words[0]] = (*out.get(words[0], ()), words)
    return out


def _after_phrase(grid: Tree, sentence: Sentence, token: int) -> Draft | None:
    for words in _by_first_word().get(grid.words[token], ()):
        after = token + len(words)
        if after >= sentence.last or tuple(grid.words[token:after]) != words:
            continue
        head = grid.phrase(after, sentence.last)
        if head is None or (len(words) == 1 and not _names_outlet(grid, sentence, token, head)):
            continue
        first, last = noun_phrase(grid, head, stop=None)
        source = (first, _end_of_source(grid, first, last))
        draft = Draft(anchor=token, source=source, cue=set(range(token, after)))
        draft.content = _around(grid, sentence, draft, source)
        return draft
    return None


def _names_outlet(grid: Tree, sentence: Sentence, token: int, head: int) -> bool:
    """Whether "per X", "via X" is a credit: at the end of a clause and before a name."""
    closes = token == sentence.first or grid.words[token - 1] in {",", "\u2014", "\u2013", "("}
    return closes and grid.pos[head] == "PROPN"


def _end_of_source(grid: Tree, first: int, last: int) -> int:
    """A source before the clause ends at the first comma after which the clause stands."""
    for at in range(first + 1, last):
        if grid.words[at] == "," and any(
            grid.pos[k] in {"VERB", "AUX"} and grid.child(k, "nsubj") for k in (at + 1,)
        ):
            return at
    return last


def _around(grid: Tree, sentence: Sentence, draft: Draft, source: Range) -> set[int]:
    tag = draft.tag()
    if min(tag) <= sentence.first + 1:
        return set(range(source[1], sentence.last)) - tag
    governor = grid.clause(grid.heads[draft.anchor])
    while grid.deps[governor] in {"aux", "auxpass", "xcomp", "pcomp", "acl"} and grid.heads[governor] != governor:
        governor = grid.clause(grid.heads[governor])
    first, last = grid.subtree(governor)
    if max(tag) + 1 >= sentence.last - 2:  # the tag closes the sentence
        last = max(last, min(tag))
    found = set(range(first, last)) - tag
    return found or set(range(sentence.first, min(tag)))


def _adverb(grid: Tree, token: int) -> Draft | None:
    if grid.words[token] not in cues().adverbs or grid.pos[token] != "ADV":
        return None
    clause = grid.clause(grid.heads[token])
    draft = Draft(anchor=token, cue={token})
    draft.content = set(range(*grid.subtree(clause))) - {token}
    return draft


def _passive(grid: Tree, token: int) -> Draft | None:
    """ "It is understood that", "the boards are expected to", "the move is seen as", "members were told that"."""
    if grid.pos[token] != "VERB" or grid.child(token, "auxpass") is None or agent(grid, token) is not None:
        return None
    patient = grid.child(token, "nsubjpass", "nsubj", "expl")
    clause = grid.child(token, "ccomp")
    if grid.lemmas[token] in _ADDRESSED:
        told = clause if clause is not None else grid.child(token, "xcomp")
        content = set(range(*grid.subtree(told))) if told is not None and told > token else set()
        return Draft(anchor=token, cue=verb_group(grid, token), content=content)
    if grid.lemmas[token] not in cues().passives or patient is None:
        return None
    draft = Draft(anchor=token, cue=verb_group(grid, token))
    if clause is not None and clause > token and grid.words[patient] == "it":
        draft.cue |= {patient}
        draft.content = set(range(*grid.subtree(clause)))
    elif clause is not None and clause < token:
        return None
    else:
        rest = _complement(grid, token)
        if rest:
            draft.content = set(range(*noun_phrase(grid, patient, stop=token))) | rest
    return draft


def _complement(grid: Tree, token: int) -> set[int]:
    for kid in grid.kids[token]:
        if kid > token and grid.deps[kid] in {"xcomp", "oprd"} and grid.right[kid] - kid > 0:
            return set(range(*grid.subtree(kid)))
        if kid > token and grid.deps[kid] == "prep" and grid.words[kid] in {"as"}:
            return set(range(*grid.subtree(kid)))
    return set()


def _noun(grid: Tree, token: int) -> Draft | None:
    """ "The guild's claim that ...", "a warning from the board that ..."."""
    if grid.pos[token] != "NOUN" or grid.lemmas[token] not in cues().nouns:
        return None
    clause = next((k for k in grid.kids[token] if grid.deps[k] in {"acl", "ccomp", "relcl"} and k > token), None)
    if clause is None or grid.words[grid.left[clause]] not in {"that", "whether"}:
        return None
    # "The claim that they made" is a relative clause: its "that" has a part in it.
    if grid.deps[grid.left[clause]] in SUBJECTS | {"dobj"} or grid.child(clause, *SUBJECTS) is None:
        return None
    source: Range | None = None
    owner = grid.child(token, "poss")
    if owner is not None:
        first, last = grid.subtree(owner)
        source = (first, last - 1) if grid.words[last - 1] in {"'s", "\u2019s", "'", "\u2019"} else (first, last)
    else:
        for kid in grid.kids[token]:
            named = grid.child(kid, "pobj")
            if grid.deps[kid] == "prep" and grid.words[kid] in {"from", "by", "of", "among"} and named is not None:
                source = noun_phrase(grid, named, stop=grid.left[clause])
    governor = grid.heads[token]
    if source is None and grid.deps[token] == "dobj" and grid.pos[governor] == "VERB":
        own = grid.child(governor, "nsubj")
        if own is not None and own < governor:
            source = noun_phrase(grid, own, stop=governor)
    draft = Draft(anchor=token, source=source, cue={token})
    draft.content = set(range(*grid.subtree(clause)))
    return draft


def _holding(grid: Tree, sentence: Sentence, token: int) -> Draft | None:
    """ "In its view", "by the union's account"; "the company's version is that ..."."""
    owner = grid.child(token, "poss")
    if owner is None or (grid.lemmas[token] not in cues().holdings and grid.words[token] not in cues().holdings):
        return None
    first, last = grid.subtree(owner)
    source = (first, last - 1) if grid.words[last - 1] in {"'s", "\u2019s", "'", "\u2019"} else (first, last)
    governor = grid.heads[token]
    if grid.deps[token] == "nsubj" and grid.lemmas[governor] == "be":
        clause = grid.child(governor, "ccomp")
        draft = Draft(anchor=token, source=source, cue={token, governor})
        draft.content = set(range(*grid.subtree(clause))) if clause is not None and clause > governor else set()
        return draft
    if grid.deps[token] != "pobj" or grid.words[governor] not in {"in", "by"} or governor != first - 1:
        return None
    draft = Draft(anchor=token, source=source, cue={governor, *range(last, token + 1)} - set(range(*source)))
    draft.content = _around(grid, sentence, draft, (governor, token + 1)) - {token, *range(last - 1, token)}
    return draft


def _document_and_colon(grid: Tree, sentence: Sentence, token: int) -> Draft | None:
    """ "A joint statement from X and Y: they met today"."""
    if grid.lemmas[token] not in {
        "statement",
        "message",
        "letter",
        "email",
        "note",
        "memo",
        "announcement",
    }:
        return None
    colon = next((i for i in range(token + 1, sentence.last - 2) if grid.words[i] == ":"), None)
    if colon is None:
        return None
    by = next((k for k in grid.kids[token] if k > token and grid.words[k] in {"from", "by"}), None)
    named = grid.child(by, "pobj") if by is not None else None
    if named is not None and grid.right[named] == colon:
        source = noun_phrase(grid, named, stop=colon)
    else:
        governor = grid.heads[token]
        own = grid.child(governor, "nsubj") if grid.deps[token] == "dobj" else None
        if own is None or own > governor or grid.right[token] > colon:
            return None
        source = noun_phrase(grid, own, stop=governor)
    draft = Draft(anchor=token, source=source, cue={token})
    draft.content = set(range(colon + 1, sentence.last))
    return draft


def _silence(grid: Tree, token: int) -> Draft | None:
    """ "Declined to comment", "did not respond to a request", "had no comment", "could not be reached"."""
    if grid.pos[token] not in {"VERB", "AUX"}:
        return None
    asked = grid.child(token, "xcomp")
    who = grid.child(token, "nsubj", "nsubjpass")
    if who is None or who > token:
        return None
    words = cues().silence
    refuses = grid.lemmas[token] in {"decline", "refuse"} and asked is not None and grid.lemmas[asked] in words
    negated = grid.child(token, "neg") is not None or grid.words[grid.left[who]] in {"neither", "none", "nobody"}
    mute = negated and grid.lemmas[token] in {"respond", "reply", "answer", "comment", "return", "reach"}
    nothing = grid.lemmas[token] in {"have", "make", "offer", "give"} and _no_comment(grid, token)
    if not (refuses or mute or nothing):
        return None
    source = noun_phrase(grid, who, stop=token)
    cue = verb_group(grid, token)
    if refuses and asked is not None:
        cue |= set(range(token, asked + 1))
    if nothing:
        cue |= set(range(token, grid.right[token])) - set(range(*source))
    draft = Draft(anchor=token, source=source, cue=cue, silent=True)
    draft.content = set(range(*grid.subtree(token)))
    return draft


def _no_comment(grid: Tree, token: int) -> bool:
    thing = grid.child(token, "dobj")
    return thing is not None and grid.words[thing] == "comment" and grid.child(thing, "det", "neg") is not None
