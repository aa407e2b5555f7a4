"""The gate is cheap, and opens for every document that tells of a dispute."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from onrecord.events.gate import concerns_labour
from onrecord.text.parse import pipeline
from tests import corpus

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


def test_it_opens_for_every_document_of_the_development_set_that_has_an_event() -> None:
    if not GOLD.is_dir():
        pytest.skip(f"the development set is not at {GOLD}")
    with (GOLD / "texts.jsonl").open(encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    told = {p.stem for p in (GOLD / "ann").glob("*.json") if json.loads(p.read_text("utf-8"))["events"]}
    assert told
    assert {id for id in told if not concerns_labour(texts[id])} == set()


def test_it_costs_less_than_a_twentieth_of_the_bare_parse() -> None:
    """Measured at about .003 of it, so that a busy machine does not fail the test."""
    texts = [corpus.text(i) for i in range(40)]
    nlp = pipeline()
    concerns_labour(texts[0])
    start = time.process_time()
    for text in texts:
        concerns_labour(text)
    gate = time.process_time() - start
    start = time.process_time()
    list(nlp.pipe(texts))
    assert gate < (time.process_time() - start) / 20
