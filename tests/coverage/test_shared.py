"""The seed documents and the open gold set: every text to the letter, every date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.model import KnownFrom
from tests.coverage.helpers import read, roles

SHARED = Path(__file__).parents[2] / "../shared"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared development set is not beside the repository"
)


def test_the_gold_texts_are_read_to_the_letter_with_their_dates() -> None:
    path = SHARED / "gold" / "texts.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    articles, problems = read(path)
    assert not problems
    assert [a.name for a in articles] == [row["id"] for row in rows]
    for found, row in zip(articles, rows, strict=True):
        assert found.text == row["text"]
        assert (found.title, found.outlet, found.url) == (row["title"], row["outlet"], row["url"])
        if row["date"]:
            assert (found.published.value and found.published.value.isoformat()) == row["date"]
            assert found.published.known_from is KnownFrom.GIVEN
        else:
            assert found.published.known_from in (KnownFrom.NONE, KnownFrom.URL)


def test_the_seeds() -> None:
    articles, problems = read(SHARED / "seeds")
    assert not problems
    item, column = articles
    assert [role for role, _ in roles(item)] == ["header", *["heading"] * 4, "boilerplate"]
    assert (str(item.published.value), item.published.known_from) == ("2023-09-13", KnownFrom.HEADER)
    assert column.published.value is None
    assert roles(column) == []
    assert [e.what for e in column.embeds] == ["statement", "warning", "tweet"]
    for found, path in zip(articles, sorted((SHARED / "seeds").glob("*.txt")), strict=True):
        assert found.text.encode() == path.read_bytes()
