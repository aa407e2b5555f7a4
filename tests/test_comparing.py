"""Comparing a little at a time gives what comparing all at once gives: in any order, after removals or a kill."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented import READER, Made, disputes
from onrecord import claims, comparing, pipeline, synthesis
from onrecord.model import Claim, Evidence, Span
from onrecord.record import append, findings, index, judgements, load, queries
from onrecord.record.forget import compact, forget
from onrecord.record.store import connect, transaction


def documents(most: int = 40) -> list[Made]:
    """The documents of three disputes, two of which have an employer in common."""
    return [d for of_one in islice(disputes(), 1, 4) for d in of_one[:most]]


MADE = documents(14)


def store(db: sqlite3.Connection, made: Sequence[Made]) -> None:
    run = append.begin_run(db, READER)
    with transaction(db):
        for d in made:
            append.add_capture(db, d.capture, run)
            append.add_reading(db, d.reading, append.add_article(db, d.article, "x", run), run)


def compare(db: sqlite3.Connection) -> None:
    comparing.compare(db, run=append.begin_run(db, READER), progress=lambda *_: None)


def fresh(batches: Sequence[Sequence[Made]]) -> sqlite3.Connection:
    db = connect(Path(":memory:"), create=True)
    for batch in batches:
        store(db, batch)
        compare(db)
    return db


def held(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that follows from the documents, apart from the numbers of rows and runs."""
    asked = {
        "disputes": "SELECT id, name, workers, employers, start, end FROM dispute WHERE superseded_run IS NULL",
        "assignments": "SELECT document, dispute, score, parts FROM assignment WHERE superseded_run IS NULL",
        "findings": "SELECT dispute, type, id, body FROM finding WHERE superseded_run IS NULL",
        "evidence": "SELECT e.* FROM finding_evidence e JOIN finding f USING (dispute, type) "
        "WHERE f.id = e.finding AND f.superseded_run IS NULL",
        "tellings": "SELECT t.dispute, t.document, t.start, t.end, t.place, w.digest FROM telling t "
        "JOIN wording w ON w.id = t.wording",
        "links": LINKS,
        "links within": "SELECT x.document, x.start, x.end, y.start, y.end, l.score, l.parts FROM telling_link l "
        "JOIN telling x ON x.id = l.a JOIN telling y ON y.id = l.b",
        "keys": "SELECT k.key, w.digest FROM wording_key k JOIN wording w ON w.id = k.wording",
    }
    return {name: sorted(map(tuple, db.execute(query)), key=repr) for name, query in asked.items()}


# Links from either side, since which of two wordings has the smaller number hangs on the order of reading.
LINKS = """
SELECT a.dispute, a.digest, b.digest, l.a_outlet, l.b_outlet, l.score, l.parts
FROM wording_link l JOIN wording a ON a.id = l.a JOIN wording b ON b.id = l.b WHERE a.digest <= b.digest
UNION SELECT b.dispute, b.digest, a.digest, l.b_outlet, l.a_outlet, l.score, l.parts
FROM wording_link l JOIN wording a ON a.id = l.a JOIN wording b ON b.id = l.b WHERE a.digest > b.digest
"""


WHOLE = held(fresh([MADE]))


@pytest.fixture(scope="module")
def whole() -> sqlite3.Connection:
    return fresh([MADE])


def test_the_corpus_has_disputes_claims_and_links(whole: sqlite3.Connection) -> None:
    counts = {name: len(rows) for name, rows in held(whole).items()}
    assert counts["disputes"] >= 3
    assert counts["links"] > 20
    assert sum(1 for r in held(whole)["findings"] if r[1] == "Claim") > 10


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(len(MADE))), st.integers(1, len(MADE) - 1), st.integers(0, 3))
def test_any_order_in_any_batches_gives_the_same_record(order: list[int], cut: int, more: int) -> None:
    shuffled = [MADE[n] for n in order]
    batches = [shuffled[:cut], *(shuffled[cut + n : cut + n + 1] for n in range(more)), shuffled[cut + more :]]
    assert held(fresh(batches)) == WHOLE


def test_claims_are_those_of_all_documents_of_the_dispute_at_once(whole: sqlite3.Connection) -> None:
    for dispute in findings.disputes(whole):
        read = list(load.read_articles(whole, index.assigned(whole, dispute.id)))
        at_once = synthesis.told(claims.cluster(read), read, list(synthesis.findings(dispute.id, read)))
        assert sorted(queries.claims(whole, dispute.id), key=lambda c: c.id) == list(at_once)


def test_disputes_are_those_of_all_documents_at_once(whole: sqlite3.Connection) -> None:
    read = list(load.read_articles(whole))
    derived, assignments = synthesis.disputes([s for d in read for s in synthesis.signals(d, {})], {})
    assert findings.disputes(whole) == derived
    assert sorted(findings.assignments(whole), key=str) == sorted(assignments, key=str)


@settings(max_examples=3, deadline=None)
@given(st.sets(st.integers(0, len(MADE) - 1), min_size=1, max_size=3))
def test_a_forgotten_document_takes_its_own_tellings_and_links_and_nothing_else(gone: set[int]) -> None:
    db = fresh([MADE])
    for n in sorted(gone):
        forget(db, MADE[n].article.id, why="")
        compare(db)
    compact(db)
    assert held(db) == held(fresh([[d for n, d in enumerate(MADE) if n not in gone]]))
    assert not list(db.execute("PRAGMA foreign_key_check"))


@pytest.mark.parametrize("lost", ["index_version", "telling", "digest"])
def test_a_lost_index_is_built_anew(lost: str) -> None:
    db = fresh([MADE])
    before = held(db)
    db.execute(f"DELETE FROM {lost}")
    db.execute("DELETE FROM index_version")
    assert not findings.up_to_date(db)
    compare(db)
    assert held(db) == before
    assert {r[0] for r in db.execute("SELECT DISTINCT first_run FROM finding")} == {2}


def test_a_run_killed_between_any_two_transactions_is_completed_by_the_next(
    whole: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = held(whole)
    monkeypatch.setattr(comparing, "_BATCH", 5)
    real = comparing.store.transaction
    left = 0

    def killing(db: sqlite3.Connection, *, write: bool = True) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return real(db, write=write)

    counted = connect(Path(":memory:"), create=True)
    store(counted, MADE)
    monkeypatch.setattr(comparing.store, "transaction", killing)
    compare(counted)
    all_of_them, left = -left, 0
    monkeypatch.setattr(comparing.store, "transaction", real)
    assert all_of_them > 20
    for stop in random.Random(4).sample(range(1, all_of_them), 6):
        left = stop
        db = connect(Path(":memory:"), create=True)
        store(db, MADE)
        monkeypatch.setattr(comparing.store, "transaction", killing)
        with pytest.raises(KeyboardInterrupt):
            compare(db)
        monkeypatch.setattr(comparing.store, "transaction", real)
        assert not findings.up_to_date(db)
        compare(db)
        assert held(db) == expected, stop


def test_only_what_is_touched_is_derived_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    db = fresh([MADE[:-1]])
    seen: list[str] = []
    real = synthesis.findings
    monkeypatch.setattr(synthesis, "findings", lambda d, docs: seen.append(d) or real(d, docs))
    store(db, MADE[-1:])
    compare(db)
    assert seen == [findings.assignments(db)[-1].dispute]
    assert len(findings.disputes(db)) == 3


# ------------------------------------------------------------------------------- rulings


def two_claims(db: sqlite3.Connection) -> tuple[str, Claim, Claim]:
    dispute = findings.disputes(db)[0].id
    first, second = queries.claims(db, dispute)[:2]
    return dispute, first, second


def place(claim: Claim) -> Evidence:
    return Evidence(claim.tellings[0].document, claim.tellings[0].span)


WHEN = datetime(2024, 5, 1, tzinfo=UTC)


def ruled(db: sqlite3.Connection, a: Evidence, b: Evidence, *, same: bool) -> int:
    number = judgements.add_link(db, a, b, same=same, who="an editor", when=WHEN, why="read both")
    pipeline.refresh(db)
    return number


def taken_back(db: sqlite3.Connection, number: int) -> None:
    judgements.take_back(db, number, who="an editor", when=WHEN)
    pipeline.refresh(db)


def of_place(db: sqlite3.Connection, dispute: str, at: Evidence) -> Claim | None:
    tells = (c for c in queries.claims(db, dispute) for t in c.tellings if (t.document, t.span) == _pair(at))
    return next(tells, None)


def _pair(at: Evidence) -> tuple[str, Span]:
    return at.document, at.span


def test_a_made_link_joins_two_claims_and_is_undone_without_a_trace() -> None:
    db = fresh([MADE])
    before = held(db)
    dispute, first, second = two_claims(db)
    number = ruled(db, place(first), place(second), same=True)
    joined = of_place(db, dispute, place(first))
    assert joined is not None
    assert {t.document for c in (first, second) for t in c.tellings} <= {t.document for t in joined.tellings}
    taken_back(db, number)
    assert held(db) == before


def linked_pair(db: sqlite3.Connection) -> tuple[str, Evidence, Evidence]:
    """Two tellings in different words whose claim hangs on the link between them."""
    for row in db.execute(
        "SELECT w.dispute, l.a, l.b FROM wording_link l JOIN wording w ON w.id = l.a WHERE l.a <> l.b"
    ).fetchall():
        rows = [
            db.execute("SELECT * FROM telling WHERE wording = ? ORDER BY id", (row[side],)).fetchone()
            for side in ("a", "b")
        ]
        a, b = (Evidence(r["document"], Span(r["start"], r["end"])) for r in rows)
        claim = of_place(db, row["dispute"], a)
        if claim is not None and len(claim.tellings) == 2:
            return row["dispute"], a, b
    raise AssertionError("no such pair in the corpus")


def test_a_cut_link_parts_a_claim_and_survives_another_reading() -> None:
    db = fresh([documents()])
    dispute, a, b = linked_pair(db)
    before = held(db)
    assert of_place(db, dispute, a) == of_place(db, dispute, b)
    number = ruled(db, a, b, same=False)
    assert of_place(db, dispute, a) != of_place(db, dispute, b)
    db.execute("INSERT OR IGNORE INTO due SELECT 'digest', '', id FROM document")
    compare(db)
    assert of_place(db, dispute, a) != of_place(db, dispute, b)
    db.execute("DELETE FROM index_version")
    compare(db)
    assert of_place(db, dispute, a) != of_place(db, dispute, b)
    taken_back(db, number)
    assert held(db) == before


def test_rulings_on_a_forgotten_document_go_with_it() -> None:
    db = fresh([MADE])
    _, first, second = two_claims(db)
    ruled(db, place(first), place(second), same=True)
    forget(db, max(place(first), place(second)).document, why="")
    compare(db)
    assert judgements.links(db) == ()
