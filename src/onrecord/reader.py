"""Read one document: from an article to a reading, through the rooms in their order. Pure and batched."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from onrecord import dating, parties, weighing
from onrecord.attribution.finders import Found
from onrecord.attribution.finders import finder as finder_named
from onrecord.attribution.kind import kind
from onrecord.attribution.read import read as read_statements
from onrecord.events.effects import effects
from onrecord.events.read import read as read_events
from onrecord.model import Article, Problem, Reading, Stage
from onrecord.standing.document import state_of
from onrecord.text.parse import DEFAULT_PIPELINE, Parsed, parse
from onrecord.text.parse import pipeline as load_pipeline

_log = logging.getLogger(__name__)
_BATCH = 32


class Reader:
    """The rooms with their models and presets loaded, once.

    ``pipeline`` names a spaCy pipeline, ``finder`` how attributions are found (``both``, ``tagger``, ``rules``),
    ``presets`` are files of parties added to those that ship. Raises OnrecordError when one of them is not to be
    had.
    """

    def __init__(
        self, *, version: str, pipeline: str | None = None, finder: str = "both", presets: Sequence[Path] = ()
    ) -> None:
        self.version = version
        self._nlp = load_pipeline(pipeline or DEFAULT_PIPELINE)
        self._find = finder_named(finder)
        self._presets = parties.load(tuple(presets))

    def read(self, articles: Iterable[Article]) -> Iterator[Reading | Problem]:
        """Readings in the order of the articles; a document on which a room fails becomes one problem."""
        waiting = iter(articles)
        while batch := list(islice(waiting, _BATCH)):
            items = self._parsed(batch)
            parsed = [item for item in items if isinstance(item, Parsed)]
            found = iter(self._find(parsed))
            for item in items:
                yield self._guarded(item, next(found)) if isinstance(item, Parsed) else item

    def _parsed(self, batch: Sequence[Article]) -> list[Parsed | Problem]:
        try:
            return list(parse(batch, self._nlp))
        except Exception:
            if len(batch) == 1:
                _log.debug("parse failed", exc_info=True)
                return [_failed(batch[0], "the parser")]
            return [item for article in batch for item in self._parsed([article])]

    def _guarded(self, parsed: Parsed, found: Found) -> Reading | Problem:
        try:
            return self._document(parsed, found)
        except Exception as error:
            _log.debug("reading failed", exc_info=True)
            return _failed(parsed.article, f"the reader ({type(error).__name__}: {error})")

    def _document(self, parsed: Parsed, found: Found) -> Reading:
        """All that the rooms get out of one document."""
        article = parsed.article
        times, counts = dating.read(parsed, article.published)
        published = dating.bounded(parsed, article.published, times)
        who = parties.find(parsed, self._presets)
        statements = read_statements(parsed, who, times, found.to_read)
        happened = read_events(parsed, who, times, statements)
        state, state_evidence = state_of(parsed, happened, times) if happened else (None, ())
        sort = kind(parsed, who, statements)
        return Reading(
            document=article.id,
            reader=self.version,
            kind=sort,
            published=published,
            mentions=who.mentions,
            parties=who.parties,
            times=times,
            counts=counts,
            attributions=found.attributions,
            statements=statements,
            events=happened,
            effects=effects(parsed, who, statements),
            state=state,
            state_evidence=state_evidence,
            ahead=weighing.ahead(parsed, statements, times),
            framing=weighing.framing(parsed, who, statements, kind=sort),
        )


def _failed(article: Article, what: str) -> Problem:
    return Problem(
        stage=Stage.READ,
        source=article.source,
        document=article.id,
        message=f"{what} failed on this document; its text is kept and searchable",
        hint="please report it with the text, or try a newer version of onrecord",
    )
