"""The author's own voice: where the talks stand, what may come, what it means and what is wrong, asserted by
nobody else. Plain narration of what happened is no such claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.attribution.cover import Cover
from onrecord.attribution.lexicon import table, words
from onrecord.attribution.quotations import Quotation, around
from onrecord.attribution.tree import SUBJECTS, Range, Tree, spans
from onrecord.model import Span
from onrecord.text.parse import Parsed, Sentence

_ABLE = frozenset(
    {"say", "see", "hear", "tell", "reach", "afford", "find"}
)  # "could hear" tells what was possible
_SEEMING = frozenset({"seem", "appear", "look"})
_NOBODY = frozenset({"nobody", "none", "neither"})
_JOINED = frozenset({"conj", "parataxis"})
_DEPENDENT = frozenset({"xcomp", "acomp", "oprd", "acl", "advcl", "pcomp", "aux", "auxpass", "relcl", "csubj"})
_LATELY = 2  # sentences back that may say what a sentence speaks of
_SHORTEST = 3  # words
_ADVERBIAL = 12  # words that may stand before what opens a clause
_LONGEST = 200  # words: what is longer is a table or a list


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the author: ``clause`` with what introduces it ("it is possible that"), ``content`` without."""

    clause: Span
    content: Span


@dataclass(frozen=True, slots=True)
class _Wordings:
    topics: re.Pattern[str]
    marks: re.Pattern[str]
    checks: re.Pattern[str]
    matrices: re.Pattern[str]
    moods: frozenset[str]


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

    return _Wordings(
        topics=pattern("topics"),
        marks=pattern("state", "judgement", "forecast"),
        checks=pattern("checks"),
        matrices=pattern("matrices"),
        moods=frozenset(words(data["moods"])),
    )


def concerns(content: Sequence[Span], parsed: Parsed) -> bool:
    """Whether content speaks of the dispute."""
    return any(_wordings().topics.search(parsed.text, s.start, s.end) for s in content)


def author_claims(parsed: Parsed, grid: Tree, taken: Cover, quoted: Sequence[Quotation]) -> list[Claim]:
    """The clauses in which the document judges, forecasts or says where the talks stand, attributed to nobody.

    ``taken`` is what its statements cover. A sentence counts when it speaks of the dispute, or one of the two
    before it does.
    """
    out: list[Claim] = []
    lately = [False] * _LATELY
    for sentence in parsed.prose():
        about = concerns([sentence.span], parsed)
        short = sentence.last - sentence.first <= _LONGEST
        if short and not sentence.span.of(parsed.text).endswith("?"):
            out += _of_sentence(parsed, grid, sentence, about or any(lately), taken, quoted)
        lately = [*lately[1:], about]
    return out


def _of_sentence(
    parsed: Parsed, grid: Tree, sentence: Sentence, about: bool, taken: Cover, quoted: Sequence[Quotation]
) -> list[Claim]:
    claimed: list[Range] = []
    for token, always in _marks(parsed, grid, sentence):
        own = parsed.span(token, token + 1)
        if not (about or always) or taken.touches(own) or around(quoted, token) is not None:
            continue
        clause = _clause(grid, sentence, token)
        if clause is not None and not any(a < clause[1] and clause[0] < b for a, b in claimed):
            claimed.append(clause)
    out: list[Claim] = []
    for first, last in claimed:
        free = [i for i in range(first, last) if not taken.touches(parsed.span(i, i + 1))]
        found = spans(parsed, grid, free)
        longest = max(found, key=lambda s: (s.end - s.start, -s.start), default=None)
        if longest is not None and len(parsed.tokens(longest)) >= _SHORTEST:
            out.append(Claim(longest, _without_matrix(parsed, longest)))
    return out


def _marks(parsed: Parsed, grid: Tree, sentence: Sentence) -> Iterator[tuple[int, bool]]:
    """The tokens by which a sentence may claim something, and whether they do so whatever it speaks of."""
    known = _wordings()
    for pattern, always in ((known.checks, True), (known.marks, False)):
        for match in pattern.finditer(parsed.text, sentence.span.start, sentence.span.end):
            tokens = parsed.tokens(Span(match.start(), match.end()))
            if len(tokens):
                yield tokens.start, always
    for token in range(sentence.first, sentence.last):
        word = grid.words[token]
        if (
            (grid.tags[token] == "MD" and _forecasts(grid, token))
            or (grid.lemmas[token] in _SEEMING and _appears(grid, token))
            or (word in known.moods and _in_a_mood(grid, token))
            or (word == "nothing" and _nothing(grid, token))
        ):
            yield token, False


def _forecasts(grid: Tree, modal: int) -> bool:
    """Whether a modal says what may come: not "nobody could say", "if they could", "so that it could"."""
    verb, word = grid.heads[modal], grid.words[modal]
    denied = any(grid.deps[k] == "neg" for k in grid.kids[verb])
    if grid.deps[verb] in {"advcl", "acl", "csubj", "pcomp"}:
        return False
    if word in {"will", "wo"}:
        # "Nothing will sail before May": a plan is narration, that something will not come is a forecast.
        return denied and any(grid.words[k] in {"before", "until"} for k in grid.kids[verb])
    able = grid.lemmas[verb] in _ABLE or any(grid.words[k] in _NOBODY for k in grid.kids[verb])
    return word in {"may", "might"} or (word == "could" and not denied and not able)


def _appears(grid: Tree, verb: int) -> bool:
    """ "The offer seems dead", "the talks look set to fail": a judgement by appearance."""
    return (
        grid.tags[verb] in {"VBZ", "VBP"}
        and not _depends(grid, verb)
        and grid.child(verb, "nsubj") is not None
        and grid.child(verb, "acomp", "oprd", "xcomp", "ccomp") is not None
    )


def _in_a_mood(grid: Tree, token: int) -> bool:
    """ "The two camps are divided": how the sides are, as the author sees them."""
    if grid.deps[token] in {"acomp", "oprd", "attr"}:
        return grid.lemmas[grid.heads[token]] in {"be", "grow", "remain", "stay", "become", "look", "seem"}
    return grid.child(token, "auxpass") is not None and grid.child(token, "agent") is None


def _nothing(grid: Tree, token: int) -> bool:
    """ "Nothing moved", "nothing has been agreed": what did not come of it."""
    return grid.deps[token] in {"nsubj", "nsubjpass"} and not _depends(grid, grid.heads[token])


def _clause(grid: Tree, sentence: Sentence, token: int) -> Range | None:
    """The clause that claims: the main one around a wording, without those joined to it and without its reason."""
    verb = grid.clause(token)
    while grid.heads[verb] != verb and (_depends(grid, verb) or grid.pos[verb] not in {"VERB", "AUX"}):
        verb = grid.clause(grid.heads[verb])
    first, last = grid.subtree(verb)
    for kid in grid.kids[verb]:
        joined = grid.deps[kid] in _JOINED and grid.child(kid, *SUBJECTS) is not None
        reason = grid.deps[kid] == "advcl" and grid.words[grid.left[kid]] in {"because", "since"}
        if (joined or reason) and grid.left[kid] > max(token, verb):
            last = min(last, grid.left[kid])
        elif joined and grid.right[kid] <= min(token, verb):
            first = max(first, grid.right[kid])
    first, last = max(first, sentence.first), min(last, sentence.last)
    if grid.words[first : first + 2] == ["a", ":"]:
        first += 2  # an answer to a printed question
    while last > first and grid.pos[last - 1] in {"CCONJ", "PUNCT"}:
        last -= 1
    while first < last and grid.pos[first] in {"CCONJ", "PUNCT"}:
        first += 1
    return (first, last) if last - first >= _SHORTEST else None


def _depends(grid: Tree, verb: int) -> bool:
    """Whether a verb makes no claim of its own: an infinitive, a condition, a relative clause, the second of two
    verbs with one subject, or one joined to such."""
    at = verb
    while grid.deps[at] == "conj" and grid.heads[at] != at:
        if grid.child(at, *SUBJECTS) is None:
            return True
        at = grid.heads[at]
    return grid.deps[at] in _DEPENDENT


def _without_matrix(parsed: Parsed, clause: Span) -> Span:
    """What stands under "it is clear that" or "let's not", which open a clause or follow an adverbial."""
    match = _wordings().matrices.search(parsed.text, clause.start, clause.end)
    if match is None or len(parsed.text[clause.start : match.start()].split()) > _ADVERBIAL:
        return clause
    start = match.end()
    while start < clause.end and parsed.text[start].isspace():
        start += 1
    rest = Span(start, clause.end) if start < clause.end else None
    return rest if rest is not None and len(parsed.tokens(rest)) >= _SHORTEST else clause
