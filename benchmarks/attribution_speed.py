"""What attribution costs, in units of the bare spaCy pass over the same texts in the same process.

    python -m benchmarks.attribution_speed                invented documents, short and long
    python -m benchmarks.attribution_speed FILE.jsonl     the first texts ("text") of a file of your own

Attribution's own work is tagging, linking, speakers, authority and certainty; with the pass included, the parse
that onrecord makes of the texts is counted too. Time is that of the processor, over all threads. Rounds are
interleaved and the median of their ratios counts, since a shared machine is noisy and a ratio within a round less
so. The last column shows how the cost grows: of texts ten times as long each word costs about the same. Exit
status 1 where a limit is passed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from benchmarks.reading_speed import articles
from onrecord import dating, parties
from onrecord.attribution.finders import finder
from onrecord.attribution.read import read
from onrecord.text.parse import parse, pipeline
from tests import corpus

OWN, WITH_PASS = 0.9, 1.9
ROUNDS = 5
SHORT, LONG, JOINED = 120, 12, 10  # short documents; long ones, and of how many short ones each is made
TEXTS = 10


def collections(path: Path | None) -> dict[str, list[str]]:
    """The texts to read, by a name to print."""
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            return {path.name: [json.loads(line)["text"] for line in islice(lines, TEXTS)]}
    joined = ["\n".join(map(corpus.text, range(i * JOINED, (i + 1) * JOINED))) for i in range(LONG)]
    return {"short documents": [corpus.text(i) for i in range(SHORT)], "long documents": joined}


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(texts: list[str]) -> tuple[float, float, float]:
    """Attribution's own work, the same with the parse, each over the bare pass; milliseconds a thousand words."""
    made, nlp, find, presets = articles(texts), pipeline(), finder(), parties.load()
    parsed = list(parse(made, nlp))
    who = [parties.find(p, presets) for p in parsed]
    times = [dating.read(p, p.article.published)[0] for p in parsed]

    def attribute() -> None:
        for one, people, when, found in zip(parsed, who, times, find(parsed), strict=True):
            read(one, people, when, found.to_read)

    attribute()  # loads the weights
    rounds = []
    for _ in range(ROUNDS):
        bare = seconds(lambda: list(nlp.pipe(texts, batch_size=32)))
        rounds.append((seconds(attribute), seconds(lambda: list(parse(made, nlp))), bare))
    own = statistics.median(work / bare for work, _, bare in rounds)
    whole = statistics.median((work + parsing) / bare for work, parsing, bare in rounds)
    words = sum(len(text.split()) for text in texts)
    return own, whole, 1e6 * statistics.median(work for work, _, _ in rounds) / words


def main() -> int:
    passed = False
    print(f"{'':24}{'own work':>12}{'with pass':>12}{'ms a 1000 words':>18}")
    for name, texts in collections(Path(sys.argv[1]) if len(sys.argv) > 1 else None).items():
        own, whole, cost = measured(texts)
        print(f"{name:24}{own:12.2f}{whole:12.2f}{cost:18.0f}")
        passed |= own > OWN or whole > WITH_PASS
    print(f"limits: own work {OWN}, with the pass {WITH_PASS}" + ("; passed" if passed else "; both hold"))
    return int(passed)


if __name__ == "__main__":
    sys.exit(main())
