"""The attribution tagger at run time: onnxruntime, tokenizers and numpy, no torch (data/MODEL_CARD.md)."""
