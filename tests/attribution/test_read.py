"""Who says what, on whose authority and how surely: cases.txt, a sentence and an expectation each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.model import Statement
from tests.attribution.said import read_text, statement_about

TABLE = Path(__file__).parent / "cases.txt"


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    words: str
    expected: dict[str, str]
    outlet: str | None


def cases() -> list[Case]:
    lines = [x for x in TABLE.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    out: list[Case] = []
    for text, told in zip(lines[::2], lines[1::2], strict=True):
        words, *fields = told.strip().split(" | ")
        expected = dict(f.split("=", 1) for f in fields)
        out.append(Case(text.replace(" ¶ ", "\n\n"), words, expected, expected.pop("outlet", None)))
    return out


def found(said: Statement) -> dict[str, str]:
    return {
        "name": said.source.name or "?",
        "authority": said.authority or "?",
        "certainty": said.certainty,
        "quote": said.quote,
        "via": "; ".join(said.via) or "-",
    }


def test_the_table_is_long_enough() -> None:
    assert len(cases()) > 170


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.text[:60])
def test_a_sentence_is_read(case: Case) -> None:
    said = found(statement_about(case.text, case.words, outlet=case.outlet))
    assert {k: said[k] for k in case.expected} == case.expected


@pytest.mark.parametrize(
    "text",
    [
        "The strike began on Monday.",
        "The “final” offer was withdrawn.",
        "Hundreds of drivers marched through the rain.",
        "The company operates six depots and employs 900 people.",
        "You know how it goes.",
        "The ship was called Northern Star.",
    ],
)
def test_narration_is_no_statement(text: str) -> None:
    assert read_text(text)[1] == ()
