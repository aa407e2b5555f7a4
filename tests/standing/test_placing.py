"""When a document counts, and of what day it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.model import Anchor, CountUnit, EventType, ReadArticle, Span, TimeExpression, TimeType
from onrecord.standing.placing import placed
from tests.standing.making import UNION, count, document, event

START = document("a", "2024-05-02", event(EventType.STRIKE_START, "2024-05-02", who=(UNION,)))
AGAIN = document("b", "2024-05-03", event(EventType.STRIKE_START, "2024-05-02", who=(UNION,)))


def days(documents: list[ReadArticle], name: str, as_of: date | None = None) -> tuple[str, str] | None:
    found = [p for p in placed(documents, as_of=as_of) if p.read.article.id == name]
    return (str(found[0].known), str(found[0].told)) if found else None


def test_a_count_of_the_strikes_days_places_an_undated_document() -> None:
    undated = document("u", None, counts=(count(20, CountUnit.DAY),))
    assert days([START, AGAIN, undated], "u") == ("2024-05-21", "2024-05-21")


def test_a_count_of_weeks_gives_bounds_and_the_document_counts_from_the_last_of_them() -> None:
    undated = document("u", None, counts=(count(3, CountUnit.WEEK),))
    found = next(p for p in placed([START, AGAIN, undated]) if p.read.article.id == "u")
    assert (found.read.reading.published.earliest, found.known) == (date(2024, 5, 16), date(2024, 5, 22))
    assert "count of the strike" in found.why


def test_an_undated_document_with_a_count_is_not_used_before_its_day() -> None:
    undated = document("u", None, counts=(count(20, CountUnit.DAY),))
    assert days([START, AGAIN, undated], "u", date(2024, 5, 20)) is None
    assert days([START, AGAIN, undated], "u", date(2024, 5, 21)) is not None


def test_without_a_clock_nothing_places_it() -> None:
    assert days([document("u", None, counts=(count(20, CountUnit.DAY),))], "u") == ("None", "None")


def test_counts_that_disagree_place_nothing() -> None:
    undated = document("u", None, counts=(count(20, CountUnit.DAY), count(40, CountUnit.DAY)))
    assert days([START, AGAIN, undated], "u") == ("None", "None")


def test_a_repost_tells_of_its_contents_day_and_counts_from_its_page_date() -> None:
    told = event(EventType.MEETING_HELD, "2024-06-14")
    old = document("r", "2024-06-15", told, counts=(count(20, CountUnit.DAY),))
    yesterday = TimeExpression(span=Span(0, 4), type=TimeType.DATE, value="2024-06-14", anchor=Anchor.PUBLISHED)
    events = tuple(replace(e, when_span=Span(0, 4)) for e in old.reading.events)
    old = replace(old, reading=replace(old.reading, events=events, times=(yesterday,)))
    found = next(p for p in placed([START, AGAIN, old]) if p.read.article.id == "r")
    assert (found.known, found.told) == (date(2024, 6, 15), date(2024, 5, 21))
    assert [e.when for e in found.read.reading.events] == ["2024-05-17"]  # the Friday before, as the page's was
    assert "2024-06-15" in found.why


def test_a_page_a_day_behind_its_content_is_of_its_own_day() -> None:
    assert days([START, AGAIN, document("r", "2024-05-22", counts=(count(20, CountUnit.DAY),))], "r") == (
        "2024-05-22",
        "2024-05-22",
    )
