"""The report says a thing once: what several documents share is one line, and numbers agree with their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.api import Record
from onrecord.export import report, words
from onrecord.model import State
from onrecord.record import queries
from onrecord.record.status import Status


@pytest.fixture
def status(demo: Path) -> Status:
    with Record.open(demo) as record:
        return record.status()


def _section(s: Status, title: str) -> tuple[report.Line, ...]:
    return next((f.lines for f in report.sections(s) if f.title == title), ())


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 outlets"), (1, "1 outlet"), (2, "2 outlets"), (9313, "9,313 outlets")]
)
def test_a_count_agrees_with_its_word(n: int, said: str) -> None:
    assert words.count(n, "outlet") == said


def test_undated_states_are_one_line(status: Status) -> None:
    one = next(c for c in status.states if not c.interval.first)
    evidence = tuple(replace(e, document="another") for e in one.interval.evidence)
    more = (
        replace(one, references=("[8:1]",), interval=replace(one.interval, evidence=evidence)),
        replace(
            one, references=("[9:1]",), interval=replace(one.interval, state=State.NO_TALKS, evidence=evidence)
        ),
    )
    lines = _section(replace(status, states=(*status.states, *more)), "WHERE THE TALKS STAND")
    undated = [line for line in lines if "undated" in line.text]
    assert [line.text for line in undated] == [
        "By 2 undated documents, on what day is not known: In talks (2 of them); No talks (1 of them)."
    ]
    assert undated[0].references == (*one.references, "[8:1]", "[9:1]")


def test_documents_of_which_no_day_is_known_are_one_line(status: Status) -> None:
    undated = next(d for d in status.documents if d.published is None)
    bounded = replace(undated, number=20, title="A day in port", earliest=date(2024, 5, 1))
    bare = replace(undated, number=21, dated_why="", title="Boats")
    lines = [
        line
        for line in _section(replace(status, documents=(undated, bounded, bare)), "NOT KNOWN")
        if line.text.startswith("No date")
    ]
    assert [(line.text, line.references) for line in lines] == [
        ("No date: “A day in port”. Not before Wed 1 May 2024.", ("[20]",)),
        ("No date, and no bounds in the text: 2 documents.", (f"[{undated.number}]", "[21]")),
    ]


def test_the_same_statement_in_a_reprint_is_one_line(status: Status) -> None:
    again = replace(status.statements[0], reference="[9:2]")
    before = _section(replace(status, statements=status.statements[:1]), "WHO SAYS SO")
    after = _section(replace(status, statements=(status.statements[0], again)), "WHO SAYS SO")
    assert [line.text for line in after] == [line.text for line in before]
    assert after[-1].references == (status.statements[0].reference, "[9:2]")


def test_words_over_several_lines_stay_on_the_line_of_the_report(status: Status) -> None:
    broken = replace(status.statements[0], words="a deal\n  is near")
    line = _section(replace(status, statements=(broken,)), "WHO SAYS SO")[-1]
    assert "“a deal is near”" in line.text


def test_documents_of_no_dispute_are_told(demo: Path) -> None:
    with Record.open(demo) as record:
        assert not record.status().unassigned
        record.db.execute("UPDATE assignment SET superseded_run = 1 WHERE document = ?", (_id(record, 2),))
        s = record.status()
    assert s.unassigned == (2,)
    line = next(line for line in _section(s, "NOT KNOWN") if "of no dispute" in line.text)
    assert line.text.startswith("1 document read and of no dispute") and line.references == ("[2]",)


def _id(record: Record, number: int) -> str:
    return next(d.id for d in queries.documents(record.db) if d.number == number)
