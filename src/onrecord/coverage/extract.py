"""Extract: from captured bytes to an article, or to one problem that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from urllib.parse import urlsplit

from onrecord.coverage import archives, exports, feeds, mail, media, office, pdf
from onrecord.coverage.blocks import Structure, structure
from onrecord.coverage.dates import date_of_url, most_trusted, parse_date
from onrecord.coverage.decoding import decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.embeds import missing
from onrecord.coverage.fields import Fields
from onrecord.coverage.language import not_english
from onrecord.coverage.limits import Limits
from onrecord.coverage.pages import read_page
from onrecord.coverage.rows import JSON, NDJSON, TABLES, csv_fields, json_fields
from onrecord.model import (
    Article,
    Capture,
    Dated,
    KnownFrom,
    OnrecordError,
    Problem,
    Stage,
)

_RULES = "2"
_LIBRARIES = ("trafilatura", "htmldate", "py3langid", "feedparser", "pypdf", "striprtf", "markdown-it-py")
_LETTER = re.compile(r"[^\W\d_]")
EXTRACTOR: str = "coverage-" + "+".join((_RULES, *(f"{name}-{version(name)}" for name in _LIBRARIES)))
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


def _draft(capture: Capture, limits: Limits) -> Draft:
    data, kind = capture.data, media.kind_of(capture.media_type)
    told = media.parameters(capture.media_type)
    if len(data) > limits.max_bytes and kind not in TABLES:
        raise OnrecordError(f"it has {len(data):,} bytes; one document has at most {limits.max_bytes:,}")
    match kind:
        case "text/html" | "application/xhtml+xml":
            return read_page(data, limits, told.get("charset"))
        case "application/x-ndjson" | "application/json" | "text/csv" | "text/tab-separated-values":
            return _row(capture, kind)
        case media.RSS | media.ATOM | media.JSON_FEED:
            return feeds.read_entry(data, kind, limits)
        case media.LD_JSON:
            return feeds.read_posting(data, limits)
        case media.MAIL:
            return mail.read_mail(data, limits)
        case media.MHTML:
            return archives.read_mhtml(data, limits)
        case media.PAGES:
            return archives.read_pages(data, limits)
        case media.WEBARCHIVE:
            return archives.read_webarchive(data, limits)
        case media.PDF:
            return pdf.read_pdf(data, limits)
        case media.DOCX:
            return office.read_docx(data, limits)
        case media.RTF:
            return office.read_rtf(data)
        case "text/markdown":
            return office.read_markdown(data, limits)
        case "text/plain" if "export" in told:
            return exports.read_article(data, told["export"])
        case plain if plain.startswith("text/"):
            decoded = decode(data, told.get("charset"))
            return Draft(text=decoded.text, title_line=True, problem=decoded.problem)
        case other:
            raise OnrecordError(f"documents of the type {other} are not read")


def _row(capture: Capture, kind: str) -> Draft:
    read = json_fields if kind in (NDJSON, JSON) else csv_fields
    try:
        fields = read(capture.data, media.names_of(capture.media_type))
    except OnrecordError:
        raise
    except ValueError as error:
        raise OnrecordError(str(error)) from None
    return Draft(text=fields.text, row=fields, problem=decode(capture.data).problem)


def _article(capture: Capture, draft: Draft, limits: Limits) -> Article:
    text = draft.text
    _check_text(text, limits)
    given, told_of, row = capture.given, capture.told, draft.row or Fields(text="")
    title = _first((given.title or row.title, KnownFrom.GIVEN), (draft.title, KnownFrom.METADATA))
    line = None if draft.title_line else told_of.title
    found = structure(
        text,
        title=title[0] if title else None,
        title_line=draft.title_line,
        headings=draft.headings,
        quoted=frozenset(span.start for span in draft.quoted),
    )
    url = _first(
        (given.url or row.url, KnownFrom.GIVEN), (draft.url or capture.url or told_of.url, KnownFrom.METADATA)
    )
    facts = {
        "title": title
        or _first((found.title.of(text) if found.title else None, KnownFrom.TEXT), (line, KnownFrom.METADATA)),
        "outlet": _first(
            (given.outlet or row.outlet, KnownFrom.GIVEN),
            (draft.outlet if draft.outlet_from is KnownFrom.METADATA else None, KnownFrom.METADATA),
            (told_of.outlet, KnownFrom.METADATA),
            (draft.outlet or _host(capture.url), KnownFrom.URL),
        ),
        "byline": _first(
            (row.byline, KnownFrom.GIVEN), (found.byline, KnownFrom.HEADER), (draft.byline, KnownFrom.METADATA)
        ),
        "dateline": _first(
            (found.dateline.of(text) if found.dateline else None, KnownFrom.TEXT),
            (draft.dateline, KnownFrom.METADATA),
        ),
        "credit": _first(
            (row.credit, KnownFrom.GIVEN), (draft.credit, KnownFrom.METADATA), (found.credit, KnownFrom.TEXT)
        ),
        "section": _first((row.section, KnownFrom.GIVEN), (draft.section, KnownFrom.METADATA)),
        "url": url,
        "dispute": _first((given.dispute or row.dispute, KnownFrom.GIVEN)),
    }
    value = {name: fact[0] if fact else None for name, fact in facts.items()}
    told = [parse_date(written, KnownFrom.GIVEN) for written in (given.date, row.date) if written]
    listed = feeds.dated(told_of.date)
    notes = [f"the date given: {d.why}" for d in told if d.why]
    if draft.problem:
        notes.append(draft.problem)
    return Article(
        id=capture.document_id,
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
        credit=value["credit"],
        section=value["section"],
        url=value["url"],
        published=_published(told, found, draft, listed, value["url"]),
        modified=_modified(row, found, draft),
        dispute=value["dispute"],
        known_from=tuple((name, fact[1]) for name, fact in facts.items() if fact),
        problems=tuple(replace(_problem(capture, note), document=capture.document_id) for note in notes),
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


def _published(told: Sequence[Dated], found: Structure, draft: Draft, listed: Dated, url: str | None) -> Dated:
    in_header = found.published if found.published.known_from is KnownFrom.HEADER else Dated()
    in_text = found.published if found.published.known_from is KnownFrom.TEXT else Dated()
    of_url = date_of_url(url) if url else Dated()
    return most_trusted((*told, in_header, draft.published, listed, of_url, in_text))


def _modified(row: Fields, found: Structure, draft: Draft) -> Dated:
    told = parse_date(row.modified, KnownFrom.GIVEN) if row.modified else Dated()
    return most_trusted((told, found.modified, draft.modified))


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _first(*candidates: tuple[str | None, KnownFrom]) -> tuple[str, KnownFrom] | None:
    return next(((value, known) for value, known in candidates if value), None)


def _problem(capture: Capture, message: str) -> Problem:
    return Problem(stage=Stage.EXTRACT, source=capture.source, message=message)
