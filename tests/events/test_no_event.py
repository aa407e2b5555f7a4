"""Texts that tell of no event of a labour dispute, though they use its words."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of

FOREIGN = {
    "air strike": "An air strike hit a workers' canteen near the port on Monday; rescue crews searched for staff.",
    "missile strike": "Russian missile strikes on a power plant killed three workers, the ministry said.",
    "baseball": "The rookie threw a called third strike in the ninth and the players walked off the field.",
    "football": "A late strike by the captain settled the match, and the supporters walked out singing.",
    "striker": "The club's striker is in talks over a new contract, and his agent has rejected the first offer.",
    "lightning": "Lightning struck a hotel roof on Sunday, and staff were sent home.",
    "hunger strike": "A prisoner began a hunger strike on Monday to protest at conditions, his lawyer said.",
    "climate strike": "Pupils plan a climate strike on Friday, and thousands are expected to march through Bonn.",
    "rent strike": "Tenants voted for a rent strike at a meeting with their council on Tuesday.",
    "strike a balance": "The budget strikes a balance between staff costs and services, the council leader said.",
    "gold": "The company struck gold with its new game, and its employees will get a bonus.",
    "trade deal": "The European Union reached a trade deal with Chile on Monday after three years of talks.",
    "peace talks": "Peace talks collapsed on Thursday, and both sides accused each other of leaving the table.",
    "ceasefire": "Mediators said that the two sides had agreed to resume ceasefire talks on Sunday.",
    "credit union": "Members of the credit union voted to approve a merger on Monday.",
    "house sale": "The sellers rejected our offer on Friday, and the estate agent has asked for a meeting.",
    "court": "The jury reached an agreement on Wednesday, and the judge ordered the company to pay a fine.",
    "takeover": "The board rejected a takeover offer of £2 billion; talks with the bidder ended on Monday.",
    "film": "In the film, the hero walks out on his family and strikes a deal with a gangster.",
    "statistics": (
        "Labour disputes cost 6,400 working days in March, fewer than in any month since 2019, the yearbook says. "
        "Employers expect pay rises of 4 per cent next year."
    ),
    "oil": "The company said that a well it struck in April would go into production, and crews are on site.",
    "matches": "She struck a match and looked at the members of the crew.",
    "union of ideas": "The gallery calls its show a union of craft and code; staff will lead tours on Saturday.",
    "election": "Voters go to the polls on Thursday, and both parties held rallies in Ohio on Monday.",
    "clock": "The clock struck twelve as the workers' choir began to sing.",
}

ASIDE = {
    "headline that asks": ("", "Will the nurses strike next week?"),
    "question": ("Will the drivers walk out on Monday?", None),
    "past strike": ("In 1998 the weavers walked out and stayed away until spring.", None),
    "years ago": ("Sixteen years ago the pilots struck for a week.", None),
    "the last time": ("The last time the dockers walked out, the port was shut for nine days.", None),
    "generic": ("A lockout is imposed by an employer, a strike is called by a union.", None),
    "counterfactual": ("Otherwise the strike would have begun on Monday.", None),
    "inverted condition": ("Had talks resumed, the dockers would have gone back.", None),
    "asked whether": ("Asked whether talks were planned, the president would not say.", None),
    "if they had": ("If the company had tabled the offer in May, nobody would have walked out.", None),
    "bare wish": ("The union wants a deal.", None),
    "indirect question": ("Nobody would say when the talks will resume.", None),
    "no date": ("No date was given for a next session.", None),
    "as planned": ("The mediator spoke as planned.", None),
    "bare count": ("The strike has entered its ninth week.", None),
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_word_in_another_sense_is_no_event(text: str) -> None:
    assert events_of(text, context=False) == ()


@pytest.mark.parametrize(("text", "title"), ASIDE.values(), ids=ASIDE.keys())
def test_what_is_asked_supposed_or_long_past_is_no_event(text: str, title: str | None) -> None:
    assert events_of(text, title=title) == ()
