"""Who credits and who blames which side for what: movement, generosity, obstruction, harm.

The ways of saying it are data (``data/framing.toml``). A framing needs a party whose side is known, as the subject
of the words, right after them, or as their owner; where the text leaves that open, nothing is found. It is a
finding on the telling: that a text credits or blames somebody, never that somebody is right or at fault.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from onrecord.model import About, BlockRole, Framing, Kind, PartyKind, Side, Span, Statement
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed, Sentence

_READ = frozenset({BlockRole.PARAGRAPH, BlockRole.TITLE, BlockRole.HEADING})
_SIDES = (Side.WORKERS, Side.EMPLOYERS)
_PRONOUNS = frozenset({"they", "it", "he", "she", "we", "i", "who", "which", "that"})
_SHARE_A_SUBJECT = frozenset(
    {"xcomp", "conj", "aux", "acomp", "attr", "advcl", "prep", "pcomp", "dobj", "pobj", "amod"}
)
_REACH = 5  # words between a verb of blame and the side it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way of crediting or blaming: see the head of data/framing.toml."""

    words: re.Pattern[str]
    who: str
    tone: int
    about: About
    negated: bool
    example: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    patterns: tuple[Pattern, ...]
    irony: re.Pattern[str]
    story: re.Pattern[str]
    expectation: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """What data/framing.toml holds."""
    held = tomllib.loads(files("onrecord.weighing").joinpath("data/framing.toml").read_text("utf-8"))
    return Lexicon(
        patterns=tuple(
            Pattern(
                words=_compiled(row["words"]),
                who=row["who"],
                tone=row["tone"],
                about=About(row["about"]),
                negated=row.get("negated", False),
                example=row["example"],
            )
            for row in held["pattern"]
        ),
        irony=_compiled(held["irony"]["words"]),
        story=_compiled(held["irony"]["story"]),
        expectation=_compiled(held["expectation"]["words"]),
    )


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def framing(
    parsed: Parsed, who: Who, statements: Sequence[Statement], *, kind: Kind | None = None
) -> tuple[Framing, ...]:
    """All framings of a document in text order, none within another.

    Praise that a document of opinion turns round ("how generous"), or tells as a side's story, is ``ironic``: it
    is the author's, whoever's words it borrows, and names no ``statement``.
    """
    found: list[Framing] = []
    for sentence in parsed.sentences:
        if sentence.role in _READ and not _asks(parsed, sentence):
            found += _in_sentence(parsed, sentence, who, statements, kind)
    kept: list[Framing] = []
    for f in sorted(found, key=lambda f: (f.span.start - f.span.end, f.span, f.about)):
        at = next((n for n, k in enumerate(kept) if k.span.overlaps(f.span)), None)
        if at is None:
            kept.append(f)
        elif kept[at].by is None and (kept[at].side, kept[at].tone) == (f.side, f.tone):
            kept[at] = replace(kept[at], by=f.by)  # "accused them of refusing": the accuser tells the refusal
    return tuple(sorted(kept, key=lambda f: f.span))


def _asks(parsed: Parsed, sentence: Sentence) -> bool:
    return sentence.span.of(parsed.text).rstrip(" \"'”’)").endswith("?")


def _in_sentence(
    parsed: Parsed, sentence: Sentence, who: Who, statements: Sequence[Statement], kind: Kind | None
) -> Iterator[Framing]:
    words = parsed.doc[sentence.first : sentence.last]
    known = lexicon()
    told = words.text
    for pattern in known.patterns:
        for match in pattern.words.finditer(told):
            stretch = parsed.doc.char_span(
                words.start_char + match.start(), words.start_char + match.end(), alignment_mode="expand"
            )
            if stretch is None or _negated(list(stretch)) is not pattern.negated or _conditional(list(stretch)):
                continue
            target = _target(pattern.who, parsed, sentence, list(stretch), who)
            if target is None:
                continue
            side, party, at = target
            story = known.story.search(told[: match.start()])
            turned = known.irony.search(told[: match.end()]) if kind is Kind.OPINION else None
            ironic = story is not None or (turned is not None and pattern.tone > 0)
            said = None if ironic else _innermost(statements, parsed.span_of(stretch))
            by = None if ironic else _teller(pattern, parsed, sentence, list(stretch), who, said)
            if by is side and pattern.tone < 0:
                continue  # nobody blames the own side: who speaks was misread
            yield Framing(
                span=parsed.span(min(at[0].i, stretch.start), max(at[-1].i + 1, stretch.end)),
                target=parsed.span(at[0].i, at[-1].i + 1).of(parsed.text),
                side=side,
                tone=pattern.tone,
                about=pattern.about,
                party=party,
                by=by,
                statement=said.id if said is not None else None,
                expectation=known.expectation.search(told) is not None,
                ironic=ironic,
                in_title=sentence.role is not BlockRole.PARAGRAPH,
            )


def _teller(
    pattern: Pattern, parsed: Parsed, sentence: Sentence, stretch: list[Token], who: Who, said: Statement | None
) -> Side | None:
    """The side that credits or blames: that of the subject of a verb of praise or blame, else that of who says
    so."""
    if pattern.who == "after":
        subject = _subject(stretch)
        target = None if subject is None else _sided(parsed, sentence, subject, who)
        if target is not None:
            return target[0]
    if said is None:
        return None
    return said.source.side if said.source.side in _SIDES else _side_of(said.source.party, who)


Target = tuple[Side, str | None, list[Token]]


def _target(where: str, parsed: Parsed, sentence: Sentence, stretch: list[Token], who: Who) -> Target | None:
    doc = parsed.doc
    if where == "subject":
        subject = _subject(stretch)
        return None if subject is None else _sided(parsed, sentence, subject, who)
    if where == "owner":
        at = stretch[0].i - 1
        if at >= sentence.first and doc[at].lower_ in ("'s", "’s", "'", "’"):
            at -= 1
        elif at < sentence.first or doc[at].tag_ != "PRP$":
            return None
        return _sided(parsed, sentence, doc[at], who)
    for token in doc[stretch[-1].i + 1 : min(stretch[-1].i + 1 + _REACH, sentence.last)]:
        if token.dep_ in ("dobj", "pobj", "nsubjpass", "conj") or token.ent_type_:
            found = _sided(parsed, sentence, token, who)
            if found is not None:
                return found
        if token.is_punct:
            return None
    return None


def _subject(stretch: list[Token]) -> Token | None:
    """The subject of the verb in the words, or of the verbs above that share it; of a passive none: who is blamed
    there is another matter."""
    verb = next((t for t in stretch if t.pos_ in ("VERB", "AUX")), stretch[0])
    for _ in range(6):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            return subject
        if any(c.dep_ == "nsubjpass" for c in verb.children):
            return None
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
        if verb.dep_ not in _SHARE_A_SUBJECT:
            return None
        if verb.head.i == verb.i:
            return None
        below, verb = verb, verb.head
        given = next((c for c in verb.children if c.dep_ == "dobj" and c.i < below.i), None)
        if given is not None and below.dep_ in ("xcomp", "prep"):
            return given  # "accused the company of refusing": who refuses is the object
    return None


def _sided(parsed: Parsed, sentence: Sentence, token: Token, who: Who) -> Target | None:
    """The side that the words around a token name. A pronoun counts as the one side that the sentence names before
    it; where it names both, or none, it stays open."""
    words = [
        t for t in token.subtree if t.i >= sentence.first and t.dep_ not in ("relcl", "acl", "advcl", "appos")
    ]
    words = [t for t in words if token.i - 6 <= t.i <= token.i + 3] or [token]
    if token.lower_ in _PRONOUNS or token.tag_ == "PRP$":
        named = {_side_of(m.party, who) for m in who.mentions if _before(m.span, sentence, parsed, token)} - {None}
        if len(named) != 1:
            return None
        side = next(iter(named))
        return None if side is None else (side, None, [token])
    mention = who.at(parsed.span(token.i, token.i + 1))
    if mention is None or mention.party is None:
        return None
    side = _side_of(mention.party, who)
    inside = [t for t in words if mention.span.overlaps(parsed.span(t.i, t.i + 1))] or [token]
    return None if side is None else (side, mention.party, inside)


def _before(span: Span, sentence: Sentence, parsed: Parsed, token: Token) -> bool:
    return sentence.span.start <= span.start and span.end <= parsed.span(token.i, token.i + 1).start


def _side_of(party: str | None, who: Who) -> Side | None:
    known = who.party(party) if party is not None else None
    if known is None or known.side not in _SIDES or known.kind in (PartyKind.OUTLET, PartyKind.THIRD_PARTY):
        return None
    return known.side


def _negated(stretch: list[Token]) -> bool:
    """Whether the clause of the words is negated, or its verb stands under "fail" or "never"."""
    verb = next((t for t in stretch if t.pos_ in ("VERB", "AUX")), stretch[0])
    chain = [verb, *([verb.head] if verb.dep_ in ("xcomp", "acomp", "attr", "aux", "ccomp") else [])]
    return any(
        child.dep_ == "neg" or child.lower_ in ("never", "nor", "neither", "hardly")
        for t in (*chain, *stretch)
        for child in t.children
        if child.i <= stretch[-1].i
    )


def _conditional(stretch: list[Token]) -> bool:
    """Whether the words themselves are the condition ("if the company refuses to talk")."""
    verb = next((t for t in stretch if t.pos_ in ("VERB", "AUX")), stretch[0])
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children)


def _innermost(statements: Sequence[Statement], words: Span) -> Statement | None:
    holding = [
        (c.end - c.start, s.id, s) for s in statements for c in s.content if not s.missing and c.overlaps(words)
    ]
    return min(holding, key=lambda h: h[:2])[2] if holding else None
