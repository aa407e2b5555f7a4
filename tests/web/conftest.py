"""The page in process, and in a real Chromium where one is installed."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from onrecord.cli.serve import listen
from onrecord.web import create_app

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def client_of(record: Path) -> TestClient:
    return TestClient(create_app(record), base_url="http://localhost")


@pytest.fixture
def client(demo_master: Path) -> TestClient:
    """The page on the shipped example, in process."""
    return client_of(demo_master)


@pytest.fixture(scope="session")
def front(demo_master: Path) -> str:
    """The address of the example's front page."""
    return client_of(demo_master).get("/", follow_redirects=False).headers["location"]


@pytest.fixture
def served(demo: Path) -> Iterator[str]:
    """The page on a copy of the example, on a real socket; its address."""
    with closing(listen(0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(demo), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a tab with a visitor of its own; fails the test when a page's script or policy complains."""
    contexts, complaints = [], []
    refused = "status of 4"  # what a page refuses is no fault of its script

    def opened(**options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda m: complaints.append(m.text) if m.type == "error" and refused not in m.text else None
        )
        page.on("pageerror", lambda e: complaints.append(str(e)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
