"""What a set of spans covers, asked quickly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from onrecord.model import Span


class Cover:
    """Spans merged where they meet."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._merged: list[tuple[int, int]] = []
        for span in sorted(spans):
            if self._merged and span.start <= self._merged[-1][1]:
                self._merged[-1] = (self._merged[-1][0], max(self._merged[-1][1], span.end))
            else:
                self._merged.append((span.start, span.end))

    def covered(self, span: Span) -> int:
        """How many characters of a span are covered."""
        total = 0
        at = max(0, bisect_right(self._merged, (span.start, span.start)) - 1)
        while at < len(self._merged) and self._merged[at][0] < span.end:
            start, end = self._merged[at]
            total += max(0, min(end, span.end) - max(start, span.start))
            at += 1
        return total

    def touches(self, span: Span) -> bool:
        return self.covered(span) > 0

    def mostly(self, span: Span) -> bool:
        """Whether half of a span or more is covered."""
        return self.covered(span) * 2 >= span.end - span.start
