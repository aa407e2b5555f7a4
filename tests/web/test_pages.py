from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from onrecord.api import Record
from onrecord.cli import main
from onrecord.export import report
from tests.web.conftest import client_of

PAGES = ("", "timeline", "ahead", "claims", "statements", "sources", "parties", "effects", "outlook", "documents")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_dispute_is_there_and_says_which_it_is(client: TestClient, front: str, page: str) -> None:
    answer = client.get(f"{front}/{page}".rstrip("/"))
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.text.count('aria-current="page"') == 1


def test_every_link_of_every_page_leads_somewhere(client: TestClient, front: str) -> None:
    seen, waiting = set(), ["/", front]
    while waiting:
        address = waiting.pop().split("#")[0]
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html"):
            links = re.findall(r'(?:href|src)="([^"]+)"', answer.text)
            local = [link.replace("&amp;", "&") for link in links]
            waiting += [f"{address.split('?')[0]}{x}" if x.startswith("?") else x for x in local if x[0] in "/?"]
    assert len(seen) > 30


def test_a_reference_leads_to_a_sentence_that_is_there(client: TestClient, front: str) -> None:
    links = set(re.findall(r'href="(/documents/\d+)#(s\d+)"', client.get(front).text))
    assert links
    for address, anchor in links:
        assert f'id="{anchor}"' in client.get(address).text


def test_the_front_page_says_what_the_report_says(client: TestClient, front: str, demo_master: Path) -> None:
    with Record.open(demo_master) as record:
        lines = report.sections(record.status())[0].lines
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(front).text)).replace("&#39;", "'")
    for line in lines:
        assert " ".join(line.text.split()) in shown


def test_filters_narrow_the_timeline(client: TestClient, front: str) -> None:
    everything = client.get(f"{front}/timeline").text.count('<li class="')
    chosen = client.get(f"{front}/timeline?record=established").text
    assert 0 < chosen.count('<li class="established"') < everything
    assert '<li class="reported"' not in chosen
    assert "Nothing fits" in client.get(f"{front}/timeline?from=1901-01-01&to=1901-02-01").text


def test_a_day_that_is_none_is_answered_with_a_sentence(client: TestClient, front: str) -> None:
    answer = client.get(f"{front}/timeline?from=yesterday")
    assert answer.status_code == 404
    assert "write it as 2023-09-20" in answer.text


def test_statements_are_filtered_as_on_the_command_line(client: TestClient, front: str, demo_master: Path) -> None:
    done = CliRunner().invoke(main, ["statements", "-r", str(demo_master), "--authority", "party", "--json"])
    expected = len(done.output.splitlines())
    assert expected
    shown = client.get(f"{front}/statements?authority=party").text
    assert shown.count("<q>") == expected
    assert client.get(f"{front}/statements?speaker=nobody+at+all").text.count("<q>") == 0


@pytest.mark.parametrize("page", ["-1", "0", "x", "1e9", "9999999999", "2"])
def test_a_page_number_never_breaks_a_list(client: TestClient, front: str, page: str) -> None:
    assert client.get(f"{front}/statements?page={page}").status_code == 200


def test_the_same_facts_for_machines(client: TestClient, front: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{front}/timeline.csv").text)))
    lines = [json.loads(x) for x in client.get(f"{front}/timeline.jsonl").text.splitlines()]
    assert rows and len(rows) == len(lines)
    assert [r["id"] for r in rows] == [x["id"] for x in lines]


def test_the_feed_has_an_entry_for_each_state(client: TestClient, front: str, demo_master: Path) -> None:
    root = ElementTree.fromstring(client.get(f"{front}/feed.atom").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    with Record.open(demo_master) as record:
        dated = [i for i in record.standing() if i.first]
    assert len(root.findall("a:entry", space)) == len(dated) > 0
    ids = [e.findtext("a:id", namespaces=space) for e in root.findall("a:entry", space)]
    assert len(set(ids)) == len(ids)


def test_the_original_is_saved_and_never_shown(client: TestClient) -> None:
    answer = client.get("/documents/1/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="1-[A-Za-z0-9-]+\.captured"', answer.headers["content-disposition"])


@pytest.mark.parametrize(
    "address", ["/documents/999", "/d/nosuch", "/d/nosuch/timeline", "/nosuch", "/documents/999/original"]
)
def test_what_is_not_there_is_said_in_a_sentence(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


def test_an_empty_record_has_a_front_page(tmp_path: Path) -> None:
    Record.open(tmp_path / "empty.db", create=True).close()
    assert "The record is empty" in client_of(tmp_path / "empty.db").get("/").text


def test_what_is_new_since_the_last_visit(demo: Path, front: str) -> None:
    client = client_of(demo)
    client.get(front)
    with sqlite3.connect(demo) as db:
        db.execute(
            "INSERT INTO run (id, started_at, finished_at, reader) VALUES (90, '2030-01-01', '2030-01-01', 'x')"
        )
        db.execute("UPDATE document SET first_run = 90 WHERE number = 1")
    assert "Since your last visit" not in client.get(front).text  # the same sitting
    fresh = client_of(demo).get(front, headers={"cookie": "onrecord_visit=-.1.5"}).text
    assert "Since your last visit" in fresh
    assert "1 new document" in fresh


def test_a_hostile_record_runs_nothing(demo: Path) -> None:
    """Script in every text of the record comes out as text."""
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e"
    with sqlite3.connect(demo) as db:
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        db.execute("PRAGMA foreign_keys = OFF")
        for table, column in (
            ("article", "title"),
            ("article", "outlet"),
            ("article", "byline"),
            ("article", "url"),
            ("statement", "source"),
            ("event", "place"),
            ("effect", "bearer"),
            ("effect", "amount"),
            ("party", "name"),
            ("problem", "message"),
            ("problem", "hint"),
            ("dispute", "name"),
            ("sighting", "name"),
        ):
            assert table in tables
            db.execute(f"UPDATE {table} SET {column} = ?", (attack,))
    client = client_of(demo)
    front = client.get("/", follow_redirects=False).headers["location"]
    for page in (*(f"{front}/{p}".rstrip("/") for p in PAGES), "/documents/1", "/problems", f"/search?q={attack}"):
        text = client.get(page).text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "\u202e" not in text
