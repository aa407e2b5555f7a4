"""The file: its version, its transactions, its errors."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from onrecord.record import store
from onrecord.record.store import RecordError, connect, explained, transaction


def test_a_record_is_made_with_the_current_schema_and_wal(tmp_path: Path) -> None:
    db = connect(tmp_path / "r.db", create=True)
    assert db.execute("PRAGMA user_version").fetchone()[0] == store.migrations()[-1][0]
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_no_record_is_a_sentence_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"no record at .*onrecord read SOURCE"):
        connect(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    db = connect(path, create=True)
    db.execute("PRAGMA user_version = 999")
    db.close()
    with pytest.raises(RecordError, match=r"newer onrecord \(schema 999.*upgrade"):
        connect(path)


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program"):
        connect(path, create=True)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, just some notes that are long enough " * 20)
    with pytest.raises(RecordError, match="not a record"):
        connect(path)


def test_an_old_file_is_carried_forward_with_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    steps = store.migrations()
    monkeypatch.setattr(store, "migrations", lambda: steps[:1])
    old = connect(path, create=True)
    old.executescript(
        """
        INSERT INTO run (id, started_at, reader) VALUES (1, '2024-01-01T00:00:00+00:00', 'old');
        INSERT INTO capture VALUES ('c', x'00', 1, 'text/plain');
        INSERT INTO document (id, number, capture, first_run) VALUES ('d', 1, 'c', 1);
        INSERT INTO article (id, document, extractor, text, text_sha256, published_precision, published_from,
          published_why, modified_precision, modified_from, known_from, run)
          VALUES ('a', 'd', 'x', 'Ferries stay in port.', '', 'none', 'none', '', 'none', 'none', '{}', 1);
        INSERT INTO sentence (document, n, article, role, start, end) VALUES ('d', 1, 'a', 'paragraph', 0, 21);
        """
    )
    old.close()
    monkeypatch.undo()
    db = connect(path)
    assert db.execute("PRAGMA user_version").fetchone()[0] == steps[-1][0]
    found = db.execute("SELECT text FROM sentence_fts WHERE sentence_fts MATCH 'ferries'").fetchall()
    assert [r["text"] for r in found] == ["Ferries stay in port."]


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    db = connect(tmp_path / "r.db", create=True)
    with pytest.raises(RuntimeError), transaction(db):
        db.execute("INSERT INTO run (started_at, reader) VALUES ('now', 'x')")
        raise RuntimeError
    assert db.execute("SELECT count(*) FROM run").fetchone()[0] == 0


def test_a_full_disk_is_a_sentence_and_the_record_stays_sound(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    db = connect(path, create=True)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(RecordError, match="disk is full"), explained(path), transaction(db):
        db.execute("INSERT INTO run (id, started_at, reader) VALUES (1, 'now', ?)", ("x" * 100_000,))
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("SELECT count(*) FROM run").fetchone()[0] == 0
