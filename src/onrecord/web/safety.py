"""What every request passes before a page sees it, and every answer before it leaves.

Coverage is hostile input and so is any other page that the reader's browser has open. Against DNS rebinding only
known host names are answered; against cross-site posts a form must come from this page; against script in a
captured text nothing but our own files runs (Content-Security-Policy); bodies are bounded.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MOST_BYTES = 256 * 1024  # of a form; the longest field is a note
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Safety:
    """ASGI middleware that refuses what is not from this page and hardens every answer.

    ``hosts`` are the names, without port, by which the page may be asked for.
    """

    def __init__(self, app: App, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(h.casefold() for h in hosts)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {k.decode("latin-1").casefold(): v.decode("latin-1") for k, v in scope["headers"]}
        refused = self._refusal(scope["method"], headers)
        if refused is not None:
            await _refuse(send, *refused)
            return
        await self._app(scope, _bounded(receive), _hardened(send))

    def _refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and sentence for a request that is not answered; None for one that is."""
        host = headers.get("host", "")
        if _name_of(f"//{host}") not in self._hosts:
            return 421, "This page answers only to its own address; open it under the one it was started with."
        if int(_number(headers.get("content-length"))) > MOST_BYTES:
            return 413, f"A form may hold at most {MOST_BYTES // 1024} KiB."
        if method in _SAFE_METHODS:
            return None
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "A form must be sent from this page itself."
        origin = headers.get("origin") or headers.get("referer")
        if origin is None or urlsplit(origin).netloc.casefold() != host.casefold():
            return 403, "A form must be sent from this page itself."
        return None


def _name_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


class TooLarge(Exception):
    """A body that is longer than it may be, or than it said."""


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            raise TooLarge
        return message

    return bounded


def _hardened(send: Send) -> Send:
    async def hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {k for k, _ in message["headers"]}
            message["headers"] = [*message["headers"], *((k, v) for k, v in HEADERS if k not in given)]
        await send(message)

    return hardened


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = sentence.encode()
    head = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def token() -> str:
    """A secret for a form or a session."""
    return secrets.token_urlsafe(24)
