"""Correcting who is who, as a person does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.record import load, pages, store
from tests.cli.test_commands import run


def parties(path: Path) -> dict[str, dict[str, object]]:
    return {p["id"]: p for p in json.loads(run("parties", "-r", path, "--json").output)}


def speakers(path: Path, name: str) -> list[str]:
    lines = run("statements", "-r", path, "--speaker", name, "--json").output.splitlines()
    return [json.loads(line)["source"] for line in lines]


def test_the_list_goes_dispute_by_dispute_with_sides_names_and_documents(demo: Path) -> None:
    out = run("parties", "-r", demo).output.splitlines()
    assert out[0].startswith("ferry-crews-union-strait-ferry-operators-association-2024")
    assert out[1].strip() == "Workers"
    assert "Ferry Crews' Union" in out[2] and "FCU" in out[2] and "[1]" in out[2]
    assert not any("Tomas Vell" in line for line in out)
    assert "Tomas Vell" in run("parties", "-r", demo, "--all").output


def test_a_merger_acts_on_statements_report_and_exports_and_is_undone(demo: Path) -> None:
    before = run("status", "-r", demo).output
    count = len(speakers(demo, "Ferry Crews' Union"))
    assert count
    assert "judgement 1" in run("parties", "-r", demo, "--merge", "FCU", "SFOA").output
    assert "ferry-crews-union" not in parties(demo)
    assert parties(demo)["strait-ferry-operators-association"]["found_as"] == [
        "ferry-crews-union",
        "strait-ferry-operators-association",
    ]
    assert set(speakers(demo, "Ferry Crews' Union")) == {"Strait Ferry Operators' Association"}
    assert "Ferry Crews" not in run("export", "-r", demo, "--as", "csv", "--table", "timeline").output
    run("judgements", "-r", demo, "--undo", 1)
    assert len(speakers(demo, "Ferry Crews' Union")) == count
    assert run("status", "-r", demo).output == before


def test_a_merger_is_undone_by_splitting_too(demo: Path) -> None:
    run("parties", "-r", demo, "--merge", "Tomas Vell", "FCU")
    assert "tomas-vell" not in parties(demo)
    run("parties", "-r", demo, "--split", "Tomas Vell", "FCU")
    assert parties(demo)["tomas-vell"]["found_as"] == ["tomas-vell"]


def test_a_name_is_split_off_into_a_party_of_the_same_kind(demo: Path) -> None:
    run("parties", "-r", demo, "--split", "SFOA", "Strait Ferry Operators' Association")
    found = parties(demo)
    assert (found["sfoa"]["name"], found["sfoa"]["kind"]) == ("SFOA", "employers_body")
    assert found["strait-ferry-operators-association"]["aliases"] == []


def test_what_was_ruled_survives_another_reader_and_the_machines_rows_stay(demo: Path, tmp_path: Path) -> None:
    run("parties", "-r", demo, "--rename", "FCU", "Crews of the Strait", "--side", "Island Post", "neither")
    mine = tmp_path / "mine.toml"
    mine.write_text('[[party]]\nid = "fcu"\nname = "Ferry Crews\' Union"\nkind = "union"\nside = "workers"\n')
    later = tmp_path / "later.txt"
    later.write_text("The Ferry Crews' Union said on 9 June 2024 that its strike goes on.\n")
    run("read", later, "-r", demo, "--parties", mine, "-q")
    assert parties(demo)["fcu"]["name"] == "Crews of the Strait"
    assert "Crews of the Strait" in speakers(demo, "crews of the strait")
    db = store.connect(demo)
    machine = {p.name for d in load.read_articles(db) for p in d.reading.parties}
    assert "Ferry Crews' Union" in machine and "Crews of the Strait" not in machine


def test_a_side_decides_whether_a_word_establishes_an_event(tmp_path: Path) -> None:
    text = tmp_path / "quay.txt"
    text.write_text(
        " date 2024-06-10 The Quay Crews' Union said that its members at Bolt Docks walked out on Monday.\n"
    )
    path = tmp_path / "quay.db"

    def established() -> bool:
        found = json.loads(run("timeline", "-r", path, "-d", "quay", "--json").output)
        return any(e["entry"]["type"] == "strike_start" and e["entry"]["established"] for e in found)

    run("read", text, "-r", path, "--dispute", "quay", "-q")
    assert established()
    run("parties", "-r", path, "-d", "quay", "--side", "Quay Crews' Union", "neither")
    assert not established()
    run("judgements", "-r", path, "--undo", 1)
    assert established()


def test_two_people_who_disagree_are_both_listed(demo: Path) -> None:
    run("parties", "-r", demo, "--side", "Tomas Vell", "neither", "--who", "ines", "--why", "a mediator")
    run("parties", "-r", demo, "--side", "Tomas Vell", "workers", "--who", "omar")
    assert parties(demo)["tomas-vell"]["side"] == "workers"
    out = run("judgements", "-r", demo).output
    assert "ines" in out and "a mediator" in out and "overruled by 2" in out and "omar" in out
    rows = json.loads(run("judgements", "-r", demo, "--json").output)
    assert [r["fate"] for r in rows] == ["overruled", "stands"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("parties", "--side", "FCU", "upstairs"), "no side"),
        (("parties", "--rename", "nobody here", "X"), "no party"),
        (("parties", "--rename", "FCU", "..."), "no name"),
        (("parties", "--merge", "FCU", "Ferry Crews' Union"), "one party already"),
        (("parties", "--split", "Oddfellows", "FCU"), "other names are"),
        (("judgements", "--undo", "7"), "no judgement 7"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_try(demo: Path, args: tuple[str, ...], says: str) -> None:
    done = run(*args, "-r", demo, code=1)
    assert says in done.stderr and done.stderr.count("\n") == 1
    assert run("judgements", "-r", demo, "--json").output.strip() == "[]"


def test_a_speaker_is_found_by_another_name_of_the_party(demo: Path) -> None:
    assert "Ferry Crews' Union" in speakers(demo, "fcu")


def test_since_needs_a_day_and_says_what_is_undated(demo: Path) -> None:
    assert "--since needs a day" in run("statements", "-r", demo, "--since", "yesterday", code=1).stderr
    out = run("statements", "-r", demo, "--since", "2024-06-01").output
    assert "more in documents without a date" in out and "[1:" not in out


def test_lists_that_read_rows_alone_show_the_ruling_too(demo: Path) -> None:
    run("parties", "-r", demo, "--rename", "FCU", "Crews of the Strait")
    db = store.connect(demo)
    for dispute in (None, "ferry-crews-union-strait-ferry-operators-association-2024"):
        rows = pages.statement_page(db, pages.Wanted(dispute=dispute, speaker="crews of"))
        assert rows and all("Crews of the Strait" in str(r.source) for r in rows)
    run("judgements", "-r", demo, "--undo", 1)
    assert not pages.statement_page(db, pages.Wanted(speaker="crews of"))
