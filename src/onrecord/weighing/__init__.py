"""AHEAD? Claims that run ahead of the record, and by how much."""

from onrecord.weighing.ahead import ahead
from onrecord.weighing.overreach import overreach

__all__ = ["ahead", "overreach"]
