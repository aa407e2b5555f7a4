"""Extract: from captured bytes to an article, or to one problem that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from onrecord.coverage.blocks import Structure, structure
from onrecord.coverage.dates import date_of_url, most_trusted, parse_date
from onrecord.coverage.decoding import decode
from onrecord.coverage.embeds import missing
from onrecord.coverage.fields import Fields
from onrecord.coverage.language import not_english
from onrecord.coverage.limits import Limits
from onrecord.coverage.pages import read_page
from onrecord.coverage.rows import JSON, NDJSON, csv_fields, json_fields
from onrecord.model import (
    Article,
    Capture,
    Dated,
    KnownFrom,
    OnrecordError,
    Problem,
    Span,
    Stage,
    content_id,
)

_RULES = "1"
_LETTER = re.compile(r"[^\W\d_]")
EXTRACTOR: str = "coverage-" + "+".join(
    (_RULES, *(f"{name}-{version(name)}" for name in ("trafilatura", "htmldate", "py3langid")))
)
"""What decides how bytes become an article: our rules and the libraries behind them. Texts, and with them all
spans, may differ between two values of it."""


def extract(capture: Capture, *, limits: Limits = Limits()) -> Article | Problem:  # noqa: B008 (frozen)
    """The article of a capture, by its media type, or the problem why there is none.

    The text is exactly the decoded file or the text field of a row; of a page, the article's text. What is given
    with the capture goes before what a row, a header, the metadata or the address says. Never raises.
    """
    try:
        return _article(capture, _draft(capture, limits), limits)
    except OnrecordError as error:
        return _problem(capture, str(error))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A text with what its container says of it. ``row``: the row's own fields, as good as given."""

    text: str
    row: Fields | None = None
    title: str | None = None
    outlet: str | None = None
    outlet_from: KnownFrom = KnownFrom.METADATA
    byline: str | None = None
    url: str | None = None
    published: Dated = Dated()
    modified: Dated = Dated()
    title_line: bool = False
    headings: frozenset[int] = frozenset()
    quoted: tuple[Span, ...] = ()
    problem: str | None = None


def _draft(capture: Capture, limits: Limits) -> _Draft:
    media_type, _, parameter = capture.media_type.partition(";")
    text_field = parameter.partition("text-field=")[2] or None
    match media_type.strip():
        case "text/html" | "application/xhtml+xml":
            return _page(capture, limits)
        case "application/x-ndjson" | "application/json" | "text/csv" | "text/tab-separated-values":
            return _row(capture, media_type.strip(), text_field)
        case plain if plain.startswith("text/"):
            decoded = decode(capture.data)
            return _Draft(text=decoded.text, title_line=True, problem=decoded.problem)
        case other:
            raise OnrecordError(f"documents of the type {other} are not read")


def _row(capture: Capture, media_type: str, text_field: str | None) -> _Draft:
    read = json_fields if media_type in (NDJSON, JSON) else csv_fields
    try:
        fields = read(capture.data, text_field)
    except OnrecordError:
        raise
    except ValueError as error:
        raise OnrecordError(str(error)) from None
    return _Draft(text=fields.text, row=fields, problem=decode(capture.data).problem)


def _page(capture: Capture, limits: Limits) -> _Draft:
    if len(capture.data) > limits.max_bytes:
        raise OnrecordError(f"it has {len(capture.data):,} bytes; one document has at most {limits.max_bytes:,}")
    page = read_page(capture.data, limits)
    return _Draft(
        text=page.text,
        title=page.title,
        outlet=page.outlet,
        outlet_from=page.outlet_from,
        byline=page.byline,
        url=page.url,
        published=page.published,
        modified=page.modified,
        headings=page.headings,
        quoted=page.quoted,
        problem=page.problem,
    )


def _article(capture: Capture, draft: _Draft, limits: Limits) -> Article:
    text = draft.text
    _check_text(text, limits)
    given, row = capture.given, draft.row or Fields(text="")
    title = _first((given.title or row.title, KnownFrom.GIVEN), (draft.title, KnownFrom.METADATA))
    found = structure(
        text,
        title=title[0] if title else None,
        title_line=draft.title_line,
        headings=draft.headings,
        quoted=frozenset(span.start for span in draft.quoted),
    )
    url = _first((given.url or row.url, KnownFrom.GIVEN), (draft.url, KnownFrom.METADATA))
    facts = {
        "title": title or _first((found.title.of(text) if found.title else None, KnownFrom.TEXT)),
        "outlet": _first((given.outlet or row.outlet, KnownFrom.GIVEN), (draft.outlet, draft.outlet_from)),
        "byline": _first(
            (row.byline, KnownFrom.GIVEN), (found.byline, KnownFrom.HEADER), (draft.byline, KnownFrom.METADATA)
        ),
        "dateline": _first((found.dateline.of(text) if found.dateline else None, KnownFrom.TEXT)),
        "url": url,
        "dispute": _first((given.dispute or row.dispute, KnownFrom.GIVEN)),
    }
    value = {name: fact[0] if fact else None for name, fact in facts.items()}
    told = [parse_date(written, KnownFrom.GIVEN) for written in (given.date, row.date) if written]
    notes = [f"the date given: {d.why}" for d in told if d.why]
    if draft.problem:
        notes.append(draft.problem)
    id = content_id("document", capture.sha256, given.url, given.date, given.outlet, given.title, given.dispute)
    return Article(
        id=id,
        capture_sha256=capture.sha256,
        name=capture.name,
        source=capture.source,
        text=text,
        blocks=found.blocks,
        embeds=missing(text, found.blocks, quoted=draft.quoted),
        title=value["title"],
        outlet=value["outlet"],
        byline=value["byline"],
        dateline=value["dateline"],
        url=value["url"],
        published=_published(told, found, draft, value["url"]),
        modified=_modified(row, found, draft),
        dispute=value["dispute"],
        known_from=tuple((name, fact[1]) for name, fact in facts.items() if fact),
        problems=tuple(replace(_problem(capture, note), document=id) for note in notes),
    )


def _check_text(text: str, limits: Limits) -> None:
    if not _LETTER.search(text):
        raise OnrecordError("it holds no text")
    if len(text) > limits.max_chars:
        raise OnrecordError(
            f"its text has {len(text):,} characters; one document has at most {limits.max_chars:,}"
        )
    if "\0" in text:
        raise OnrecordError("its text holds NUL characters, which no text has")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise OnrecordError(f"its text holds half a character (a broken emoji) at {error.start}") from None
    if wrong := not_english(text):
        raise OnrecordError(f"only English is read, and {wrong}")


def _published(told: Sequence[Dated], found: Structure, draft: _Draft, url: str | None) -> Dated:
    in_header = found.published if found.published.known_from is KnownFrom.HEADER else Dated()
    in_text = found.published if found.published.known_from is KnownFrom.TEXT else Dated()
    of_url = date_of_url(url) if url else Dated()
    return most_trusted((*told, in_header, draft.published, of_url, in_text))


def _modified(row: Fields, found: Structure, draft: _Draft) -> Dated:
    told = parse_date(row.modified, KnownFrom.GIVEN) if row.modified else Dated()
    return most_trusted((told, found.modified, draft.modified))


def _first(*candidates: tuple[str | None, KnownFrom]) -> tuple[str, KnownFrom] | None:
    return next(((value, known) for value, known in candidates if value), None)


def _problem(capture: Capture, message: str) -> Problem:
    return Problem(stage=Stage.EXTRACT, source=capture.source, message=message)
