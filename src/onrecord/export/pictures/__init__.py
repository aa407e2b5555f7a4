"""Pictures of a record as SVG text, and as PNG with the extra ``[png]``; the same data give the same bytes."""

from onrecord.export.pictures.drawing import Canvas, png

__all__ = ["Canvas", "png"]
