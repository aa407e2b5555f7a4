"""Two finders, and what is made of both."""

from __future__ import annotations

import pytest

from onrecord.attribution.finders import FINDERS, combined, finder, near_its_cue
from onrecord.model import Attribution, OnrecordError, Span
from tests.factories import parsed

TEXT = (
    "The dockers' union said that it would meet the port on Friday. Two ships left. "
    "\u201cWe are ready,\u201d Ann Lee added. \u201cWe always were.\u201d"
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def of(cue: str, *content: str, source: str | None = None) -> Attribution:
    return Attribution((span(source),) if source else (), (span(cue),), tuple(span(c) for c in content))


@pytest.mark.parametrize("name", FINDERS)
def test_each_finder_finds_who_said_what(name: str) -> None:
    p = parsed(TEXT)
    (found,) = finder(name)([p])
    said = {a.source[0].of(TEXT): a.content[0].of(TEXT) for a in found.to_read if a.source}
    assert "would meet the port on Friday" in said["The dockers' union"]
    assert "We are ready" in said["Ann Lee"]


def test_a_finder_by_another_name_is_a_sentence() -> None:
    with pytest.raises(OnrecordError, match="both, tagger, rules"):
        finder("oracle")


def test_no_document_and_an_empty_one_are_no_trouble() -> None:
    for name in FINDERS:
        assert finder(name)([]) == []
        assert [f.to_read for f in finder(name)([parsed("")])] == [()]


def test_the_company_of_a_document_changes_nothing() -> None:
    first, second = parsed(TEXT), parsed("A spokesman for the port told the Gazette that no date was set.")
    alone = finder("tagger")([first])[0]
    assert finder("tagger")([second, first])[1] == alone


def test_unquoted_content_of_another_sentence_is_not_put_in_a_mouth() -> None:
    p = parsed(TEXT)
    joined = of("said", "it would meet the port on Friday", "Two ships left")
    assert near_its_cue(p, joined) == of("said", "it would meet the port on Friday")
    quoted = of("added", "\u201cWe are ready,\u201d", "\u201cWe always were.\u201d")
    assert near_its_cue(p, quoted) == quoted
    alone = of("said", "Two ships left")
    assert near_its_cue(p, alone) == alone


def test_the_tagger_adds_only_where_the_rules_found_nothing_and_somebody_speaks() -> None:
    p = parsed(TEXT)
    ruled = [of("said", "it would meet the port on Friday", source="The dockers' union")]
    same = of("said", "the port", source="The dockers' union")
    speaks = of("added", "\u201cWe are ready,\u201d", source="Ann Lee")
    moves = of("left", "Two ships")
    assert combined(p, tagged=[same, speaks, moves], ruled=ruled) == (ruled[0], speaks)
