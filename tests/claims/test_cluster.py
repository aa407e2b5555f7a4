from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims import cluster
from onrecord.claims.link import link
from onrecord.claims.tellable import tellables
from onrecord.model import Authority, Certainty, Fate, Hedge, Relation
from tests.claims.making import document

FERRIES = "ferries to the outer islands are cancelled through Sunday"


def by_document(claim):
    return {t.document: t for t in claim.tellings}


def test_the_origin_is_the_cited_outlet_in_the_record():
    first = document("a", FERRIES, outlet="Island Post", published="2024-05-03")
    retold = document(
        "b", FERRIES + " as well", outlet="Daily Buoy", published="2024-05-02", via=("The Island Post",)
    )
    (claim,) = cluster([retold, first])
    tellings = by_document(claim)
    assert tellings["a"].origin
    assert tellings["a"].hedge is Hedge.ORIGIN
    assert not tellings["b"].origin
    assert tellings["b"].relation is Relation.CITES
    assert claim.origin_outside is None
    assert claim.tellings[0].document == "a"


def test_an_origin_that_is_not_in_the_record_is_named_as_outside():
    a = document("a", FERRIES, outlet="Daily Buoy", via=("Island Post",))
    b = document("b", FERRIES + " as well", outlet="Evening Tide", via=("Island Post",))
    (claim,) = cluster([a, b])
    assert claim.origin_outside == "island post"
    assert not any(t.origin for t in claim.tellings)


def test_without_dates_or_citations_no_origin_is_named():
    (claim,) = cluster([document(d, FERRIES, published=None) for d in "ab"])
    assert not any(t.origin for t in claim.tellings)
    assert claim.origin_outside is None


def test_a_later_copy_of_the_same_words_is_copied_in_each_of_its_clauses():
    long = FERRIES + " and possibly for a good while after that, passengers were told at the quay"
    a, b = document("a", long, published="2024-05-02"), document("b", long, published="2024-05-03")
    found = cluster([a, b])
    assert found
    for claim in found:
        assert by_document(claim)["b"].relation is Relation.COPIED
        assert by_document(claim)["a"].relation is Relation.INDEPENDENT


@pytest.mark.parametrize(
    ("origin", "retold", "hedge"),
    [
        (Certainty.POSSIBLE, Certainty.CERTAIN, Hedge.DROPPED),
        (Certainty.POSSIBLE, Certainty.PROBABLE, Hedge.STRENGTHENED),
        (Certainty.CERTAIN, Certainty.PROBABLE, Hedge.WEAKENED),
        (Certainty.PROBABLE, Certainty.PROBABLE, Hedge.KEPT),
        (Certainty.CERTAIN, Certainty.DENIED, Hedge.CONTESTED),
        (Certainty.UNKNOWN, Certainty.CERTAIN, Hedge.KEPT),
    ],
)
def test_a_hedge_is_held_against_the_origins(origin, retold, hedge):
    a = document("a", FERRIES, published="2024-05-02", certainty=origin)
    b = document("b", FERRIES, published="2024-05-03", certainty=retold, authority=Authority.NAMED)
    (claim,) = cluster([a, b])
    assert by_document(claim)["b"].hedge is hedge


def test_a_claim_told_once_has_one_telling_and_its_fate_is_open():
    (claim,) = cluster([document("a", FERRIES)])
    assert [t.document for t in claim.tellings] == ["a"]
    assert (claim.origins, claim.outlets) == (1, 1)
    assert claim.fate is Fate.OPEN
    assert claim.fate_why


def test_outlets_are_counted_beside_origins():
    retold = [document(d, FERRIES, outlet=d, published="2024-05-03", via=("Island Post",)) for d in "bcd"]
    (claim,) = cluster(retold)
    assert (claim.origins, claim.outlets) == (1, 3)


POOL = [
    document("a", FERRIES, published="2024-05-02"),
    document("b", FERRIES + " too", published="2024-05-03", outlet="Tide", via=("Buoy",)),
    document("c", "ferries to the outer islands were cancelled", published=None, outlet="Buoy"),
    document("d", "the closure costs growers £3 million a week", published="2024-05-04"),
    document("e", "growers lose £3 million a week to the closure", certainty=Certainty.POSSIBLE),
    document("f", "a deal could come on Friday", ahead=1, horizon="2024-05-03"),
    document("g", "they hope to finish by Friday", ahead=1, horizon="2024-05-03"),
]


@settings(max_examples=40)
@given(st.permutations(POOL))
def test_the_order_of_documents_changes_nothing(documents):
    assert cluster(documents) == cluster(POOL)


@given(st.sampled_from(POOL))
def test_a_document_removed_takes_its_own_links_and_none_between_others(gone):
    def links(documents):
        told = [t for d in documents for t in tellables(d)]
        return {
            ((a.document, a.span), (b.document, b.span)): s
            for a, b in combinations(told, 2)
            if (s := link(a, b)) is not None
        }

    kept = {p: s for p, s in links(POOL).items() if gone.article.id not in (p[0][0], p[1][0])}
    assert links([d for d in POOL if d is not gone]) == kept


def test_a_document_on_something_else_changes_no_claim():
    other = document("z", "the museum of clocks reopened after repairs", published="2019-01-05", by="a curator")
    with_it = {c.id: c for c in cluster([*POOL, other])}
    assert {c.id: c for c in cluster(POOL)}.items() <= with_it.items()
