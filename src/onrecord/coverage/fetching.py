"""Fetch what a user names: within limits of time and size, politely, and never from a private network unasked."""

from __future__ import annotations

import base64
import email.utils
import http.cookiejar
import netrc
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from protego import Protego

from onrecord.coverage.sockets import Checked, RefusedError, Resolve, Transport, resolve
from onrecord.model import OnrecordError

AGENT = "onrecord"
_MEDIA = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,*/*;q=0.5"
_AGAIN = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512_000
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|ocid|smid|ref_src)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How addresses are fetched. Times in seconds; ``timeout`` for one answer to begin or go on, ``total`` for
    all of one address, ``wait_at_most`` for what a server may ask to wait. ``cookies``: a cookies.txt (Netscape
    form), ``login``: a netrc file. ``clock``, ``sleep`` and ``resolver`` are for tests."""

    agent: str = ""
    allow_private: bool = False
    heed_robots: bool = True
    delay: float = 1.0
    timeout: float = 20.0
    total: float = 90.0
    tries: int = 3
    backoff: float = 2.0
    wait_at_most: float = 120.0
    max_redirects: int = 8
    max_bytes: int = 20_000_000
    max_items: int = 1_000
    cookies: Path | None = None
    login: Path | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    resolver: Resolve = resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to an address as it was asked for: the status of the last answer (0: none came), and what a later,
    conditional request needs. ``via``: the feed or list that named it."""

    url: str
    status: int
    at: datetime
    etag: str | None = None
    last_modified: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: the bytes, unpacked, and from which address they came in the end. ``data`` None: not modified
    since the visit whose validators were sent."""

    url: str
    data: bytes | None = field(repr=False)
    media_type: str
    visit: Visit


class FetchError(OnrecordError):
    """An address that gave nothing: why, what to try, and the status of the answer (0: none came)."""

    def __init__(self, message: str, *, hint: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.status = status


def same_address(url: str) -> str:
    """An address as the record knows it: without fragment, tracking parameters and a default port, host in lower
    case."""
    parts = urlsplit(url.strip())
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.match(p.partition("=")[0].lower()))
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    if parts.port and parts.port != {"http": 80, "https": 443}.get(parts.scheme.lower()):
        host += f":{parts.port}"
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


class Fetcher:
    """Fetches one address after the other. Use it as a context manager."""

    def __init__(self, network: Network, *, version: str = "") -> None:
        self._network = network
        self._agent = (
            network.agent or f"{AGENT}/{version or '0'} (reads coverage of labour disputes; one user's tool)"
        )
        self._backend = Checked(allow_private=network.allow_private, resolver=network.resolver)
        self._client = httpx.Client(
            transport=Transport(self._backend, verify=ssl.create_default_context()),
            timeout=network.timeout,
            cookies=_cookies(network.cookies),
            trust_env=False,
            follow_redirects=False,
        )
        self._login = _netrc(network.login)
        self._free_at: dict[str, float] = {}
        self._robots: dict[str, Protego | None] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, url: str, *, known: Visit | None = None, via: str | None = None) -> Fetched:
        """What an address gives; with ``known``, only if it has changed since that visit.

        Raises FetchError with a sentence when it gives nothing.
        """
        for n in range(1, self._network.tries + 1):
            try:
                return self._once(url, known, via)
            except _TryAgain as again:
                wait = again.after if again.after is not None else self._network.backoff * 2 ** (n - 1)
                if n == self._network.tries or wait > self._network.wait_at_most:
                    raise FetchError(again.message, hint=again.hint, status=again.status) from None
                self._network.sleep(wait)
        raise FetchError("no try was allowed", hint="allow one")

    # --------------------------------------------------------------------------- one try, with its redirects

    def _once(self, asked: str, known: Visit | None, via: str | None) -> Fetched:
        url, seen = asked, set[str]()
        self._backend.deadline = time.monotonic() + self._network.total
        while True:
            _check(url)
            if url in seen:
                raise FetchError("it redirects in a circle")
            if len(seen) > self._network.max_redirects:
                raise FetchError(f"it redirects more than {self._network.max_redirects} times")
            seen.add(url)
            self._heed_robots(url)
            sent = _conditions(known) if known is not None else {}
            with self._request(url, sent) as response:
                to = response.headers.get("location")
                if response.status_code in _REDIRECTS and to:
                    url = urljoin(url, to)
                    continue
                return self._answer(asked, url, response, known, via)

    def _request(self, url: str, headers: Mapping[str, str]) -> _Open:
        parts = urlsplit(url)
        self._wait_for(parts.netloc)
        request = self._client.build_request(
            "GET", url, headers={**self._headers(url, parts.hostname or ""), **headers}
        )
        try:
            return _Open(self._client.send(request, stream=True))
        except RefusedError as error:
            raise FetchError(str(error), hint="allow it with --allow-private") from None
        except httpx.TimeoutException:
            raise _TryAgain("it does not answer in time", hint="try again later") from None
        except httpx.TransportError as error:
            raise _TryAgain(
                f"it cannot be reached ({error})", hint="check the address and the connection"
            ) from None
        except (httpx.InvalidURL, UnicodeError):
            raise FetchError("this is no address that can be fetched") from None

    def _headers(self, url: str, host: str) -> dict[str, str]:
        out = {"User-Agent": self._agent, "Accept": _MEDIA, "Accept-Encoding": "gzip, deflate"}
        if url.startswith("https://") and self._login and (found := self._login.authenticators(host)):
            out["Authorization"] = _basic(found[0], found[2] or "")
        return out

    def _wait_for(self, host: str) -> None:
        """One request a delay to each host."""
        wait = self._free_at.get(host, 0.0) - self._network.clock()
        if wait > 0:
            self._network.sleep(wait)
            self._backend.deadline += wait
        delay = self._network.delay
        rules = self._robots.get(host)
        if rules is not None and (asked := rules.crawl_delay(AGENT)):
            delay = max(delay, min(float(asked), self._network.wait_at_most))
        self._free_at[host] = self._network.clock() + delay

    def _answer(
        self, asked: str, url: str, response: httpx.Response, known: Visit | None, via: str | None
    ) -> Fetched:
        status = response.status_code
        visit = Visit(
            url=asked,
            status=status,
            at=datetime.now(UTC).replace(microsecond=0),
            etag=response.headers.get("etag"),
            last_modified=response.headers.get("last-modified"),
            via=via,
        )
        media_type = response.headers.get("content-type", "")
        if status == 304 and known is not None:
            kept = Visit(
                url=asked,
                status=status,
                at=visit.at,
                etag=visit.etag or known.etag,
                last_modified=visit.last_modified or known.last_modified,
                via=via or known.via,
            )
            return Fetched(url=url, data=None, media_type=media_type, visit=kept)
        if status in _AGAIN:
            raise _TryAgain(_says(status), status=status, hint="try again later", after=_retry_after(response))
        if status != 200:
            raise FetchError(_says(status), status=status, hint=_HINTS.get(status, ""))
        return Fetched(url=url, data=self._body(response), media_type=media_type, visit=visit)

    def _body(self, response: httpx.Response) -> bytes:
        limit = self._network.max_bytes
        parts: list[bytes] = []
        size = 0
        try:
            for part in _unpacked(response, limit):
                size += len(part)
                if size > limit:
                    raise FetchError(f"it sends more than {limit:,} bytes", hint="save it to a file and read that")
                parts.append(part)
        except httpx.TimeoutException:
            raise _TryAgain("it stops in the middle or takes too long", hint="try again later") from None
        except httpx.TransportError:
            raise _TryAgain("the connection broke in the middle", hint="try again later") from None
        except zlib.error:
            raise FetchError("what it sends is compressed and broken") from None
        return b"".join(parts)

    # --------------------------------------------------------------------------- robots.txt

    def _heed_robots(self, url: str) -> None:
        """RFC 9309: what a site asks of programs holds; no robots.txt asks nothing; one that cannot be had asks
        everything."""
        if not self._network.heed_robots:
            return
        parts = urlsplit(url)
        if parts.netloc not in self._robots:
            self._robots[parts.netloc] = self._rules(f"{parts.scheme}://{parts.netloc}/robots.txt")
        rules = self._robots[parts.netloc]
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise FetchError(
                "the site's robots.txt asks programs not to fetch it",
                hint="save the page by hand, or fetch it all the same with --ignore-robots",
            )

    def _rules(self, url: str, hops: int = 5) -> Protego | None:
        with self._request(url, {}) as response:
            to = response.headers.get("location")
            if response.status_code in _REDIRECTS and to and hops:
                following = urljoin(url, to)
                _check(following)
                return self._rules(following, hops - 1)
            if response.status_code >= 500 or response.status_code == 429:
                raise _TryAgain(
                    "its robots.txt cannot be had now", status=response.status_code, hint="try again later"
                )
            if response.status_code != 200:
                return None
            data = b""
            try:
                for part in _unpacked(response, _ROBOTS_BYTES):
                    data += part
                    if len(data) >= _ROBOTS_BYTES:
                        break
            except (httpx.TransportError, zlib.error):
                raise _TryAgain("its robots.txt cannot be had now", hint="try again later") from None
        return Protego.parse(data[:_ROBOTS_BYTES].decode("utf-8", "replace"))


def post(url: str, data: bytes, *, network: Network) -> None:
    """Post JSON to an address that the user names, which may be one of this machine or network.

    Raises FetchError when it is not taken.
    """
    _check(url)
    backend = Checked(allow_private=True, resolver=network.resolver)
    headers = {"Content-Type": "application/json", "User-Agent": network.agent or AGENT}
    wrong = ""
    with httpx.Client(
        transport=Transport(backend, verify=ssl.create_default_context()), timeout=network.timeout, trust_env=False
    ) as client:
        for n in range(network.tries):
            backend.deadline = time.monotonic() + network.total
            try:
                status = client.post(url, content=data, headers=headers).status_code
            except httpx.HTTPError as error:
                wrong = f"it cannot be reached ({error})"
            else:
                if 200 <= status < 300:
                    return
                wrong = f"it answers {status}"
                if status not in _AGAIN:
                    break
            if n + 1 < network.tries:
                network.sleep(network.backoff * 2**n)
    raise FetchError(f"the changes were not taken at {url}: {wrong}", hint="check the address")


class _TryAgain(Exception):
    """A try that failed in a way that may pass; ``after``: seconds that the server asked to wait."""

    def __init__(self, message: str, *, hint: str = "", status: int = 0, after: float | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.status, self.after = message, hint, status, after


class _Open:
    """An answer that is closed when it is left."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    def __enter__(self) -> httpx.Response:
        return self._response

    def __exit__(self, *_: object) -> None:
        self._response.close()


_HINTS = {
    401: "give a login with --login FILE, or save the page by hand",
    403: "save the page by hand and read the file",
    404: "check the address",
    410: "what the record holds of it stays",
}


def _says(status: int) -> str:
    words = {
        401: "it asks for a login",
        403: "it is refused",
        404: "there is no such page",
        410: "it was taken down",
    }
    return f"{words.get(status, 'the server answers with an error')} ({status})"


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise FetchError(f"only http and https are fetched, not {parts.scheme or 'this'}:")
    if parts.username or parts.password:
        raise FetchError("the address holds a login", hint="put it into a file and name that with --login")


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _conditions(known: Visit) -> dict[str, str]:
    out = {"If-None-Match": known.etag} if known.etag else {}
    return out | ({"If-Modified-Since": known.last_modified} if known.last_modified else {})


def _retry_after(response: httpx.Response) -> float | None:
    written = response.headers.get("retry-after", "").strip()
    if written.isdigit():
        return float(written[:9])
    try:
        when = email.utils.parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, (when.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _unpacked(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """The body in pieces of bounded size, however much a compressed one would grow to."""
    encodings = [e.strip().lower() for e in response.headers.get("content-encoding", "").split(",") if e.strip()]
    encodings = [e for e in encodings if e != "identity"]
    if not encodings:
        yield from response.iter_raw(65_536)
        return
    if encodings not in (["gzip"], ["x-gzip"], ["deflate"]):
        raise FetchError(f"it sends what was not asked for ({', '.join(encodings)})")
    unpack = zlib.decompressobj(47 if encodings != ["deflate"] else 15)
    given = 0
    for raw in response.iter_raw(65_536):
        while raw and given <= limit:
            part = unpack.decompress(raw, 65_536)
            raw = unpack.unconsumed_tail
            given += len(part)
            yield part
    yield unpack.flush(65_536)[:65_536]


class _FromFileAlone(http.cookiejar.DefaultCookiePolicy):
    def set_ok(self, cookie: http.cookiejar.Cookie, request: object) -> bool:
        return False


def _cookies(path: Path | None) -> http.cookiejar.CookieJar:
    """The cookies of a file; what servers set is not kept."""
    jar = http.cookiejar.MozillaCookieJar(policy=_FromFileAlone())
    if path is not None:
        try:
            jar.load(str(path), ignore_discard=True, ignore_expires=True)
        except (OSError, http.cookiejar.LoadError) as error:
            raise OnrecordError(
                f"{path}: no cookies can be read from it ({error}); it has to be a cookies.txt"
            ) from None
    for cookie in jar:
        if cookie.expires == 0:  # how the files of browsers and curl write "until the session ends"
            cookie.expires = None
    return jar


def _netrc(path: Path | None) -> netrc.netrc | None:
    if path is None:
        return None
    try:
        return netrc.netrc(str(path))
    except (OSError, netrc.NetrcParseError) as error:
        raise OnrecordError(f"{path}: no login can be read from it ({error}); it has to be a netrc file") from None
