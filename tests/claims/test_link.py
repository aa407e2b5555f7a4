import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims.link import keys, link
from onrecord.claims.tellable import tellables
from onrecord.model import Certainty
from tests.claims.making import document


def one(words, **options):
    return next(tellables(document(options.pop("id", "a"), words, **options)))


SAME = [
    ("the closure costs growers £3 million a week", "growers lose £3 million a week to the closure"),
    ("the panel found “serious safety lapses” at the depot", "inspectors spoke of “serious safety lapses”"),
    ("ferries to the outer islands are cancelled through Sunday", "ferries to the outer islands were cancelled"),
]
DIFFERENT = [
    ("the closure costs growers £3 million a week", "the closure costs growers £30 million a week"),
    ("the depot passed its safety inspection", "the depot has not passed its safety inspection"),
    ("the union and the employers will meet again", "the employers told the union that talks would go on"),
    ("93 per cent of drivers backed the ballot", "93, not 97, per cent of drivers backed the ballot"),
    ("Jonas Bergqvist walked out of the hearing", "Jonas Bergqvist praised the caterers"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_claim_in_other_words_is_linked_with_its_parts(a, b):
    score = link(one(a), one(b, id="b"))
    assert score is not None
    assert score.parts
    assert all(part.why for part in score.parts)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_other_numbers_polarity_or_subject_are_another_claim(a, b):
    assert link(one(a), one(b, id="b")) is None


def test_a_denial_of_the_claim_is_linked_though_its_words_negate():
    claim = one("a second depot is about to close in Ardmouth")
    denial = one("no second depot is about to close in Ardmouth", id="b", certainty=Certainty.DENIED)
    assert link(claim, denial) is not None


def test_two_parties_that_decline_to_comment_make_two_claims():
    a = one("declined to comment on the matter", certainty=Certainty.UNKNOWN, by="the port")
    b = one("declined to comment on the matter", certainty=Certainty.UNKNOWN, by="the union", id="b")
    assert link(a, b) is None


def test_claims_that_an_end_is_near_are_the_same_when_they_name_the_same_day():
    a = one("a deal could come on Friday", ahead=1, horizon="2024-05-03")
    b = one("they hope to finish by Friday", ahead=1, horizon="2024-05-03", id="b")
    c = one("they hope to finish by Monday", ahead=1, horizon="2024-05-06", id="c")
    assert link(a, b) is not None
    assert link(a, c) is None


VOCABULARY = "ferries islands growers cancelled million 3 30 not Sunday depot “serious lapses” strike"
WORDS = st.lists(st.sampled_from(sorted(VOCABULARY.split())), min_size=1, max_size=9).map(" ".join)


@given(WORDS, WORDS, st.sampled_from([0, 1, -1]))
def test_a_link_is_symmetric_and_shares_a_key(a, b, ahead):
    first, second = one(a, ahead=ahead), one(b, id="b", ahead=ahead)
    score = link(first, second)
    mirrored = link(second, first)
    assert (score is None) == (mirrored is None)
    if score is not None and mirrored is not None:
        assert score.value == pytest.approx(mirrored.value)
        assert set(keys(first)) & set(keys(second))
