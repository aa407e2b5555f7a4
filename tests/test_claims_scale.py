"""The benchmark of scale runs on a small record; what it does there is what it does on a large one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import islice
from pathlib import Path

from benchmarks.claims_scale import measure, plot
from benchmarks.invented import disputes
from onrecord.model import Span


def test_the_benchmark_measures_each_size_and_draws_it(tmp_path: Path) -> None:
    rows = list(measure(tmp_path / "r.db", [40, 80], rounds=1))
    assert [r.documents for r in rows] == sorted(r.documents for r in rows)
    assert rows[0].documents >= 40 and rows[1].documents >= 80
    for r in rows:
        assert r.claims > 0 and r.tellings > r.claims
        assert 0 < r.compare_ms < r.new_ms <= r.slowest_ms + 0.2
    root = ET.fromstring(plot(rows))
    assert len([e for e in root.iter() if e.tag.endswith("circle")]) == 2


def test_the_invented_corpus_is_the_same_each_time_and_its_spans_slice_their_texts() -> None:
    first, again = ([d for of_one in islice(disputes(), 3) for d in of_one] for _ in range(2))
    assert first == again
    for d in first:
        assert d.reading.statements
        for s in d.reading.statements:
            assert all(isinstance(c, Span) and c.of(d.article.text).strip() for c in s.content)
        for m in d.reading.mentions:
            assert m.span.of(d.article.text) in {p.name for p in d.reading.parties}
