"""Where a telling has its claim from, read off its own sentence, and who can be an origin."""

from dataclasses import replace

import pytest

from onrecord.claims.origin import may_be, relation
from onrecord.claims.tellable import tellables
from onrecord.model import Authority, Relation
from tests.claims.making import document


def told(words, **options):
    return next(tellables(document("a", words, **options)))


SHOWN = [
    ("The ferry crews will meet the owners on Friday, the Tide Gazette has learned.", Relation.INDEPENDENT),
    ("The owners, Quayside understands that much, will raise their offer of 300 crates.", Relation.INDEPENDENT),
    ("We hear that the ferry crews will be back at the owners' table.", Relation.INDEPENDENT),
    ("The ferry crews told the owners of the closure in a letter.", Relation.INDEPENDENT),
    ("The ferry crews will meet the owners on Friday, newspapers say.", Relation.CITES),
    ("The ferry crews will meet the owners of the docks on Friday.", Relation.UNKNOWN),
]


@pytest.mark.parametrize(("words", "expected"), SHOWN)
def test_a_sentence_without_a_speaker_shows_where_it_has_it_from(words, expected):
    narrated = replace(told(words), statement=None, source=None, authority=None, certainty=None)
    assert relation(narrated, [], lambda one, other: []) is expected


@pytest.mark.parametrize(
    ("source", "expected"), [("a mate on the ferry", True), ("Many", False), ("people", False), ("unnamed", False)]
)
def test_what_everybody_says_has_no_origin_in_those_who_repeat_it(source, expected):
    rumour = told("the ferries sail again on Monday", by=source, authority=Authority.UNNAMED)
    assert may_be(rumour, Relation.INDEPENDENT, copied=False) is expected
