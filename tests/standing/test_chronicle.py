"""Which entries are turns of the dispute."""

from __future__ import annotations

import time

from onrecord.model import Authority, EventStatus, EventType, Participant, ReadArticle
from onrecord.standing.timeline import timeline
from tests.standing.making import BOTH, PORT, UNION, document, event

E, S = EventType, EventStatus


def turns(documents: list[ReadArticle]) -> list[tuple[str, str]]:
    return [(e.type.value, str(e.days[0])) for e in timeline(documents) if e.days is not None]


def test_talks_that_are_fixed_stand_under_the_day_on_which_that_was_told() -> None:
    fixed = event(E.TALKS_SCHEDULED, "2024-05-20", status=S.PLANNED, by=Authority.JOINT)
    assert turns([document("a", "2024-05-14", fixed)]) == [("talks_scheduled", "2024-05-14")]


def test_a_planned_session_stands_once_its_day_has_come() -> None:
    fixed = event(E.TALKS_SCHEDULED, "2024-05-20", status=S.PLANNED)
    later = document("b", "2024-05-25")
    assert turns([document("a", "2024-05-14", fixed), later]) == [
        ("talks_scheduled", "2024-05-14"),
        ("meeting_held", "2024-05-20"),
    ]


def test_the_next_session_of_a_round_is_no_turn() -> None:
    documents = [
        document("a", "2024-05-14", event(E.MEETING_HELD, "2024-05-14")),
        document("b", "2024-05-14", event(E.TALKS_SCHEDULED, "2024-05-15", status=S.PLANNED)),
        document("c", "2024-05-15", event(E.MEETING_HELD, "2024-05-15")),
    ]
    assert turns(documents) == [("meeting_held", "2024-05-14"), ("meeting_held", "2024-05-15")]


def test_an_offer_made_in_a_session_is_told_with_it_and_stands_alone_on_another_day() -> None:
    documents = [
        document("a", "2024-05-14", event(E.MEETING_HELD, "2024-05-14")),
        document("b", "2024-05-14", event(E.PROPOSAL_MADE, "2024-05-14", who=(PORT,))),
        document("c", "2024-05-18", event(E.PROPOSAL_MADE, "2024-05-18", who=(PORT,))),
    ]
    assert turns(documents) == [("meeting_held", "2024-05-14"), ("proposal_made", "2024-05-18")]


def test_offers_of_two_sides_on_one_day_are_two() -> None:
    documents = [
        document("a", "2024-05-18", event(E.PROPOSAL_MADE, "2024-05-18", who=(PORT,))),
        document("b", "2024-05-18", event(E.COUNTERPROPOSAL_MADE, "2024-05-18", who=(UNION,))),
    ]
    assert len(turns(documents)) == 2


def test_effects_possible_and_denied_things_are_none() -> None:
    documents = [
        document("a", "2024-05-14", event(E.ECONOMIC_EFFECT, "2024-05-14")),
        document("b", "2024-05-14", event(E.TENTATIVE_AGREEMENT, "2024-05-14", status=S.POSSIBLE)),
        document("c", "2024-05-14", event(E.RATIFIED, "2024-05-14", status=S.DENIED)),
    ]
    assert turns(documents) == []


def test_a_routine_picket_is_none_and_one_that_two_documents_tell_is_one() -> None:
    picket = event(E.PICKET_OR_RALLY, "2024-05-14", who=(UNION,))
    assert turns([document("a", "2024-05-14", picket)]) == []
    assert turns([document("a", "2024-05-14", picket), document("b", "2024-05-15", picket)]) == [
        ("picket_or_rally", "2024-05-14")
    ]


def test_a_deal_told_by_one_and_denied_the_next_day_is_none() -> None:
    deal = event(E.TENTATIVE_AGREEMENT, "2024-05-14", by=Authority.NAMED)
    denied = event(E.TENTATIVE_AGREEMENT, "2024-05-14", status=S.DENIED, by=Authority.PARTY)
    assert turns([document("a", "2024-05-14", deal)]) != []
    assert turns([document("a", "2024-05-14", deal), document("b", "2024-05-15", denied)]) == []


def test_the_end_of_a_strike_told_on_several_days_is_one_on_the_day_most_give() -> None:
    early = event(E.STRIKE_END, "2024-06-03", who=(UNION,))
    right = event(E.STRIKE_END, "2024-06-05", who=(UNION,))
    documents = [document("a", "2024-06-03", early)]
    documents += [document(n, "2024-06-06", right) for n in "bc"]
    assert turns(documents) == [("strike_end", "2024-06-05")]


def test_strikes_of_single_days_stay_apart_where_a_document_tells_them_apart() -> None:
    days = [event(E.STRIKE_START, f"2024-06-{d:02d}", who=(UNION,)) for d in (3, 4)]
    assert len(turns([document("a", "2024-06-02", *days)])) == 2


def test_news_without_a_day_stands_under_the_day_on_which_it_was_told() -> None:
    assert turns([document("a", "2024-06-06", event(E.TALKS_BROKEN_OFF, None))]) == [
        ("talks_broken_off", "2024-06-06")
    ]
    hearsay = event(E.TALKS_BROKEN_OFF, None, by=Authority.UNNAMED)
    assert turns([document("a", "2024-06-06", hearsay)]) == []


def test_talks_of_a_union_with_its_own_people_are_none() -> None:
    stewards = Participant(name="Dockers' Stewards", role="side", party="stewards")
    inside = event(E.MEETING_HELD, "2024-05-14", who=(UNION, stewards))
    assert (
        turns([document("a", "2024-05-14", inside), document("b", "2024-05-13", event(E.LEAK_REPORTED, None))])
        == []
    )


def test_a_lockout_is_marked_and_is_not_the_unions_strike() -> None:
    documents = [
        document("a", "2024-05-14", event(E.STRIKE_START, "2024-05-14", who=BOTH, lockout=True)),
        document("b", "2024-05-14", event(E.STRIKE_START, "2024-05-14", who=(UNION,))),
    ]
    assert [e.lockout for e in timeline(documents)] in ([True, False], [False, True])


def test_two_thousand_near_identical_documents_take_seconds() -> None:
    told = (
        event(E.STRIKE_START, "2024-05-02", who=(UNION,)),
        event(E.MEETING_HELD, None),
        event(E.TALKS_SCHEDULED, "2024-05-20", status=S.PLANNED),
    )
    documents = [document(f"d{n:04d}", f"2024-05-{n % 15 + 3:02d}", *told) for n in range(2000)]
    begun = time.process_time()
    entries = timeline(documents)
    assert time.process_time() - begun < 20
    assert max(len(e.evidence) for e in entries) == 2000
