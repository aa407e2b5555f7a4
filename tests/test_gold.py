"""The figures on the open development set do not fall below what has been reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import gold


def test_no_figure_falls_below_its_floor(shared: Path) -> None:
    floors = json.loads(gold.FLOORS.read_text("utf-8"))["gold"]
    assert gold.fallen(gold.figures(shared), floors) == []


@pytest.mark.parametrize(
    ("found", "expected"),
    [({"a": 0.5}, 0.497), ({"a": 0.2}, 0.4), ({"a": 1.0}, 1.0), ({}, 0.4)],
)
def test_recording_raises_a_floor_and_never_lowers_one(found: dict[str, float], expected: float) -> None:
    assert gold.raised(found, {"a": 0.4}) == {"a": expected}


def test_a_figure_that_is_no_longer_measured_has_fallen() -> None:
    assert gold.fallen({}, {"a": 0.1}) == ["a is 0.0000, its floor is 0.1000"]
