"""Who relays whom: "told the Ledger", "X reports, citing Y", reports within reports, retellings of an article.

The carriers of a statement (``via``) stand innermost first. A carrier is named only where the text says so, or
where a sentence beside it does and nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.attribution.authority import relays, without_the_told
from onrecord.attribution.lexicon import cues, source_words
from onrecord.attribution.names import Nature, is_own
from onrecord.attribution.speaker import Speakers
from onrecord.attribution.spoken import Speaker
from onrecord.attribution.tree import tokens_of
from onrecord.model import Attribution, Span
from onrecord.text.parse import Parsed, Sentence

_ATTITUDES = frozenset(
    {"hope", "want", "expect", "fear", "believe", "think", "feel", "wish", "intend", "plan", "need", "know", "see"}
    | {"understand", "worry", "consider", "prefer", "agree", "anticipate", "decide", "show", "mean", "refuse"}
)
CITING = frozenset({"citing", "quoting", "referencing"})
_RESTING = {"relying": "on", "based": "on", "drawing": "on", "resting": "on"}
_CARRIED = 2  # sentences: who told an outlet something and goes on is still telling that outlet
_RETOLD = 3  # sentences after an outlet's report within its paragraph
_OPENING = 2  # sentences in which a document says whose article it retells
_LONGEST = 200  # words: a longer sentence is a list, and each tag would search it
_NEIGHBOURS = 6  # attributions of a sentence that may share their content


@dataclass(frozen=True, slots=True)
class Told:
    """An attribution with its speaker and the carriers between him and this page, innermost first."""

    attribution: Attribution
    speaker: Speaker
    via: tuple[str, ...]
    cited: bool = False  # the speaker is the one that an outlet cites

    @property
    def name(self) -> str | None:
        return self.speaker.source.name


def told_by(speakers: Speakers, attribution: Attribution) -> Told:
    """Who is told to say it, and by whom it is told in the same sentence."""
    parsed = speakers.names.parsed
    plain = replace(attribution, content=tuple(_without_that(parsed, s) for s in attribution.content))
    speaker = speakers.resolve(plain)
    via = tuple(n for n in relays(speakers.names, plain) if n != speaker.name)
    plain = without_the_told(speakers.names, plain)
    if not via:
        via = _told_reporter(speakers, plain)
    cited = _cited(speakers, plain, speaker)
    if cited is not None:
        deeper, content = cited
        via = tuple(n for n in via if n != deeper.name)
        rest = tuple(n for n in speaker.relaying() if n not in via)
        return Told(replace(plain, content=content), deeper, (*via, *rest), cited=True)
    if speaker.nature is Nature.UNNAMED and speaker.outlet and speaker.outlet not in via:
        via = (*via, speaker.outlet)
    return Told(plain, speaker, via)


def _without_that(parsed: Parsed, span: Span) -> Span:
    """Content without the "that" that introduces it."""
    text = span.of(parsed.text)
    return Span(span.start + 5, span.end) if text[:5].lower() == "that " and len(text) > 5 else span


def _told_reporter(speakers: Speakers, attribution: Attribution) -> tuple[str, ...]:
    """ "The same people told him": a reporter met before, and his outlet."""
    grid = speakers.names.grid
    anchors = tokens_of(speakers.names.parsed, attribution.cue)
    for token in anchors:
        who = grid.child(token, "dobj", "dative")
        if who is None or who <= token or grid.words[who] not in {"him", "her"}:
            continue
        reporter = speakers.of_phrase((who, who + 1))
        if reporter.outlet is not None:
            return reporter.relaying()
    return ()


def _cited(
    speakers: Speakers, attribution: Attribution, speaker: Speaker
) -> tuple[Speaker, tuple[Span, ...]] | None:
    """Of "the Ledger reported, citing two officials, that ...": the officials, and the content without them."""
    if not attribution.cue or not (speaker.nature is Nature.OUTLET or speaker.outlet):
        return None
    grid, parsed = speakers.names.grid, speakers.names.parsed
    sentence = parsed.sentence_at(attribution.cue[0].start)
    if sentence is None or sentence.last - sentence.first > _LONGEST:
        return None
    for token in range(sentence.first, sentence.last - 1):
        after = _rests_on(speakers, token)
        if after is None:
            continue
        content = _before(parsed, attribution.content, token)
        head = grid.phrase(after, sentence.last)
        if head is None or not content:
            continue
        end = max(grid.right[head], min(grid.right[token], sentence.last))
        comma = next((i for i in range(head + 1, end) if grid.words[i] in {",", "."}), end)
        found = speakers.of_phrase((after, comma))
        if found.nature in {Nature.UNNAMED, Nature.PERSON, Nature.ORGANISATION, Nature.OUTLET}:
            speakers.spoken.append((after, found))
            return found, content
    return None


def _rests_on(speakers: Speakers, token: int) -> int | None:
    """The token at which the phrase begins on which a report rests, None when no such wording stands here."""
    words = speakers.names.grid.words
    if words[token] in CITING:
        return token + 1
    return token + 2 if words[token + 1] == _RESTING.get(words[token]) else None


def _before(parsed: Parsed, content: tuple[Span, ...], token: int) -> tuple[Span, ...]:
    """Content without the words from a token on, where it stands within its last span and after a comma."""
    at = parsed.span(token, token + 1)
    holding = next((s for s in content if s.holds(at)), None)
    if holding is None:
        return content
    if holding is not content[-1] or parsed.doc[token - 1].text not in {",", "\u2014", "\u2013", "-"}:
        return ()
    end = parsed.span(token - 1, token).start
    rest = (Span(holding.start, end),) if end > holding.start else ()
    return (*content[:-1], *rest)


# ------------------------------------------------------------------------------- one content, two tags


def merged(parsed: Parsed, told: Sequence[Told]) -> list[Told]:
    """Two tags on one content are one statement: of "the committee told members, Reuters reports" Reuters is a
    carrier, and "the board reportedly said" is what the board said."""
    out: list[Told | None] = list(told)
    by_sentence: dict[int, list[int]] = {}
    for at, this in enumerate(told):
        sentence = parsed.sentence_at(this.attribution.content[0].start)
        if sentence is not None:
            by_sentence.setdefault(sentence.n, []).append(at)
    for together in by_sentence.values():
        for n, a in enumerate(together):
            for b in together[n + 1 : n + 1 + _NEIGHBOURS]:
                one, two = out[a], out[b]
                if one is None or two is None:
                    continue
                if _superfluous(one, two) or _names_cited(parsed, one, two):
                    out[a] = None
                elif _superfluous(two, one) or _names_cited(parsed, two, one):
                    out[b] = None
                elif _alike(one, two) and _carries(one) and not _carries(two):
                    out[a], out[b] = None, _through(two, one)
                elif _alike(one, two) and _carries(two) and not _carries(one):
                    out[a], out[b] = _through(one, two), None
    return [t for t in out if t is not None]


def _superfluous(this: Told, other: Told) -> bool:
    """A cue without a source that is part of another's cue ("reportedly said")."""
    if this.attribution.source or not this.attribution.cue or not other.attribution.source:
        return False
    return all(any(c.holds(own) for c in other.attribution.cue) for own in this.attribution.cue)


def _names_cited(parsed: Parsed, this: Told, other: Told) -> bool:
    """A "citing" whose object is the speaker of another statement already."""
    words = {w.casefold() for s in this.attribution.cue for w in s.of(parsed.text).split()}
    return other.cited and not this.cited and bool(words) and words <= CITING


def _alike(one: Told, two: Told) -> bool:
    a, b = one.attribution.content, two.attribution.content
    shared = sum(max(0, min(s.end, t.end) - max(s.start, t.start)) for s in a for t in b)
    return shared * 10 >= 8 * max(_length(a), _length(b))


def _carries(told: Told) -> bool:
    return told.speaker.nature is Nature.OUTLET or (
        told.speaker.nature is Nature.PERSON and told.speaker.outlet is not None
    )


def _through(told: Told, carrier: Told) -> Told:
    names = (*carrier.speaker.relaying(), *carrier.via)
    return replace(told, via=(*told.via, *(n for n in names if n not in told.via and n != told.name)))


# ------------------------------------------------------------------------------- over several sentences


def carried(parsed: Parsed, told: Iterable[Told]) -> list[Told]:
    """Who told an outlet something and goes on is still telling that outlet."""
    out: list[Told] = []
    last: dict[str, tuple[Told, Sentence]] = {}
    for this in told:
        sentence = parsed.sentence_at(this.attribution.content[-1].end - 1)
        name = this.name
        if name is None or sentence is None:
            out.append(this)
            continue
        if name in last and not this.via and this.speaker.nature is not Nature.OUTLET:
            before, there = last[name]
            near = there.block == sentence.block and 0 <= sentence.n - there.n <= _CARRIED
            if before.via and (near or this.speaker.again) and not _silent(parsed, this):
                this = replace(this, via=before.via)
        last[name] = (this, sentence)
        out.append(this)
    return out


def _silent(parsed: Parsed, told: Told) -> bool:
    """ "He would not say", "it declined to comment" is seen, not told to anybody."""
    words = {w.casefold() for s in told.attribution.cue for w in s.of(parsed.text).split()}
    return bool(words & {"declined", "refused", "not", "never"}) or any("n't" in w for w in words)


def retold(speakers: Speakers, told: Sequence[Told]) -> list[Told]:
    """In a retelling, people without a name speak to the outlet whose report is retold.

    An outlet's report reaches to such people a few sentences on in its paragraph. Where a document opens by
    naming the article it retells ("an article that the Ledger published"), it reaches to all of them until another
    outlet is named. A document to which people spoke itself is no retelling.
    """
    parsed = speakers.names.parsed
    own = parsed.article.outlet
    if any(own in t.via for t in told if own) or _asked_here(speakers):
        return list(told)
    named = outlets_named(speakers)
    whole = _article_retold(speakers)
    out: list[Told] = []
    frame: tuple[tuple[str, ...], Sentence] | None = None
    for this in told:
        sentence = parsed.sentence_at(this.attribution.start)
        if sentence is None:
            out.append(this)
            continue
        others = named.get(sentence.n, frozenset())
        if whole is not None and others - {whole}:
            whole = None
        if not this.via and _may_be_retold(speakers, this) and not others:
            near = frame is not None and frame[1].block == sentence.block and sentence.n - frame[1].n <= _RETOLD
            if frame is not None and near:
                this = replace(this, via=frame[0])
            elif whole is not None:
                this = replace(this, via=(whole,))
        chain = _chain(this)
        if chain and chain[-1] != own:
            frame = (chain, sentence)
        elif this.via:
            frame = None
        out.append(this)
    return out


def _chain(told: Told) -> tuple[str, ...]:
    if told.speaker.nature is Nature.OUTLET and told.speaker.source.party is not None and told.name:
        return (told.name,)
    if told.via and told.speaker.nature in {Nature.UNNAMED, Nature.OUTLET}:
        return told.via
    return ()


def _may_be_retold(speakers: Speakers, told: Told) -> bool:
    grid = speakers.names.grid
    speaker = told.speaker
    adverb = any(grid.words[i] in cues().adverbs for i in tokens_of(speakers.names.parsed, told.attribution.cue))
    if adverb and told.attribution.source:
        return True
    if speaker.nature is not Nature.UNNAMED or speaker.head is None or speaker.pronoun or speaker.parties:
        return False
    return grid.lemmas[speaker.head] in source_words().informants and not _silent(speakers.names.parsed, told)


def outlets_named(speakers: Speakers) -> dict[int, frozenset[str]]:
    """The outlets, by sentence number, that the prose names beside the document's own."""
    parsed, who = speakers.names.parsed, speakers.names.who
    own = parsed.article.outlet
    out: dict[int, set[str]] = {}
    for mention in who.mentions:
        party = who.party(mention.party) if mention.party else None
        sentence = parsed.sentence_at(mention.span.start)
        if party is None or sentence is None or is_own(own, (party.name, *party.aliases)):
            continue
        tokens = parsed.tokens(mention.span)
        if len(tokens) and speakers.names.nature(tokens.end - 1) is Nature.OUTLET:
            out.setdefault(sentence.n, set()).add(party.name)
    return {n: frozenset(found) for n, found in out.items()}


def _article_retold(speakers: Speakers) -> str | None:
    """The one outlet whose article a document opens with."""
    names = speakers.names
    grid = names.grid
    found: set[str] = set()
    for sentence in names.parsed.prose()[:_OPENING]:
        for token in range(sentence.first, sentence.last):
            if grid.lemmas[token] in source_words().outlet_items and grid.pos[token] == "NOUN":
                issuer = speakers.of_phrase(grid.subtree(token))
                if issuer.nature is Nature.OUTLET and issuer.source.party is not None and issuer.name:
                    found.add(issuer.name)
    return next(iter(found)) if len(found) == 1 else None


def _asked_here(speakers: Speakers) -> bool:
    """Whether people spoke to this document's author: "told us", "reached by phone", "spoke to the Ledger"."""
    grid = speakers.names.grid
    for sentence in speakers.names.parsed.prose():
        for i in range(sentence.first, sentence.last - 1):
            here = grid.words[i + 1] in {"us", "me"} or speakers.names.own_outlet(i + 1)
            if grid.words[i] in {"told", "tell", "to", "by"} and here:
                return True
    return False


# ------------------------------------------------------------------------------- reports within reports


def unwrapped(speakers: Speakers, told: Sequence[Told]) -> list[Told]:
    """ "The union said a manager had told it that ..." is one statement, the manager's, told by way of the
    union: an attribution whose content is little but another one is a carrier. What somebody is said to hope or
    want is no statement beside the one that says so."""
    pairs = _nested(told)
    shells: set[int] = set()
    swallowed: set[int] = set()
    for inner, around in pairs:
        filled = [o for o in around if _fills(inner.attribution, o.attribution)]
        if around and inner.speaker.pronoun:
            swallowed.add(id(inner))  # what "it" wants within another's words is part of those words
        elif filled and _is_attitude(speakers, inner) and not _is_attitude(speakers, filled[0]):
            swallowed.add(id(inner))
        else:
            shells.update(id(o) for o in filled)
    out: list[Told] = []
    for inner, around in pairs:
        if id(inner) in shells or id(inner) in swallowed:
            continue
        via = list(inner.via)
        for outer in (o for o in around if _relays_others(speakers, o, inner)):
            for name in (*outer.speaker.relaying(), *outer.via):
                if name not in via and name != inner.name:
                    via.append(name)
        out.append(replace(inner, via=tuple(via)))
    return out


def _nested(told: Sequence[Told]) -> list[tuple[Told, list[Told]]]:
    """Each attribution with those whose content holds it, the innermost first."""
    out: list[tuple[Told, list[Told]]] = []
    waiting = sorted(told, key=lambda t: -t.attribution.content[0].start)
    open_: list[Told] = []
    for inner in sorted(told, key=lambda t: t.attribution.start):
        start = inner.attribution.start
        while waiting and waiting[-1].attribution.content[0].start <= start:
            open_.append(waiting.pop())
        open_ = [o for o in open_ if o.attribution.content[-1].end > start]
        around = [o for o in open_ if o is not inner and _holds(o.attribution, inner.attribution)]
        out.append((inner, sorted(around, key=lambda o: (_length(o.attribution.content), o.attribution.start))))
    return out


def _relays_others(speakers: Speakers, outer: Told, inner: Told) -> bool:
    if outer.speaker.parties and set(inner.speaker.parties) & set(outer.speaker.parties):
        return False
    return not _is_attitude(speakers, outer) and not _silent(speakers.names.parsed, outer)


def _is_attitude(speakers: Speakers, told: Told) -> bool:
    grid = speakers.names.grid
    anchors = tokens_of(speakers.names.parsed, told.attribution.cue)
    lemmas = {grid.lemmas[i] for i in anchors if grid.pos[i] in {"VERB", "AUX", "NOUN"}}
    disputes = any(v in cues().verbs and cues().verbs[v].certainty == "denied" for v in lemmas)
    return disputes or (bool(lemmas) and lemmas <= _ATTITUDES | {"be", "have", "do", "will", "would"})


def _holds(outer: Attribution, inner: Attribution) -> bool:
    parts = (*inner.source, *inner.cue, *inner.content)
    return all(any(o.holds(p) for o in outer.content) for p in parts)


def _fills(inner: Attribution, outer: Attribution) -> bool:
    """Whether an attribution, from its first word to its last, is most of another's content."""
    parts = (*inner.source, *inner.cue, *inner.content)
    hull = max(p.end for p in parts) - min(p.start for p in parts)
    return hull * 10 >= _length(outer.content) * 7


def _length(spans: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in spans)
