from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.claims.changes import bearing, hedge
from onrecord.claims.link import features, keys, link, rule
from onrecord.claims.tellable import tellables
from onrecord.model import Bearing, Certainty, EventType, Hedge
from tests.claims.making import document


def one(words, **options):
    return next(tellables(document(options.pop("id", "a"), words, **options)))


SAME = [
    ("the closure costs growers £3 million a week", "growers lose £3 million a week to the closure"),
    ("the panel found “serious safety lapses” at the depot", "inspectors spoke of “serious safety lapses”"),
    ("ferries to the outer islands are cancelled through Sunday", "ferries to the outer islands were cancelled"),
]
DIFFERENT = [
    ("the closure costs growers £3 million a week", "pilots voted in Ostby for a new president"),
    ("the depot passed its safety inspection", "caterers ask the council for a loan"),
    ("Jonas Bergqvist walked out of the hearing", "the harbour museum opens a new wing"),
]
TOLD_APART = [
    ("the closure costs growers £3 million a week", "the closure costs growers £30 million a week", "number"),
    ("the crews will sail again on Monday", "the crews will sail again on Tuesday", "day"),
    ("the depot passed its safety inspection", "the depot has not passed its safety inspection", "turned"),
    ("the pilots will meet the owners at noon", "the meeting of pilots and owners at noon is off", "void"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_claim_in_other_words_is_linked_with_its_parts(a, b):
    score = link(one(a), one(b, id="b"))
    assert score is not None
    assert score.parts
    assert all(part.why for part in score.parts)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_another_subject_is_another_claim(a, b):
    assert link(one(a, by="x"), one(b, id="b", by="y")) is None


@pytest.mark.parametrize(("a", "b", "why"), TOLD_APART)
def test_other_figures_days_and_polarity_are_linked_and_told_apart(a, b, why):
    first, second = one(a), one(b, id="b", published="2024-05-03")
    assert link(first, second) is not None
    days = {"day": (((date(2024, 5, 6),) * 2,), ((date(2024, 5, 7),) * 2,))}
    if why in days:
        kinds = frozenset({EventType.STRIKE_END})
        first = replace(first, days=days[why][0], events=kinds)
        second = replace(second, days=days[why][1], events=kinds)
    expected = Bearing.SUPERSEDES if why == "void" else Bearing.CONTRADICTS
    assert bearing(second, first, first, None) is expected
    assert hedge(second, first, first, None) is Hedge.INVERTED
    assert bearing(first, None, first, None) is Bearing.TELLS


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
WORDS = st.lists(st.sampled_from(sorted(VOCABULARY.split())), min_size=1, max_size=9).map(
    lambda drawn: " ".join(["depot", "closed", *drawn])
)


@given(WORDS, WORDS, st.sampled_from([0, 1, -1]))
def test_a_link_is_symmetric_and_shares_a_key(a, b, ahead):
    first, second = one(a, ahead=ahead), one(b, id="b", ahead=ahead)
    score = link(first, second)
    mirrored = link(second, first)
    assert (score is None) == (mirrored is None)
    if score is not None and mirrored is not None:
        assert score.value == pytest.approx(mirrored.value)
        assert set(keys(first)) & set(keys(second))


def test_every_feature_of_the_rule_is_one_that_is_read_and_says_what_it_is():
    found = features(one("the depot closed on Friday"), one("the depot closed on Friday", id="b"))
    assert set(found) == {f.name for f in rule()}
    assert all(f.why and f.weight for f in rule())
