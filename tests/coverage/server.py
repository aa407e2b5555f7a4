"""A real HTTP server on this machine that behaves as badly as the web does."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from onrecord.coverage import Network


@dataclass
class Answer:
    """What the server sends: status, body, headers; ``drip``: seconds between single bytes; ``endless``: the body
    again and again; ``hang``: nothing at all."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str | None = "text/html"
    drip: float = 0.0
    endless: bool = False
    hang: bool = False


@dataclass
class Site:
    """A running server: its address, its answers by path (an answer or a function of how often it was asked and
    the request's headers), and the requests it got."""

    url: str
    answers: dict[str, Answer | Callable[[int, dict[str, str]], Answer]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def asked(self, path: str) -> list[dict[str, str]]:
        return [headers for p, headers in self.requests if p == path]


@contextmanager
def running() -> Iterator[Site]:
    site = Site("")
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {k.lower(): v for k, v in self.headers.items()}
            site.requests.append((self.path, headers))
            found = site.answers.get(self.path, Answer(b"gone", 404))
            answer = found(len(site.asked(self.path)), headers) if callable(found) else found
            if answer.hang:
                stop.wait(20)
                return
            with contextlib.suppress(OSError):
                self._send(answer)

        def do_POST(self) -> None:
            headers = {k.lower(): v for k, v in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            site.posted.append((self.path, headers, body))
            times = sum(path == self.path for path, _, _ in site.posted)
            found = site.answers.get(self.path, Answer(b"not taken", 501))
            with contextlib.suppress(OSError):
                self._send(found(times, headers) if callable(found) else found)

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            if answer.kind:
                self.send_header("Content-Type", answer.kind)
            if not answer.endless and not answer.drip:
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.drip:
                for n in range(len(answer.body)):
                    self.wfile.write(answer.body[n : n + 1])
                    self.wfile.flush()
                    if stop.wait(answer.drip):
                        return
            elif answer.endless:
                while not stop.is_set():
                    self.wfile.write(answer.body)
            elif answer.status != 304:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def quick(**options: object) -> Network:
    """A network that waits for nothing and may reach this machine."""
    waits: list[float] = []
    settings: dict[str, object] = {
        "allow_private": True,
        "delay": 0.0,
        "timeout": 0.4,
        "total": 1.0,
        "backoff": 0.0,
        "tries": 2,
        "sleep": waits.append,
    }
    return Network(**(settings | options))  # type: ignore[arg-type]


def gzip_bomb(size: int) -> bytes:
    return gzip.compress(bytes(size))


def now() -> float:
    return time.monotonic()
