"""What is announced and not there."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coverage.blocks import structure
from onrecord.coverage.embeds import missing

MORE = "Nobody would say what had been discussed, and the strike goes on into its ninth week."
WORDS = tomllib.loads(files("onrecord.coverage").joinpath("data/embeds.toml").read_text("utf-8"))


def embeds(text: str) -> list[tuple[str, str]]:
    return [(e.span.of(text), e.what) for e in missing(text, structure(text).blocks)]


@pytest.mark.parametrize(
    ("announcement", "clause", "what"),
    [
        (
            "The union and port met and then issued a joint statement:",
            "issued a joint statement:",
            "statement",
        ),
        ("Two posts tell the story, as does the following video:", "as does the following video:", "video"),
        ("Talks failed. The guild wrote to its members:", "The guild wrote to its members:", ""),
        ("He is not amused, if one goes by this tweet:", "if one goes by this tweet:", "tweet"),
        ("Here is what the mayor posted on Friday:", "Here is what the mayor posted on Friday:", ""),
        ("Both have put out a statement. Here it is:", "Here it is:", "statement"),
        ("A deal is near; see this chart from the agency:", "see this chart from the agency:", "chart"),
        ("The statement, which both signed, reads as follows:", "reads as follows:", ""),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n", " \xa0\n\n\n\n"])
def test_an_announcement_with_nothing_behind_it(announcement: str, clause: str, what: str, gap: str) -> None:
    found = embeds(f"{announcement}{gap}{MORE}")
    assert len(found) == 1
    assert found[0][0].endswith(clause)
    assert found[0][1] in (what, "statement")
    assert embeds(f"{MORE}\n\n{announcement}") == found


@pytest.mark.parametrize(
    "following",
    [
        '"The talks go on."',
        "“The talks go on.”",
        "‘The talks go on.’",
        "- The talks go on.",
        "• The talks go on.",
        "1. The talks go on.",
        "> The talks go on.",
        "    The talks go on.",
        "Dear members, the talks go on.",
        "We will go on talking.",
        "More pay\n\nShorter shifts\n\nNo agency work",
    ],
)
def test_what_was_announced_is_there(following: str) -> None:
    assert embeds(f"The union issued a statement:\n\n{following}\n\n{MORE}") == []


def test_a_wide_gap_before_a_quotation_is_no_loss_but_before_prose_it_is() -> None:
    assert embeds(f"The union issued a statement:\n\n\n“We talk.”\n\n{MORE}") == []
    assert len(embeds(f"The union issued a statement:\n\n\nWe saw it coming.\n\n{MORE}")) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The result was clear:",
        "Here is what we know so far:",
        "Both sides are back at the table:",
        "The statement of last week is forgotten, and what counts now is one thing and one thing alone:",
        "It was said in May that one thing would decide the matter:",
    ],
)
def test_a_colon_that_only_explains(sentence: str) -> None:
    assert embeds(f"{sentence}\n\n{MORE}") == []


def test_a_heading_or_a_credit_behind_an_announcement_is_not_its_matter() -> None:
    assert len(embeds(f"The union posted a video:\n\nPhoto: Sam Snap\n\nWhat comes next?\n\n{MORE}")) == 1


@pytest.mark.parametrize(("host", "what"), WORDS["hosts"].items())
def test_an_address_alone_is_an_embed(host: str, what: str) -> None:
    assert embeds(f"{MORE}\n\nhttps://www.{host}/abc?d=1\n\n{MORE}") == [(f"https://www.{host}/abc?d=1", what)]
    assert embeds(f"{MORE} https://{host}/abc") == []


def test_an_address_behind_its_announcement_is_the_same_embed() -> None:
    assert embeds(f"The guild tweeted:\n\npic.twitter.com/abc\n\n{MORE}") == [("The guild tweeted:", "")]
    assert embeds(f"{MORE}\n\nhttps://port.example/offer\n\n{MORE}") == []


@pytest.mark.parametrize(("noun", "form"), [(noun, f) for noun, forms in WORDS["nouns"].items() for f in forms])
def test_each_noun_is_needed(noun: str, form: str) -> None:
    assert embeds(f"Now there is this {form}:\n\n{MORE}") == [(f"Now there is this {form}:", noun)]


@pytest.mark.parametrize("verb", WORDS["verbs"]["list"])
def test_each_verb_is_needed(verb: str) -> None:
    assert embeds(f"Then the mayor {verb}:\n\n{MORE}") == [(f"Then the mayor {verb}:", "")]


@pytest.mark.parametrize("pointer", WORDS["pointers"]["list"])
def test_each_pointer_is_needed(pointer: str) -> None:
    text = f"There is a letter from both. {pointer.capitalize()}:\n\n{MORE}"
    assert embeds(text) == [(f"{pointer.capitalize()}:", "letter")]
    assert embeds(f"There is a deal. {pointer.capitalize()}:\n\n{MORE}") == []


def test_many_paragraphs_cost_no_time() -> None:
    text = "The union issued a statement:\n\n" * 2000
    assert len(embeds(text)) == 2000


@given(st.text(alphabet=st.sampled_from('aT .:\n"“-/>x'), max_size=200))
def test_spans_slice_the_text(text: str) -> None:
    for written, _ in embeds(text):
        assert written.strip()
