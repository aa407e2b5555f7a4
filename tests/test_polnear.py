"""The figures on PolNeAR's dev part do not fall below what has been reached."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import gold, polnear


def test_no_figure_falls_below_its_floor(shared: Path) -> None:
    floors = json.loads(gold.FLOORS.read_text("utf-8"))["polnear"]
    assert gold.fallen(polnear.figures(shared), floors) == []
