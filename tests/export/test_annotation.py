from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.export import annotation
from onrecord.record import queries

BOUND = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")


@pytest.fixture(scope="module")
def folder(demo_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("brat") / "annotation"
    done = CliRunner().invoke(main, ["export", "--as", "brat", "-r", str(demo_master), "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


def test_every_annotation_slices_its_text(folder: Path) -> None:
    bound = 0
    for file in folder.glob("*.ann"):
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        for line in file.read_text("utf-8").splitlines():
            if not line.startswith("T"):
                continue
            match = BOUND.fullmatch(line)
            assert match is not None, line
            pieces = [tuple(map(int, x.split())) for x in match[3].split(";")]
            assert " ".join(text[a:b] for a, b in pieces) == match[4]
            bound += 1
    assert bound > 20


def test_ids_are_unique_and_every_reference_is_there(folder: Path) -> None:
    kinds: set[str] = set()
    for file in folder.glob("*.ann"):
        lines = [x.split("\t") for x in file.read_text("utf-8").splitlines()]
        ids = [x[0] for x in lines]
        assert len(ids) == len(set(ids))
        for _, body, *_ in lines:
            assert set(re.findall(r"\b[TE]\d+\b", body)) <= set(ids)
        kinds |= {i[0] for i in ids}
    assert kinds == {"T", "R", "E", "A", "#"}


def test_the_configuration_names_every_label_used(folder: Path) -> None:
    known = set((folder / "annotation.conf").read_text("utf-8").split())
    used = {m[2] for f in folder.glob("*.ann") for x in f.read_text("utf-8").splitlines() if (m := BOUND.match(x))}
    assert used <= known


def test_a_span_over_a_line_break_becomes_two_pieces() -> None:
    class Document:
        class article:
            text = "talks will\r\ngo on"

    pieces = list(annotation._Standoff(Document())._unbroken(queries.Span(0, 17)))  # type: ignore[arg-type]
    assert [p.of(Document.article.text) for p in pieces] == ["talks will", "go on"]


def test_conll_columns_have_the_spans_of_the_attributions(demo_master: Path) -> None:
    with Record.open(demo_master) as record:
        lines = list(annotation.conll(record.db))
        found = queries.read_articles(record.db)
    rows = [x.split("\t") for x in lines if "\t" in x]
    assert all(len(r) == 6 and set(r[3:]) <= {"B", "I", "O"} for r in rows)
    cues = {s for d in found for a in d.reading.attributions for s in a.cue}
    begun = sum(r[4] == "B" for r in rows)
    assert 0 < begun <= len(cues)
    assert sum(x.startswith("# newdoc") for x in lines) == len(found)
