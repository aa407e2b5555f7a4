"""What a stretch of text means, as a short vector, and how telling its words are."""

from onrecord.claims.meaning.vectors import likeness, rarity, vector

__all__ = ["likeness", "rarity", "vector"]
