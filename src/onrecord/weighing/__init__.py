"""AHEAD? Claims that run ahead of the record and by how much; their fate; leaks; who credits and blames whom."""

from onrecord.weighing.ahead import ahead
from onrecord.weighing.fate import fates
from onrecord.weighing.framing import framing
from onrecord.weighing.leaks import blackouts, leaks
from onrecord.weighing.overreach import overreach, scored

__all__ = ["ahead", "blackouts", "fates", "framing", "leaks", "overreach", "scored"]
