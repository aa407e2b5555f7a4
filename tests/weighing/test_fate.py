from dataclasses import replace
from datetime import date

import pytest

from onrecord.claims import cluster
from onrecord.model import (
    Authority,
    Bearing,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Fate,
    Span,
    TimelineEntry,
)
from onrecord.weighing import fates
from tests.claims.making import document

WORDS = "the owners and the crews will meet on Monday"


def entry(kind, day, *, status=EventStatus.HAPPENED, established=True, events=()):
    on = date.fromisoformat(day)
    return TimelineEntry(
        id="e",
        type=kind,
        status=status,
        first=on,
        last=on,
        participants=(),
        authority=Authority.PARTY,
        established=established,
        evidence=(Evidence("later", Span(0, 4)),),
        events=tuple(events),
    )


def told(words=WORDS, *, kind=None, status=EventStatus.PLANNED, when=None, **options):
    made = document("a", words, published="2024-05-02", **options)
    if kind is None:
        return made
    event = Event(
        id="ev", document="a", type=kind, status=status, participants=(), evidence=Span(0, len(words)), when=when
    )
    return replace(made, reading=replace(made.reading, events=(event,)))


MEETING = {"kind": EventType.TALKS_SCHEDULED, "when": "2024-05-06"}
HOPE = {"words": "a deal could come by Friday", "ahead": 1, "horizon": "2024-05-03"}
TABLE = [
    (MEETING, [entry(EventType.MEETING_HELD, "2024-05-06")], Fate.CONFIRMED),
    (MEETING, [entry(EventType.MEETING_HELD, "2024-05-08")], Fate.SUPERSEDED),
    (MEETING, [entry(EventType.MEETING_HELD, "2024-05-06", established=False)], Fate.OPEN),
    (MEETING, [], Fate.OPEN),
    (HOPE, [entry(EventType.TENTATIVE_AGREEMENT, "2024-05-03")], Fate.CONFIRMED),
    (HOPE, [entry(EventType.TENTATIVE_AGREEMENT, "2024-05-09")], Fate.CONTRADICTED),
    (HOPE, [entry(EventType.TENTATIVE_AGREEMENT, "2024-04-01")], Fate.OPEN),
    ({"words": "a deal is near", "ahead": 1}, [], Fate.UNVERIFIABLE),
    ({"words": "the mood was excellent"}, [], Fate.UNVERIFIABLE),
    (
        {"kind": EventType.MEETING_HELD, "status": EventStatus.HAPPENED, "when": "2024-05-01"},
        [entry(EventType.MEETING_HELD, "2024-05-01", events=("ev",))],
        Fate.CONFIRMED,
    ),
    (
        {"kind": EventType.MEETING_HELD, "status": EventStatus.HAPPENED, "when": "2024-05-01"},
        [entry(EventType.MEETING_HELD, "2024-05-01", status=EventStatus.DENIED)],
        Fate.CONTRADICTED,
    ),
]


@pytest.mark.parametrize(("said", "timeline", "expected"), TABLE)
def test_what_became_of_a_claim(said, timeline, expected):
    documents = [told(**said)]
    (claim,) = fates(cluster(documents), documents, timeline)
    assert claim.fate is expected
    assert claim.fate_why
    assert bool(claim.fate_evidence) == (expected in (Fate.CONFIRMED, Fate.SUPERSEDED, Fate.CONTRADICTED))


def test_a_correction_by_the_same_outlet_contradicts_whatever_the_chronology_has():
    documents = [told(**MEETING)]
    (claim,) = cluster(documents)
    taken_back = replace(claim.tellings[0], origin=False, bearing=Bearing.CORRECTS)
    claim = replace(claim, tellings=(*claim.tellings, taken_back))
    (found,) = fates([claim], documents, [entry(EventType.MEETING_HELD, "2024-05-06")])
    assert found.fate is Fate.CONTRADICTED
    assert found.fate_on == date(2024, 5, 2)
