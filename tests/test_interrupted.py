"""A record between two steps of a run still answers, and says that it is not complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import pipeline
from onrecord.api import Record
from onrecord.cli import main

COMMANDS = (
    ["status"],
    ["timeline"],
    ["claims"],
    ["effects"],
    ["outlook"],
    ["disputes"],
    ["export", "--as", "record"],
)


def test_a_record_read_and_not_compared_answers_without_a_traceback(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "synthesise", killed)
    with Record.open(demo) as record, pytest.raises(KeyboardInterrupt):
        source = Path(pipeline.__file__).parent / "demo" / "coverage"
        record.read(source, given=pipeline.Given(outlet="Another Outlet"))
    for args in COMMANDS:
        done = CliRunner().invoke(main, [*args, "-r", str(demo)])
        assert done.exit_code in (0, 1), (args, done.output)
        assert done.exception is None or isinstance(done.exception, SystemExit), (args, done.exception)
    monkeypatch.undo()
    with Record.open(demo) as record:
        record.read(source)
        assert record.status().up_to_date
