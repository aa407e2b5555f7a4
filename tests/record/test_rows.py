"""What people rule on rows is laid over readings; the machine's rows never change."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import pipeline
from onrecord.api import Record
from onrecord.model import (
    Authority,
    Certainty,
    Event,
    EventStatus,
    EventType,
    Kind,
    OnrecordError,
    Quote,
    ReadArticle,
    Reading,
    Source,
    Span,
    State,
    Statement,
)
from onrecord.record import judgements, load, queries, review
from onrecord.record.rows import RowRuling, Variable, by_target, checked, ruled
from tests.factories import article, dated

TEXT = "The union said talks would resume on Friday. The company, too, kept silent."
WHEN = datetime(2030, 1, 1, tzinfo=UTC)
READ = ReadArticle(
    article=article(TEXT),
    reading=Reading(
        document="doc",
        reader="test",
        kind=Kind.NEWS,
        published=dated("2024-03-04"),
        statements=(
            Statement(
                id="s1",
                document="doc",
                source=Source(name="union", span=Span(4, 9)),
                cue=Span(10, 14),
                content=(Span(15, 43),),
                quote=Quote.INDIRECT,
                authority=Authority.PARTY,
                certainty=Certainty.CERTAIN,
            ),
        ),
        events=(
            Event(
                id="e1",
                document="doc",
                type=EventType.TALKS_SCHEDULED,
                status=EventStatus.PLANNED,
                participants=(),
                evidence=Span(15, 43),
                when="2024-03-08",
                statement="s1",
            ),
        ),
        state=State.TALKS_SCHEDULED,
    ),
)


def seen(*rulings: tuple[str, Variable, str] | tuple[str, Variable, str, bool]) -> Reading:
    made = [
        RowRuling(number=n, target=r[0], variable=r[1], value=r[2], holds=r[3] if len(r) == 4 else True)
        for n, r in enumerate(rulings, 1)
    ]
    return ruled(READ, by_target(made)).reading


def test_without_a_ruling_on_it_a_reading_is_itself() -> None:
    assert ruled(READ, by_target([])) is READ
    assert ruled(READ, by_target([RowRuling(number=1, target="x", variable=Variable.ROW, value="")])) is READ


def test_an_accepted_row_stays_and_a_rejected_one_goes() -> None:
    assert seen(("s1", Variable.ROW, "")) == READ.reading
    assert seen(("e1", Variable.ROW, "", False)).events == ()


def test_what_a_rejected_statement_told_is_told_by_the_document() -> None:
    reading = seen(("s1", Variable.ROW, "", False))
    assert reading.statements == ()
    assert [(e.id, e.statement) for e in reading.events] == [("e1", None)]


@pytest.mark.parametrize(
    ("variable", "value", "attribute", "expected"),
    [
        (Variable.AUTHORITY, "named", "authority", Authority.NAMED),
        (Variable.AUTHORITY, "unknown", "authority", None),
        (Variable.CERTAINTY, "possible", "certainty", Certainty.POSSIBLE),
    ],
)
def test_a_statement_takes_the_value_ruled(
    variable: Variable, value: str, attribute: str, expected: object
) -> None:
    assert getattr(seen(("s1", variable, value)).statements[0], attribute) == expected


def test_a_source_ruled_keeps_its_place_and_says_by_what() -> None:
    source = seen(("s1", Variable.SOURCE, "Ann Lee")).statements[0].source
    assert (source.name, source.span, source.why) == ("Ann Lee", Span(4, 9), "judgement 1")
    assert seen(("s1", Variable.SOURCE, "unknown")).statements[0].source.name is None


def test_an_event_takes_the_values_ruled() -> None:
    event = seen(("e1", Variable.STATUS, "happened"), ("e1", Variable.WHEN, "2024-03-09")).events[0]
    assert (event.status, event.when) == (EventStatus.HAPPENED, "2024-03-09")
    assert seen(("e1", Variable.WHEN, "unknown")).events[0].when is None


def test_a_document_takes_the_values_ruled() -> None:
    reading = seen(("doc", Variable.KIND, "opinion"), ("doc", Variable.PUBLISHED, "2024-03-05"))
    assert (reading.kind, reading.published.value) == (Kind.OPINION, date(2024, 3, 5))
    assert seen(("doc", Variable.STATE, "unknown")).state is None


def test_what_the_reader_missed_can_be_added() -> None:
    value = json.dumps({"spans": [[45, 74]], "source": "company", "authority": "party", "certainty": "certain"})
    made = seen(("doc", Variable.STATEMENT, value)).statements[1]
    assert made.content[0].of(TEXT) == "The company, too, kept silent"
    assert (made.source.name, made.authority) == ("company", Authority.PARTY)
    happened = json.dumps({"spans": [[4, 43]], "type": "meeting_held", "when": "2024-03-08"})
    assert [e.type for e in seen(("doc", Variable.EVENT, happened)).events][1] is EventType.MEETING_HELD


def test_an_addition_that_no_longer_slices_the_text_is_left_out() -> None:
    assert len(seen(("doc", Variable.STATEMENT, json.dumps({"spans": [[0, 5000]]}))).statements) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (Variable.AUTHORITY, "sure"),
        (Variable.CERTAINTY, ""),
        (Variable.STATUS, "unknown"),
        (Variable.WHEN, "Friday"),
        (Variable.PUBLISHED, "2024-02-30"),
        (Variable.SOURCE, "  "),
        (Variable.STATEMENT, "{}"),
        (Variable.STATEMENT, "[1"),
        (Variable.EVENT, '{"spans": [[5, 5]]}'),
        (Variable.EVENT, '{"spans": [[0, 5]], "type": "party"}'),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_sentence(variable: Variable, value: str) -> None:
    with pytest.raises(OnrecordError, match=r"\w+ \w+"):
        checked(variable, value)


rulings = st.lists(
    st.tuples(
        st.sampled_from(["s1", "e1", "doc", "x"]),
        st.sampled_from(
            [
                (Variable.ROW, ""),
                (Variable.SOURCE, "Ann Lee"),
                (Variable.CERTAINTY, "denied"),
                (Variable.STATUS, "denied"),
                (Variable.KIND, "opinion"),
                (Variable.STATE, "standstill"),
            ]
        ),
        st.booleans(),
    ),
    max_size=6,
)


@given(rulings)
def test_any_rulings_leave_spans_in_the_text_and_say_the_same_twice(found: list[Any]) -> None:
    made = [(target, *what, holds) for target, what, holds in found]
    once = seen(*made)
    assert once == seen(*made)
    assert all(s.content[0].of(TEXT) for s in once.statements)
    assert {e.statement for e in once.events} <= {None, *(s.id for s in once.statements)}


# ------------------------------------------------------------------------------- in a record


def test_a_ruling_acts_everywhere_and_can_be_taken_back(demo: Path) -> None:
    with Record.open(demo) as record:
        db = record.db
        told = next(t for t in queries.statements(db) if t.row.authority is Authority.PARTY)  # type: ignore[union-attr]
        before = [s.id for s in queries.read_articles(db)[0].reading.statements]
        row = review.row(db, told.row.id[:8])
        number = review.rule(db, row, verdict="reject", who="Ann", when=WHEN)
        pipeline.refresh(db)
        assert told.row.id not in {t.row.id for t in queries.statements(db)}
        machine = {s.id for d in load.read_articles(db) for s in d.reading.statements}
        assert told.row.id in machine
        judgements.take_back(db, number, who="Bo", when=WHEN)
        pipeline.refresh(db)
        assert [s.id for s in queries.read_articles(db)[0].reading.statements] == before


def test_rejecting_what_the_standing_rests_on_changes_the_standing_and_undoing_restores_it(demo: Path) -> None:
    with Record.open(demo) as record:
        db, dispute = record.db, record.dispute().id
        before = queries.standing(db, dispute)
        bearing = [q for q in review.queue(db, dispute) if q.kind == "event" and q.score.value >= 3]
        numbers = [review.rule(db, review.row(db, q.id), verdict="reject", who="Ann", when=WHEN) for q in bearing]
        pipeline.refresh(db)
        assert queries.standing(db, dispute) != before
        for number in numbers:
            judgements.take_back(db, number, who="Ann", when=WHEN)
        pipeline.refresh(db)
        assert queries.standing(db, dispute) == before


def test_rulings_survive_reading_again(demo: Path) -> None:
    with Record.open(demo) as record:
        told = queries.statements(record.db)[0]
        row = review.row(record.db, told.row.id)
        review.rule(
            record.db, row, verdict="set", variable=Variable.SOURCE, value="Zed Quill", who="Ann", when=WHEN
        )
        record.read([], finder="rules")
        names = {t.row.source.name for t in queries.statements(record.db) if t.row.id == told.row.id}  # type: ignore[union-attr]
        assert names == {"Zed Quill"}


def test_a_documents_date_can_be_put_right(demo: Path) -> None:
    with Record.open(demo) as record:
        row = review.row(record.db, "1")
        review.rule(
            record.db, row, verdict="set", variable=Variable.PUBLISHED, value="2024-04-20", who="A", when=WHEN
        )
        pipeline.refresh(record.db)
        assert queries.documents(record.db)[0].published == date(2024, 4, 20)
        assert queries.read_articles(record.db)[0].reading.published.value == date(2024, 4, 20)


def test_the_queue_puts_what_bears_the_standing_first_and_leaves_out_what_is_ruled(demo: Path) -> None:
    with Record.open(demo) as record:
        dispute = record.dispute().id
        found = review.queue(record.db, dispute)
        assert [q.score.value for q in found] == sorted((q.score.value for q in found), reverse=True)
        assert all(q.score.parts for q in found)
        review.rule(record.db, review.row(record.db, found[0].id), verdict="accept", who="Ann", when=WHEN)
        assert found[0].id not in {q.id for q in review.queue(record.db, dispute)}


@pytest.mark.parametrize(
    ("name", "variable", "value", "said"),
    [
        ("1", Variable.ROW, "", "not accepted or rejected"),
        ("1", Variable.CERTAINTY, "certain", "no variable of a document"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused(
    demo: Path, name: str, variable: Variable, value: str, said: str
) -> None:
    with Record.open(demo) as record:
        row = review.row(record.db, name)
        with pytest.raises(OnrecordError, match=said):
            review.rule(record.db, row, verdict="set", variable=variable, value=value, who="A", when=WHEN)
        with pytest.raises(OnrecordError, match="needs a name"):
            review.rule(record.db, row, verdict="set", variable=Variable.KIND, value="news", who=" ", when=WHEN)
