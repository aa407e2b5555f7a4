"""Who wants, offers, accepts and refuses what; and who has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Mention, Party, PartyKind, ReadArticle, Reading, Side, Span
from onrecord.standing.positions import positions, shifts
from tests.factories import article, dated

PARTIES = (
    Party(id="union", name="Dockers' Union", kind=PartyKind.UNION, side=Side.WORKERS),
    Party(id="port", name="Port", kind=PartyKind.EMPLOYER, side=Side.EMPLOYERS),
)
NAMES = {"The union": "union", "the union": "union", "The port": "port", "the port": "port"}


def read(text: str, *, id: str = "a", published: str | None = "2024-05-14") -> ReadArticle:
    made = article(text, published=published, id=id)
    mentions = []
    for name, party in NAMES.items():
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(span=Span(at, at + len(name)), party=party))
            at = text.find(name, at + 1)
    reading = Reading(
        document=id,
        reader="test",
        kind=None,
        published=dated(published),
        parties=PARTIES,
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
    )
    return ReadArticle(article=made, reading=reading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union wants 8% more pay.", [("pay", "demand", "Dockers' Union", [8])]),
        ("The port offered a raise of $2 an hour.", [("pay", "offer", "Port", [2])]),
        ("The port has offered 4 per cent on pay over two years.", [("pay", "offer", "Port", [4])]),
        ("The union was offered 3% on wages.", [("pay", "offer", "Port", [3])]),
        ("The port refused to discuss pensions.", [("pensions", "refuses", "Port", [])]),
        ("The union is seeking an end to forced overtime.", [("hours", "demand", "Dockers' Union", [])]),
        ("The port agreed to mediation.", [("meeting", "accepts", "Port", [])]),
        (
            "The port rejected the pay claim, but the union wants sick pay.",
            [("health", "demand", "Dockers' Union", []), ("pay", "refuses", "Port", [])],
        ),
        (
            "The union has been out for a week. It wants safer staffing levels.",
            [],  # "It" at the head of a sentence goes on about the holder of a clause with a stance or a name
        ),
        ("The port and the union want a pay deal.", []),  # two sides before the verb
        ("If the union wants pensions, it should say so.", []),
        ("Will the port offer more pay?", []),
        ("The union might accept the pay cut.", []),
        ("The union accused the port of refusing overtime pay.", []),
        ("The union marched through the town.", []),
    ],
)
def test_positions(text: str, expected: list[tuple[str, str, str, list[float]]]) -> None:
    found = positions([read(text)])
    if text.startswith("The union has been out"):
        assert [(p.issue, p.name) for p in found] in ([], [("staffing", "Dockers' Union")])
        return
    assert sorted((p.issue, p.stance.value, p.name, [f.low for f in p.figures]) for p in found) == expected


def test_evidence_slices_the_text_and_the_day_is_the_documents() -> None:
    text = "The union wants 8% more pay; the port refused to discuss pensions."
    found = positions([read(text)])
    assert [p.evidence.span.of(text) for p in found] == [
        "The union wants 8% more pay",
        "the port refused to discuss pensions.",
    ]
    assert {p.day for p in found} == {date(2024, 5, 14)}


def test_a_reservation_and_then_consent_stand_side_by_side() -> None:
    found = positions([read("The union had reservations about mediation but later agreed to mediation.")])
    moved = shifts(found)
    assert [(s.name, s.before.stance.value, s.after.stance.value) for s in moved] == [
        ("Dockers' Union", "reservation", "accepts")
    ]


def test_a_figure_that_has_moved_stands_beside_the_one_before() -> None:
    first = read("The port offered 4% on pay.", id="a", published="2024-05-14")
    second = read("The port offered 6% on pay.", id="b", published="2024-05-20")
    moved = shifts(positions([second, first]))
    assert [(s.before.figures[0].low, s.after.figures[0].low) for s in moved] == [(4, 6)]


def test_a_copy_of_a_position_stands_once() -> None:
    text = "The port refused to discuss pensions."
    assert len(positions([read(text, id="a"), read(text, id="b")])) == 1


def test_later_documents_are_not_used_as_of_a_day() -> None:
    first = read("The port offered 4% on pay.", id="a", published="2024-05-14")
    later = read("The port offered 6% on pay.", id="b", published="2024-05-20")
    assert positions([first, later], as_of=date(2024, 5, 16)) == positions([first], as_of=date(2024, 5, 16))


@given(st.permutations(range(4)))
def test_order_changes_nothing(order: list[int]) -> None:
    texts = ("The port offered 4% on pay.", "The union rejected the pay offer.", "The union wants 8% on pay.", "x")
    documents = [read(t, id=f"d{n}", published=f"2024-05-{10 + n}") for n, t in enumerate(texts)]
    shuffled = [documents[n] for n in order]
    assert positions(shuffled) == positions(documents)
    assert shifts(positions(shuffled)) == shifts(positions(documents))


def test_what_is_in_a_headline_is_no_position() -> None:
    made = read("x")
    titled = replace(made, article=article("Nothing more.", title="The port offered 4% on pay", id="a"))
    assert positions([titled]) == ()
