"""Pages as browsers save them whole: .mhtml (Chrome, Edge) and .webarchive (Safari); and an article that a site
spreads over several pages, kept as one."""

from __future__ import annotations

import hashlib
import plistlib
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from onrecord.coverage.decoding import declared_charset, decode
from onrecord.coverage.draft import Draft
from onrecord.coverage.limits import Limits
from onrecord.coverage.mail import parsed
from onrecord.coverage.media import PAGES
from onrecord.coverage.pages import read_page
from onrecord.model import OnrecordError, Span

_NEXT = re.compile(
    rb"<(?:link|a)\s(?=[^<>]{0,500}\brel\s*=\s*[\"']?(?P<rel>next|prev)\b)[^<>]{0,500}?\bhref\s*=\s*[\"']?(?P<to>[^\"'\s<>]+)",
    re.IGNORECASE,
)
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[?&](?:page|pg|p)=|/(?:page[/-]?)?|[-_,.](?:page-?|p)?)(?P<n>\d{1,2})(?=\.\w{2,5}$|/?$)")
_TITLE_NUMBER = re.compile(
    r"\W*\b(?:page\s*)?\d{1,2}\s*(?:of|/)\s*\d{1,2}\b\W*|\W*\bpage\s+\d{1,2}\b\W*", re.IGNORECASE
)


def read_mhtml(data: bytes, limits: Limits) -> Draft:
    """The page of an .mhtml file, without what it embeds.

    Raises OnrecordError when it holds no page.
    """
    message = parsed(data)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                draft = read_page(page, limits, part.get_content_charset())
                told = message.get("Snapshot-Content-Location") or part.get("Content-Location")
                url = str(told) if told and str(told).startswith(("http://", "https://")) else None
                return replace(draft, url=draft.url or url)
    raise OnrecordError("the web archive holds no page")


def read_webarchive(data: bytes, limits: Limits) -> Draft:
    """The page of a .webarchive file.

    Raises OnrecordError when it holds none.
    """
    try:
        whole = plistlib.loads(data)
        main = whole["WebMainResource"]
        page, url = main["WebResourceData"], main.get("WebResourceURL")
        charset = main.get("WebResourceTextEncodingName")
    except Exception:  # a property list is a binary format; a broken one raises what it likes
        raise OnrecordError("the web archive cannot be taken apart") from None
    if not isinstance(page, bytes):
        raise OnrecordError("the web archive holds no page")
    draft = read_page(page, limits, charset if isinstance(charset, str) else None)
    return replace(draft, url=draft.url or (url if isinstance(url, str) else None))


# ------------------------------------------------------------------------------- several pages of one article


def neighbour(data: bytes, url: str, rel: str) -> str | None:
    """The address of the next or the previous page of the same article, as a page names it; None when it names
    none.

    Blogs name the next *post* in the same way, so the addresses must differ in a page number alone.
    """
    for match in _NEXT.finditer(data[:500_000]):
        if match["rel"].decode().lower() == rel:
            try:
                to = str(urljoin(url, match["to"].decode("ascii").replace("&amp;", "&")))
                here, there = (to, url) if rel == "prev" else (url, to)
                if _follows(here, there):
                    return to
            except ValueError:
                continue
    return None


def _follows(first: str, second: str) -> bool:
    if urlsplit(first).netloc != urlsplit(second).netloc:
        return False
    base, n = _numbered(first)
    other, m = _numbered(second)
    if m is None:
        return False
    return (base == other and n is not None and m == n + 1) or (
        m == 2 and first.rstrip("/") in (other, _bare(other))
    )


def _numbered(url: str) -> tuple[str, int | None]:
    match = _NUMBER.search(url)
    return (url[: match.start()] + url[match.end() :].rstrip("/"), int(match["n"])) if match else (url, None)


def _bare(url: str) -> str:
    return url.rstrip("/?&")


def same_article(first: bytes, second: bytes) -> bool:
    """Whether two pages have one title, but for a page number in it."""
    titles = [
        _TITLE_NUMBER.sub(" ", decode(m[1], declared_charset(page)).text).split()
        if (m := _TITLE.search(page))
        else []
        for page in (first, second)
    ]
    return titles[0] == titles[1] != []


def joined(pages: Sequence[tuple[str, bytes]]) -> bytes:
    """Several pages (address and bytes) as one capture, each as it came."""
    boundary = hashlib.sha256(b"\0".join(page for _, page in pages)).hexdigest()[:32]
    out = [f"MIME-Version: 1.0\r\nContent-Type: {PAGES}; boundary={boundary}\r\n\r\n".encode()]
    for url, page in pages:
        head = f"--{boundary}\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\n"
        out += [f"{head}Content-Location: {url}\r\n\r\n".encode(), page, b"\r\n"]
    return b"".join([*out, f"--{boundary}--\r\n".encode()])


def read_pages(data: bytes, limits: Limits) -> Draft:
    """One article of the pages that ``joined`` put together; the first says title, outlet and dates. A paragraph
    that an earlier page ends or begins with as well (a teaser on every page) is read once."""
    head, _, rest = data.partition(b"\r\n\r\n")
    boundary = b"--" + head.rpartition(b"boundary=")[2].strip()
    drafts = []
    for piece in rest.split(boundary)[1:-1]:
        drafts.append(read_page(piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n"), limits))
    if not drafts:
        raise OnrecordError("there is no page in it")
    text, headings, quoted = drafts[0].text, set(drafts[0].headings), list(drafts[0].quoted)
    seen = set(text.split("\n\n"))
    for draft in drafts[1:]:
        at = 0
        for paragraph in draft.text.split("\n\n"):
            start, at = at, at + len(paragraph) + 2
            if paragraph in seen:
                continue
            seen.add(paragraph)
            moved = len(text) + 2 - start
            text += "\n\n" + paragraph
            headings |= {h + moved for h in draft.headings if start <= h < at}
            quoted += [
                Span(q.start + moved, q.end + moved) for q in draft.quoted if start <= q.start and q.end < at
            ]
    return replace(drafts[0], text=text, headings=frozenset(headings), quoted=tuple(quoted))
