"""Words that a document announces and the capture does not hold ("issued a statement:" and then nothing)."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.attribution.tree import Tree
from onrecord.model import Attribution, Embed, Span
from onrecord.text.parse import Parsed

# What shares its subject with the verb above it: "met and then issued a statement".
_SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp"})


def clear_of_embeds(parsed: Parsed, found: Iterable[Attribution]) -> list[Attribution]:
    """The attributions without those whose cue announces an embed, for what happens to stand next is not what was
    said; and without the announcing clause in the content of others."""
    embeds = parsed.article.embeds
    return [_clipped(parsed.text, a, embeds) for a in found if not any(_of_embed(a, e) for e in embeds)]


def _of_embed(attribution: Attribution, embed: Embed) -> bool:
    announces = any(cue.overlaps(embed.span) for cue in attribution.cue)
    return announces and any(c.start >= embed.span.end for c in attribution.content)


def _clipped(text: str, attribution: Attribution, embeds: Iterable[Embed]) -> Attribution:
    content = list(attribution.content)
    for embed in embeds:
        for n, span in enumerate(content):
            kept = text[span.start : embed.span.start].rstrip(" ,;\u2013\u2014-")
            if span.start < embed.span.start < span.end and kept:
                content[n] = Span(span.start, span.start + len(kept))
    return Attribution(attribution.source, attribution.cue, tuple(content))


def announcer(parsed: Parsed, grid: Tree, span: Span) -> int | None:
    """The token that heads who announces an embed, in the announcing clause or as the subject that its verb shares
    with an earlier one; None when nobody is named."""
    tokens = range(parsed.tokens(span).start, parsed.tokens(span).end)
    named = next((i for i in tokens if grid.deps[i] in {"nsubj", "pobj"}), None)
    if named is not None and grid.deps[named] == "nsubj":
        return named
    verb = next((i for i in tokens if grid.pos[i] == "VERB"), None)
    while verb is not None:
        subject = grid.child(verb, "nsubj")
        if subject is not None:
            return subject
        verb = grid.heads[verb] if grid.deps[verb] in _SHARING and grid.heads[verb] != verb else None
    return named
