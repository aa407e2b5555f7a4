"""The whole flow on one page: capture, extract, read, look across documents.

Each step commits what it has done, one document at a time, so that a run that is killed loses nothing captured
and the next run goes on where it stopped. Cost: capture and reading grow linearly with the documents that are
new; looking across documents costs what the new ones bear on.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from onrecord import __version__, comparing, coverage
from onrecord.model import (
    Article,
    Capture,
    Given,
    Problem,
    Reading,
    Stage,
    content_id,
)
from onrecord.record import append, load, proposals, revisions, store, visits
from onrecord.record import forget as forgetting

if TYPE_CHECKING:
    from onrecord.second_reader import SecondReader

Progress = Callable[[str, int, int | None], None]
"""Called as progress(step, done, total); total None while it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run did: its number, and how many documents were new, known before and read."""

    run: int
    new: int
    known: int
    read: int
    problems: tuple[Problem, ...]


Due = Callable[[visits.VisitRow], bool]
"""Whether an item of a feed that was visited before is asked for again."""


def _silent(step: str, done: int, total: int | None) -> None:
    return None


def reader_version(pipeline: str | None = None, finder: str = "both", presets: Sequence[Path] = ()) -> str:
    """The name under which readings are kept: another program, spaCy pipeline, finder or set of known parties is
    another reader."""
    from onrecord.text.parse import DEFAULT_PIPELINE

    known = content_id(*sorted(p.read_bytes() for p in presets if p.is_file())) if presets else ""
    kind, _, folder = finder.partition(":")
    learned = Path(folder) / "tagger.json"
    if folder and learned.is_file():
        finder = f"{kind}:{content_id(learned.read_text('utf-8'))}"
    return f"onrecord {__version__} {pipeline or DEFAULT_PIPELINE} {finder} {known}".rstrip()


def read(
    sources: Sequence[str],
    db: sqlite3.Connection,
    *,
    manifest: coverage.Manifest | None = None,
    given: Given = Given(),
    names: Mapping[str, str] = MappingProxyType({}),
    limits: coverage.Limits = coverage.Limits(),
    pipeline: str | None = None,
    finder: str = "both",
    presets: Sequence[Path] = (),
    stdin: BinaryIO | None = None,
    network: coverage.Network = coverage.Network(),
    due: Due | None = None,
    again: bool = False,
    progress: Progress = _silent,
) -> RunReport:
    """Read sources into a record. ``again`` takes up documents that were forgotten; ``due`` says which items of a
    feed that were visited before are asked for again (all of them when it is None).

    Raises OnrecordError when the record cannot be written; what is wrong with a source becomes a problem row.
    """
    forgetting.finish(db)
    run = append.begin_run(db, reader_version(pipeline, finder, presets))
    retrieved_at = datetime.now(UTC).replace(microsecond=0)
    addresses = [source for source in sources if coverage.is_address(source)]
    files = coverage.captures(
        [source for source in sources if not coverage.is_address(source)],
        manifest=manifest,
        given=given,
        retrieved_at=retrieved_at,
        limits=limits,
        stdin=stdin,
        names=names,
    )
    pages = coverage.fetch(
        addresses,
        network=network,
        memory=_memory(db, due),
        manifest=manifest,
        given=given,
        retrieved_at=retrieved_at,
        limits=limits,
        names=names,
        version=__version__,
    )
    arriving = chain(files, pages) if addresses else files
    new, known, problems = _capture(arriving, db, run=run, limits=limits, again=again, progress=progress)
    if manifest is not None:
        problems += _dangling(manifest, db, run=run)
    problems += _extract_again(db, run=run, limits=limits)
    done, failed = _read_unread(db, run=run, pipeline=pipeline, finder=finder, presets=presets, progress=progress)
    synthesise(db, run=run, progress=progress)
    append.finish_run(db, run)
    return RunReport(run=run, new=new, known=known, read=done, problems=(*problems, *failed))


# ------------------------------------------------------------------------------- capture and extract


def _capture(
    arriving: Iterator[Capture | Problem | coverage.Visit],
    db: sqlite3.Connection,
    *,
    run: int,
    limits: coverage.Limits,
    again: bool,
    progress: Progress,
) -> tuple[int, int, list[Problem]]:
    new = known = 0
    problems: list[Problem] = []
    own = _own_files(db)
    for item in arriving:
        if isinstance(item, Problem) and os.path.realpath(item.source) in own:
            continue
        if isinstance(item, coverage.Visit):
            _visited(db, item, run=run)
            continue
        if isinstance(item, Capture):
            with store.transaction(db):
                if again:
                    append.lift_tombstone(db, item.sha256)
                    if item.container is not None:
                        append.lift_tombstone(db, item.container.sha256)
                is_new, wrong = _take_in(item, db, run=run, limits=limits)
            problems += wrong
            new, known = new + is_new, known + (not is_new)
        else:
            problems.append(item)
            append.add_problem(db, item, run)
        progress("capture", new + known + len(problems), None)
    return new, known, problems


def _take_in(
    capture: Capture, db: sqlite3.Connection, *, run: int, limits: coverage.Limits
) -> tuple[bool, list[Problem]]:
    """Keep a capture and make it an article; whether it is new, and what was wrong. What an address gives again is
    taken apart before it is kept: the same text in other bytes (another advertisement) is nothing new, and what
    is no article (a page that asks to log in) supersedes none."""
    if capture.url is not None and revisions.known(db, capture.url):
        extracted = coverage.extract(capture, limits=limits)
        if isinstance(extracted, Problem):
            append.add_problem(db, extracted, run)
            return False, [extracted]
        same = revisions.with_text_of(db, capture.url, extracted)
        if same is not None:
            revisions.note(db, capture, same, run)
            return False, []
    added = append.add_capture(db, capture, run)
    if added.forgotten:
        problem = _forgotten(capture)
        append.add_problem(db, problem, run)
        return False, [problem]
    if not added.new:
        revisions.note(db, capture, added.document, run)
        return False, []
    extracted = coverage.extract(capture, limits=limits)
    wrong = _keep(extracted, added.document, db, run=run)
    revisions.note(db, capture, added.document, run)
    if capture.url is None and isinstance(extracted, Article) and coverage.names_its_page(capture.media_type):
        revisions.named(db, capture, added.document, extracted, run)
    return True, wrong


def _visited(db: sqlite3.Connection, visit: coverage.Visit, *, run: int) -> None:
    visits.note(
        db,
        url=visit.url,
        status=visit.status,
        at=visit.at,
        etag=visit.etag,
        last_modified=visit.last_modified,
        via=visit.via,
    )
    if visit.status in (200, 304):
        append.resolve_source(db, visit.url, run)


def _memory(db: sqlite3.Connection, due: Due | None) -> coverage.Memory:
    """What the record knows of earlier visits."""

    def visit(row: visits.VisitRow) -> coverage.Visit:
        return coverage.Visit(
            url=row.url,
            status=row.status,
            at=row.visited_at,
            etag=row.etag,
            last_modified=row.last_modified,
            via=row.via,
        )

    def known(url: str) -> coverage.Visit | None:
        row = visits.last(db, url)
        return visit(row) if row else None

    def is_due(seen: coverage.Visit) -> bool:
        row = visits.last(db, seen.url)
        return due is None or row is None or due(row)

    return coverage.Memory(visit=known, items=lambda via: [visit(r) for r in visits.items(db, via)], due=is_due)


def _own_files(db: sqlite3.Connection) -> frozenset[str]:
    """The record's own files, which are no coverage when they lie in a folder that is read."""
    path = store.path_of(db)
    ends = () if path is None else ("", "-wal", "-shm")
    return frozenset(os.path.realpath(f"{path}{end}") for end in ends)


def _dangling(manifest: coverage.Manifest, db: sqlite3.Connection, *, run: int) -> list[Problem]:
    found = [
        Problem(
            stage=Stage.CAPTURE,
            source=f"{manifest.path}#L{row.line}",
            message=f"this row names {row.path}, which is not there",
            hint="mend the path; it counts from the manifest's own folder",
        )
        for row in manifest.dangling()
    ]
    for problem in found:
        append.add_problem(db, problem, run)
    return found


def _forgotten(capture: Capture) -> Problem:
    return Problem(
        stage=Stage.RECORD,
        source=capture.source,
        message="was forgotten on request and is not taken up again",
        hint="to take it up all the same, read it with --again",
    )


def _extract(
    capture: Capture, document: str, db: sqlite3.Connection, *, run: int, limits: coverage.Limits
) -> list[Problem]:
    return _keep(coverage.extract(capture, limits=limits), document, db, run=run)


def _keep(extracted: Article | Problem, document: str, db: sqlite3.Connection, *, run: int) -> list[Problem]:
    if isinstance(extracted, Problem):
        extracted = replace(extracted, document=document)
    if isinstance(extracted, Article):
        append.add_article(db, extracted, coverage.EXTRACTOR, run)
        for problem in extracted.problems:
            append.add_problem(db, problem, run)
        return list(extracted.problems)
    append.add_problem(db, extracted, run)
    append.mark_tried(db, document, coverage.EXTRACTOR)
    return [extracted]


def _extract_again(db: sqlite3.Connection, *, run: int, limits: coverage.Limits) -> list[Problem]:
    """Captures that this version of the extractor has not tried yet, from the bytes in the record."""
    problems: list[Problem] = []
    for document, capture in load.captures_untried(db, coverage.EXTRACTOR):
        with store.transaction(db):
            problems += _extract(capture, document, db, run=run, limits=limits)
    return problems


# ------------------------------------------------------------------------------- read one document


def _read_unread(
    db: sqlite3.Connection,
    *,
    run: int,
    pipeline: str | None,
    finder: str,
    presets: Sequence[Path],
    progress: Progress,
) -> tuple[int, list[Problem]]:
    """Read every document that this reader has not read, whichever run captured it."""
    reader = reader_version(pipeline, finder, presets)
    waiting = load.articles_unread(db, reader)
    if not waiting:
        return 0, []
    from onrecord.reader import Reader

    machine = Reader(pipeline=pipeline, finder=finder, presets=presets, version=reader)
    rows: dict[str, str] = {}

    def stream() -> Iterator[Article]:
        for row_id, article in load.articles(db, waiting):
            rows[article.id] = row_id
            yield article

    problems: list[Problem] = []
    done = 0
    for result in machine.read(stream()):
        if isinstance(result, Reading):
            append.add_reading(db, result, rows.pop(result.document), run)
            done += 1
        else:
            problems.append(result)
            append.add_problem(db, result, run)
        progress("read", done + len(problems), len(waiting))
    return done, problems


# ------------------------------------------------------------------------------- a second reader


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReport:
    """What a second reader did: how many documents it read, how many statements it proposed, how many of them were
    kept and why the others were not, and what it failed on."""

    reader: str
    read: int
    proposed: int
    kept: int
    dropped: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def second_read(
    db: sqlite3.Connection, machine: SecondReader, *, run: int, progress: Progress = _silent
) -> SecondReport:
    """Have a second reader propose statements for every document that it has not read. ``run`` is the run that its
    rows belong to. What it proposes stands apart; no finding follows from it."""
    waiting = proposals.unread(db, machine.name)
    rows: dict[str, str] = {}

    def stream() -> Iterator[Article]:
        for row_id, article in load.articles(db, waiting):
            rows[article.id] = row_id
            yield article

    dropped: Counter[str] = Counter()
    problems: list[Problem] = []
    read = proposed = kept = 0
    for result in machine.read(stream()):
        if isinstance(result, Problem):
            problems.append(result)
            append.add_problem(db, result, run)
        else:
            proposals.add(
                db,
                rows[result.document],
                document=result.document,
                reader=result.reader,
                proposed=result.proposed,
                dropped=result.dropped,
                statements=result.statements,
                run=run,
            )
            dropped.update(dict(result.dropped))
            read, proposed, kept = read + 1, proposed + result.proposed, kept + len(result.statements)
        progress("second", read + len(problems), len(waiting))
    return SecondReport(
        reader=machine.name,
        read=read,
        proposed=proposed,
        kept=kept,
        dropped=tuple(sorted(dropped.items())),
        problems=tuple(problems),
    )


# ------------------------------------------------------------------------------- look across documents


def refresh(db: sqlite3.Connection) -> None:
    """Derive findings anew after a judgement or after a document was forgotten, as a run of its own."""
    run = append.begin_run(db, append.REFRESH)
    synthesise(db, run=run)
    append.finish_run(db, run)


def synthesise(db: sqlite3.Connection, *, run: int, progress: Progress = _silent) -> None:
    """Derive disputes and findings from all readings in force and the judgements: what is new is compared with
    what it can bear on (``onrecord.comparing``)."""
    comparing.compare(db, run=run, progress=progress)
