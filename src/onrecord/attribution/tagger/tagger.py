"""The tagger at run time: texts in, attributions as exact character spans out. No torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.attribution.tagger.choose import Table, choices, features
from onrecord.attribution.tagger.decode import LABELS, Chain, Floats, Run, best_labels, runs_of
from onrecord.attribution.tagger.link import Biases, Linked, Links, Readout, linked, links_of, missing
from onrecord.attribution.tagger.windows import Pieces, Window, Words, windows_of, words_of

Spans = tuple[tuple[int, int], ...]

DATA = Path(__file__).parent / "data"
CERTAIN = np.float32(20)  # what is added to the score of a label that must be
AT_ONCE = 64  # texts whose scores are held in memory at a time


@dataclass(frozen=True, slots=True)
class Attribution:
    """Half-open character spans of one attribution, in text order, that cut no word. ``source`` is empty when
    the text names none; ``cue`` is one span; ``content`` is one or more."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Settings:
    """What was learned beside the network, and how to decode. ``bias`` is added to the emissions of each
    label; ``sources`` and ``cues`` weigh the features of ``choose.py``; what a link of probability ``missing``
    points to is a span."""

    chain: Chain
    biases: Biases
    bias: Floats
    sources: Table
    cues: Table
    missing: float
    window: int

    @classmethod
    def read(cls, path: Path) -> Settings:
        given = json.loads(path.read_text(encoding="utf-8"))
        table = {name: np.array(given[name], dtype=np.float32) for name in given}
        return cls(
            Chain(table["transitions"], table["starts"]),
            Biases(table["source_bias"], table["content_bias"]),
            table["bias"],
            np.array(given["sources"], dtype=np.float64),
            np.array(given["cues"], dtype=np.float64),
            float(given["missing"]),
            int(given["window"]),
        )


class Tagger:
    """Finds attributions. Each text is read by itself, so that its company and their order change nothing."""

    def __init__(self, session: onnxruntime.InferenceSession, pieces: Pieces, settings: Settings) -> None:
        self._session, self._pieces, self._settings = session, pieces, settings

    @classmethod
    def load(cls, path: Path | None = None, *, threads: int = 0) -> Tagger:
        """The tagger of a folder with ``model.onnx``, ``tokenizer.json`` and ``tagger.json``, or the one that is
        shipped. ``threads`` as for onnxruntime: 0 takes every core."""
        folder = DATA if path is None else path
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        pieces = Pieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
        return cls(session, pieces, Settings.read(folder / "tagger.json"))

    def tag(
        self, texts: Sequence[str], paragraphs: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[Attribution]]:
        """The attributions of each text, in the order of their cues. ``paragraphs`` are the spans to read, in text
        order and apart from each other; what lies outside is not read."""
        if len(texts) != len(paragraphs):
            raise ValueError(f"{len(texts)} texts but paragraphs for {len(paragraphs)}")
        out: list[list[Attribution]] = []
        for at in range(0, len(texts), AT_ONCE):
            part = range(at, min(at + AT_ONCE, len(texts)))
            words = [words_of(texts[n], paragraphs[n], self._pieces) for n in part]
            out += [
                [_attribution(of_text, link) for link in self.linked(of_text, links)]
                for of_text, links in zip(words, self.links(words), strict=True)
            ]
        return out

    def links(self, texts: Sequence[Words]) -> list[Links]:
        """Twice labels and links: what the first links miss, the second labels are made to hold."""
        settings = self._settings
        windows = [windows_of(words, size=settings.window) for words in texts]
        readouts = [self._readout(of_text) for of_text in windows]
        found = [
            links_of(words, readout, runs, settings.biases)
            for words, readout, runs in zip(texts, readouts, self._runs(windows, readouts), strict=True)
        ]
        wanted = [missing(links, least=settings.missing) for links in found]
        again = [n for n, words_wanted in enumerate(wanted) if words_wanted]
        for n in again:
            for word, role in wanted[n]:
                readouts[n].emissions[word, [2 * role + 1, 2 * role + 2]] += CERTAIN
        runs = self._runs([windows[n] for n in again], [readouts[n] for n in again])
        for n, of_text in zip(again, runs, strict=True):
            found[n] = links_of(texts[n], readouts[n], of_text, settings.biases)
        return found

    def linked(self, words: Words, links: Links) -> list[Linked]:
        """The best links, by their probabilities and by how spans stand to each other."""
        settings = self._settings
        sources = links.source[:, :-1]
        return linked(
            links,
            choices(features(words, links.cues, links.sources, sources), links.source[:, -1], settings.sources),
            choices(
                features(words, links.contents, links.cues, links.cue), 1 - links.cue.sum(axis=1), settings.cues
            ),
        )

    def _runs(self, windows: Sequence[Sequence[Window]], readouts: Sequence[Readout]) -> list[list[Run]]:
        """The spans of each text."""
        scores = [
            readout.emissions[window.first : window.last]
            for of_text, readout in zip(windows, readouts, strict=True)
            for window in of_text
        ]
        labels = iter(best_labels(scores, self._settings.chain))
        return [runs_of([label for _ in of_text for label in next(labels)]) for of_text in windows]

    def _readout(self, windows: Sequence[Window]) -> Readout:
        scores = [self._run(window) for window in windows]
        together = np.concatenate([np.zeros((0, self._width), dtype=np.float32), *scores])
        emissions, none, arcs = np.split(together, [len(LABELS), len(LABELS) + 1], axis=1)
        return Readout(emissions + self._settings.bias, none[:, 0], arcs)

    @property
    def _width(self) -> int:
        return int(self._session.get_outputs()[0].shape[1])

    def _run(self, window: Window) -> Floats:
        given = {"ids": window.ids, "features": window.features, "heads": window.heads}
        out: Floats = self._session.run(None, given)[0]
        return out


def _attribution(words: Words, link: Linked) -> Attribution:
    def spans(*runs: Run) -> Spans:
        return tuple((int(words.start[run.first]), int(words.end[run.last - 1])) for run in runs)

    source = spans(link.source) if link.source else ()
    return Attribution(source, spans(link.cue), spans(*link.contents))
