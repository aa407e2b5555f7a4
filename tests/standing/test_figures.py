"""Figures of offers and demands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.standing.figures import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a raise of 4% a year for three years", [(4, 4, "%", "year", "3 years", "4% a year for three years")]),
        ("7.5 per cent over three years", [(7.5, 7.5, "%", None, "3 years", "7.5 per cent over three years")]),
        ("between 3 and 5 percent", [(3, 5, "%", None, None, "3 and 5 percent")]),
        ("3% to 5% annually", [(3, 5, "%", "year", None, "3% to 5% annually")]),
        ("$3 an hour more", [(3, 3, "$", "hour", None, "$3 an hour")]),
        ("\u00a31,200 per worker", [(1200, 1200, "\u00a3", "worker", None, "\u00a31,200 per worker")]),
        ("$2.5 million", [(2.5e6, 2.5e6, "$", None, None, "$2.5 million")]),
        ("\u20ac40 to \u20ac50 a week", [(40, 50, "\u20ac", "week", None, "\u20ac40 to \u20ac50 a week")]),
        ("six patients to a nurse", [(6, 6, "patients", "nurse", None, "six patients to a nurse")]),
        ("20 more drivers", [(20, 20, "drivers", None, None, "20 more drivers")]),
        ("two rest days a week", [(2, 2, "rest days", "week", None, "two rest days a week")]),
        ("5% and $1 an hour", [(5, 5, "%", None, None, "5%"), (1, 1, "$", "hour", None, "$1 an hour")]),
        ("in 2024, on May 14", []),
        ("none at all", []),
    ],
)
def test_figures(text: str, expected: list[tuple[object, ...]]) -> None:
    found = figures(text, Span(0, len(text)))
    assert [(f.low, f.high, f.unit, f.per, f.over, f.span.of(text)) for f in found] == expected


@given(st.text(alphabet="0123456789%$,. tofranhuryeweks\u00a3-", min_size=1, max_size=80))
def test_figures_lie_within_the_text_in_order_and_never_overlap(text: str) -> None:
    found = figures(text, Span(0, len(text)))
    assert all(f.span.end <= len(text) and f.low <= f.high for f in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
