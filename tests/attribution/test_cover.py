"""How much of a span others cover."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.cover import Cover
from onrecord.model import Span

SPANS = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 60), st.integers(1, 20))


@given(st.lists(SPANS), SPANS)
def test_covered_counts_each_character_once(others: list[Span], span: Span) -> None:
    held = {i for o in others for i in range(o.start, o.end)} & set(range(span.start, span.end))
    cover = Cover(others)
    assert cover.covered(span) == len(held)
    assert cover.touches(span) == bool(held)
