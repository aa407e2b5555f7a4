import importlib
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import dating
from onrecord.weighing.ahead import ahead, patterns
from tests import factories


def found(text, *, published="2024-06-19", title=None):
    parsed = factories.parsed(text, published=published, title=title)
    times, _ = dating.read(parsed, parsed.article.published)
    return parsed, ahead(parsed, (), times)


TABLE = [
    # what the text says, the stretch that is ahead (None: nothing is), its direction
    ("Two officials said a settlement could be reached on Friday.", "a settlement could be reached on Friday", 1),
    ("The ferry crews and the port are close to a deal, the mayor said.", "close to a deal", 1),
    ("Pilots hope to wrap up by Friday.", "Pilots hope to wrap up by Friday", 1),
    ("The talks, he added, are about to turn a corner.", "about to turn a corner", 1),
    ("There is no end in sight to the walkout.", "no end in sight", -1),
    ("The parties are not close to a deal.", "not close to a deal", -1),
    ("The parties reached a deal on Tuesday.", None, 0),
    ("A settlement was reached last week after long talks.", None, 0),
    ("If a deal is close, the port has not heard of it.", None, 0),
    ("Is a deal close?", None, 0),
    ("Let's not pretend that a deal is near.", None, 0),
    ("A deal could have been reached in March.", None, 0),
    ("The union has no contract with the airline.", None, 0),
    ("A deal that is close to home matters most to them.", None, 0),
]


@pytest.mark.parametrize(("text", "stretch", "direction"), TABLE)
def test_what_is_ahead_of_the_record(text, stretch, direction):
    parsed, claims = found(text)
    if stretch is None:
        assert claims == ()
    else:
        (claim,) = claims
        assert stretch in claim.span.of(parsed.text)
        assert claim.direction == direction


def test_a_claim_has_the_likelihood_and_the_horizon_of_its_words():
    _, (claim,) = found("A deal could be reached on Friday, the envoy said.")
    assert claim.likelihood is not None
    assert claim.likelihood.high < 0.6
    assert claim.horizon == "2024-06-21"


def test_a_question_in_a_headline_is_kept_apart():
    parsed, claims = found("Crews met the port on Monday.", title="A deal within reach?")
    (claim,) = claims
    assert claim.in_title
    assert "deal" in claim.span.of(parsed.text)


def test_a_hedge_in_gloom_is_read_only_when_it_is_about_going_on():
    _, (drag,) = found("The walkout could drag on until next spring.")
    _, (apart,) = found("The parties are nowhere near a deal.")
    assert drag.likelihood is not None
    assert apart.likelihood is None


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.example)
def test_each_pattern_earns_its_place(pattern, monkeypatch):
    parsed, claims = found(pattern.example)
    assert [c.direction for c in claims] == [pattern.direction]
    others = tuple(p for p in patterns() if p is not pattern)
    monkeypatch.setattr(importlib.import_module("onrecord.weighing.ahead"), "patterns", lambda: others)
    times, _ = dating.read(parsed, parsed.article.published)
    assert ahead(parsed, (), times) == ()


PIECES = st.sampled_from(
    ["a deal", "the strike", "is", "near", "could", "end", "on Friday", "hope", "“", "”", ",", ".", "if", "not",
     "\n\n", "to", "be", "over", "no", "sign of", "x\u00ad", "’s", "?"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=80)))
def test_any_text_is_read_with_spans_that_cut_no_word(text):
    parsed, claims = found(text)
    assert claims == found(text)[1]
    words = [m.span() for m in re.finditer(r"\w+", parsed.text)]
    for claim in claims:
        assert 0 <= claim.span.start < claim.span.end <= len(parsed.text)
        assert not any(s < cut < e for cut in (claim.span.start, claim.span.end) for s, e in words)
    for one, two in pairwise(claims):
        assert not one.span.overlaps(two.span)
