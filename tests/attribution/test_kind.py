"""Kinds of document by their features."""

from __future__ import annotations

import pytest

from onrecord.attribution.kind import kind
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
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), KINDS, ids=[str(k) for _, k in KINDS])
def test_kind(text: str, expected: Kind | None) -> None:
    parsed = factories.parsed(text, outlet="Harbour Gazette")
    who = who_is_who(parsed)
    assert kind(parsed, who, read(parsed, who)) is expected
