"""What is forgotten is gone, from the file too; the rest stays."""

from __future__ import annotations

from pathlib import Path

from onrecord.model import Evidence, Finding, Given, Span, StandingInterval, State
from onrecord.record import append, findings, index, queries
from onrecord.record.forget import compact, forget
from onrecord.record.passages import search
from onrecord.record.store import connect
from tests.record.rows import article_of, capture, reading, statement

SECRET = "Quetzalcoatlus wrote the memo. The union said that a deal could come."
OTHER = "The harbour was calm. The union said that a vote could come."


def test_a_forgotten_document_leaves_no_byte_in_the_file_and_no_row(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    db = connect(path, create=True)
    run = append.begin_run(db, "r1")
    for text, name in ((SECRET, "secret.txt"), (OTHER, "other.txt")):
        c = capture(text, source=name)
        document = append.add_capture(db, c, run).document
        row = append.add_article(db, article_of(c), "x1", run)
        said = statement(document, text, "could come", source="Quetzalcoatlus" if text == SECRET else "Union")
        append.add_reading(db, reading(document, statements=(said,)), row, run)
    target = queries.find_document(db, "secret.txt")
    assert search(db, "Quetzalcoatlus")
    assert forget(db, target.id, why="asked") == (1,)
    compact(db)
    assert search(db, "Quetzalcoatlus") == ()
    assert [d.name for d in queries.documents(db)] == ["other"]
    assert len(queries.statements(db)) == 1
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        assert b"Quetzalcoatlus" not in data and b"quetzalcoatlus" not in data, file.name
    assert db.execute("SELECT numbers, why FROM tombstone").fetchone()[:] == ("[1]", "asked")
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_forgotten_bytes_are_not_taken_up_again_unless_the_stone_is_lifted(tmp_path: Path) -> None:
    db = connect(tmp_path / "r.db", create=True)
    run = append.begin_run(db, "r1")
    c = capture(SECRET)
    document = append.add_capture(db, c, run).document
    forget(db, document, why="")
    assert append.add_capture(db, c, run).forgotten
    append.lift_tombstone(db, c.sha256)
    again = append.add_capture(db, c, run)
    assert (again.new, again.number) == (True, 2)


def test_all_documents_of_the_same_bytes_go_together(tmp_path: Path) -> None:
    db = connect(tmp_path / "r.db", create=True)
    run = append.begin_run(db, "r1")
    for outlet in ("Ledger", "Post"):
        append.add_capture(db, capture(SECRET, source=f"{outlet}.txt", given=Given(outlet=outlet)), run)
    first = queries.documents(db)[0]
    assert forget(db, first.id, why="") == (1, 2)
    assert queries.documents(db) == ()


def test_findings_that_rest_on_it_go_others_stay(tmp_path: Path) -> None:
    from onrecord.model import Assignment, Dispute, Score

    db = connect(tmp_path / "r.db", create=True)
    run = append.begin_run(db, "r1")
    ids = []
    for text, name in ((SECRET, "s"), (OTHER, "o")):
        c = capture(text, source=name)
        ids.append(append.add_capture(db, c, run).document)
        append.add_reading(db, reading(ids[-1]), append.add_article(db, article_of(c), "x1", run), run)

    def interval(document: str, state: State) -> Finding:
        evidence = (Evidence(document, Span(0, 3)),)
        body = StandingInterval(
            state=state,
            first=None,
            last=None,
            since_known=False,
            established=False,
            authority=None,
            evidence=evidence,
        )
        return Finding("d", state.value, body, evidence)

    said = Dispute(id="d", name="D", workers=("u",), employers=("e",))
    for document, known in index.readings(db, ids).items():
        index.add_digest(db, document, known, signals="[]", tellings="[]", ties=["d"])
    assignments = [Assignment(document=i, dispute="d", given=False, score=Score(1.0)) for i in ids]
    findings.assign(db, 1, disputes=[said], assignments=assignments, run=run)
    findings.replace(db, "d", [interval(ids[0], State.NO_TALKS), interval(ids[1], State.IN_TALKS)], run=run)
    forget(db, ids[0], why="")
    assert [i.state for i in queries.standing(db, "d")] == [State.IN_TALKS]
    assert not findings.up_to_date(db)
