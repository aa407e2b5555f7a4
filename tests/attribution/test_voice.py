"""The document's own voice: letters, the author's judgements, headlines, announced embeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.attribution.read import read
from onrecord.model import Authority, Certainty, Embed, Quote, Span
from tests import factories
from tests.attribution.said import contents, read_text, who_is_who

LETTER = """Dear members,

The company closed the gates on Monday. We had offered to keep the furnaces warm.
A manager has told us that the gates will stay shut. We hope to be back by Friday.

In solidarity,

For the negotiating committee, Port Pilots' Guild"""


def test_an_organisation_speaks_in_its_own_letter() -> None:
    parsed, statements = read_text(LETTER, outlet="Port Pilots' Guild")
    own = [s for s in statements if s.authority is Authority.PARTY]
    assert {s.source.name for s in own} == {"Port Pilots' Guild"}
    assert {s.quote for s in own} == {Quote.DIRECT}
    assert ["The company closed the gates on Monday"] in [contents(parsed, s) for s in own]


def test_what_a_letter_tells_of_others_comes_by_way_of_its_sender() -> None:
    parsed, statements = read_text(LETTER, outlet="Port Pilots' Guild")
    told = next(s for s in statements if contents(parsed, s) == ["the gates will stay shut"])
    assert (told.source.name, told.authority, told.via) == ("manager", Authority.UNNAMED, ("Port Pilots' Guild",))


def test_greetings_of_a_letter_claim_nothing() -> None:
    parsed, statements = read_text(LETTER, outlet="Port Pilots' Guild")
    assert not any("Dear" in c or "solidarity" in c for s in statements for c in contents(parsed, s))


def test_a_letter_is_known_by_its_form_when_another_prints_it() -> None:
    _, statements = read_text(LETTER, outlet="Harbour Gazette")
    assert Authority.AUTHOR not in {s.authority for s in statements}
    assert "Port Pilots' Guild" in {s.source.name for s in statements}


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("The talks are at a standstill.", "standstill", Certainty.CERTAIN),
        ("No further talks are planned.", "No further talks", Certainty.CERTAIN),
        ("It is clear that the strike hurts the town.", "the strike hurts", Certainty.CERTAIN),
        ("It remains to be seen whether the deal holds.", "whether the deal holds", Certainty.UNKNOWN),
        ("The strike could end within days.", "could end", Certainty.POSSIBLE),
        ("The ballot does not mean that a walkout will come.", "does not mean", Certainty.DENIED),
        ("The offer is a turning point in the dispute.", "turning point", Certainty.CERTAIN),
    ],
)
def test_the_author_judges_in_his_own_voice(text: str, words: str, certainty: Certainty) -> None:
    parsed, statements = read_text(text, outlet="Harbour Gazette")
    assert [(s.source.name, s.authority, s.cue, s.certainty) for s in statements] == [
        ("Harbour Gazette", Authority.AUTHOR, None, certainty)
    ]
    assert words in contents(parsed, statements[0])[0]


@pytest.mark.parametrize(
    "text",
    [
        "Is the strike at a standstill?",
        "The strike began on Monday.",
        "The weather could be better.",
        "The Teamsters said that the talks were at a standstill.",
    ],
)
def test_questions_narration_and_others_words_are_not_the_authors(text: str) -> None:
    assert Authority.AUTHOR not in {s.authority for s in read_text(text)[1]}


def test_a_headline_is_marked_as_one() -> None:
    _, statements = read_text("It rained.", title="Teamsters say deal is close")
    assert [s.in_title for s in statements] == [True]


def test_a_headline_that_asks_asserts_nothing() -> None:
    _, statements = read_text("It rained.", title="Will UPS say that a deal is close?")
    assert {s.certainty for s in statements} <= {Certainty.UNKNOWN}


def test_an_announced_embed_is_missing_content() -> None:
    text = "The Teamsters issued a statement:\n\nIt rained."
    parsed = factories.parsed(text)
    clause = Span(0, 33)
    parsed = replace(parsed, article=replace(parsed.article, embeds=(Embed(clause, "statement"),)))
    found = [s for s in read(parsed, who_is_who(parsed)) if s.missing]
    assert [(s.source.name, s.content, s.certainty, s.authority) for s in found] == [
        ("Teamsters", (clause,), Certainty.UNKNOWN, Authority.PARTY)
    ]


def test_an_embed_without_a_speaker_is_no_statement() -> None:
    parsed = factories.parsed("Here is the video:\n\nIt rained.")
    parsed = replace(parsed, article=replace(parsed.article, embeds=(Embed(Span(0, 18), "video"),)))
    assert not [s for s in read(parsed, who_is_who(parsed)) if s.missing]
