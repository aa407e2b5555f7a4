"""The captured bytes come out as they went in, also as a web archive, and damage is told."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import coverage
from onrecord.api import Record
from onrecord.cli import main
from onrecord.model import Article, Capture, Given
from onrecord.record import evidence, load, queries
from tests.coverage.helpers import NOW, captured

FIXTURES = Path(__file__).parent.parent / "coverage" / "fixtures"


def run(*args: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, [str(a) for a in args])
    assert done.exit_code == code, (done.output, done.stderr)
    return done


def test_the_original_bytes_are_written(demo: Path) -> None:
    with Record.open(demo) as record:
        for document in queries.documents(record.db):
            whole = load.capture(record.db, document.id)
            written = run("show", document.number, "--original", "-r", demo).stdout_bytes
            assert written == whole.data
            if "#" not in document.source:
                assert Path(document.source).read_bytes() == written or not Path(document.source).exists()


def test_an_export_as_warc_holds_every_capture_and_is_the_same_each_time(demo: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.warc.gz", tmp_path / "two.warc.gz"
    run("export", "--as", "warc", "-o", one, "-r", demo)
    run("export", "--as", "warc", "-o", two, "-r", demo)
    assert one.read_bytes() == two.read_bytes()
    with Record.open(demo) as record:
        kept = {c.data for c, _ in evidence.captures(record.db)}
    back = [c for c in captured(one) if isinstance(c, Capture)]
    assert {c.data for c in back} == kept
    assert run("export", "--as", "warc", "-r", demo).stdout_bytes == one.read_bytes()


def test_what_was_exported_reads_as_the_same_texts(demo: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    run("export", "--as", "warc", "-o", archive, "-r", demo)
    found = coverage.captures([str(archive)], retrieved_at=NOW)
    texts = {a.text for c in found if isinstance(c, Capture) and isinstance(a := coverage.extract(c), Article)}
    with Record.open(demo) as record:
        assert texts == {d.article.text for d in queries.read_articles(record.db)}


def test_a_record_that_is_whole_and_one_that_is_not(demo: Path) -> None:
    assert "all as captured" in run("verify", "-r", demo).output
    db = sqlite3.connect(demo)
    name, data = db.execute("SELECT sha256, data FROM capture ORDER BY sha256 LIMIT 1").fetchone()
    other = zlib.compress(zlib.decompress(data).replace(b"e", b"o", 1))
    db.execute("UPDATE capture SET data = ? WHERE sha256 = ?", (other, name))
    db.execute("UPDATE article SET text = text || ' It was all false.' WHERE rowid = 1")
    db.commit()
    db.close()
    told = run("verify", "-r", demo, code=1).output
    assert f"capture {name[:12]}: its bytes are not those that were captured" in told
    assert "its text is not the one that was read" in told
    assert len(json.loads(run("verify", "-r", demo, "--json", code=1).output)["damages"]) == 2


@pytest.mark.parametrize(
    ("pair", "says"),
    [("body", "FIELD=NAME"), ("text=", "FIELD=NAME"), ("colour=x", "text, name, url")],
)
def test_a_mapping_that_is_none_is_told(pair: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("wording,day\nThe union said so on Monday.,2024-04-08\n")
    done = run("read", tmp_path / "a.csv", "--map", pair, "-r", tmp_path / "r.db", code=1)
    assert says in done.stderr


def test_fields_are_named_by_hand(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "wording,day,paper\nThe union said on Monday that it would strike.,2024-04-08,Post\n"
    )
    mapped = ["--map", "text=wording", "--map", "date=day", "--map", "outlet=Paper"]
    run("read", tmp_path / "a.csv", *mapped, "-r", tmp_path / "r.db")
    with Record.open(tmp_path / "r.db") as record:
        [document] = queries.documents(record.db)
        assert (document.outlet, str(document.published)) == ("Post", "2024-04-08")


def test_a_file_of_several_articles_comes_out_as_it_went_in_and_is_kept_once(tmp_path: Path) -> None:
    path, live, warc = tmp_path / "r.db", FIXTURES / "live.html", tmp_path / "a.warc.gz"
    with Record.open(path, create=True) as record:
        record.read([str(live), str(FIXTURES / "factiva.html")])
        documents = queries.documents(record.db)
        assert record.db.execute("SELECT count(*) FROM container").fetchone()[0] == 2
        of_live = [d for d in documents if "live.html" in d.source]
        assert len(of_live) > 1
        for d in of_live:
            assert run("show", d.number, "--original", "-r", path).stdout_bytes == live.read_bytes()
    assert "all as captured" in run("verify", "-r", path).output
    run("export", "--as", "warc", "-o", warc, "-r", path)
    with gzip.open(warc) as file:
        assert live.read_bytes() in file.read()


def test_what_was_forgotten_does_not_stay_in_the_file_that_it_was_part_of(tmp_path: Path) -> None:
    path, live = tmp_path / "r.db", FIXTURES / "live.html"
    with Record.open(path, create=True) as record:
        record.read(str(live))
        first, *others = queries.documents(record.db)
    run("forget", first.number, "--yes", "-r", path)
    with Record.open(path) as record:
        assert record.db.execute("SELECT count(*) FROM container").fetchone()[0] == 0
        assert len(queries.documents(record.db)) == len(others)
        live_again = tmp_path / "again.html"
        live_again.write_bytes(live.read_bytes() + b"<!-- saved again -->")
        record.read(str(live_again))
        assert record.db.execute("SELECT count(*) FROM container").fetchone()[0] == 0
    written = run("show", others[0].number, "--original", "-r", path).stdout_bytes
    assert written != live.read_bytes()
    assert json.loads(written)["@type"] == "BlogPosting"


def test_a_date_that_the_text_contradicts_is_shown_with_the_document(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("The tug crews and the owners signed a deal on June 12, 2024, both sides said in a statement.")
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.read([str(page)], given=Given(date="2024-04-08"))
    shown = run("show", 1, "-r", tmp_path / "r.db").output
    assert "Its date: the text tells of 2024-06-12 in the past tense" in shown
