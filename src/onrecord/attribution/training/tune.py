"""Export a trained network, fit its choices on texts held back from training, and say how well it reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from onrecord.attribution.tagger.choose import PLAIN
from onrecord.attribution.tagger.tagger import Settings, Tagger
from onrecord.attribution.training.examples import Example
from onrecord.attribution.training.export import export
from onrecord.attribution.training.fit import cue_cases, fit, source_cases
from onrecord.attribution.training.network import Network
from onrecord.attribution.training.score import score


def tune(network: Network, held: Sequence[Example], start: Path, out: Path) -> None:
    """Export, read the texts held back with what was exported, fit the choices, and export again with them. Where
    ``start`` holds a trained tagger its choices are where the fit begins."""
    earlier = start / "tagger.json"
    sources, cues = PLAIN, PLAIN
    if earlier.is_file():
        settings = Settings.read(earlier)
        sources, cues = settings.sources, settings.cues
    export(network, start, out)
    links = Tagger.load(out).links([example.words for example in held])
    pairs = list(zip(held, links, strict=True))
    sources = fit((case for e, link in pairs for case in source_cases(e.words, link, e.attributions)), sources)
    cues = fit((case for e, link in pairs for case in cue_cases(e.words, link, e.attributions)), cues)
    export(network, start, out, sources=sources, cues=cues)


def figures(folder: Path, texts: Sequence[Example]) -> dict[str, float]:
    """How well an exported tagger reads annotated texts, by the measures of ``score``."""
    tagger = Tagger.load(folder)
    words = [example.words for example in texts]
    linked = [tagger.linked(w, links) for w, links in zip(words, tagger.links(words), strict=True)]
    found = score([example.attributions for example in texts], linked)
    (folder / "figures.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found
