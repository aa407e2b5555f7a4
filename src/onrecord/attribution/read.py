"""Read who says what in one document: find, resolve the speaker, and say on whose authority and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.attribution.authority import authority, relays
from onrecord.attribution.certainty import certainty
from onrecord.attribution.cover import Cover
from onrecord.attribution.find import find_in
from onrecord.attribution.likelihood import likelihood
from onrecord.attribution.names import Nature, names
from onrecord.attribution.quotations import Quotation, quotations
from onrecord.attribution.quoting import quote_of
from onrecord.attribution.spans import Attribution
from onrecord.attribution.speaker import Speaker, Speakers
from onrecord.attribution.tree import Tree, tokens_of, tree
from onrecord.attribution.voice import author_claims, concerns, party_claims, speaks_as_party
from onrecord.model import (
    Authority,
    BlockRole,
    Certainty,
    Party,
    Quote,
    Source,
    Span,
    Statement,
    TimeExpression,
    statement_id,
)
from onrecord.parties.who import Who
from onrecord.text.parse import Parsed

_SAYING = frozenset(
    {"say", "tell", "add", "announce", "warn", "deny", "insist", "argue", "state", "according", "claim"}
    | {"report", "write", "estimate"}
)


@dataclass(frozen=True, slots=True)
class _Told:
    """An attribution with its speaker and the carriers between him and this page, innermost first."""

    attribution: Attribution
    speaker: Speaker
    via: tuple[str, ...]


def read(
    parsed: Parsed,
    who: Who,
    times: tuple[TimeExpression, ...] = (),
    found: tuple[Attribution, ...] | None = None,
) -> tuple[Statement, ...]:
    """The statements of a document in text order.

    ``found`` are the attributions of a better finder; without them the rules of ``find`` are used.
    """
    grid = tree(parsed)
    quoted = quotations(parsed)
    voice = speaks_as_party(parsed, grid, who, quoted)
    speakers = Speakers(names(parsed, grid, who), voice)
    attributions = find_in(parsed, grid, quoted) if found is None else found
    told = [_told(speakers, a) for a in attributions]
    told = _carried(parsed, told)
    told = _without_shells(_nested([t for t in told if _speaks(parsed, grid, t)]))
    statements = [_statement(parsed, grid, quoted, speakers, t, voice, times) for t in told]
    statements += _missing(parsed, speakers, statements)
    statements += _own_voice(parsed, grid, quoted, voice, statements, times)
    return tuple(sorted({s.id: s for s in statements}.values(), key=lambda s: (_start(s), s.id)))


def _told(speakers: Speakers, attribution: Attribution) -> _Told:
    content = tuple(_without_that(speakers.names.parsed, s) for s in attribution.content)
    plain = Attribution(attribution.source, attribution.cue, content)
    speaker, via = speakers.resolve(plain), relays(speakers.names, plain)
    cited = speakers.cited(plain, speaker)
    if cited is not None:
        return _Told(plain, cited, (*via, *(n for n in speaker.relaying() if n not in via)))
    if speaker.nature is Nature.UNNAMED and speaker.outlet and speaker.outlet not in via:
        via = (*via, speaker.outlet)
    return _Told(plain, speaker, via)


def _without_that(parsed: Parsed, span: Span) -> Span:
    """Content without the "that" that introduces it."""
    text = span.of(parsed.text)
    return Span(span.start + 5, span.end) if text[:5].lower() == "that " and len(text) > 5 else span


def _speaks(parsed: Parsed, grid: Tree, told: _Told) -> bool:
    """Things show and mean, and that is no statement; what "says" or "told" is somebody, if unknown who."""
    content = tokens_of(parsed, told.attribution.content)
    if not any(grid.pos[i] in {"NOUN", "PROPN", "VERB", "AUX", "ADJ", "NUM", "INTJ", "ADV"} for i in content):
        return False
    if told.speaker.first_person and told.speaker.nature is None:
        return concerns(told.attribution.content, parsed) and any(grid.pos[i] in {"VERB", "AUX"} for i in content)
    if told.speaker.nature is not Nature.THING:
        return True
    return any(grid.lemmas[i] in _SAYING for i in tokens_of(parsed, told.attribution.cue))


def _carried(parsed: Parsed, told: list[_Told]) -> list[_Told]:
    """Who told an outlet something and goes on in the next sentence is still telling that outlet."""
    out: list[_Told] = []
    for this in told:
        before = out[-1] if out else None
        same = before is not None and before.speaker.source.name == this.speaker.source.name is not None
        if (
            before is not None
            and same
            and not this.via
            and before.via
            and this.speaker.nature is not Nature.OUTLET
        ):
            here, there = (parsed.sentence_at(t.attribution.content[-1].end - 1) for t in (this, before))
            if here is not None and there is not None and here.block == there.block and 0 <= here.n - there.n <= 1:
                this = replace(this, via=before.via)
        out.append(this)
    return out


# ------------------------------------------------------------------------------- who relays whom


def _nested(told: list[_Told]) -> list[tuple[_Told, list[_Told]]]:
    """Each attribution with those whose content holds it, the innermost first."""
    out: list[tuple[_Told, list[_Told]]] = []
    waiting = sorted(told, key=lambda t: -t.attribution.content[0].start)
    open_: list[_Told] = []
    for inner in sorted(told, key=lambda t: t.attribution.start):
        start = inner.attribution.start
        while waiting and waiting[-1].attribution.content[0].start <= start:
            open_.append(waiting.pop())
        open_ = [o for o in open_ if o.attribution.content[-1].end > start]
        around = [o for o in open_ if o is not inner and _holds(o.attribution, inner.attribution)]
        out.append((inner, sorted(around, key=lambda o: (_length(o.attribution.content), o.attribution.start))))
    return out


def _without_shells(nested: Iterable[tuple[_Told, list[_Told]]]) -> list[_Told]:
    """ "The union said a manager had told it that ..." is one statement, the manager's, told by way of the
    union: an attribution whose content is nothing but another one is a carrier."""
    pairs = list(nested)
    shells = {id(o) for inner, around in pairs for o in around if _fills(inner.attribution, o.attribution)}
    out: list[_Told] = []
    for inner, around in pairs:
        if id(inner) in shells or (around and inner.speaker.pronoun):
            continue  # what "it" wants within another's words is part of those words
        via = list(inner.via)
        for outer in around:
            for name in (*outer.speaker.relaying(), *outer.via):
                if name not in via and name != inner.speaker.source.name:
                    via.append(name)
        out.append(replace(inner, via=tuple(via)))
    return out


def _holds(outer: Attribution, inner: Attribution) -> bool:
    parts = (*inner.source, *inner.cue, *inner.content)
    return all(any(o.holds(p) for o in outer.content) for p in parts)


def _fills(inner: Attribution, outer: Attribution) -> bool:
    return _length((*inner.source, *inner.cue, *inner.content)) * 10 >= _length(outer.content) * 8


def _length(spans: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in spans)


# ------------------------------------------------------------------------------- statements


def _statement(
    parsed: Parsed,
    grid: Tree,
    quoted: tuple[Quotation, ...],
    speakers: Speakers,
    told: _Told,
    voice: Party | None,
    times: tuple[TimeExpression, ...],
) -> Statement:
    attribution, speaker = told.attribution, told.speaker
    sure = certainty(parsed, grid, attribution.cue, attribution.content)
    if _asked(parsed, attribution):
        sure = Certainty.UNKNOWN
    in_title = _in_title(parsed, attribution.content[0])
    own = voice is not None and speaker.source.party == voice.id
    via = told.via
    if voice is not None and not own and voice.name not in via:
        via = (*via, voice.name)
    return Statement(
        id=_id(parsed, speaker.source, attribution.cue, attribution.content),
        document=parsed.article.id,
        source=speaker.source,
        cue=_hull(attribution.cue),
        content=attribution.content,
        quote=Quote.DIRECT if own else quote_of(parsed, grid, attribution.content, quoted),
        authority=authority(speakers.names, attribution, speaker),
        via=via,
        certainty=sure,
        likelihood=likelihood(parsed, (*attribution.cue, *attribution.content), times) if _hedged(sure) else None,
        in_title=in_title,
    )


def _asked(parsed: Parsed, attribution: Attribution) -> bool:
    """Whether the sentence that attributes is itself a question: "Will they say that a deal is near?"."""
    if not attribution.cue:
        return False
    sentence = parsed.sentence_at(attribution.cue[0].start)
    return sentence is not None and sentence.span.of(parsed.text).endswith("?")


def _hedged(sure: Certainty) -> bool:
    return sure in {Certainty.PROBABLE, Certainty.POSSIBLE}


def _hull(spans: tuple[Span, ...]) -> Span | None:
    """The first run of the cue: what stands between its parts belongs to somebody else."""
    return spans[0] if spans else None


def _id(parsed: Parsed, source: Source, cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
    return statement_id(parsed.article.id, source.span, _hull(cue), content)


def _in_title(parsed: Parsed, span: Span) -> bool:
    sentence = parsed.sentence_at(span.start)
    return sentence is not None and sentence.role in {BlockRole.TITLE, BlockRole.HEADING}


def _start(statement: Statement) -> int:
    spans = [*statement.content, *(s for s in (statement.source.span, statement.cue) if s is not None)]
    return min(s.start for s in spans)


def _missing(parsed: Parsed, speakers: Speakers, statements: Sequence[Statement]) -> list[Statement]:
    """What embeds announced and the capture does not hold, where a speaker is named."""
    out: list[Statement] = []
    for embed in parsed.article.embeds:
        if any(embed.span.overlaps(c) for s in statements for c in s.content):
            continue
        tokens = parsed.tokens(embed.span)
        root = next(
            (i for i in range(tokens.start, tokens.end) if speakers.names.grid.deps[i] in {"nsubj", "pobj"}), None
        )
        if root is None:
            continue
        speaker = speakers.of_phrase(speakers.names.grid.subtree(root))
        if speaker.source.name is None or speaker.nature in {None, Nature.THING} or speaker.first_person:
            continue
        attribution = Attribution((), (), (embed.span,))
        sure = authority(speakers.names, Attribution((embed.span,), (), ()), speaker)
        out.append(
            Statement(
                id=_id(parsed, speaker.source, (), attribution.content),
                document=parsed.article.id,
                source=speaker.source,
                cue=None,
                content=(embed.span,),
                quote=Quote.INDIRECT,
                authority=sure,
                missing=True,
                in_title=_in_title(parsed, embed.span),
            )
        )
    return out


def _own_voice(
    parsed: Parsed,
    grid: Tree,
    quoted: tuple[Quotation, ...],
    voice: Party | None,
    statements: Sequence[Statement],
    times: tuple[TimeExpression, ...],
) -> list[Statement]:
    """What the document says in its own name: the claims of the organisation that issued it, or the author's."""
    taken = Cover(c for s in statements for c in (*s.content, s.cue, s.source.span) if c is not None)
    article = parsed.article
    if voice is not None:
        source = Source(
            name=voice.name, party=voice.id, side=voice.side, why="the document is the organisation's own"
        )
        contents, who_says, told = party_claims(parsed, grid, taken), Authority.PARTY, Quote.DIRECT
    else:
        source = Source(name=article.outlet or article.byline, why="the document's own voice")
        contents, who_says, told = author_claims(parsed, grid, taken, quoted), Authority.AUTHOR, Quote.INDIRECT
    out: list[Statement] = []
    for span in contents:
        sure = certainty(parsed, grid, (), (span,))
        out.append(
            Statement(
                id=_id(parsed, source, (), (span,)),
                document=article.id,
                source=source,
                cue=None,
                content=(span,),
                quote=told,
                authority=who_says,
                certainty=sure,
                likelihood=likelihood(parsed, (span,), times) if _hedged(sure) else None,
                in_title=False,
            )
        )
    return out
