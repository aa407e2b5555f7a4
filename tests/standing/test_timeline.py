"""Events of many documents told once; what establishes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Authority, EventStatus, EventType, Side
from onrecord.standing.timeline import timeline
from tests.standing.making import PORT, UNION, document, event

MET = EventType.MEETING_HELD


def test_the_same_event_of_two_documents_is_one_entry() -> None:
    entries = timeline(
        [
            document("a", "2024-05-14", event(MET, "2024-05-13")),
            document("b", "2024-05-15", event(MET, "2024-05-13")),
        ]
    )
    assert [(e.type, e.first, e.last, len(e.evidence)) for e in entries] == [
        (MET, date(2024, 5, 13), date(2024, 5, 13), 2)
    ]


def test_two_days_or_two_pairs_are_two_entries() -> None:
    others = (UNION.__class__(name="Cooks' Guild", role="actor", party="cooks"),)
    entries = timeline(
        [
            document("a", "2024-05-15", event(MET, "2024-05-13"), event(MET, "2024-05-14")),
            document("b", "2024-05-15", event(MET, "2024-05-13", who=others)),
        ]
    )
    assert len(entries) == 3


def test_what_was_planned_has_happened_once_a_document_tells_that() -> None:
    planned = event(EventType.TALKS_SCHEDULED, "2024-05-16", status=EventStatus.PLANNED)
    happened = event(MET, "2024-05-16")
    entries = timeline([document("a", "2024-05-15", planned), document("b", "2024-05-17", happened)])
    assert [(e.type, e.status, str(e.first)) for e in entries] == [
        (EventType.TALKS_SCHEDULED, EventStatus.HAPPENED, "2024-05-15"),
        (MET, EventStatus.HAPPENED, "2024-05-16"),
    ]


def test_a_vague_date_joins_an_exact_one_and_the_window_is_the_narrower() -> None:
    entries = timeline(
        [
            document("a", "2024-05-15", event(EventType.STRIKE_START, "2024-05-02", who=(UNION,))),
            document("b", "2024-05-20", event(EventType.STRIKE_START, "2024-05", who=(UNION,))),
        ]
    )
    assert [(e.first, e.last) for e in entries] == [(date(2024, 5, 2), date(2024, 5, 2))]


def test_a_denial_is_an_entry_of_its_own() -> None:
    left = event(EventType.TALKS_BROKEN_OFF, "2024-05-13")
    denied = event(EventType.TALKS_BROKEN_OFF, "2024-05-13", status=EventStatus.DENIED)
    entries = timeline([document("a", "2024-05-14", left), document("b", "2024-05-14", denied)])
    assert {e.status for e in entries} == {EventStatus.HAPPENED, EventStatus.DENIED}


def test_a_report_without_a_day_joins_the_act_of_the_week_before_it_or_stands_by_when_it_was_told() -> None:
    entries = timeline(
        [
            document("a", "2024-05-14", event(MET, None)),
            document("b", "2024-05-14", event(MET, None)),
            document("c", "2024-05-14", event(MET, "2024-05-13")),
            document("d", "2024-06-14", event(MET, None)),
            document("e", None, event(MET, None)),
        ]
    )
    assert [(e.first and str(e.first), e.told and str(e.told), len(e.evidence)) for e in entries] == [
        ("2024-05-13", "2024-05-14", 3),
        (None, "2024-06-14", 1),
        (None, None, 1),
    ]


@pytest.mark.parametrize(
    ("by", "side", "expected"),
    [
        (Authority.JOINT, Side.WORKERS, True),
        (Authority.PARTY, Side.WORKERS, True),
        (Authority.PARTY, Side.EMPLOYERS, False),  # a strike is the workers' own act
        (Authority.NAMED, Side.WORKERS, False),
        (Authority.UNNAMED, Side.WORKERS, False),
        (Authority.OUTLET, Side.WORKERS, False),
        (None, Side.WORKERS, False),  # one document's plain assertion
    ],
)
def test_what_establishes_a_strike(by: Authority | None, side: Side, expected: bool) -> None:
    told = event(EventType.STRIKE_START, "2024-05-02", who=(UNION,), by=by, side=side)
    assert [e.established for e in timeline([document("a", "2024-05-03", told)])] == [expected]


def test_two_independent_documents_establish_and_forty_unnamed_ones_do_not() -> None:
    plain = event(EventType.STRIKE_START, "2024-05-02", who=(UNION,))
    rumour = event(EventType.TENTATIVE_AGREEMENT, "2024-05-02", by=Authority.UNNAMED)
    documents = [document(f"d{n}", "2024-05-03", rumour) for n in range(40)]
    documents += [document("x", "2024-05-03", plain)]
    assert not any(e.established for e in timeline(documents))


def test_the_employer_speaks_for_its_lockout() -> None:
    told = event(
        EventType.STRIKE_START, "2024-05-02", who=(PORT,), by=Authority.PARTY, side=Side.EMPLOYERS, lockout=True
    )
    assert timeline([document("a", "2024-05-03", told)])[0].established


def test_what_may_happen_is_never_established() -> None:
    told = event(EventType.TENTATIVE_AGREEMENT, "2024-05-20", status=EventStatus.POSSIBLE, by=Authority.JOINT)
    assert not timeline([document("a", "2024-05-03", told)])[0].established


DAYS = st.sampled_from(["2024-05-02", "2024-05-03", "2024-05", "2024-05-02/2024-05-06", None])
TOLD = st.builds(
    lambda type, when, status: event(type, when, status=status),
    st.sampled_from([MET, EventType.TALKS_SCHEDULED, EventType.STRIKE_START, EventType.RATIFIED]),
    DAYS,
    st.sampled_from(EventStatus),
)


@given(st.lists(st.lists(TOLD, max_size=3), max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_documents_changes_nothing(tellings: list, random: object) -> None:  # type: ignore[type-arg]
    documents = [document(f"d{n}", "2024-05-04", *dict.fromkeys(told)) for n, told in enumerate(tellings)]
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert timeline(shuffled) == timeline(documents)


def test_an_undated_start_joins_the_only_dated_one_and_stays_apart_from_two() -> None:
    start = EventType.STRIKE_START
    first = document("a", "2024-05-15", event(start, "2024-05-02", who=(UNION,)))
    second = document("b", "2024-09-15", event(start, "2024-09-02", who=(UNION,)))
    undated = document("c", "2024-09-20", event(start, None, who=(UNION,)))
    assert [(e.first, len(e.evidence)) for e in timeline([first, undated])] == [(date(2024, 5, 2), 2)]
    assert len(timeline([first, second, undated])) == 3
