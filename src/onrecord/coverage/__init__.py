"""READ: capture bytes as they came, and extract the article with its blocks, dates and missing embeds.

`captures` goes from files, folders, globs and standard input to bytes; `extract` from bytes to an article; `load`
reads a manifest of what the documents do not say themselves. What cannot be read is a problem, never an exception.
"""

from onrecord.coverage.extract import EXTRACTOR, extract
from onrecord.coverage.limits import Limits
from onrecord.coverage.manifest import Manifest, ManifestRow, load
from onrecord.coverage.sources import captures

__all__ = ["EXTRACTOR", "Limits", "Manifest", "ManifestRow", "captures", "extract", "load"]
