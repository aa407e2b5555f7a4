"""The training command, from annotated texts to a tagger that reads: a few steps on texts of our own."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch: pip install 'onrecord[train]'")
pytest.importorskip("onnx", reason="training needs onnx: pip install 'onrecord[train]'")

from onrecord.attribution.tagger.choose import FEATURES, PLAIN, choices
from onrecord.attribution.tagger.decode import Run
from onrecord.attribution.tagger.link import Linked
from onrecord.attribution.tagger.tagger import DATA, Tagger
from onrecord.attribution.tagger.windows import paragraphs_of
from onrecord.attribution.training.examples import read_rows
from onrecord.attribution.training.export import export
from onrecord.attribution.training.fit import fit
from onrecord.attribution.training.restore import restore
from onrecord.attribution.training.score import score
from onrecord.attribution.training.train import run
from onrecord.model import OnrecordError

WHO = ("The pilots", "A clerk of the port", "Ms. Orr", "The ferry company", "Two deckhands", "Their lawyer")
TEXT = "{} said that the tug would sail at noon.\n\n“We are not ready,” {} added. The tide was low.\n"


def row(n: int) -> dict[str, object]:
    """An annotated text with two attributions."""
    who = WHO[n % len(WHO)]
    text = TEXT.format(who, who)

    def span(words: str, nth: int = 0) -> list[list[int]]:
        at = text.index(words)
        at = text.index(words, at + 1) if nth else at
        return [[at, at + len(words)]]

    first = {"source": span(who), "cue": span("said"), "content": span("that the tug would sail at noon")}
    second = {"source": span(who, 1), "cue": span("added"), "content": span("“We are not ready,”")}
    return {"file": f"text {n}", "text": text, "attributions": [first, second]}


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row(n)) + "\n" for n in range(8)), encoding="utf-8")
    return path


def test_the_command_makes_a_tagger_that_reads(annotated: Path, tmp_path: Path) -> None:
    out = tmp_path / "trained"
    found = run([annotated], out, epochs=1, held_back=4, seed=3)
    assert found == json.loads((out / "figures.json").read_text("utf-8"))
    assert found["found"] == found["cue"] == 1.0
    text = TEXT.format("The cook", "the cook")
    (read,) = Tagger.load(out).tag([text], [paragraphs_of(text)])
    assert [(text[slice(*a.source[0])], text[slice(*a.cue[0])]) for a in read] == [
        ("The cook", "said"),
        ("the cook", "added"),
    ]
    assert (out / "model.onnx").read_bytes() != (DATA / "model.onnx").read_bytes()


def test_a_network_comes_back_from_what_ships_and_reads_the_same(tmp_path: Path) -> None:
    export(restore(DATA), DATA, tmp_path)
    text = TEXT.format("The harbour master", "the harbour master")
    here, there = Tagger.load(), Tagger.load(tmp_path)
    assert there.tag([text], [paragraphs_of(text)]) == here.tag([text], [paragraphs_of(text)])


@pytest.mark.parametrize("line", ["{}", "no", '{"text": "a", "attributions": [{"source": [[0, 9]]}]}', "[1]"])
def test_what_is_no_annotated_text_is_named_with_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(row(0)) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(OnrecordError, match=r"bad\.jsonl, line 2"):
        read_rows(path)


def test_choices_stay_where_they_began_without_cases_and_near_it_with_few() -> None:
    assert fit([], PLAIN) is PLAIN
    likely = choices(np.eye(1, len(FEATURES)).reshape(1, 1, -1) * np.log(0.6), np.zeros(1), PLAIN)
    assert likely[0].argmax() == 0  # the arcs alone decide
    table = np.zeros((2, len(FEATURES)))
    table[0, 3] = 1.0
    few, many = (fit([(table, 0.0, 0)] * count, PLAIN) for count in (2, 2000))
    assert 0 < few[3] < many[3]


def test_figures_count_spans_attributions_and_sources() -> None:
    def words(*at: int) -> np.ndarray:
        return np.array(at, dtype=np.int64)

    gold = [[(words(0), words(1), words(2, 3, 4)), (words(), words(6), words(7, 8))]]
    same = Linked(Run(0, 1, 0), Run(1, 2, 1), (Run(2, 5, 2),))
    other = Linked(Run(5, 6, 0), Run(6, 7, 1), (Run(7, 9, 2),))
    assert score(gold, [[same, other]]) == {
        "source": 2 / 3,
        "cue": 1.0,
        "content": 1.0,
        "found": 1.0,
        "right": 0.5,
    }
    half = Linked(None, Run(1, 2, 1), (Run(4, 6, 2),))
    assert score(gold, [[half]])["found"] == 0
