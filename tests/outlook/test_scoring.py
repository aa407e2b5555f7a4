from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Forecast, HorizonChance, StandingInterval, State
from onrecord.outlook.scoring import Target, calibration, score, scores, tally

DAY = date(2024, 6, 1)


def made(chance, *, days=7, as_of=DAY):
    told = (HorizonChance(days=days, chance=chance, low=chance / 2, high=chance),)
    return Forecast(as_of=as_of, elapsed=10, chances=told, reference="", cases=1, base=told)


def states(*given, known=True):
    return tuple(
        StandingInterval(
            state=s, first=first, last=None, since_known=known, established=True, authority=None, evidence=()
        )
        for s, first in given
    )


def held(forecast, intervals, until):
    (row,) = score([("d", forecast)], intervals={"d": intervals}, known_until={"d": until})
    return row.came


ENDED = DAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("intervals", "until", "days", "came"),
    [
        (states((State.STRIKE_ENDED, ENDED)), ENDED, 7, True),
        (states((State.STRIKE_ENDED, ENDED)), ENDED, 5, True),
        (states((State.STRIKE_ENDED, ENDED)), ENDED, 4, False),
        (states((State.TENTATIVE_AGREEMENT, ENDED)), ENDED, 7, None),  # a deal is no end
        (states((State.IN_TALKS, DAY)), DAY + timedelta(days=9), 7, False),
        (states((State.IN_TALKS, DAY)), DAY + timedelta(days=7), 7, None),  # the record stops on the day
        (states((State.STRIKE_ENDED, DAY - timedelta(days=1))), ENDED, 7, None),  # it was over already
        (states((State.STRIKE_ENDED, ENDED), known=False), ENDED, 4, None),  # it may have ended before it was told
        ((), DAY, 7, None),
    ],
)
def test_what_came_is_known_only_when_the_record_shows_it(intervals, until, days, came):
    assert held(made(0.2, days=days), intervals, until) is came


def test_scores_are_those_of_the_definition():
    rows = score(
        [("d", made(0.8)), ("d", made(0.2, as_of=DAY + timedelta(days=1), days=1))],
        intervals={"d": states((State.STRIKE_ENDED, ENDED))},
        known_until={"d": ENDED},
    )
    by_days = {t.days: t for t in tally(rows)}
    assert by_days[7].brier == pytest.approx(0.04)
    assert by_days[7].log_score == pytest.approx(0.3219, abs=1e-4)
    assert by_days[1].brier == pytest.approx(0.04)
    assert by_days[1].base_brier == by_days[1].brier
    assert [t.target for t in tally(rows)] == [Target.END, Target.END]


def test_few_cases_are_called_few():
    rows = score(
        [("d", made(0.8))], intervals={"d": states((State.STRIKE_ENDED, ENDED))}, known_until={"d": ENDED}
    )
    assert "1 case, too few" in scores(rows, forecasts=1).about
    pending = score([("d", made(0.8))], intervals={}, known_until={})
    assert "no outcome is known" in scores(pending, forecasts=1).about


@given(st.lists(st.tuples(st.floats(0.001, 0.999), st.booleans()), min_size=1, max_size=40))
def test_each_known_case_is_in_one_bin(cases):
    rows = [
        row
        for chance, came in cases
        for row in score(
            [("d", made(chance))],
            intervals={"d": states((State.STRIKE_ENDED, ENDED if came else DAY + timedelta(days=99)))},
            known_until={"d": DAY + timedelta(days=100)},
        )
    ]
    bins = calibration(rows)
    assert sum(b.cases for b in bins) == len(cases)
    assert all(b.low <= b.told <= b.high for b in bins)
