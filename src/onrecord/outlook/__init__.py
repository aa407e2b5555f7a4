"""HOW LIKELY: the base-rate chance that a stoppage of this kind and age ends within so many days."""

from onrecord.outlook.chances import HORIZONS, forecast, industries, unions

__all__ = ["HORIZONS", "forecast", "industries", "unions"]
