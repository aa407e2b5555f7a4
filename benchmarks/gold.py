"""Read the open development set with the installed program and score what it exports.

    python -m benchmarks.gold ../shared             prints the figures held against benchmarks/floors.json
    python -m benchmarks.gold ../shared --record    raises floors that have been passed (never lowers one)
    python -m benchmarks.gold ../shared --by text_basis     the figures of each part of the set
    python -m benchmarks.gold ../shared --by dispute        the same, dispute by dispute and without each

Exit status 1 when a figure has fallen below its floor. The set's dispute column is used, as a user would give it.
"""

from __future__ import annotations

import argparse
import json
import shutil
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
        return scored(shared, exported(shared, Path(folder)), Path(folder))


def exported(shared: Path, base: Path) -> list[str]:
    """Read the set with the installed program; the scorer's arguments for what it exports into a folder."""
    with onrecord.read([shared / "gold" / "texts.jsonl"], base / "gold.db") as record:
        from onrecord.export import readings

        (base / "readings.jsonl").write_text("\n".join(readings.readings(record.db)) + "\n", "utf-8")
        arguments = ["--readings", str(base / "readings.jsonl")]
        for dispute in record.disputes():
            if (shared / "gold" / "cross" / f"{dispute.id}.json").is_file():
                path = base / f"{dispute.id}.json"
                path.write_text(readings.record(record.db, dispute.id), "utf-8")
                arguments += ["--claims", f"{dispute.id}={path}"]
    return arguments


def scored(shared: Path, arguments: list[str], base: Path, gold: Path | None = None) -> dict[str, float]:
    """The scorer's figures by name, on the whole set or on the annotations in another folder."""
    score = [sys.executable, str(shared / "score" / "score_reading.py"), "--gold", str(gold or shared / "gold")]
    out = base / "score.json"
    subprocess.run(
        [*score, *arguments, "--bootstrap", "0", "--json", str(out)], check=True, stdout=subprocess.DEVNULL
    )
    values: dict[str, float] = {}
    for name, figure in json.loads(out.read_text("utf-8"))["figures"].items():
        measure = next((figure[m] for m in MEASURES if m in figure), None)
        if measure is not None and measure["value"] is not None:
            values[name] = float(measure["value"])
    return values


# ------------------------------------------------------------------------------- part by part

SHOWN = (
    "statements.attributed",
    "statements.sourced",
    "source",
    "authority",
    "certainty",
    "quote",
    "statements.author",
)


def by_part(shared: Path, field: str) -> None:
    """Print the figures of statements on each part of the set, and on all but that part: rules that were written
    while looking at one dispute should hold on the others."""
    documents = [json.loads(p.read_text("utf-8")) for p in sorted((shared / "gold" / "ann").glob("*.json"))]
    values = sorted({str(d[field]) for d in documents})
    print(f"{field:24} docs  " + "  ".join(f"{name:>21}" for name in SHOWN))
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        arguments = exported(shared, base)[:2]
        for value in values:
            chosen = [d for d in documents if str(d[field]) == value]
            rest = [d for d in documents if str(d[field]) != value]
            for title, part in ((value, chosen), (f"all but {value}", rest)):
                found = scored(shared, arguments, base, _only(shared, base / "part", part))
                cells = (f"{found[name]:21.3f}" if name in found else f"{'-':>21}" for name in SHOWN)
                print(f"{title:24} {len(part):4}  " + "  ".join(cells))


def _only(shared: Path, folder: Path, documents: list[dict[str, object]]) -> Path:
    """A gold folder with these annotations alone."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "ann").mkdir(parents=True)
    for name in ("texts.jsonl", "aliases.json"):
        shutil.copy(shared / "gold" / name, folder / name)
    for document in documents:
        (folder / "ann" / f"{document['id']}.json").write_text(json.dumps(document), "utf-8")
    return folder


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
    if "--by" in sys.argv[1:]:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("shared", type=Path, help="the folder with the development material")
        parser.add_argument("--by", required=True, choices=("text_basis", "dispute", "kind"), help="part by part")
        options = parser.parse_args()
        sys.exit(by_part(options.shared, options.by))
    sys.exit(hold("gold", figures, __doc__))
