"""For annotators: brat's standoff files, and CoNLL columns of source, cue and content.

brat counts offsets in code points of the text file, as spans here do; a text file is the captured text as UTF-8.
See https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Event, ReadArticle, Span, Statement
from onrecord.record import queries

CONFIGURATION = """[entities]
Source
Cue
Content
Time
Ahead

[relations]
said_by Arg1:Content, Arg2:Source
cued_by Arg1:Content, Arg2:Cue

[events]
{events}

[attributes]
Authority Arg:Content, Value:joint|party|named|unnamed|outlet|author
Certainty Arg:Content, Value:certain|probable|possible|denied|unknown
Status Arg:<EVENT>, Value:happened|planned|possible|denied|ongoing
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of an export: its name, without a folder, and what it holds."""

    name: str
    text: str


def brat(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[File]:
    """A ``.txt`` and an ``.ann`` file a document, and ``annotation.conf``."""
    seen: set[str] = set()
    types: set[str] = set()
    for d in sorted(queries.read_articles(db, dispute), key=lambda d: (d.article.name, d.article.id)):
        stem = _file_name(d, seen)
        types |= {e.type.value for e in d.reading.events}
        yield File(f"{stem}.txt", d.article.text)
        yield File(f"{stem}.ann", "".join(f"{line}\n" for line in _Standoff(d).lines()))
    yield File("annotation.conf", CONFIGURATION.format(events="\n".join(sorted(types))))


def _file_name(d: ReadArticle, seen: set[str]) -> str:
    """A name that is safe in any folder and taken by no other document."""
    stem = re.sub(r"[^\w.-]+", "-", d.article.name).strip("-.")[:80] or "document"
    name = stem if stem not in seen else f"{stem}-{d.article.id}"
    seen.add(name)
    return name


class _Standoff:
    """Numbers the lines of one document."""

    def __init__(self, document: ReadArticle) -> None:
        self._document = document
        self._text = document.article.text
        self._bounds: dict[tuple[str, tuple[Span, ...]], str] = {}
        self._lines: list[str] = []

    def lines(self) -> list[str]:
        reading = self._document.reading
        for s in reading.statements:
            self._statement(s)
        for e in reading.events:
            self._event(e)
        for t in reading.times:
            self._bound("Time", (t.span,))
        for a in reading.ahead:
            self._bound("Ahead", (a.span,))
        return self._lines

    def _bound(self, label: str, spans: tuple[Span, ...]) -> str:
        """The id of a text-bound annotation, written once."""
        key = (label, spans)
        if key not in self._bounds:
            self._bounds[key] = f"T{len(self._bounds) + 1}"
            pieces = [p for s in spans for p in self._unbroken(s)]
            offsets = ";".join(f"{p.start} {p.end}" for p in pieces)
            words = " ".join(p.of(self._text) for p in pieces)
            self._lines.append(f"{self._bounds[key]}\t{label} {offsets}\t{words}")
        return self._bounds[key]

    def _unbroken(self, span: Span) -> Iterator[Span]:
        """The lines of a span: brat's text column cannot hold a line break."""
        for match in re.finditer(r"[^\r\n\u2028\u2029\x85\x0b\x0c]+", span.of(self._text)):
            yield Span(span.start + match.start(), span.start + match.end())

    def _next(self, letter: str) -> str:
        return f"{letter}{1 + sum(line.startswith(letter) for line in self._lines)}"

    def _statement(self, s: Statement) -> None:
        content = self._bound("Content", s.content)
        if s.source.span is not None:
            source = self._bound("Source", (s.source.span,))
            self._lines.append(f"{self._next('R')}\tsaid_by Arg1:{content} Arg2:{source}")
        if s.cue is not None:
            cue = self._bound("Cue", (s.cue,))
            self._lines.append(f"{self._next('R')}\tcued_by Arg1:{content} Arg2:{cue}")
        if s.authority is not None:
            self._lines.append(f"{self._next('A')}\tAuthority {content} {s.authority.value}")
        self._lines.append(f"{self._next('A')}\tCertainty {content} {s.certainty.value}")
        self._lines.append(f"{self._next('#')}\tAnnotatorNotes {content}\tonrecord {s.id}")

    def _event(self, e: Event) -> None:
        trigger = self._bound(e.type.value, (e.evidence,))
        event = self._next("E")
        self._lines.append(f"{event}\t{e.type.value}:{trigger}")
        self._lines.append(f"{self._next('A')}\tStatus {event} {e.status.value}")
        self._lines.append(f"{self._next('#')}\tAnnotatorNotes {event}\tonrecord {e.id} {e.when or 'no day'}")


_TOKEN = re.compile(r"\w+(?:[.,'\u2019-]\w+)*|[^\w\s]")


def conll(db: sqlite3.Connection, dispute: str | None = None) -> Iterator[str]:
    """Columns token, start, end, source, cue, content (BIO) with a blank line after each sentence, and a line
    ``# newdoc id = NAME`` before each document."""
    from onrecord.record.passages import sentences

    for d in sorted(queries.read_articles(db, dispute), key=lambda d: (d.article.name, d.article.id)):
        yield f"# newdoc id = {' '.join(d.article.name.split())}"
        attributions = d.reading.attributions
        columns = [
            _bio([s for a in attributions for s in a.source]),
            _bio([s for a in attributions for s in a.cue]),
            _bio([s for a in attributions for s in a.content]),
        ]
        for _, span in sentences(db, d.article.id):
            for match in _TOKEN.finditer(d.article.text, span.start, span.end):
                labels = (column(match.start(), match.end()) for column in columns)
                yield "\t".join([match.group(), str(match.start()), str(match.end()), *labels])
            yield ""


class _bio:
    """The label of a token by the spans that it shares a character with: B where one begins, I within it."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(set(spans))
        self._begun: set[Span] = set()

    def __call__(self, start: int, end: int) -> str:
        here = next((s for s in self._spans if s.start < end and start < s.end), None)
        if here is None:
            return "O"
        if here in self._begun:
            return "I"
        self._begun.add(here)
        return "B"
