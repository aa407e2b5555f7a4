"""Which marks open and close a quotation."""

from __future__ import annotations

import pytest

from onrecord.attribution.quotations import quotations
from tests import factories

PAIRS = [
    ("He said “go” twice.", ["“go”"]),
    ('He said "go" twice.', ['"go"']),
    ("He said ''go'' twice.", ["''go''"]),
    ("He said 'go now' twice.", ["'go now'"]),
    ("He said ‘go now’ twice.", ["‘go now’"]),
    ("The drivers' union and the pilots' guild met.", []),
    ("The drivers’ union and the pilots’ guild met.", []),
    ("‘The drivers’ union met,’ he said.", ["‘The drivers’ union met,’"]),
    ("“He told me ‘no’ again,” she said.", ["“He told me ‘no’ again,”"]),
    ("It's the '90s again, isn't it.", []),
    ("Rock 'n' roll and 'em all.", []),
    ("A 12\" pipe and nothing else.", []),
    ("“One. Two,” he said. “Three.”", ["“One. Two,”", "“Three.”"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAIRS, ids=[p[0][:40] for p in PAIRS])
def test_pairs(text: str, expected: list[str]) -> None:
    parsed = factories.parsed(text)
    assert [parsed.span(q.first, q.last).of(text) for q in quotations(parsed)] == expected


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    parsed = factories.parsed("“One day.\n\n“Two days.”\n\nIt rained.")
    assert [(parsed.span(q.first, q.last).of(parsed.text), q.continues) for q in quotations(parsed)] == [
        ("“One day.", False),
        ("“Two days.”", True),
    ]
