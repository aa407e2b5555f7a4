"""Who told a claim first, and who has it from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from onrecord.claims.link import SAME_WORDING
from onrecord.claims.tellable import Tellable, outlet_key
from onrecord.model import Authority, Kind, Relation, Score, Span

COPY_WORDS = 8  # shorter stretches come out alike by chance
_OWN_SOURCE = frozenset({Authority.JOINT, Authority.PARTY, Authority.NAMED, Authority.UNNAMED})
_PUBLIC = frozenset({Authority.JOINT, Authority.PARTY})
_SECOND_HAND = frozenset({Kind.AGGREGATION, Kind.OPINION, Kind.EXPLAINER})
_EVERYBODY = frozenset({"unnamed", "many", "most", "others", "people", "observers", "everybody", "everyone"})
"""Speakers whom the text leaves out, and everybody: what goes round has no origin in those who repeat it."""
_RANK = {None: 6, Authority.JOINT: 0, Authority.PARTY: 1, Authority.NAMED: 2, Authority.UNNAMED: 3}

Passages = Callable[[str, str], Sequence[Span]]
"""By a document and another one: the stretches of the first that stand in the other too."""


def place(t: Tellable) -> tuple[str, int, int, str]:
    """Where a telling stands, as a key of order."""
    return (t.document, t.span.start, t.span.end, t.statement or "")


def when(t: Tellable) -> tuple[bool, date, int, tuple[str, int, int, str]]:
    """The order in which tellings came, as far as it is known: the undated last, on one day by authority."""
    return (t.published is None, t.published or date.max, _RANK.get(t.authority, 5), place(t))


def relation(t: Tellable, near: Sequence[tuple[Tellable, Score]], passages: Passages) -> Relation:
    """Where a telling has its claim from: an earlier document's own words, an outlet that it names, its own
    source; unknown when it shows none. What is credited to an agency is the agency's. ``near`` are the tellings of
    the claim that it is held against."""
    if any(_earlier(other, t) and _is_copy(t, other, score, passages) for other, score in near):
        return Relation.COPIED
    if t.agency is not None and t.agency != t.outlet:
        return Relation.COPIED
    if t.cites:
        return Relation.CITES
    if t.authority in _OWN_SOURCE and t.source is not None:
        return Relation.INDEPENDENT
    if t.report:
        return Relation.CITES
    return Relation.INDEPENDENT if t.utterance else Relation.UNKNOWN


def _earlier(a: Tellable, b: Tellable) -> bool:
    """Whether ``a`` was told before ``b``; of one day, a report before a digest."""
    if a.published is None or b.published is None:
        return False
    return a.published < b.published or (a.published == b.published and b.kind is Kind.AGGREGATION is not a.kind)


def _is_copy(t: Tellable, other: Tellable, score: Score, passages: Passages) -> bool:
    if t.document == other.document or t.outlet in other.cites:
        return False
    if score.parts[0].name == SAME_WORDING and t.plain.count(" ") >= COPY_WORDS - 1:
        return True
    return any(
        2 * (min(p.end, t.span.end) - max(p.start, t.span.start)) > t.span.end - t.span.start
        for p in passages(t.document, other.document)
    )


def origin(told: Sequence[Tellable], relations: Sequence[Relation]) -> tuple[int | None, str | None]:
    """The telling that comes first, or the name of the origin outside the record that all lead to; neither when it
    cannot be told.

    An origin is a report or a statement that has the claim from a source of its own, or to which others lead. A
    digest, an opinion, what cites or copies, and what answers somebody are none; of several that are undated none
    is. What a party told everybody on one day has its origin in the party.
    """
    copied_from = Relation.COPIED in relations
    own = [n for n, t in enumerate(told) if may_be(t, relations[n], copied=copied_from)]
    cited = Counter(c for t in told for c in (*t.cites, t.agency) if c is not None and c != t.outlet)
    at_home = [n for n in own if told[n].outlet in cited]
    if at_home:
        return min(at_home, key=lambda n: when(told[n])), None
    dated = [n for n in own if told[n].published is not None]
    if dated or len(own) == 1:
        first = min(dated or own, key=lambda n: when(told[n]))
        if told[first].authority in _PUBLIC and told[first].kind is not Kind.STATEMENT:
            same_day = [t for t in told if t.document != told[first].document and _close(t, told[first])]
            later = any(t.document != told[first].document for t in told)
            if not later or any(t.authority in _PUBLIC for t in same_day):
                return None, told[first].source
        if (
            not cited
            or _before_all(told[first], [t for t in told if t.cites])
            or told[first].document in {t.document for t in told if t.cites}
        ):
            return first, None
    outside = sorted(cited, key=lambda c: (-cited[c], c))
    return None, outside[0] if outside else None


def may_be(t: Tellable, relation: Relation, *, copied: bool) -> bool:
    """Whether a telling may be an origin; narration may where others have ``copied`` it."""
    if t.kind in _SECOND_HAND or t.contests or relation in (Relation.CITES, Relation.COPIED):
        return False
    if t.authority in _OWN_SOURCE and t.source is not None:
        return t.source.casefold() not in _EVERYBODY
    if t.authority is Authority.OUTLET and t.source is not None:
        return outlet_key(t.source) == t.outlet
    return copied


def _close(a: Tellable, b: Tellable) -> bool:
    return a.published is not None and b.published is not None and abs((a.published - b.published).days) <= 1


def _before_all(t: Tellable, citing: Sequence[Tellable]) -> bool:
    """Whether a telling with a source of its own is dated before all that cite an outlet not in the record."""
    if t.published is None or t.authority not in _OWN_SOURCE:
        return False
    return all(c.published is not None and t.published < c.published for c in citing)
