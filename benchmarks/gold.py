"""Read the open development set with the installed program and score what it exports.

    python -m benchmarks.gold ../shared             prints the figures held against benchmarks/floors.json
    python -m benchmarks.gold ../shared --record    raises floors that have been passed (never lowers one)

Exit status 1 when a figure has fallen below its floor. The set's dispute column is used, as a user would give it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import onrecord

FLOORS = Path(__file__).with_name("floors.json")
# Figures move by a hair between machines (BLAS, thread counts); a floor is what has been reached less this.
SLACK = 0.003
MEASURES = ("f1", "accuracy")


def figures(shared: Path) -> dict[str, float]:
    """All figures of the scorer by name (F1 where there is one, else accuracy), from a fresh reading."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        with onrecord.read([shared / "gold" / "texts.jsonl"], base / "gold.db") as record:
            from onrecord.export import readings

            (base / "readings.jsonl").write_text("\n".join(readings.readings(record.db)) + "\n", "utf-8")
            claims = []
            for dispute in record.disputes():
                if (shared / "gold" / "cross" / f"{dispute.id}.json").is_file():
                    path = base / f"{dispute.id}.json"
                    path.write_text(readings.record(record.db, dispute.id), "utf-8")
                    claims += ["--claims", f"{dispute.id}={path}"]
        score = [sys.executable, str(shared / "score" / "score_reading.py"), "--gold", str(shared / "gold")]
        out = base / "score.json"
        subprocess.run(
            [*score, "--readings", str(base / "readings.jsonl"), *claims, "--bootstrap", "0", "--json", str(out)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = json.loads(out.read_text("utf-8"))["figures"]
    values: dict[str, float] = {}
    for name, figure in found.items():
        measure = next((figure[m] for m in MEASURES if m in figure), None)
        if measure is not None and measure["value"] is not None:
            values[name] = float(measure["value"])
    return values


def fallen(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A sentence for each figure that is below its floor, or is no longer measured."""
    return [
        f"{name} is {found.get(name, 0.0):.4f}, its floor is {floor:.4f}"
        for name, floor in floors.items()
        if found.get(name, 0.0) < floor - 1e-9
    ]


def raised(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """Floors lifted to what has been reached less the slack; a figure at 1 is held at 1. None is lowered."""
    return {
        name: max(floor, 1.0 if found.get(name, 0.0) == 1.0 else round(found.get(name, 0.0) - SLACK, 4))
        for name, floor in floors.items()
    }


def hold(section: str, measure: Callable[[Path], dict[str, float]], about: str | None) -> int:
    """Measure, print each figure beside its floor, and return the exit status; with --record raise the floors."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with the development material")
    parser.add_argument("--record", action="store_true", help="raise floors that have been passed")
    options = parser.parse_args()
    everything = json.loads(FLOORS.read_text("utf-8"))
    floors = everything[section]
    found = measure(options.shared)
    for name, floor in floors.items():
        print(f"{name:28} {found.get(name, 0.0):.3f}   floor {floor:.3f}")
    if options.record:
        everything[section] = raised(found, floors)
        FLOORS.write_text(json.dumps(everything, indent=1) + "\n", "utf-8")
    wrong = fallen(found, floors)
    print("\n".join(wrong) if wrong else f"all {len(floors)} floors hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(hold("gold", figures, __doc__))
