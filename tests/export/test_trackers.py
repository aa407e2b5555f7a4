"""Stoppages in the columns of strike trackers."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.api import Record
from onrecord.cli import main
from onrecord.export import stoppages, trackers
from onrecord.model import (
    Authority,
    Event,
    EventStatus,
    EventType,
    Evidence,
    ProfileFact,
    Size,
    Span,
    TimelineEntry,
)
from onrecord.record import queries


def export(record: Path, form: str) -> str:
    done = CliRunner().invoke(main, ["export", "-r", str(record), "--as", form])
    assert done.exit_code == 0, done.output
    return done.output


def entry(
    type: EventType,
    first: str | None,
    last: str | None = None,
    *,
    passages: int = 1,
    established: bool = True,
    status: EventStatus = EventStatus.HAPPENED,
) -> TimelineEntry:
    return TimelineEntry(
        id=f"{type}-{first}",
        type=type,
        status=status,
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last or first) if first else None,
        participants=(),
        authority=Authority.PARTY,
        established=established,
        evidence=tuple(Evidence(f"{first}-{n}", Span(0, 5)) for n in range(passages)),
        events=(),
    )


START, END = EventType.STRIKE_START, EventType.STRIKE_END


@pytest.mark.parametrize(
    ("moves", "pairs"),
    [
        ([(START, "2031-03-01"), (END, "2031-03-04")], [("2031-03-01", "2031-03-04")]),
        ([(END, "2031-03-04"), (START, "2031-03-01")], [("2031-03-01", "2031-03-04")]),
        (
            [(START, "2031-03-01"), (END, "2031-03-02"), (START, "2031-05-01")],
            [("2031-03-01", "2031-03-02"), ("2031-05-01", "")],
        ),
        ([(START, "2031-03-01"), (END, "2031-03-01")], [("2031-03-01", "2031-03-01")]),
        ([(START, "2031-03-01"), (START, "2031-03-03")], [("", "")]),  # two days, one passage each: not known
        ([(END, "2031-03-04")], [("", "2031-03-04")]),
        ([(START, None)], []),
        ([], []),
    ],
)
def test_starts_and_ends_make_stoppages(
    moves: list[tuple[EventType, str | None]], pairs: list[tuple[str, str]]
) -> None:
    found = stoppages._episodes([entry(type, day) for type, day in moves])
    assert [(stoppages._day(e.starts).text, stoppages._day(e.ends).text) for e in found] == pairs


def test_what_is_only_planned_is_no_stoppage() -> None:
    assert stoppages._episodes([entry(START, "2031-03-01", status=EventStatus.PLANNED)]) == []


def test_a_day_is_that_of_most_passages_and_the_established_one_before_the_reported() -> None:
    most = stoppages._day([entry(START, "2031-03-01", passages=2), entry(START, "2031-03-02")])
    assert (most.text, len(most.evidence), most.established) == ("2031-03-01", 2, True)
    told = entry(START, "2031-03-02", passages=5, established=False)
    assert stoppages._day([entry(START, "2031-03-01"), told]).text == "2031-03-01"
    assert stoppages._day([told]).established is False
    assert stoppages._day([entry(START, "2031-03-01", "2031-03-09")]) == stoppages.NOTHING


def test_days_count_both_ends_and_need_both() -> None:
    start, end = (stoppages._day([entry(START, d)]) for d in ("2031-03-01", "2031-03-07"))
    assert stoppages._days(start, end).text == "7"
    assert stoppages._days(start, start).text == "1"
    assert stoppages._days(start, stoppages.NOTHING) == stoppages.NOTHING


def test_a_vote_after_the_beginning_authorised_nothing() -> None:
    start = stoppages._day([entry(START, "2031-03-01")])
    vote = EventType.STRIKE_AUTHORIZED
    assert stoppages._authorised([entry(vote, "2031-02-20")], start).text == "Y"
    assert stoppages._authorised([entry(vote, None)], start).text == "Y"
    assert stoppages._authorised([entry(vote, "2031-03-20")], start).text == ""
    assert stoppages._authorised([entry(vote, "2031-02-20", status=EventStatus.PLANNED)], start).text == ""


def test_a_number_is_that_of_most_documents_and_none_where_two_contradict() -> None:
    def fact(value: str, documents: int) -> ProfileFact:
        return ProfileFact(field="workers", value=value, documents=documents, evidence=())

    assert stoppages._most([fact("900", 1), fact("1,200", 2)]).text == "1200"
    assert stoppages._most([fact("900", 2), fact("1,200", 2)]).text == ""
    sizes = [Size(low=n, high=n, unit="crew", span=Span(0, 3)) for n in (40, 50)]
    events = [
        Event(
            id=str(s.low),
            document="d",
            type=START,
            status=EventStatus.HAPPENED,
            participants=(),
            evidence=Span(0, 5),
            size=s,
        )
        for s in sizes
    ]
    assert stoppages._size(events[:1]).text == "40"
    assert stoppages._size(events).text == ""


@pytest.mark.parametrize("form", trackers.TRACKERS)
def test_a_row_has_the_columns_of_the_tracker_and_its_evidence_beside(demo_master: Path, form: str) -> None:
    rows = list(csv.DictReader(io.StringIO(export(demo_master, form))))
    assert len(rows) == 1
    columns = list(trackers.TRACKERS[form])
    assert list(rows[0])[: len(columns)] == columns
    with Record.open(demo_master) as record:
        texts = {d.article.id: d.article.text for d in queries.read_articles(record.db)}
    for column, fill in trackers.TRACKERS[form].items():
        value = rows[0][column]
        if fill is None:
            assert value == ""
        elif f"{column} evidence" in rows[0]:
            standing, evidence = rows[0][f"{column} standing"], rows[0][f"{column} evidence"]
            assert (standing in ("established", "reported")) == bool(value)
            for place in filter(None, evidence.split("; ")):
                document, _, span = place.partition("@")
                start, _, end = span.partition("-")
                assert texts[document][int(start) : int(end)]


def test_the_values_are_those_of_the_record(demo_master: Path) -> None:
    row = next(csv.DictReader(io.StringIO(export(demo_master, "lat"))))
    assert (row["Start Date"], row["Start Date standing"]) == ("2024-04-08", "established")
    assert (row["End Date"], row["Duration Amount"], row["Duration Unit"]) == ("", "", "")
    assert (row["Bargaining Unit Size"], row["Bargaining Unit Size standing"]) == ("2300", "reported")
    assert (row["Strike or Protest"], row["Authorized"]) == ("Strike", "")
    row = next(csv.DictReader(io.StringIO(export(demo_master, "bls"))))
    assert (row["Union acronym"], row["Number of workers"]) == ("FCU", "2300")


@pytest.mark.parametrize("form", [*trackers.TRACKERS, "events", "crosswalk"])
def test_pandas_reads_it(demo_master: Path, form: str) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    text = export(demo_master, form)
    frame = pandas.read_csv(io.StringIO(text))
    assert list(frame.columns) == next(csv.reader(io.StringIO(text)))
    assert len(frame) == len(list(csv.DictReader(io.StringIO(text)))) > 0


def test_every_column_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    for columns in trackers.TRACKERS.values():
        for column in columns:
            assert f"| `{column}` |" in page
