"""Which role each stretch of a text has."""

from __future__ import annotations

import re
import time
import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coverage.blocks import patterns, set_aside, structure
from onrecord.model import BlockRole, KnownFrom

PROSE = "The dockers' union and the port operators met on Tuesday, both sides said."
MORE = "Nobody would say what had been discussed, and the strike goes on into its ninth week."

TABLE = tomllib.loads(files("onrecord.coverage").joinpath("data/blocks.toml").read_text("utf-8"))
ENTRIES = [(role, entry) for role in ("credit", "boilerplate") for entry in TABLE[role]]


def roles(text: str, **options: object) -> list[tuple[str, str]]:
    return [(b.role.value, b.span.of(text)) for b in structure(text, **options).blocks]  # type: ignore[arg-type]


def only(role: str, text: str, **options: object) -> list[str]:
    return [written for r, written in roles(text, **options) if r == role]


@pytest.mark.parametrize(("role", "entry"), ENTRIES, ids=lambda e: str(e)[:40])
def test_each_pattern_is_needed_for_its_example(role: str, entry: dict[str, str]) -> None:
    matching = [(r, p.pattern) for r, p in patterns() if p.match(entry["example"])]
    assert matching == [(BlockRole(role), entry["pattern"])]
    assert only(role, f"{PROSE}\n\n{entry['example']}\n\n{MORE}") == [entry["example"]]


@pytest.mark.parametrize(
    "paragraph",
    [
        "This story has been updated.",
        "Editor's note: An earlier version gave a wrong figure.",
        "Read the full offer and you will see why they refused it, she said.",
        "Photos of the picket line show about 200 people at the gate.",
        "Images from the harbour were shown to the mediator on Monday.",
        "Follow-up talks are planned for Friday.",
        "Related claims were dismissed by a judge in May.",
        "Watching the talks from afar, the ferrymen are losing patience.",
        "Reporting by the union of its own finances is due in June.",
        "Sign-up sheets for picket duty hung in the hall.",
        "Copyrighted scripts are at the heart of the dispute, said the guild.",
        "Get well cards hung beside the offer, which the nurses had refused.",
        "Pictures were taken of the pickets, the union said, to scare them.",
        "File a complaint, the mediator told them.",
    ],
)
def test_prose_that_looks_like_a_call_stays_prose(paragraph: str) -> None:
    assert set_aside(paragraph) is None


# ------------------------------------------------------------------------------- headers


def test_a_leading_date_is_a_header_up_to_its_end_and_dates_the_text() -> None:
    text = f" date 2024-03-05 {PROSE}\n\n{MORE}"
    found = structure(text)
    assert roles(text) == [("header", "date 2024-03-05"), ("paragraph", PROSE), ("paragraph", MORE)]
    assert (found.published.value, found.published.known_from) == (date(2024, 3, 5), KnownFrom.HEADER)
    assert found.published.span is not None
    assert found.published.span.of(text) == "2024-03-05"


def test_a_leading_date_that_is_none_stays_text() -> None:
    assert roles("date 2024-02-31 was given.") == [("paragraph", "date 2024-02-31 was given.")]


@pytest.mark.parametrize(
    ("line", "published", "modified", "byline"),
    [
        ("Published: 13 September 2023", "2023-09-13", None, None),
        ("Posted on Sept. 13, 2023 at 5:01 p.m. ET", "2023-09-13", None, None),
        ("Wednesday, September 13, 2023", "2023-09-13", None, None),
        ("September 13, 2023 | Updated September 14, 2023 10:20 AM", "2023-09-13", "2023-09-14", None),
        ("Updated 14 September 2023", None, "2023-09-14", None),
        ("Published 13 September 2023, updated 14 September 2023", "2023-09-13", "2023-09-14", None),
        ("By Nora Ferry", None, None, "Nora Ferry"),
        ("BY NORA FERRY AND SAM DE WITT", None, None, "NORA FERRY AND SAM DE WITT"),
        ("By Nora Ferry, Labour Correspondent", None, None, "Nora Ferry"),
        ("By Nora Ferry | 13 September 2023", "2023-09-13", None, "Nora Ferry"),
        ("date: 2023-09-13", "2023-09-13", None, None),
    ],
)
def test_header_lines(line: str, published: str | None, modified: str | None, byline: str | None) -> None:
    text = f"Talks resume at the port\n{line}\n\n{PROSE}"
    found = structure(text)
    assert only("header", text) == [line]
    assert only("title", text) == ["Talks resume at the port"]
    assert found.byline == byline
    assert (found.published.value and found.published.value.isoformat()) == published
    assert (found.modified.value and found.modified.value.isoformat()) == modified


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the talks had failed.",
        "Published offers are rare.",
        "Updated figures are due.",
        "By then it was over",
    ],
)
def test_sentences_that_begin_like_headers_are_none(line: str) -> None:
    assert only("header", f"{line}\n\n{PROSE}\n\n{MORE}") == []


def test_a_line_at_the_end_that_says_when_it_was_published() -> None:
    text = f"{PROSE}\n\n{MORE}\n\nFirst published on 13 September 2023"
    assert only("header", text) == ["First published on 13 September 2023"]
    assert structure(text).published.value == date(2023, 9, 13)


@pytest.mark.parametrize(
    "line",
    [
        "LOS ANGELES, Sept 13 (Harbour Wire)",
        "NEW YORK (AP)",
        "DETROIT",
        "ST. JOHN'S, Newfoundland, May 3, 2024 (Canadian Wire)",
    ],
)
@pytest.mark.parametrize("dash", [" - ", " — ", " – ", "-- "])
def test_a_dateline_is_known_and_set_apart_from_its_paragraph(line: str, dash: str) -> None:
    text = f"{line}{dash}{PROSE}\n\n{MORE}"
    found = structure(text)
    assert found.dateline is not None
    assert found.dateline.of(text) == line
    assert roles(text)[0] == ("header", (line + dash).strip())
    assert [role for role, _ in roles(text)][1:] == ["paragraph", "paragraph"]
    expected = (date(2024, 5, 3), KnownFrom.TEXT) if "2024" in line else (None, KnownFrom.NONE)
    assert (found.published.value, found.published.known_from) == expected


@pytest.mark.parametrize("start", ["WGA - ", "A deal — ", "IT — ", "The ILA (dockers) - "])
def test_no_dateline(start: str) -> None:
    assert structure(f"{start}{PROSE}").dateline is None


# ------------------------------------------------------------------------------- titles and headings


@pytest.mark.parametrize("title", ["Talks resume at the port", "Is it over?", "‘No deal’: dockers walk out!"])
def test_a_first_short_line_is_the_title(title: str) -> None:
    assert only("title", f"{title}\n\n{PROSE}\n\n{MORE}") == [title]


@pytest.mark.parametrize(
    "first", ["Dear colleagues,", "Talks resumed.", "To our members:", "- a rise", PROSE, "NEW YORK (AP) - Talks"]
)
def test_a_first_line_that_is_no_title(first: str) -> None:
    assert only("title", f"{first}\n\n{PROSE}\n\n{MORE}") == []


def test_the_given_title_decides() -> None:
    text = f"Talks resume at the port\n\n{PROSE}\n\n{MORE}"
    assert only("title", text, title="TALKS RESUME at the Port") == ["Talks resume at the port"]
    assert only("title", text, title="Another title") == []
    assert only("title", text, title_line=False) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Talks at a standstill",
        "What comes next?",
        "WEDNESDAY (DAY 12)",
        "Q: Is it over?",
        "“Not a step back”: the nurses",
    ],
)
def test_headings_between_paragraphs(heading: str) -> None:
    assert only("heading", f"{PROSE}\n\n{heading}\n\n{MORE}") == [heading]
    assert only("heading", f"{PROSE}\n{heading}\n{MORE}") == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "They left.",
        "In solidarity,",
        "“Is it over?”",
        "Is it over? No.",
        "- shorter shifts",
        "and nothing else",
        "The demands:",
    ],
)
def test_short_lines_that_are_no_headings(line: str) -> None:
    assert only("heading", f"{PROSE}\n\n{line}\n\n{MORE}") == []


def test_a_signature_at_the_end_is_no_heading() -> None:
    assert only("heading", f"{PROSE}\n\nAna Ruiz\n\nFor the committee, Port Nurses") == []


def test_items_behind_a_colon_are_no_headings() -> None:
    assert only("heading", f"The union wants:\n\nA rise\n\n{MORE}") == []


def test_markup_decides_where_there_is_some() -> None:
    text = f"{PROSE}\n\nIt goes on.\n\nSo it goes\n\n{MORE}"
    first, second = text.index("It goes on"), text.index("So it")
    assert only("heading", text, headings=frozenset({first}), quoted=frozenset({second})) == ["It goes on."]


# ------------------------------------------------------------------------------- calls in capitals


def test_a_call_glued_to_a_paragraph_is_cut_off() -> None:
    text = f"{PROSE}\n\n{MORE} WATCH HARBOUR TV LIVE HERE"
    assert roles(text)[-2:] == [("paragraph", MORE), ("boilerplate", "WATCH HARBOUR TV LIVE HERE")]


@pytest.mark.parametrize("tail", ["SAG-AFTRA AND THE AMPTP", "THE END", "NO DEAL, NO WORK."])
def test_other_capitals_at_the_end_stay(tail: str) -> None:
    text = f"{PROSE}\n\n{MORE} {tail}"
    assert roles(text)[-1] == ("paragraph", f"{MORE} {tail}")


# ------------------------------------------------------------------------------- always


@given(st.text(alphabet=st.sampled_from("aTB .:?!,-—()\"“”'\n\r\xa0>129©/"), max_size=300) | st.text(max_size=200))
def test_blocks_are_in_order_apart_and_complete(text: str) -> None:
    found = structure(text)
    at = 0
    for block in found.blocks:
        assert text[at : block.span.start].strip() == ""
        assert not text[block.span.start].isspace()
        assert not text[block.span.end - 1].isspace()
        at = block.span.end
    assert text[at:].strip() == ""
    assert structure(text) == found


@pytest.mark.parametrize(
    "piece",
    ["By AND ", "(", "A ", "A, ", "Photo ", "A-", "A. ", "“A” ", ". ", "1 ", "\n", "A\n", "? ", "May 1, "],
)
def test_hostile_repetition_costs_no_time(piece: str) -> None:
    begun = time.perf_counter()
    for length in (190, 395, 20_000):
        structure((piece * length)[:length])
        structure("By Nora Ferry " + (piece * length)[:length])
    assert time.perf_counter() - begun < 5


def test_no_pattern_can_match_nothing() -> None:
    assert not [p.pattern for _, p in patterns() if p.match("")]
    assert all(re.search(r"[a-z]", p.pattern) for _, p in patterns())
