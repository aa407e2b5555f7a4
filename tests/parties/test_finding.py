"""A text, and who is who in it. The sentences are invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import PartyKind, Side, Span
from onrecord.parties import Who, find, load
from tests.factories import parsed

PRESETS = load()
UNION, FIRM, BODY = PartyKind.UNION, PartyKind.EMPLOYER, PartyKind.EMPLOYERS_BODY


def who(text: str, *, outlet: str | None = None, title: str | None = None) -> Who:
    return find(parsed(text, outlet=outlet, title=title), PRESETS)


def said(text: str, found: Who, *, title: str | None = None) -> list[tuple[str, str | None]]:
    whole = f"{title}\n\n{text}" if title else text
    return [(m.span.of(whole), m.party) for m in found.mentions]


@pytest.mark.parametrize(
    ("text", "id", "name", "kind", "side"),
    [
        (
            "The Port Pilots' Guild (PPG) has called a strike. The PPG said so.",
            "port-pilots-guild",
            "Port Pilots' Guild",
            UNION,
            Side.WORKERS,
        ),
        (
            "The Union of Glass, Lens and Optical Workers voted to walk out.",
            "union-of-glass-lens-and-optical-workers",
            "Union of Glass, Lens and Optical Workers",
            UNION,
            Side.WORKERS,
        ),
        (
            "Members of the Lamplighters' Brotherhood are on strike.",
            "lamplighters-brotherhood",
            "Lamplighters' Brotherhood",
            UNION,
            Side.WORKERS,
        ),
        (
            "Talks between the Allied Weavers Union and Halden Textiles broke down.",
            "halden-textiles",
            "Halden Textiles",
            FIRM,
            Side.EMPLOYERS,
        ),
        (
            "Halden Textiles has locked out 300 weavers.",
            "halden-textiles",
            "Halden Textiles",
            FIRM,
            Side.EMPLOYERS,
        ),
        (
            "Nurses at Saint Orla Infirmary began a strike on Monday.",
            "saint-orla-infirmary",
            "Saint Orla Infirmary",
            FIRM,
            Side.EMPLOYERS,
        ),
        (
            "The Tram Drivers' Union met the Coastal Tramway Operators Association, and the union rejected the "
            "Coastal Tramway Operators Association's offer.",
            "coastal-tramway-operators-association",
            "Coastal Tramway Operators Association",
            BODY,
            Side.EMPLOYERS,
        ),
        # a company that nothing puts across the table has no side
        (
            "The Tram Drivers' Union is on strike. Marrow Insurance Group put the cost at a million.",
            "marrow-insurance-group",
            "Marrow Insurance Group",
            FIRM,
            None,
        ),
        ("Teamsters Local 77 set up pickets.", "teamsters-local-77", "Teamsters Local 77", UNION, Side.WORKERS),
        (
            "Local 12 of the Amalgamated Glaziers Union said so.",
            "amalgamated-glaziers-union-local-12",
            "Local 12",
            UNION,
            Side.WORKERS,
        ),
    ],
)
def test_a_party_that_no_preset_knows(text: str, id: str, name: str, kind: PartyKind, side: Side | None) -> None:
    party = who(text).party(id)
    assert party is not None
    assert (party.name, party.kind, party.side) == (name, kind, side)


@pytest.mark.parametrize(
    ("text", "mention", "party"),
    [
        ("The Writers\u2019 Guild of America met on Monday.", "Writers\u2019 Guild of America", "wga"),
        ("W.G.A. leaders met.", "W.G.A.", "wga"),
        ("Members of WGA West voted.", "WGA West", "wga-west"),
        ("The RMT's ballot closes today.", "RMT", "rmt"),
        ("Workers at Ford Motor Company struck.", "Ford Motor Company", "ford"),
        ("The United Auto Workers union met.", "United Auto Workers", "uaw"),
        ("As The Hollywood Reporter wrote, talks go on.", "Hollywood Reporter", "hollywood-reporter"),
        ("Deadline reported that talks go on.", "Deadline", "deadline"),
        ("Talks go on, according to Variety.", "Variety", "variety"),
    ],
)
def test_a_preset_is_found_by_its_names(text: str, mention: str, party: str) -> None:
    assert (mention, party) in said(text, who(text))


@pytest.mark.parametrize(
    "text",
    [
        "They met at Union Station.",
        "The European Union welcomed the vote.",
        "He runs a credit union in Leeds.",
        "The president gave the State of the Union address.",
        "She wired the money by Western Union.",
        "Manchester United lost at home.",
        "United they stand.",
        "Deadline day is near.",
        "Variety is the spice of life.",
        "Unite behind us now.",
        "Target practice was held on Sunday.",
        "Prices have their ups and downs.",
        "Some writers rise early.",
        "The Ford Foundation gave a grant.",
        "The Amazon rainforest burns.",
    ],
)
def test_words_that_name_no_party(text: str) -> None:
    assert [m for m in who(text).mentions if m.party is not None] == []


def test_a_place_where_people_gather_is_no_speaker() -> None:
    text = "Hundreds rallied outside Netflix in the rain. The WGA was there."
    mention = who(text).at(Span(text.index("Netflix"), text.index("Netflix") + 7))
    assert mention is not None and mention.party is None and mention.why == "a place here"


GUILD = "The Port Pilots' Guild is on strike against Halden Harbour Group. "


@pytest.mark.parametrize(
    ("text", "mention", "party"),
    [
        (GUILD + "The guild met.", "guild", "port-pilots-guild"),
        (GUILD + "The union met.", "union", "port-pilots-guild"),
        (GUILD + "Union leaders met.", "Union leaders", "port-pilots-guild"),
        (GUILD + "The company would not comment.", "company", "halden-harbour-group"),
        (GUILD + "The group would not comment.", "group", "halden-harbour-group"),
        (GUILD + "The pilots want rest.", "pilots", "port-pilots-guild"),
        (GUILD + "Its members want rest.", "members", "port-pilots-guild"),
        (GUILD + "Management would not comment.", "Management", "halden-harbour-group"),
        (
            GUILD + "The bargaining committee met.",
            "bargaining committee",
            "port-pilots-guild-bargaining-committee",
        ),
        ("The WGA met the AMPTP, and the studios and streamers waited.", "studios and streamers", "amptp"),
        ("The WGA met the AMPTP. The alliance waited.", "alliance", "amptp"),
        # two candidates: the one just named
        ("The WGA met. SAG-AFTRA met too. The UAW called. The union wants more.", "union", "uaw"),
        # two candidates and nothing to tell them apart
        ("The RMT and Aslef met. The union wants more.", "union", None),
        # no company is meant by "the company" when a body bargains for several
        ("The WGA met the AMPTP and Netflix. The company waited.", "company", None),
        ("Nobody came. The union wants more.", "union", None),
        # named too late to be meant
        ("The guild met. " + "It rained. " * 5 + "SAG-AFTRA waits.", "guild", None),
        # another trade
        (GUILD + "The teachers came to help.", "teachers", "missing"),
    ],
)
def test_a_generic_mention_resolves_when_one_candidate_remains(text: str, mention: str, party: str | None) -> None:
    found = [p for m, p in said(text, who(text)) if m == mention]
    assert found[-1:] == ([] if party == "missing" else [party])


def test_an_unresolved_mention_says_why() -> None:
    text = "The RMT and Aslef met. The union wants more."
    mention = who(text).at(Span(text.rindex("union"), text.rindex("union") + 5))
    assert mention is not None and "may be any of aslef, rmt" in mention.why


@pytest.mark.parametrize(
    "text",
    [
        "The Northfield Education Association will walk out on Tuesday unless the offer improves.",
        "The Harbour Engineers' Society voted to strike, its president said on Friday.",
    ],
)
def test_who_is_to_strike_is_on_the_workers_side(text: str) -> None:
    who = find(parsed(text), load())
    assert who.workers is not None


def test_both_sides_are_both_leading_parties() -> None:
    text = GUILD + "Both sides met on Monday."
    found = who(text)
    at = text.index("Both sides")
    assert found.at(Span(at, at + 10)) is not None and found.resolve(Span(at, at + 10)) is None
    assert found.both_sides(Span(at, at + 10)) == ("port-pilots-guild", "halden-harbour-group")
    assert found.both_sides(Span(4, 10)) == ()


def test_both_sides_of_one_known_side_are_nobody() -> None:
    text = "The RMT is on strike. Both sides met."
    at = text.index("Both")
    assert who(text).both_sides(Span(at, at + 10)) == ()


@pytest.mark.parametrize(
    ("text", "name", "parent", "side"),
    [
        ("RMT negotiator Orla Fenn left.", "Orla Fenn", "rmt", Side.WORKERS),
        ("Orla Fenn, the RMT's chief negotiator, left.", "Orla Fenn", "rmt", Side.WORKERS),
        ("Orla Fenn, general secretary of the RMT, left.", "Orla Fenn", "rmt", Side.WORKERS),
        ("Orla Fenn, who heads the RMT, left.", "Orla Fenn", "rmt", Side.WORKERS),
        ("UAW President Tom Quill said no.", "Tom Quill", "uaw", Side.WORKERS),
        ("Boeing chief executive Tom Quill said no.", "Tom Quill", "boeing", Side.EMPLOYERS),
        ("Netflix's Tom Quill said no.", "Tom Quill", "netflix", Side.EMPLOYERS),
        (
            "The RMT called a strike. Its general secretary, Orla Fenn, said no.",
            "Orla Fenn",
            "rmt",
            Side.WORKERS,
        ),
        (
            GUILD + "Orla Fenn, the guild's president, said no.",
            "Orla Fenn",
            "port-pilots-guild",
            Side.WORKERS,
        ),
        ("Captain Orla Fenn said no.", "Orla Fenn", None, None),
        ("CNBC's Tom Quill said no.", "Tom Quill", "cnbc", Side.NEITHER),
    ],
)
def test_a_person_with_role_and_side(text: str, name: str, parent: str | None, side: Side | None) -> None:
    found = who(text).persons
    assert [(p.name, p.parent, p.side) for p in found if p.name == name] == [(name, parent, side)]


def test_a_surname_is_the_person_named_before() -> None:
    text = "Orla Fenn, president of the RMT, spoke. Ms Fenn was brief. \u201cNo,\u201d Fenn said."
    assert [p for m, p in said(text, who(text)) if m == "Fenn"] == ["orla-fenn", "orla-fenn"]


def test_a_surname_that_two_persons_share_stays_unresolved() -> None:
    text = "RMT president Orla Fenn met Boeing president Tom Fenn. Later Fenn left."
    assert ("Fenn", None) in said(text, who(text))


def test_the_documents_own_outlet_is_known_by_its_last_word() -> None:
    text = "It is over, a pilot told the Ledger on Monday."
    assert ("Ledger", "salt-bay-ledger") in said(text, who(text, outlet="The Salt Bay Ledger"))


def test_who_leads_a_side_is_the_body_with_its_members() -> None:
    text = "Disney, Netflix and Sony left. The WGA met the AMPTP. SAG-AFTRA waits. The WGA is firm. Disney is not."
    found = who(text)
    assert (found.workers, found.employers) == ("wga", "amptp")


def test_a_document_without_sides_has_none() -> None:
    found = who("It rained in the valley for a week.")
    assert (found.workers, found.employers, found.parties) == (None, None, ())


def test_a_mention_of_a_group_is_told_from_the_body() -> None:
    text = GUILD + "The pilots want rest."
    found = who(text)
    at = text.index("pilots want")
    assert found.is_group(Span(at, at + 6)) and not found.is_group(Span(4, 10))


def test_the_person_is_meant_where_the_body_stands_before_the_name() -> None:
    text = "WGA negotiator Orla Fenn left."
    assert who(text).resolve(Span(0, 24)).id == "orla-fenn"  # type: ignore[union-attr]


def test_soft_hyphens_and_typographic_marks_do_not_hide_a_name() -> None:
    text = "The Wri\u00adters\u2019 Guild met the A\u200bMPTP."
    assert [p for _, p in said(text, who(text))] == ["wga", "amptp"]


PIECES = st.sampled_from(
    re.findall(
        r"[^ ]+",
        "the The guild Guild union WGA AMPTP , . ( ) ' ’s ’ and of Local 12 Fenn Orla Mr writers nurses strike at "
        "between Halden Group Workers both sides Both its members - Deadline Unite & é ß \n \n\n \u00ad \u200b",
    )
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=80)))
def test_any_text_is_read_the_same_twice_and_spans_cut_no_word(text: str) -> None:
    first, second = who(text), who(text)
    assert first == second
    end = 0
    ids = {p.id for p in first.parties}
    for mention in first.mentions:
        span = mention.span
        assert end <= span.start and span.end <= len(text)
        end = span.end
        assert mention.party is None or mention.party in ids
        assert not (span.start and text[span.start - 1].isalnum() and text[span.start].isalnum())
        assert not (span.end < len(text) and text[span.end - 1].isalnum() and text[span.end].isalnum())
    for id in (first.workers, first.employers):
        assert id is None or id in ids


def test_the_word_for_an_industry_is_no_employer_and_the_studios_are_their_alliance() -> None:
    text = "Hollywood waits for a deal. The studios said that talks would resume. The AMPTP declined to comment."
    who = find(parsed(text), load())
    named = {m.span.of(text): m.party for m in who.mentions}
    assert not any("hollywood" in words.casefold() for words in named)
    assert next(party for words, party in named.items() if "studios" in words.casefold()) == "amptp"


def test_a_local_leads_its_officer() -> None:
    text = "Teamsters Local 1234 president Ida Holm said that buses would stop."
    who = find(parsed(text), load())
    holm = next(p for p in who.parties if p.name == "Ida Holm")
    body = who.party(holm.parent or "")
    assert body is not None and body.name == "Teamsters Local 1234" and body.parent == "teamsters"
