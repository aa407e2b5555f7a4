"""Paragraphs parted by empty lines, one a line, or wrapped."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coverage.paragraphs import paragraphs

ONE = (
    "The dockers' union and the port operators met on Tuesday for the first time in four weeks, both sides said, "
    "and they will meet again on Thursday at the office of the mediator."
)
TWO = (
    "Nobody would say what had been discussed. The strike is in its ninth week, and hotels near the harbour have "
    "lost a third of their takings, the owners say."
)
SHORT = "More talks are planned."


def texts(text: str) -> list[str]:
    return [" ".join(p.span.of(text).split()) for p in paragraphs(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("gap", [1, 2, 3])
def test_one_paragraph_a_line_with_and_without_empty_lines(end: str, gap: int) -> None:
    assert texts((end * gap).join([ONE, SHORT, TWO, SHORT])) == [ONE, SHORT, TWO, SHORT]


@pytest.mark.parametrize("width", [55, 65, 72, 80, 100])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in (ONE, TWO, SHORT))
    assert texts(wrapped) == [ONE, TWO, SHORT]


@pytest.mark.parametrize("width", [65, 80])
def test_wrapped_paragraphs_with_an_indented_first_line(width: int) -> None:
    wrapped = "\n".join(textwrap.fill(p, width, initial_indent="    ") for p in (ONE, TWO, ONE))
    assert texts(wrapped) == [ONE, TWO, ONE]


def test_a_sentence_broken_in_its_middle_is_joined() -> None:
    assert texts(f"{ONE[:60]}\n{ONE[60:].lstrip()}\n\n{TWO}")[-1] == TWO


@pytest.mark.parametrize(
    "lines",
    [
        ["The union has two demands:", "- a rise", "- shorter shifts"],
        ["Talks resume", "By Nora Ferry", "Published: 3 May 2024", ONE],
        ["What the union wants", ONE, "What comes next?", TWO],
        ["Q: Is it over?", "A: It is not.", "Q: When will it be?", "A: Nobody knows."],
    ],
)
def test_lines_that_stand_for_themselves(lines: list[str]) -> None:
    assert texts("\n".join(lines)) == lines


def test_empty_lines_and_indentation_are_counted() -> None:
    found = paragraphs(f"{ONE}\n \n\n    {SHORT}\n> {SHORT}")
    assert [(p.empty_before, p.indented) for p in found] == [(0, False), (2, True), (0, True)]


@given(st.text(alphabet="aB. :-?\n\r\t\xa0>1", max_size=200))
def test_every_character_that_is_no_space_is_in_one_paragraph(text: str) -> None:
    inside = [False] * len(text)
    for paragraph in paragraphs(text):
        span = paragraph.span
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        assert not any(inside[span.start : span.end])
        inside[span.start : span.end] = [True] * (span.end - span.start)
    assert all(ok or ch.isspace() for ok, ch in zip(inside, text, strict=True))
