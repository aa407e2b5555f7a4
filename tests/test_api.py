"""The Python door."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.model import StandingInterval, TimelineEntry


def test_read_gives_a_record_that_answers(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(
        " date 2024-06-05 The Ferry Crews' Union and the Strait Ferry Operators' Association met on Monday. "
        "The union said that it was ready to meet again.\n"
    )
    with onrecord.read([source], tmp_path / "r.db") as record:
        assert all(isinstance(i, StandingInterval) for i in record.standing())
        assert all(isinstance(e, TimelineEntry) for e in record.timeline())
        assert [s.row.source.name for s in record.statements() if hasattr(s.row, "source")]
        assert isinstance(record.claims(), tuple)
        frame = record.to_pandas()
        assert list(frame["document"].unique()) == [record.statements()[0].document.article.id]
        assert set(record.to_pandas("events")["type"]) >= {"meeting_held"}
        with pytest.raises(onrecord.OnrecordError, match="the tables are"):
            record.to_pandas("recipes")
    with onrecord.Record.open(tmp_path / "r.db") as again:
        assert again.dispute().workers


def test_there_is_no_such_record(tmp_path: Path) -> None:
    with pytest.raises(onrecord.OnrecordError, match="no record"):
        onrecord.Record.open(tmp_path / "none.db")


def test_importing_costs_no_model() -> None:
    import subprocess
    import sys

    script = "import onrecord, sys; assert 'spacy' not in sys.modules and 'click' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0
