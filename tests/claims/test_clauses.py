from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims.clauses import clauses
from onrecord.model import Span

TABLE = [
    (
        "An outline was on the table, but the crews had seen outlines before.",
        ["An outline was on the table", "but the crews had seen outlines before"],
    ),
    ("The quay is shut; nobody knows for how long.", ["The quay is shut", "nobody knows for how long"]),
    (
        "Cooks, and Jonas Bergqvist, joined the march.",
        ["Cooks, and Jonas Bergqvist, joined the march"],
    ),
    ("They sail, she said.", ["They sail, she said"]),
]


@pytest.mark.parametrize(("sentence", "expected"), TABLE)
def test_a_sentence_is_cut_where_a_clause_opens(sentence, expected):
    assert [s.of(sentence) for s in clauses(sentence, Span(0, len(sentence)))] == expected


@given(st.text(alphabet="ab ,;:—“”and but$%3.\n", min_size=1, max_size=80))
def test_clauses_slice_apart_in_order_and_cut_no_word(text):
    found = clauses(text, Span(0, len(text)))
    for one, other in pairwise(found):
        assert one.end <= other.start
    for span in found:
        for at in (span.start, span.end):
            assert not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())
