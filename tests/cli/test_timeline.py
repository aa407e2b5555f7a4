"""The chronology in all its forms; the report as of a day; profile and positions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("timeline") / "demo.db"
    done = CliRunner().invoke(main, ["demo", "-r", str(path), "--json"])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def run(demo: Path) -> Run:
    return lambda *words: CliRunner().invoke(main, [*words, "-r", str(demo)])


def test_markdown_lists_the_turns_and_the_documents_they_rest_on(run: Run) -> None:
    out = run("timeline", "--as", "md").output
    assert out.startswith("## Ferry Crews")
    assert "- **Mon 8 Apr 2024** Strike begins (Ferry Crews' Union)" in out
    assert "- \\[1\\] Ferry crews walk out (Harbour Wire, Mon 8 Apr 2024)" in out


def test_csv_has_a_row_an_entry_and_days(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("timeline", "--as", "csv").output)))
    assert ("strike_start", "2024-04-08") in [(r["type"], r["first"]) for r in rows]


def test_ics_holds_all_day_events_and_is_the_same_each_time(run: Run) -> None:
    pytest.importorskip("icalendar", reason="needs the extra [calendar]")
    out = run("timeline", "--as", "ics").output
    assert "DTSTART;VALUE=DATE:20240408" in out
    assert out == run("timeline", "--as", "ics").output


def test_svg_is_well_formed_and_names_the_phases(run: Run) -> None:
    out = run("timeline", "--as", "svg").output
    tree = ElementTree.fromstring(out)
    texts = [e.text for e in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "E In talks" in texts
    assert tree.find("{http://www.w3.org/2000/svg}desc") is not None


def test_png_needs_a_file(run: Run, tmp_path: Path) -> None:
    done = run("timeline", "--as", "png")
    assert done.exit_code == 1
    assert "name a file" in done.stderr
    pytest.importorskip("resvg_py", reason="needs the extra [png]")
    assert run("timeline", "--as", "png", "-o", str(tmp_path / "p.png")).exit_code == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_filters(run: Run) -> None:
    every = json.loads(run("timeline", "--json", "--all").output)
    assert len(every) > len(json.loads(run("timeline", "--json").output))
    types = {e["entry"]["type"] for e in json.loads(run("timeline", "--json", "--type", "meeting_held").output)}
    assert types == {"meeting_held"}
    since = json.loads(run("timeline", "--json", "--since", "2024-06-01").output)
    assert since and all((e["entry"]["last"] or e["told"]) >= "2024-06-01" for e in since)
    assert json.loads(run("timeline", "--json", "--party", "nobody at all").output) == []
    assert all(e["entry"]["established"] for e in json.loads(run("timeline", "--json", "--established").output))


def test_as_of_uses_nothing_later(run: Run) -> None:
    out = run("status", "--as-of", "2024-06-04").output
    assert "as of Tue 4 Jun 2024" in out
    assert "Talks are scheduled since Mon 3 Jun 2024" in out
    assert "Thu 6 Jun 2024  meeting, " not in out  # told later
    told = [e["told"] for e in json.loads(run("timeline", "--json", "--all", "--as-of", "2024-06-04").output)]
    assert max(told) <= "2024-06-04"


def test_a_day_before_everything_is_one_sentence(run: Run) -> None:
    done = run("status", "--as-of", "2020-01-01")
    assert done.exit_code == 1
    assert "nothing on" in done.stderr and "2020-01-01" in done.stderr
    assert run("status", "--as-of", "yesterday").exit_code == 2


def test_status_says_its_age_and_what_would_change_it(run: Run) -> None:
    out = run("status", "--as-of", "2024-06-30").output
    assert "it may no longer hold" in out
    assert "What would change this: " in out


def test_profile_and_positions_answer(run: Run) -> None:
    out = run("profile").output
    assert "Ferry Crews' Union" in out and "industry" in out
    assert {f["fact"]["field"] for f in json.loads(run("profile", "--json").output)} >= {"union", "issue"}
    assert run("positions").exit_code == 0
    found = json.loads(run("positions", "--json", "--side", "employers").output)
    assert all(p["position"]["side"] == "employers" for p in found["positions"])
