"""From addresses to documents: a page, the items of a feed, the pages of a sitemap, the addresses of a list."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from onrecord.coverage import addresses, archives, feeds, media
from onrecord.coverage.addresses import Address
from onrecord.coverage.fetching import Fetched, Fetcher, FetchError, Network, Visit, same_address
from onrecord.coverage.fields import Names
from onrecord.coverage.limits import Limits
from onrecord.coverage.manifest import Manifest
from onrecord.coverage.parts import Part
from onrecord.coverage.sniffing import HEAD, by_content
from onrecord.coverage.sources import MAX_SERIES, Job, Where, problem
from onrecord.model import Capture, Given, OnrecordError, Problem

_DEPTH = 3  # a list of feeds, a feed, its items; an index of sitemaps, a sitemap, its pages
Item = Capture | Problem | Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known of earlier visits: to one address, to the items that a feed named; and whether an item that
    was visited is due again (an address that the user names always is)."""

    visit: Callable[[str], Visit | None] = lambda url: None
    items: Callable[[str], Sequence[Visit]] = lambda url: ()
    due: Callable[[Visit], bool] = lambda visit: True


def fetch(
    sources: Sequence[str],
    *,
    network: Network = Network(),  # noqa: B008 (frozen)
    memory: Memory = Memory(),
    manifest: Manifest | None = None,
    given: Given = Given(),
    retrieved_at: datetime,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    names: Names = MappingProxyType({}),
    version: str = "",
) -> Iterator[Item]:
    """What some addresses give, each once, in the order of the alphabet: captures and problems as ``captures``
    gives them, and each visit behind what it gave, so that a run that is killed in between asks again.

    A page is a document; a feed leads to its items, a sitemap to its pages on the same host, OPML to its feeds. A
    source ``@FILE`` is a list of addresses. Nothing else is followed but the further pages of one article.
    """
    job = Job(manifest, given, retrieved_at, limits, names)
    with Fetcher(network, version=version) as fetcher:
        walk = _Walk(job, fetcher, memory, network.max_items, set())
        for source in sorted(set(sources)):
            if source.startswith("@"):
                yield from walk.list_of(source[1:])
            else:
                yield from walk.one(Address(re.sub(r"^feed://", "http://", source)), None, 1)


@dataclass(slots=True)
class _Walk:
    job: Job
    fetcher: Fetcher
    memory: Memory
    max_items: int
    done: set[str]

    def list_of(self, path: str) -> Iterator[Item]:
        try:
            with open(path, "rb") as file:  # noqa: PTH123 (paths may be no valid Unicode)
                data = file.read(self.job.limits.max_bytes + 1)
            found = addresses.listed(data, self.job.limits, self.job.names)
        except OSError as error:
            yield problem(f"@{path}", f"the list cannot be read ({error.strerror})", "check the path")
            return
        except OnrecordError as error:
            yield problem(f"@{path}", str(error))
            return
        for address in found:
            yield from self.one(address, None, 1)

    def one(self, address: Address, via: str | None, depth: int) -> Iterator[Item]:
        """One address with all that it leads to."""
        url = address.url
        if url in self.done:
            return
        self.done.add(url)
        known = self.memory.visit(url)
        try:
            fetched = self.fetcher.fetch(url, known=known, via=via)
        except FetchError as error:
            yield problem(url, str(error), error.hint)
            yield Visit(
                url=url,
                status=error.status,
                at=self.job.retrieved_at,
                etag=known.etag if known else None,
                last_modified=known.last_modified if known else None,
                via=via or (known.via if known else None),
            )
            return
        if fetched.data is None:
            yield from self._items([Address(v.url) for v in self.memory.items(url)], url, depth)
            yield fetched.visit
            return
        data = _unzipped(fetched.data, self.job.limits.max_bytes)
        kind = by_content(data[:HEAD], None).media_type
        if kind in (*feeds.KINDS, media.SITEMAP, media.OPML) and depth <= _DEPTH:
            whole = True
            for item in self._container(data, kind, url, depth):
                whole = whole and not isinstance(item, Problem)
                yield item
            # What an item did not give is asked for again, so the feed must not say "not modified" the next time.
            yield fetched.visit if whole else _unconditional(fetched.visit)
        else:
            yield from self._documents(fetched, data, kind, address, via)
            yield fetched.visit

    def _container(self, data: bytes, kind: str, url: str, depth: int) -> Iterator[Item]:
        limits = self.job.limits
        try:
            if kind == media.SITEMAP:
                pages, inner = addresses.of_sitemap(data)
                host = urlsplit(url).hostname
                found = [Address(loc) for loc in inner if urlsplit(loc).hostname == host] + pages
            elif kind == media.OPML:
                found = addresses.listed(data, limits, {})
            else:
                found = list(addresses.of_feed(data, kind, limits))
                yield from self._without_address(data, kind, url)
        except OnrecordError as error:
            yield problem(url, str(error))
            return
        if len(found) > self.max_items:
            left = len(found) - self.max_items
            yield problem(
                url, f"it lists {len(found):,} addresses; {left:,} were left", "raise it with --max-items"
            )
        yield from self._items(found[: self.max_items], url, depth)

    def _items(self, found: Sequence[Address], via: str, depth: int) -> Iterator[Item]:
        for address in found:
            known = self.memory.visit(address.url)
            if known is None or known.status == 0 or self.memory.due(known) or _changed_since(address, known):
                yield from self.one(address, via, depth + 1)

    def _without_address(self, data: bytes, kind: str, url: str) -> Iterator[Capture | Problem]:
        """The entries of a feed that lead nowhere are documents themselves."""
        for entry in feeds.entries(data, kind, self.job.limits):
            if entry.url is None:
                yield from self.job.part(feeds.part(entry, kind), url, Where(name=_name(url)))

    def _documents(
        self, fetched: Fetched, data: bytes, kind: str, address: Address, via: str | None
    ) -> Iterator[Capture | Problem]:
        where = Where(
            url=same_address(fetched.url),
            at=fetched.visit.at,
            told=address.told,
            name=_name(fetched.url),
            charset=media.parameters(fetched.media_type).get("charset"),
        )
        pages = self._series(fetched, data, via) if kind == "text/html" else []
        if len(pages) > 1:
            whole = Part(data=archives.joined(pages), media_type=media.PAGES, place="", url=where.url)
            yield from self.job.part(whole, address.url, where)
        else:
            yield from self.job.read(io.BytesIO(data), address.url, where, size=len(data))

    def _series(self, fetched: Fetched, data: bytes, via: str | None) -> list[tuple[str, bytes]]:
        """A page with the pages of the same article that follow it."""
        pages = [(fetched.url, data)]
        while len(pages) < MAX_SERIES:
            to = archives.neighbour(pages[-1][1], pages[-1][0], "next")
            if to is None or to in dict(pages):
                break
            try:
                following = self.fetcher.fetch(to, via=via)
            except FetchError:
                break
            if following.data is None or not archives.same_article(data, following.data):
                break
            pages.append((to, following.data))
            self.done.add(to)
        return pages


def _unzipped(data: bytes, limit: int) -> bytes:
    """The content of a compressed file, as sitemaps are; web archives stay what they are."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        found = zlib.decompressobj(31).decompress(data, limit)
    except zlib.error:
        return data
    return data if found.startswith(b"WARC/") else found


def _unconditional(visit: Visit) -> Visit:
    return Visit(url=visit.url, status=visit.status, at=visit.at, via=visit.via)


def _changed_since(address: Address, known: Visit) -> bool:
    """Whether a list says that a page has changed since it was visited, to the day."""
    changed = feeds.dated(address.changed).value
    return changed is not None and changed > known.at.date()


def _name(url: str) -> str:
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]).rpartition(".")
    return last[0] or last[2] or parts.hostname or "page"
