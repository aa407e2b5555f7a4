"""Every entry of the lexicons earns its place; the gate, the codes."""

from __future__ import annotations

import pytest

from onrecord.events.effects import effects
from onrecord.events.gate import concerns_labour
from onrecord.events.lexicon import Rule, classes, rules, words
from onrecord.events.matching import rulebook
from onrecord.export.codes import Codes, codes
from onrecord.model import EventType
from onrecord.parties import find, load
from tests.events.reading import CONTEXT, events_of
from tests.factories import parsed


def _name(rule: Rule) -> str:
    return f"{rule.type}: {rule.example}"


@pytest.mark.parametrize("rule", rules(), ids=_name)
def test_a_rule_finds_its_example(rule: Rule) -> None:
    assert rule.type in {e.type for e in events_of(rule.example, book=rulebook([rule]))}


@pytest.mark.parametrize("rule", rules(), ids=_name)
def test_an_example_is_found_with_all_rules_together(rule: Rule) -> None:
    assert rule.type in {e.type for e in events_of(rule.example)}


def test_every_type_has_a_rule_and_codes() -> None:
    assert {rule.type for rule in rules()} == set(EventType)
    assert all(len(codes(type).cameo) in (0, 2, 3, 4) for type in EventType)
    assert codes(EventType.STRIKE_START) == Codes(cameo="143", plover="PROTEST", lat="Start Date")
    assert codes(EventType.RATIFIED).plover == "SUPPORT"
    assert codes(EventType.MEETING_REQUESTED) == Codes(cameo="026", plover="", lat="")


def test_a_rule_names_only_classes_that_exist() -> None:
    known = set(words("classes")) | {"pronoun", "name", "another", "any", "number", "percent", "both"}
    for rule in rules():
        named = {w[1:-1] for p in (*rule.verb, *rule.noun) for e in p for w in e if w.startswith("<")}
        named |= {w[1:-1] for w in (*rule.with_any, *rule.without) if w.startswith("<")}
        assert named | rule.agent | rule.patient | rule.not_agent <= known, rule.example


def test_entries_are_lower_case_and_given_once() -> None:
    for name, entries in words("classes").items():
        assert len(entries) == len(set(entries)), name
        assert all(e == e.lower() for e in entries), name
    assert classes()


# --------------------------------------------------------------------------- gate


@pytest.mark.parametrize(
    "text",
    [
        "Nurses vote on a pay offer.",
        "Industrial action is spreading, ministers said.",
        "The lockout is in its third week.",
        "Talks with the union collapsed.",
        "ACAS has been called in over the rail dispute; RMT members are out.",
        "The guild's members ratified their contract.",
    ],
)
def test_the_gate_lets_labour_disputes_pass(text: str) -> None:
    assert concerns_labour(text)


@pytest.mark.parametrize(
    "text",
    [
        "The late strike settled the match.",
        "The European Union and Chile signed a trade agreement after long talks.",
        "An airstrike destroyed two bridges.",
        "Rain is expected on Friday.",
        "",
    ],
)
def test_the_gate_spares_other_texts(text: str) -> None:
    assert not concerns_labour(text)


# --------------------------------------------------------------------------- effects


@pytest.mark.parametrize("kind", sorted(words("effects")))
def test_every_kind_of_effect_is_found_in_its_example(kind: str) -> None:
    given = parsed(words("effects")[kind]["example"] + CONTEXT)
    assert kind in {e.kind for e in effects(given, find(given, load()), ())}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The strike has hurt suppliers, catering companies, support staff and restaurants, among others.",
            {("suppliers", None), ("catering companies", None), ("support staff", None), ("restaurants", None)},
        ),
        ("Florists have lost $2 million since the strike began.", {("florists", "$2 million")}),
        ("Some 30 flights were cancelled because of the walkout.", {("flights", None)}),
        ("Sales fell 12 per cent during the walkout.", {("sales", "12 per cent")}),
        ("The plant reopened on Monday after a nine-week strike.", {("plant", None)}),
        ("Ferries turned away passengers because of the strike.", {("passengers", None)}),
        ("The lockout is costing exporters £3 million a day.", {("exporters", "£3 million a day")}),
        ("The caterer laid off 60 staff in the third week of the strike.", {("staff", None)}),
        ("Pubs ran short of beer in the second week of the strike.", {("pubs", None)}),
        ("Sales fell 12 per cent last year.", set()),
        ("The strike has not hurt restaurants.", set()),
        ("Has the strike hurt restaurants?", set()),
        ("Rain hurt restaurants in May.", set()),
    ],
)
def test_who_bears_the_cost(text: str, expected: set[tuple[str, str | None]]) -> None:
    given = parsed(text + CONTEXT)
    found = {(e.bearer, e.amount) for e in effects(given, find(given, load()), ())}
    assert {bearer for bearer, _ in found} == {bearer for bearer, _ in expected}
    assert {amount for _, amount in expected} - {None} <= {amount for _, amount in found}


def test_effects_slice_their_text() -> None:
    given = parsed("The strike has hurt suppliers and restaurants." + CONTEXT)
    for effect in effects(given, find(given, load()), ()):
        assert effect.evidence.holds(effect.bearer_span)
        assert effect.bearer_span.of(given.text) in ("suppliers", "restaurants")
