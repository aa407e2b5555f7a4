"""What is captured from files, folders, globs, tables and standard input."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from onrecord.coverage import Limits, captures, load
from onrecord.model import Capture, Given, Problem
from tests.coverage.helpers import NOW, captured, read

TALKS = "Talks at the harbour resumed on Monday, both sides said."


def files(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def names(found: list[Capture | Problem]) -> list[str]:
    return [c.name for c in found if isinstance(c, Capture)]


def test_a_file_is_captured_to_the_byte(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + TALKS.encode() + b"\r\n"
    (tmp_path / "my.first.txt").write_bytes(data)
    [found] = captured(tmp_path / "my.first.txt")
    assert isinstance(found, Capture)
    assert (found.data, found.sha256) == (data, hashlib.sha256(data).hexdigest())
    assert (found.name, found.media_type, found.retrieved_at) == ("my.first", "text/plain", NOW)
    assert found.source == str(tmp_path / "my.first.txt")


def test_the_order_and_number_of_sources_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    files(tmp_path, b=TALKS, a=TALKS + "!", c=TALKS + "?")
    files(tmp_path / "sub", d=TALKS + " Again.")
    pattern = f"{tmp_path}/*.txt"
    once = captured(tmp_path)
    assert names(once) == ["a", "b", "c", "d"]
    assert captured(tmp_path / "c.txt", pattern, tmp_path, f"{tmp_path}/sub/../b.txt") == once
    assert captured(tmp_path, tmp_path / "c.txt", tmp_path / "sub", tmp_path) == once


def test_hidden_files_the_manifest_and_what_a_browser_saved_beside_a_page_are_left_out(tmp_path: Path) -> None:
    files(tmp_path, a=TALKS)
    (tmp_path / ".hidden.txt").write_text(TALKS)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TALKS)
    (tmp_path / "page.html").write_text(f"<html><body><p>{TALKS}</p></body></html>")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "script.js").write_text("run()")
    (tmp_path / "list.csv").write_text("path,outlet\na.txt,Post\n")
    found = captured(tmp_path, manifest=load(tmp_path / "list.csv"))
    assert names(found) == ["a", "page"]
    assert len(found) == 2
    assert isinstance(found[0], Capture)
    assert found[0].given.outlet == "Post"


def test_a_link_and_its_file_are_one_and_loops_end(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    files(folder, a=TALKS)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "z.txt").symlink_to(folder / "a.txt")
    assert names(captured(folder)) == ["a"]


def test_a_very_deep_folder_is_read(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    files(deep, a=TALKS)
    assert names(captured(tmp_path)) == ["a"]


def test_extensions_that_are_not_known_are_told_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(TALKS)
    (tmp_path / "b.aspx").write_text(f"<!DOCTYPE html><html><p>{TALKS}</p></html>")
    (tmp_path / "c.txt").write_text(f"<!doctype HTML>\n<html><p>{TALKS}</p></html>")
    (tmp_path / "d.export").write_text(json.dumps({"text": TALKS}) + "\n")
    (tmp_path / "e.data").write_text(f'id;body\n1;"{TALKS}"\n')
    (tmp_path / "f.UTF16").write_bytes(TALKS.encode("utf-16-le"))
    types = [c.media_type for c in captured(tmp_path) if isinstance(c, Capture)]
    assert types == [
        "text/plain",
        "text/html",
        "text/html",
        "application/x-ndjson",
        "text/csv",
        "text/plain",
    ]


# ------------------------------------------------------------------------------- tables


def test_json_lines_give_a_capture_a_line_to_the_byte(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "first", "text": TALKS, "date": "2024-03-05"}).encode() + b"\r\n",
        b"\n",
        '{"body": "Größere Talks resumed."}\n'.encode(),
        json.dumps({"name": "last", "text": TALKS}).encode(),
    ]
    (tmp_path / "rows.jsonl").write_bytes(b"".join(lines))
    found = captured(tmp_path / "rows.jsonl")
    assert [c.data for c in found if isinstance(c, Capture)] == [lines[0], lines[2], lines[3]]
    assert names(found) == ["first", "rows-L3", "last"]
    assert [c.source for c in found] == [f"{tmp_path}/rows.jsonl#L{n}" for n in (1, 3, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_rows_are_small_csvs_to_the_byte(tmp_path: Path, encoding: str) -> None:
    head = "ID,Date,Full Text\r\n".encode(encoding)
    rows = [
        'a1,2024-03-05,"Talks at the café resumed,\r\n\r\n""both"" sides said."\r\n',
        'a2,2024-03-06,The port’s 5" pipes stayed shut.\r\n',
        'a3,,"No date"',
    ]
    data = [row.encode("utf-8" if encoding == "utf-8-sig" else encoding) for row in rows]
    (tmp_path / "t.csv").write_bytes(head + b"".join(data))
    found = captured(tmp_path / "t.csv")
    assert [c.data for c in found if isinstance(c, Capture)] == [head + row for row in data]
    assert [c.source.rpartition("#")[2] for c in found] == ["L2", "L5", "L6"]
    articles, problems = read(tmp_path / "t.csv")
    assert not problems
    assert articles[0].text == 'Talks at the café resumed,\r\n\r\n"both" sides said.'
    assert articles[1].text == 'The port’s 5" pipes stayed shut.'
    assert [a.name for a in articles] == ["a1", "a2", "a3"]


def test_tab_separated_and_utf16_tables(tmp_path: Path) -> None:
    table = f"headline\ttext\nTalks\t{TALKS}\n"
    (tmp_path / "t.tsv").write_text(table)
    (tmp_path / "u.csv").write_bytes(table.encode("utf-16"))
    articles, problems = read(tmp_path)
    assert not problems
    assert [(a.title, a.text) for a in articles] == [("Talks", TALKS)] * 2


def test_a_long_field_is_read_and_the_process_keeps_its_own_limit(tmp_path: Path) -> None:
    import csv

    before = csv.field_size_limit()
    text = "The strike goes on. " * 9000
    (tmp_path / "t.csv").write_text(f'text\n"{text}"\n')
    [found], _ = read(tmp_path)
    assert found.text == text
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": TALKS, "id": "x"}, ["x"]),
        ({"text": TALKS}, ["t"]),
        ([{"text": TALKS, "id": "x"}, {"text": TALKS + "!"}], ["x", "t-2"]),
        ({"status": "ok", "articles": [{"body": TALKS, "source": {"id": 1, "name": "Post"}}]}, ["t-1"]),
    ],
)
def test_json_files(tmp_path: Path, content: object, expected: list[str]) -> None:
    (tmp_path / "t.json").write_text(json.dumps(content, indent=1))
    found = captured(tmp_path)
    assert names(found) == expected
    assert len(found) == len(expected)


def test_a_text_field_named_by_the_user(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'id,Wortlaut\n1,"{TALKS}"\n')
    (tmp_path / "u.jsonl").write_text(json.dumps({"id": "2", "wortlaut": TALKS, "text": "short"}) + "\n")
    articles, problems = read(tmp_path, names={"text": "wortlaut"})
    assert not problems
    assert [a.text for a in articles] == [TALKS, TALKS]


def test_what_is_given_of_a_table_holds_for_its_rows_but_its_name_does_not(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": TALKS, "url": "https://p.example/1"}, {"id": "b", "text": TALKS}]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "m.csv").write_text(
        "path,url,name,outlet,date\nt.jsonl,,all,Post,2024-01-01\nt.jsonl#L2,,second,,\n"
        ",https://p.example/1,,,2024-02-02\n"
    )
    manifest = load(tmp_path / "m.csv")
    found = captured(tmp_path / "t.jsonl", manifest=manifest, given=Given(dispute="d", date="2023-01-01"))
    assert names(found) == ["a", "second"]
    given = [c.given for c in found if isinstance(c, Capture)]
    assert [(g.outlet, g.date, g.dispute) for g in given] == [
        ("Post", "2024-02-02", "d"),
        ("Post", "2024-01-01", "d"),
    ]


# ------------------------------------------------------------------------------- standard input


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TALKS, [("stdin", "stdin", "text/plain")]),
        (f"<html><p>{TALKS}</p></html>", [("stdin", "stdin", "text/html")]),
        (
            json.dumps({"id": "x", "text": TALKS}) + "\n" + json.dumps({"text": TALKS}) + "\n",
            [("x", "stdin#L1", "application/x-ndjson"), ("stdin-L2", "stdin#L2", "application/x-ndjson")],
        ),
        (f'text,date\n"{TALKS}",2024\n', [("stdin-L2", "stdin#L2", "text/csv")]),
    ],
)
def test_standard_input(data: str, expected: list[tuple[str, str, str]]) -> None:
    found = captured("-", stdin=io.BytesIO(data.encode()))
    assert [(c.name, c.source, c.media_type) for c in found if isinstance(c, Capture)] == expected


def test_json_lines_are_read_as_a_stream() -> None:
    class Endless(io.RawIOBase):
        given_out = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            line = (json.dumps({"text": TALKS}) + "\n").encode()
            part = (line * (len(buffer) // len(line) + 1))[: len(buffer) // len(line) * len(line)]
            buffer[: len(part)] = part
            self.given_out += len(part)
            return len(part)

    raw = Endless()
    stream = captures(["-"], retrieved_at=NOW, stdin=io.BufferedReader(raw))
    for _ in range(1000):
        assert isinstance(next(stream), Capture)
    assert raw.given_out < 1_000_000


# ------------------------------------------------------------------------------- what cannot be read


def test_each_bad_source_is_one_problem_and_the_others_go_on(tmp_path: Path) -> None:
    files(tmp_path, good=TALKS)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \r\n\t\n")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "zip").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "nul.txt").write_bytes(TALKS.encode() + b"\0" + TALKS.encode())
    (tmp_path / "late-nul.txt").write_bytes(TALKS.encode() * 2000 + b"\0")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "feed").write_text('<?xml version="1.0"?><rss><channel></channel></rss>')
    (tmp_path / "style.css").write_text("p {}")
    (tmp_path / "columns.csv").write_text("id,when\n1,2\n3,4\n")
    (tmp_path / "nothing.jsonl").write_text("\n\n")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)
    found = captured(tmp_path, tmp_path / "missing.txt", "https://a.example/x", f"{tmp_path}/*.none")
    assert names(found) == ["good"]
    problems = {Path(p.source).name: p for p in found if isinstance(p, Problem)}
    assert len(problems) == len(found) - 1
    says = {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "picture.txt": "PNG",
        "zip": "ZIP",
        "nul.txt": "binary",
        "late-nul.txt": "NUL",
        "sheet.xlsx": "spreadsheet",
        "feed": "feed",
        "style.css": "style sheet",
        "columns.csv": "'id', 'when'",
        "nothing.jsonl": "empty",
        "gone.txt": "points to nothing",
        "pipe.txt": "pipe",
        "huge.txt": "200,000,000",
        "missing.txt": "no such file",
        "x": "network",
        "*.none": "no file matches",
    }
    assert set(problems) == set(says)
    for name, words in says.items():
        assert words in problems[name].message, problems[name]
        assert "\n" not in problems[name].message
    assert "--text-field" in problems["columns.csv"].hint


def test_a_file_without_permission(tmp_path: Path) -> None:
    files(tmp_path, good=TALKS, secret=TALKS + "!")
    (tmp_path / "secret.txt").chmod(0)
    if os.access(tmp_path / "secret.txt", os.R_OK):
        pytest.skip("this user may read everything; the dangling link and the pipe above stand in for it")
    found = captured(tmp_path)
    assert names(found) == ["good"]
    assert [p.message for p in found if isinstance(p, Problem)] == ["the file cannot be read (Permission denied)"]


def test_an_error_while_reading_is_one_problem() -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            raise OSError(5, "Input/output error")

    [found] = captured("-", stdin=io.BufferedReader(Broken()))
    assert isinstance(found, Problem)
    assert "Input/output error" in found.message


def test_a_broken_line_is_told_with_its_number_and_its_neighbours_go_on(tmp_path: Path) -> None:
    good = json.dumps({"text": TALKS}).encode()
    lines = [
        good,
        b'{"text": "half',
        b"[1, 2]",
        b'{"id": 3}',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b"}",
        b"\0\0\0",
        b'{"text": "' + b"x" * 3000 + b'"}',
        good,
    ]
    (tmp_path / "t.jsonl").write_bytes(b"\n".join(lines))
    limits = Limits(max_bytes=200_000)
    found = captured(tmp_path, limits=limits)
    assert names(found) == ["t-L1", "t-L8", "t-L9"]
    told = [p.source for p in found if isinstance(p, Problem)]
    assert told == [f"{tmp_path}/t.jsonl#L{n}" for n in (2, 3, 4, 5, 6, 7)]
    short = captured(tmp_path, limits=Limits(max_bytes=2000))
    assert [type(c) for c in short].count(Capture) == 2


def test_an_endless_line_is_passed_over_without_being_held(tmp_path: Path) -> None:
    with (tmp_path / "t.jsonl").open("wb") as table:
        table.truncate(200_000_000)
        table.seek(0, 2)
        table.write(b"\n" + json.dumps({"text": TALKS}).encode())
    found = captured(tmp_path, limits=Limits(max_bytes=100_000))
    assert [type(c) for c in found] == [Problem, Capture]


def test_a_quotation_mark_that_is_never_closed_spoils_one_row(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('id,text\na,Talks.\nb,"Open\nc,Talks.\nd,Talks.\n')
    found = captured(tmp_path)
    assert names(found) == ["a", "c", "d"]
    assert [p.source.rpartition("#")[2] for p in found if isinstance(p, Problem)] == ["L3"]


def test_a_table_that_is_none_is_left_after_a_hundred_rows(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text("no json\n" * 5000)
    found = captured(tmp_path)
    assert len(found) == 101
    assert isinstance(found[-1], Problem)
    assert "the rest was left" in found[-1].message


@pytest.mark.parametrize(
    "content", ["[", '{"articles": [{"text": "a"', "[1, 2]x", "[" * 100_000, "3", "[{}]", "{}"]
)
def test_a_broken_json_file_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.json").write_text(content)
    found = captured(tmp_path)
    assert found
    assert all(isinstance(p, Problem) for p in found)


def test_a_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TALKS)
    except OSError:
        pytest.skip("this file system allows no such name")
    [found] = captured(tmp_path)
    assert isinstance(found, Capture)
    assert found.source.encode("utf-8").endswith(b".txt")
