"""Documents with ready statements, so that a test of claims needs no parser."""

from __future__ import annotations

from onrecord.model import (
    Ahead,
    Authority,
    Certainty,
    Quote,
    ReadArticle,
    Reading,
    Source,
    Span,
    Statement,
    statement_id,
)
from tests import factories


def said(
    text: str,
    words: str,
    *,
    by: str | None = "the union",
    authority: Authority | None = Authority.PARTY,
    via: tuple[str, ...] = (),
    certainty: Certainty = Certainty.CERTAIN,
    document: str,
) -> Statement:
    """A statement whose content is the first place where ``words`` stand."""
    at = text.index(words)
    content = (Span(at, at + len(words)),)
    return Statement(
        id=statement_id(document, None, None, content),
        document=document,
        source=Source(name=by),
        cue=None,
        content=content,
        quote=Quote.INDIRECT,
        authority=authority,
        via=via,
        certainty=certainty,
    )


def document(
    id: str,
    words: str,
    *,
    published: str | None = "2024-05-02",
    outlet: str | None = None,
    by: str | None = "the union",
    authority: Authority | None = Authority.PARTY,
    via: tuple[str, ...] = (),
    certainty: Certainty = Certainty.CERTAIN,
    ahead: int = 0,
    horizon: str | None = None,
) -> ReadArticle:
    """A document of one sentence, all of it the content of one statement (and, if asked, ahead of the record)."""
    article = factories.article(words, published=published, outlet=outlet, id=id)
    statement = said(article.text, words, by=by, authority=authority, via=via, certainty=certainty, document=id)
    claims = (
        (Ahead(span=statement.content[0], direction=ahead, horizon=horizon, statement=statement.id),)
        if ahead
        else ()
    )
    return ReadArticle(
        article=article,
        reading=Reading(
            document=id,
            reader="test",
            kind=None,
            published=article.published,
            statements=(statement,),
            ahead=claims,
        ),
    )
