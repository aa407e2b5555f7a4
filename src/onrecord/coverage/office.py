"""Word documents (DOCX), RTF and Markdown as text. When such a file was made or saved dates nothing in it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from onrecord.coverage.dates import parse_date
from onrecord.coverage.decoding import decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.limits import Limits
from onrecord.coverage.markup import Flow, flow, flushed, fragment, plain
from onrecord.model import Dated, KnownFrom, OnrecordError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^(?P<key>[A-Za-z_-]{2,30}):[ \t]*(?P<value>\S.*)$", re.MULTILINE)
_FRONT_KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "updated": "modified",
    "modified": "modified",
    "author": "byline",
    "byline": "byline",
    "outlet": "outlet",
    "publication": "outlet",
    "source": "outlet",
    "url": "url",
    "link": "url",
}


# ------------------------------------------------------------------------------- DOCX


def is_docx(data: bytes) -> bool:
    """Whether a ZIP file is a Word document, by the name that its parts have to bear."""
    return data.startswith(b"PK") and _BODY.encode() in data


def docx_flow(data: bytes, limits: Limits) -> Flow:
    """The paragraphs, headings, lists and tables of a Word document, as it reads with all its changes accepted.

    Raises OnrecordError when it is broken, protected or unpacks to more than the limit.
    """
    from lxml.etree import LxmlError, XMLParser, fromstring  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(_BODY) as part:
            xml = part.read(limits.max_bytes + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
        zlib.error,
    ):
        raise OnrecordError("the Word document is broken or protected by a password") from None
    if len(xml) > limits.max_bytes:
        raise OnrecordError(f"the Word document unpacks to more than {limits.max_bytes:,} bytes")
    parser = XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        body = fromstring(xml, parser=parser).find(f"{_W}body")
    except (LxmlError, ValueError):
        raise OnrecordError("the Word document is broken") from None
    return flow(_blocks(body)) if body is not None else flow(())


def _blocks(parent: Any) -> Iterator[tuple[str, str]]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = (plain(_text(cell)) for cell in row.findall(f"{_W}tc"))
                if line := " | ".join(cell for cell in cells if cell):
                    yield "row", line
        elif element.tag == f"{_W}sdt":
            for content in element.findall(f"{_W}sdtContent"):
                yield from _blocks(content)


def _paragraph(paragraph: Any) -> Iterator[tuple[str, str]]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    kind = "heading" if name.startswith(("heading", "title")) else "item" if numbered else "text"
    yield from flushed("quote" if "quote" in name else kind, [_text(paragraph)])


def _text(element: Any) -> str:
    """The words of a paragraph or cell; what was struck out (w:del) is no part of it."""
    out: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen", f"{_W}p"):
        if any(a.tag in (f"{_W}del", f"{_W}moveFrom") for a in node.iterancestors(f"{_W}del", f"{_W}moveFrom")):
            continue
        if node.tag == f"{_W}t":
            out.append(node.text or "")
        elif node.tag == f"{_W}tab":
            out.append("\t")
        elif node.tag == f"{_W}noBreakHyphen":
            out.append("-")
        elif out:
            out.append("\n")
    return "".join(out)


def read_docx(data: bytes, limits: Limits) -> Draft:
    """A Word document as an article; its first line may be the title."""
    return _with_title(docx_flow(data, limits))


def _with_title(found: Flow) -> Draft:
    if not found.text:
        raise OnrecordError("the document has no text")
    headings, title = found.headings, None
    if 0 in headings:
        title = found.text.partition("\n")[0]
        headings = headings - {0}
    return Draft(text=found.text, headings=headings, quoted=found.quoted, title=title, title_line=True)


# ------------------------------------------------------------------------------- RTF


def rtf_text(data: bytes) -> str:
    """The text of an RTF file, a line a paragraph.

    Raises OnrecordError when it is none.
    """
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except Exception:  # a small library that raises what a broken file leads it to
        raise OnrecordError("the RTF document is broken") from None
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def read_rtf(data: bytes) -> Draft:
    """An RTF file as an article; its first line may be the title."""
    lines = (line.strip() for line in rtf_text(data).split("\n"))
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise OnrecordError("the document has no text")
    return Draft(text=text, title_line=True)


# ------------------------------------------------------------------------------- Markdown


def read_markdown(data: bytes, limits: Limits) -> Draft:
    """A Markdown file as an article: its marks are left out, its front matter (``key: value`` lines between
    ``---``) says title, date, author and outlet."""
    from markdown_it import MarkdownIt

    decoded = decode(data)
    written = decoded.text.replace("\r\n", "\n")
    facts: dict[str, str] = {}
    if front := _FRONT_MATTER.match(written):
        for line in _FRONT_LINE.finditer(front["lines"]):
            if (key := line["key"].lower()) in _FRONT_KEYS:
                facts.setdefault(_FRONT_KEYS[key], line["value"].strip().strip("\"'"))
        written = written[front.end() :]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(written)
    found = fragment(html, limits)
    draft = _with_title(found)
    return Draft(
        text=draft.text,
        headings=draft.headings,
        quoted=draft.quoted,
        title=facts.get("title") or draft.title,
        outlet=facts.get("outlet"),
        byline=facts.get("byline"),
        url=facts.get("url"),
        published=_dated(facts.get("published")),
        modified=_dated(facts.get("modified")),
        title_line=True,
        problem=decoded.problem,
    )


def _dated(written: str | None) -> Dated:
    return parse_date(written, KnownFrom.HEADER) if written else Dated()
