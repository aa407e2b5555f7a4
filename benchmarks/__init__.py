"""Measurements, each a command of its own; docs/measured.md lists them with what they printed."""
