import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import outlook
from onrecord.model import OnrecordError
from onrecord.outlook.chances import parameters
from onrecord.outlook.hazard import columns

DAY = date(2023, 9, 20)


def test_a_long_writers_strike_meets_the_reference_figures():
    found = outlook.forecast(elapsed=141, as_of=DAY, workers=11_500, industry="arts_entertainment")
    for chance, told in zip(found.chances, (0.009, 0.024, 0.060, 0.115, 0.23), strict=True):
        assert told / 1.25 <= chance.chance <= told * 1.25
        assert chance.low < chance.chance < chance.high


@settings(deadline=None)
@given(
    st.integers(0, 2000),
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.one_of(st.none(), st.integers(1, 10**6)),
    st.one_of(st.none(), st.sampled_from(outlook.industries())),
    st.one_of(st.none(), st.sampled_from(outlook.unions())),
)
def test_chances_are_chances_grow_with_the_horizon_and_lie_in_their_interval(
    elapsed, day, workers, industry, union
):
    found = outlook.forecast(elapsed=elapsed, as_of=day, workers=workers, industry=industry, union=union)
    values = [c.chance for c in found.chances]
    assert values == sorted(values)
    assert all(0 < c.low <= c.chance <= c.high < 1 for c in found.chances)
    assert found.cases >= 0


def test_the_reference_class_shrinks_with_age():
    sizes = [outlook.forecast(elapsed=d, as_of=DAY).cases for d in (1, 30, 141, 700)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[2] > 1000


def test_it_is_quick():
    outlook.forecast(elapsed=10, as_of=DAY)
    begun = time.perf_counter()
    outlook.forecast(elapsed=141, as_of=DAY)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"elapsed": -1}, "cannot have lasted"),
        ({"elapsed": 1, "horizons": (0,)}, "horizon"),
        ({"elapsed": 1, "industry": "alchemy"}, "it knows"),
        ({"elapsed": 1, "union": "NOBODY"}, "it knows"),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_a_sentence(options, message):
    with pytest.raises(OnrecordError, match=message):
        outlook.forecast(as_of=DAY, **options)


def test_the_parameter_file_fits_the_design():
    known = parameters()
    assert known.theta.shape == (len(columns(known.terms)),)
    assert known.drawn.shape[1:] == known.theta.shape


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 60), st.integers(1, 60))
def test_chances_chain(elapsed, first, more):
    """Going on for both stretches is going on for the first and then for the second."""
    whole = outlook.forecast(elapsed=elapsed, as_of=DAY, horizons=(first, first + more)).chances
    later = outlook.forecast(elapsed=elapsed + first, as_of=DAY + timedelta(days=first), horizons=(more,)).chances
    assert 1 - whole[1].chance == pytest.approx((1 - whole[0].chance) * (1 - later[0].chance))
