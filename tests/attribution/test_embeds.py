"""What is announced and not there is never filled with what happens to stand next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.attribution.finders import FINDERS, finder
from onrecord.attribution.read import read
from onrecord.coverage.embeds import missing
from onrecord.model import Authority, Statement
from onrecord.parties import find, load
from onrecord.text.parse import Parsed
from tests import factories


def with_embeds(text: str) -> Parsed:
    parsed = factories.parsed(text)
    return replace(parsed, article=replace(parsed.article, embeds=missing(text, parsed.article.blocks)))


def statements(text: str, *, by: str) -> list[Statement]:
    parsed = with_embeds(text)
    (found,) = finder(by)([parsed])
    return list(read(parsed, find(parsed, load()), (), found.to_read))


@pytest.mark.parametrize("by", FINDERS)
@pytest.mark.parametrize(
    ("text", "source", "authority"),
    [
        (
            "The UAW and Ford sat down on Monday and then put out a joint statement:\n\n\nThis is good news.",
            {"UAW", "Ford"},
            Authority.JOINT,
        ),
        ("The Teamsters issued a statement: \n\n\nThis is good news.", {"Teamsters"}, Authority.PARTY),
    ],
)
def test_the_next_paragraph_is_not_the_statement(
    text: str, source: set[str], authority: Authority, by: str
) -> None:
    found = statements(text, by=by)
    assert not [s for s in found if "good news" in s.content[0].of(text) and s.authority is not Authority.AUTHOR]
    (announced,) = [s for s in found if s.missing]
    assert set((announced.source.name or "").split(" and ")) == source
    assert announced.authority is authority


@pytest.mark.parametrize("by", FINDERS)
def test_an_announcement_is_no_part_of_what_another_says(by: str) -> None:
    text = (
        "The Gazette reports that a deal could come on Friday, with its reporter adding a warning: \n\n\n"
        "The crews met in the hall."
    )
    said = [c.of(text) for s in statements(text, by=by) if not s.missing for c in s.content]
    assert any("a deal could come on Friday" in c for c in said)
    assert not any("warning" in c for c in said)
