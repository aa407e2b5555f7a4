"""PARSE: clean with an offset map, split into numbered sentences, parse with spaCy."""
