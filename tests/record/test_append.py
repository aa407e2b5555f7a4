"""What goes in comes out the same; the same twice changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Given, Judgement, Problem, ReadArticle, Stage
from onrecord.record import append, judgements, load, queries
from onrecord.record.forget import forget
from onrecord.record.passages import passage
from onrecord.record.store import connect
from tests.record.rows import WHEN, article_of, capture, reading, statement


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "r.db", create=True)


TEXT = "Crews walked out. The union said that a deal could come.\n\nNo ship sailed."


def put(db: sqlite3.Connection, text: str = TEXT, *, source: str = "a.txt", given: Given = Given()) -> str:
    run = append.begin_run(db, "r1")
    c = capture(text, source=source, given=given)
    added = append.add_capture(db, c, run)
    if added.new:
        row = append.add_article(db, article_of(c), "x1", run)
        append.add_reading(db, reading(added.document), row, run)
    return added.document


def test_an_article_and_its_reading_come_back_as_they_were(db: sqlite3.Connection) -> None:
    run = append.begin_run(db, "r1")
    c = capture(TEXT)
    document = append.add_capture(db, c, run).document
    made = article_of(c)
    said = statement(document, TEXT, "a deal could come")
    row = append.add_article(db, made, "x1", run)
    append.add_reading(db, reading(document, statements=(said,)), row, run)
    back = next(load.read_articles(db))
    assert isinstance(back, ReadArticle)
    assert back.article.text == TEXT
    assert back.article.blocks == made.blocks
    assert back.article.published == made.published
    assert back.reading.statements == (said,)


def test_the_same_bytes_again_add_no_row(db: sqlite3.Connection) -> None:
    put(db)
    before = {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("capture", "document", "article")}
    put(db)
    put(db, source="elsewhere/b.txt")
    after = {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("capture", "document", "article")}
    assert before == after
    assert {r["source"] for r in db.execute("SELECT source FROM sighting")} == {"a.txt", "elsewhere/b.txt"}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_a_document_of_which_more_is_said_supersedes_the_lesser_in_any_order(
    db: sqlite3.Connection, order: tuple[int, ...]
) -> None:
    said = [
        ("a.txt", Given()),
        ("a.txt", Given(outlet="Ledger")),
        ("a.txt", Given(outlet="Ledger", date="2024-04-08")),
        ("b.txt", Given(outlet="Post")),
    ]
    for i in order:
        put(db, source=said[i][0], given=said[i][1])
    current = {(d.id, d.name, d.source) for d in queries.documents(db)}
    assert current == {(capture(TEXT, given=said[i][1]).document_id, said[i][0][0], said[i][0]) for i in (2, 3)}


def test_a_mended_manifest_takes_the_place_and_the_number(db: sqlite3.Connection) -> None:
    put(db, "First of all. Another text.", source="z.txt")
    put(db, given=Given(date="2024-05-11"))
    put(db, given=Given(date="2024-05-12"))
    rows = db.execute("SELECT number, given_date FROM document WHERE superseded_by IS NULL ORDER BY number")
    assert [tuple(r) for r in rows] == [(1, None), (2, "2024-05-12")]
    put(db, "A third text.", source="y.txt")
    assert [d.number for d in queries.documents(db)] == [1, 2, 3]


def test_what_is_said_after_the_fact_keeps_number_references_and_judgements(db: sqlite3.Connection) -> None:
    first = put(db)
    ruling = Judgement(
        target=first, verdict="accept", field="dispute", value="mine", who="ines", when=WHEN, why="because"
    )
    judgements.add(db, ruling)
    second = put(db, given=Given(outlet="Ledger"))
    assert second != first
    assert [(d.number, d.id) for d in queries.documents(db)] == [(1, second)]
    assert judgements.assigned(db) == {second: {"mine": True}}
    assert passage(db, queries.Reference(1, 2)).document.id == second


def test_less_said_of_known_bytes_adds_no_row(db: sqlite3.Connection) -> None:
    known = put(db, given=Given(outlet="Ledger"))
    assert put(db) == known
    assert db.execute("SELECT count(*) FROM document").fetchone()[0] == 1


def test_a_reading_of_what_was_forgotten_meanwhile_is_dropped(db: sqlite3.Connection) -> None:
    document = put(db)
    row = db.execute("SELECT id FROM article").fetchone()["id"]
    forget(db, document, why="")
    append.add_reading(db, reading(document, reader="r2"), row, 1)
    assert db.execute("SELECT count(*) FROM reading").fetchone()[0] == 0


def test_a_better_reader_supersedes_and_the_old_rows_stay(db: sqlite3.Connection) -> None:
    run = append.begin_run(db, "r1")
    c = capture(TEXT)
    document = append.add_capture(db, c, run).document
    row = append.add_article(db, article_of(c), "x1", run)
    old = statement(document, TEXT, "a deal could come")
    new = statement(document, TEXT, "The union said that a deal could come")
    append.add_reading(db, reading(document, statements=(old,)), row, run)
    append.add_reading(db, reading(document, reader="r2", statements=(new,)), row, run)
    assert next(load.read_articles(db)).reading.statements == (new,)
    assert db.execute("SELECT count(*) FROM statement").fetchone()[0] == 2
    assert db.execute("SELECT count(*) FROM current_statement").fetchone()[0] == 1


def test_sentences_keep_their_numbers_when_another_extractor_changes_the_text(db: sqlite3.Connection) -> None:
    run = append.begin_run(db, "r1")
    c = capture("One ship sailed. Two stayed.\n\nThree sank.")
    append.add_capture(db, c, run)
    append.add_article(db, article_of(c), "x1", run)
    changed = capture("Two stayed. A new line.\n\nThree sank.")
    other = article_of(changed)
    moved = type(other)(**{f: getattr(other, f) for f in other.__slots__ if f != "id"}, id=c.document_id)
    append.add_article(db, moved, "x2", run)
    rows = db.execute(
        "SELECT s.n, substr(a.text, s.start + 1, s.end - s.start) AS words FROM sentence s "
        "JOIN current_document c ON c.article = s.article JOIN article a ON a.id = s.article ORDER BY s.start"
    )
    assert [(r["words"], r["n"]) for r in rows] == [("Two stayed.", 2), ("A new line.", 4), ("Three sank.", 3)]


def test_numbers_are_never_used_again(db: sqlite3.Connection) -> None:
    first = put(db)
    forget(db, first, why="")
    second = put(db, "Another text altogether.")
    assert [d.number for d in queries.documents(db) if d.id == second] == [2]


def test_a_problem_that_comes_back_is_one_row_and_goes_when_its_source_is_read(db: sqlite3.Connection) -> None:
    problem = Problem(stage=Stage.CAPTURE, source="a.txt", message="is empty")
    for _ in range(2):
        append.add_problem(db, problem, append.begin_run(db, "r1"))
    assert [(p.source, p.message) for p in queries.problems(db)] == [("a.txt", "is empty")]
    put(db)
    assert queries.problems(db) == ()


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1).filter(lambda t: t.strip() and "\0" not in t))
def test_any_text_comes_back_to_the_character(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    db = connect(Path(":memory:"), create=True)
    put(db, text)
    assert next(load.read_articles(db)).article.text == text
