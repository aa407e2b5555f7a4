"""Which parts of a paragraph are quoted, whatever marks stand around them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.tagger.marks import quotes

SYMBOLS = st.sampled_from(["a", "s", " ", ",", ".", '"', "“", "”", "''", "``", "‘", "’", "'", "(", ")", "1"])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We wait,” she said. “We do.”", ["“We wait,”", "“We do.”"]),
        ('She said "we wait" twice.', ['"we wait"']),
        ("Wire copy: ''We wait,'' she said.", ["''We wait,''"]),
        ("Old copy: ``We wait,'' she said.", ["``We wait,''"]),
        ("« Nous attendons », dit-elle.", ["« Nous attendons »"]),
        ("‘The pilots’ pay is low,’ she said. ‘We’ll wait.’", ["‘The pilots’ pay is low,’", "‘We’ll wait.’"]),
        ("She called it 'low' and left.", ["'low'"]),
        ("The pilots' pay and the crew's isn't low.", []),
        ("Rock 'n' roll of the '90s won't do; get 'em.", []),
        ("“It goes on in the next paragraph.", ["“It goes on in the next paragraph."]),
        ('"It goes on. "And on," she said.', ['"It goes on. "And on,"']),
        ('He wrote "no," and "yes', ['"no,"', '"yes']),
        ("“He told me, ‘Go home,’ and I went,” she said.", ["“He told me, ‘Go home,’ and I went,”"]),
        ("The end of it.” She left.", ["”"]),
        ('("a") —"b"— c', ['"a"', '"b"']),
    ],
)
def test_marks_of_any_kind_are_seen(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, _, end in quotes(text, 0, len(text))] == quoted


@given(st.lists(SYMBOLS, max_size=40).map("".join), st.integers(0, 5), st.integers(0, 5))
def test_quotations_lie_apart_and_within_the_paragraph(text: str, cut: int, less: int) -> None:
    begin, end = min(cut, len(text)), max(min(cut, len(text)), len(text) - less)
    found = quotes(text, begin, end)
    assert all(begin <= start <= closing <= stop <= end and start < stop for start, closing, stop in found)
    assert all(one[2] <= other[0] for one, other in pairwise(found))
