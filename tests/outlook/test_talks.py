from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import outlook
from onrecord.model import (
    Authority,
    EventStatus,
    EventType,
    StandingInterval,
    State,
    StrikeClock,
    TimelineEntry,
)
from onrecord.outlook import talks

DAY = date(2024, 6, 20)
CLOCK = StrikeClock(earliest=date(2024, 4, 8), latest=date(2024, 4, 8), evidence=())


def standing(state, *, first=DAY, established=True):
    return StandingInterval(
        state=state,
        first=first,
        last=None,
        since_known=True,
        established=established,
        authority=Authority.JOINT,
        evidence=(),
    )


def entry(kind, on, *, status=EventStatus.PLANNED, established=True):
    return TimelineEntry(
        id=f"{kind}{on}",
        type=kind,
        status=status,
        first=on,
        last=on,
        participants=(),
        authority=Authority.PARTY,
        established=established,
        evidence=(),
        events=(),
    )


def seen(state=None, *entries, established=True):
    intervals = () if state is None else (standing(state, established=established),)
    return outlook.outlook((), as_of=DAY, clock=CLOCK, intervals=intervals, entries=entries)


def week(forecast):
    return next(c for c in forecast.chances if c.days == 7)


def test_states_move_the_odds_in_their_order_and_within_their_bounds():
    plain = week(seen()).chance
    order = [week(seen(s)).chance for s in (State.STANDSTILL, State.TALKS_SCHEDULED, State.IN_TALKS)]
    assert order[0] < plain < order[1] < order[2]
    for state, (bound, _) in talks.talks().states.items():
        (shift,) = talks.shifts((standing(state),), (), DAY)
        assert {shift.low, shift.high} == {min(1.0, bound), max(1.0, bound)}
        assert shift.low < shift.factor < shift.high
        assert "no data" in shift.why


def test_a_state_that_is_only_reported_counts_for_half():
    (told,) = talks.shifts((standing(State.IN_TALKS, established=False),), (), DAY)
    (known,) = talks.shifts((standing(State.IN_TALKS),), (), DAY)
    assert told.high == pytest.approx(known.high**0.5)


@pytest.mark.parametrize("state", [State.IN_TALKS, State.STANDSTILL])
def test_the_interval_of_a_moved_forecast_holds_the_base_rate(state):
    found = seen(state)
    for moved, base in zip(found.chances, found.base, strict=True):
        assert moved.low <= base.chance <= moved.high


def test_once_there_is_a_deal_only_the_gaps_of_past_deals_count():
    found = seen(State.TENTATIVE_AGREEMENT)
    assert found.deal == ()
    assert found.cases == len(talks.talks().gaps) == 7
    three = next(c for c in found.chances if c.days == 3)
    assert three.chance == pytest.approx((4 + 0.5) / 8)  # 4 of 7 stoppages ended within 3 days of their deal
    assert three.low < 0.3 and three.high > 0.8  # seven cases tell little


def test_a_deal_that_is_only_reported_moves_the_base_rate_and_does_not_replace_it():
    found = seen(State.TENTATIVE_AGREEMENT, established=False)
    assert [s.name for s in found.shifts] == ["tentative_agreement"]
    assert found.cases > 1000
    assert week(seen(State.IN_TALKS, established=False)).chance < week(found).chance


def test_after_the_longest_gap_nothing_is_known():
    chances, left = talks.after_a_deal(400, (7,))
    assert left == 0
    assert (chances[0].low, chances[0].high) == (0.0, 1.0)


def test_an_announced_end_takes_the_place_of_the_state():
    on = DAY + timedelta(days=3)
    found = seen(State.STANDSTILL, entry(EventType.STRIKE_END, on))
    assert [s.name for s in found.shifts] == ["before the announced end", "announced end"]
    chance = {c.days: c.chance for c in found.chances}
    base = {c.days: c.chance for c in found.base}
    assert chance[1] < base[1]
    assert chance[3] > 0.3 > base[3]


def test_a_deadline_to_come_counts_and_one_that_has_passed_does_not():
    coming, past = (
        seen(None, entry(EventType.DEADLINE_SET, DAY + timedelta(days=n), status=EventStatus.HAPPENED))
        for n in (2, -2)
    )
    assert [s.name for s in coming.shifts] == ["deadline"]
    assert past.shifts == ()


def test_what_is_not_established_sets_no_end_and_no_deadline():
    on = DAY + timedelta(days=2)
    rumours = [entry(k, on, established=False) for k in (EventType.STRIKE_END, EventType.DEADLINE_SET)]
    assert seen(None, *rumours).shifts == ()


@pytest.mark.parametrize("state", [State.STRIKE_ENDED, State.RATIFIED])
def test_there_is_no_forecast_once_it_is_over(state):
    assert seen(state) is None


def test_there_is_no_forecast_without_a_strike_day():
    assert outlook.outlook((), as_of=DAY, clock=None, intervals=(), entries=()) is None
    assert "when the strike began" in outlook.why_none(None, DAY)
    assert "had not begun" in outlook.why_none(CLOCK, date(2024, 4, 1))


@settings(deadline=None)
@given(st.sampled_from([None, *talks.talks().states]), st.integers(1, 40))
def test_chances_grow_with_the_horizon_however_they_are_moved(state, ahead):
    found = seen(state, entry(EventType.DEADLINE_SET, DAY + timedelta(days=ahead)))
    for chances in (found.chances, found.deal, found.base):
        values = [c.chance for c in chances]
        assert values == sorted(values)
        assert all(0 < c.low <= c.chance <= c.high < 1 for c in chances)


def test_what_moved_it_is_said_in_bits():
    stuck = (standing(State.STANDSTILL, first=date(2024, 5, 1)),)
    before = outlook.outlook((), as_of=DAY - timedelta(days=7), clock=CLOCK, intervals=stuck, entries=())
    lines = outlook.moved(before, seen(State.IN_TALKS))
    assert "bits" in lines[0] and "2024-06-13" in lines[0]
    assert lines[1] == "The talks were standstill and are in talks."
    assert outlook.moved(None, seen()) == ()
