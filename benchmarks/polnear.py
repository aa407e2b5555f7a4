"""Read PolNeAR's dev part with the installed program and score the attributions that it exports.

python -m benchmarks.polnear ../shared             prints the figures held against benchmarks/floors.json
python -m benchmarks.polnear ../shared --record    raises floors that have been passed (never lowers one)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import onrecord
from benchmarks.gold import hold


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


if __name__ == "__main__":
    sys.exit(hold("polnear", figures, __doc__))
