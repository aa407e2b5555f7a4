"""An invented corpus of any size: coverage of a strike at a ferry line, for tests with many documents."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

_SAID = (
    "The Ferry Crews' Union said that it was ready to meet.",
    "The Strait Ferry Operators' Association said in a statement that its offer remained open.",
    "A deal could be reached on Friday, a person close to the operators told the Island Post.",
    "Helen Marrow, the association's chief negotiator, denied that talks had broken off.",
    "Negotiations are at a standstill, the Coastal Ledger reported.",
    "\u201cNobody has called us,\u201d said Tomas Vell, the union's general secretary.",
)


def text(i: int) -> str:
    """Document ``i``; different texts for different numbers."""
    day = date(2024, 4, 9) + timedelta(days=i % 60)
    first, second = _SAID[i % len(_SAID)], _SAID[(i // 3 + 1) % len(_SAID)]
    return (
        f" date {day} Ferry crews of the Ferry Crews' Union were still out on {day:%A}, report {i} from the quay. "
        f"{first}\n\n{second} The Strait Ferry Operators' Association and the union met {2 + i % 5} days ago.\n"
    )


def write(folder: Path, n: int) -> list[Path]:
    """Write ``n`` documents as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"doc{i:03}.txt" for i in range(n)]
    for i, path in enumerate(paths):
        path.write_text(text(i), encoding="utf-8")
    return paths
