"""WHO IS WHO: the parties of a document, their sides, members and aliases, and the disputes they are in."""

from onrecord.parties.disputes import DisputeSignals, assign, signals
from onrecord.parties.finding import find
from onrecord.parties.presets import Presets, load
from onrecord.parties.vocabulary import about_labour, labour_weight
from onrecord.parties.who import Who

__all__ = [
    "DisputeSignals",
    "Presets",
    "Who",
    "about_labour",
    "assign",
    "find",
    "labour_weight",
    "load",
    "signals",
]
