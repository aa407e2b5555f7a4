"""Each list of data/words.toml and each pattern of data/evidence.toml earns its place."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from onrecord.model import PartyKind, Side
from onrecord.parties import find, load
from onrecord.parties.chunks import Name, kind
from onrecord.parties.lines import vocabulary
from onrecord.parties.names import key
from onrecord.parties.rendering import evidence
from tests.factories import parsed

WORDS = tomllib.loads(files("onrecord.parties").joinpath("data/words.toml").read_text("utf-8"))
EVIDENCE = tomllib.loads(files("onrecord.parties").joinpath("data/evidence.toml").read_text("utf-8"))
TRAPS = [
    row
    for row in files("onrecord.parties").joinpath("data/traps.txt").read_text("utf-8").splitlines()
    if row and not row.startswith("#")
]
PRESETS = load()


@pytest.mark.parametrize("word", WORDS["organisations"]["union"])
def test_each_union_word_makes_a_union(word: str) -> None:
    assert kind(key(f"Amalgamated {word.title()} Association")) is Name.UNION


@pytest.mark.parametrize("word", WORDS["organisations"]["employers"])
def test_each_employers_word_makes_an_employers_body(word: str) -> None:
    assert kind(key(f"Northern {word.title()} Alliance")) is Name.EMPLOYERS_BODY


@pytest.mark.parametrize("word", WORDS["organisations"]["body"])
def test_each_body_word_makes_a_body(word: str) -> None:
    assert kind(key(f"Northern Salt {word.title()}")) in (Name.BODY, Name.COMPANY)


@pytest.mark.parametrize("word", WORDS["organisations"]["company"])
def test_each_company_word_makes_a_company(word: str) -> None:
    assert kind(key(f"Halden Salt {word.title()}")) is Name.COMPANY


@pytest.mark.parametrize("word", WORDS["organisations"]["public"])
def test_each_public_word_makes_a_public_body(word: str) -> None:
    assert kind(key(f"Halden Salt {word.title()}")) is Name.PUBLIC


@pytest.mark.parametrize("word", WORDS["organisations"]["outlet"])
def test_each_outlet_word_makes_an_outlet(word: str) -> None:
    assert kind(key(f"Halden {word.title()}")) in (Name.OUTLET, Name.COMPANY)


@pytest.mark.parametrize("word", WORDS["organisations"]["tail"])
def test_each_tail_takes_a_presets_name_away(word: str) -> None:
    found = find(parsed(f"They saw the Boeing {word.title()} on Monday."), PRESETS)
    assert found.party("boeing") is None


@pytest.mark.parametrize("role", WORDS["persons"]["role"])
def test_each_role_ties_a_person_to_a_body(role: str) -> None:
    found = find(parsed(f"Orla Fenn, the {role} of the RMT, left."), PRESETS)
    assert [(p.name, p.parent) for p in found.persons] == [("Orla Fenn", "rmt")]


@pytest.mark.parametrize("leads", WORDS["persons"]["leads"])
def test_each_verb_of_leading_ties_a_person_to_a_body(leads: str) -> None:
    found = find(parsed(f"Orla Fenn, who {leads} the RMT, left."), PRESETS)
    assert [p.parent for p in found.persons] == ["rmt"]


@pytest.mark.parametrize("noun", [*WORDS["generic"]["union"], *WORDS["generic"]["workers_people"]])
def test_each_union_noun_stands_for_the_only_union(noun: str) -> None:
    text = f"Local 9 of the Lamplighters' Guild and Brotherhood met. The {noun} agreed."
    found = find(parsed("The WGA met Local 9. " + text), PRESETS)
    assert noun in [m.span.of("The WGA met Local 9. " + text) for m in found.mentions]


@pytest.mark.parametrize("noun", WORDS["generic"]["employer"])
def test_each_employer_noun_stands_for_the_only_employer(noun: str) -> None:
    text = f"The RMT is on strike at Boeing. The {noun} would not comment."
    found = find(parsed(text), PRESETS)
    assert (noun, "boeing") in [(m.span.of(text), m.party) for m in found.mentions]


@pytest.mark.parametrize("noun", WORDS["generic"]["own"])
def test_each_noun_of_a_name_stands_for_the_body_that_has_it(noun: str) -> None:
    text = f"The Halden Salt {noun.title()} met. Later the {noun} agreed."
    found = find(parsed(text), PRESETS)
    if kind(key(f"Halden Salt {noun}")) is not Name.OTHER:
        assert noun in [m.span.of(text) for m in found.mentions]


@pytest.mark.parametrize("noun", WORDS["generic"]["companies"])
def test_each_group_of_companies_is_spoken_for_by_its_body(noun: str) -> None:
    text = f"The WGA met the AMPTP. The {noun} agreed."
    found = find(parsed(text), PRESETS)
    assert (noun, "amptp") in [(m.span.of(text), m.party) for m in found.mentions]


@pytest.mark.parametrize("noun", WORDS["generic"]["occupations"])
def test_each_trade_on_strike_is_a_side(noun: str) -> None:
    text = f"The striking {noun} were on the picket line."
    found = find(parsed(text), PRESETS)
    if key(noun) in vocabulary().sets["grammar.anyone"]:
        assert found.workers is None
    else:
        assert found.workers is not None and found.parties[0].kind is PartyKind.GROUP


@pytest.mark.parametrize("words", WORDS["generic"]["both"])
def test_each_wording_for_both_sides(words: str) -> None:
    text = f"The RMT and Network Rail met. Now {words} wait."
    found = find(parsed(text), PRESETS)
    at = next(m for m in found.mentions if m.why == "both sides")
    assert found.both_sides(at.span) == ("rmt", "network-rail")


@pytest.mark.parametrize("phrase", TRAPS)
def test_each_trap_names_nobody(phrase: str) -> None:
    found = find(parsed(f"They spoke of the {phrase} again."), PRESETS)
    assert [m for m in found.mentions if m.party is not None] == []


SENTENCES = {
    "between {U} and {X}": "Talks between the RMT and Halden broke down.",
    "between {X} and {U}": "Talks between Halden and the RMT broke down.",
    "{U} (?:and|or|nor) {X}": "Neither the RMT nor Halden came.",
    "{X} (?:and|or|nor) {U}": "Yesterday Halden and the RMT met.",
    "{U} {any}(?:with|against) {X}": "The RMT bargains hard with Halden.",
    "(?:contract|pay|wage|labou?r|formal|new) (?:talks|negotiations|dispute|bargaining|deal) (?:with|at) {X}": (
        "The RMT hopes for pay talks at Halden."
    ),
    "(?:contract|agreement|deal|bargaining|negotiations|settlement|negotiate|bargain|negotiating) with {X}": (
        "It wants to bargain with Halden, says Aslef."
    ),
    "{X} (?:has |have |had )?(?:locked|lock|locks) out": "In May Halden locked out its weavers.",
}


@pytest.mark.parametrize("pattern", sorted(SENTENCES))
def test_patterns_put_a_company_across_the_table(pattern: str) -> None:
    assert pattern in EVIDENCE["employer"]["patterns"]
    halden = find(parsed(SENTENCES[pattern]), PRESETS).party("halden")
    assert halden is not None and halden.side is Side.EMPLOYERS


@pytest.mark.parametrize(
    ("table", "n", "text"),
    [
        ("employer", 7, "a strike at <x0> began"),
        ("employer", 8, "they struck <x0>"),
        ("employer", 9, "the <x0> strike goes on"),
        ("employer", 11, "what <x0> management says"),
        ("employer", 12, "<x0>'s latest pay offer fell"),
        ("employer", 13, "<x0> has offered less"),
        ("employer", 14, "the <u1> members rejected <x0>'s terms"),
        ("weak", 0, "<w1> at <x0> marched"),
        ("weak", 1, "<x0>'s striking <w1> marched"),
        ("workers", 0, "members of <x0> voted"),
        ("workers", 1, "<x0> called off the strike"),
        ("workers", 2, "<x0> members marched"),
        ("workers", 3, "<x0> , the union behind it"),
        ("workers", 4, "<x0> is set to walk out"),
        ("place", 0, "they rallied outside <x0> again"),
    ],
)
def test_each_further_pattern_has_a_sentence(table: str, n: int, text: str) -> None:
    patterns = getattr(evidence(), table)
    assert patterns[n].search(text)
    assert not any(p.search(text) for i, p in enumerate(patterns) if i != n), "another pattern does its work"


def test_no_employer_pattern_is_without_a_sentence() -> None:
    assert len(EVIDENCE["employer"]["patterns"]) == len(SENTENCES) + 7
