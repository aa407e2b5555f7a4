from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main


def run(record: Path, *args: str) -> Result:
    return CliRunner().invoke(main, [*args, "-r", str(record)])


def first(record: Path, kind: str) -> str:
    queue = json.loads(run(record, "judge", "--json").output)
    return str(next(q["id"] for q in queue if q["kind"] == kind))


def test_a_row_is_rejected_shown_and_restored(demo: Path) -> None:
    id = first(demo, "event")
    assert run(demo, "judge", id, "--reject", "--who", "Ann", "--why", "a headline").exit_code == 0
    shown = run(demo, "judge", id[:8]).output
    assert "judgement 1 (stands): reject row (Ann: a headline)" in shown
    assert id not in run(demo, "export", "--as", "csv", "--table", "events").output
    assert run(demo, "judgements", "--undo", "1").exit_code == 0
    assert id in run(demo, "export", "--as", "csv", "--table", "events").output


def test_values_are_set(demo: Path) -> None:
    id = first(demo, "event")
    done = run(demo, "judge", id, "--set", "status=denied", "--set", "when=2024-04-01")
    assert done.exit_code == 0, done.stderr
    rows = [json.loads(x) for x in run(demo, "export", "--as", "jsonl", "--table", "events").output.splitlines()]
    assert [(r["status"], r["when"]) for r in rows if r["id"] == id] == [("denied", "2024-04-01")]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--accept", "--reject"), "not both"),
        (("--set", "status=maybe"), "it is one of: happened"),
        (("--set", "colour=red"), "of an event one can set: type, status, when"),
        (("--set", "status"), "write VARIABLE=VALUE"),
    ],
)
def test_a_mistake_is_one_sentence(demo: Path, args: tuple[str, ...], said: str) -> None:
    done = run(demo, "judge", first(demo, "event"), *args)
    assert done.exit_code == 1
    assert said in done.stderr
    assert run(demo, "judgements").output.startswith("No judgement")


def test_an_id_that_is_none_is_said(demo: Path) -> None:
    done = run(demo, "judge", "ffffffffffff", "--reject")
    assert done.exit_code == 1
    assert "no document 'ffffffffffff'" in done.stderr
