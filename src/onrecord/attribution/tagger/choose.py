"""Which cue a content belongs to: the arc's probability, and how the two stand in the text.

A conditional logit (McFadden 1974) over the cues of a text and "none": each candidate's score is a weighted sum of
the features below. The encoder sees words; what it sees badly is layout: that a quotation which ends with a comma
waits for a cue, that one which ends a sentence continues the cue before it, that a cue which has its content
already seldom reaches over another cue for more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.tagger.decode import Run
from onrecord.attribution.tagger.windows import Ints, Words

Table = NDArray[np.float64]

FEATURES = (
    "log_probability",  # of the arc
    "probability",
    "same_sentence",
    "same_paragraph",
    "cue_before",
    "paragraphs_back",  # from the content to a cue before it, at most four
    "paragraphs_on",
    "cues_between",  # at most four
    "contents_between",
    "log_gap",  # words between the two
    "touches",  # at most two words between
    "near",  # at most eight words between: a source may stand there
    "comma_then_cue",  # the content ends with a comma and the cue is the next
    "comma_but_back",  # the content ends with a comma and the cue stands before
    "stop_then_cue",  # the content is quoted, ends without a comma, and the cue stands after it
    "quoted_continues",  # the content is quoted, and the cue stands before it in the same paragraph
    "quoted_paragraph_back",  # the content is quoted, and the cue stands in an earlier paragraph
    "cue_is_served",  # another content touches the cue
    "served_and_far",  # and this one stands in another paragraph
    "served_between",  # and another cue stands between
)
NONE_FEATURES = 2  # a constant, and the probability that speaks for none
PLAIN: Table = np.array([1.0] + [0.0] * (len(FEATURES) - 1) + [-1.0, 0.0])  # an arc of more than exp(-1)


def features(words: Words, contents: Sequence[Run], cues: Sequence[Run], probability: Table) -> Table:
    """For every content (rows) and cue (columns) the features, in the order of ``FEATURES``."""
    out = np.zeros((len(contents), len(cues), len(FEATURES)))
    if not len(contents) or not len(cues):
        return out
    first, last = _column(contents, "first")[:, None], _column(contents, "last")[:, None]
    cue_first, cue_last = _column(cues, "first")[None], _column(cues, "last")[None]
    before = cue_last <= first
    gap = np.where(before, first - cue_last, np.maximum(cue_first - last, 0))
    back = np.where(before, words.paragraph[first] - words.paragraph[cue_first], 0)
    on = np.where(before, 0, np.maximum(words.paragraph[cue_first] - words.paragraph[last - 1], 0))
    sentence = words.sentence[cue_first]
    same_sentence = (sentence >= words.sentence[first]) & (sentence <= words.sentence[last - 1])
    same_paragraph = (back == 0) & (on == 0)
    low, high = np.where(before, cue_last, last), np.where(before, first, cue_first)
    cues_between = _between(cue_first[0], low, high)
    contents_between = _between(first[:, 0], low, high)
    touches, near = gap <= 2, gap <= 8
    comma = _ends_with_comma(words, last)
    quoted = words.quoted[first] | words.quoted[last - 1]
    serving = near & same_paragraph
    served = (serving.sum(axis=0, keepdims=True) - serving) > 0
    columns = (
        np.log(np.maximum(probability, 1e-4)),
        probability,
        same_sentence,
        same_paragraph,
        before,
        np.minimum(back, 4) / 4,
        np.minimum(on, 4) / 4,
        np.minimum(cues_between, 4) / 4,
        np.minimum(contents_between, 4) / 4,
        np.log1p(gap) / 4,
        touches,
        near,
        comma & ~before & (cues_between == 0),
        comma & before,
        ~comma & quoted & ~before,
        quoted & before & same_paragraph,
        quoted & (back > 0),
        served,
        served & ~same_paragraph,
        served & (cues_between > 0),
    )
    for n, column in enumerate(columns):
        out[..., n] = column
    return out


def _column(runs: Sequence[Run], name: str) -> Ints:
    return np.array([getattr(run, name) for run in runs], dtype=np.int64)


def _between(places: Ints, low: Ints, high: Ints) -> Ints:
    """How many of the sorted places lie in [low, high)."""
    count = np.searchsorted(places, high.ravel()) - np.searchsorted(places, low.ravel())
    return np.asarray(np.maximum(count, 0).reshape(low.shape), dtype=np.int64)


def _ends_with_comma(words: Words, last: Ints) -> NDArray[np.bool_]:
    """Whether one of the last two words of a span, or the word after it, is a comma."""
    return np.asarray(
        words.comma[last - 1]
        | words.comma[np.maximum(last - 2, 0)]
        | words.comma[np.minimum(last, len(words) - 1)]
    )


def choices(table: Table, rest: Table, weights: Table) -> Table:
    """The probability of each candidate for each row, the last column that of none. ``rest`` is the probability
    that speaks for none."""
    scores = table @ weights[: len(FEATURES)]
    none = weights[len(FEATURES)] + rest * weights[len(FEATURES) + 1]
    both = np.concatenate([scores, none[:, None]], axis=1)
    both = np.exp(both - both.max(axis=1, keepdims=True))
    return np.asarray(both / both.sum(axis=1, keepdims=True), dtype=np.float64)
