"""The network as an ONNX graph, written node by node: one window at a time, no padding, no mask.

One window at a time, because the 8-bit activations are scaled by the largest value of what is multiplied: in a
batch a text would be read a little differently in other company. Weights are symmetric 8-bit integers, with a
scale for each output (matrices) or each row (embeddings). Seven of the eight bits are used for matrices, so that
16-bit sums do not saturate on processors without VNNI, and every machine reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from onrecord.attribution.tagger.decode import Floats

Array = NDArray[np.generic]
HEADS = 12
WIDTH = 384
MICROSOFT = "com.microsoft"
PER_WORD = (".inner", ".outer")  # layers whose inputs have outliers; chosen by error against 32-bit weights


class Graph:
    """Nodes and constants in the order in which they are added; ``add`` gives the name of the output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(
        self, kind: str, *inputs: str, name: str = "", domain: str = "", outputs: int = 1, **attributes: Any
    ) -> str:
        name = name or f"n{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}.{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return name

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name


def build(state: Mapping[str, Floats], *, positions: int, quantised: bool, bits: int = 7) -> onnx.ModelProto:
    """The graph: word pieces, features and positions of words in; emissions, none and arcs of words out."""
    graph = Graph()
    weights = _Weights(graph, state, quantised=quantised, bits=bits)
    graph.constant("batch", np.array([0], dtype=np.int64))
    if quantised:
        graph.constant("last", np.array([-1], dtype=np.int64))
    graph.constant("thirds", np.array([WIDTH] * 3, dtype=np.int64))
    length = graph.add("Shape", "ids")
    places = graph.add(
        "Range",
        graph.constant("zero", np.array(0, dtype=np.int64)),
        graph.add("Squeeze", length),
        graph.constant("one", np.array(1, dtype=np.int64)),
    )
    x = graph.add(
        "Add", weights.rows("encoder.words.weight", "ids"), weights.rows("encoder.features.weight", "features")
    )
    x = graph.add("Add", x, weights.rows("encoder.positions.weight", places, count=positions))
    x = weights.norm("encoder.norm", x)
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))
    for n in range(layers):
        at = f"encoder.layers.{n}."
        attended = _attention(graph, weights.linear(f"{at}qkv", x))
        x = weights.norm(f"{at}attended_norm", graph.add("Add", x, weights.linear(f"{at}attended", attended)))
        inner = graph.add("Gelu", weights.linear(f"{at}inner", x))
        x = weights.norm(f"{at}outer_norm", graph.add("Add", x, weights.linear(f"{at}outer", inner)))
    x = graph.add("Gather", x, "heads", axis=0)
    weights.linear("out", x, name="out")
    outputs = int(state["out.weight"].shape[0])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "attributions",
            [helper.make_tensor_value_info(n, TensorProto.INT64, [n[0]]) for n in ("ids", "features", "heads")],
            [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["h", outputs])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
        producer_name="onrecord",
    )
    onnx.checker.check_model(model)
    return model


def _attention(graph: Graph, qkv: str) -> str:
    """Scaled dot products of twelve heads over one window; ``qkv`` is (length, 3 x 384)."""
    parts = graph.add("Split", graph.add("Unsqueeze", qkv, "batch"), "thirds", outputs=3, axis=2)
    mixed = graph.add("MultiHeadAttention", *(f"{parts}.{n}" for n in range(3)), domain=MICROSOFT, num_heads=HEADS)
    return graph.add("Squeeze", mixed, "batch")


class _Weights:
    """Writes weights into a graph, as floats or as 8-bit integers with scales."""

    def __init__(self, graph: Graph, state: Mapping[str, Floats], *, quantised: bool, bits: int) -> None:
        self.graph, self.state, self.quantised, self.bits = graph, state, quantised, bits

    def rows(self, name: str, index: str, *, count: int | None = None) -> str:
        """The rows of an embedding."""
        table = self.state[name][:count]
        if not self.quantised or len(table) < 1000:
            return self.graph.add("Gather", self.graph.constant(name, table), index, axis=0)
        scale = np.abs(table).max(axis=1, keepdims=True) / 127
        whole = np.rint(table / np.maximum(scale, 1e-12)).astype(np.int8)
        row = self.graph.add("Gather", self.graph.constant(name, whole), index, axis=0)
        row = self.graph.add("Cast", row, to=TensorProto.FLOAT)
        scales = self.graph.add("Gather", self.graph.constant(f"{name}.scale", scale), index, axis=0)
        return self.graph.add("Mul", row, scales)

    def norm(self, name: str, x: str) -> str:
        scale = self.graph.constant(f"{name}.weight", self.state[f"{name}.weight"])
        bias = self.graph.constant(f"{name}.bias", self.state[f"{name}.bias"])
        return self.graph.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    def linear(self, weight: str, x: str, *, name: str = "") -> str:
        """A linear layer. In those of ``PER_WORD`` each word is divided by its largest value before and multiplied
        by it after: the 256 steps are laid over the whole window, and a few words are far larger than others."""
        matrix = np.ascontiguousarray(self.state[f"{weight}.weight"].T)
        bias = self.graph.constant(f"{weight}.bias", self.state[f"{weight}.bias"])
        if not self.quantised or weight == "out":
            product = self.graph.add("MatMul", x, self.graph.constant(f"{weight}.weight", matrix))
            return self.graph.add("Add", product, bias, name=name)
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / (2 ** (self.bits - 1) - 1)
        weights = (
            self.graph.constant(f"{weight}.weight", np.rint(matrix / scale).astype(np.int8)),
            self.graph.constant(f"{weight}.scale", scale.astype(np.float32)),
            self.graph.constant(f"{weight}.zero", np.zeros(matrix.shape[1], dtype=np.int8)),
        )
        if not weight.endswith(PER_WORD):
            return self.graph.add("DynamicQuantizeMatMul", x, *weights, bias, name=name, domain=MICROSOFT)
        largest = self.graph.add("ReduceMax", self.graph.add("Abs", x), "last", keepdims=1)
        x = self.graph.add("Div", x, largest)
        product = self.graph.add("DynamicQuantizeMatMul", x, *weights, domain=MICROSOFT)
        return self.graph.add("Add", self.graph.add("Mul", product, largest), bias, name=name)
