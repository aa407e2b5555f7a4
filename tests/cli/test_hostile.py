"""Coverage is hostile input: nothing in it is markup, drives the terminal, or stops the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.record import queries

TITLE = "Talks [/x] [bold]broken[/bold] :fire: \x1b[31mred\x1b]0;owned\x07 \u202eevil"
ROW = {
    "title": TITLE,
    "outlet": "[red]Ledger\x9b2J",
    "date": "2024-04-08",
    "text": "The Ferry Crews' Union\x1b[2J said on Monday that [/i] its strike would go on. =cmd()",
}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    rows = tmp_path / "rows.jsonl"
    half = '{"title": "s \\ud800", "text": "The union said on Tuesday that its strike would go on."}'
    rows.write_text(json.dumps(ROW) + "\n" + half + "\n")
    done = CliRunner().invoke(main, ["read", str(rows), "-r", str(tmp_path / "r.db"), "-q"])
    assert done.exit_code == 0, (done.output, done.stderr)
    return tmp_path / "r.db"


@pytest.mark.parametrize(
    "args",
    [
        ("status",),
        ("sources",),
        ("sources", "--documents"),
        ("statements",),
        ("show", "1"),
        ("search", "strike"),
        ("parties",),
        ("disputes",),
        ("problems",),
    ],
)
def test_nothing_of_a_document_is_markup_or_drives_the_terminal(record: Path, args: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*args, "-r", str(record)])
    assert done.exit_code == 0, (done.output, done.exception)
    assert not set("\x1b\x07\x9b\u202e") & set(done.output)


def test_brackets_are_shown_as_they_are(record: Path) -> None:
    shown = CliRunner().invoke(main, ["sources", "--documents", "-r", str(record)], terminal_width=200).output
    assert "[bold]broken[/bold] :fire:" in " ".join(shown.split())


def test_half_a_surrogate_pair_stops_nobody(record: Path) -> None:
    with Record.open(record) as opened:
        assert len([d for d in queries.documents(opened.db) if d.read]) == 2


def test_a_link_to_itself_is_one_problem_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "good.txt").write_text("The Ferry Crews' Union said on Monday that its strike would go on.")
    done = CliRunner().invoke(
        main, ["read", str(tmp_path / "loop"), str(tmp_path / "good.txt"), "-r", str(tmp_path / "r.db"), "-q"]
    )
    assert done.exit_code == 3
    assert len(done.stderr.strip().splitlines()) == 1
    with Record.open(tmp_path / "r.db") as opened:
        assert [d.name for d in queries.documents(opened.db)] == ["good"]
