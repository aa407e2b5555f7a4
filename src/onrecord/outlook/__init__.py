"""HOW LIKELY: the chance that a stoppage of this kind and age ends within so many days, and how well that was
told."""

from onrecord.outlook.chances import HORIZONS, Parameters, forecast, industries, read_parameters, unions
from onrecord.outlook.view import AS_TOLD, Kind, View, moved, outlook, told_kind, why_none

__all__ = [
    "AS_TOLD",
    "HORIZONS",
    "Kind",
    "Parameters",
    "View",
    "forecast",
    "industries",
    "moved",
    "outlook",
    "read_parameters",
    "told_kind",
    "unions",
    "why_none",
]
