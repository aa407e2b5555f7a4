"""Rulings are rows that are never changed; the later one stands, and each can be taken back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from onrecord.model import Judgement, OnrecordError, Party, PartyKind, Reading
from onrecord.record import append, judgements
from onrecord.record.corrections import Matter
from onrecord.record.forget import forget
from onrecord.record.judgements import Fate
from onrecord.record.store import connect
from tests.factories import dated
from tests.record.rows import WHEN, article_of, capture


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "r.db", create=True)


def rule(
    db: sqlite3.Connection,
    target: str,
    matter: str,
    value: str | None,
    *,
    verdict: str = "set",
    who: str = "ines",
    dispute: str | None = None,
) -> int:
    ruling = Judgement(
        target=target, verdict=verdict, field=matter, value=value, who=who, when=WHEN, dispute=dispute
    )
    return judgements.add(db, ruling)


def fates(db: sqlite3.Connection) -> list[tuple[int, Fate, int | None]]:
    return [(r.number, r.fate, r.by) for r in judgements.ledger(db)]


def test_of_two_people_who_contradict_each_other_the_later_stands_and_both_are_listed(
    db: sqlite3.Connection,
) -> None:
    rule(db, "acme", Matter.SIDE, "workers", who="ines")
    rule(db, "acme", Matter.SIDE, "employers", who="omar")
    assert fates(db) == [(1, Fate.OVERRULED, 2), (2, Fate.STANDS, None)]
    assert [c.value for c in judgements.corrections(db)] == ["employers"]


def test_taking_back_restores_what_was_overruled_and_can_be_taken_back(db: sqlite3.Connection) -> None:
    rule(db, "acme", Matter.SIDE, "workers")
    rule(db, "acme", Matter.SIDE, "employers")
    assert judgements.take_back(db, 2, who="omar", when=WHEN) == 3
    assert fates(db) == [(1, Fate.STANDS, None), (2, Fate.TAKEN_BACK, 3), (3, Fate.STANDS, None)]
    judgements.take_back(db, 3, who="omar", when=WHEN)
    assert [c.value for c in judgements.corrections(db)] == ["employers"]
    assert len(judgements.all_of(db)) == 4


def test_what_is_taken_back_already_or_is_not_there_is_an_error_that_says_so(db: sqlite3.Connection) -> None:
    rule(db, "acme", Matter.SIDE, "workers")
    judgements.take_back(db, 1, who="omar", when=WHEN)
    with pytest.raises(OnrecordError, match="taken back already, by judgement 2"):
        judgements.take_back(db, 1, who="omar", when=WHEN)
    with pytest.raises(OnrecordError, match="no judgement 9"):
        judgements.take_back(db, 9, who="omar", when=WHEN)


def test_a_name_belongs_to_one_party_and_the_later_ruling_says_to_which(db: sqlite3.Connection) -> None:
    rule(db, "acme", Matter.ALIAS, "the Yard", verdict="accept")
    rule(db, "bolt", Matter.ALIAS, "The yard", verdict="accept")
    assert [(c.party, c.value) for c in judgements.corrections(db)] == [("bolt", "The yard")]


def test_rulings_for_different_disputes_do_not_contradict_each_other(db: sqlite3.Connection) -> None:
    rule(db, "acme", Matter.SIDE, "workers", dispute="a")
    rule(db, "acme", Matter.SIDE, "employers", dispute="b")
    assert [(c.dispute, c.value) for c in judgements.corrections(db)] == [("a", "workers"), ("b", "employers")]


def test_a_document_put_into_a_dispute_goes_out_again_when_that_is_taken_back(db: sqlite3.Connection) -> None:
    rule(db, "doc", "dispute", "mine", verdict="accept")
    rule(db, "doc", "dispute", "other", verdict="accept")
    assert judgements.assigned(db) == {"doc": {"mine": True, "other": True}}
    judgements.take_back(db, 1, who="ines", when=WHEN)
    assert judgements.assigned(db) == {"doc": {"other": True}}


def put(db: sqlite3.Connection, text: str, source: str, *parties: Party) -> str:
    run = append.begin_run(db, "r1")
    c = capture(text, source=source)
    document = append.add_capture(db, c, run).document
    row = append.add_article(db, article_of(c), "x1", run)
    read = Reading(document=document, reader="r1", kind=None, published=dated("2024-04-08"), parties=parties)
    append.add_reading(db, read, row, run)
    return document


def test_forgetting_takes_rulings_on_names_that_stood_there_alone(db: sqlite3.Connection) -> None:
    rosa = Party(id="rosa-tan", name="Rosa Tan", kind=PartyKind.PERSON)
    acme = Party(id="acme", name="Acme", kind=PartyKind.EMPLOYER)
    secret = put(db, "Rosa Tan met Acme at the Elbow Room.", "a.txt", rosa, acme)
    put(db, "Acme said nothing of it.", "b.txt", acme)
    rule(db, "rosa-tan", Matter.NAME, "R. Tan")
    rule(db, "acme", Matter.MEMBER_OF, "rosa-tan", verdict="accept")
    rule(db, "acme", Matter.ALIAS, "Elbow Room", verdict="accept")
    rule(db, "acme", Matter.SIDE, "employers")
    judgements.take_back(db, 1, who="ines", when=WHEN)
    forget(db, secret, why="asked")
    assert [(j.target, j.field, j.value) for j in judgements.all_of(db)] == [("acme", Matter.SIDE, "employers")]
