"""Comparing wordings instead of tellings changes nothing: the same links, the same claims."""

from dataclasses import replace
from itertools import combinations, groupby, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims import cluster
from onrecord.claims.components import SHOWN, components, links
from onrecord.claims.link import keys, link
from onrecord.claims.tellable import tellables
from onrecord.claims.wording import (
    Edge,
    as_json,
    digest,
    edges,
    elsewhere,
    from_json,
    key_numbers,
    place,
    stands,
    wording,
)
from onrecord.model import Certainty, Score, Span
from tests.claims.making import document

VOCABULARY = "ferries islands growers cancelled million 3 30 not Sunday depot “serious lapses” strike"
WORDS = st.lists(st.sampled_from(sorted(VOCABULARY.split())), min_size=1, max_size=6).map(
    lambda drawn: " ".join(["depot", "closed", *drawn])
)
OUTLETS = ("Buoy", "Tide", "Island Post")


@st.composite
def tellings(draw: st.DrawFn):
    """Stretches of a few documents of a few outlets, some of which overlap or name another outlet."""
    number = draw(st.integers(0, 3))
    made = document(
        f"d{number}",
        draw(WORDS),
        outlet=draw(st.sampled_from((None, *OUTLETS))),
        via=draw(st.sampled_from(((), ("Buoy",), ("The Tide",)))),
        ahead=draw(st.sampled_from((0, 0, 1))),
        certainty=draw(st.sampled_from((Certainty.CERTAIN, Certainty.DENIED))),
    )
    start = draw(st.integers(0, 3)) * 10
    return replace(next(tellables(made)), span=Span(start, start + draw(st.sampled_from((9, 15)))))


def by_pairs(told):
    """Every pair held against each other."""
    return {(a, b): s for a, b in combinations(range(len(told)), 2) if (s := link(told[a], told[b])) is not None}


def by_wording(told):
    worded = [digest(wording(t)) for t in told]
    said = {name: wording(t) for name, t in zip(worded, told, strict=True)}
    pairs = [(a, b) for a, b in product(sorted(said), repeat=2) if a <= b]
    pairs_within = ((a, b) for _, of_one in _by_document(told) for a, b in combinations(of_one, 2))
    inside = {(a, b): s for a, b in pairs_within if (s := link(told[a], told[b])) is not None}
    return worded, {p: found for p in pairs if (found := edges(said[p[0]], elsewhere(said[p[1]])))}, inside


def _by_document(told):
    order = sorted(range(len(told)), key=lambda n: (told[n].document, n))
    return groupby(order, key=lambda n: told[n].document)


def groups_of(count, pairs):
    group = {n: frozenset({n}) for n in range(count)}
    for a, b in pairs:
        merged = group[a] | group[b]
        group.update(dict.fromkeys(merged, merged))
    return {group[n] for n in range(count)}


@settings(max_examples=60, deadline=None)
@given(st.lists(tellings(), max_size=9))
def test_the_links_between_wordings_are_the_links_between_tellings(told):
    worded, between, inside = by_wording(told)
    one_by_one = by_pairs(told)
    found = links(told, worded, between, inside, lambda t: t.span)
    assert {p: s.value for p, s in found.items()} == pytest.approx({p: s.value for p, s in one_by_one.items()})
    assert {frozenset(g) for g in components(told, worded, between, inside)} == groups_of(len(told), one_by_one)


PLACES = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3), st.sampled_from((0, 5, 20))), max_size=40)


@settings(max_examples=60, deadline=None)
@given(PLACES, st.booleans())
def test_what_hangs_together_is_the_same_with_and_without_the_shortcut_for_many(places, within):
    """Two wordings at many places, overlapping now and then, linked with each other and perhaps within one."""
    one = next(tellables(document("x", "ferries to the islands are cancelled")))
    told = [replace(one, document=f"d{n}", span=Span(start, start + 10)) for _, n, start in places]
    worded = [name for name, _, _ in places]
    edge = (Edge(Score(1.0)),)
    between = {("A", "B"): edge} | ({("A", "A"): edge} if within else {})
    pairs = [
        (n, m)
        for n, m in combinations(range(len(told)), 2)
        if tuple(sorted((worded[n], worded[m]))) in between and edge[0].holds(told[n], told[m])
    ]
    assert {frozenset(g) for g in components(told, worded, between, {})} == groups_of(len(told), pairs)


@given(st.lists(tellings(), max_size=5))
def test_tellings_come_back_from_json_as_they_were_and_equal_ones_give_equal_text(told):
    assert list(from_json(as_json(told))) == told
    assert as_json([replace(t, quoted=frozenset(sorted(t.quoted, reverse=True))) for t in told]) == as_json(told)


@given(tellings(), tellings())
def test_a_shared_key_is_a_shared_number_within_one_scope_only(a, b):
    shared = set(key_numbers(wording(a), "x")) & set(key_numbers(wording(b), "x"))
    assert bool(shared) == bool(set(keys(a)) & set(keys(b)))
    assert not set(key_numbers(wording(a), "x")) & set(key_numbers(wording(b), "y"))


@given(tellings())
def test_a_wording_at_its_place_is_the_telling(told):
    assert stands(wording(told), place(told)) == told


def test_many_reprints_make_one_claim_and_few_links():
    text = "the ferries to the outer islands are cancelled through Sunday because of the walkout, the port said"
    reprints = [document(f"d{n:04}", text, outlet=f"Outlet {n}", published="2024-05-02") for n in range(2000)]
    told = [next(tellables(d)) for d in reprints]
    worded, between, inside = by_wording(told)
    assert len(components(told, worded, between, inside)) == 1
    assert len(links(told, worded, between, inside, lambda t: t.document)) <= len(told) * SHOWN
    (claim,) = (c for c in cluster(reprints) if c.text.startswith("the ferries"))
    assert len(claim.tellings) == 2000
