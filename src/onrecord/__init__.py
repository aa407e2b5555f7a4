"""onrecord reads the coverage of a labour dispute and keeps the record straight."""

__version__ = "0.1.0"
