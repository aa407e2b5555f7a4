"""Train the attribution tagger: needs the extra [train]; see tagger/data/MODEL_CARD.md for the recipe."""
