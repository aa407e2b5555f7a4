from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.web.safety import MOST_BYTES


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1", "x" * 5000]
)
def test_only_its_own_names_are_answered(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "onrecord" not in answer.text.lower()


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1:1", "[::1]:8765"])
def test_the_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/problems", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"origin": "http://localhost", "sec-fetch-site": "cross-site"},
        {"referer": "https://evil.example/localhost"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers, content=b"x=1").status_code == 403


def test_a_long_body_is_refused(client: TestClient) -> None:
    headers = {"origin": "http://localhost", "content-length": str(MOST_BYTES + 1)}
    assert client.post("/", headers=headers, content=b"").status_code == 413


@pytest.mark.parametrize("address", ["/", "/problems", "/nosuch", "/static/style.css", "/search?q=talks"])
def test_every_answer_is_hardened(client: TestClient, address: str) -> None:
    headers = client.get(address, follow_redirects=False).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fsafety.py", "/static//etc/passwd"]
)
def test_no_path_leads_out_of_the_static_files(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_an_error_inside_tells_nothing_of_the_inside(
    client: TestClient, front: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.record import pages

    def broken(*_: object) -> str:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(pages, "version", broken)
    answer = TestClient(client.app, base_url="http://localhost", raise_server_exceptions=False).get(front)
    assert answer.status_code == 500
    assert "secret" not in answer.text
