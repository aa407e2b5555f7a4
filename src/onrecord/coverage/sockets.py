"""Connections to addresses that were resolved and checked first: what is checked is what is connected to.

A name that resolves to a harmless address when it is checked and to a private one when it is used (DNS rebinding)
has no second resolution to play on: the connection is made to the address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

from onrecord.model import OnrecordError

Resolve = Callable[[str, int], Sequence[str]]
"""From a host name and a port to its addresses; OSError when it has none."""


class RefusedError(OnrecordError):
    """An address that is not asked, by its own nature: asking again would change nothing."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet: not this machine, a local network, a link or a group."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Checked(httpcore.NetworkBackend):
    """Resolves, checks and connects in one step, and ends every wait at ``deadline`` (monotonic seconds)."""

    def __init__(self, *, allow_private: bool, resolver: Resolve) -> None:
        self._allow_private = allow_private
        self._resolve = resolver
        self._inner = httpcore.SyncBackend()
        self.deadline = float("inf")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port, timeout)
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise RefusedError(f"{host} is {address}, an address of a private network")
        wrong: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                wait = _left(self.deadline, timeout)
                return _Bounded(self._inner.connect_tcp(address, port, wait, local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                wrong = error
        raise wrong

    def _addresses(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        """Resolution knows no time limit, so it runs beside and is left behind when it takes too long."""
        found: list[Sequence[str] | OSError] = []

        def run() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(_left(self.deadline, timeout))
        if not found:
            raise httpcore.ConnectTimeout(f"the name {host} could not be resolved in time")
        if isinstance(found[0], OSError):
            raise httpcore.ConnectError(f"the name {host} cannot be resolved")
        return found[0]


class _Bounded(httpcore.NetworkStream):
    """A stream of which no read or write outlasts the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, backend: Checked) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._backend.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._backend.deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = _left(self._backend.deadline, timeout)
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, wait), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for one address is over")
    return left if timeout is None else min(left, timeout)


_ERRORS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.TimeoutException, httpx.TimeoutException),
    (httpcore.ProtocolError, httpx.ProtocolError),
    (httpcore.NetworkError, httpx.NetworkError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
    (OSError, httpx.NetworkError),
)


class Transport(httpx.BaseTransport):
    """httpx over checked connections, one for each request, so that no connection outlives its check."""

    def __init__(self, backend: Checked, *, verify: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=verify, max_keepalive_connections=0, network_backend=backend, http2=False
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        try:
            got = self._pool.handle_request(asked)
        except Exception as error:
            raise _translated(error) from error
        return httpx.Response(status_code=got.status, headers=got.headers, stream=_Stream(got), request=request)

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, got: httpcore.Response) -> None:
        self._got = got

    def __iter__(self) -> Any:
        try:
            yield from self._got.iter_stream()
        except Exception as error:
            raise _translated(error) from error

    def close(self) -> None:
        self._got.close()


def _translated(error: Exception) -> Exception:
    for kind, ours in _ERRORS:
        if isinstance(error, kind):
            return ours(str(error) or type(error).__name__)
    return error
