"""Files and rows that name one address with several texts are revisions of one document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.api import Record
from onrecord.record import queries, revisions
from tests.coverage.making import page

MET = "The tug crews met the owners on Monday at the harbour office, both sides said in the evening."
FIRST, SECOND = f"{MET} A deal could come this week.", f"{MET} A deal comes this week."
OTHER = "Bakers at nine plants voted to walk out over the rota. Ballots were counted on Friday night by the union."
LONG = f"{FIRST} {' '.join(f'The owners gave reason {n} for it.' for n in range(9))}"
URL = "https://ledger.example/2024/tugs"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.db", create=True) as opened:
        yield opened


def table(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps({"url": URL} | row) + "\n" for row in rows))
    return path


def told(record: Record) -> list[list[tuple[int, int, str]]]:
    return [[(r.number, r.n, r.text) for r in history] for history in revisions.histories(record.db)]


def test_two_rows_with_one_address_are_two_revisions(record: Record, tmp_path: Path) -> None:
    record.read(str(table(tmp_path, {"text": FIRST}, {"text": SECOND})))
    assert told(record) == [[(1, 1, FIRST), (1, 2, SECOND)]]
    [document] = queries.documents(record.db)
    assert document.number == 1
    record.read(str(table(tmp_path, {"text": FIRST}, {"text": SECOND}, {"text": OTHER, "url": f"{URL}/b"})))
    assert told(record) == [[(1, 1, FIRST), (1, 2, SECOND)]]  # the same rows again are nothing new
    assert [d.number for d in queries.documents(record.db)] == [1, 2]  # and no number is lost


def test_the_row_that_was_changed_later_counts_wherever_it_stands(record: Record, tmp_path: Path) -> None:
    later, earlier = {"text": SECOND, "updated": "2024-04-09"}, {"text": FIRST, "updated": "2024-04-08"}
    record.read(str(table(tmp_path, later, earlier)))
    assert told(record) == [[(1, 1, FIRST), (1, 2, SECOND)]]


def test_a_saved_page_is_a_revision_of_one_with_the_same_canonical_address(record: Record, tmp_path: Path) -> None:
    head = f'<link rel="canonical" href="{URL}">'
    for name, title, last in (
        ("one", "Deal could come", "A deal could come."),
        ("two", "Deal comes", "It comes."),
    ):
        (tmp_path / f"{name}.html").write_bytes(page(title, MET, "They meet again on Thursday.", last, head=head))
        record.read(str(tmp_path / f"{name}.html"))
    [history] = revisions.histories(record.db)
    assert [r.title for r in history] == ["Deal could come", "Deal comes"]


@pytest.mark.parametrize(
    "other",
    [{"text": OTHER}, {"text": MET}, {"text": LONG, "section": "News"}],
    ids=["another article", "an excerpt", "the same text"],
)
def test_one_address_alone_makes_no_revision(record: Record, tmp_path: Path, other: dict[str, str]) -> None:
    record.read(str(table(tmp_path, {"text": LONG}, other)))
    assert told(record) == []
    assert len(queries.documents(record.db)) == 2
