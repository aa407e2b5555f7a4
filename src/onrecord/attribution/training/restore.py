"""Read a network back from the files of the run time, to train it further."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from onrecord.attribution.tagger.decode import LABELS
from onrecord.attribution.training.network import Network

_OUT = {"emissions": slice(0, len(LABELS)), "none": slice(len(LABELS), len(LABELS) + 1)}
_OUT["arcs"] = slice(len(LABELS) + 1, None)


def restore(folder: Path) -> Network:
    """The network of a folder with ``model.onnx`` and ``tagger.json``; 8-bit weights come back as the floats that
    they stand for."""
    network = Network()
    state = {name: value.detach().numpy().copy() for name, value in network.state_dict().items()}
    given = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in onnx.load(str(folder / "model.onnx")).graph.initializer
    }
    for name, value in state.items():
        head, _, kind = name.partition(".")
        if head in _OUT:
            out = given[f"out.{kind}"]
            state[name] = (out.T if kind == "weight" else out)[_OUT[head]]
        elif name in given:
            state[name] = _floats(name, given, value.shape)
    settings = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
    for name in ("transitions", "starts", "source_bias", "content_bias"):
        state[name] = np.array(settings[name], dtype=np.float32)
    for name in ("transitions", "starts"):  # what may not be has no score of its own
        state[name] = np.where(state[name] < -1e3, 0, state[name])
    network.load_state_dict({name: torch.tensor(np.asarray(value)) for name, value in state.items()})
    return network


def _floats(name: str, given: dict[str, np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    """A weight in the network's own shape. Matrices stand transposed, tables of positions may be shorter."""
    value = given[name].astype(np.float32)
    if f"{name}.scale" in given:
        value = value * given[f"{name}.scale"]
    elif name.removesuffix(".weight") + ".scale" in given:
        value = value * given[name.removesuffix(".weight") + ".scale"]
    if name.startswith("encoder.layers.") and value.ndim == 2:
        value = value.T
    if value.shape != shape:
        value = np.concatenate([value, np.zeros((shape[0] - len(value), *shape[1:]), dtype=np.float32)])
    return value
