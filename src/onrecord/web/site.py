"""The pages as a folder that can be published: excerpts round the evidence, and links to the originals.

A page is rendered as the server would and its addresses are turned into relative ones; forms and captures are left
out. Every file is written under its own name, so the same record gives the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import deque
from collections.abc import Callable, Collection, Iterator
from html import unescape
from importlib.resources import as_file, files
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, urlsplit

from onrecord.export import tables
from onrecord.model import OnrecordError
from onrecord.record import findings
from onrecord.record.store import Connection
from onrecord.web import pages
from onrecord.web.feeds import atom
from onrecord.web.render import render
from onrecord.web.room import Room

_LISTS: dict[str, Callable[[pages.Asked], pages.Page]] = {
    "timeline": pages.timeline,
    "ahead": pages.ahead,
    "claims": pages.claims,
    "statements": pages.statements,
    "sources": pages.sources,
    "parties": pages.parties,
    "effects": pages.effects,
    "outlook": pages.outlook,
    "documents": pages.documents,
}
_MARK = "onrecord-site"  # a folder that holds this file is ours to write over


def site(path: Path, out: Path, *, base: str = "", full_text: bool = False) -> int:
    """Write the pages on the record at ``path`` into the folder ``out`` and return how many there are.

    ``base`` is the address at which the folder will stand, for the feed; ``full_text`` shows whole documents
    instead of excerpts. Raises OnrecordError when ``out`` holds something else or cannot be written.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _MARK).is_file())):
        raise OnrecordError(f"{out} holds something else; name an empty folder, or one that onrecord site made")
    room = Room(path)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / _MARK).write_text("written by onrecord site; its files may be written over\n", "utf-8")
        with as_file(files("onrecord.web").joinpath("static")) as static:
            shutil.copytree(static, out / "static", dirs_exist_ok=True)
        with room.open() as db:
            written = sum(1 for _ in _pages(room, db, out, full_text=full_text))
            _machine_readable(room, db, out, base)
    except OSError as error:
        raise OnrecordError(f"{out} cannot be written ({error.strerror}); name another folder") from None
    return written


def _pages(room: Room, db: Connection, out: Path, *, full_text: bool) -> Iterator[str]:
    """Write every page that the front pages lead to, and give their addresses. Documents come last: by then it is
    known which of their sentences the other pages cite."""
    waiting = deque(["/", "/problems", *(f"/d/{d.id}" for d in findings.disputes(db))])
    documents: deque[str] = deque()
    seen: set[str] = set()
    cited: dict[str, set[str]] = {}

    def found(address: str, anchor: str) -> None:
        if address.startswith("/documents/"):
            cited.setdefault(address, set()).add(anchor)
            documents.append(address)
        else:
            waiting.append(address)

    while waiting or documents:
        address = (waiting or documents).popleft()
        if address in seen:
            continue
        seen.add(address)
        page = _gathered(room, db, address, None if full_text else cited.get(address, set()))
        target = out / file_of(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_relative(render(page, published=True), address, found), "utf-8")
        yield address


def _gathered(room: Room, db: Connection, address: str, cited: Collection[str] | None) -> pages.Page:
    """The page at an address; of a document the excerpts, with the sentences ``cited``, or the whole (None)."""
    parts = urlsplit(address)
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    names = parts.path.strip("/").split("/")
    if names[0] == "documents":
        page = pages.document(pages.Asked(room, db, {"number": names[1]}, query))
        return page if cited is None else pages.excerpts(page, cited=cited)
    if names[0] == "problems":
        return pages.problems(pages.Asked(room, db, {}, query))
    if names[0] != "d":
        return pages.all_disputes(pages.Asked(room, db, {}, query))
    asked = pages.Asked(room, db, {"dispute": names[1], "claim": names[-1]}, query)
    if len(names) == 2:
        return pages.front(asked, since=None)
    return pages.claim(asked) if len(names) == 4 else _LISTS[names[2]](asked)


def file_of(address: str) -> str:
    """The file of an address within the folder: ``/d/x/timeline?page=2`` is ``d/x/timeline-2.html``."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    if path.startswith("static/") or PurePosixPath(path).suffix in (".csv", ".jsonl", ".atom"):
        return path
    page = parse_qs(parts.query).get("page", ["1"])[0]
    return f"{path or 'index'}{'' if page == '1' else f'-{page}'}.html"


_LINK = re.compile(r'\b(href|src)="([/?][^"]*)"')


def _relative(html: str, address: str, found: Callable[[str, str], None]) -> str:
    """The page with its own addresses relative to its file; each page that it leads to is told to ``found``."""
    here = PurePosixPath(file_of(address)).parent

    def turned(match: re.Match[str]) -> str:
        target, _, anchor = unescape(match[2]).partition("#")
        whole = target if target.startswith("/") else f"{urlsplit(address).path}{target}"
        name = file_of(whole)
        if name.endswith(".html"):
            found(whole.rstrip("/") or "/", anchor)
        relative = os.path.relpath(name, here).replace(os.sep, "/")
        return f'{match[1]}="{relative}{"#" + anchor if anchor else ""}"'

    return _LINK.sub(turned, html)


def _machine_readable(room: Room, db: Connection, out: Path, base: str) -> None:
    for dispute in findings.disputes(db):
        folder = out / "d" / dispute.id
        for table in tables.TABLES:
            (folder / f"{table}.csv").write_text(tables.as_csv(db, table, dispute.id), "utf-8")
            lines = "".join(f"{line}\n" for line in tables.as_jsonl(db, table, dispute.id))
            (folder / f"{table}.jsonl").write_text(lines, "utf-8")
        feed = atom(room.report(db, dispute), base=f"{base.rstrip('/')}/" if base else "")
        (folder / "feed.atom").write_bytes(feed)
