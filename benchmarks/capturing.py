"""What capturing and extracting pages costs, as a ratio to bare trafilatura over the same pages in one process.

    python -m benchmarks.capturing              10,000 small pages, written to a temporary folder
    python -m benchmarks.capturing 2000         as many as you say

Prints the CPU seconds of each tenth of the run (linear cost: they stay the same), the memory held after the first
tenth and at the end (flat: it stays the same), and the ratio of the extraction to bare trafilatura, which is given
the same bytes and asked for the text and the metadata. Interleaved rounds of 50 pages; the median of the rounds'
ratios, since a shared machine is noisy and a ratio within a round less so.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from onrecord.coverage import captures, extract
from onrecord.model import Article, Capture
from tests import corpus

ROUND = 50
NAVIGATION = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(40))


def page(n: int) -> str:
    """A small news page as templates write them: metadata, navigation, the article, a sidebar, a footer."""
    paragraphs = "".join(f"<p>{part}</p>" for part in corpus.text(n).split("\n\n") if part.strip())
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report {n} - The Ledger</title>
<meta property="og:title" content="Report {n}"><meta property="og:site_name" content="The Ledger">
<meta property="article:published_time" content="2024-04-{n % 28 + 1:02}T10:00:00Z">
<meta property="article:modified_time" content="2024-04-{n % 28 + 1:02}T12:00:00Z">
<meta name="author" content="Ada Quill"><link rel="canonical" href="https://ledger.example/2024/04/{n}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Report {n}",
"datePublished": "2024-04-{n % 28 + 1:02}T10:00:00Z"}}</script></head><body><nav><ul>{NAVIGATION}</ul></nav>
<main><article><h1>Report {n}</h1>{paragraphs}</article><aside><h3>More</h3><ul>{NAVIGATION}</ul></aside>
</main><footer><p>Copyright The Ledger</p></footer></body></html>"""


def resident() -> float:
    """Memory held now, in megabytes."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def main() -> None:
    count = int(sys.argv[1]) // (10 * ROUND) * 10 * ROUND if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            (Path(folder) / f"{n:06}.html").write_text(page(n), encoding="utf-8")
        arriving = captures([folder], retrieved_at=datetime.now(UTC))
        done, ratios, tenths, held = 0, [], [], []
        spent = 0.0
        while done < count:
            begun = time.process_time()
            some = [c for _, c in zip(range(ROUND), arriving, strict=False) if isinstance(c, Capture)]
            capturing = time.process_time() - begun
            begun = time.process_time()
            found = [extract(c) for c in some]
            ours = time.process_time() - begun
            assert all(isinstance(a, Article) for a in found), found
            begun = time.process_time()
            for c in some:
                trafilatura.bare_extraction(c.data, include_comments=False, with_metadata=True)
            ratios.append(ours / (time.process_time() - begun))
            spent += capturing + ours
            done += len(some)
            if done % (count // 10) < ROUND:
                tenths.append(spent)
                held.append(resident())
                spent = 0.0
    print(f"{count:,} pages; CPU seconds of each tenth: {', '.join(f'{t:.1f}' for t in tenths)}")
    print(f"memory held after the first tenth {held[0]:.0f} MB, at the end {held[-1]:.0f} MB")
    print(f"extraction over bare trafilatura: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
