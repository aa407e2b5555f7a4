"""The outlook, what runs ahead, leaks and framing, on the command line."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.cli import main
from onrecord.record import ledger


def run(record: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-r", str(record)])


def test_the_outlook_says_what_settled_means_and_what_moved_it(demo: Path) -> None:
    first = run(demo, "outlook", "--as-of", "2024-06-03")
    assert first.exit_code == 0, first.output
    second = run(demo, "outlook")
    for word in (
        "tentative agreement",
        "Stoppage ended",
        "Ratified",
        "base rate alone",
        "Class:",
        "Since the reading of",
    ):
        assert word in second.output


def test_horizon_and_kind_are_heeded(demo: Path) -> None:
    view = json.loads(
        run(demo, "outlook", "--horizon", "60", "--horizon", "2", "--workers", "900", "--json").output
    )
    assert [c["days"] for c in view["forecast"]["chances"]] == [2, 60]
    assert "900 workers (given)" in view["forecast"]["profile"]


def test_a_forecast_knows_only_what_was_published_by_then(demo: Path) -> None:
    early = json.loads(run(demo, "outlook", "--as-of", "2024-05-20", "--json").output)
    assert early["forecast"]["state"] != "in_talks"
    none = run(demo, "outlook", "--as-of", "2020-01-01")
    assert none.exit_code == 0 and none.output.startswith("No forecast")


@pytest.mark.parametrize("day", ["tomorrow", "2024-13-01", "01/02/2024"])
def test_a_day_that_is_none_is_refused_with_a_sentence(demo: Path, day: str) -> None:
    done = run(demo, "outlook", "--as-of", day)
    assert done.exit_code == 1
    assert "write it as 2024-06-20" in done.output


def test_every_forecast_is_kept_once_and_for_good(demo: Path) -> None:
    for _ in range(2):
        run(demo, "outlook", "--as-of", "2024-06-03")
    with onrecord.Record.open(demo) as record:
        made = record.forecasts()
        assert [m.forecast.as_of for m in made] == [date(2024, 6, 3), date(2024, 6, 7)]
        assert [m.looking_back for m in made] == [True, False]
        assert not any(s.evidence for m in made for s in m.forecast.shifts)
        for change in ("UPDATE forecast_made SET as_of = '2000-01-01'", "DELETE FROM forecast_made"):
            with pytest.raises(sqlite3.IntegrityError, match="forecast that was made"):
                record.db.execute(change)
        assert ledger.made(record.db, "no such dispute") == ()
    scores = run(demo, "outlook", "--scores")
    assert "2 forecasts of 1 dispute" in scores.output


def test_a_fit_of_ones_own_is_made_and_used(demo: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    days = [f"2021-{1 + n % 12:02}-{1 + n % 9:02},2021-{1 + n % 12:02}-{10 + n % 17:02}" for n in range(150)]
    table.write_text("start,end\n" + "\n".join(days) + "\n", encoding="utf-8")
    out = tmp_path / "hazard.json"
    fitted = CliRunner().invoke(main, ["outlook", "fit", str(table), "--out", str(out), "--draws", "4"])
    assert fitted.exit_code == 0, fitted.output
    assert "150 strikes" in fitted.output
    assert run(demo, "outlook", "--parameters", str(out)).exit_code == 0
    refused = run(demo, "outlook", "--parameters", str(table))
    assert refused.exit_code == 1 and "onrecord outlook fit" in refused.output


@pytest.mark.parametrize("command", ["outlook", "ahead", "framing"])
def test_pictures_are_sound_and_say_what_they_show(demo: Path, tmp_path: Path, command: str) -> None:
    target = tmp_path / "picture.svg"
    done = run(demo, command, "--picture", str(target))
    assert done.exit_code == 0, done.output
    root = ET.fromstring(target.read_text("utf-8"))
    assert [child.tag.rsplit("}")[-1] for child in root][:2] == ["title", "desc"]
    refused = run(demo, command, "--picture", str(tmp_path / "picture.txt"))
    assert refused.exit_code == 1 and ".svg or .png" in refused.output


@pytest.mark.parametrize("by", ["outlet", "speaker", "side", "day"])
def test_claims_are_grouped(demo: Path, by: str) -> None:
    groups = json.loads(run(demo, "ahead", "--by", by, "--json").output)
    assert sum(g["hope"] for g in groups) == 3
    assert any(g["figures"] for g in groups)


def test_a_figure_shows_its_parts(demo: Path) -> None:
    told = run(demo, "ahead").output
    assert "conveyed, low" in told and "base rate:" in told


def test_silence_and_who_spoke_all_the_same(demo: Path) -> None:
    found = json.loads(run(demo, "leaks", "--json").output)
    assert [b["blackout"]["first"] for b in found["blackouts"]] == ["2024-06-03"]
    assert all(x["leak"]["speaker"] is None for x in found["leaks"] if x["leak"]["authority"] == "unnamed")
    assert "Silence agreed" in run(demo, "leaks").output
    assert run(demo, "framing").exit_code == 0
    assert json.loads(run(demo, "framing", "--json").output) == []
