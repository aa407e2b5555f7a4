from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onrecord import outlook
from onrecord.model import Ahead, Forecast, HorizonChance, Likelihood, Span, StrikeClock
from onrecord.weighing import overreach

ON = date(2024, 6, 20)
CLOCK = StrikeClock(earliest=date(2024, 2, 1), latest=date(2024, 2, 1), evidence=())


def fixed(chance):
    def forecast(*, elapsed, as_of, horizons):
        told = tuple(HorizonChance(days=h, chance=chance, low=chance * 0.7, high=chance * 1.4) for h in horizons)
        return Forecast(as_of=as_of, elapsed=elapsed, chances=told, reference="invented", cases=100)

    return forecast


def claim(low=0.2, high=0.55, *, horizon="2024-06-20", direction=1):
    return Ahead(
        span=Span(0, 5),
        direction=direction,
        likelihood=Likelihood(low=low, high=high, source="a survey"),
        horizon=horizon,
    )


def weigh(ahead, *, clock=CLOCK, on=ON, forecast=None):
    return overreach(ahead, document="d", clock=clock, on=on, forecast=forecast or fixed(0.01))


def test_a_deal_that_could_come_today_is_five_bits_ahead():
    found = weigh(claim())
    assert found.low == pytest.approx(4.6, abs=0.05)
    assert found.high == pytest.approx(6.9, abs=0.05)
    assert found.bits == pytest.approx((found.low + found.high) / 2)
    assert [p.name for p in found.parts] == ["conveyed, low", "conveyed, high", "base rate"]


def test_today_is_one_day_of_a_stoppage_still_on_the_evening_before():
    asked = []

    def forecast(**options):
        asked.append(options)
        return fixed(0.01)(**options)

    weigh(claim(horizon="2024-06-18/2024-06-22"), forecast=forecast)
    assert asked == [{"elapsed": 139, "as_of": date(2024, 6, 19), "horizons": (3,)}]


@pytest.mark.parametrize(
    ("ahead", "options", "why"),
    [
        (claim(), {"clock": None}, "began is unknown"),
        (claim(), {"on": None}, "said is unknown"),
        (claim(horizon=None), {}, "by when"),
        (claim(horizon="2024-06-20/.."), {}, "by when"),
        (claim(horizon="2024-06-19"), {}, "lies before"),
        (claim(), {"clock": StrikeClock(earliest=ON, latest=ON, evidence=())}, "lasted a day"),
        (Ahead(span=Span(0, 5), direction=1, horizon="2024-06-20"), {}, "no likelihood"),
    ],
)
def test_what_is_unknown_stays_unknown_and_says_why(ahead, options, why):
    found = weigh(ahead, **options)
    assert (found.bits, found.low, found.high, found.parts) == (None, None, None, ())
    assert why in found.why


def test_a_start_within_a_window_widens_the_interval():
    window = StrikeClock(earliest=date(2024, 2, 1), latest=date(2024, 6, 1), evidence=())
    wide, narrow = (
        weigh(claim(), clock=window, forecast=outlook.forecast),
        weigh(claim(), forecast=outlook.forecast),
    )
    assert wide.high - wide.low > narrow.high - narrow.low


def test_today_in_an_undated_document_is_one_day_of_some_age():
    found = weigh_undated(until=ON)
    young, old = (
        outlook.forecast(elapsed=d, as_of=CLOCK.earliest, horizons=(1,)).chances[0].chance for d in (1, 140)
    )
    assert found.low < found.bits < found.high
    assert found.high - found.low > 3  # the age is hardly known, and the interval says so
    assert old < found.base < young


def test_an_undated_claim_needs_a_start_and_another_documents_day():
    assert "began is unknown" in weigh_undated(until=None).why
    assert "lasted a day" in weigh_undated(until=CLOCK.earliest).why


def weigh_undated(*, until):
    return overreach(
        claim(horizon="P1D"), document="d", clock=CLOCK, on=None, forecast=outlook.forecast, until=until
    )


def test_gloom_runs_behind():
    found = weigh(claim(0.8, 0.95, direction=-1, horizon="2024-12-31"), forecast=fixed(0.7))
    assert found.high < 0


CHANCES = st.floats(0.001, 0.999)


@given(CHANCES, CHANCES, CHANCES, st.sampled_from([1, -1]))
def test_the_point_lies_within_the_interval(a, b, base, direction):
    found = weigh(claim(min(a, b), max(a, b), direction=direction), forecast=fixed(base))
    assert found.low - 1e-9 <= found.bits <= found.high + 1e-9


@given(CHANCES, CHANCES, CHANCES)
def test_a_stronger_wording_reaches_farther(a, b, base):
    assume(b - a > 1e-9)  # nearer than that, log odds are the same float
    weaker, stronger = (weigh(claim(p, p), forecast=fixed(base)) for p in (a, b))
    assert weaker.bits < stronger.bits


@given(CHANCES, CHANCES)
def test_a_likelier_end_leaves_less_overreach(a, b):
    assume(b - a > 1e-9)  # nearer than that, log odds are the same float
    assert weigh(claim(), forecast=fixed(a)).bits > weigh(claim(), forecast=fixed(b)).bits


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 60))
def test_a_longer_horizon_leaves_less_overreach(days, more):
    near, far = (
        weigh(claim(horizon=(ON + timedelta(days=d)).isoformat()), forecast=outlook.forecast)
        for d in (days, days + more)
    )
    assert near.bits > far.bits
