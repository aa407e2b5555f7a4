"""Announced lengths. Starts and times are read by the rooms that read them, so that the table is text to days."""

from datetime import date

import pytest

import onrecord
from onrecord.model import StrikeClock
from onrecord.outlook import talks
from onrecord.outlook.lengths import AnnouncedEnd, announced_end
from onrecord.record import queries

MONDAY = date(2024, 6, 17)
BEGUN = "The Porters' Union went on strike at Marle Hospital on Monday. "
TABLE = {  # published on Tuesday 18 June 2024: the days in June on which the stoppage is announced to end
    "Nurses at Marle Hospital began a two-day strike on Monday over pay.": (18, 19),
    "Bus drivers at Orwin Transit walked out on Monday for 48 hours, the Drivers' Union said.": (18, 19),
    "The Porters' Union launched a 72-hour walkout on Monday.": (19, 20),
    "The Porters' Union began a one-week strike at Marle Hospital on Monday.": (23, 24),
    "Porters at Marle Hospital will be on strike until Friday, the Porters' Union said.": (21, 21),
    BEGUN + "The walkout is scheduled to run through Thursday.": (20, 20),
    # no length of this stoppage
    "The Porters' Union plans a two-day strike next week.": None,
    "The Porters' Union held a two-day strike in March.": None,
    "The Porters' Union began an open-ended strike on Monday.": None,
    "The Porters' Union could begin a five-day strike on Monday.": None,
    BEGUN + "Talks in the strike are off until Friday.": None,
    BEGUN + "The strike may last until Friday.": None,
    BEGUN + "The porters will strike until there is a deal.": None,
    BEGUN + "The strike would not last until Friday, the hospital said.": None,
    "The Porters' Union went on strike on Monday after two days of talks.": None,
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lengths")
    for n, text in enumerate(TABLE):
        (folder / f"{n:02d}.txt").write_text(f"Title: On the wards\nDate: 2024-06-18\n\n{text}\n", "utf-8")
    with onrecord.read([folder], folder / "record.db") as record:
        return sorted(queries.read_articles(record.db), key=lambda d: d.article.name)


CLOCK = StrikeClock(earliest=MONDAY, latest=MONDAY, evidence=())


@pytest.mark.parametrize(("number", "days"), list(enumerate(TABLE.values())), ids=list(TABLE))
def test_a_length_gives_the_days_of_the_end(read, number, days):
    found = announced_end(read[number : number + 1], CLOCK)
    if days is None:
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.last) == tuple(MONDAY.replace(day=d) for d in days)
        assert all(e.document == read[number].article.id for e in found.evidence)


def test_lengths_of_one_day_that_disagree_tell_nothing(read):
    two, three = read[0], read[2]
    assert announced_end([two, two], CLOCK) is not None
    assert announced_end([two, read[8]], CLOCK) is None  # open-ended, as another tells
    one_day_in_common = announced_end([two, three], CLOCK)
    assert one_day_in_common is not None
    assert one_day_in_common.first == one_day_in_common.last == date(2024, 6, 19)
    assert announced_end([two, read[4]], CLOCK) is None


TOLD = AnnouncedEnd(date(2024, 6, 20), date(2024, 6, 21), ())


def test_the_odds_fall_before_the_end_and_rise_on_its_days():
    before, on = talks.shifts((), (), date(2024, 6, 18), told=TOLD)
    assert (before.first, before.last, on.first, on.last) == (1, 1, 2, 3)
    assert before.low < before.factor < before.high == 1.0
    assert 1.0 < on.low < on.factor < on.high
    assert "assumed, not measured" in on.why


def test_on_both_days_together_the_end_has_the_chance_of_the_rule():
    (_, on) = talks.shifts((), (), date(2024, 6, 18), told=TOLD)
    daily = on.factor / 20 / (1 + on.factor / 20)
    assert 1 - (1 - daily) ** 2 == pytest.approx(talks.talks().length["chance"])


def test_a_length_that_has_run_out_tells_nothing():
    assert talks.shifts((), (), date(2024, 6, 20), told=TOLD)[0].first == 1
    assert talks.shifts((), (), date(2024, 6, 21), told=TOLD) == ()
