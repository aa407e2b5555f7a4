"""Quotation rows, Parquet, and names taken out."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.export.pseudonyms import Pseudonyms, people
from onrecord.export.tables import TABLES
from onrecord.model import Quote
from onrecord.record import queries


def export(record: Path, *args: str) -> str:
    done = CliRunner().invoke(main, ["export", "-r", str(record), *args])
    assert done.exit_code == 0, done.output
    return done.output


def test_quotation_rows_hold_every_direct_quotation_with_its_surroundings(demo_master: Path) -> None:
    rows = [json.loads(x) for x in export(demo_master, "--as", "quotations").splitlines()]
    with Record.open(demo_master) as record:
        documents = {d.article.id: d for d in queries.read_articles(record.db)}
    direct = {s.id for d in documents.values() for s in d.reading.statements if s.quote is Quote.DIRECT}
    assert {q["statement"] for r in rows for q in r["quotes"]} == direct
    for r in rows:
        text = documents[r["document"]].article.text
        for q in r["quotes"]:
            start, end = q["spans"][0][0], q["spans"][-1][1]
            assert " ".join(text[start - 1 :].split()).startswith(tuple("\"\u201c'" + q["quote"][0]))
            assert " ".join(text[:start].split()).endswith(q["pre"])
            assert " ".join(text[end:].split()).startswith(q["post"])


@pytest.mark.parametrize("table", TABLES)
def test_parquet_has_the_rows_and_types_of_the_table(demo_master: Path, tmp_path: Path, table: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    out = tmp_path / "it's.parquet"
    export(demo_master, "--as", "parquet", "--table", table, "-o", str(out))
    found = duckdb.read_parquet(str(out))
    lines = [json.loads(x) for x in export(demo_master, "--as", "jsonl", "--table", table).splitlines()]
    assert [dict(zip(found.columns, r, strict=True)) for r in found.fetchall()] == [
        {k: _typed(k, v, dict(zip(found.columns, map(str, found.types), strict=True))) for k, v in x.items()}
        for x in lines
    ]


def _typed(name: str, value: object, types: dict[str, str]) -> object:
    return date.fromisoformat(str(value)) if value is not None and types[name] == "DATE" else value


def test_parquet_needs_a_place(demo_master: Path) -> None:
    done = CliRunner().invoke(main, ["export", "-r", str(demo_master), "--as", "parquet"])
    assert done.exit_code == 1
    assert "name a place with -o" in done.stderr


def test_no_name_of_a_person_is_left(demo_master: Path) -> None:
    with Record.open(demo_master) as record:
        names = people(record.db)
    assert names
    for form in (("--as", "csv"), ("--as", "jsonl"), ("--as", "readings"), ("--as", "csv", "--table", "parties")):
        plain, safer = export(demo_master, *form), export(demo_master, *form, "--pseudonymise")
        assert not [n for n in names if n in safer]
        assert safer.count("Person ") > 0 or not any(n in plain for n in names)
    rows = csv.DictReader(io.StringIO(export(demo_master, "--as", "csv", "--pseudonymise")))
    assert {r["source"] for r in rows} & {f"Person {n}" for n in range(1, 50)}


def test_one_person_has_one_number_and_a_body_keeps_its_name() -> None:
    made = Pseudonyms({"Ann Lee": "Ann Lee", "Lee": "Ann Lee", "Bo Okafor": "Bo Okafor"})
    line = next(iter(made(["Ann Lee and Okafor of the Leeds union said; Lee agreed"])))
    first, second = line.split(" and ")[0], line.split(" and ")[1].split(" of ")[0]
    assert {first, second} == {"Person 1", "Person 2"}
    assert line.endswith(f"of the Leeds union said; {first} agreed")


@pytest.mark.parametrize("form", ["brat", "conll", "parquet"])
def test_formats_with_offsets_refuse_other_names(demo_master: Path, tmp_path: Path, form: str) -> None:
    args = ["export", "-r", str(demo_master), "--as", form, "--pseudonymise", "-o", str(tmp_path / "x")]
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 1
    assert "offsets" in done.stderr
