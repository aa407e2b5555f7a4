"""Everything that can be wrong with a source, all at once: one line and one problem row each, the others go on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.record import queries

GOOD = " date 2024-04-08 The Ferry Crews' Union said on Monday that its strike would go on.\n"
ARABIC = "قالت النقابة إن الإضراب سيستمر حتى تقدم الشركة عرضا جديدا للعمال في الموانئ والعبارات هذا الأسبوع. " * 3
GERMAN = (
    "Die Gewerkschaft sagte am Montag, der Streik werde weitergehen, bis die Reeder ein neues Angebot machten. "
    * 3
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("bad")
    (base / "empty.txt").write_bytes(b"")
    (base / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    with (base / "huge.txt").open("wb") as huge:
        huge.write(b"A strike. ")
        huge.truncate(200_000_000)
    (base / "nul.txt").write_bytes(b"The union\x00said so.\x00 It did.")
    (base / "mixed.txt").write_bytes(
        "The Ferry Crews\u2019 Union met on Monday. ".encode()
        + "It said \u201cno\u201d to the offer.".encode("cp1252")
    )
    (base / "nested.html").write_text("<html><body>" + "<div>" * 100_000 + "x" + "</div>" * 100_000)
    (base / "script.html").write_text(
        "<html lang=en><head><title>Strike goes on</title><script>alert('stolen')</script></head><body><article>"
        "<p>The Ferry Crews' Union said on Monday that the strike would go on for another week.</p>"
        "<p>The operators said that their offer remained open and that they were ready to meet the union.</p>"
        "<img src=x onerror=alert(1)></article></body></html>"
    )
    (base / "rows.jsonl").write_text(
        '{"id": "one", "text": "The Ferry Crews\' Union went on strike on Monday."}\n'
        '{"id": "broken", "text": "The Ferry\n'
        '{"id": "three", "text": "The union said on Tuesday that its strike would go on."}\n'
    )
    (base / "table.csv").write_text("place,count\nSaltmere,400\n")
    (base / "loop").mkdir()
    (base / "loop" / "round").symlink_to(base, target_is_directory=True)
    (base / "dangling.txt").symlink_to(base / "nowhere.txt")
    (base / "arabic.txt").write_text(ARABIC)
    (base / "german.txt").write_text(GERMAN)
    os.mkfifo(base / "pipe.txt")
    (base / "good.txt").write_text(GOOD)
    return base


BAD = (
    "arabic.txt",
    "dangling.txt",
    "empty.txt",
    "german.txt",
    "huge.txt",
    "mixed.txt",
    "nested.html",
    "nul.txt",
    "picture.png",
    "pipe.txt",
    "rows.jsonl#L2",
    "table.csv",
)


@pytest.fixture(scope="module")
def read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    record = tmp_path_factory.mktemp("record") / "r.db"
    done = CliRunner().invoke(main, ["read", str(folder), "-r", str(record), "-q"])
    assert done.exit_code == 3, done.output
    return done.stderr, record


@pytest.mark.parametrize("name", BAD)
def test_each_bad_source_gets_one_line_that_names_it_and_one_row(read: tuple[str, Path], name: str) -> None:
    said, record = read
    lines = [line for line in said.splitlines() if f"/{name}" in line]
    assert len(lines) == 1, said
    assert lines[0].startswith("onrecord: ")
    with Record.open(record) as opened:
        rows = [p for p in queries.problems(opened.db) if p.source.endswith(f"/{name}")]
    assert len(rows) == 1


def test_nothing_else_is_complained_of(read: tuple[str, Path]) -> None:
    assert len(read[0].strip().splitlines()) == len(BAD)
    assert "Traceback" not in read[0]


def test_the_others_are_read(read: tuple[str, Path]) -> None:
    with Record.open(read[1]) as opened:
        names = {d.name for d in queries.documents(opened.db) if d.read}
        scripts = [d for d in queries.read_articles(opened.db) if d.article.name == "script"]
    assert names == {"good", "mixed", "one", "script", "three"}
    assert "alert" not in scripts[0].article.text


def test_a_second_run_says_the_same_and_adds_no_row(read: tuple[str, Path], folder: Path) -> None:
    said, record = read
    with Record.open(record) as opened:
        before = queries.problems(opened.db)
    done = CliRunner().invoke(main, ["read", str(folder), "-r", str(record), "-q"])
    with Record.open(record) as opened:
        after = queries.problems(opened.db)
    assert [(p.source, p.message) for p in after] == [(p.source, p.message) for p in before]
    # What is in the record is not tried again; what could not even be captured is.
    assert set(done.stderr.splitlines()) <= set(said.splitlines())
