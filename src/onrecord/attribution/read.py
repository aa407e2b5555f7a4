"""Read who says what in one document: find, resolve the speaker, and say on whose authority and how sure."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attribution.author import Claim, author_claims, concerns
from onrecord.attribution.authority import authority
from onrecord.attribution.certainty import certainty
from onrecord.attribution.cover import Cover
from onrecord.attribution.embeds import announcer, clear_of_embeds
from onrecord.attribution.find import find_in
from onrecord.attribution.likelihood import is_plain, likelihood
from onrecord.attribution.names import Nature, names
from onrecord.attribution.quotations import Quotation, quotations
from onrecord.attribution.quoting import quote_of
from onrecord.attribution.relay import CITING, Told, carried, merged, retold, told_by, unwrapped
from onrecord.attribution.speaker import Speakers
from onrecord.attribution.tree import Tree, tokens_of, tree
from onrecord.attribution.voice import party_claims, speaks_as_party
from onrecord.model import (
    Attribution,
    Authority,
    BlockRole,
    Certainty,
    Likelihood,
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

_UNNAMED_BY_WISH = ("not to be named", "not to be identified", "not to be quoted", "to remain anonymous")


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
    speakers = Speakers(names(parsed, grid, who), voice, quoted)
    attributions = clear_of_embeds(parsed, find_in(parsed, grid, quoted) if found is None else found)
    told = merged(parsed, [told_by(speakers, a) for a in attributions])
    told = unwrapped(speakers, [t for t in told if _speaks(parsed, grid, t)])
    told = retold(speakers, carried(parsed, told))
    statements = [_statement(parsed, grid, quoted, speakers, t, voice, times) for t in told]
    statements += _missing(parsed, speakers, statements)
    statements += _own_voice(parsed, grid, quoted, voice, statements, times)
    return tuple(sorted({s.id: s for s in statements}.values(), key=lambda s: (_start(s), s.id)))


def _speaks(parsed: Parsed, grid: Tree, told: Told) -> bool:
    """Things show and mean, and that is no statement; what "says" or "told" is somebody, if unknown who."""
    content, cue = tokens_of(parsed, told.attribution.content), tokens_of(parsed, told.attribution.cue)
    if not any(grid.pos[i] in {"NOUN", "PROPN", "VERB", "AUX", "ADJ", "NUM", "INTJ", "ADV"} for i in content):
        return False
    if {grid.words[i] for i in cue} <= CITING and cue and not any(grid.pos[i] in {"VERB", "AUX"} for i in content):
        return False  # "Reuters, citing Variety, ..." names a carrier
    first = " ".join(grid.words[i] for i in content[:4])
    if first.startswith(_UNNAMED_BY_WISH) and any(grid.lemmas[i] == "ask" for i in cue):
        return False
    if told.speaker.first_person and told.speaker.nature is None:
        return concerns(told.attribution.content, parsed) and any(grid.pos[i] in {"VERB", "AUX"} for i in content)
    return told.speaker.nature is not Nature.THING or any(grid.lemmas[i] in _SAYING for i in cue)


# ------------------------------------------------------------------------------- statements


def _statement(
    parsed: Parsed,
    grid: Tree,
    quoted: tuple[Quotation, ...],
    speakers: Speakers,
    told: Told,
    voice: Party | None,
    times: tuple[TimeExpression, ...],
) -> Statement:
    attribution, speaker = told.attribution, told.speaker
    sure = certainty(parsed, grid, attribution.cue, attribution.content)
    if _asked(parsed, attribution):
        sure = Certainty.UNKNOWN
    in_title = _in_title(parsed, attribution.content[0])
    own = voice is not None and _speaks_for(voice, told)
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
        likelihood=_conveyed(parsed, (*attribution.cue, *attribution.content), times, sure),
        in_title=in_title,
    )


def _speaks_for(voice: Party, told: Told) -> bool:
    """Whether a source is the organisation that issued the document, or one of its people: what they say there is
    not relayed by it."""
    source = told.speaker.source
    of_it = source.affiliation == voice.name or (source.side is not None and source.side == voice.side)
    return source.party == voice.id or (told.speaker.nature is Nature.PERSON and of_it)


def _asked(parsed: Parsed, attribution: Attribution) -> bool:
    """Whether the sentence that attributes is itself a question: "Will they say that a deal is near?"."""
    if not attribution.cue:
        return False
    sentence = parsed.sentence_at(attribution.cue[0].start)
    return sentence is not None and sentence.span.of(parsed.text).endswith("?")


def _conveyed(
    parsed: Parsed, within: tuple[Span, ...], times: tuple[TimeExpression, ...], sure: Certainty
) -> Likelihood | None:
    """What a wording conveys: a hedge where the source is not certain, a plain "will" where it is."""
    if sure in {Certainty.PROBABLE, Certainty.POSSIBLE}:
        return likelihood(parsed, within, times, plain=False)
    found = likelihood(parsed, within, times) if sure is Certainty.CERTAIN else None
    return found if found is not None and found.span is not None and is_plain(parsed, found.span) else None


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
        root = announcer(parsed, speakers.names.grid, embed.span)
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
        claims = [Claim(c, c) for c in party_claims(parsed, grid, taken)]
        who_says, told = Authority.PARTY, Quote.DIRECT
    else:
        source = Source(name=article.outlet or article.byline, why="the document's own voice")
        claims, who_says, told = author_claims(parsed, grid, taken, quoted), Authority.AUTHOR, Quote.INDIRECT
    out: list[Statement] = []
    for claim in claims:
        span = claim.content
        sure = certainty(parsed, grid, (), (claim.clause,))
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
                likelihood=_conveyed(parsed, (claim.clause,), times, sure),
                in_title=False,
            )
        )
    return out
