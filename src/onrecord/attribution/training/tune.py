"""Export the mean of several trained networks and fit its choices on texts held back from training:
``python -m onrecord.attribution.training.tune --network A.pt [B.pt] --train train.jsonl --base DIR --out DIR``.

The mean of the weights of several points of one training (Izmailov et al. 2018) or of branches from one point
(Wortsman et al. 2022) generalises better than any of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from onrecord.attribution.tagger.tagger import Tagger
from onrecord.attribution.tagger.windows import Pieces
from onrecord.attribution.training.examples import Example, examples_of, read_rows
from onrecord.attribution.training.export import export
from onrecord.attribution.training.fit import cue_cases, fit, source_cases
from onrecord.attribution.training.network import Network


def mean(paths: Sequence[Path]) -> Network:
    """A network with the mean of the weights of several."""
    states = [torch.load(path) for path in paths]
    network = Network()
    network.load_state_dict(
        {
            name: sum(state[name] for state in states) / len(states) if value.is_floating_point() else value
            for name, value in states[0].items()
        }
    )
    return network.eval()


def tune(network: Network, held: Sequence[Example], base: Path, out: Path) -> None:
    """Export, read the texts held back with what was exported, fit the choices, and export again with them."""
    export(network, base, out)
    links = Tagger.load(out).links([example.words for example in held])
    pairs = list(zip(held, links, strict=True))
    sources = fit(case for e, link in pairs for case in source_cases(e.words, link, e.attributions))
    cues = fit(case for e, link in pairs for case in cue_cases(e.words, link, e.attributions))
    export(network, base, out, sources=sources, cues=cues)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, required=True, nargs="+")
    parser.add_argument("--train", type=Path, required=True, nargs="+")
    parser.add_argument("--held-back", type=int, default=14)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    pieces = Pieces(Tokenizer.from_file(str(args.base / "tokenizer.json")))
    rows = [row for path in args.train for row in read_rows(path)]
    held = examples_of(rows[:: args.held_back], pieces)
    tune(mean(args.network), held, args.base, args.out)


if __name__ == "__main__":
    main()
