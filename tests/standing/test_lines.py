"""Several unions or employers of one dispute stand apart."""

from __future__ import annotations

from datetime import date

from onrecord.model import Authority, EventType, Participant, ReadArticle, StandingInterval, State
from onrecord.standing.intervals import intervals
from tests.standing.making import PORT, UNION, document, event

E = EventType
COOKS = Participant(name="Cooks' Guild", role="actor", party="cooks")
RAIL = Participant(name="Rail Firm", role="actor", party="rail")
FERRIES = Participant(name="Ferry Firm", role="actor", party="ferries")


def now(documents: list[ReadArticle]) -> dict[tuple[str, ...], State]:
    found: dict[tuple[str, ...], State] = {}
    for i in intervals(documents):
        assert isinstance(i, StandingInterval)
        found[i.parties] = i.state
    return found


def test_one_pair_has_no_name_beside_its_state() -> None:
    assert now([document("a", "2024-05-02", event(E.STRIKE_START, "2024-05-02", who=(UNION, PORT)))]) == {
        (): State.NO_TALKS
    }


def test_an_employer_that_settles_leaves_the_others_where_they_were() -> None:
    start = [
        document(f"s{n}", "2024-05-02", event(E.STRIKE_START, "2024-05-02", who=(UNION, firm)))
        for n, firm in enumerate((PORT, PORT, RAIL, FERRIES))
    ]
    deal = event(E.TENTATIVE_AGREEMENT, "2024-05-20", who=(UNION, RAIL), by=Authority.JOINT)
    assert now([*start, document("d", "2024-05-20", deal)]) == {
        ("Dockers' Union", "Port"): State.NO_TALKS,
        ("Dockers' Union", "Ferry Firm"): State.NO_TALKS,
        ("Dockers' Union", "Rail Firm"): State.TENTATIVE_AGREEMENT,
    }


def test_another_unions_strike_is_its_own() -> None:
    documents = [
        document("a", "2024-05-02", event(E.STRIKE_START, "2024-05-02", who=(UNION, PORT))),
        document(
            "b", "2024-05-10", event(E.TENTATIVE_AGREEMENT, "2024-05-10", who=(UNION, PORT), by=Authority.JOINT)
        ),
        document("c", "2024-05-12", event(E.STRIKE_START, "2024-05-11", who=(COOKS,))),
    ]
    assert now(documents) == {
        ("Dockers' Union", "Port"): State.TENTATIVE_AGREEMENT,
        ("Cooks' Guild",): State.NO_TALKS,
    }


def test_each_pairs_intervals_follow_each_other() -> None:
    documents = [
        document("a", "2024-05-02", event(E.STRIKE_START, "2024-05-02", who=(UNION, PORT))),
        document("b", "2024-05-12", event(E.STRIKE_START, "2024-05-11", who=(COOKS,))),
        document("c", "2024-05-20", event(E.MEETING_HELD, "2024-05-20", who=(UNION, PORT), by=Authority.JOINT)),
    ]
    found = intervals(documents)
    own = [i for i in found if i.parties == ("Dockers' Union", "Port")]
    assert [(i.state, i.first, i.last) for i in own] == [
        (State.NO_TALKS, date(2024, 5, 2), date(2024, 5, 19)),
        (State.IN_TALKS, date(2024, 5, 20), None),
    ]
