"""The network: a BERT encoder, seven BIO labels under a linear-chain CRF, and two kinds of arcs.

The encoder is MiniLM-L6 (Wang et al. 2020), whose weights load by name. The CRF follows Lample et al. (2016) over
words, each represented by its first word piece, so that no label changes inside a word. The arcs follow the
biaffine idea of Dozat and Manning (2017): every cue word looks for the words of its source, or for none, and every
content word for the words of its cue, each by a softmax over the words of the window.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.attribution.tagger.decode import FORBIDDEN, LABELS
from onrecord.attribution.tagger.link import ARC
from onrecord.attribution.tagger.relations import RELATIONS
from onrecord.attribution.tagger.windows import FEATURES

LAYERS, HEADS, HIDDEN = 6, 12, 384
SHORT = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


class Dropout:
    """Dropout with a generator of its own, so that threads side by side do not share one."""

    def __init__(self, share: float, seed: int) -> None:
        self.share, self.generator = share, torch.Generator().manual_seed(seed)

    def __call__(self, x: Tensor) -> Tensor:
        kept = torch.rand(x.shape, generator=self.generator) >= self.share
        return x * kept / (1 - self.share)


def _kept(x: Tensor) -> Tensor:
    return x


class Product(torch.autograd.Function):
    """A linear layer in 16-bit floats, summed in 32: a third of the time where the processor has instructions for
    it. Attention stays in 32 bits: cut into small blocks it only gets slower."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        short, matrix = x.bfloat16(), weight.bfloat16()
        ctx.save_for_backward(short, matrix)
        return (short @ matrix.t()).float() + bias

    @staticmethod
    def backward(ctx: Any, out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        short, matrix = ctx.saved_tensors
        flat = out.flatten(0, -2)
        given = flat.bfloat16()
        weight = (given.t() @ short.flatten(0, -2)).float()
        return (given @ matrix).float().view(*out.shape[:-1], -1), weight, flat.sum(0)


class Linear(nn.Linear):
    """In training by ``Product`` where that is faster."""

    def forward(self, x: Tensor) -> Tensor:
        if self.training and SHORT:
            product: Tensor = Product.apply(x, self.weight, self.bias)  # type: ignore[no-untyped-call]
            return product
        return super().forward(x)


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = Linear(HIDDEN, 3 * HIDDEN)
        self.attended = Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = Linear(HIDDEN, 4 * HIDDEN)
        self.outer = Linear(4 * HIDDEN, HIDDEN)
        self.outer_norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, dropout: Callable[[Tensor], Tensor]) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        heads = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = self.attended(heads.transpose(1, 2).reshape(batch, length, HIDDEN))
        x = self.attended_norm(x + dropout(attended))
        out: Tensor = self.outer_norm(x + dropout(self.outer(F.gelu(self.inner(x)))))
        return out


class Encoder(nn.Module):
    """BERT with an added embedding of word features, which starts at zero."""

    def __init__(self, vocabulary: int = 30522) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.features = nn.Embedding(FEATURES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.features.weight)
        self.words.weight.requires_grad_(False)

    def forward(self, ids: Tensor, features: Tensor, dropout: Callable[[Tensor], Tensor] = _kept) -> Tensor:
        mask = torch.where(ids > 0, 0.0, -1e9)[:, None, None, :]
        places = torch.arange(ids.shape[1], device=ids.device)
        x: Tensor = self.norm(self.words(ids) + self.positions(places) + self.features(features))
        x = dropout(x)
        for layer in self.layers:
            x = layer(x, mask, dropout)
        return x


class Network(nn.Module):
    """``forward`` gives, for every word piece, emissions of the labels, the score of "no source", and the four
    arc vectors: cue seeks source, source, content seeks cue, cue."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.emissions = nn.Linear(HIDDEN, len(LABELS))
        self.none = nn.Linear(HIDDEN, 1)
        self.arcs = nn.Linear(HIDDEN, 4 * ARC)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.starts = nn.Parameter(torch.zeros(len(LABELS)))
        self.source_bias = nn.Parameter(torch.zeros(RELATIONS))
        self.content_bias = nn.Parameter(torch.zeros(RELATIONS))
        self.register_buffer("forbidden", torch.tensor(FORBIDDEN))
        nn.init.normal_(self.arcs.weight, std=0.05)

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.heads(self.encoder(ids, features))

    def heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.emissions(x), self.none(x)[..., 0], self.arcs(x)

    def chain(self) -> tuple[Tensor, Tensor]:
        """Scores of a label after another, and of a label at the start, without what may not be."""
        forbidden: Tensor = self.get_buffer("forbidden")
        return self.transitions.masked_fill(forbidden, -1e4), self.starts.masked_fill(forbidden[0], -1e4)


def load_base(network: Network, folder: Path) -> None:
    """Fill the encoder with the weights of a BERT in ``model.safetensors``."""
    given = read_safetensors(folder / "model.safetensors")
    encoder = network.encoder
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "features.weight": encoder.features.weight.detach(),
    }
    names = {
        "attended": "attention.output.dense",
        "attended_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    for n in range(LAYERS):
        for kind in ("weight", "bias"):
            at = f"encoder.layer.{n}."
            parts = [given[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{n}.qkv.{kind}"] = torch.cat(parts)
            for ours, theirs in names.items():
                state[f"layers.{n}.{ours}.{kind}"] = given[f"{at}{theirs}.{kind}"]
    encoder.load_state_dict(state)


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file of 32-bit floats: eight bytes of length, a JSON header, the data."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    tensors: dict[str, Tensor] = {}
    for name, row in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__" and row["dtype"] == "F32":
            first, last = (8 + size + n for n in row["data_offsets"])
            values = np.frombuffer(data[first:last], dtype="<f4").reshape(row["shape"])
            tensors[name] = torch.from_numpy(values.copy())
    return tensors


class ChainLoss(torch.autograd.Function):
    """Negative log-likelihood of the labels a word. Forward and backward run in numpy, where two hundred small
    steps in a row cost milliseconds and not seconds; the gradient is expected minus observed counts."""

    @staticmethod
    def forward(
        ctx: Any, emissions: Tensor, transitions: Tensor, starts: Tensor, labels: Tensor, mask: Tensor
    ) -> Tensor:
        e, seen, gold = emissions.detach().double().numpy(), mask.numpy(), labels.numpy()
        t, s = np.exp(transitions.detach().double().numpy()), np.exp(starts.detach().double().numpy())
        peak = e.max(axis=2, keepdims=True)
        x = np.exp(e - peak)
        batch, length, size = e.shape
        alpha, beta, norm = np.zeros_like(e), np.ones_like(e), np.ones((batch, length))
        alpha[:, 0] = s * x[:, 0]
        for n in range(length):
            if n:
                alpha[:, n] = np.where(seen[:, n, None], (alpha[:, n - 1] @ t) * x[:, n], alpha[:, n - 1])
            norm[:, n] = alpha[:, n].sum(axis=1)
            alpha[:, n] /= norm[:, n, None]
        for n in range(length - 1, 0, -1):
            step = (beta[:, n] * x[:, n]) @ t.T / norm[:, n, None]
            beta[:, n - 1] = np.where(seen[:, n, None], step, beta[:, n])
        posterior = alpha * beta * seen[..., None]
        follows = seen[:, 1:, None]
        ahead = beta[:, 1:] * x[:, 1:] / norm[:, 1:, None] * follows
        pairs = np.einsum("bni,bnj->ij", alpha[:, :-1], ahead) * t
        observed = np.eye(size)[gold] * seen[..., None]
        observed_pairs = np.einsum("bni,bnj->ij", observed[:, :-1], observed[:, 1:])
        words = seen.sum()
        total = np.log(norm).sum() + (peak[..., 0] * seen).sum()
        score = (observed * e).sum() + (np.log(t + 1e-300) * observed_pairs).sum()
        score += (np.log(s + 1e-300) * observed[:, 0].sum(axis=0)).sum()
        grads = (posterior - observed, pairs - observed_pairs, (posterior - observed)[:, 0].sum(axis=0))
        ctx.save_for_backward(*(torch.from_numpy(g / words).float() for g in grads))
        return torch.tensor((total - score) / words, dtype=torch.float32)

    @staticmethod
    def backward(ctx: Any, out: Tensor) -> tuple[Tensor | None, ...]:
        emissions, transitions, starts = ctx.saved_tensors
        return out * emissions, out * transitions, out * starts, None, None


def chain_loss(network: Network, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
    transitions, starts = network.chain()
    loss: Tensor = ChainLoss.apply(emissions, transitions, starts, labels, mask)  # type: ignore[no-untyped-call]
    return loss


def arc_loss(scores: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Mean over queries of -log of the probability that falls on any of the target keys."""
    rows = weight > 0
    every = torch.logsumexp(scores[rows], dim=-1)
    right = torch.logsumexp(scores[rows].masked_fill(~target[rows], -1e4), dim=-1)
    return ((every - right) * weight[rows]).sum() / weight.sum().clamp(min=1.0)
