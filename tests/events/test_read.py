"""What an entry holds: participants, dates, sizes, places; one entry for all mentions; spans and determinism."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.events.read import read
from onrecord.model import (
    Authority,
    Event,
    EventStatus,
    EventType,
    Quote,
    Source,
    Span,
    Statement,
    statement_id,
)
from onrecord.parties import find, load
from onrecord.parties.who import Who
from tests.events.reading import events_of, of, told
from tests.factories import parsed

SHARED = Path(__file__).parents[2] / "../shared"
NAMED = (
    "The Harbour Workers' Union and Northport Docks are in a labour dispute. The union speaks for 900 dockers; "
    "Northport Docks is their employer.\n\n"
)


def one(text: str, type: EventType, **options: object) -> Event:
    found = [e for e in events_of(text, **options) if e.type is type]  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "type", "names"),
    [
        ("The Harbour Workers' Union met Northport Docks on Monday.", EventType.MEETING_HELD, 2),
        ("The Harbour Workers' Union called a strike on Monday.", EventType.STRIKE_START, 1),
        ("Northport Docks presented a new offer on Monday.", EventType.PROPOSAL_MADE, 1),
        ("Talks between the Harbour Workers' Union and Northport Docks collapsed.", EventType.TALKS_BROKEN_OFF, 2),
    ],
)
def test_participants_are_canonical(text: str, type: EventType, names: int) -> None:
    event = one(NAMED + text, type, context=False)
    assert len(event.participants) == names
    assert {p.name for p in event.participants} <= {"Harbour Workers' Union", "Northport Docks"}


def test_in_a_standstill_each_side_waits_for_the_other() -> None:
    text = NAMED + (
        "The talks have stalled, the Harbour Workers' Union and Northport Docks each waiting "
        "for a move by the other."
    )
    event = one(text, EventType.STANDSTILL, context=False)
    assert [p.role for p in event.participants] == ["waits_for", "waits_for"]


@pytest.mark.parametrize(
    ("text", "type", "when"),
    [
        ("The dockers walked out on May 3.", EventType.STRIKE_START, "2024-05-03"),
        ("The union and the port met yesterday.", EventType.MEETING_HELD, "2024-05-14"),
        ("Ferry crews have been on strike since May 2.", EventType.STRIKE_START, "2024-05-02"),
        ("Talks are set for tomorrow.", EventType.TALKS_SCHEDULED, "2024-05-16"),
        ("The talks were suspended until Monday.", EventType.TALKS_BROKEN_OFF, None),
        ("The dockers walked out.", EventType.STRIKE_START, None),
    ],
)
def test_the_date_is_the_events_own(text: str, type: EventType, when: str | None) -> None:
    found = [e for e in events_of(text) if e.type is type]
    assert [e.when for e in found] == ([when] if when is not None or found else [])


def test_a_date_after_the_document_is_a_plan() -> None:
    assert one("The contract ends on May 31.", EventType.DEADLINE_SET).status is EventStatus.PLANNED
    assert one("The contract ended on April 30.", EventType.DEADLINE_SET).status is EventStatus.HAPPENED


def test_yesterday_in_an_undated_document_has_no_day() -> None:
    event = one("The union and the port met yesterday.", EventType.MEETING_HELD, published=None)
    assert event.when is None


@pytest.mark.parametrize(
    ("text", "type", "low", "high"),
    [
        ("Hundreds of nurses rallied at the gate.", EventType.PICKET_OR_RALLY, 200, 999),
        ("About 2,300 cooks went on strike on May 2.", EventType.STRIKE_START, 2300, 2300),
        ("Dozens of drivers picketed outside the depot.", EventType.PICKET_OR_RALLY, 24, 99),
        ("Tens of thousands of teachers marched on Monday.", EventType.PICKET_OR_RALLY, 20000, 99999),
        ("The drivers voted by 93.4% to authorise a strike.", EventType.STRIKE_AUTHORIZED, 93.4, 93.4),
        ("Machinists ratified the contract with 84 per cent in favour.", EventType.RATIFIED, 84, 84),
    ],
)
def test_sizes_have_a_low_and_a_high(text: str, type: EventType, low: float, high: float) -> None:
    size = one(text, type).size
    assert size is not None
    assert (size.low, size.high) == (low, high)
    assert size.span.of(text)


def test_two_numbers_that_could_be_meant_are_none() -> None:
    assert (
        one("In all, 400 nurses and 300 porters have picketed the gates.", EventType.PICKET_OR_RALLY).size is None
    )


def test_a_place_is_told_as_the_text_has_it() -> None:
    event = one("Hundreds of bakers rallied at Quayside in Dover on Monday.", EventType.PICKET_OR_RALLY)
    assert event.place == "Quayside in Dover"


def test_a_lockout_is_a_strike_marked_as_one() -> None:
    assert one("The smelter locked out 600 workers on Sunday.", EventType.STRIKE_START).lockout
    assert not one("The smelter workers walked out on Sunday.", EventType.STRIKE_START).lockout


def test_all_mentions_of_one_event_are_one_entry() -> None:
    text = (
        "The dockers walked out on May 3. The walkout began at dawn on May 3.\n\n"
        "Nobody had expected that the dockers would walk out."
    )
    starts = [e for e in events_of(text) if e.type is EventType.STRIKE_START and e.status is EventStatus.HAPPENED]
    assert len(starts) == 1


def test_two_days_are_two_events() -> None:
    text = "The union and the port met on Monday. They met again on Tuesday, May 14."
    days = {e.when for e in events_of(text) if e.type is EventType.MEETING_HELD}
    assert days >= {"2024-05-13"}


def test_a_disputed_act_is_one_event_and_its_denial_another() -> None:
    text = (
        "The company walked away from the table on Friday, the union said. The company denied leaving the table."
    )
    statuses = {e.status for e in events_of(text) if e.type is EventType.TALKS_BROKEN_OFF}
    assert statuses == {EventStatus.HAPPENED, EventStatus.DENIED}


def test_only_in_the_headline() -> None:
    events = events_of("Passengers made other plans.", title="Dockers walk out at Northport")
    assert [e.in_title for e in events if e.type is EventType.STRIKE_START] == [True]


def test_a_headline_that_the_body_repeats_is_the_bodys() -> None:
    events = events_of("The dockers walked out on May 3.", title="Dockers walk out at Northport")
    assert [e.in_title for e in events if e.type is EventType.STRIKE_START] == [False]


def test_an_event_in_a_statement_points_to_it() -> None:
    text = "The union said that the dockers had walked out." + "\n\nThe labour dispute is over pay."
    given_ = parsed(text, published="2024-05-15")
    content = Span(text.index("the dockers"), text.index(" out.") + 4)
    statement = Statement(
        id=statement_id("doc", None, None, [content]),
        document="doc",
        source=Source(name="the union"),
        cue=None,
        content=(content,),
        quote=Quote.INDIRECT,
        authority=Authority.PARTY,
    )
    events = read(given_, find(given_, load()), (), (statement,))
    assert [e.statement for e in events if e.type is EventType.STRIKE_START] == [statement.id]


def test_without_any_party_known_it_still_reads() -> None:
    given_ = parsed("The dockers walked out on Monday over pay, their union said.", published="2024-05-15")
    assert [e.type for e in read(given_, Who(), (), ())] == [EventType.STRIKE_START]


WORDS = (
    "the union workers strike walked out on Monday a deal was not reached talks , . ? ! no if company offer "
    "rejected Fox “ ” 400 % would will be and that picket line \n\n nurses \u00ad vote"
)
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS | st.text(max_size=80))
def test_every_span_slices_whole_words_and_reading_twice_is_the_same(text: str) -> None:
    if not text.strip():
        return
    given_ = parsed(text, published="2024-05-15")
    events = of(given_)
    assert events == of(given_)
    assert len({e.id for e in events}) == len(events)
    for event in events:
        for span in (event.evidence, event.when_span, event.size.span if event.size else None):
            if span is not None:
                assert 0 <= span.start < span.end <= len(given_.text)
                for at in (span.start, span.end):
                    if 0 < at < len(given_.text):
                        assert not (given_.text[at - 1].isalnum() and given_.text[at].isalnum())


def _gold(id: str) -> dict[str, str]:
    path = SHARED / "gold" / "texts.jsonl"
    if not path.exists():
        pytest.skip(f"the development set is not at {path}")
    with path.open(encoding="utf-8") as lines:
        return next(row for line in lines if (row := json.loads(line))["id"] == id)


@pytest.mark.parametrize("id", ["none-001", "none-002"])
def test_distractors_of_the_development_set_have_no_event(id: str) -> None:
    assert events_of(_gold(id)["text"], context=False) == ()


def _seed(n: int) -> str:
    folder = SHARED / "seeds"
    if not folder.exists():
        pytest.skip(f"the seeds are not at {folder}")
    return sorted(folder.glob("*.txt"))[n].read_text("utf-8")


def test_the_first_seed() -> None:
    events = events_of(_seed(0), published="2023-09-13", context=False)
    by_type = {e.type: e for e in events}
    stuck = by_type[EventType.STANDSTILL]
    assert {(p.name, p.role) for p in stuck.participants} == {("WGA", "waits_for"), ("AMPTP", "waits_for")}
    rally = by_type[EventType.PICKET_OR_RALLY]
    assert rally.size is not None
    assert (rally.size.low, rally.size.high) == (200, 999)
    assert rally.place == "Fox in Los Angeles"
    asked = by_type[EventType.MEETING_REQUESTED]
    assert [p.role for p in asked.participants] == ["actor", "actor", "actor", "other"]


def test_the_second_seed_is_undated() -> None:
    events = events_of(_seed(1), published=None, context=False)
    told = {(e.type, e.status) for e in events}
    assert told >= {
        (EventType.MEETING_HELD, EventStatus.HAPPENED),
        (EventType.JOINT_STATEMENT, EventStatus.HAPPENED),
        (EventType.TALKS_SCHEDULED, EventStatus.PLANNED),
        (EventType.TENTATIVE_AGREEMENT, EventStatus.POSSIBLE),
        (EventType.MEDIA_BLACKOUT, EventStatus.ONGOING),
    }
    assert all(e.when is None for e in events)


@pytest.mark.parametrize(
    ("text", "type", "when"),
    [
        (
            "Dockers walked out on Monday, four days after they had voted down the offer.",
            "rejected_by_members",
            "2024-05-09",
        ),
        ("Voting opened on May 2, five days after the leaders lifted the strike.", "strike_end", "2024-04-27"),
        (
            "Fuel has moved since last Wednesday, when a court order took effect.",
            "sanction_or_legal",
            "2024-05-08",
        ),
        ("Nurses have ratified a contract, the union said on Monday.", "ratified", "2024-05-13"),
        ("Last week the union gave the airline until Friday to make an offer.", "deadline_set", "2024-05-10"),
        ("On Monday the leaders voted to end the strike as of Thursday, May 16.", "strike_end", "2024-05-16"),
        ("Both met on Friday. Hours later the union rejected the offer.", "proposal_rejected", "2024-05-10"),
        ("Earlier in the day hundreds of porters rallied outside the clinic.", "picket_or_rally", "2024-05-15"),
        ("On May 3 miners struck. The company has lost $9 million since then.", "economic_effect", "2024-05-03"),
        ("Bakers voted to strike on Friday.", "strike_authorized", None),
        (
            "Dockers are to strike for two days in the run-up to Pentecost, starting on 17 May.",
            "strike_start",
            "2024-05-17",
        ),
        ("The union has asked the company to meet it on Friday.", "meeting_requested", None),
        (
            "Monday brought a joint statement from the union and the mill: both had met and would meet again.",
            "meeting_held",
            "2024-05-13",
        ),
        (
            "Both sides say that the union spent most of the day drawing up new proposals.",
            "proposal_made",
            "2024-05-15",
        ),
        (
            "Sunday was to be the day when the union and the mill closed a deal.",
            "tentative_agreement",
            "2024-05-12",
        ),
        (
            "The contract is ratified: 843 for, 90 against, according to the union on Monday (May 13).",
            "ratified",
            "2024-05-13",
        ),
        (
            "Porters and the clinic settled on May 9, following three days of talks.",
            "meeting_held",
            "2024-05-07/2024-05-09",
        ),
        ("Porters and the clinic settled on May 9 after eleven hours of talks.", "meeting_held", "2024-05-09"),
        (
            "The last meeting, on May 3, lasted an hour; each has accused the other of walking out of it.",
            "talks_broken_off",
            "2024-05-03",
        ),
        ("On day 46 the bakers have a tentative deal with the mill.", "tentative_agreement", "2024-05-15"),
        ("On day 12 the bakers had a tentative deal with the mill.", "tentative_agreement", None),
        (
            "Talks between the bakers and the mill began on March 20. Bakers may strike in June.",
            "meeting_held",
            "2024-03-20",
        ),
    ],
)
def test_the_day_of_an_event_is_told_in_many_ways(text: str, type: str, when: str | None) -> None:
    assert when in [e.when for e in events_of(text) if e.type == type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Reports that the talks had collapsed were denied by the union.",
            {("talks_broken_off", "denied")},
        ),
        (
            "Claims that the union had left the table were dismissed by its secretary.",
            {("talks_broken_off", "denied")},
        ),
        (
            "Bakers are back while ratification of their new contract is pending.",
            {("ratification_vote", "planned")},
        ),
        ("The question is when the talks will resume.", set()),
        (
            "The talks, which began on March 20, may go on past midnight. Bakers may strike.",
            {("meeting_held", "happened")},
        ),
    ],
)
def test_reports_denied_and_questions_asked_are_told_apart(text: str, expected: set[tuple[str, str]]) -> None:
    assert {t for t in told(text) if t[0] != "strike_start"} == expected


def test_a_share_of_pay_is_no_share_of_votes() -> None:
    (event,) = [
        e for e in events_of("Members will vote on an offer of 9 percent.") if e.type == "ratification_vote"
    ]
    assert event.size is None


def test_where_a_text_has_one_local_of_a_union_the_local_acts() -> None:
    text = (
        "Local 40 of the United Millhands and Brookside Mills met on Monday. The union called a strike on Tuesday."
    )
    names = {p.name for e in events_of(text, context=False) for p in e.participants}
    assert not names & {"United Millhands"}
