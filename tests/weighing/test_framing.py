import pytest

from onrecord import parties
from onrecord.model import Framing, Kind, Side
from onrecord.weighing import framing
from onrecord.weighing.framing import lexicon
from tests.factories import parsed

CONTEXT = "\n\nThe Stagehands' Union and the studios are in a labour dispute over pay."


def framed(text: str, *, sort: Kind | None = None) -> tuple[Framing, ...]:
    given = parsed(text + CONTEXT, published="2024-06-20")
    who = parties.find(given, parties.load())
    return framing(given, who, (), kind=sort)


@pytest.mark.parametrize("pattern", lexicon().patterns, ids=lambda p: p.example)
def test_each_way_of_saying_it_earns_its_place(pattern):
    (found,) = framed(pattern.example)
    assert (found.tone, found.about) == (pattern.tone, pattern.about)
    assert found.side is (Side.WORKERS if pattern.example.startswith("The union") else Side.EMPLOYERS)


@pytest.mark.parametrize(
    "text",
    [
        "If the studios refuse to talk, the crews will stay out.",
        "The studios never refused to talk.",
        "Would the studios refuse to talk?",
        "The mayor refused to discuss it.",
        "The studios have never betrayed the islands.",
        "The mayor said that the judge had blocked the talks.",
        "If the studios derail the talks, the crews will stay out.",
        "The studios and the union met on Monday.",
    ],
)
def test_conditions_denials_questions_and_bystanders_are_no_framing(text):
    assert framed(text) == ()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The studios let their own crews down, the pilots say.", "harm"),
        ("The studios are bullying the crews.", "harm"),
        ("The studios made the islands suffer.", "harm"),
        ("The studios sabotaged the negotiations.", "obstruction"),
        ("The studios have ignored every invitation.", "obstruction"),
        ("The studios brushed aside a letter from the mayor.", "obstruction"),
    ],
)
def test_ways_of_blaming(text, about):
    (found,) = framed(text)
    assert (found.side, found.tone, found.about) == (Side.EMPLOYERS, -1, about)


def test_who_accuses_is_the_teller_and_who_is_accused_the_target():
    (found,) = framed("The Stagehands' Union accused the studios of refusing to bargain.")
    assert (found.side, found.tone, found.by) == (Side.EMPLOYERS, -1, Side.WORKERS)


def test_who_would_bear_the_blame_is_expectation_setting():
    (found,) = framed("If the talks fail, the studios will have tried their best.")
    assert (found.side, found.tone, found.expectation) == (Side.EMPLOYERS, 1, True)


@pytest.mark.parametrize(
    ("text", "sort", "ironic"),
    [
        ("How kind: the studios graciously cleared their calendars.", Kind.OPINION, True),
        ("The studios graciously cleared their calendars.", Kind.NEWS, False),
        ("The spin is that the studios tried their best.", Kind.NEWS, True),
    ],
)
def test_irony_and_other_peoples_stories_are_the_authors(text, sort, ironic):
    (found,) = framed(text, sort=sort)
    assert found.ironic is ironic
    assert found.statement is None


def test_a_pronoun_counts_for_the_one_side_named_before_it():
    (found,) = framed("The studios say that they have bent over backwards.")
    assert (found.side, found.tone) == (Side.EMPLOYERS, 1)
    assert framed("The studios and the Stagehands' Union say that they have bent over backwards.") == ()


def test_spans_slice_the_text():
    text = "The studios refuse to discuss the rosters."
    (found,) = framed(text)
    assert found.span.of(text) == "studios refuse to discuss"
    assert found.target == "studios"
