"""Write a trained network as the files of the run time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from onrecord.attribution.tagger.choose import PLAIN, Table
from onrecord.attribution.training.graph import build
from onrecord.attribution.training.network import Network

POSITIONS = 320  # of windows no longer than in training
# Tuned on a held-back slice of the training texts.
WINDOW = 254
BONUS = (0.5, 0.5, 1.0)  # for each source, cue and content: what the likeliest labels miss more often than invent
MISSING = 0.4
HEADS = ("emissions", "none", "arcs")


def export(
    network: Network,
    base: Path,
    out: Path,
    *,
    quantised: bool = True,
    window: int = WINDOW,
    bonus: tuple[float, ...] = BONUS,
    missing: float = MISSING,
    sources: Table = PLAIN,
    cues: Table = PLAIN,
) -> None:
    """Write model.onnx, tokenizer.json and tagger.json. ``bonus`` is added to the score of the first label of a
    source, a cue and a content."""
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    for kind in ("weight", "bias"):
        state[f"out.{kind}"] = np.concatenate([state[f"{head}.{kind}"] for head in HEADS])
    transitions, starts = network.chain()
    settings = {
        "transitions": transitions.tolist(),
        "starts": starts.tolist(),
        "source_bias": network.source_bias.tolist(),
        "content_bias": network.content_bias.tolist(),
        "bias": [0.0, *(value for first in bonus for value in (first, 0.0))],
        "sources": [round(float(x), 4) for x in sources],
        "cues": [round(float(x), 4) for x in cues],
        "missing": missing,
        "window": window,
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(build(state, positions=POSITIONS, quantised=quantised).SerializeToString())
    (out / "tagger.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
