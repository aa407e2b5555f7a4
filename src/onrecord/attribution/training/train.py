"""Train the tagger: weights, choices, 8-bit export and figures, in one command.

python -m onrecord.attribution.training.train --train mine.jsonl --out my-tagger
    train the shipped tagger further on texts of your own; "onrecord read --finder both:my-tagger" reads with it
python -m onrecord.attribution.training.train --train train.jsonl --base MiniLM --out new-tagger --test dev.jsonl
    train anew from the encoder in the folder MiniLM (model.safetensors and tokenizer.json)

A line of a training file is {"file", "text", "attributions": [{"source", "cue", "content"}]}, each part a list of
[start, end) character offsets: what onrecord export --as polnear writes, put right, and the form of the PolNeAR
corpus. The same files, seed and machine give the same weights.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.attribution.tagger.link import ARC
from onrecord.attribution.tagger.relations import relations
from onrecord.attribution.tagger.tagger import DATA
from onrecord.attribution.tagger.windows import Ints, Pieces, Window, batches_of, windows_of
from onrecord.attribution.training.examples import Example, examples_of, read_rows
from onrecord.attribution.training.network import Dropout, Network, arc_loss, chain_loss, load_base
from onrecord.attribution.training.restore import restore
from onrecord.attribution.training.tune import figures, tune
from onrecord.model import OnrecordError

log = logging.getLogger("onrecord.train")

MASK, SPECIAL = 103, 103  # word pieces of BERT's uncased vocabulary; those up to 103 are no words
POOL = 400  # windows among which those of like length are sought


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was found to work; MODEL_CARD.md gives the figures."""

    epochs: int = 4
    rate: float = 2e-4
    head_rate: float = 1e-3
    score_rate: float = 5e-3
    warm_up: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    masked: float = 0.06  # share of word pieces that the encoder does not get to see
    arcs: float = 0.15  # weight of each kind of arc against the labels
    lanes: int = 2  # batches side by side, one thread each; a step takes the mean of their gradients
    pieces: int = 1280  # in a batch
    shortest: int = 160  # windows are of a random size, so that no text is always cut at the same place
    longest: int = 288
    horizon: int = 200  # steps over which the weights are averaged


# From weights that were trained before.
FURTHER = Recipe(epochs=2, rate=1.5e-4, head_rate=5e-4, score_rate=2.5e-3, masked=0.1)


@dataclass(frozen=True, slots=True)
class Tensors:
    ids: Tensor
    features: Tensor
    heads: Tensor
    mask: Tensor
    labels: Tensor
    relations: Tensor
    sources: Tensor
    source_weight: Tensor
    cues: Tensor
    cue_weight: Tensor


def batches(examples: Sequence[Example], recipe: Recipe, rng: random.Random) -> Iterator[Tensors]:
    """One epoch: windows of a random size for each text, in batches of like length, in random order."""
    pairs: list[tuple[Example, Window]] = []
    for example in examples:
        size = rng.randint(recipe.shortest, recipe.longest)
        pairs += [(example, window) for window in windows_of(example.words, size=size)]
    rng.shuffle(pairs)
    groups = []
    for at in range(0, len(pairs), POOL):
        part = pairs[at : at + POOL]
        groups += [
            (batch, [part[n] for n in batch.windows])
            for batch in batches_of([window for _, window in part], pieces=recipe.pieces)
        ]
    rng.shuffle(groups)
    for batch, chosen in groups:
        yield tensors_of(batch.ids, batch.features, chosen)


def tensors_of(ids: Ints, features: Ints, chosen: Sequence[tuple[Example, Window]]) -> Tensors:
    longest = max(len(w.heads) for _, w in chosen)
    size = len(chosen)
    heads = np.zeros((size, longest), dtype=np.int64)
    mask = np.zeros((size, longest), dtype=bool)
    labels = np.zeros((size, longest), dtype=np.int64)
    related = np.zeros((size, longest, longest, 3), dtype=np.int64)
    sources = np.zeros((size, longest, longest + 1), dtype=bool)
    cues = np.zeros((size, longest, longest), dtype=bool)
    source_weight, cue_weight = np.zeros((2, size, longest), dtype=np.float32)
    for n, (example, window) in enumerate(chosen):
        count = len(window.heads)
        heads[n, :count] = window.heads
        mask[n, :count] = True
        labels[n, :count] = example.labels[window.first : window.last]
        places = np.arange(window.first, window.last)
        related[n, :count, :count] = relations(example.words, places, places)
        for all_source, all_cue, all_content in example.attributions:
            parts = (all_source, all_cue, all_content)
            source, cue, content = (x[(x >= window.first) & (x < window.last)] - window.first for x in parts)
            if not len(cue):
                continue
            if len(source) or not len(all_source):
                sources[n, cue[:, None], source if len(source) else longest] = True
                source_weight[n, cue] = 1 / len(cue)
            if len(content):
                cues[n, content[:, None], cue] = True
                cue_weight[n, content] = 1 / len(content)
    columns = (ids, features, heads, mask, labels, related, sources, source_weight, cues, cue_weight)
    return Tensors(*map(torch.from_numpy, columns))


def loss_of(network: Network, batch: Tensors, recipe: Recipe, dropout: Dropout) -> tuple[Tensor, list[float]]:
    hidden = torch.rand(batch.ids.shape, generator=dropout.generator) < recipe.masked
    ids = batch.ids.masked_fill(hidden & (batch.ids > SPECIAL), MASK)
    x = network.encoder(ids, batch.features, dropout)
    x = x.gather(1, batch.heads[..., None].expand(-1, -1, x.shape[-1]))
    emissions, none, arcs = network.heads(dropout(x))
    labels = chain_loss(network, emissions, batch.labels, batch.mask)
    source_query, source_key, content_query, cue_key = torch.split(arcs, ARC, dim=-1)
    outside = ~batch.mask[:, None, :]
    seek = (source_query @ source_key.transpose(1, 2)) / math.sqrt(ARC)
    seek = (seek + network.source_bias[batch.relations].sum(-1)).masked_fill(outside, -1e4)
    source = arc_loss(torch.cat([seek, none[..., None]], dim=-1), batch.sources, batch.source_weight)
    back = (content_query @ cue_key.transpose(1, 2)) / math.sqrt(ARC)
    back = (back + network.content_bias[batch.relations].sum(-1)).masked_fill(outside, -1e4)
    cue = arc_loss(back, batch.cues, batch.cue_weight)
    return labels + recipe.arcs * (source + cue), [labels.item(), source.item(), cue.item()]


def train(examples: Sequence[Example], network: Network, recipe: Recipe, *, seed: int) -> None:
    """Train a network in place. Its weights become their mean over the last steps (Polyak and Juditsky 1992),
    which generalises better than where the last step ended."""
    network.train()
    rng = random.Random(seed)
    optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.decay)
    steps = _steps(examples, recipe, seed)
    warm = max(1, int(recipe.warm_up * steps))

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    began, step = time.monotonic(), 0
    parameters = [p for p in network.parameters() if p.requires_grad]
    averages = [p.detach().clone() for p in parameters]
    dropouts = [Dropout(recipe.dropout, seed * 1000 + lane) for lane in range(recipe.lanes)]

    def work(batch: Tensors, dropout: Dropout) -> tuple[tuple[Tensor, ...], list[float]]:
        loss, parts = loss_of(network, batch, recipe, dropout)
        return torch.autograd.grad(loss, parameters), parts

    with ThreadPoolExecutor(recipe.lanes) as pool:
        for epoch in range(recipe.epochs):
            sums = np.zeros(3)
            for n, lanes in enumerate(_side_by_side(batches(examples, recipe, rng), recipe.lanes), 1):
                done = list(pool.map(work, lanes, dropouts))
                for parameter, *gradients in zip(parameters, *(gradients for gradients, _ in done), strict=True):
                    parameter.grad = sum(gradients[1:], start=gradients[0]) / len(done)
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimizer.step()
                scheduler.step()
                step += 1
                share = 1 / min(recipe.horizon, step)
                torch._foreach_lerp_(averages, [p.detach() for p in parameters], share)
                sums += np.mean([parts for _, parts in done], axis=0)
                if n % 25 == 0:
                    shown = " ".join(f"{x / n:.4f}" for x in sums)
                    passed = time.monotonic() - began
                    log.info("epoch %d step %d of %d: %s, %.0f s", epoch + 1, step, steps, shown, passed)
            log.info("epoch %d done", epoch + 1)
    with torch.no_grad():
        for parameter, average in zip(parameters, averages, strict=True):
            parameter.copy_(average)


def _side_by_side(batches: Iterator[Tensors], lanes: int) -> Iterator[list[Tensors]]:
    while side := list(islice(batches, lanes)):
        yield side


def _groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    """The encoder learns slowly, the new layers faster, the few scores of the chain and of the biases fastest."""
    groups: dict[float, list[Tensor]] = {recipe.rate: [], recipe.head_rate: [], recipe.score_rate: []}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name in ("transitions", "starts", "source_bias", "content_bias"):
            groups[recipe.score_rate].append(parameter)
        elif name.startswith("encoder.") and "features" not in name:
            groups[recipe.rate].append(parameter)
        else:
            groups[recipe.head_rate].append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _steps(examples: Sequence[Example], recipe: Recipe, seed: int) -> int:
    """About how many steps there will be; the windows of each epoch differ a little."""
    rng = random.Random(seed)
    windows = [w for e in examples for w in windows_of(e.words, size=rng.randint(recipe.shortest, recipe.longest))]
    rng.shuffle(windows)
    parts = [windows[at : at + POOL] for at in range(0, len(windows), POOL)]
    batches = sum(len(list(batches_of(part, pieces=recipe.pieces))) for part in parts)
    return -(-batches // recipe.lanes) * recipe.epochs


def run(
    files: Sequence[Path],
    out: Path,
    *,
    start: Path = DATA,
    base: Path | None = None,
    test: Path | None = None,
    seed: int = 1,
    epochs: int | None = None,
    held_back: int = 14,
) -> dict[str, float]:
    """The whole training: examples, network, export, choices; returns the figures. Arguments as ``main`` says."""
    torch.set_num_threads(1)  # a lane each
    torch.manual_seed(seed)
    folder = base or start
    pieces = Pieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
    rows = [row for path in files for row in read_rows(path)]
    held = examples_of(rows[::held_back], pieces)
    examples = examples_of((row for n, row in enumerate(rows) if n % held_back), pieces)
    recipe = FURTHER if base is None else Recipe()
    recipe = recipe if epochs is None else replace(recipe, epochs=epochs)
    if base is None:
        network = restore(start)
    else:
        network = Network()
        load_base(network, base)
    train(examples, network, recipe, seed=seed)
    tune(network.eval(), held, folder, out)
    return figures(out, held if test is None else examples_of(read_rows(test), pieces))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, nargs="+", metavar="FILE", help="annotated texts")
    parser.add_argument("--out", type=Path, required=True, help="folder for the trained tagger")
    parser.add_argument(
        "--from",
        dest="start",
        type=Path,
        default=DATA,
        metavar="DIR",
        help="a trained tagger to start from; the shipped one unless given",
    )
    parser.add_argument(
        "--base",
        type=Path,
        metavar="DIR",
        help="start anew from this encoder: model.safetensors and tokenizer.json",
    )
    parser.add_argument(
        "--test", type=Path, metavar="FILE", help="annotated texts to measure on; else those held back"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--held-back", type=int, default=14, help="every so-many-th text is kept to tune on")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        found = run(
            args.train,
            args.out,
            start=args.start,
            base=args.base,
            test=args.test,
            seed=args.seed,
            epochs=args.epochs,
            held_back=args.held_back,
        )
    except (OSError, ValueError, OnrecordError) as error:
        sys.exit(f"onrecord.training: {error}")
    log.info("F1: %s", " ".join(f"{name} {value:.3f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
