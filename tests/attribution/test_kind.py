"""Kinds of document by their features."""

from __future__ import annotations

import pytest

from onrecord.attribution.kind import kind
from onrecord.attribution.names import is_own
from onrecord.attribution.read import read
from onrecord.model import Kind
from tests import factories
from tests.attribution.said import who_is_who

KINDS = [
    ("The Teamsters said that talks failed. UPS said that it was sorry.", Kind.NEWS),
    ("Talks failed, Reuters reported. A deal was near, as per The Hollywood Reporter.", Kind.AGGREGATION),
    ("Dear members,\n\nWe have it. Our team is glad.\n\nIn solidarity,\n\nPort Pilots' Guild", Kind.STATEMENT),
    ("I have seen strikes. I never saw one like this, and I hope it ends.", Kind.OPINION),
    ("Q: Is it over?\n\nA: No.\n\nQ: When will it be?\n\nA: Soon.\n\nQ: Who won?\n\nA: Nobody.", Kind.EXPLAINER),
    ("It rained.", None),
    ("Talks failed, the Teamsters said.\n\nBased on a story by Ann Lee.", Kind.AGGREGATION),
    ("Talks failed, the Teamsters said.\n\nWith agency material.", Kind.AGGREGATION),
    ("9.10 a.m. Gates open.\n\n10.00 a.m. Rain.\n\n1.30 p.m. UPS leaves.\n\n5 p.m. So.\n\n6:15 p.m. End.",
     Kind.AGGREGATION),
    ("Ann Lee told Reuters that talks had failed. “So it goes,” she said. The Teamsters said no.", Kind.NEWS),
    ("A driver told the Gazette that a deal, first reported by Reuters, was near.", Kind.NEWS),
    ("The Teamsters said that talks failed.", Kind.NEWS),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), KINDS, ids=[str(k) for _, k in KINDS])
def test_kind(text: str, expected: Kind | None) -> None:
    parsed = factories.parsed(text, outlet="Harbour Gazette")
    who = who_is_who(parsed)
    assert kind(parsed, who, read(parsed, who)) is expected


@pytest.mark.parametrize(
    ("outlet", "own", "foreign"),
    [
        ("Reuters (on Harbour Post)", ["Reuters", "Harbour Post", "The Harbour Post"], ["Variety"]),
        ("Harbour Post (via Reuters)", ["Harbour Post"], ["Reuters"]),
        ("Gull 5 (Gull News)", ["Gull News"], ["Gull"]),
        (None, [], ["Reuters"]),
    ],
)
def test_an_outlet_goes_by_the_names_in_its_name(outlet: str | None, own: list[str], foreign: list[str]) -> None:
    assert all(is_own(outlet, [name]) for name in own)
    assert not any(is_own(outlet, [name]) for name in foreign)


def test_an_outlet_that_reprints_itself_elsewhere_retells_nobody() -> None:
    parsed = factories.parsed("Talks failed, sources told Reuters.", outlet="Reuters (on Harbour Post)")
    who = who_is_who(parsed)
    assert kind(parsed, who, read(parsed, who)) is Kind.NEWS
