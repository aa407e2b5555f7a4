"""WHEN: time expressions and their values, counts of the stoppage, the bounds of undated documents."""

from onrecord.dating.calendar import interval
from onrecord.dating.counts import start_window
from onrecord.dating.documents import bounded
from onrecord.dating.expressions import read
from onrecord.dating.governs import when_of

__all__ = ["bounded", "interval", "read", "start_window", "when_of"]
