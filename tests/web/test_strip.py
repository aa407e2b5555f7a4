from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.api import Record
from onrecord.model import State
from onrecord.web import strip


def test_the_phases_fill_the_strip_in_order(demo_master: Path) -> None:
    with Record.open(demo_master) as record:
        drawn = strip.of(record.status())
    assert drawn is not None
    assert drawn.phases
    ends = [p.left + p.width for p in drawn.phases]
    assert all(0 <= p.left < 100 and p.width > 0 for p in drawn.phases)
    assert max(ends) == pytest.approx(100, abs=0.1)
    assert all(end <= after.left + 0.01 for end, after in zip(ends, drawn.phases[1:], strict=False))
    assert {p.state for p in drawn.phases} <= set(State)
