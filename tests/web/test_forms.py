"""Correcting from the page: forms, their secrets, and two who rule at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.api import Record
from onrecord.record import judgements, review
from onrecord.web import create_app
from tests.web.conftest import client_of

ORIGIN = {"origin": "http://localhost"}


@pytest.fixture
def target(demo: Path) -> str:
    with Record.open(demo) as record:
        return next(q.id for q in review.queue(record.db, record.dispute().id) if q.kind == "event")


def form_of(client: TestClient, target: str) -> dict[str, str]:
    """The hidden fields of the first form of a row's page."""
    html = client.get(f"/correct/{target}").text
    form = html[html.index("<form method") : html.index("</form>", html.index("<form method"))]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {**dict(hidden), "who": "Ann Lee"}


def ruled(record: Path) -> list[tuple[str, str | None, str | None]]:
    with Record.open(record) as opened:
        return [(j.verdict, j.field, j.value) for j in judgements.all_of(opened.db)]


def test_a_ruling_is_recorded_with_who_and_why_and_the_name_is_remembered(demo: Path, target: str) -> None:
    client = client_of(demo)
    form = form_of(client, target)
    answer = client.post("/judge", data={**form, "verdict": "reject", "why": "a headline"}, headers=ORIGIN)
    assert answer.status_code == 200
    assert str(answer.url).endswith(f"/correct/{target}")
    assert "a headline" in answer.text
    assert 'value="Ann Lee"' in answer.text
    with Record.open(demo) as record:
        made = judgements.all_of(record.db)[0]
        assert (made.target, made.verdict, made.who, made.why) == (target, "reject", "Ann Lee", "a headline")


def test_only_what_was_changed_is_set(demo: Path, target: str) -> None:
    client = client_of(demo)
    form = form_of(client, target)
    same = {k.removeprefix("was."): v for k, v in form.items() if k.startswith("was.")}
    answer = client.post("/judge", data={**form, **same, "verdict": "set"}, headers=ORIGIN)
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    client.post("/judge", data={**form, **same, "event.status": "denied", "verdict": "set"}, headers=ORIGIN)
    assert ruled(demo) == [("set", "event.status", "denied")]


def test_a_ruling_is_taken_back(demo: Path, target: str) -> None:
    client = client_of(demo)
    client.post("/judge", data={**form_of(client, target), "verdict": "reject"}, headers=ORIGIN)
    token = form_of(client, target)["token"]
    answer = client.post("/undo", data={"token": token, "number": "1", "who": "Bo"}, headers=ORIGIN)
    assert "taken back by 2" in answer.text
    assert [f for _, f, _ in ruled(demo)] == ["row", "judgement"]


def test_who_rules_on_what_has_changed_meanwhile_is_told_and_nothing_is_lost(demo: Path, target: str) -> None:
    ann, bo = client_of(demo), client_of(demo)
    first, second = form_of(ann, target), form_of(bo, target)
    assert ann.post("/judge", data={**first, "verdict": "accept"}, headers=ORIGIN).status_code == 200
    answer = bo.post("/judge", data={**second, "verdict": "reject", "who": "Bo"}, headers=ORIGIN)
    assert answer.status_code == 400
    assert "ruled on this in the meantime" in answer.text
    assert ruled(demo) == [("accept", "row", None)]
    again = bo.post("/judge", data={**form_of(bo, target), "verdict": "reject", "who": "Bo"}, headers=ORIGIN)
    assert "overruled by 2" in again.text


@pytest.mark.parametrize(
    "change",
    [{"token": ""}, {"token": "forged"}, {"verdict": ""}, {"who": " "}, {"target": "nosuch"}, {"target": ""}],
)
def test_a_form_that_is_not_in_order_records_nothing(demo: Path, target: str, change: dict[str, str]) -> None:
    client = client_of(demo)
    form = {**form_of(client, target), "verdict": "accept", **change}
    answer = client.post("/judge", data=form, headers=ORIGIN)
    assert answer.status_code in (400, 403)
    assert "<h1>Not done</h1>" in answer.text
    assert ruled(demo) == []


def test_a_form_without_its_cookie_records_nothing(demo: Path, target: str) -> None:
    form = {**form_of(client_of(demo), target), "verdict": "accept"}
    assert client_of(demo).post("/judge", data=form, headers=ORIGIN).status_code == 403
    assert ruled(demo) == []


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "7", "-1"])
def test_taking_back_what_is_none_is_said(demo: Path, target: str, number: str) -> None:
    client = client_of(demo)
    token = form_of(client, target)["token"]
    answer = client.post("/undo", data={"token": token, "number": number, "who": "Bo"}, headers=ORIGIN)
    assert answer.status_code == 400
    assert ruled(demo) == []


def test_read_only_shows_no_form_and_takes_none(demo: Path, target: str) -> None:
    client = TestClient(create_app(demo, read_only=True), base_url="http://localhost")
    assert client.get(f"/correct/{target}").status_code == 404
    assert client.post("/judge", data={"target": target}, headers=ORIGIN).status_code == 404
    for page in ("/documents/1", client.get("/", follow_redirects=False).headers["location"]):
        assert "/correct/" not in client.get(page).text
        assert "To be looked at" not in client.get(page).text
