"""What reading costs, as a ratio to the bare spaCy pass over the same texts in the same process.

    python -m benchmarks.reading_speed              an invented corpus of 300 documents
    python -m benchmarks.reading_speed FOLDER       texts of your own (*.txt)

Prints the time of each part over the bare pass: the reader with all rooms, then each room. Interleaved rounds, the
median of them: a shared machine is noisy, a ratio within a round less so. Cost grows linearly with the words read.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from onrecord import dating, parties, weighing
from onrecord.attribution.finders import finder
from onrecord.attribution.read import read as read_statements
from onrecord.coverage.blocks import structure
from onrecord.events.effects import effects
from onrecord.events.gate import concerns_labour
from onrecord.events.read import read as read_events
from onrecord.model import Article, text_sha256
from onrecord.reader import Reader
from onrecord.text.parse import parse, pipeline
from tests import corpus

ROUNDS = 3


def articles(texts: Iterable[str]) -> list[Article]:
    """The texts as articles."""
    return [
        Article(
            id=str(i),
            capture_sha256=text_sha256(text),
            name=str(i),
            source=str(i),
            text=text,
            blocks=(found := structure(text)).blocks,
            published=found.published,
        )
        for i, text in enumerate(texts)
    ]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    given = (
        (p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))) if folder else map(corpus.text, range(300))
    )
    made = articles(given)
    nlp = pipeline()
    reader = Reader(version="benchmark")
    presets = parties.load()
    find = finder()
    ratios: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        bare = seconds(lambda: list(nlp.pipe([a.text for a in made], batch_size=32)))
        ratios.setdefault("all rooms, parse included", []).append(seconds(lambda: list(reader.read(made))) / bare)
        parsed = list(parse(made, nlp))
        who = [parties.find(p, presets) for p in parsed]
        times = [dating.read(p, p.article.published)[0] for p in parsed]
        found = find(parsed)
        spans = [f.to_read for f in found]
        said = [read_statements(*x) for x in zip(parsed, who, times, spans, strict=True)]
        rooms: dict[str, Iterable[object]] = {
            "parties": (parties.find(p, presets) for p in parsed),
            "dating": (dating.read(p, p.article.published) for p in parsed),
            "attribution, finding": (find([p]) for p in parsed),
            "attribution, reading": (read_statements(*x) for x in zip(parsed, who, times, spans, strict=True)),
            "events": (read_events(*x) for x in zip(parsed, who, times, said, strict=True)),
            "effects": (effects(*x) for x in zip(parsed, who, said, strict=True)),
            # What a document costs that the gate spares events, effects and standing.
            "gate alone": (concerns_labour(p.text) for p in parsed),
            "weighing": (weighing.ahead(*x) for x in zip(parsed, said, times, strict=True)),
        }
        for name, work in rooms.items():
            ratios.setdefault(name, []).append(seconds(partial(deque, work, maxlen=0)) / bare)
    for name, values in ratios.items():
        print(f"{name:28} {statistics.median(values):.3f} times the bare spaCy pass")


if __name__ == "__main__":
    main()
