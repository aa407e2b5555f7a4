"""A second reader: a language model, reached through the ``llm`` library, proposes statements.

The user names the model; without that nothing is asked and no network is touched. The model gets a stretch of text
and one question. It has no tools, no memory of other documents, and what it answers goes through
``attribution.second``: its proposals are rows of their own, and no finding follows from them.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import dating, parties
from onrecord.attribution import second
from onrecord.attribution.read import read as read_statements
from onrecord.model import Article, Attribution, OnrecordError, Problem, Stage, Statement
from onrecord.text.parse import DEFAULT_PIPELINE, Parsed, parse
from onrecord.text.parse import pipeline as load_pipeline

_log = logging.getLogger(__name__)
PATIENCE = 120.0
"""Seconds that an answer may take."""
GIVE_UP = 3
"""Failures in a row after which the rest is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What a second reader proposed for a document: how many statements, those that could be kept, and why the
    others were dropped."""

    document: str
    reader: str
    proposed: int
    statements: tuple[Statement, ...]
    dropped: tuple[tuple[str, int], ...]


def reader_name(model: str) -> str:
    """The name under which a model's proposals are kept."""
    return f"llm {model} v{second.VERSION}"


class SecondReader:
    """A model that proposes statements.

    ``model`` is a name or alias that ``llm models`` lists. Raises OnrecordError when llm is not installed or does
    not know the model.
    """

    def __init__(
        self,
        model: str,
        *,
        pipeline: str | None = None,
        presets: Sequence[Path] = (),
        patience: float = PATIENCE,
    ) -> None:
        self._model = _model(model)
        self.name = reader_name(str(self._model.model_id))
        self._nlp = load_pipeline(pipeline or DEFAULT_PIPELINE)
        self._presets = parties.load(tuple(presets))
        self._patience = patience

    def read(self, articles: Iterable[Article]) -> Iterator[SecondReading | Problem]:
        """A second reading of each article, or the problem that it met; after some failures in a row the rest is
        not asked, and the last problem says so."""
        failed = 0
        for article in articles:
            try:
                yield self._one(article)
                failed = 0
            except _Failed as error:
                failed += 1
                yield _problem(article, self.name, str(error), last=failed == GIVE_UP)
                if failed == GIVE_UP:
                    return

    def _one(self, article: Article) -> SecondReading:
        proposed, dropped, kept = 0, Counter[str](), list[Attribution]()
        for question in second.questions(article):
            answer = self._ask(question.prompt)
            try:
                found = second.proposals(answer, article, question.window)
            except second.AnswerError as error:
                raise _Failed(str(error)) from None
            proposed += found.proposed
            dropped.update(found.dropped)
            kept += found.kept
        statements = self._statements(article, tuple(kept)) if kept else ()
        return SecondReading(
            document=article.id,
            reader=self.name,
            proposed=proposed,
            statements=statements,
            dropped=tuple(sorted(dropped.items())),
        )

    def _statements(self, article: Article, kept: tuple[Attribution, ...]) -> tuple[Statement, ...]:
        """Statements read from the proposals alone, by the rules that read all others."""
        parsed: Parsed = next(iter(parse([article], self._nlp)))
        times, _ = dating.read(parsed, article.published)
        found = read_statements(parsed, parties.find(parsed, self._presets), times, kept)
        contents = [c for a in kept for c in a.content]
        return tuple(s for s in found if not s.missing and any(c.overlaps(o) for c in s.content for o in contents))

    def _ask(self, prompt: str) -> str:
        """The model's answer. It is waited for in a thread that ends with the program: not every model heeds a
        time limit."""
        answers: queue.SimpleQueue[str | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                held = {"schema": second.SCHEMA} if getattr(self._model, "supports_schema", False) else {}
                answers.put(str(self._model.prompt(prompt, system=second.SYSTEM, stream=False, **held).text()))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True, name="second reader").start()
        try:
            answer = answers.get(timeout=self._patience)
        except queue.Empty:
            raise _Failed(f"no answer within {self._patience:g} s") from None
        if isinstance(answer, Exception):
            if type(answer).__name__ == "NeedsKeyException":
                raise OnrecordError(f"{answer}; set one with: llm keys set NAME") from None
            _log.debug("the second reader failed", exc_info=answer)
            raise _Failed(f"{type(answer).__name__}: {' '.join(str(answer).split())[:200]}")
        return answer


class _Failed(Exception):
    """The model gave no answer that can be used."""


def _model(name: str) -> Any:
    try:
        import llm
    except ImportError:
        raise OnrecordError(
            "a second reader needs the llm library; install it with: pip install 'onrecord[llm]'"
        ) from None
    try:
        return llm.get_model(name)
    except llm.UnknownModelError:
        raise OnrecordError(f"llm knows no model {name!r}; see which it knows with: llm models") from None


def _problem(article: Article, reader: str, message: str, *, last: bool) -> Problem:
    after = f"; after {GIVE_UP} failures in a row the other documents were not asked about" if last else ""
    return Problem(
        stage=Stage.SECOND,
        source=article.source,
        document=article.id,
        message=f"the second reader ({reader}) could not be used on it: {message}{after}",
        hint="read with --second-reader once more; what onrecord read itself is not touched by it",
    )
