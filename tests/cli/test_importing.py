"""Sheets of rulings: what is taken, what is bad, and that nothing changes where nothing is new."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main


def run(record: Path, *args: object) -> Result:
    return CliRunner().invoke(main, [*map(str, args), "-r", str(record)])


def rows(record: Path, *form: str) -> list[dict[str, str]]:
    done = run(record, "export", *form)
    assert done.exit_code == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.output)))


def sheet(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def event(record: Path, type: str = "strike_start", **values: str) -> dict[str, str]:
    """The first event of the record with these values, as its table has it."""
    found = rows(record, "--as", "csv", "--table", "events")
    return next(r for r in found if r["type"] == type and all(r[k] == v for k, v in values.items()))


@pytest.mark.parametrize(
    ("form", "maps"),
    [
        (("--as", "events"), ()),
        (("--as", "csv", "--table", "events"), ()),
        (("--as", "crosswalk"), ("--map", "candidate=id")),
    ],
)
def test_an_export_imported_unchanged_changes_nothing(
    demo: Path, tmp_path: Path, form: tuple[str, ...], maps: tuple[str, ...]
) -> None:
    out = tmp_path / "out.csv"
    assert run(demo, "export", *form, "-o", out).exit_code == 0
    done = run(demo, "import", out, *maps)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.output.startswith("0 rows taken as 0 judgements")
    assert run(demo, "judgements").output.startswith("No judgement")


def test_an_edited_sheet_keeps_its_values_through_import_and_export(demo: Path, tmp_path: Path) -> None:
    edited = rows(demo, "--as", "crosswalk")
    for r in edited:
        if r["type"] == "proposal_rejected":
            r.update(status="denied", when="2024-05-08")
    out = tmp_path / "edited.csv"
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, edited[0])
        writer.writeheader()
        writer.writerows(edited)
    done = run(demo, "import", out, "--map", "candidate=id", "--who", "Ann", "--why", "second pass")
    assert done.exit_code == 0, done.stderr
    now = {r["candidate"]: (r["type"], r["status"], r["when"]) for r in rows(demo, "--as", "crosswalk")}
    told = {r["id"]: (r["type"], r["status"], r["when"]) for r in rows(demo, "--as", "csv", "--table", "events")}
    for r in edited:
        assert told[r["candidate"]] == (r["type"], r["status"], r["when"])
        assert now.get(r["candidate"], told[r["candidate"]]) == (r["type"], r["status"], r["when"])
    made = json.loads(run(demo, "judgements", "--json").output)
    assert {(j["who"], j["why"]) for j in made} == {("Ann", "second pass")}
    assert run(demo, "import", out, "--map", "candidate=id").output.startswith("0 rows taken")


def test_an_entry_of_the_timeline_rules_on_all_that_is_told_of_it(demo: Path, tmp_path: Path) -> None:
    entry = next(r for r in rows(demo, "--as", "events") if r["type"] == "strike_start" and r["first"])
    path = sheet(tmp_path, "id,status,who,why", f"{entry['id']},denied,Bo,it was a walkout of one day")
    assert run(demo, "import", path).exit_code == 0
    told = [r["candidate"] for r in rows(demo, "--as", "crosswalk") if r["type"] == "strike_start"]
    made = json.loads(run(demo, "judgements", "--json").output)
    assert len(made) > 1 and {j["who"] for j in made} == {"Bo"}
    assert {j["target"] for j in made} <= set(told)


def test_a_document_a_type_and_a_day_name_an_event(demo: Path, tmp_path: Path) -> None:
    start = event(demo, when="2024-04-08")
    path = sheet(tmp_path, "article,code,startdate", f"{start['name']},strike_start,2024-04-08")
    maps = [x for m in ("article=document", "code=type", "startdate=day") for x in ("--map", m)]
    assert run(demo, "import", path, *maps).exit_code == 0
    made = json.loads(run(demo, "judgements", "--json").output)
    assert [(j["target"], j["verdict"], j["why"]) for j in made] == [(start["id"], "accept", "sheet.csv, row 2")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{id},,,2020-04-07,,,", "1,462 days"),
        ("{id},,,2028-04-09,,,", "1,462 days"),
        (",1,strike_start,2020-04-07,,,", "1,462 days"),
        ("{id},,,2024-04-09,2024-04-02,,", "it ends on 2024-04-02, before it begins on 2024-04-09"),
        ("{id},,,2024-04-09,2024-04-12,,", "a ruling sets one day"),
        ("{id},,,45390,,,", "a day as spreadsheets count them"),
        ("{id},,,4/9/2024,,,", "'4/9/2024' is no day"),
        ("{id},,,2024-W15-2,,,", "'2024-W15-2' is no day"),
        ("{id},,,20240409,,,", "a day as spreadsheets count them"),
        (",1,strike_start,9999-12-31,,,", "document 1 on 9999-12-31 tells of no strike_start"),
        ("ffffffffffff,,,,,denied,", "the record holds no event 'ffffffffffff'"),
        ("{id},,walkout,,,,", "event.type cannot be 'walkout'; it is one of: strike_authorized"),
        ("{id},,,,,maybe,", "event.status cannot be 'maybe'"),
        ("{id},,,,,,perhaps", "it is accept or reject"),
        ("{id},,,,,denied,reject", "do one of the two"),
        (",nowhere,strike_start,,,,", "no document 'nowhere'"),
        (",1,ratified,,,,", "document 1 tells of no ratified"),
        (",1,,2024-04-08,,,", "it names no event"),
    ],
)
def test_a_bad_row_is_a_sentence_and_the_good_ones_are_taken(
    demo: Path, tmp_path: Path, line: str, why: str
) -> None:
    start, other = event(demo, when="2024-04-08"), event(demo, "proposal_rejected")
    good = f"{other['id']},,,,,denied,"
    path = sheet(tmp_path, "id,document,type,day,last,status,verdict", good, line.format(id=start["id"]))
    done = run(demo, "import", path)
    assert done.exit_code == 3
    assert done.stderr.startswith("row 3: ") and done.stderr.count("\n") == 1
    assert why in done.stderr
    made = json.loads(run(demo, "judgements", "--json").output)
    assert [(j["target"], j["value"]) for j in made] == [(other["id"], "denied")]


def test_an_id_that_stands_twice_is_taken_once(demo: Path, tmp_path: Path) -> None:
    id = event(demo)["id"]
    path = sheet(tmp_path, "id,status", f"{id},denied", "", f"{id},planned")
    done = run(demo, "import", path)
    assert (done.exit_code, done.stderr) == (3, f"row 4: it is on {id} again, as row 2 is; keep one of them\n")


def test_rows_that_contradict_each_other_are_said(demo: Path, tmp_path: Path) -> None:
    entry = next(r for r in rows(demo, "--as", "events") if r["type"] == "proposal_rejected")
    path = sheet(
        tmp_path, "id,status", f"{entry['id']},denied", f"{event(demo, 'proposal_rejected')['id']},planned"
    )
    done = run(demo, "import", path)
    assert done.exit_code == 3
    assert "and row 2 says denied; keep one of them" in done.stderr


def test_what_follows_from_another_event_is_ruled_on_there(demo: Path, tmp_path: Path) -> None:
    told = {r["id"]: r["type"] for r in rows(demo, "--as", "csv", "--table", "events")}
    pair = next(r for r in rows(demo, "--as", "crosswalk") if r["type"] != entry_type(demo, r["event"]))
    done = run(demo, "import", sheet(tmp_path, "id,status", f"{pair['event']},denied"))
    assert done.exit_code == 3
    assert f"it follows from {pair['candidate']}, which tells of {told[pair['candidate']]}" in done.stderr


def entry_type(record: Path, id: str) -> str:
    return next(r["type"] for r in rows(record, "--as", "events") if r["id"] == id)


def test_check_changes_nothing(demo: Path, tmp_path: Path) -> None:
    id = event(demo)["id"]
    done = run(demo, "import", sheet(tmp_path, "id,status", f"{id},denied"), "--check")
    assert f"row 2: {id} set event.status denied" in done.output
    assert "1 rows would be taken" in done.output
    assert run(demo, "judgements").output.startswith("No judgement")


@pytest.mark.parametrize(
    ("text", "args", "why"),
    [
        (b"id,status\n", ("--map", "x=id"), "has no column 'x'; it has: id, status"),
        (b"id,status\n", ("--map", "id=colour"), "a field is one of: id, document"),
        (b"name,status\n", (), "no column for id or document"),
        (b"id,when,first\n", (), "two columns"),
        (b"\xff\xfe\x00", (), "no CSV file in UTF-8"),
        (b"", (), "no column for id or document"),
    ],
)
def test_a_sheet_that_is_none_is_a_sentence(
    demo: Path, tmp_path: Path, text: bytes, args: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(text)
    done = run(demo, "import", path, *args)
    assert done.exit_code == 1
    assert why in done.stderr
