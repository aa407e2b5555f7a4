"""The state of the talks according to one text."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import dating
from onrecord.model import Span, State
from onrecord.standing.document import state_of
from tests.events.reading import CONTEXT, of
from tests.events.test_read import _seed
from tests.factories import parsed

CUES = tomllib.loads(files("onrecord.standing").joinpath("data/cues.toml").read_text("utf-8"))["cue"]
STRIKE = " The dockers have been on strike since May 2."

TEXTS = """
pre_strike | Dockers have voted by 91 per cent to authorise a strike. Talks go on.
pre_strike | The nurses will strike on May 20. Talks between the union and the hospital broke down on Tuesday.
pre_strike | The drivers threatened to strike next week if the two sides do not agree.
no_talks | Talks between the union and the port broke down on Tuesday. STRIKE
no_talks | No further talks are scheduled. STRIKE
no_talks | The company walked away from the table on Monday. STRIKE
no_talks | The two sides met on April 20. Neither side has proposed a date for more talks. STRIKE
standstill | Negotiations have reached an impasse. STRIKE
standstill | Each side is waiting for the other to move. STRIKE
standstill | The talks are deadlocked, both say. STRIKE
talks_scheduled | Talks are set for Friday. STRIKE
talks_scheduled | The two sides agreed to return to the table next week. STRIKE
in_talks | The union and the port met on Tuesday and will meet again on Thursday. STRIKE
in_talks | The two sides are still talking. STRIKE
in_talks | Contract talks resumed on Monday. STRIKE
in_talks | The union and the port bargained all day on Tuesday. STRIKE
tentative_agreement | The union and the port reached a tentative agreement on Tuesday.
tentative_agreement | The union and the port have a deal. Members will vote on the agreement next week.
strike_ended | The union suspended the strike on Tuesday pending a vote on the deal.
strike_ended | The strike is over. A ratification vote will be held next week.
ratified | Members ratified the contract on Monday. The strike ended on May 6.
talks_scheduled | Members voted down the deal on Sunday. Talks are set for Friday. STRIKE
no_talks | Members voted down the tentative agreement on Sunday. No talks are planned. STRIKE
no_talks | On day three of our strike the port's negotiators packed up and left. No talks are planned.
no_talks | Unite has been on strike at Hartwell Ltd since May 2. Talks with the RMT failed. Miners ratified a deal.
standstill | The next move, says the union, is the port's. No talks are planned. STRIKE
pre_strike | Reports that talks had collapsed were denied by the union. Dockers could strike on May 20.
tentative_agreement | Dockers will end the strike on Thursday while ratification of their contract is pending.
None | The dockers have been on strike since May 2.
None | Are the two sides at an impasse? STRIKE
None | The weather was fine.
"""


def state(text: str, *, published: str | None = "2024-05-15") -> tuple[State | None, tuple[Span, ...]]:
    given_ = parsed(text, published=published)
    times, _ = dating.read(given_, given_.article.published)
    return state_of(given_, of(given_), times)


@pytest.mark.parametrize("row", TEXTS.strip().splitlines())
def test_the_state_a_text_tells(row: str) -> None:
    expected, text = (part.strip() for part in row.split("|"))
    found, evidence = state(text.replace(" STRIKE", STRIKE) + CONTEXT)
    assert str(found) == expected
    assert bool(evidence) == (found is not None)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["example"])
def test_a_cue_is_found_in_its_example_alone(cue: dict[str, str]) -> None:
    assert re.search(cue["pattern"], cue["example"].lower())
    others = [c for c in CUES if c["pattern"] != cue["pattern"] and c["state"] == cue["state"]]
    assert not any(re.search(c["pattern"], cue["example"].lower()) for c in others)


def test_a_deal_told_and_denied_is_none() -> None:
    found, _ = state(
        "A newsletter said that the union and the port had reached a deal. There is no deal, the union said. "
        "The two sides met on Tuesday and will meet again on Friday." + STRIKE + CONTEXT
    )
    assert found is State.IN_TALKS


def test_a_joint_text_that_fixes_talks_is_no_talks() -> None:
    text = (
        "The Dockers' Union and the Port Employers' Federation parted when the strike began. They will meet "
        "on Thursday, the two sides said in a joint statement on Monday."
    )
    assert state(text, published="2024-05-13")[0] is State.TALKS_SCHEDULED


def test_an_old_meeting_is_no_talks_under_way() -> None:
    found, _ = state("The union and the port met on March 3." + STRIKE + CONTEXT)
    assert found is not State.IN_TALKS


def test_the_seeds() -> None:
    assert state(_seed(0), published="2023-09-13")[0] is State.STANDSTILL
    assert state(_seed(1), published=None)[0] is State.IN_TALKS


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
def test_it_never_raises_and_its_evidence_slices_the_text(text: str) -> None:
    if text.strip():
        _, evidence = state(text)
        assert all(0 <= s.start < s.end <= len(text) for s in evidence)
