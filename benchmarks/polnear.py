"""Read PolNeAR's dev part with the installed program and score the attributions that it exports.

python -m benchmarks.polnear ../shared             prints the figures held against benchmarks/floors.json
python -m benchmarks.polnear ../shared --record    raises floors that have been passed (never lowers one)
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import onrecord
from benchmarks.gold import FLOORS, fallen, raised


def figures(shared: Path) -> dict[str, float]:
    """F1 of each figure of score_attribution.py by name ("all.right"), from a fresh reading."""
    gold = shared / "polnear" / "dev.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
        texts = (json.dumps({"id": row["file"], "text": row["text"]}) for row in rows)
        (base / "dev.jsonl").write_text("\n".join(texts), "utf-8")
        with onrecord.read([base / "dev.jsonl"], base / "dev.db") as record:
            from onrecord.export import readings

            (base / "pred.jsonl").write_text("\n".join(readings.polnear(record.db)) + "\n", "utf-8")
        score = [sys.executable, str(shared / "score" / "score_attribution.py")]
        scored = subprocess.run(
            [*score, str(base / "pred.jsonl"), "--gold", str(gold), "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
    found = json.loads(scored.stdout)
    return {
        f"{subset}.{name}": float(figure["f"])
        for subset, table in found.items()
        for name, figure in table.items()
        if isinstance(figure, dict)
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with polnear/ and score/")
    parser.add_argument("--record", action="store_true", help="raise floors that have been passed")
    options = parser.parse_args()
    everything = json.loads(FLOORS.read_text("utf-8"))
    floors = everything["polnear"]
    found = figures(options.shared)
    for name, floor in floors.items():
        print(f"{name:28} {found.get(name, 0.0):.3f}   floor {floor:.3f}")
    if options.record:
        everything["polnear"] = raised(found, floors)
        FLOORS.write_text(json.dumps(everything, indent=1) + "\n", "utf-8")
    wrong = fallen(found, floors)
    print("\n".join(wrong) if wrong else f"all {len(floors)} floors hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
