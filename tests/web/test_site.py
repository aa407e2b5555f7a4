from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.record import queries
from onrecord.web.site import file_of


@pytest.fixture(scope="module")
def folder(demo_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "public"
    done = CliRunner().invoke(main, ["site", str(out), "-r", str(demo_master), "--base", "https://desk.example/x"])
    assert done.exit_code == 0, done.output
    return out


def test_every_link_leads_to_a_file_and_an_anchor_that_are_there(folder: Path) -> None:
    links = 0
    for file in folder.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"]+)"', file.read_text("utf-8")):
            if link.startswith(("http", "#")):
                continue
            name, _, anchor = link.partition("#")
            target = (file.parent / name).resolve()
            assert target.is_file(), (file, link)
            assert target.is_relative_to(folder.resolve())
            if anchor:
                assert f'id="{anchor}"' in target.read_text("utf-8"), (file, link)
            links += 1
    assert links > 200


def test_no_form_and_no_capture_is_published(folder: Path) -> None:
    for file in folder.rglob("*.html"):
        text = file.read_text("utf-8")
        assert "<form" not in text
        assert "/original" not in text


def test_excerpts_hold_the_evidence_and_not_the_whole(folder: Path, demo_master: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    assert CliRunner().invoke(main, ["site", str(whole), "-r", str(demo_master), "--full-text"]).exit_code == 0

    def words(file: Path) -> int:
        return len(re.sub(r"<[^>]+>", " ", file.read_text("utf-8")).split())

    names = sorted(p.name for p in (folder / "documents").glob("*.html"))
    assert names == sorted(p.name for p in (whole / "documents").glob("*.html"))
    assert sum(words(folder / "documents" / n) for n in names) < sum(words(whole / "documents" / n) for n in names)
    with Record.open(demo_master) as record:
        for told in queries.statements(record.db):
            page = (folder / "documents" / f"{told.reference.number}.html").read_text("utf-8")
            assert f'id="s-{told.row.id}"' in page


def test_the_same_record_gives_the_same_bytes(folder: Path, demo_master: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    args = ["site", str(again), "-r", str(demo_master), "--base", "https://desk.example/x"]
    for _ in range(2):  # a second time over the first
        assert CliRunner().invoke(main, args).exit_code == 0
    files = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert files == {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}


def test_the_feed_has_whole_addresses(folder: Path) -> None:
    feed = next(folder.rglob("feed.atom"))
    ids = [e.text for e in ElementTree.parse(feed).getroot().iter("{http://www.w3.org/2005/Atom}id")]
    assert ids
    assert all(i and i.startswith("https://desk.example/x/d/") for i in ids)


def test_a_folder_with_something_else_is_left_alone(demo_master: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    done = CliRunner().invoke(main, ["site", str(tmp_path), "-r", str(demo_master)])
    assert done.exit_code == 1
    assert "holds something else" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/d/x", "d/x.html"),
        ("/d/x/timeline?page=2", "d/x/timeline-2.html"),
        ("/documents/3", "documents/3.html"),
        ("/static/style.css", "static/style.css"),
        ("/d/x/claims.csv", "d/x/claims.csv"),
    ],
)
def test_addresses_have_files(address: str, name: str) -> None:
    assert file_of(address) == name
