"""What changed from one revision to the next."""

from __future__ import annotations

import pytest

from onrecord.weighing.revising import Change, Differences, differences, gone


def compare(before: list[str], after: list[str], was: str | None = "T", is_now: str | None = "T") -> Differences:
    return differences(list(enumerate(before, 1)), list(enumerate(after, 1)), title_before=was, title_after=is_now)


MET = "The union and the owners met on Monday."
LATE = "The talks went on until late at night, the mediator said."


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([MET, LATE], [MET, LATE], []),
        ([MET, LATE], [LATE, MET], []),
        ([MET], [MET, LATE], [Change.ADDED]),
        ([MET, LATE], [MET], [Change.REMOVED]),
        ([MET], ["The union and the owners met on Tuesday."], [Change.REWORDED]),
        ([MET], ["The union, and the owners, met on Monday!"], [Change.PUNCTUATION]),
        ([MET], [LATE], [Change.REMOVED, Change.ADDED]),
        ([], [], []),
    ],
)
def test_sentences_that_are_new_gone_or_reworded(
    before: list[str], after: list[str], changes: list[Change]
) -> None:
    found = compare(before, after)
    assert [c.change for c in found.sentences] == changes
    assert found.substantial is bool([c for c in changes if c is not Change.PUNCTUATION])


@pytest.mark.parametrize(
    ("was", "is_now", "lost"),
    [
        ("Ferry deal could come today", "Ferry deal comes today", True),
        ("Ferry deal near, sources say", "Ferry deal reached", True),
        ("Is a ferry deal near?", "A ferry deal is done", True),
        ("Ferry deal could come today", "Ferry deal may come today", False),
        ("Ferry deal comes today", "Ferry deal could come today", False),
        ("Ferry crews strike", "Ferry crews walk out", False),
        ("Ferry deal likely", "Ferry deal likely, owners say", False),
    ],
)
def test_a_headline_that_loses_its_hedge_stands_out(was: str, is_now: str, lost: bool) -> None:
    headline = compare([], [], was, is_now).headline
    assert headline is not None
    assert headline.lost_its_hedge is lost


def test_a_headline_that_only_gains_a_comma() -> None:
    found = compare([MET], [MET], "Crews, owners meet", "Crews owners meet")
    assert found.headline is not None
    assert found.headline.change is Change.PUNCTUATION
    assert not found.substantial


def test_statements_that_are_gone_are_told_apart_from_those_that_moved() -> None:
    statements = ((1, "the union", "it would strike"), (2, "the owners", "they had no more money"))
    assert gone(statements, "They had no money. It would strike, the union said.") == (statements[1],)
    assert gone(statements, "IT WOULD STRIKE; they had no more money.") == ()
