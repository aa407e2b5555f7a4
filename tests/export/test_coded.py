"""The event file, the crosswalk and PLOVER records; the report as Markdown."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.export.codes import codes
from onrecord.model import EventType
from onrecord.record import findings, queries


def run(record: Path, *args: str) -> str:
    done = CliRunner().invoke(main, [*args, "-r", str(record)])
    assert done.exit_code == 0, done.output
    return done.output


def rows(record: Path, form: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(record, "export", "--as", form))))


def test_the_event_file_has_every_entry_with_its_codes(demo_master: Path) -> None:
    found = rows(demo_master, "events")
    with Record.open(demo_master) as record:
        entries = {e.id: e for d in findings.disputes(record.db) for e in queries.timeline(record.db, d.id)}
    assert {r["id"] for r in found} == entries.keys()
    for r in found:
        e = entries[r["id"]]
        code = codes(EventType(r["type"]))
        assert (r["cameo"], r["plover"], r["tracker"]) == (code.cameo, code.plover, code.lat)
        assert (r["first"], r["established"]) == (e.first.isoformat() if e.first else "", str(e.established))
        assert len(r["evidence"].split("; ")) == len(e.evidence)


def test_the_crosswalk_leads_from_each_event_to_the_passages_that_tell_it(demo_master: Path) -> None:
    found = rows(demo_master, "crosswalk")
    assert {r["event"] for r in found} == {r["id"] for r in rows(demo_master, "events")}
    with Record.open(demo_master) as record:
        told = {e.id: (d, e) for d in queries.read_articles(record.db) for e in d.reading.events}
    for r in found:
        document, event = told[r["candidate"]]
        assert r["article"] == document.article.id
        assert (int(r["start"]), int(r["end"])) == (event.evidence.start, event.evidence.end)
        assert r["role"] == ("headline" if event.in_title else "statement" if event.statement else "narration")
    assert {"narration", "statement"} <= {r["role"] for r in found}


def test_plover_records_have_what_the_format_requires(demo_master: Path) -> None:
    found = [json.loads(line) for line in run(demo_master, "export", "--as", "plover").splitlines()]
    events = {r["id"]: r for r in rows(demo_master, "events")}
    assert len({r["id"] for r in found}) == len(found) > 3
    for r in found:
        assert date.fromisoformat(r["date"]) and r["event"] == [events[r["id"]]["plover"]]
        assert r["source"] and all(a["actor_text"] for a in r["source"])
        assert r["quad_code"] in (1, 2, 3, 4)
        assert len(r["text_info"]) == len(r["cite_info"]) > 0
        status = events[r["id"]]["status"]
        assert r.get("context") == {"planned": ["future"], "possible": ["hypothetical"]}.get(status)
    both = [r for r in found if len(r["source"]) == 2]
    assert {a["sector"] for a in both[0]["source"]} == {"LAB", "BUS"}


def test_the_report_as_markdown_has_the_lines_of_the_report(demo_master: Path) -> None:
    found = run(demo_master, "status", "--as", "md")
    assert found.startswith("# Ferry Crews' Union")
    assert "## Where the talks stand\n\n- **In talks since" in found
    assert "Documents:\n\n- \\[1\\] " in found
    sections = [line for line in run(demo_master, "status").splitlines() if line.isupper()]
    assert [line[3:].upper() for line in found.splitlines() if line.startswith("## ")] == sections
