"""The record opens in Datasette with the shipped labels and queries."""

from __future__ import annotations

import shutil
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")
METADATA = files("onrecord.export").joinpath("data/datasette.yml")


def test_every_canned_query_runs_and_every_described_table_is_there(demo_master: Path) -> None:
    known = yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["record"]
    with sqlite3.connect(demo_master) as db:
        names = {r[0] for r in db.execute("SELECT name FROM sqlite_schema")}
        assert set(known["tables"]) <= names
        for name, query in known["queries"].items():
            rows = db.execute(query["sql"], {"name": "a", "words": "strike"}).fetchall()
            assert rows, name


def test_datasette_itself_serves_it(demo_master: Path, tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="datasette is not installed")
    anyio = pytest.importorskip("anyio")
    record = tmp_path / "record.db"
    shutil.copy(demo_master, record)

    async def go() -> tuple[int, int]:
        made = app.Datasette([str(record)], metadata=yaml.safe_load(METADATA.read_text("utf-8")))
        await made.invoke_startup()
        canned = await made.client.get("/record/where_the_talks_stand.json?_shape=array")
        table = await made.client.get("/record/current_statement")
        return len(canned.json()), table.status_code

    rows, status = anyio.run(go)
    assert status == 200
    assert rows > 0
