"""Who bears a cost: the nouns of a clause that name someone outside the talks."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.events.clauses import Clause
from onrecord.events.lexicon import classes
from onrecord.events.tagging import Tags

_SKIPPED = frozenset({"many", "other", "its", "their", "our", "her", "his", "same"})


def bearers(doc: Doc, clause: Clause, tagged: Tags, *, subject: bool) -> list[Token]:
    """The bearers of a clause: its subjects, or its objects with everything that is listed after them."""
    if subject:
        return [doc[i] for i in clause.agents if _is_bearer(doc[i], tagged)]
    if clause.passive:
        return [doc[i] for i in clause.patients if _is_bearer(doc[i], tagged)]
    # Long lists ("support staff, caterers and restaurants, among others") are torn apart by the parser: take every
    # bearer up to the next verb that has a subject.
    out: list[Token] = []
    for token in doc[clause.head + 1 : doc[clause.head].sent.end]:
        ends = token.tag_ in ("VBD", "VBZ", "VBP", "MD") and any(c.dep_ == "nsubj" for c in token.children)
        if ends or token.tag_ == "MD" or token.text in ".;:":
            break
        if _is_bearer(token, tagged) and token.head.dep_ != "prep" and not _described(token):
            out.append(token)
    return out


def phrase(token: Token) -> str:
    """The words of a noun phrase without its article, common nouns in lower case: "catering companies"."""
    while token.dep_ in ("compound", "amod") and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    before = [
        t for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "poss") and t.lower_ not in _SKIPPED
    ]
    named = [w for t in before for w in (*(x for x in t.lefts if x.dep_ == "compound"), t)]
    first = min([_entry_start(token), *(t.i for t in named)])
    kept = {t.i for t in (*named, token)} | set(range(_entry_start(token), token.i))
    return " ".join(
        t.text if t.pos_ == "PROPN" else t.lower_ for t in token.doc[first : token.i + 1] if t.i in kept
    )


def _entry_start(token: Token) -> int:
    """Where the longest entry of the class "bearer" that ends at a token begins, whatever the parser made of
    it."""
    doc, best = token.doc, token.i
    entries = [
        e for norm in (token.lemma_.lower(), token.lower_) for e, n in classes().get(norm, ()) if n == "bearer"
    ]
    for entry in entries:
        begin = token.i - len(entry) + 1
        words = doc[max(begin, 0) : token.i]
        if 0 <= begin < best and all(
            w in (t.lemma_.lower(), t.lower_) for w, t in zip(entry, words, strict=False)
        ):
            best = begin
    return best


def _is_bearer(token: Token, tagged: Tags) -> bool:
    return "bearer" in tagged[token.i] and token.pos_ in ("NOUN", "PROPN") and "strike" not in tagged[token.i]


def _described(token: Token) -> bool:
    """Whether a noun only describes the next one ("catering companies")."""
    return (
        token.dep_ in ("compound", "nmod")
        and token.i + 1 < len(token.doc)
        and token.doc[token.i + 1].pos_ == "NOUN"
    )
