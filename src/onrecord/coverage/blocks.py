"""Split a text into blocks, each with one role: header, title, heading, paragraph, credit, boilerplate.

Every character that is no space is in exactly one block. What sets a paragraph aside stands in data/blocks.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.coverage.dates import IN_TEXT, date_in, parse_date
from onrecord.coverage.paragraphs import Paragraph, is_list_item, paragraphs
from onrecord.model import Block, BlockRole, Dated, KnownFrom, Span

_SET_ASIDE_LENGTH = 400
_TITLE_LENGTH, _TITLE_WORDS = 160, 25
_HEADING_LENGTH, _HEADING_WORDS = 90, 12
_QUESTION_WORDS = 18

_LEADING_DATE = re.compile(r"date:?[ \t]+(?=\d{4}-\d\d-\d\d(?!\d))", re.IGNORECASE)
_TIME = r"(?:\s*(?:[|,–—-]|at)?\s*\d{1,2}(?:[:.]\d\d){0,2}\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?)?"
_PUBLISHED = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|issued|dated?|publication date|date published|publish date))\b"
    r"(?:\s+(?:on|at))?\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last |date )?(?:updated?|modified|revised)\b(?:\s+(?:on|at))?\s*[:–—-]?\s*", re.IGNORECASE
)
_AFTER_DATE = re.compile(rf"{_TIME}\W*$")
_BETWEEN = re.compile(
    r"\s*(?:[|•·;]|\t|\s[–—-]\s|,\s*(?=(?:last )?updated|modified)|\s(?=(?:last )?updated\b))\s*", re.I
)
_NAME = r"(?:(?!AND\b)[A-Z][\w.’'-]*|(?:de|la|van|von|der|den|bin|al|du|di|da)\b)"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{1,4}}"
_BYLINE = re.compile(
    rf"(?:[Bb][Yy]|[Ww]ords by|[Ww]ritten by)\s*:?\s+(?P<who>{_NAMES}"
    rf"(?:(?:,\s*{_NAMES}){{0,4}},?\s+(?:&|and|AND)\s+{_NAMES})?)(?P<role>(?:\s*[,|–—-]\s*|\s+in\s+)[^.!?]{{2,60}})?\s*$"
)
_DATELINE = re.compile(
    r"(?P<line>(?P<place>[A-Z][A-Z.’']+(?:[ -][A-Z][A-Z.’']+){0,4})"
    r"(?:,\s[A-Z][\w.]+(?:[ ](?:\d{1,2}|[A-Z][\w.]+)){0,3}(?:,\s(?:\d{4}|[A-Z][\w.]+(?:[ ]\d{1,2})?))?){0,2}"
    r"(?:\s\((?P<agency>[A-Z][\w .&’'/-]{1,40})\))?)"
    r"\s?(?:--|[—–-])\s*(?=[\"'“‘]?[^\W_])"
)
_SALUTATION = re.compile(r"(?:dear|to (?:all|our|the)|hello|hi|friends|colleagues|comrades)\b", re.IGNORECASE)
_SHOUT = re.compile(r"[.!?…][\"'’”)]*\s+(?P<run>[A-Z0-9][A-Z0-9’'&.,:@/ -]{5,120}[A-Z0-9!.])\s*$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The blocks of a text, and what its headers, dateline and title line say."""

    blocks: tuple[Block, ...]
    title: Span | None = None
    byline: str | None = None
    dateline: Span | None = None
    credit: str | None = None
    published: Dated = Dated()
    modified: Dated = Dated()


@cache
def patterns() -> tuple[tuple[BlockRole, re.Pattern[str]], ...]:
    """What sets a paragraph aside: credits first, then boilerplate."""
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/blocks.toml").read_text("utf-8"))
    return tuple(
        (role, re.compile(entry["pattern"], re.IGNORECASE))
        for role in (BlockRole.CREDIT, BlockRole.BOILERPLATE)
        for entry in table[role.value]
    )


@cache
def _any_of_each() -> tuple[tuple[BlockRole, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile("|".join(f"(?:{p.pattern})" for r, p in patterns() if r is role), re.IGNORECASE))
        for role in (BlockRole.CREDIT, BlockRole.BOILERPLATE)
    )


def structure(
    text: str,
    *,
    title: str | None = None,
    title_line: bool = True,
    headings: frozenset[int] = frozenset(),
    quoted: frozenset[int] = frozenset(),
) -> Structure:
    """Split a text.

    ``title``: as known from elsewhere; a first line that says the same is the title. ``title_line``: whether a
    short first line may be taken for a title when none is known. ``headings`` and ``quoted``: where the paragraphs
    start that a page marks as headings, and as quotations or lists (which are never headings).
    """
    found = list(paragraphs(text))
    out = Structure(blocks=())
    blocks: list[Block] = []
    if found and (leading := _leading_date(text, found[0])):
        block, dated, rest = leading
        blocks.append(block)
        out = replace(out, published=dated)
        found[:1] = [rest] if rest else []
    begun = False
    for n, paragraph in enumerate(found):
        span = paragraph.span
        header = _header(text, span, begun=begun)
        if header is not None:
            blocks.append(Block(span, BlockRole.HEADER))
            out = _with(out, header)
            continue
        if not begun and out.title is None and _is_title(text, found, n, title, title_line=title_line):
            blocks.append(Block(span, BlockRole.TITLE))
            out = replace(out, title=span)
            continue
        role = _role(text, found, n, headings, quoted)
        if role is BlockRole.PARAGRAPH and not begun:
            begun = True
            out, span = _with_dateline(out, text, span)
            if span != paragraph.span:
                blocks.append(Block(_trimmed(text, paragraph.span.start, span.start), BlockRole.HEADER))
        blocks += _with_shout(text, span) if role is BlockRole.PARAGRAPH else [Block(span, role)]
    return replace(out, blocks=tuple(blocks))


# ------------------------------------------------------------------------------- headers


@dataclass(frozen=True, slots=True)
class _Header:
    byline: str | None = None
    published: Dated = Dated()
    modified: Dated = Dated()


def _leading_date(text: str, first: Paragraph) -> tuple[Block, Dated, Paragraph | None] | None:
    """The header " date 2023-09-13" that some collections put before a text, on the same line as its prose."""
    match = _LEADING_DATE.match(text, first.span.start)
    if not match:
        return None
    end = match.end() + len("2023-09-13")
    dated = parse_date(text[match.end() : end], KnownFrom.HEADER)
    if dated.value is None:
        return None
    rest = end + len(text[end : first.span.end]) - len(text[end : first.span.end].lstrip())
    block = Block(Span(first.span.start, end), BlockRole.HEADER)
    behind = replace(first, span=Span(rest, first.span.end), empty_before=0) if rest < first.span.end else None
    return block, replace(dated, span=Span(match.end(), end)), behind


def _header(text: str, span: Span, *, begun: bool) -> _Header | None:
    """A line that says who wrote the text and when: every part of it must say so. Once the prose has begun, only a
    line with "published" or "updated" before a full date."""
    if span.end - span.start > 200 or "\n" in span.of(text):
        return None
    out = _Header()
    for part in _parts(text, span):
        one = _header_part(text, part, begun=begun)
        if one is None:
            return None
        out = _Header(
            out.byline or one.byline,
            out.published if out.published.value else one.published,
            out.modified if out.modified.value else one.modified,
        )
    return out if out != _Header() else None


def _parts(text: str, span: Span) -> Iterator[Span]:
    at = span.start
    for match in [*_BETWEEN.finditer(text, span.start, span.end), None]:
        end = match.start() if match else span.end
        if at < end:
            yield Span(at, end)
        at = match.end() if match else end


def _header_part(text: str, part: Span, *, begun: bool) -> _Header | None:
    written = part.of(text)
    if (match := _BYLINE.match(written)) and not begun:
        return _Header(byline=" ".join(match["who"].split()))
    if match := _UPDATED.match(written):
        dated = _whole_date(text, part.start + match.end(), part.end)
        return _Header(modified=dated) if dated else None
    match = _PUBLISHED.match(written)
    if match or not begun:
        dated = _whole_date(text, part.start + (match.end() if match else 0), part.end)
        return _Header(published=dated) if dated else None
    return None


def _whole_date(text: str, start: int, end: int) -> Dated | None:
    """The date that fills a stretch but for a time of day."""
    match = IN_TEXT.match(text, start, end)
    if not match or not _AFTER_DATE.match(text[match.end() : end]):
        return None
    dated = date_in(text, match.start(), match.end())
    return replace(dated, known_from=KnownFrom.HEADER) if dated.value else None


def _with(out: Structure, header: _Header) -> Structure:
    return replace(
        out,
        byline=out.byline or header.byline,
        published=out.published if out.published.value else header.published,
        modified=out.modified if out.modified.value else header.modified,
    )


def _with_dateline(out: Structure, text: str, span: Span) -> tuple[Structure, Span]:
    """The dateline before a first paragraph, and the paragraph without it (it is no part of what is said)."""
    match = _DATELINE.match(text, span.start, span.end)
    if not match or not (match["agency"] or len(match["place"]) > 3):
        return out, span
    line = Span(match.start("line"), match.end("line"))
    dated = date_in(text, line.start, line.end)
    known = replace(
        out, dateline=line, credit=match["agency"], published=out.published if out.published.value else dated
    )
    return known, Span(match.end(), span.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


# ------------------------------------------------------------------------------- roles


def _is_title(text: str, found: Sequence[Paragraph], n: int, title: str | None, *, title_line: bool) -> bool:
    written = found[n].span.of(text)
    if title is not None:
        return _letters(written) == _letters(title) != ""
    if not title_line or n + 1 >= len(found) or found[n].lines > 2:
        return False
    follows_gap = found[n + 1].empty_before >= 1 or _header(text, found[n + 1].span, begun=False) is not None
    return (
        follows_gap
        and len(written) <= _TITLE_LENGTH
        and len(written.split()) <= _TITLE_WORDS
        and written[-1] not in ".:,;…"
        and not _SALUTATION.match(written)
        and not _DATELINE.match(written)
        and not is_list_item(written)
        and set_aside(written) is None
        and _LETTER.search(written) is not None
        and any(len(p.span.of(text)) > len(written) for p in found[n + 1 :])
    )


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text)).lower()


def set_aside(paragraph: str) -> BlockRole | None:
    """CREDIT or BOILERPLATE when a whole paragraph is one, None when it is text."""
    if len(paragraph) > _SET_ASIDE_LENGTH:
        return None
    return next((role for role, pattern in _any_of_each() if pattern.match(paragraph)), None)


def _role(
    text: str, found: Sequence[Paragraph], n: int, headings: frozenset[int], quoted: frozenset[int]
) -> BlockRole:
    span = found[n].span
    if span.start in headings:
        return BlockRole.HEADING
    written = span.of(text)
    if aside := set_aside(written):
        return aside
    if span.start not in quoted and _is_heading(text, found, n):
        return BlockRole.HEADING
    return BlockRole.PARAGRAPH


def _is_heading(text: str, found: Sequence[Paragraph], n: int) -> bool:
    """A short line without a final stop, or a question, that stands before a longer paragraph."""
    written = found[n].span.of(text)
    if found[n].lines > 1 or found[n].indented or is_list_item(written) or _LETTER.search(written) is None:
        return False
    following = _next_text(text, found, n)
    if following is None:
        return False
    words = len(written.split())
    if written.endswith("?"):
        only = not re.search(r"[.!?…]\s", written)
        return only and words <= _QUESTION_WORDS and written[0] not in "\"'“‘«"
    previous = found[n - 1].span.of(text) if n else ""
    return (
        len(written) <= _HEADING_LENGTH
        and words <= _HEADING_WORDS
        and len(following) > len(written)
        and re.search(r"[.!?…][\"'’”)\]]*$", following) is not None
        and written[-1] not in ".:,;…!\"”’'—–-"
        and not written[0].islower()
        and not previous.endswith(":")
        and not _SALUTATION.match(written)
        and IN_TEXT.fullmatch(written) is None
    )


def _next_text(text: str, found: Sequence[Paragraph], n: int) -> str | None:
    """The paragraph that follows, leaving out what is set aside."""
    for paragraph in found[n + 1 : n + 6]:
        written = paragraph.span.of(text)
        if set_aside(written) is None:
            return written
    return None


def _with_shout(text: str, span: Span) -> list[Block]:
    """A paragraph, and apart from it a call in capitals that was glued to its end."""
    tail = max(span.start, span.end - 200)
    match = _SHOUT.search(text, tail, span.end)
    if match and len(match["run"].split()) >= 2 and set_aside(match["run"]) is BlockRole.BOILERPLATE:
        end = span.start + len(text[span.start : match.start("run")].rstrip())
        return [
            Block(Span(span.start, end), BlockRole.PARAGRAPH),
            Block(Span(match.start("run"), span.end), BlockRole.BOILERPLATE),
        ]
    return [Block(span, BlockRole.PARAGRAPH)]
