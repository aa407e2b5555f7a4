"""The documents of a dispute, and one with all that the record rests on it marked in place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Dispute, ReadArticle, Span
from onrecord.record import evidence, findings, load, passages, queries, ruled
from onrecord.record.queries import DocumentRow, ProblemRow, Reference
from onrecord.web import marking
from onrecord.web.pages.base import PAGE_ROWS, Asked, Page, Turn, tables_of, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents(Page):
    documents: tuple[DocumentRow, ...]
    turn: Turn


def documents(asked: Asked) -> Documents:
    """The documents of the dispute."""
    s = asked.report
    start = (asked.page - 1) * PAGE_ROWS
    return Documents(
        template="documents.html",
        title="Documents",
        dispute=s.dispute,
        here="documents",
        data=tables_of(s.dispute, "documents"),
        documents=s.documents[start : start + PAGE_ROWS],
        turn=turn(asked, start + PAGE_ROWS < len(s.documents)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in segments; ``n`` its number, None for what is between sentences."""

    n: int | None
    segments: tuple[marking.Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of the document with the notes that begin in it."""

    role: str
    sentences: tuple[Sentence, ...]
    notes: tuple[marking.Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Page):
    document: DocumentRow
    disputes: tuple[Dispute, ...]
    passages: tuple[Passage, ...]
    problems: tuple[ProblemRow, ...]
    link: str | None


def document(asked: Asked) -> Document:
    """One document with all that the record rests on it marked in place. Raises OnrecordError."""
    number = int(str(asked.path["number"]))
    found = queries.find_document(asked.db, str(number))
    of_it = [a.dispute for a in findings.assignments(asked.db) if a.document == found.id]
    known = tuple(d for d in findings.disputes(asked.db) if d.id in of_it)
    read = next(ruled.through(asked.db, load.read_articles(asked.db, [found.id]), dispute=None), None)
    return Document(
        template="document.html",
        title=found.title or found.name,
        dispute=known[0] if len(known) == 1 else None,
        here="documents",
        document=found,
        disputes=known,
        passages=() if read is None else tuple(_passages(read, passages.sentences(asked.db, found.id))),
        problems=tuple(p for p in queries.problems(asked.db) if p.reference == Reference(number)),
        link=_original_of(read, found),
    )


def _original_of(read: ReadArticle | None, found: DocumentRow) -> str | None:
    """Where the document can be read on the web; an address of another kind (``javascript:``) is no link."""
    for address in (read.article.url if read else None, found.source):
        if address and address.startswith(("http://", "https://")):
            return address
    return None


def excerpts(page: Document, *, cited: Collection[str] = ()) -> Document:
    """The page with only the sentences that the record rests on or other pages cite ("s14"), those beside them,
    and the title."""
    kept = (_excerpt(passage, cited) for passage in page.passages)
    return replace(page, passages=tuple(p for p in kept if p is not None))


_GAP = Sentence(n=None, segments=(marking.Segment(" \u2026 ", (), ()),))


def _excerpt(passage: Passage, cited: Collection[str]) -> Passage | None:
    marked = [f"s{s.n}" in cited or any(g.notes for g in s.segments) for s in passage.sentences]
    if passage.role == "title":
        return passage
    if not any(marked):
        return None
    kept: list[Sentence] = []
    for at, sentence in enumerate(passage.sentences):
        if any(marked[max(0, at - 1) : at + 2]):
            kept.append(sentence)
        elif kept and kept[-1] is not _GAP:
            kept.append(_GAP)
    return replace(passage, sentences=tuple(kept))


def _passages(read: ReadArticle, sentences: Sequence[tuple[int, Span]]) -> list[Passage]:
    text = read.article.text
    found = marking.notes(read)
    out = []
    for block in read.article.blocks:
        here: list[Sentence] = []
        at = block.span.start
        for n, span in sentences:
            if not span.overlaps(block.span):
                continue
            start, end = max(span.start, block.span.start), min(span.end, block.span.end)
            if start > at:
                here.append(Sentence(n=None, segments=marking.segments(text, Span(at, start), found)))
            here.append(Sentence(n=n, segments=marking.segments(text, Span(start, end), found)))
            at = end
        if at < block.span.end:
            rest = Span(at, block.span.end)
            here.append(Sentence(n=None, segments=marking.segments(text, rest, found)))
        begun = tuple(n for n in found if block.span.start <= n.spans[0].start < block.span.end)
        out.append(Passage(role=block.role.value, sentences=tuple(here), notes=begun))
    return out


@dataclass(frozen=True, slots=True)
class Original:
    data: bytes
    file_name: str


def original(asked: Asked) -> Original:
    """The captured bytes, under a name that no system mistakes for a program. Raises OnrecordError."""
    found = queries.find_document(asked.db, str(asked.path["number"]))
    stem = re.sub(r"[^A-Za-z0-9]+", "-", found.name)[:60].strip("-") or "document"
    return Original(evidence.original(asked.db, found.id), f"{found.number}-{stem}.captured")
