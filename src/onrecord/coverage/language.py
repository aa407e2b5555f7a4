"""Tell whether a text is English, and if not, what it is in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S{1,64}@\S{1,64}")
_LETTERS = re.compile(r"[^\W\d_]")
_SAMPLE = 3000  # characters: more does not change the verdict, and the detector's time grows with them
_TOO_SHORT, _LONG = 40, 200  # letters
_SURE, _HARDLY = 0.8, 0.1
# Words of which English prose is full and that its neighbours do not have. Where they are a tenth of all words,
# the rest are names, whatever language these are in; where a long text has none, it is no English.
_ENGLISH = frozenset(
    ("the", "and", "that", "said", "with", "from", "were", "this", "which", "would", "they", "their", "been")
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


@cache
def languages() -> Mapping[str, str]:
    """The languages considered: code to English name."""
    table = tomllib.loads(files("onrecord.coverage").joinpath("data/languages.toml").read_text("utf-8"))
    return {str(code): str(name) for code, name in table.items()}


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # Our own instance: the module's global one may be set to other languages by other users of the process.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages()))
    return identifier


def not_english(text: str) -> str | None:
    """Why a text is no English ("it is in German (p = 0.99)"), None when it is, or when that cannot be told.

    Fewer than 40 letters cannot be told. Another language has to have p >= 0.8; a text of 200 letters and more
    that has little chance (p < 0.1) and none of the commonest words of English is in a language not listed.
    """
    sample = _ADDRESS.sub(" ", text[: 3 * _SAMPLE]).strip()[:_SAMPLE]
    letters = len(_LETTERS.findall(sample))
    if letters < _TOO_SHORT:
        return None
    share = _share_of_english_words(sample)
    if share >= 0.1:
        return None  # before the detector is asked, which costs a fifth of an extraction
    ranked = _identifier().rank(sample)
    code, p = ranked[0]
    english = dict(ranked)["en"]
    if code == "en":
        return None
    if p >= _SURE:
        return f"it is in {languages()[code]} (p = {min(p, 0.99):.2f})"
    if letters >= _LONG and english < _HARDLY and share == 0:
        return f"it is not in English (p = {english:.2f}), nearest to {languages()[code]}"
    return None


def _share_of_english_words(sample: str) -> float:
    """The share of the words above among all; 0 when there is only one of them."""
    words = [word.lower() for word in _WORD.findall(sample)]
    found = [word for word in words if word in _ENGLISH]
    return len(found) / len(words) if len(set(found)) >= 2 else 0.0
