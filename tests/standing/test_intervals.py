"""Where the talks stood, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import (
    Authority,
    CountUnit,
    Dated,
    EventStatus,
    EventType,
    ReadArticle,
    Side,
    StandingInterval,
    State,
)
from onrecord.standing.intervals import intervals
from onrecord.standing.placing import known_on
from onrecord.standing.timeline import timeline
from tests.standing.making import UNION, count, document, event

E = EventType
PLANNED = EventStatus.PLANNED


def brief(found: tuple[StandingInterval, ...]) -> list[tuple[str, str, str]]:
    return [(str(i.state), str(i.first), str(i.last)) for i in found]


def union(type: EventType, when: str | None, **options: object) -> tuple:  # type: ignore[type-arg]
    return event(type, when, who=(UNION,), by=Authority.PARTY, **options)  # type: ignore[arg-type]


STORY = [
    document("a", "2024-04-10", union(E.STRIKE_AUTHORIZED, "2024-04-09")),
    document("b", "2024-05-02", union(E.STRIKE_START, "2024-05-02")),
    document("c", "2024-05-10", event(E.TALKS_SCHEDULED, "2024-05-14", status=PLANNED, by=Authority.JOINT)),
    document("d", "2024-05-15", event(E.MEETING_HELD, "2024-05-14", by=Authority.JOINT)),
    document("e", "2024-05-17", event(E.TALKS_BROKEN_OFF, "2024-05-16", by=Authority.PARTY)),
    document("f", "2024-05-24", state=State.STANDSTILL),
    document("g", "2024-05-30", event(E.MEETING_HELD, "2024-05-30", by=Authority.JOINT)),
    document("h", "2024-06-03", event(E.TENTATIVE_AGREEMENT, "2024-06-02", by=Authority.JOINT)),
    document("i", "2024-06-05", union(E.STRIKE_END, "2024-06-05")),
    document("j", "2024-06-20", union(E.RATIFIED, "2024-06-19")),
]


def test_a_whole_dispute() -> None:
    assert brief(intervals(STORY)) == [
        ("pre_strike", "2024-04-09", "2024-05-01"),
        ("no_talks", "2024-05-02", "2024-05-09"),
        ("talks_scheduled", "2024-05-10", "2024-05-13"),
        ("in_talks", "2024-05-14", "2024-05-15"),
        ("no_talks", "2024-05-16", "2024-05-23"),
        ("standstill", "2024-05-24", "2024-05-29"),
        ("in_talks", "2024-05-30", "2024-06-01"),
        ("tentative_agreement", "2024-06-02", "2024-06-04"),
        ("strike_ended", "2024-06-05", "2024-06-18"),
        ("ratified", "2024-06-19", "None"),
    ]


def test_as_of_a_day_later_documents_are_not_used() -> None:
    assert brief(intervals(STORY, as_of=date(2024, 5, 12)))[-1] == ("talks_scheduled", "2024-05-10", "None")
    assert intervals(STORY, as_of=date(2024, 1, 1)) == ()


def test_an_observation_shows_a_state_but_not_since_when() -> None:
    found = intervals(STORY)
    standstill = next(i for i in found if i.state is State.STANDSTILL)
    assert not standstill.since_known
    assert next(i for i in found if i.state is State.IN_TALKS).since_known


def test_agreed_ended_and_ratified_are_three_things() -> None:
    states = [i.state for i in intervals(STORY[:8])]
    assert states[-1] is State.TENTATIVE_AGREEMENT
    assert State.STRIKE_ENDED not in states
    states = [i.state for i in intervals(STORY[:9])]
    assert states[-1] is State.STRIKE_ENDED


def test_a_deal_that_only_unnamed_people_tell_of_is_reported_and_gives_way() -> None:
    rumour = event(E.TENTATIVE_AGREEMENT, "2024-05-20", by=Authority.UNNAMED)
    documents = [
        *STORY[:4],
        document("r", "2024-05-20", rumour),
        document("s", "2024-05-21", state=State.IN_TALKS),
    ]
    found = intervals(documents)
    reported = next(i for i in found if i.state is State.TENTATIVE_AGREEMENT)
    assert not reported.established
    assert found[-1].state is State.IN_TALKS


def test_a_deal_that_its_own_document_denies_changes_nothing() -> None:
    documents = [
        *STORY[:4],
        document(
            "r",
            "2024-05-16",
            event(E.TENTATIVE_AGREEMENT, "2024-05-15"),
            event(E.TENTATIVE_AGREEMENT, "2024-05-15", status=EventStatus.DENIED),
        ),
    ]
    assert State.TENTATIVE_AGREEMENT not in {i.state for i in intervals(documents)}


def test_a_deal_voted_down_goes_back_to_what_follows() -> None:
    down = union(E.REJECTED_BY_MEMBERS, "2024-06-10")
    talks = event(E.TALKS_SCHEDULED, "2024-06-14", status=PLANNED, by=Authority.JOINT)
    found = intervals([*STORY[:8], document("v", "2024-06-11", down, talks)])
    assert brief(found)[-2:] == [
        ("no_talks", "2024-06-10", "2024-06-10"),
        ("talks_scheduled", "2024-06-11", "None"),
    ]


def test_talks_that_passed_without_word_are_overdue() -> None:
    found = intervals(STORY[:3], as_of=date(2024, 5, 20))
    assert found[-1].state is State.TALKS_SCHEDULED
    assert found[-1].overdue_since == date(2024, 5, 14)


def test_an_undated_document_without_bounds_cannot_date_a_change() -> None:
    found = intervals([*STORY[:2], document("u", None, state=State.IN_TALKS)])
    assert found[0].first is None
    assert found[0].last is None
    assert "undated" in found[0].why
    assert [i.state for i in found[1:]] == [State.PRE_STRIKE, State.NO_TALKS]


def test_an_undated_document_counts_from_its_bounds_on() -> None:
    bounds = Dated(earliest=date(2024, 5, 11), latest=date(2024, 5, 16))
    undated = document("u", None, state=State.IN_TALKS, bounds=bounds)
    assert known_on(undated) == date(2024, 5, 16)
    assert intervals([undated], as_of=date(2024, 5, 15)) == ()
    assert brief(intervals([undated])) == [("in_talks", "2024-05-16", "None")]


def test_talks_broken_off_before_a_strike_that_is_called_leave_it_before_the_strike() -> None:
    broken = event(E.TALKS_BROKEN_OFF, "2024-05-01")
    found = intervals([*STORY[:2], document("x", "2024-05-02", broken)])
    assert brief(found)[0] == ("pre_strike", "2024-04-09", "2024-05-01")


def test_the_employers_word_for_a_strike_does_not_establish_it() -> None:
    told = event(E.STRIKE_START, "2024-05-02", who=(UNION,), by=Authority.PARTY, side=Side.EMPLOYERS)
    assert [i.established for i in intervals([document("a", "2024-05-02", told)])] == [False]


def test_nothing_read_nothing_told() -> None:
    assert intervals([]) == ()
    assert intervals([document("a", "2024-05-02")]) == ()


TOLD = st.builds(
    lambda type, day, status, by: event(type, f"2024-05-{day:02d}", status=status, by=by),
    st.sampled_from(list(EventType)),
    st.integers(1, 28),
    st.sampled_from(EventStatus),
    st.sampled_from([None, Authority.JOINT, Authority.PARTY, Authority.UNNAMED]),
)
DOCUMENTS = st.lists(
    st.tuples(st.integers(1, 28), st.lists(TOLD, max_size=3), st.sampled_from([None, *State])), max_size=6
).map(
    lambda rows: [
        document(f"d{n}", f"2024-05-{day:02d}", *dict.fromkeys(told), state=state)
        for n, (day, told, state) in enumerate(rows)
    ]
)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False), st.integers(1, 31))
def test_order_changes_nothing_and_later_documents_are_never_used(
    documents: list[ReadArticle], random: object, day: int
) -> None:
    as_of = date(2024, 5, day)
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert intervals(shuffled) == intervals(documents)
    published = [d for d in documents if (known := known_on(d)) is not None and known <= as_of]
    assert intervals(shuffled, as_of=as_of) == intervals(published, as_of=as_of)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_intervals_follow_each_other_without_gap_or_overlap(documents: list[ReadArticle]) -> None:
    found = [i for i in intervals(documents) if i.first is not None]
    for before, after in pairwise(found):
        assert before.last is not None
        assert after.first == before.last + timedelta(days=1)
        assert before.state is not after.state
    if found:
        assert found[-1].last is None


def test_a_count_of_days_dates_the_beginning_that_no_document_dates() -> None:
    asked = document(
        "a",
        "2024-06-03",
        event(EventType.STRIKE_AUTHORIZED, "2024-05-20"),
        state=State.NO_TALKS,
        counts=(count(3, CountUnit.DAY),),
    )
    found = intervals([asked])
    assert [(i.state, i.first) for i in found] == [
        (State.PRE_STRIKE, date(2024, 5, 20)),
        (State.NO_TALKS, date(2024, 6, 1)),
    ]
    assert not found[1].established
    assert [e.first for e in timeline([asked]) if e.type is EventType.STRIKE_START] == [date(2024, 6, 1)]
