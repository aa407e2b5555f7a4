"""Make ``data/pieces.npz``, the table of what each word piece means alone, from the original MiniLM weights.

    python -m onrecord.claims.meaning.make --base FOLDER --texts TEXTS.jsonl --out pieces.npz

FOLDER holds ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2; each line of TEXTS has a ``text``,
in whose sentences word pieces are counted. Nothing is trained. Needs the extra ``train`` (torch).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.attribution.tagger.windows import CLS, SEP
from onrecord.attribution.training.network import Network, load_base

WIDTH = 128
FIRST_WORD = 1996  # pieces before are marks, letters and single signs
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def meanings(base: Path) -> NDArray[np.float32]:
    """Each word piece read by itself: the mean of the last layer over it and the two marks around it."""
    network = Network()
    load_base(network, base)
    encoder = network.encoder.eval()
    rows = []
    with torch.no_grad():
        for piece in range(encoder.words.num_embeddings):
            ids = torch.tensor([[CLS, piece, SEP]])
            mean = encoder(ids.clamp(min=1), torch.zeros_like(ids))[0].mean(dim=0)
            rows.append(mean.numpy())
    found: NDArray[np.float32] = np.array(rows, dtype=np.float32)
    return found


def reduced(rows: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The rows along their strongest principal components, half way to equal strength."""
    centred = rows - rows[FIRST_WORD:].mean(axis=0)
    strengths, axes = np.linalg.eigh(np.cov(centred[FIRST_WORD:].T))
    strongest = np.argsort(-strengths)[:width]
    found: NDArray[np.float32] = (centred @ axes[:, strongest] / strengths[strongest] ** 0.25).astype(np.float32)
    return found


def rare(tokenizer: Tokenizer, texts: Path, pieces: int) -> NDArray[np.float32]:
    """How rare each piece is: the log of the inverse share of sentences that hold it, 1 for none."""
    seen: Counter[int] = Counter()
    sentences = 0
    for line in texts.read_text("utf-8").splitlines():
        for sentence in _SENTENCE.split(json.loads(line)["text"]):
            seen.update(set(tokenizer.encode(sentence, add_special_tokens=False).ids))
            sentences += 1
    counts = np.array([seen[n] for n in range(pieces)])
    shares: NDArray[np.float32] = (np.log((sentences + 1) / (1 + counts)) / np.log(sentences + 1)).astype(
        np.float32
    )
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("base", "texts", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    rows = reduced(meanings(options.base), WIDTH)
    scales = np.abs(rows).max(axis=1) / 127
    np.savez_compressed(
        options.out,
        rows=np.rint(rows / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float16),
        rare=rare(Tokenizer.from_file(str(options.base / "tokenizer.json")), options.texts, len(rows)).astype(
            np.float16
        ),
    )


if __name__ == "__main__":
    main()
