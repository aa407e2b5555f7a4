"""The window in which a stoppage began."""

from __future__ import annotations

from datetime import date

from onrecord.model import Counting, CountUnit, Dated, EventStatus, EventType, Participant, Precision
from onrecord.standing.clock import strike_clock
from tests.standing.making import UNION, count, document, event


def start(when: str, **options: object) -> tuple:  # type: ignore[type-arg]
    return event(EventType.STRIKE_START, when, who=(UNION,), **options)  # type: ignore[arg-type]


def test_a_week_count_gives_a_window() -> None:
    clock = strike_clock([document("a", "2023-09-13", counts=(count(20, CountUnit.WEEK),))])
    assert clock is not None
    assert (clock.earliest, clock.latest) == (date(2023, 4, 27), date(2023, 5, 3))


def test_several_documents_narrow_it() -> None:
    clock = strike_clock(
        [
            document("a", "2023-09-13", counts=(count(20, CountUnit.WEEK),)),
            document("b", "2023-09-20", start("2023-05")),
            document("c", "2023-09-20", counts=(count(142, CountUnit.DAY),)),
        ]
    )
    assert clock is not None
    assert (clock.earliest, clock.latest) == (date(2023, 5, 2), date(2023, 5, 2))
    assert clock.contradicted_by == ()


def test_contradictions_are_listed_and_not_averaged() -> None:
    clock = strike_clock(
        [
            document("a", "2023-09-20", start("2023-05-02")),
            document("b", "2023-09-20", start("2023-05-02")),
            document("c", "2023-09-20", start("2023-05-09")),
        ]
    )
    assert clock is not None
    assert clock.earliest == clock.latest == date(2023, 5, 2)
    assert [e.document for e in clock.contradicted_by] == ["c"]


def test_a_start_told_outweighs_a_count() -> None:
    clock = strike_clock(
        [
            document("a", "2023-09-20", start("2023-05-02")),
            document("b", "2023-09-20", counts=(count(150, CountUnit.DAY, Counting.ORDINAL),)),
        ]
    )
    assert clock is not None
    assert clock.earliest == date(2023, 5, 2)


def test_another_unions_strike_is_told_apart() -> None:
    cooks = Participant(name="Cooks", role="actor", party="cooks")
    clock = strike_clock(
        [
            document("a", "2023-09-20", start("2023-05-02")),
            document("b", "2023-09-20", start("2023-05-02")),
            document("c", "2023-09-20", event(EventType.STRIKE_START, "2023-07-14", who=(cooks,))),
        ]
    )
    assert clock is not None
    assert clock.contradicted_by == ()


def test_no_start_and_no_count_no_clock() -> None:
    assert strike_clock([]) is None
    planned = start("2023-05-02", status=EventStatus.PLANNED)
    assert strike_clock([document("a", "2023-04-20", planned)]) is None
    undated = document("a", None, counts=(count(20, CountUnit.WEEK),))
    assert strike_clock([undated]) is None
    monthly = Dated(value=date(2023, 9, 1), precision=Precision.MONTH)
    assert strike_clock([document("a", None, counts=(count(20, CountUnit.WEEK),), bounds=monthly)]) is None


def test_days_and_weeks_elapsed_and_counted() -> None:
    clock = strike_clock([document("a", "2023-09-20", start("2023-05-02"))])
    assert clock is not None
    on = date(2023, 9, 20)
    assert clock.elapsed(on) == (141, 141)
    assert clock.day_number(on) == (142, 142)
    assert clock.week_number(on) == (21, 21)
    assert clock.week_number(date(2023, 5, 2)) == (1, 1)


def test_the_order_of_the_documents_changes_nothing() -> None:
    documents = [
        document("a", "2023-09-20", start("2023-05-02")),
        document("b", "2023-09-20", start("2023-05-09")),
        document("c", "2023-09-13", counts=(count(20, CountUnit.WEEK),)),
    ]
    assert strike_clock(documents) == strike_clock(documents[::-1])
