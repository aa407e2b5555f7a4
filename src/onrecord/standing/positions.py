"""What each side wants, offers, accepts and refuses, issue by issue; and who has moved.

A position is a clause with three things: a party with a side, a verb that takes a stance, and an issue or a figure
on one. Where one of them is missing or could be of two parties there is none. Positions in headlines, questions
and conditions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from onrecord.model import (
    Authority,
    BlockRole,
    Certainty,
    Evidence,
    Mention,
    Position,
    ReadArticle,
    Side,
    Span,
    Stance,
    StanceChange,
    Statement,
    content_id,
)
from onrecord.standing.figures import figures
from onrecord.standing.issues import StanceWords, issues_in, stances
from onrecord.standing.placing import placed
from onrecord.standing.sides import Sides
from onrecord.text.sentences import sentences

_CLAUSE = re.compile(
    r";\s|,\s(?=(?:but|while|whereas|although|though|yet|where|which|who)\b)"
    r"|\s(?=but (?:later|then|now|has|have)\b)|,?\s(?=and (?:sets?|offers?|wants?|rejects?|it|they|we)\b)"
)
_UNSURE = re.compile(
    r"\b(?:if|unless|whether|should|would-be|might|may|could|rumou?r\w*|accus\w+|blam\w+)\b", re.I
)
_PRONOUN = re.compile(r"\b(?:it|they|we|he|she|i|our|its|their)\b", re.I)
_NEAR = 90  # characters; a subject farther from its verb may be another's
_JOINED = re.compile(r"(?:but|and|while|yet)\b", re.I)
_OPPOSITE = {Side.WORKERS: Side.EMPLOYERS, Side.EMPLOYERS: Side.WORKERS}
_AGAINST = frozenset({Stance.REFUSES, Stance.RESERVATION})
_FOR = frozenset({Stance.ACCEPTS, Stance.OFFER})


@dataclass(frozen=True, slots=True)
class _Holder:
    side: Side
    party: str | None
    name: str


def positions(documents: Sequence[ReadArticle], *, as_of: date | None = None) -> tuple[Position, ...]:
    """The positions that the documents tell, by issue, day and place in the text.

    The same words in two documents are two positions with the same ``name``, ``issue`` and figures; copies of one
    text stand once, with the first document. The order of the documents changes nothing.
    """
    here = [p for p in placed(documents, as_of=as_of) if as_of is None or p.known is not None]
    sides = Sides(p.read for p in here)
    found = [p for d in here for p in _of_document(d.read, d.told, sides)]
    found.sort(key=lambda p: (p.day or date.max, p.evidence))
    texts = {d.read.article.id: d.read.article.text for d in here}
    seen: set[tuple[str, str, str, str]] = set()
    out: list[Position] = []
    for p in found:
        words = " ".join(p.evidence.span.of(texts[p.evidence.document]).lower().split())
        key = (p.issue, p.stance, p.name, words)
        if key not in seen:
            seen.add(key)
            out.append(p)
    return tuple(sorted(out, key=lambda p: (p.issue, p.day or date.max, p.evidence, p.stance)))


def shifts(found: Sequence[Position]) -> tuple[StanceChange, ...]:
    """Changes of stance and of figures, both positions side by side.

    A party that was against and then is for, or the other way round, and a party whose figure of the same kind on
    the same issue is another than before. Only neighbours in time are compared, and only what the party's own word
    or the document's account tells; undated positions, and those on meeting, only within one document, in the
    order of its text.
    """
    out: list[StanceChange] = []
    lines: dict[tuple[str, Side, str], list[Position]] = {}
    for p in found:
        if p.authority not in (Authority.UNNAMED, Authority.OUTLET):
            lines.setdefault((p.issue, p.side, p.party or p.name), []).append(p)
    for (issue, side, _), line in sorted(lines.items()):
        line.sort(key=lambda p: (p.day or date.max, p.evidence))
        for before, after in pairwise(line):
            apart = before.day is None or after.day is None or issue == "meeting"  # which meeting is not known
            if apart and before.evidence.document != after.evidence.document:
                continue
            if _turned(before, after) or _moved(before, after):
                out.append(StanceChange(issue=issue, side=side, name=after.name, before=before, after=after))
    return tuple(out)


def _turned(before: Position, after: Position) -> bool:
    return (before.stance in _AGAINST and after.stance in _FOR) or (
        before.stance in _FOR and after.stance in _AGAINST
    )


def _moved(before: Position, after: Position) -> bool:
    """Whether a figure of the same kind is another: "four patients" and then "five patients"."""
    if before.stance is not after.stance or before.evidence == after.evidence:
        return False
    kinds = {(f.unit, f.per, f.over): (f.low, f.high) for f in before.figures}
    return any(kinds.get((f.unit, f.per, f.over), (f.low, f.high)) != (f.low, f.high) for f in after.figures)


# ------------------------------------------------------------------------------- one document


def _of_document(document: ReadArticle, day: date | None, sides: Sides) -> Iterator[Position]:
    article = document.article
    last: _Holder | None = None
    for sentence in sentences(article.text, article.blocks):
        words = sentence.span.of(article.text)
        if sentence.role is not BlockRole.PARAGRAPH or words.rstrip("\"'\u201d\u2019 ").endswith("?"):
            last = None
            continue
        if not _PRONOUN.match(words.lstrip("\"'\u2018\u201c")):
            last = None  # only "They want ..." goes on about the one named before
        issue: str | None = None
        for clause in _clauses(article.text, sentence.span):
            last = _holder(document, clause, sides, last) or last
            found = list(_in_clause(document, day, clause, sides, last, issue))
            issue = found[-1].issue if found else issue
            yield from found


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _CLAUSE.finditer(text, span.start, span.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def _in_clause(
    document: ReadArticle, day: date | None, clause: Span, sides: Sides, holder: _Holder | None, issue: str | None
) -> Iterator[Position]:
    """The positions of a clause. ``issue`` is that of the clause before, for "but later decided to go along"."""
    text = clause.of(document.article.text)
    cue = _cue(text)
    if cue is None or holder is None:
        return
    words, at = cue
    before = text[:at]
    if _UNSURE.search(before):
        return
    by = _other(holder, sides) if words.passive else holder
    if by is None:
        return
    named = issues_in(text[at:])
    if not named and words.stance in _AGAINST:
        named = [n for n in issues_in(text) if n[0] != "meeting"]
    if words.stance is Stance.OFFER:
        named = [n for n in named if n[0] != "meeting"]
    if not named and issue is not None and _JOINED.match(text):
        named = [(issue, at)]
    if not named:
        return
    told = _statement(document, clause)
    if told is not None and told.certainty is Certainty.DENIED:
        return
    comma = text.find(", ", at)
    reach = clause.start + (comma if comma >= 0 else len(text))
    given = figures(document.article.text, Span(clause.start + at, reach))
    for about in dict.fromkeys(name for name, _ in named[:2]):
        evidence = Evidence(document.article.id, clause)
        yield Position(
            id=content_id("position", about, words.stance, by.party or by.name, evidence),
            issue=about,
            stance=words.stance,
            side=by.side,
            party=by.party,
            name=by.name,
            figures=given if about == named[0][0] else (),
            evidence=evidence,
            day=day,
            source=told.source.name if told is not None else None,
            authority=told.authority if told is not None else Authority.AUTHOR,
        )


def _cue(text: str) -> tuple[StanceWords, int] | None:
    """The stance of a clause and where its word stands."""
    lower = text.lower().replace("\u2019", "'")
    if len(lower) != len(text):
        return None
    for words in stances():
        if match := words.pattern.search(lower):
            return words, match.start()
    return None


def _holder(document: ReadArticle, clause: Span, sides: Sides, last: _Holder | None) -> _Holder | None:
    """Whose stance a clause tells: the one side that it names before its verb; for a pronoun the side of the
    clause before or of who speaks; None where two sides are named, or none."""
    text = clause.of(document.article.text)
    cue = _cue(text)
    end = clause.start + (cue[1] if cue is not None else len(text))
    near = max(clause.start, end - _NEAR)
    named = [m for m in document.reading.mentions if near <= m.span.start < end]
    holders = [h for m in named if (h := _of_mention(document, m, sides)) is not None]
    if holders:
        # The subject of the verb stands nearest before it, unless what stands there is only its complement.
        one = {h.side for h in holders}
        return holders[-1] if len(one) == 1 else None
    if last is not None and (_PRONOUN.search(text[: end - clause.start]) or _JOINED.match(text)):
        return last
    told = _statement(document, clause)
    if told is None or told.source.side not in _OPPOSITE or not _PRONOUN.search(text[: end - clause.start]):
        return None
    root = sides.root(told.source.party) if told.source.party else None
    return _Holder(told.source.side, root, sides.name(root) if root else str(told.source.name))


def _of_mention(document: ReadArticle, mention: Mention, sides: Sides) -> _Holder | None:
    if mention.party is None:
        return None
    side = sides.side(mention.party)
    if side not in _OPPOSITE:
        return None
    root = sides.root(mention.party)
    return _Holder(side, root, sides.name(root))


def _other(holder: _Holder, sides: Sides) -> _Holder | None:
    """The leading body of the other side."""
    side = _OPPOSITE[holder.side]
    body = sides.employers if side is Side.EMPLOYERS else sides.workers
    return None if body is None else _Holder(side, body, sides.name(body))


def _statement(document: ReadArticle, clause: Span) -> Statement | None:
    """The statement that the clause is told in: that with whose content it shares most."""
    best: tuple[int, Statement] | None = None
    for s in document.reading.statements:
        shared = sum(max(0, min(c.end, clause.end) - max(c.start, clause.start)) for c in s.content)
        if shared > 0 and (best is None or shared > best[0]):
            best = shared, s
    return best[1] if best is not None else None
