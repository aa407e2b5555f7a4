"""What a new document costs in a small and in a large record, and in what memory.

    python -m benchmarks.claims_scale                                500, 1,500 and 5,000 documents
    python -m benchmarks.claims_scale --sizes 10000,30000,100000 --plot docs/method/claims_scale.svg

Fills a record with ready statements of an invented corpus (``benchmarks.invented``; no model) up to each size,
then adds documents ten at a time, as a person does who reads the day's coverage, and measures what that costs: to
store them, and to compare them with all that is there (disputes, chronology, standing, claims). The new ones are
drawn at random from the last part of the corpus, so most belong to its larger disputes. Times are of the
processor, which a busy machine changes little; the time on the clock is given beside them.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.invented import READER, Made, disputes
from onrecord import comparing
from onrecord.api import Record
from onrecord.record import append
from onrecord.record.store import transaction

BATCH = 10
_PORTION = 2000  # documents stored in one go while the record is filled


@dataclass(frozen=True, slots=True)
class Measured:
    """What a new document costs in a record of ``documents``: medians over the rounds, in milliseconds. Memory is
    the peak so far, in MB."""

    documents: int
    disputes: int
    claims: int
    tellings: int
    store_ms: float
    compare_ms: float
    slowest_ms: float
    clock_ms: float
    filled_per_document_ms: float
    memory_mb: int
    file_mb: int

    @property
    def new_ms(self) -> float:
        """What a new document costs, all in all."""
        return self.store_ms + self.compare_ms


def measure(path: Path, sizes: Sequence[int], *, rounds: int) -> Iterator[Measured]:
    """Fill a record to one size after another and measure at each."""
    chance = random.Random(1)
    coming = disputes()
    with Record.open(path, create=True) as record:
        stored = made = 0
        for size in sizes:
            start, first = time.process_time(), stored
            kept: list[Made] = []
            portion: list[Made] = []
            share = 1.3 * rounds * BATCH / (size - stored)
            while stored + len(portion) + len(kept) < size:
                made += 1
                for document in next(coming):
                    hold = len(kept) < rounds * BATCH and chance.random() < share
                    (kept if hold else portion).append(document)
                if len(portion) > _PORTION:
                    stored += _store(record, portion)
                    portion = []
                    print(f"  {stored} stored", file=sys.stderr)
            stored += _store(record, portion)
            chance.shuffle(kept)
            run = append.begin_run(record.db, READER)
            comparing.compare(record.db, run=run, progress=_tell)
            filled = (time.process_time() - start) / max(stored - first, 1)
            times = [_round(record, kept[n * BATCH : (n + 1) * BATCH]) for n in range(rounds)]
            stored += len(kept)
            yield Measured(
                stored,
                made,
                *(record.db.execute(q).fetchone()[0] for q in _COUNTS),
                store_ms=round(statistics.median(t[0] for t in times) / BATCH * 1000, 1),
                compare_ms=round(statistics.median(t[1] for t in times) / BATCH * 1000, 1),
                slowest_ms=round(max(t[0] + t[1] for t in times) / BATCH * 1000, 1),
                clock_ms=round(statistics.median(t[2] for t in times) / BATCH * 1000, 1),
                filled_per_document_ms=round(filled * 1000, 1),
                memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                file_mb=path.stat().st_size // 1_000_000,
            )


_COUNTS = (
    "SELECT count(*) FROM finding WHERE type = 'Claim' AND superseded_run IS NULL",
    "SELECT count(*) FROM telling",
)


def _tell(step: str, done: int, total: int | None) -> None:
    if total and done % max(total // 5, 1) == 0:
        print(f"  {step} {done} of {total}", file=sys.stderr)


def _round(record: Record, documents: Sequence[Made]) -> tuple[float, float, float]:
    """Seconds to store documents and to compare them, and both on the clock."""
    clock, start = time.perf_counter(), time.process_time()
    for document in documents:
        _store(record, [document])
    between = time.process_time()
    comparing.compare(record.db, run=append.begin_run(record.db, READER), progress=lambda *_: None)
    return between - start, time.process_time() - between, time.perf_counter() - clock


def _store(record: Record, documents: Sequence[Made]) -> int:
    run = 1 if record.db.execute("SELECT 1 FROM run").fetchone() else append.begin_run(record.db, READER)
    with transaction(record.db):
        for d in documents:
            append.add_capture(record.db, d.capture, run)
            row = append.add_article(record.db, d.article, "invented", run)
            append.add_reading(record.db, d.reading, row, run)
    return len(documents)


# ------------------------------------------------------------------------------- the plot


def plot(rows: Sequence[Measured]) -> str:
    """The cost of a new document against the size of the record, as SVG; both axes are logarithmic in tens."""
    from math import log10

    width, height, left, bottom = 560, 300, 70, 250
    most = max(r.new_ms for r in rows) * 2.2
    first, last = log10(rows[0].documents), log10(rows[-1].documents)

    def x(n: int) -> float:
        return left + (log10(n) - first) / max(last - first, 1e-9) * (width - left - 40)

    def y(ms: float) -> float:
        return bottom - ms / most * (bottom - 30)

    points = [(x(r.documents), y(r.new_ms), r) for r in rows]
    line = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in points)
    double = y(rows[0].new_ms * 2)
    marks = "".join(
        f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="#1f5fa8"/>'
        f'<text x="{a:.1f}" y="{b - 10:.1f}" text-anchor="middle">{r.new_ms:.0f} ms</text>'
        f'<text x="{a:.1f}" y="{bottom + 20}" text-anchor="middle">{r.documents:,}</text>'
        for a, b, r in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="13" role="img" '
        'aria-label="Cost of a new document by size of record">'
        f'<rect width="{width}" height="{height}" fill="white"/>'
        f'<line x1="{left}" y1="{bottom}" x2="{width - 20}" y2="{bottom}" stroke="black"/>'
        f'<line x1="{left}" y1="30" x2="{left}" y2="{bottom}" stroke="black"/>'
        f'<line x1="{left}" y1="{double:.1f}" x2="{width - 20}" y2="{double:.1f}" stroke="#b03030" '
        'stroke-dasharray="5 4"/>'
        f'<text x="{width - 20}" y="{double - 6:.1f}" text-anchor="end" fill="#b03030">twice the first</text>'
        f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>{marks}'
        f'<text x="{(left + width) / 2:.0f}" y="{height - 8}" text-anchor="middle">documents in the record</text>'
        f'<text x="{left}" y="18">cost of a new document, ten at a time</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="500,1500,5000", help="documents, in increasing order")
    parser.add_argument("--rounds", type=int, default=10, help="batches of ten at each size")
    parser.add_argument("--record", type=Path, help="where to make the record (default: a temporary folder)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--plot", type=Path, help="write the plot here (SVG)")
    options = parser.parse_args()
    sizes = [int(n) for n in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or Path(folder) / "scale.db"
        rows = []
        for row in measure(path, sizes, rounds=options.rounds):
            rows.append(row)
            print(json.dumps(asdict(row)), flush=True)
    growth = rows[-1].new_ms / rows[0].new_ms
    print(f"cost of a new document: {growth:.2f} times over {rows[-1].documents / rows[0].documents:.1f} times")
    if options.json:
        options.json.write_text(json.dumps([asdict(r) for r in rows], indent=1) + "\n", "utf-8")
    if options.plot:
        options.plot.write_text(plot(rows), "utf-8")


if __name__ == "__main__":
    main()
