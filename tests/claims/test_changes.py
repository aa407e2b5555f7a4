from dataclasses import replace

import pytest

from onrecord.claims.changes import bearing, changes, hedge, number_slipped
from onrecord.claims.tellable import tellables
from onrecord.model import Authority, Bearing, Certainty, ChangeKind, Hedge, Kind, Side
from tests.claims.making import document


def one(words, **options):
    return next(tellables(document(options.pop("id", "a"), words, **options)))


HOPE = "the ferries could sail again by Monday"
# before, after, what is said of both, the hedge, the changes
TABLE = [
    (HOPE, "the ferries will sail again by Monday", {}, Hedge.DROPPED, {ChangeKind.HEDGE}),
    (HOPE, "the ferries are likely to sail again by Monday", {}, Hedge.STRENGTHENED, {ChangeKind.HEDGE}),
    ("the ferries sail again", "the ferries may sail again", {}, Hedge.WEAKENED, {ChangeKind.HEDGE}),
    (HOPE, HOPE, {}, Hedge.KEPT, set()),
    ("it costs growers 1,850 crates", "it costs growers 1,580 crates", {}, Hedge.INVERTED, {ChangeKind.NUMBER}),
    (
        "crews and owners have a tentative agreement",
        "crews and owners have an agreement",
        {},
        Hedge.DROPPED,
        {ChangeKind.STAGE},
    ),
    ("the owners meet the crews", "the owners cancelled: no crews", {}, Hedge.INVERTED, {ChangeKind.STAGE}),
    (
        "the talks went well",
        "the talks went well",
        {"by": ("one insider", "insiders"), "authority": Authority.UNNAMED},
        Hedge.WEAKENED,
        {ChangeKind.AUTHORITY},
    ),
]


@pytest.mark.parametrize(("before", "after", "both", "expected", "kinds"), TABLE)
def test_what_a_retelling_changes(before, after, both, expected, kinds):
    said = both.get("by", ("a pilot", "a pilot"))
    rest = {k: v for k, v in both.items() if k != "by"}
    first = one(before, by=said[0], **rest)
    second = one(after, by=said[1], id="b", published="2024-05-03", **rest)
    assert hedge(second, first, first, None) is expected
    found = changes(second, first)
    assert {c.kind for c in found} == kinds
    assert all(c.before and c.after and c.why for c in found)


def test_the_source_gone_is_a_dropped_hedge_and_a_change_of_authority():
    first = one("the owners gave way on the night shifts", by="an insider", authority=Authority.UNNAMED)
    second = replace(one("the owners gave way on the night shifts", id="b"), statement=None, authority=None)
    assert hedge(second, first, first, None) is Hedge.DROPPED
    assert [c.kind for c in changes(second, first)] == [ChangeKind.AUTHORITY]


def test_one_partys_word_told_as_joint_is_a_change_of_authority():
    first = one("the crews sail again on Monday")
    second = one("the crews sail again on Monday", id="b", authority=Authority.JOINT)
    (change,) = changes(second, first)
    assert (change.kind, change.before, change.after) == (ChangeKind.AUTHORITY, "party", "joint")


def test_the_other_sides_version_and_a_denial_are_contested():
    first = replace(one("the owners made one offer"), side=Side.WORKERS)
    other = replace(one("the owners made offer after offer", id="b"), side=Side.EMPLOYERS)
    denied = one("the owners made one offer", id="c", certainty=Certainty.DENIED)
    assert hedge(other, first, first, Side.WORKERS) is Hedge.CONTESTED
    assert hedge(denied, first, first, Side.WORKERS) is Hedge.CONTESTED
    assert bearing(denied, first, first, None) is Bearing.CONTRADICTS


def test_a_denial_by_the_outlet_that_told_it_is_a_correction():
    first = one("the owners made one offer", outlet="Tide")
    denied = one("the owners made one offer", id="c", outlet="Tide", certainty=Certainty.DENIED)
    assert bearing(denied, first, first, None) is Bearing.CORRECTS


GAVE_WAY = "the owners gave way on the night shifts"


def narrated(words=GAVE_WAY, **options):
    return replace(one(words, id="b"), **({"statement": None, "authority": None, "certainty": None} | options))


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        (Authority.PARTY, Hedge.DROPPED),
        (Authority.NAMED, Hedge.DROPPED),
        (Authority.UNNAMED, Hedge.DROPPED),
        (Authority.JOINT, Hedge.KEPT),
        (None, Hedge.KEPT),
    ],
)
def test_what_somebody_said_and_not_both_jointly_is_narrated_as_fact(authority, expected):
    first = one(GAVE_WAY, by="a mate", authority=authority)
    assert hedge(narrated(), first, first, None) is expected
    assert hedge(narrated(utterance=True), first, first, None) is Hedge.KEPT


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"kind": Kind.AGGREGATION}, Hedge.DROPPED),
        ({"kind": Kind.AGGREGATION, "utterance": True}, Hedge.KEPT),
        ({"kind": Kind.AGGREGATION, "authority": Authority.NAMED, "statement": "s"}, Hedge.KEPT),
        ({"kind": Kind.NEWS}, Hedge.KEPT),
        ({"kind": Kind.NEWS, "authority": Authority.AUTHOR, "statement": "s"}, Hedge.DROPPED),
        ({"kind": Kind.OPINION, "authority": Authority.AUTHOR, "statement": "s"}, Hedge.KEPT),
        ({"kind": Kind.NEWS, "authority": Authority.AUTHOR, "certainty": Certainty.PROBABLE}, Hedge.KEPT),
    ],
)
def test_a_digest_and_an_assertion_of_how_talks_stand_are_second_hand(told, expected):
    alone = narrated(**told)
    assert hedge(alone, None, alone, None) is expected


@pytest.mark.parametrize(
    ("before", "after", "slipped"),
    [
        ("1,850 crates of plums rotted on the quay", "1,580 crates of plums rotted on the quay", True),
        ("plums worth £4.1 million rotted on the quay", "plums worth £41 million rotted on the quay", True),
        ("97.85 per cent of the crews said yes", "97.8 per cent of the crews said yes", False),
        ("97.85 per cent of the crews said yes", "94.8 per cent of the crews said yes", True),
        ("8,435 mates of 8,525 were for it", "8,345 mates of 8,525 were for it", True),
    ],
)
def test_a_misprinted_figure_is_a_slip_and_a_rounded_one_is_none(before, after, slipped):
    assert number_slipped(one(after, id="b"), one(before)) is slipped


def test_one_of_several_executives_is_one():
    several = one("the talks went well", by="One of those executives", authority=Authority.UNNAMED)
    first = one("the talks went well", by="one insider", authority=Authority.UNNAMED)
    assert hedge(several, first, first, None) is Hedge.KEPT


@pytest.mark.parametrize(
    "words", ["the crews estimate the loss at 300 crates", "the crews put the loss at 300 crates"]
)
def test_an_estimate_is_no_plain_fact_though_the_document_tells_it_itself(words):
    first = one("the loss is likely 300 crates", by="a broker")
    told = next(tellables(document("c", words, by=None, authority=None)))
    told = replace(told, statement=None, certainty=None)
    assert hedge(told, first, first, None) is Hedge.KEPT


def test_two_sentences_of_one_document_are_no_retelling():
    first = one(GAVE_WAY, by="a mate", authority=Authority.NAMED)
    again = replace(narrated(), document=first.document)
    assert hedge(again, first, first, None) is Hedge.KEPT
